"""Looks at whole playlists in a process of its own: the bot's process never loads what it computes and draws with."""
