"""Which numbers can be ids: those in buttons and options come from outside, and may be anything."""

from __future__ import annotations

from typing import Final

LARGEST_ID: Final = 2**63 - 1
"""The largest number that a database takes for an id."""


def is_id(number: int) -> bool:
    """Tell whether a number can be looked up.

    Parameters
    ----------
    number
        From outside.

    Returns
    -------
    bool
        False where the database would refuse it.
    """
    return 0 < number <= LARGEST_ID
