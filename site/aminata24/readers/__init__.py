"""People who sign in: for now the staff; readers' accounts build on the same user model."""
