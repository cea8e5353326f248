"""The whole way of one file: decode, measure, vote, judge."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import numpy as np

from classifier.audio import decode
from classifier.features import SAMPLE_RATE, extract_features
from classifier.ffmpeg import find_ffmpeg
from classifier.level import LevelFree
from classifier.model import GenreModel, load_model
from classifier.options import DecodeOptions
from classifier.result import Analysis, Elapsed, Segment

WINDOW_SECONDS: Final = 30.0
"""Length of one analysed window, in seconds: that of the training clips."""

MAX_WINDOWS: Final = 4
"""Most windows that are analysed, spread over the file: two minutes say as much as ten, five times sooner."""


def prepare(model_dir: Path, options: DecodeOptions) -> GenreModel:
    """Check and load all that an analysis needs, kernels included, so that the first one is not the slow one.

    Parameters
    ----------
    model_dir
        The trained model.
    options
        What will decode.

    Returns
    -------
    GenreModel
        Ready for `analyze`.

    Raises
    ------
    ModelError
        If the model cannot be used.
    DecoderUnavailable
        If there is no ffmpeg.
    """
    find_ffmpeg(options.ffmpeg)
    model = load_model(model_dir)
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, SAMPLE_RATE).astype(np.float32)
    model.vote(extract_features(noise)[np.newaxis])
    return model


def analyze(path: Path, model: GenreModel, options: DecodeOptions) -> Analysis:
    """Tell the genre of a file.

    Parameters
    ----------
    path
        An audio file in any format that is decoded; its name does not matter.
    model
        The voting classifier.
    options
        What the file may cost, and what decodes it.

    Returns
    -------
    Analysis
        The mean of the windows' probabilities, and each window's own.

    Raises
    ------
    AudioError
        If the file cannot be listened to; the message is for the person who sent it.
    DecoderUnavailable
        If there is no ffmpeg.
    """
    started = time.perf_counter()
    clip = decode(path, options)
    decoded = time.perf_counter()
    windows = clip.windows(seconds=WINDOW_SECONDS, at_most=MAX_WINDOWS)
    rows = np.stack([extract_features(clip.samples(window)) for window in windows])
    measured = time.perf_counter()
    probabilities = model.vote(rows)
    genres = model.rank(probabilities.mean(axis=0))
    verdict, reason = model.gate.judge(
        genres,
        is_music=model.gate.is_music(LevelFree().fit_transform(rows)),
        seconds=sum(window.end - window.start for window in windows),
    )
    timeline = tuple(
        Segment(window.start, window.end, model.rank(row)) for window, row in zip(windows, probabilities, strict=True)
    )
    voted = time.perf_counter()
    return Analysis(
        genres=genres,
        verdict=verdict,
        reason=reason,
        timeline=timeline,
        audio=clip.info,
        model=model.info,
        elapsed=Elapsed(decode=decoded - started, features=measured - decoded, vote=voted - measured),
    )
