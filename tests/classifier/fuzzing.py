"""Damages files of every format at random, has real workers listen to them, and looks at what becomes of it."""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum, auto
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from classifier.errors import AnalysisTimeout, ClipError, WorkerDied
from classifier.location import default_model_dir
from classifier.options import DecodeOptions
from classifier.result import Analysis
from classifier.workers import AnalysisWorkers, WorkerConfig, named_failures

FILES: Final = int(os.environ.get("FUZZ_FILES", "2000"))
"""Files that are made by all modules together."""

SEED: Final = os.environ.get("FUZZ_SEED")
"""Makes other files than the suite's own, the same ones for the same number."""

SECONDS: Final = 3.2
"""Length of a clip that is damaged: hardly more than an answer takes, so that a file costs little."""

FEWER_SECONDS: Final = 2.9
"""Length of most clips, which are decoded and then too short: an answer costs six times what decoding does."""

BRIEF_FOR_ONE_WHOLE: Final = 17
"""Clips that are too short, for each that is heard."""

OPTIONS: Final = DecodeOptions(max_seconds=6.0, timeout=30.0)
JOB_TIMEOUT: Final = 60.0

_TUNE: Final = ("-map", "0:a")
_FILM: Final = ("-f", "lavfi", "-i", f"color=red:size=16x16:duration={SECONDS}:rate=5", "-map", "1:v", "-map", "0:a")

SIMPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "wav": (*_TUNE, "-c:a", "pcm_s16le"),
    "float.wav": (*_TUNE, "-c:a", "pcm_f32le"),
    "aiff": _TUNE,
    "mp3": (*_TUNE, "-b:a", "16k", "-metadata", "title=Song"),
    "aac": _TUNE,
    "flac": (*_TUNE, "-metadata", "title=Song"),
    "ogg": (*_TUNE, "-c:a", "libvorbis"),
    "opus": (*_TUNE, "-b:a", "16k"),
}
"""Formats that are a sequence of frames or pages, with the options of ffmpeg that make one."""

NESTED: Final[Mapping[str, tuple[str, ...]]] = {
    "m4a": _TUNE,
    "alac.m4a": (*_TUNE, "-c:a", "alac", "-movflags", "faststart"),
    "mp4": (*_FILM, "-pix_fmt", "yuv420p", "-movflags", "frag_keyframe+empty_moov"),
    "mov": (*_FILM, "-pix_fmt", "yuv420p", "-c:a", "pcm_s16be"),
    "webm": (*_FILM, "-c:a", "libopus", "-b:a", "16k"),
    "mka": (*_TUNE, "-c:a", "flac"),
}
"""Formats that are boxes in boxes."""

EXTREMES: Final = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 1 << 63)
"""What breaks the arithmetic of lengths and counts."""


class Kind(StrEnum):
    """What is done to a file."""

    FLIP = auto()
    EXTREME = auto()
    RUN = auto()
    CUT = auto()
    REMOVE = auto()
    REPEAT = auto()
    SWAP = auto()
    SPLICE = auto()
    NOISE = auto()


class Where(StrEnum):
    """Which part of a file is damaged: mostly its headers, which are what a parser believes."""

    BEGINNING = auto()
    FIELD = auto()
    ANYWHERE = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file; any numbers make one."""

    kind: Kind
    where: Where
    place: int
    amount: int
    value: int

    def apply(self, content: bytes, others: list[bytes]) -> bytes:
        if not content:
            return content
        start = self._start(content)
        end = start + 1 + self.amount
        before, piece, after = content[:start], content[start:end], content[end:]
        match self.kind:
            case Kind.FLIP:
                made = before + bytes([content[start] ^ 1 << self.value % 8]) + content[start + 1 :]
            case Kind.EXTREME:
                width = (1, 2, 4, 8)[self.amount % 4]
                number = EXTREMES[self.value % len(EXTREMES)] & (1 << 8 * width) - 1
                made = before + number.to_bytes(width, "big" if self.value % 2 else "little") + content[start + width :]
            case Kind.RUN:
                made = before + bytes([self.value]) * len(piece) + after
            case Kind.CUT:
                made = before
            case Kind.REMOVE:
                made = before + after
            case Kind.REPEAT:
                made = before + piece * (2 + self.value % 30) + after
            case Kind.SWAP:
                made = before + after[: len(piece)] + piece + after[len(piece) :]
            case Kind.SPLICE:
                other = others[self.value % len(others)]
                made = before + other[len(other) * (self.amount % 4) // 4 :]
            case Kind.NOISE:
                made = before + random.Random(self.value).randbytes(len(piece)) + after
        return made

    def _start(self, content: bytes) -> int:
        match self.where:
            case Where.BEGINNING:
                return self.place % min(len(content), 128)
            case Where.FIELD:
                # Names of boxes and chunks; their lengths and contents stand around them.
                names = [match.start() for match in re.finditer(rb"[A-Za-z][A-Za-z0-9 ]{3}", content[:4096])] or [0]
                nearby = names[self.place % len(names)] + self.place // 7 % 24 - 8
                return min(max(nearby, 0), len(content) - 1)
            case Where.ANYWHERE:
                return self.place % len(content)


changes: Final = st.builds(
    Change,
    kind=st.sampled_from(Kind),
    where=st.sampled_from([Where.FIELD, Where.FIELD, Where.ANYWHERE, Where.ANYWHERE, Where.BEGINNING]),
    place=st.integers(0, 1 << 20),
    amount=st.one_of(st.integers(0, 7), st.integers(0, 4096)),
    value=st.integers(0, 255),
)


@dataclass
class Target:
    """A worker, files to damage, and what became of them."""

    workers: AnalysisWorkers
    folder: Path
    temporary: Path
    whole: dict[str, bytes]
    brief: dict[str, bytes]
    outcomes: Counter[str] = field(default_factory=Counter)

    def hear(self, content: bytes) -> Analysis | ClipError:
        path = self.folder / "clip"
        path.write_bytes(content)
        try:
            with named_failures(JOB_TIMEOUT):
                outcome: Analysis | ClipError = self.workers.submit(path).result(2 * JOB_TIMEOUT).analysis
        except (WorkerDied, AnalysisTimeout):
            # No file may cost more than its own answer.
            raise
        except ClipError as error:
            outcome = error
        self.outcomes[type(outcome).__name__] += 1
        return outcome

    def assert_unharmed(self) -> None:
        """Look for what files left behind, and whether each whole one is still answered."""
        assert [path.name for path in self.folder.iterdir()] == ["clip"]
        assert list(self.temporary.iterdir()) == []
        commands = (read_or_nothing(process / "cmdline") for process in Path("/proc").glob("[0-9]*"))
        assert not [command for command in commands if str(self.folder).encode() in command]
        for name, content in self.whole.items():
            outcome = self.hear(content)
            assert isinstance(outcome, Analysis), (name, outcome)


def read_or_nothing(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def encode(
    formats: Mapping[str, tuple[str, ...]], samples: npt.NDArray[np.float32], ffmpeg: str, folder: Path
) -> dict[str, bytes]:
    scipy.io.wavfile.write(folder / "source.wav", 22_050, samples)
    made = {}
    for name, options in formats.items():
        path = folder / f"made.{name}"
        arguments = ("-i", folder / "source.wav", *options, "-ar", "16000", "-map_metadata", "-1", path)
        subprocess.run([ffmpeg, "-nostdin", "-loglevel", "error", *map(str, arguments)], check=True, timeout=60)
        made[name] = path.read_bytes()
    return made


@contextmanager
def target(
    formats: Mapping[str, tuple[str, ...]],
    samples: npt.NDArray[np.float32],
    ffmpeg: str,
    factory: pytest.TempPathFactory,
) -> Iterator[Target]:
    """Make files of each format, and start a worker."""
    fewer = samples[: round(FEWER_SECONDS * 22_050)]
    whole, brief = (encode(formats, part, ffmpeg, factory.mktemp("made")) for part in (samples, fewer))
    temporary = factory.mktemp("temporary")
    config = WorkerConfig(default_model_dir(), OPTIONS, job_timeout=JOB_TIMEOUT)
    with pytest.MonkeyPatch.context() as patch, AnalysisWorkers(config, count=1) as workers:
        patch.setenv("TMPDIR", str(temporary))
        workers.warm_up()
        yield Target(workers, factory.mktemp("clips"), temporary, whole, brief)


def fuzz(target: Target, *, files: int, report: Callable[[str], object]) -> None:
    """Have many damaged files heard; hypothesis makes them and, where one fails, makes it simpler."""
    others = list(target.whole.values())

    @settings(
        max_examples=files,
        derandomize=SEED is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        clips=st.sampled_from([*[target.brief] * BRIEF_FOR_ONE_WHOLE, target.whole]),
        name=st.sampled_from(sorted(target.whole)),
        damage=st.lists(changes, min_size=1, max_size=3),
    )
    def hear(clips: dict[str, bytes], name: str, damage: list[Change]) -> None:
        content = clips[name]
        for change in damage:
            content = change.apply(content, others)
        target.hear(content)

    if SEED is not None:
        hear = seed(int(SEED))(hear)
    hear()
    report(", ".join(f"{count} {name}" for name, count in target.outcomes.most_common()))
    assert target.outcomes.total() >= files
    target.assert_unharmed()
