"""The formats in which players read playlists: pure functions between bytes and `bot.playlists.portable`."""
