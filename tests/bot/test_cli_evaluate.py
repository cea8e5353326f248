"""``genre-bot evaluate``, as people use it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import scipy.io.wavfile
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.exit_status import ExitStatus
from classifier.errors import DatasetError, ReportError
from classifier.tags import TAG_NAMES
from classifier.training import evaluate, fit, recipes
from classifier.training.dataset import TABLE_COLUMNS
from classifier.training.evaluation import pictures, protocols, robustness
from classifier.training.evaluation.result import Evaluation
from classifier.training.evaluation.variants import VARIANTS
from classifier.training.recipes import Boosting, Forest, Vote

GENRES = ("ambient", "drone", "noise", "polka")
CLIPS = 16


def genre_bot(*arguments: object) -> Result:
    # One process: workers would take longer to start than these tables to measure.
    return CliRunner().invoke(
        app, [str(argument) for argument in arguments], env={"COLUMNS": "80", "LOKY_MAX_CPU_COUNT": "1"}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a table of four genres with sixteen clips each, its artists, its lists and its tags."""
    folder = tmp_path_factory.mktemp("tables")
    rng = np.random.default_rng(5)
    labels = np.repeat(GENRES, CLIPS)
    number = np.repeat(np.arange(len(GENRES)), CLIPS)
    rows = rng.gamma(2.0, 1.0, (labels.size, len(TABLE_COLUMNS)))
    rows[:, 1:30] += 0.7 * number[:, None]
    filenames = [f"{label}.{index:05}.wav" for index, label in enumerate(labels)]
    table = pd.DataFrame(rows, columns=list(TABLE_COLUMNS)).assign(filename=filenames, label=labels)
    table.to_csv(folder / "features.csv", index=False)
    artists = ["" if index % CLIPS == 0 else f"Artist {index // 2}" for index in range(labels.size)]
    pd.DataFrame({"filename": filenames, "artist": artists}).to_csv(folder / "artists.csv", index=False)
    (folder / "splits").mkdir()
    for part, first, last in (("train", 0, 10), ("valid", 10, 12), ("test", 12, 16)):
        chosen = [name for index, name in enumerate(filenames) if first <= index % CLIPS < last]
        (folder / "splits" / f"{part}_filtered.txt").write_text("\n".join(chosen) + "\n")
    patches = rng.beta(1.0, 9.0, (labels.size, 3, len(TAG_NAMES))).astype(np.float32)
    ids = np.repeat([name.replace(".wav", ".au") for name in filenames], 3)
    np.savez(folder / "tags.npz", X=patches.reshape(-1, len(TAG_NAMES)), IDS=ids)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _small_recipes(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Three trees, two fits where five differ in their seed, and no sounds, so that commands are tested in seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "FIT_SEEDS", 2)
        patch.setattr(fit, "MOST_FOLDS", 3)
        patch.setattr(protocols, "RANDOM_STATES", protocols.RANDOM_STATES[:2])
        patch.setattr(evaluate, "SOUNDS_PATH", tmp_path_factory.mktemp("sounds") / "none.npz")
        vote = Vote(Boosting(n_estimators=3), Forest(n_estimators=3))
        for name, recipe in recipes.RECIPES.items():
            patch.setitem(recipes.RECIPES, name, dataclasses.replace(recipe, vote=vote))
        yield


def draw_what_is_new() -> Callable[[Evaluation], tuple[pictures.Picture, ...]]:
    """Draw as the command does, but once: it draws anew after each part, and most parts change no picture."""
    draw, drawn = pictures.draw_all, {}

    def draw_all(found: Evaluation) -> tuple[pictures.Picture, ...]:
        shown = (found.chosen.best, found.robustness)
        key = tuple(map(id, shown))
        if key not in drawn:
            # With what it was drawn from, or another's identity could be the same.
            drawn[key] = (shown, draw(found))
        return drawn[key][1]

    return draw_all


@pytest.fixture(scope="module")
def whole(folder: Path, make_tune: Callable[..., npt.NDArray[np.float32]]) -> Result:
    """Run the command with everything that it takes."""
    songs = folder / "songs"
    songs.mkdir()
    for index, name in enumerate(("drone.00017.wav", "stranger.wav")):
        scipy.io.wavfile.write(songs / name, 22_050, make_tune(4.0, seed=index))
    (songs / "broken.mp3").write_bytes(b"no sound at all" * 9)
    lists = ["--artists", folder / "artists.csv", "--splits", folder / "splits", "--taggrams", folder / "tags.npz"]
    results = ["--out", folder / "report", "--model-card", folder / "cards" / "MODEL_CARD.md"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw_all", draw_what_is_new())
        patch.setattr(robustness, "VARIANTS", tuple(each for each in VARIANTS if each.name in ("-10 dB", "first 15 s")))
        return genre_bot("evaluate", folder / "features.csv", *lists, "--audio", songs, *results, "--seed", 3)


def test_all_recipes_by_all_protocols_fit_80_columns(whole: Result) -> None:
    assert whole.exit_code == ExitStatus.OK, whole.output
    assert "…" not in whole.stdout
    table = whole.stdout.partition("notebook split: random")[0]
    for recipe in recipes.RECIPES:
        lines = [line.split() for line in table.splitlines() if line.startswith(recipe)]
        assert [" ".join(line[1:3]).rstrip("0123456789.– ") for line in lines] == [
            *("notebook split", "random splits", "training folds", "fault-filtered", "artist-grouped"),
        ]
    assert max(map(len, whole.stdout.splitlines()[: table.count("\n")])) <= 80
    for part in (
        "40/16",
        "51/13",
        "it flatters",
        "names the right genre for",
        "Worst known:",
        "by artists never heard",
    ):
        assert part in " ".join(whole.stdout.split())


def test_copies_are_heard_and_what_cannot_be_is_said(whole: Result, folder: Path) -> None:
    document = json.loads((folder / "report" / "report.json").read_text())
    found = document["robustness"]
    assert (found["files"], found["labelled"], found["held_out"]) == (2, 1, 1)
    assert [(each["variant"], each["unchanged"]["of"]) for each in found["variants"]] == [
        ("-10 dB", 2),
        ("first 15 s", 0),
    ]
    assert [entry["filename"] for entry in found["left_out"]] == ["broken.mp3"]
    assert "-10 dB" in whole.stdout


def test_all_that_was_read_has_a_digest(whole: Result, folder: Path) -> None:
    files = json.loads((folder / "report" / "report.json").read_text())["files"]
    assert list(files) == [
        *("features.csv", "artists.csv", "train_filtered.txt", "valid_filtered.txt", "test_filtered.txt"),
        *("tags.npz", "songs (3 files)"),
    ]
    for path in (folder / "artists.csv", folder / "splits" / "test_filtered.txt", folder / "tags.npz"):
        assert files[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
    # As `sha256sum * | sort -k 2` puts a folder together, with name and digest exchanged.
    songs = sorted((folder / "songs").iterdir())
    lines = "".join(f"{path.name}  {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in songs)
    assert files["songs (3 files)"] == hashlib.sha256(lines.encode()).hexdigest()
    card = (folder / "cards" / "MODEL_CARD.md").read_text()
    assert all(digest in card for digest in files.values())


def test_what_was_found_outlives_an_interruption(
    folder: Path, tmp_path: Path, make_tune: Callable[..., npt.NDArray[np.float32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> Path:
        raise KeyboardInterrupt

    # Ctrl-C in the last part, while a copy is made.
    monkeypatch.setattr(robustness, "VARIANTS", (dataclasses.replace(VARIANTS[0], write=interrupt),))
    song = tmp_path / "drone.00017.wav"
    scipy.io.wavfile.write(song, 22_050, make_tune(4.0))
    lists = ["--artists", folder / "artists.csv", "--splits", folder / "splits", "--audio", song]
    out, card = tmp_path / "report", tmp_path / "card.md"
    result = genre_bot(
        "evaluate", folder / "features.csv", "--recipe", "features", *lists, "--out", out, "--model-card", card
    )
    assert result.exit_code != ExitStatus.OK
    document = json.loads((out / "report.json").read_text())
    assert document["waiting"] == ["robustness"]
    assert document["recipes"][0]["fault_filtered"]["clips_test"] == 16
    assert len(document["unheard"]) == len(GENRES)
    page = (out / "report.html").read_text()
    assert "Not done. Still to be measured: robustness." in page
    # A card that lacks a part would take the place of a whole one.
    assert not card.exists()


def test_lists_of_ones_own_work_for_an_extracted_table(
    folder: Path, tmp_path: Path, make_tune: Callable[..., npt.NDArray[np.float32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = pd.read_csv(folder / "features.csv")
    table["filename"] = table["label"] + "/" + table["filename"]
    table.to_csv(tmp_path / "own.csv", index=False)
    (tmp_path / "songs" / "drone").mkdir(parents=True)
    scipy.io.wavfile.write(tmp_path / "songs" / "drone" / "drone.00017.wav", 22_050, make_tune(4.0))
    monkeypatch.setattr(robustness, "VARIANTS", VARIANTS[:1])
    # The artists and the lists name the files alone.
    lists = ["--artists", folder / "artists.csv", "--splits", folder / "splits", "--audio", tmp_path / "songs"]
    result = genre_bot("evaluate", tmp_path / "own.csv", "--recipe", "features", *lists, "--json")
    assert result.exit_code == ExitStatus.OK, result.output
    document = json.loads(result.stdout)
    assert document["data"]["lists"]["published"] is False
    assert (document["robustness"]["labelled"], document["robustness"]["held_out"]) == (1, 1)
    assert document["recipes"][0]["fault_filtered"]["clips_test"] == 16


def test_report_and_card_are_written_without_folders_of_this_machine(whole: Result, folder: Path) -> None:
    assert f"Wrote {folder / 'report' / 'report.html'}" in whole.stdout
    assert (folder / "cards" / "model_card" / "reliability.png").is_file()
    for path in (
        folder / "report" / "report.html",
        folder / "report" / "report.json",
        folder / "cards" / "MODEL_CARD.md",
    ):
        text = path.read_text()
        assert str(folder.parent) not in text
        assert "genre-bot evaluate features.csv --artists artists.csv --splits splits --taggrams tags.npz" in text
    assert "--audio songs --seed 3" in (folder / "report" / "report.html").read_text()


def test_the_same_seed_gives_the_same_document(folder: Path) -> None:
    arguments = ["evaluate", folder / "features.csv", "--recipe", "notebook", "--json"]
    one, same, other = (genre_bot(*arguments, "--seed", seed) for seed in (3, 3, 4))
    assert one.exit_code == ExitStatus.OK, one.output
    assert one.stdout == same.stdout
    document, unlike = json.loads(one.stdout), json.loads(other.stdout)
    assert [each["recipe"] for each in document["recipes"]] == ["notebook"]
    assert document["seed"] == 3
    assert list(document["files"]) == ["features.csv"]
    assert document["waiting"] == []
    assert document["recipes"][0]["fault_filtered"] is None
    assert document["recipes"][0]["notebook_split"] != unlike["recipes"][0]["notebook_split"]


def test_what_is_left_out_is_said(folder: Path) -> None:
    result = genre_bot("evaluate", folder / "features.csv")
    assert result.exit_code == ExitStatus.OK
    text = " ".join(result.stdout.split())
    for part in (
        "No figures of default: it votes on tags. Add --taggrams",
        "add --splits FOLDER",
        "add --artists FILE",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv"], "nowhere.csv cannot be read"),
        (["nowhere.csv", "--recipe", "soup"], "There is no recipe 'soup'"),
        (["{folder}/features.csv", "--recipe", "default"], "has no tag statistics, which this recipe votes on"),
        (["{folder}/features.csv", "--taggrams", "nowhere.npz"], "nowhere.npz cannot be read"),
        (["{folder}/features.csv", "--splits", "nowhere"], "train_filtered.txt cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: list[str], sentence: str, folder: Path) -> None:
    result = genre_bot("evaluate", *(argument.format(folder=folder) for argument in arguments))
    assert isinstance(result.exception, DatasetError)
    assert sentence in str(result.exception)


def test_a_report_that_cannot_be_written_is_said_before_anything_is_fitted(folder: Path) -> None:
    result = genre_bot("evaluate", folder / "features.csv", "--out", folder / "artists.csv")
    assert isinstance(result.exception, ReportError)
    assert "is a file. Give --out a directory" in str(result.exception)


def test_audio_folders_must_be_there_and_hold_something(folder: Path, tmp_path: Path) -> None:
    for path, sentence in ((tmp_path / "nowhere", "does not exist"), (tmp_path, "there are no audio files in")):
        result = genre_bot("evaluate", folder / "features.csv", "--audio", path)
        assert result.exit_code == ExitStatus.USAGE
        assert sentence in " ".join(result.stderr.replace("│", " ").split())


def test_help_names_every_option() -> None:
    text = genre_bot("evaluate", "--help").stdout
    for option in ("--artists", "--splits", "--taggrams", "--audio", "--recipe", "--out", "--model-card", "--json"):
        assert option in text
    assert "15 to 20 minutes" in " ".join(text.replace("│", " ").split())
