"""Compares tracks by how they sound: for the drawing process, never for the bot's own."""

from __future__ import annotations

from collections import Counter

import numpy as np

from bot.drawing.arrays import Floats, embeddings_of, genre_numbers, numbers_of, tempi_of
from bot.drawing.findings import Neighbour, Oddest, Outlier, RunningOrder
from bot.drawing.sounds import Sounds
from classifier.collection.neighbours import nearest
from classifier.collection.ordering import jump_cost, smooth_order
from classifier.collection.outliers import NEIGHBOURS, odd_one_out


def oddest_of(sounds: Sounds) -> Oddest | None:
    """Find the track that sounds least like the others.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.

    Returns
    -------
    Oddest or None
    """
    embeddings = embeddings_of(sounds)
    found = odd_one_out(embeddings)
    if found is None:
        return None
    return Oddest(outlier_at(found.index, found.times, embeddings, sounds), found.stands_out)


def outlier_at(place: int, times: float, embeddings: Floats, sounds: Sounds) -> Outlier:
    """Tell which genres sound most like an outlier.

    Parameters
    ----------
    place
        Of the track.
    times
        How far out it lies.
    embeddings : ndarray of float64, shape (n, tags)
        Of all tracks.
    sounds
        Of all tracks.

    Returns
    -------
    Outlier
    """
    around, _ = nearest(embeddings, place, NEIGHBOURS)
    genres = Counter(genre for other in around.tolist() if (genre := sounds.genres[other]) is not None)
    return Outlier(place, times, tuple(genre for genre, _ in genres.most_common()))


def neighbours_of(sounds: Sounds, place: int, count: int) -> tuple[Neighbour, ...]:
    """Find the tracks that sound most like one.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.
    place
        Of the track among them.
    count
        How many others are wanted.

    Returns
    -------
    tuple of Neighbour
    """
    places, distances = nearest(embeddings_of(sounds), place, count)
    return tuple(map(Neighbour, places.tolist(), distances.tolist()))


def order_of(sounds: Sounds) -> RunningOrder:
    """Find a running order without large jumps.

    Parameters
    ----------
    sounds
        Of any tracks.

    Returns
    -------
    RunningOrder
    """
    tracks = (genre_numbers(sounds), tempi_of(sounds), numbers_of(sounds.energies), embeddings_of(sounds))
    order = smooth_order(*tracks)
    return RunningOrder(tuple(order.tolist()), jump_cost(np.arange(len(sounds)), *tracks), jump_cost(order, *tracks))
