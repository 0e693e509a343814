"""How pages leave the house: cache and security headers, the memory between requests."""
