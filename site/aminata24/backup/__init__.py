"""Backup and restore: the database and the uploaded files, consistent, incremental, sealed where a key is set."""
