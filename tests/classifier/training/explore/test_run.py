"""A run that makes a report: in which order, what stops it, and what is left then."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from classifier.errors import DatasetError, ReportError
from classifier.training.dataset import TABLE_COLUMNS
from classifier.training.explore import base_classifiers
from classifier.training.explore.models import reduced_names
from classifier.training.explore.protocols import PROTOCOLS
from classifier.training.explore.report import TITLES, Options, explore
from tests.classifier.training.explore.made import small_trees
from tests.classifier.training.explore.page import Page
from tests.classifier.training.explore.tables import MFCC_VARIANCES, write_lists


@dataclass(frozen=True)
class Step:
    """What progress said, and what had been written by then."""

    done: int
    total: int
    doing: str
    sections: list[str]
    complete: bool
    marked_as_running: bool


@dataclass(frozen=True)
class Watched:
    """A quick run without lists."""

    features: Path
    out: Path
    steps: list[Step]


@pytest.fixture(scope="module")
def watched(tiny_frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp("watched")
    features, *_ = write_lists(tiny_frame, folder)
    out, steps = folder / "out", []

    def look(done: int, total: int, doing: str) -> None:
        document = json.loads((out / "explore.json").read_text())
        words = Page((out / "explore.html").read_text()).words
        steps.append(
            Step(done, total, doing, list(document["sections"]), document["complete"], "Still running" in words)
        )

    with small_trees():
        explore(features, out, options=Options(quick=True), progress=look)
    return Watched(features, out, steps)


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_threads(watched: Watched, tmp_path: Path) -> None:
    with small_trees():
        explore(watched.features, tmp_path, options=Options(quick=True, jobs=3))
    for name in ("explore.html", "explore.json"):
        assert (tmp_path / name).read_bytes() == (watched.out / name).read_bytes()


def test_without_lists_and_grid_the_report_says_what_is_missing(watched: Watched) -> None:
    document = json.loads((watched.out / "explore.json").read_text())
    assert document["complete"] is True
    assert "grid-search" not in document["sections"]
    assert document["protocols"][PROTOCOLS[0]] == {"run": True, "reason": None}
    for protocol, option in ((PROTOCOLS[1], "--splits"), (PROTOCOLS[2], "--artists")):
        assert document["protocols"][protocol]["run"] is False
        assert f"add {option}" in document["protocols"][protocol]["reason"]
        assert document["sections"]["vote"]["figures"]["figures"][protocol] is None
    words = Page((watched.out / "explore.html").read_text()).words
    for option in ("--splits", "--artists", "--quick"):
        assert option in words
    assert "Quote none of these figures" in " ".join(document["summary"])


def test_quick_parts_are_written_before_the_slow_ones_are_made(watched: Watched) -> None:
    parts = [slug for slug in TITLES if slug != "grid-search"]
    for step in watched.steps:
        assert step.sections == parts[: step.done]
        assert step.total == len(parts)
        assert step.complete is not step.marked_as_running
        assert step.complete is (step.done == step.total)
    assert (watched.steps[0].done, watched.steps[0].doing) == (0, "Genre counts")
    assert watched.steps[-1].complete
    assert [step.done for step in watched.steps] == sorted(step.done for step in watched.steps)
    assert any(step.doing.startswith("k-NN") for step in watched.steps)
    assert {path.name for path in watched.out.iterdir()} == {"explore.html", "explore.json"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DatasetError("The forest is on fire. Call for help."), "The forest is on fire. Call for help."),
        (KeyboardInterrupt(), "it was interrupted."),
        (ZeroDivisionError(), "the program failed (ZeroDivisionError)."),
    ],
)
def test_what_is_made_outlives_a_part_that_fails(
    error: BaseException, reason: str, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(base_classifiers, "measure_base", fail)
    with pytest.raises(type(error)):
        explore(watched.features, tmp_path / "out", options=Options(quick=True))
    document = json.loads((tmp_path / "out" / "explore.json").read_text())
    assert document["complete"] is False
    assert document["stopped"] == f"The seven base classifiers: {reason}"
    assert list(document["sections"]) == list(TITLES)[:7]
    words = Page((tmp_path / "out" / "explore.html").read_text()).words
    assert "This report is not complete." in words
    assert "still running" not in words.lower()


def test_out_that_is_a_file_or_cannot_be_written(tiny_frame: pd.DataFrame, tmp_path: Path) -> None:
    features, artists, _ = write_lists(tiny_frame, tmp_path)
    before = artists.read_bytes()
    with pytest.raises(ReportError, match=r"artists\.csv is a file\. Give --out a directory"):
        explore(features, artists)
    assert artists.read_bytes() == before
    with pytest.raises(ReportError, match=r"cannot be made \(Not a directory\)"):
        explore(features, artists / "deeper")
    (tmp_path / "taken" / "explore.html").mkdir(parents=True)
    with pytest.raises(ReportError, match=r"cannot be written to .*taken"):
        explore(features, tmp_path / "taken")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda frame: frame.assign(tempo=1e300), r"\(ambient\.00000\.wav\) has '1e\+300' in the column tempo"),
        (lambda frame: frame.assign(**dict.fromkeys(TABLE_COLUMNS, 2.5)), "one value in all clips"),
    ],
)
def test_tables_that_nothing_can_be_fitted_on(
    change: Callable[[pd.DataFrame], pd.DataFrame], sentence: str, tiny_frame: pd.DataFrame, tmp_path: Path
) -> None:
    features, *_ = write_lists(change(tiny_frame), tmp_path)
    with pytest.raises(DatasetError, match=sentence):
        explore(features, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_column_that_is_none_is_refused_with_the_nearest(tiny_frame: pd.DataFrame, tmp_path: Path) -> None:
    features, *_ = write_lists(tiny_frame, tmp_path)
    with pytest.raises(DatasetError, match=r"no column 'mfcc2_men' to draw\. Did you mean mfcc2_mean or"):
        explore(features, tmp_path / "out", options=Options(columns=("mfcc2_men",)))
    with pytest.raises(DatasetError, match=r"no column '<b>' to draw\. There are: length, chroma_stft_mean"):
        explore(features, tmp_path / "out", options=Options(columns=("<b>",)))


def test_what_does_not_vary_is_told_and_does_not_stop_the_report(watched: Watched) -> None:
    sections = json.loads((watched.out / "explore.json").read_text())["sections"]
    constant = sections["correlation"]["figures"]["all"]["constant"]
    assert set(MFCC_VARIANCES) < set(constant)
    assert f"and {len(constant) - 8} more have one value in all clips" in sections["correlation"]["conclusions"][-1]
    block = sections["pca"]["figures"]["mfcc_variances"]
    assert block["explained_in_training"] == [0.0, 0.0]
    assert block["between"] == [0.0, 0.0]
    assert block["leading_weight"] == 0.0
    assert set(sections["importance"]["figures"]["gains"]) == set(reduced_names())
