"""People who sign in, readers and staff by the same door; what belongs to one of them, and what is kept on them."""
