"""The buttons, menus and forms of playlists."""
