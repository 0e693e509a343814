"""Settings: `base` has safe defaults; `development`, `production` and `testing` each build on it."""
