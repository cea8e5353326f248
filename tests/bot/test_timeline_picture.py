"""The picture under an answer: its size, its colours and its sameness, read back from the PNG."""

from __future__ import annotations

import io
import itertools
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from matplotlib.colors import to_rgb
from PIL import Image

from bot.cards.genre_signs import FURTHER_COLOURS, GENRE_COLOURS, OTHER_COLOUR
from bot.cards.picture_canvas import BACKGROUND
from bot.cards.timeline import has_picture
from bot.cards.timeline_picture import (
    HEARD_WAVE,
    HEIGHT,
    MARGIN,
    STACK_BOTTOM,
    STACK_TOP,
    UNHEARD_WAVE,
    WAVEFORM_BOTTOM,
    WAVEFORM_TOP,
    WIDTH,
    draw_timeline,
    own_bands,
)
from bot.illustrator import TimelineIllustrator
from classifier.analysis import analyze, prepare
from classifier.location import default_model_dir
from classifier.options import DecodeOptions
from classifier.result import Analysis, Waveform
from tests.bot.timelines import analysis_of, any_analysis

Pixels = npt.NDArray[np.int64]

MOST_BYTES = 60_000
ROOT = Path(__file__).resolve().parents[2]


def opened(png: bytes) -> Pixels:
    """Return the picture as pixels, the lowest row first."""
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size, image.info) == ("PNG", (WIDTH, HEIGHT), {})
    return np.asarray(image.convert("RGB"), np.int64)[::-1]


def share_of(colour: str, pixels: Pixels) -> float:
    """Return which share of the pixels has about this colour."""
    wanted = np.array([round(255 * channel) for channel in to_rgb(colour)])
    return float((np.abs(pixels - wanted).max(axis=-1) <= 12).mean())


def column(time: float, seconds: float) -> int:
    return round(MARGIN + (WIDTH - 2 * MARGIN) * time / seconds)


def test_a_change_is_where_it_was_heard() -> None:
    pixels = opened(draw_timeline(analysis_of((0.0, [{"classical": 1.0}] * 8 + [{"metal": 1.0}] * 4))))
    stack = pixels[STACK_BOTTOM:STACK_TOP]
    first, second = stack[:, column(0, 60) : column(35, 60)], stack[:, column(45, 60) : column(60, 60)]
    assert share_of(GENRE_COLOURS[0], first) > 0.85
    assert share_of(GENRE_COLOURS[1], second) > 0.85
    assert share_of(GENRE_COLOURS[1], first) < 0.01


def test_a_band_is_as_high_as_its_share() -> None:
    shares = {"rock": 0.5, "pop": 0.3, "blues": 0.2}
    pixels = opened(draw_timeline(analysis_of((0.0, [shares] * 6))))
    # Beside the names, which stand in the middle.
    edge = pixels[STACK_BOTTOM:STACK_TOP, MARGIN + 20 : MARGIN + 60]
    for colour, share in zip(GENRE_COLOURS, shares.values(), strict=False):
        assert share_of(colour, edge) == pytest.approx(share, abs=0.03)


def test_every_genre_is_named_in_its_own_band() -> None:
    named = draw_timeline(analysis_of((0.0, [{"rock": 0.6, "pop": 0.4}] * 6)))
    renamed = draw_timeline(analysis_of((0.0, [{"metal": 0.6, "pop": 0.4}] * 6)))
    # More than the palettes of two files differ by.
    changed = np.abs(opened(named) - opened(renamed)).max(axis=-1) > 128
    rows, columns = np.nonzero(changed)
    assert rows.size
    assert STACK_BOTTOM < rows.min() < rows.max() < STACK_BOTTOM + 0.6 * (STACK_TOP - STACK_BOTTOM)
    assert MARGIN < columns.min() < columns.max() < WIDTH - MARGIN


def test_what_was_not_heard_is_dim_and_has_no_genre() -> None:
    pixels = opened(draw_timeline(analysis_of((0.0, [{"rock": 1.0}] * 6), (270.0, [{"rock": 1.0}] * 6), seconds=300.0)))
    waveform = pixels[WAVEFORM_BOTTOM:WAVEFORM_TOP]
    gap, heard = waveform[:, column(40, 300) : column(260, 300)], waveform[:, column(2, 300) : column(28, 300)]
    assert share_of(UNHEARD_WAVE, gap) > 0.3
    assert share_of(HEARD_WAVE, gap) == 0.0
    assert share_of(HEARD_WAVE, heard) > 0.3
    middle = pixels[STACK_BOTTOM:STACK_TOP, WIDTH // 2 - 2 : WIDTH // 2 + 2]
    assert share_of(BACKGROUND, middle) == 1.0


def test_the_waveform_is_as_high_as_the_sound() -> None:
    quiet_then_loud = Waveform(0.1, (0.1,) * 150 + (0.5,) * 150)
    pixels = opened(draw_timeline(analysis_of((0.0, [{"rock": 1.0}] * 6), waveform=quiet_then_loud)))
    waveform = pixels[WAVEFORM_BOTTOM:WAVEFORM_TOP]
    quiet, loud = (share_of(HEARD_WAVE, waveform[:, column(a, 30) : column(b, 30)]) for a, b in ((1, 14), (16, 29)))
    assert loud > 0.85
    assert quiet == pytest.approx(loud / 5, abs=0.03)


def test_only_genres_that_matter_have_a_band_of_their_own() -> None:
    analysis = analysis_of(
        (0.0, [{"rock": 0.7, "pop": 0.15}] * 5 + [{"jazz": 0.6, "rock": 0.3}]),
    )
    assert own_bands(analysis) == ("rock", "jazz")
    spread = analysis_of((0.0, [{}] * 6))
    assert own_bands(spread) == (spread.genres[0].name,)
    many = analysis_of((0.0, [{name: 1.0} for name in ("rock", "rock", "pop", "jazz", "blues", "metal", "disco")]))
    assert own_bands(many)[0] == "rock"
    assert len(own_bands(many)) == len(GENRE_COLOURS)


@given(analysis=any_analysis().filter(has_picture))
@settings(max_examples=12, deadline=None)
def test_any_timeline_is_a_small_picture_and_the_same_each_time(analysis: Analysis) -> None:
    png = draw_timeline(analysis)
    assert len(png) < MOST_BYTES
    assert png == draw_timeline(analysis)
    stack = opened(png)[STACK_BOTTOM + 2 : STACK_TOP - 2]
    # Between the stretches there is nothing; in them, only text, lines and bands.
    drawn = sum(share_of(colour, stack) for colour in (*GENRE_COLOURS, OTHER_COLOUR))
    assert drawn > 0.6
    bands = own_bands(analysis)
    assert analysis.genres[0].name in bands
    assert len(bands) <= len(GENRE_COLOURS)


def test_the_file_holds_nothing_but_the_picture() -> None:
    png = draw_timeline(analysis_of((0.0, [{"rock": 1.0}] * 6)))
    kinds, place = list[bytes](), 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        kinds.append(kind)
        place += 12 + length
    assert set(kinds) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_settings_of_the_machine_do_not_change_the_picture(tmp_path: Path) -> None:
    script = (
        "import hashlib, matplotlib as mpl; from bot.cards.timeline_picture import draw_timeline; "
        "from tests.bot.timelines import analysis_of; "
        "print(hashlib.sha256(draw_timeline(analysis_of((0.0, [{'rock': 1.0}] * 6)))).hexdigest(), "
        "mpl.rcParams['axes.facecolor'])"
    )
    (tmp_path / "matplotlibrc").write_text(
        "axes.facecolor: red\nsavefig.facecolor: red\nfont.size: 40\nlines.linewidth: 9\n"
    )
    run = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=120
        ).stdout.split()
        for env in ({"HOME": str(tmp_path)}, {"HOME": str(tmp_path), "MATPLOTLIBRC": str(tmp_path)})
    ]
    assert [facecolor for _, facecolor in run] == ["white", "red"]
    assert run[0][0] == run[1][0]


def test_people_without_one_kind_of_cones_can_tell_the_colours_apart() -> None:
    for matrix, shape in itertools.product(CONES, ((*GENRE_COLOURS, OTHER_COLOUR), FURTHER_COLOURS)):
        colours = [_lab(matrix @ _linear(colour)) for colour in shape]
        assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(colours, 2)) >= 24.0


CONES = (
    np.eye(3),
    # Machado, Oliveira and Fernandes (2009), severity 1: without long, middle and short wavelengths.
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
)


def _linear(colour: str) -> npt.NDArray[np.float64]:
    channels = np.array(to_rgb(colour))
    return np.asarray(np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4))


def _lab(linear: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Turn linear sRGB into CIELAB with the white point D65."""
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = to_xyz @ np.clip(linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


# Real analyses


def test_a_real_clip_is_drawn(clip_of: Callable[[str], Path]) -> None:
    options = DecodeOptions()
    analysis = analyze(clip_of("metal.00000"), prepare(default_model_dir(), options), options)
    png = TimelineIllustrator().draw(analysis)
    assert png is not None
    assert len(png) < MOST_BYTES
    assert png == draw_timeline(analysis)
    pixels = opened(png)
    assert share_of(GENRE_COLOURS[0], pixels[STACK_BOTTOM:STACK_TOP]) > 0.5
    assert share_of(HEARD_WAVE, pixels[WAVEFORM_BOTTOM:WAVEFORM_TOP]) > 0.3


def test_drawing_loads_neither_discord_nor_pyplot_and_importing_not_even_matplotlib() -> None:
    script = (
        "import sys; from bot.illustrator import TimelineIllustrator; "
        "print(sorted({'discord', 'numpy', 'matplotlib'} & set(sys.modules))); TimelineIllustrator().prepare(); "
        "print(sorted({'discord', 'matplotlib', 'matplotlib.pyplot'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.splitlines() == ["[]", "['matplotlib']"]
