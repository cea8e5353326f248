"""How large things are on the picture of a playlist's genres, whatever it is drawn with."""

from __future__ import annotations

from typing import Final

# All lengths are pixels of the picture, of which a phone shows every second one.
WIDTH: Final = 720
MARGIN: Final = 20
COLUMNS_HEIGHT: Final = 260
AMOUNTS_HEIGHT: Final = 48
AMOUNTS_APART: Final = 6
"""Between a column and the amount below it."""

LEAST_AMOUNT: Final = 3.0
"""Height of the smallest amount that is drawn."""

TIMES_HEIGHT: Final = 40
BAR_HEIGHT: Final = 30
TEXT: Final = 26
"""Size of the letters."""

GAP: Final = 0.12
"""Between two columns, of the width of one."""

LINE: Final = 2.0
"""Between two genres."""

TIMES_APART: Final = 24
"""Least space between two names of columns."""
