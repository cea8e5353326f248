"""Lays out a playlist by sound: for the drawing process, never for the bot's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.neighbors import NearestNeighbors

from bot.drawing.arrays import Floats, embeddings_of
from bot.drawing.comparing import outlier_at
from bot.drawing.findings import Gathering, Outlier, PlaylistMap
from bot.drawing.sounds import Sounds
from bot.playlists.genre_mix import named_genres
from classifier.collection.layout import lay_out
from classifier.collection.outliers import LEAST_TRACKS, STANDS_OUT, outlyingness
from classifier.collection.space import sound_space

MOST_OUTLIERS: Final = 4
"""Outliers that are named: with the typical tracks of eight genres, as many titles as a phone shows."""

ENOUGH: Final = 5
"""Tracks of a genre from which on one of them is typical of it, and they lie together or do not."""

NEXT: Final = 5
"""Tracks next to one on the map that are looked at."""


def map_of(sounds: Sounds, seed: int) -> PlaylistMap:
    """Lay out a playlist by sound.

    Parameters
    ----------
    sounds
        Of tracks that the bot has heard.
    seed
        Chooses among equally good maps.

    Returns
    -------
    PlaylistMap
    """
    embeddings = embeddings_of(sounds)
    points = lay_out(embeddings, seed=seed)
    genres = named_genres(sounds.genres)
    kinds = np.array([genres.index(genre) if genre in genres else -1 for genre in sounds.genres], dtype=np.intp)
    outliers = _outliers(embeddings, sounds)
    outlying = {outlier.place for outlier in outliers}
    typical = tuple(place for place in _typical(embeddings, kinds) if place not in outlying)
    return PlaylistMap(
        tuple((across, up) for across, up in points.tolist()),
        tuple(kinds.tolist()),
        outliers,
        typical,
        _gatherings(points, kinds, genres),
    )


def _outliers(embeddings: Floats, sounds: Sounds) -> tuple[Outlier, ...]:
    if len(embeddings) < LEAST_TRACKS:
        return ()
    times = outlyingness(embeddings)
    oddest = np.argsort(-times, kind="stable")[:MOST_OUTLIERS]
    return tuple(
        outlier_at(place, float(times[place]), embeddings, sounds)
        for place in oddest.tolist()
        if times[place] >= STANDS_OUT
    )


def _typical(embeddings: Floats, kinds: npt.NDArray[np.intp]) -> Iterator[int]:
    """Yield the track of each genre that is nearest to the middle of them, the most frequent genre first."""
    points = sound_space(embeddings)
    for kind in range(kinds.max(initial=-1) + 1):
        members = np.flatnonzero(kinds == kind)
        if members.size >= ENOUGH:
            middle = points[members].mean(axis=0)
            yield int(members[np.argmin(np.linalg.norm(points[members] - middle, axis=1))])


def _gatherings(points: Floats, kinds: npt.NDArray[np.intp], genres: tuple[str, ...]) -> tuple[Gathering, ...]:
    if len(points) <= NEXT:
        return ()
    around = NearestNeighbors(n_neighbors=NEXT).fit(points).kneighbors(return_distance=False)
    same = (kinds[around] == kinds[:, np.newaxis]).mean(axis=1)
    found = [
        Gathering(genre, float(same[kinds == kind].mean()))
        for kind, genre in enumerate(genres)
        if np.count_nonzero(kinds == kind) >= ENOUGH
    ]
    return tuple(sorted(found, key=lambda gathering: -gathering.share))
