"""How the house is: checks, figures, what is logged of a request down to its SQL, and who is told of errors."""
