"""The buttons under messages; all of them work after a restart."""
