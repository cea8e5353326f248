"""Turns what tracks sound like into arrays: for the drawing process, never for the bot's own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.drawing.sounds import Sounds

Floats = npt.NDArray[np.float64]


def embeddings_of(sounds: Sounds) -> Floats:
    """Return the embeddings.

    Parameters
    ----------
    sounds
        Of any tracks.

    Returns
    -------
    ndarray of float64, shape (n, tags)
        A row of NaN where the bot has not heard the track.
    """
    rows = [None if data is None else np.frombuffer(data, "<f4") for data in sounds.embeddings]
    width = max((row.size for row in rows if row is not None), default=0)
    matrix = np.full((len(rows), width), np.nan)
    for place, row in enumerate(rows):
        if row is not None:
            matrix[place, : row.size] = row
    return matrix


def numbers_of(values: tuple[float | None, ...]) -> Floats:
    """Return numbers, NaN where there is none.

    Parameters
    ----------
    values
        Any.

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def tempi_of(sounds: Sounds) -> Floats:
    """Return the tempi; NaN where there is none, as for sounds without a beat.

    Parameters
    ----------
    sounds
        Of any tracks.

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    tempi = numbers_of(sounds.tempi)
    tempi[tempi <= 0.0] = np.nan
    return tempi


def genre_numbers(sounds: Sounds) -> npt.NDArray[np.intp]:
    """Return the genres as numbers, negative where there is none.

    Parameters
    ----------
    sounds
        Of any tracks.

    Returns
    -------
    ndarray of int, shape (n,)
    """
    names = sorted({genre for genre in sounds.genres if genre is not None})
    known: dict[str | None, int] = {name: number for number, name in enumerate(names)}
    return np.array([known.get(genre, -1) for genre in sounds.genres], dtype=np.intp)
