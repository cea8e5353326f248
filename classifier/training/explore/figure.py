"""What a classifier reached by one protocol, with its intervals and its answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.training.evaluation.intervals import Interval, percentile_interval, resampled_weights, wilson
from classifier.training.evaluation.scores import score
from classifier.training.fit import HeldOut


@dataclass(frozen=True, slots=True)
class Figure:
    """What a classifier reached by one protocol.

    Parameters
    ----------
    accuracy
        Share of clips whose genre is right.
    macro_f1
        Mean over genres of the F1 score.
    clips_train, clips_test
        Clips learnt from (the mean over folds where there are several) and clips predicted.
    interval
        Of the accuracy, as if clips were independent.
    artists
        How many there are among the clips predicted; None where they are unknown or were learnt from, too.
    artist_interval
        Of the accuracy, by resampling whole artists; None where `artists` is. Where every sample is alike, Wilson's of
        as many artists.
    right
        Right answers of each artist, in one order for all classifiers; where `artists` is None, of each clip.
    """

    accuracy: float
    macro_f1: float
    clips_train: int
    clips_test: int
    interval: Interval
    artists: int | None
    artist_interval: Interval | None
    right: tuple[int, ...]

    @property
    def believed(self) -> Interval:
        """The interval by artist where there is one, as clips of one artist are not independent."""
        return self.artist_interval or self.interval


def figure_of(held_out: HeldOut, *, seed: int, artists: npt.NDArray[np.intp] | None = None) -> Figure:
    """Score predictions by what every classifier has: its decisions.

    Parameters
    ----------
    held_out
        Predictions and the truth.
    seed
        Of the resampling.
    artists : ndarray of int, shape (clips,), optional
        Clips of one number share an artist; None where whole artists cannot be resampled.

    Returns
    -------
    Figure
    """
    scores = score(held_out)
    right = held_out.probabilities.argmax(axis=1) == held_out.labels
    clips = len(right)
    interval = wilson(int(right.sum()), clips)
    if artists is None:
        units, known, by_artist = right.astype(np.intp), None, None
    else:
        _, artist_of = np.unique(artists, return_inverse=True)
        units = np.bincount(artist_of[right], minlength=int(artist_of.max()) + 1)
        known = len(units)
        weights = resampled_weights(artists, seed=seed)
        drawn = percentile_interval(weights @ right / weights.sum(axis=1))
        by_artist = drawn if drawn.low < drawn.high else wilson(round(drawn.low * known), known)
    return Figure(
        accuracy=scores.accuracy,
        macro_f1=scores.macro_f1,
        clips_train=scores.clips_train,
        clips_test=clips,
        interval=interval,
        artists=known,
        artist_interval=by_artist,
        right=tuple(units.tolist()),
    )
