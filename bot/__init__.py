"""The Discord bot and its command line."""
