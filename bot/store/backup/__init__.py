"""Copies of a SQLite database, saved and put back while the bot runs."""
