"""Lists of tracks that a community collects together."""
