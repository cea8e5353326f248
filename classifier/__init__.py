"""Listens to a clip and says which genre it is; knows nothing of Discord."""
