"""All that is told of one recipe by one protocol: scores, intervals, genres, confusions and reliability."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from classifier.training.evaluation.intervals import (
    RESAMPLES,
    Interval,
    Share,
    percentile_interval,
    resampled_weights,
    wilson,
)
from classifier.training.evaluation.scores import ECE_BINS, TOP, Scores, confidence_bins, score
from classifier.training.explore.reports import Confusion, classification_report, confusion_of
from classifier.training.fit import HeldOut


@dataclass(frozen=True, slots=True)
class GenreFigures:
    """How well one genre is known.

    Parameters
    ----------
    precision
        Share of the clips called so that are.
    recall
        Share of the clips that are so that are called so.
    f1
        Harmonic mean of the two.
    clips
        Of the genre, among those predicted.
    precision_interval, recall_interval
        Of these two shares, by Wilson; None where no clip is called so, or is so.
    f1_interval
        By resampling clips; None where there are no clips of the genre.
    """

    precision: float
    recall: float
    f1: float
    clips: int
    precision_interval: Interval | None
    recall_interval: Interval | None
    f1_interval: Interval | None


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers of about one confidence, and how many of them were right.

    Parameters
    ----------
    low, high
        Of the top probability; open below and closed above.
    clips
        In the bin, at least one.
    confidence
        Mean of their top probability.
    accuracy
        Share of them that is right.
    interval
        Of that share, by Wilson.
    """

    low: float
    high: float
    clips: int
    confidence: float
    accuracy: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Figures(Scores):
    """Scores, and what an expert asks next.

    Parameters
    ----------
    intervals
        Of accuracy and top-3 by Wilson, of macro-F1 and log loss by resampling clips. None of the ECE: on resampled
        clips it is larger than on the clips themselves, as bins get noisier.
    artist_intervals
        The same scores by resampling whole artists, as clips of one artist are not independent; None where
        one artist stands on both sides of the split, or nobody knows.
    artists
        How many there are among the clips predicted, each unknown one counted as one; None as above.
    genres
        By genre.
    confusion
        Who is taken for whom.
    reliability
        Bins of the top probability that are not empty, ascending.
    calibrated_ece
        What a perfectly calibrated model would show on these clips: even that one is not at zero, as a
        bin holds few clips.
    """

    intervals: dict[str, Interval]
    artist_intervals: dict[str, Interval] | None
    artists: int | None
    genres: dict[str, GenreFigures]
    confusion: Confusion
    reliability: tuple[ReliabilityBin, ...]
    calibrated_ece: Interval


def figures_of(held_out: HeldOut, *, seed: int, artists: npt.NDArray[np.intp] | None = None) -> Figures:
    """Work out all figures of a set of predictions.

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
    Figures
    """
    scores, clips = score(held_out), len(held_out.labels)
    resampled = _Resampled(held_out, np.arange(clips), seed)
    by_clip = {name: percentile_interval(values) for name, values in resampled.scores().items()}
    by_clip |= {name: wilson(round(share * clips), clips) for name, share in _shares(scores).items()}
    return Figures(
        **asdict(scores),
        intervals=_widened(by_clip, clips),
        artist_intervals=None if artists is None else _by_artist(held_out, artists, seed),
        artists=None if artists is None else int(np.unique(artists).size),
        genres=_genres(held_out, resampled.f1),
        confusion=confusion_of(held_out),
        reliability=_reliability(held_out),
        calibrated_ece=_calibrated_ece(held_out.probabilities.max(axis=1), seed),
    )


def _shares(scores: Scores) -> dict[str, float]:
    return {"accuracy": scores.accuracy, "top3": scores.top3}


def _by_artist(held_out: HeldOut, artists: npt.NDArray[np.intp], seed: int) -> dict[str, Interval]:
    samples = _Resampled(held_out, artists, seed).scores()
    intervals = {name: percentile_interval(values) for name, values in samples.items()}
    return _widened(intervals, int(np.unique(artists).size))


def _widened(intervals: dict[str, Interval], units: int) -> dict[str, Interval]:
    """Give those of counted scores a width: where all or none are right, so are they in every sample."""
    return {
        name: wilson(round(interval.low * units), units)
        if interval.low == interval.high and name != "log_loss"
        else interval
        for name, interval in intervals.items()
    }


def _genres(held_out: HeldOut, f1_samples: npt.NDArray[np.float64]) -> dict[str, GenreFigures]:
    called = np.bincount(held_out.probabilities.argmax(axis=1), minlength=len(held_out.genres)).tolist()
    figures = {}
    by_genre = zip(classification_report(held_out).items(), called, f1_samples.T, strict=True)
    for (genre, scores), clips_called, samples in by_genre:
        hits = round(scores.recall * scores.clips)
        f1_interval = percentile_interval(samples) if scores.clips else None
        if f1_interval is not None and f1_interval.low == f1_interval.high:
            f1_interval = Share(hits, scores.clips).interval
        figures[genre] = GenreFigures(
            precision=scores.precision,
            recall=scores.recall,
            f1=scores.f1,
            clips=scores.clips,
            precision_interval=Share(hits, clips_called).interval,
            recall_interval=Share(hits, scores.clips).interval,
            f1_interval=f1_interval,
        )
    return figures


class _Resampled:
    """The scores of a set of predictions on bootstrap samples of it, all at once."""

    def __init__(self, held_out: HeldOut, units: npt.NDArray[np.intp], seed: int) -> None:
        self._weights = resampled_weights(units, seed=seed)
        self._total = self._weights.sum(axis=1)
        self._held_out = held_out
        genres = len(held_out.genres)
        pair = held_out.labels * genres + held_out.probabilities.argmax(axis=1)
        confusion = (self._weights @ np.eye(genres * genres)[pair]).reshape(-1, genres, genres)
        hits, truly = np.diagonal(confusion, axis1=1, axis2=2), confusion.sum(axis=2)
        # By sample and genre. A sample says nothing of a genre that it has no clip of: a 0 would lower the mean.
        self.f1: npt.NDArray[np.float64] = np.divide(
            2.0 * hits, truly + confusion.sum(axis=1), out=np.full(truly.shape, np.nan), where=truly > 0
        )

    def scores(self) -> dict[str, npt.NDArray[np.float64]]:
        """Return the scores of each sample, without the ECE."""
        probabilities, labels = self._held_out.probabilities, self._held_out.labels
        right = probabilities.argmax(axis=1) == labels
        truth = probabilities[np.arange(len(labels)), labels]
        # Genres that rank before the true one; among equals the later column comes first, as in scikit-learn.
        ahead = (probabilities > truth[:, None]) | (
            (probabilities == truth[:, None]) & (np.arange(probabilities.shape[1]) > labels[:, None])
        )
        in_top = ahead.sum(axis=1) < TOP
        loss = -np.log(np.clip(truth, np.finfo(np.float64).eps, 1.0))
        return {
            "accuracy": self._mean(right),
            "macro_f1": np.nanmean(self.f1, axis=1),
            "top3": self._mean(in_top),
            "log_loss": self._mean(loss),
        }

    def _mean(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        mean: npt.NDArray[np.float64] = self._weights @ values.astype(np.float64) / self._total
        return mean


def _reliability(held_out: HeldOut) -> tuple[ReliabilityBin, ...]:
    confidence = held_out.probabilities.max(axis=1)
    right = held_out.probabilities.argmax(axis=1) == held_out.labels
    bins = confidence_bins(confidence)
    return tuple(
        ReliabilityBin(
            low=index / ECE_BINS,
            high=(index + 1) / ECE_BINS,
            clips=int((bins == index).sum()),
            confidence=float(confidence[bins == index].mean()),
            accuracy=float(right[bins == index].mean()),
            interval=wilson(int(right[bins == index].sum()), int((bins == index).sum())),
        )
        for index in np.unique(bins).tolist()
    )


def _calibrated_ece(confidence: npt.NDArray[np.float64], seed: int) -> Interval:
    """Return the interval of the ECE where every answer is right as often as it says."""
    right = np.random.default_rng(seed).random((RESAMPLES, confidence.size)) < confidence
    gaps = (right - confidence) @ np.eye(ECE_BINS)[confidence_bins(confidence)]
    return percentile_interval(np.abs(gaps).sum(axis=1) / confidence.size)
