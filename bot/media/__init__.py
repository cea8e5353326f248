"""Brings what people send onto the disk, bounded and private."""
