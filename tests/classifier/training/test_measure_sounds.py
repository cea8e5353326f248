"""Sounds that are no music, measured into the archive that the detector learns from."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from classifier.errors import DatasetError
from classifier.features import SAMPLE_RATE
from classifier.location import tag_network_dir
from classifier.measure import ROW_NAMES
from classifier.tags import TagNetwork
from classifier.training.measure_sounds import measure_sound, measure_sounds
from classifier.training.music_detector import SOUNDS_PATH, read_sounds
from classifier.training.not_music.catalogue import Source, sources

SEED = 1
SHORT = ("tone/siren-0", "noise/wind-4")
FAINT = "noise/crackle-3"
SPOKEN = "speech/hu-noise"


@pytest.fixture(scope="module")
def network() -> TagNetwork:
    return TagNetwork.load(tag_network_dir())


def source_named(name: str) -> Source:
    return next(source for source in sources() if source.name == name)


def test_the_archive_holds_what_a_file_of_each_sound_would_be_measured_as(tmp_path: Path, network: TagNetwork) -> None:
    told: list[tuple[int, int]] = []
    out = tmp_path / "sounds.npz"
    measured = measure_sounds(
        out, seed=SEED, jobs=1, names={*SHORT, FAINT}, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert measured.refused == (FAINT,)
    found = read_sounds(out)
    for name, kind, group, row in zip(SHORT, found.kinds, found.groups, found.rows, strict=True):
        source = source_named(name)
        assert (kind, group) == (source.kind, source.group)
        with threadpool_limits(1):
            expected = measure_sound(source.render(SEED).samples, network)
        assert expected is not None
        assert expected.shape == (len(ROW_NAMES),)
        np.testing.assert_array_equal(row, expected)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    "name",
    [
        SHORT[0],
        SHORT[1],
        pytest.param(
            SPOKEN,
            marks=pytest.mark.skipif(
                importlib.util.find_spec("espeakng_loader") is None,
                reason="needs espeak-ng (espeakng-loader, dependency group `train`) for speech",
            ),
        ),
    ],
)
def test_the_archive_that_ships_is_that_of_the_catalogue(network: TagNetwork, name: str) -> None:
    with np.load(SOUNDS_PATH, allow_pickle=False) as archive:
        row = archive["rows"][archive["sounds"] == name]
    measured = measure_sound(source_named(name).render(SEED).samples, network)
    np.testing.assert_allclose(row, [measured], rtol=1e-3, atol=1e-4)


def test_the_archive_that_ships_has_every_sound_that_can_be_heard() -> None:
    with np.load(SOUNDS_PATH, allow_pickle=False) as archive:
        names = archive["sounds"].tolist()
    listed = [source.name for source in sources()]
    assert names == [name for name in listed if name in set(names)]
    assert len(listed) - len(names) <= 5


@pytest.mark.parametrize("samples", [np.zeros(5 * SAMPLE_RATE), np.full(2 * SAMPLE_RATE, 0.5), np.zeros(0)])
def test_what_a_file_would_be_refused_for_is_not_measured(samples: np.ndarray, network: TagNetwork) -> None:
    assert measure_sound(samples.astype(np.float32), network) is None


@pytest.mark.parametrize(
    ("out", "sentence"), [(".", "is a folder"), ("nowhere/s.npz", r"cannot be written \(No such file or directory\)")]
)
def test_a_place_that_cannot_be_written_to_is_known_before_the_minutes_of_measuring(
    tmp_path: Path, out: str, sentence: str
) -> None:
    with pytest.raises(DatasetError, match=sentence):
        measure_sounds(tmp_path / out, seed=SEED, jobs=1)
