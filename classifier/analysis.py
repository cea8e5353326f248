"""The whole way of one file: decode, measure, tag, vote, judge."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.audio import decode
from classifier.features import SAMPLE_RATE, extract_features
from classifier.ffmpeg import find_ffmpeg
from classifier.location import tag_network_dir
from classifier.measure import Measurement, condition, measure, tag_at_reference_level
from classifier.model import GenreModel, load_model
from classifier.options import DecodeOptions
from classifier.reason import words
from classifier.result import Analysis, Elapsed, Segment, Span, TaggedSpan, TagProbability
from classifier.sound_print import sound_print
from classifier.stage import Report, Stage, unheard
from classifier.tags import LEAST_TAG, TagNetwork, strongest_tags
from classifier.timeline import PATCH_SECONDS, cut_patches, smooth
from classifier.windows import Window

WINDOW_SECONDS: Final = 30.0
"""Length of one analysed window, in seconds: that of the training clips."""

MAX_WINDOWS: Final = 5
"""Most windows that are analysed, spread over the file: an answer costs the same, however long the file is."""

TAGS_SHOWN: Final = 5
"""Tags that an answer names at most."""

TAGS_OF_A_SPAN: Final = 3
"""Tags that are named of each 3 s at most: few enough to be read in passing and kept fifty times with an answer."""


@dataclass(frozen=True, slots=True)
class Listener:
    """All that an analysis needs, loaded.

    Parameters
    ----------
    model
        The voting classifier.
    network
        Tags the sound.
    """

    model: GenreModel
    network: TagNetwork


def prepare(model_dir: Path, options: DecodeOptions) -> Listener:
    """Check and load all that an analysis needs, kernels included, so that the first one is not the slow one.

    Parameters
    ----------
    model_dir
        The trained model.
    options
        What will decode.

    Returns
    -------
    Listener
        Ready for `analyze`.

    Raises
    ------
    ModelError
        If the model or the tag network cannot be used.
    DecoderUnavailable
        If there is no ffmpeg.
    """
    find_ffmpeg(options.ffmpeg)
    listener = Listener(load_model(model_dir), TagNetwork.load(tag_network_dir()))
    listener.model.vote(measure(_noise(), listener.network).row()[np.newaxis])
    return listener


def load_kernels() -> None:
    """Load what librosa has compiled, and compile what it has not: half a minute on a new machine."""
    extract_features(_noise())


def _noise() -> npt.NDArray[np.float32]:
    return np.random.default_rng(0).uniform(-0.5, 0.5, 4 * SAMPLE_RATE).astype(np.float32)


def analyze(path: Path, listener: Listener, options: DecodeOptions, report: Report = unheard) -> Analysis:
    """Tell the genre of a file.

    Parameters
    ----------
    path
        An audio file in any format that is decoded; its name does not matter.
    listener
        What `prepare` loaded.
    options
        What the file may cost, and what decodes it.
    report
        Told of each stage as it begins.

    Returns
    -------
    Analysis
        The mean of the windows' probabilities, and timelines of genres and tags within them.

    Raises
    ------
    AudioError
        If the file cannot be listened to; the message is for the person who sent it.
    DecoderUnavailable
        If there is no ffmpeg.
    """
    report(Stage.DECODING)
    started = time.perf_counter()
    clip = decode(path, options)
    report(Stage.LISTENING)
    decoded = time.perf_counter()
    windows = clip.windows(seconds=WINDOW_SECONDS, at_most=MAX_WINDOWS)
    pieces = [condition(clip.samples(window)) for window in windows]
    info = clip.info
    # Up to ten minutes of sound, which are not needed any more.
    del clip
    features = [extract_features(samples) for samples in pieces]
    measured = time.perf_counter()
    taggrams = [tag_at_reference_level(samples, listener.network) for samples in pieces]
    report(Stage.VOTING)
    tagged = time.perf_counter()

    model = listener.model
    measurements = [Measurement(row, taggram) for row, taggram in zip(features, taggrams, strict=True)]
    rows = np.stack([measurement.row() for measurement in measurements])
    votes, segment_votes = _vote(model, rows, windows, measurements)
    genres = model.rank(votes.mean(axis=0))
    heard = tuple(Span(window.start, window.end) for window in windows)
    audio = replace(info, heard=heard)
    clear = (model.rank(vote)[0] for vote in votes if vote.max() >= model.gate.clear_at)
    verdict, basis = model.gate.judge(
        genres,
        music=float(model.music(rows).mean()),
        seconds=audio.seconds_heard,
        parts=tuple(genre.name for genre in clear),
        sound=model.sound(rows),
    )
    timeline = tuple(
        segment
        for window, window_votes in zip(windows, segment_votes, strict=True)
        for segment in _segments(window, window_votes, model)
    )
    tags = _named_tags(np.concatenate(taggrams), TAGS_SHOWN)
    tag_timeline = tuple(
        span for window, taggram in zip(windows, taggrams, strict=True) for span in _tagged_spans(window, taggram)
    )
    why = model.explain(rows, genres[0].name)
    voted = time.perf_counter()
    return Analysis(
        genres=genres,
        verdict=verdict,
        reason=words(basis, verdict),
        basis=basis,
        timeline=timeline,
        tags=tags,
        tag_timeline=tag_timeline,
        sound=sound_print(measurements),
        why=why,
        audio=audio,
        model=model.info,
        elapsed=Elapsed(
            decode=decoded - started, features=measured - decoded, tags=tagged - measured, vote=voted - tagged
        ),
    )


def _vote(
    model: GenreModel, rows: npt.NDArray[np.float64], windows: Sequence[Window], measurements: Sequence[Measurement]
) -> tuple[npt.NDArray[np.float64], list[npt.NDArray[np.float64]]]:
    """Vote on each window, and on each few seconds of it: its features with the tags of the segment."""
    segments = [
        np.stack([measurement.row(patches) for patches in cut_patches(len(measurement.taggram), window.seconds)])
        for window, measurement in zip(windows, measurements, strict=True)
    ]
    # All at once: a vote on a hundred rows takes hardly longer than on one.
    votes = model.vote(np.concatenate([rows, *segments]))
    ends = np.cumsum([len(rows), *(len(part) for part in segments)])
    of_windows, *of_segments = np.split(votes, ends[:-1])
    return of_windows, of_segments


def _segments(window: Window, votes: npt.NDArray[np.float64], model: GenreModel) -> list[Segment]:
    """Divide a window among the votes on its parts, smoothed."""
    return [
        Segment(part.start, part.end, model.rank(row))
        for part, row in zip(_equal_parts(window, len(votes)), smooth(votes), strict=True)
    ]


def _tagged_spans(window: Window, taggram: npt.NDArray[np.float32]) -> list[TaggedSpan]:
    """Divide a window into spans as long as a patch, each with the tags of the patches in its middle."""
    slices = cut_patches(len(taggram), window.seconds, segment_seconds=PATCH_SECONDS)
    return [
        TaggedSpan(part.start, part.end, _named_tags(taggram[patches], TAGS_OF_A_SPAN))
        for part, patches in zip(_equal_parts(window, len(slices)), slices, strict=True)
    ]


def _named_tags(taggram: npt.NDArray[np.float32], at_most: int) -> tuple[TagProbability, ...]:
    """Name the tags that are probable enough in the mean of some patches."""
    return tuple(
        TagProbability(name, probability)
        for name, probability in strongest_tags(taggram.mean(axis=0), at_most, at_least=LEAST_TAG)
    )


def _equal_parts(window: Window, count: int) -> list[Window]:
    edges: list[float] = np.linspace(window.start, window.end, count + 1).tolist()
    return [Window(start, end) for start, end in pairwise(edges)]
