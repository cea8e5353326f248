"""The whole evaluation: what it holds, and what it leaves out with a reason."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.measure import ROW_NAMES
from classifier.training import evaluate as evaluate_module
from classifier.training import recipes
from classifier.training.evaluate import Evaluation, Inputs, Scores, evaluate
from classifier.training.evaluation.figures import Figures
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
        kinds=np.repeat(["tone", "speech"], 15),
        groups=np.array([f"g{index // 3}" for index in range(30)]),
        rows=sounds,
    )
    told: list[str] = []
    kept: list[Evaluation] = []
    found = evaluate(
        [quick],
        Inputs(world.table, {"small.csv": "0"}, world.artists, world.split),
        version="1",
        command=COMMAND,
        progress=lambda doing, done, total: told.append(doing),
        keep=kept.append,
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
    assert (found.music_detector.training.clips, found.music_detector.training.sounds) == (44, 30)
    assert {kind: share.of for kind, share in found.music_detector.training.accepted.items()} == {
        "tone": 15,
        "speech": 15,
    }
    sounds = found.music_detector.sounds
    assert {kind: share.of for kind, share in sounds.found.items()} == {"speech": 15, "tone": 15}
    assert sounds.music_named.of == 44
    # The threshold was set on the train list; the test list had no say in it.
    assert found.music_detector.refused.of == 20
    assert found.files["sounds.npz of Genre Bot"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.seeds is not None
    assert found.seeds.seeds == (1, 2, 3, 4, 5)
    assert found.seeds.scores[0] == score_of(chosen.fault_filtered)
    assert len({each.log_loss for each in found.seeds.scores}) == 5
    assert [(str(each.question), each.about) for each in found.readings] == [
        ("grade", "quick"),
        ("music refused", "quick"),
        *(("grade with another seed", f"quick, {seed}") for seed in (2, 3, 4, 5)),
        *(("genre never taught", f"quick, {genre}") for genre in world.table.genres),
    ]
    # All twenty are predicted by the folds as well: those have all clips but copies.
    assert found.unsealed == 20
    assert found.left_out == ("No robustness: add --audio FOLDER with clips to change.",)
    # The quick parts come first.
    assert [doing.split(": ")[-1] for doing in dict.fromkeys(told)] == [
        "the train list, graded by the test list",
        "music told from other sounds",
        "random splits",
        "whole artists held out",
        "other seeds",
        "genres left out",
    ]
    # What is known is given away after each part, and agrees with the end.
    assert [each.waiting[0] for each in kept] == [
        "music told from other sounds",
        "random splits",
        "artist-grouped folds",
        "other seeds",
        "genres never taught",
    ]
    assert found.waiting == ()
    assert all(each.chosen.fault_filtered == chosen.fault_filtered for each in kept)
    assert [each.chosen.notebook_split is None for each in kept] == [True, True, False, False, False]


def score_of(figures: Figures) -> Scores:
    return Scores(**{name: getattr(figures, name) for name in Scores.__slots__})


def test_an_interruption_costs_only_what_was_not_done(world: Any, quick: Recipe) -> None:
    class Interrupted(Exception):
        pass

    def progress(doing: str, done: int, total: int) -> None:
        if "whole artists" in doing:
            raise Interrupted

    kept: list[Evaluation] = []
    inputs = Inputs(world.table, {}, world.artists, world.split)
    with pytest.raises(Interrupted):
        evaluate([quick], inputs, version="1", command=COMMAND, progress=progress, keep=kept.append)
    assert kept[-1].chosen.fault_filtered is not None
    assert kept[-1].chosen.random_splits
    assert kept[-1].waiting == ("artist-grouped folds", "other seeds", "genres never taught")


def test_nothing_is_given_away_before_something_is_known_of_the_headline(world: Any, quick: Recipe) -> None:
    kept: list[Evaluation] = []
    pair = [dataclasses.replace(quick, name=name) for name in ("other", "default")]
    evaluate(pair, Inputs(world.table, {}, world.artists), version="1", command=COMMAND, keep=kept.append)
    assert [each.waiting for each in kept] == [("artist-grouped folds",)] * 2
    assert all(each.headline == "default" and each.chosen.best is not None for each in kept)


def test_without_artists_nothing_is_said_of_them(world: Any, quick: Recipe) -> None:
    found = evaluate([quick], Inputs(world.table, {}, None, world.split), version="1", command=COMMAND)
    figures = found.chosen
    assert figures.fault_filtered is not None
    assert figures.training_folds is not None
    for each in (figures.fault_filtered, figures.training_folds):
        assert (each.artist_intervals, each.artists) == (None, None)


def test_without_lists_the_rest_is_left_out_with_a_reason(world: Any, small_notebook: Recipe) -> None:
    found = evaluate([small_notebook], Inputs(world.table, {}), version="1", command=COMMAND)
    chosen = found.chosen
    assert (chosen.fault_filtered, chosen.artist_grouped, chosen.training_folds) == (None, None, None)
    assert (found.verdicts, found.unheard, found.music_detector, found.robustness) == (None, None, None, None)
    assert [reason.partition(":")[0] for reason in found.left_out] == [
        "No figures of a test list, and so no verdicts, genres never taught, music detector and robustness",
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
