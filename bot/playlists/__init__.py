"""Playlists that communities collect: what they hold, who may change them, and the ways in and out."""
