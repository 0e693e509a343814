"""What keeps junk away: small checks in a readable order, limits, and an optional service that knows more."""
