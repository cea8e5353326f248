"""Reads and writes JSON of strangers: bounded in size and depth, and never with an error of Python's own."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.playlists.formats.errors import Broken, NestedTooDeeply, PlaylistFileError, TooMuchInside

MOST_VALUES: Final = 1_500_000
"""Of a text; each takes up to a hundred bytes of memory. Ten thousand tracks with all their tags have half as many."""


def loads(text: str, kind: str) -> Any:
    """Read a text.

    Parameters
    ----------
    text
        JSON. NaN and Infinity are numbers to Python; whoever takes a number from here checks its range.
    kind
        The format, for the error.

    Returns
    -------
    object
        What JSON can hold.

    Raises
    ------
    Broken, NestedTooDeeply, TooMuchInside
        If it is no JSON, or too much of it.
    """
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise TooMuchInside
    try:
        return json.loads(text)
    except RecursionError as error:
        raise NestedTooDeeply from error
    except json.JSONDecodeError as error:
        raise Broken(kind, f"line {error.lineno}") from error
    except ValueError as error:
        # A whole number of thousands of digits.
        raise Broken(kind, "a number") from error


def object_in(text: str) -> dict[str, Any] | None:
    """Read a text of which the file can do without.

    Parameters
    ----------
    text
        JSON, without white space around it.

    Returns
    -------
    dict or None
        None where it is no object, or no JSON, or too much of it.
    """
    # Sooner said than by an exception, which costs many times as much.
    if not text.startswith("{") or not text.endswith("}"):
        return None
    try:
        value = loads(text, "JSON")
    except PlaylistFileError:
        return None
    return value if isinstance(value, dict) else None


def dumps(value: object) -> str:
    """Write a value on one line.

    Parameters
    ----------
    value
        What JSON can hold.

    Returns
    -------
    str
        Numbers are written so that they come back the same.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
