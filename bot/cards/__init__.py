"""Turns analyses and errors into what a member sees: pure functions."""
