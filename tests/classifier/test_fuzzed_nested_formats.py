"""A thousand damaged m4a, mp4, mov, webm and mka files: each gets an answer or a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest

from tests.classifier.fuzzing import FILES, NESTED, SECONDS, Target, fuzz, target

MakeTune = Callable[..., npt.NDArray[np.float32]]


@pytest.fixture(scope="module")
def victim(make_tune: MakeTune, ffmpeg: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(NESTED, make_tune(SECONDS), ffmpeg, tmp_path_factory) as victim:
        yield victim


def test_every_damaged_file_of_a_nested_format_gets_an_answer_or_a_sentence(victim: Target) -> None:
    fuzz(victim, files=FILES // 2, report=print)
