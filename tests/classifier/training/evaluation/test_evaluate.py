"""The whole evaluation: what it holds, and what it leaves out with a reason."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.measure import ROW_NAMES
from classifier.training import evaluate as evaluate_module
from classifier.training import recipes
from classifier.training.evaluate import Inputs, evaluate
from classifier.training.recipes import Recipe

COMMAND = "genre-bot evaluate small.csv"


def test_everything_is_measured_where_there_are_lists(
    world: Any, quick: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(4)
    sounds = rng.gamma(2.0, 1.0, (30, len(ROW_NAMES)))
    sounds[:, : len(FEATURE_NAMES)] *= 50.0
    path = tmp_path / "sounds.npz"
    monkeypatch.setattr(evaluate_module, "SOUNDS_PATH", path)
    np.savez(
        path,
        names=np.array(ROW_NAMES),
        kinds=np.repeat(["hum", "speech"], 15),
        groups=np.array([f"g{index // 3}" for index in range(30)]),
        rows=sounds,
    )
    told: list[str] = []
    found = evaluate(
        [quick],
        Inputs(world.table, {"small.csv": "0"}, world.artists, world.split),
        version="1",
        command=COMMAND,
        progress=lambda doing, done, total: told.append(doing),
    )
    chosen = found.chosen
    assert (chosen.recipe, chosen.clips, len(chosen.random_splits)) == ("quick", 80, 5)
    assert chosen.fault_filtered is not None
    assert chosen.artist_grouped is not None
    assert chosen.training_folds is not None
    assert (chosen.fault_filtered.clips_train, chosen.fault_filtered.clips_test) == (44, 20)
    assert (chosen.artist_grouped.clips_test, chosen.training_folds.clips_test) == (77, 44)
    assert found.verdicts is not None
    assert found.verdicts["clear"].given.of == 20
    assert [each.genre for each in found.unheard or ()] == list(world.table.genres)
    assert sum(each.surely_wrong.of for each in found.unheard or ()) == 64
    assert found.music_detector is not None
    assert (found.music_detector.clips, found.music_detector.sounds) == (44, 30)
    assert set(found.music_detector.accepted) == {"hum", "speech"}
    assert found.readings == (
        "grade of quick",
        *(f"{genre}, unheard by quick" for genre in world.table.genres),
    )
    assert found.left_out == ("No robustness: add --audio FOLDER with clips to change.",)
    # The quick parts come first.
    assert [doing.split(": ")[-1] for doing in dict.fromkeys(told)] == [
        "the train list, graded by the test list",
        "music told from other sounds",
        "random splits",
        "whole artists held out",
        "genres left out",
    ]


def test_without_lists_the_rest_is_left_out_with_a_reason(world: Any, small_notebook: Recipe) -> None:
    found = evaluate([small_notebook], Inputs(world.table, {}), version="1", command=COMMAND)
    chosen = found.chosen
    assert (chosen.fault_filtered, chosen.artist_grouped, chosen.training_folds) == (None, None, None)
    assert (found.verdicts, found.unheard, found.music_detector, found.robustness) == (None, None, None, None)
    assert [reason.partition(":")[0] for reason in found.left_out] == [
        "No fault-filtered figures, verdicts, unheard genres, music detector and robustness",
        "No artist-grouped figures, and folds that keep only copies together",
    ]
    assert found.readings == ()


def test_a_recipe_that_cannot_be_served_is_not_asked_about_sounds(
    world: Any, small_notebook: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sounds.npz"
    path.write_bytes(b"never read")
    monkeypatch.setattr(evaluate_module, "SOUNDS_PATH", path)
    inputs = Inputs(world.table, {}, world.artists, world.split, (Path("never-heard.wav"),))
    found = evaluate([small_notebook], inputs, version="1", command=COMMAND)
    assert (found.music_detector, found.robustness) == (None, None)
    assert found.left_out == (
        "No music detector and no robustness: notebook needs columns that no person's file has. "
        "Measure another recipe.",
    )


def test_recipes_without_their_tags_are_left_out_unless_they_were_asked_for(
    world: Any, quick: Recipe, small_notebook: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(recipes.RECIPES, "features", dataclasses.replace(quick, name="features"))
    monkeypatch.setitem(recipes.RECIPES, "notebook", small_notebook)
    untagged = world.with_rows(world.table.rows, np.full_like(world.table.tags, np.nan)).table
    found = evaluate([], Inputs(untagged, {}), version="1", command=COMMAND)
    assert [each.recipe for each in found.recipes] == ["features", "notebook"]
    assert found.headline == "features"
    assert "No figures of default: it votes on tags. Add --taggrams FILE" in found.left_out[0]
    with pytest.raises(DatasetError, match="has no tag statistics"):
        evaluate([recipes.DEFAULT], Inputs(untagged, {}), version="1", command=COMMAND)


def test_the_sections_after_the_protocols_are_about_what_ships(world: Any, quick: Recipe) -> None:
    ships = dataclasses.replace(quick, name="default")
    other = dataclasses.replace(quick, name="other")
    found = evaluate([other, ships], Inputs(world.table, {}), version="1", command=COMMAND)
    assert found.headline == "default"
    assert [each.recipe for each in found.recipes] == ["other", "default"]
