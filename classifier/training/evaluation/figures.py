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
        By resampling clips.
    """

    precision: float
    recall: float
    f1: float
    clips: int
    precision_interval: Interval | None
    recall_interval: Interval | None
    f1_interval: Interval


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
        Of each score, by resampling clips.
    artist_intervals
        The same by resampling whole artists, as clips of one artist are not independent; None where
        one artist stands on both sides of the split.
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
    resampled = _Resampled(held_out, np.arange(len(held_out.labels)), seed)
    by_artist = None if artists is None else _Resampled(held_out, artists, seed).score_intervals()
    return Figures(
        **asdict(score(held_out)),
        intervals=resampled.score_intervals(),
        artist_intervals=by_artist,
        genres=_genres(held_out, resampled.f1_intervals()),
        confusion=confusion_of(held_out),
        reliability=_reliability(held_out),
        calibrated_ece=_calibrated_ece(held_out.probabilities.max(axis=1), seed),
    )


def _genres(held_out: HeldOut, f1_intervals: list[Interval]) -> dict[str, GenreFigures]:
    called = np.bincount(held_out.probabilities.argmax(axis=1), minlength=len(held_out.genres)).tolist()
    figures = {}
    by_genre = zip(classification_report(held_out).items(), called, f1_intervals, strict=True)
    for (genre, scores), clips_called, f1_interval in by_genre:
        hits = round(scores.recall * scores.clips)
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
        hits = np.diagonal(confusion, axis1=1, axis2=2)
        self._f1 = _ratio(2.0 * hits, confusion.sum(axis=1) + confusion.sum(axis=2))

    def score_intervals(self) -> dict[str, Interval]:
        probabilities, labels = self._held_out.probabilities, self._held_out.labels
        clips, confidence = np.arange(len(labels)), probabilities.max(axis=1)
        right = probabilities.argmax(axis=1) == labels
        truth = probabilities[clips, labels]
        # Genres that rank before the true one; among equals the later column comes first, as in scikit-learn.
        ahead = (probabilities > truth[:, None]) | (
            (probabilities == truth[:, None]) & (np.arange(probabilities.shape[1]) > labels[:, None])
        )
        in_top = ahead.sum(axis=1) < TOP
        loss = -np.log(np.clip(truth, np.finfo(np.float64).eps, 1.0))
        gaps = np.eye(ECE_BINS)[confidence_bins(confidence)] * (right - confidence)[:, None]
        samples = {
            "accuracy": self._mean(right),
            "macro_f1": self._f1.mean(axis=1),
            "top3": self._mean(in_top),
            "log_loss": self._mean(loss),
            "ece": np.abs(self._weights @ gaps).sum(axis=1) / self._total,
        }
        return {name: percentile_interval(values) for name, values in samples.items()}

    def f1_intervals(self) -> list[Interval]:
        return [percentile_interval(values) for values in self._f1.T]

    def _mean(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        mean: npt.NDArray[np.float64] = self._weights @ values.astype(np.float64) / self._total
        return mean


def _ratio(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # A genre that is in no clip of a sample, or in no answer, scores 0 as in scikit-learn.
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


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
