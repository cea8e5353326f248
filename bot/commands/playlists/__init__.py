"""``/playlist``: one file for each kind of thing that members do with playlists."""
