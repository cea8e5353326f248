"""Looks whether everything that the bot needs is there: one check a module, and none ends in an error."""
