"""The page, the card and their pictures: complete, harmless, repeatable, and in agreement with the figures."""

from __future__ import annotations

import dataclasses
import html.parser
import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.training.evaluate import Inputs, evaluate
from classifier.training.evaluation import words
from classifier.training.evaluation.intervals import Interval, Share
from classifier.training.evaluation.model_card import escape_markdown, picture_folder, write_card
from classifier.training.evaluation.pictures import Picture, draw_all
from classifier.training.evaluation.report import render_page, sections_of, write_report
from classifier.training.evaluation.result import Evaluation, plain
from classifier.training.evaluation.robustness import Robustness, VariantFigures
from classifier.training.evaluation.tables import extent_in_percents, genre_table, mean_over, percents, published_table
from classifier.training.evaluation.variants import Kind
from classifier.training.evaluation.yardsticks import PUBLISHED
from classifier.training.explore.write import ReportError
from classifier.training.groups import LeftOut
from classifier.training.music_detector import DetectorScores
from classifier.training.recipes import Recipe

HOSTILE = ("<script>alert(1)</script>", "`$x$|**\u202e\x1b[2J", "\u4e2d\u6587 & [a](b)", "plain")
COMMAND = "genre-bot evaluate small.csv --artists artists.csv --splits splits --taggrams 'a b.npz' --seed 1"
ROBUSTNESS = Robustness(
    files=10,
    labelled=8,
    right=Share(6, 8),
    held_out=7,
    on_test_list=1,
    variants=(
        VariantFigures("-20 dB", Kind.GAIN, Share(10, 10), Share(6, 6), 0, 0.95),
        VariantFigures("mp3, 64 kbit/s", Kind.FORMAT, Share(9, 10), Share(5, 6), 1, 0.95),
        VariantFigures("last 15 s", Kind.CROP, Share(7, 8), Share(5, 6), 0, 0.80),
    ),
    left_out=(LeftOut("<b>.wav", "It is <i>silent</i>."),),
)
DETECTOR = DetectorScores(0.987, 0.01, {"speech": 0.25, "<hum>": 0.0}, 44, 30)


def measured(world: Any, recipes: list[Recipe]) -> Evaluation:
    inputs = Inputs(world.table, {"small.csv": "0" * 64}, world.artists, world.split)
    found = evaluate(recipes, inputs, version="1", command=COMMAND)
    return dataclasses.replace(found, robustness=ROBUSTNESS, music_detector=DETECTOR)


@pytest.fixture(scope="module")
def evaluation(world: Any, quick: Recipe, small_notebook: Recipe) -> Evaluation:
    return measured(world, [quick, small_notebook])


@pytest.fixture(scope="module")
def pictures(evaluation: Evaluation) -> tuple[Picture, ...]:
    return draw_all(evaluation)


@pytest.fixture(scope="module")
def page(evaluation: Evaluation, pictures: tuple[Picture, ...]) -> str:
    return render_page(evaluation, pictures)


@pytest.fixture(scope="module")
def bare(evaluation: Evaluation) -> Evaluation:
    """The same without lists: only the random splits are known."""
    recipes = tuple(
        dataclasses.replace(each, fault_filtered=None, artist_grouped=None, training_folds=None)
        for each in evaluation.recipes
    )
    nothing = dict.fromkeys(("verdicts", "unheard", "music_detector", "robustness"))
    data = dataclasses.replace(evaluation.data, artists=None, lists=None)
    return dataclasses.replace(
        evaluation, recipes=recipes, data=data, readings=(), left_out=("No splits: add --splits.",), **nothing
    )


class Elements(html.parser.HTMLParser):
    """The elements of a page and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.images: list[dict[str, str | None]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "img":
            self.images.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_begins_with_how_good_it_is_and_where_it_fails(page: str, evaluation: Evaluation) -> None:
    text = Elements(page).words
    figures = evaluation.chosen.fault_filtered
    assert figures is not None
    first = text.index(f"names the right genre for {percents(figures.accuracy)}")
    worst, mistakes = text.index("Worst known:"), text.index("Most frequent mistakes:")
    assert first < worst < mistakes < text.index("How it was measured")
    assert extent_in_percents(figures.artist_intervals["accuracy"]) in text[:worst]


def test_the_page_needs_nothing_else_and_runs_nothing(page: str) -> None:
    elements = Elements(page)
    assert not {"script", "link", "iframe"} & set(elements.tags)
    assert not [name for name in elements.attributes if name.startswith("on")]
    assert "default-src 'none'" in page
    assert "width=device-width" in page
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"(src|srcset|href)=\"(?!data:image/png;base64,|#)", page)


def test_each_picture_is_there_for_light_and_dark_and_for_those_who_do_not_see_it(
    page: str, pictures: tuple[Picture, ...]
) -> None:
    elements = Elements(page)
    assert [picture.name for picture in pictures] == ["reliability", "confusion", "genres", "robustness"]
    assert len(elements.images) == elements.tags.count("source") == 4
    for image, picture in zip(
        sorted(elements.images, key=lambda image: str(image["alt"])),
        sorted(pictures, key=lambda picture: picture.alt),
        strict=True,
    ):
        assert image["alt"] == picture.alt
        assert len(picture.alt) > 40
        assert picture.light != picture.dark
        for png in (picture.light, picture.dark):
            assert png.startswith(b"\x89PNG")
            assert struct.unpack(">II", png[16:24]) == (picture.width, picture.height)
            assert len(png) < 60_000


def test_what_is_written_is_what_was_measured(
    evaluation: Evaluation, pictures: tuple[Picture, ...], page: str, tmp_path: Path
) -> None:
    write_report(tmp_path, evaluation, pictures)
    assert {path.name for path in tmp_path.iterdir()} == {
        *("report.html", "report.json"),
        *("reliability.png", "confusion.png", "genres.png", "robustness.png"),
    }
    assert (tmp_path / "report.html").read_text() == page
    document = json.loads((tmp_path / "report.json").read_text())
    figures = evaluation.chosen.fault_filtered
    written = document["recipes"][0]["fault_filtered"]
    assert written["accuracy"] == figures.accuracy
    assert written["intervals"]["ece"] == {"low": figures.intervals["ece"].low, "high": figures.intervals["ece"].high}
    assert np.array(written["confusion"]["clips"]).sum() == figures.clips_test == 20
    assert document["robustness"]["variants"][1]["unchanged"]["value"] == 0.9
    assert document["verdicts"]["clear"]["given"]["of"] == 20
    for share in (f"{figures.accuracy:.3f}", f"{figures.macro_f1:.3f}", f"{figures.log_loss:.3f}"):
        assert share in page


def test_the_same_figures_give_the_same_files(
    evaluation: Evaluation, pictures: tuple[Picture, ...], page: str, world: Any, quick: Recipe
) -> None:
    assert draw_all(evaluation) == pictures
    assert render_page(evaluation, pictures) == page
    (again,) = measured(world, [quick]).recipes
    assert again == evaluation.recipes[0]


def test_the_card_holds_all_that_a_reader_needs(
    evaluation: Evaluation, pictures: tuple[Picture, ...], tmp_path: Path
) -> None:
    path = tmp_path / "MODEL_CARD.md"
    write_card(path, evaluation, pictures)
    card = path.read_text()
    headings = re.findall(r"^##? (.*)$", card, re.MULTILINE)
    assert headings == [
        "Model card: Genre Bot, recipe quick",
        *("Intended use", "What it is", "Data and its faults", "Protocol", "Figures", "Calibration"),
        *("What the verdicts mean", "Genres that it was never taught", "Music or not", "Robustness", "Limits"),
        *("Licences", "How to reproduce it"),
    ]
    figures = evaluation.chosen.fault_filtered
    assert f"**{figures.accuracy:.3f}**" in card
    assert COMMAND in card
    assert "genre-bot train small.csv --artists artists.csv --splits splits --taggrams 'a b.npz'" in card
    for target in re.findall(r"!\[[^\n]*\]\(([^)]*)\)", card):
        assert (tmp_path / target).read_bytes().startswith(b"\x89PNG")
    assert {path.name for path in picture_folder(path).iterdir()} == {f"{picture.name}.png" for picture in pictures}
    for part in ("musicnn", "ISC", "MIT", "2 clips that stand under two labels", "artists or copies on both lists: 0"):
        assert part in card
    assert "read it 6 times: to grade 2 recipes once each, and for 4 genres" in card
    assert str(tmp_path) not in card
    write_card(path, evaluation, pictures)
    assert path.read_text() == card
    # Every table is whole: each of its lines has as many cells as its head.
    for block in re.findall(r"(?:^\|.*\n)+", card, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_what_was_not_measured_is_said(bare: Evaluation, tmp_path: Path) -> None:
    pictures = draw_all(bare)
    assert [picture.name for picture in pictures] == ["reliability", "confusion", "genres"]
    page = Elements(render_page(bare, pictures)).words
    assert "of a random split, which flatters" in page
    assert "No splits: add --splits." in page
    assert not {"published", "verdicts", "unheard", "music", "robustness"} & {each.slug for each in sections_of(bare)}
    write_card(tmp_path / "card.md", bare, pictures)
    card = (tmp_path / "card.md").read_text()
    assert card.count("Not measured in the run that made this card.") == 4
    assert "Of this run: No splits: add --splits." in card


def test_hostile_names_are_shown_and_do_nothing(make_world: Callable[..., Any], quick: Recipe, tmp_path: Path) -> None:
    found = measured(make_world(HOSTILE), [quick])
    found = dataclasses.replace(found, left_out=("<img src=x onerror=alert(1)>",))
    pictures = draw_all(found)
    page = render_page(found, pictures)
    elements = Elements(page)
    assert not {"script", "i", "b"} & set(elements.tags)
    assert len(elements.images) == 4
    assert HOSTILE[0] in elements.words
    write_card(tmp_path / "card.md", found, pictures)
    card = (tmp_path / "card.md").read_text()
    for text in (page, card):
        assert not {"\u202e", "\x1b"} & set(text)
    assert "<script" not in card
    assert "<img" not in card
    assert "](b)" not in card.replace("\\](b)", "")


@given(st.text())
def test_markdown_is_escaped_whatever_it_says(text: str) -> None:
    escaped = escape_markdown(text)
    assert not re.search(r"(?<!\\)(\\\\)*[`*_\[\]|#]", escaped)
    assert "<" not in escaped
    unescaped = re.sub(r"\\([\\`*_\[\]|#])", r"\1", escaped).replace("&lt;", "<").replace("&amp;", "&")
    assert unescaped == text


def test_worst_genres_and_mistakes_come_first(evaluation: Evaluation) -> None:
    figures = evaluation.chosen.fault_filtered
    scores = [float(row[1].text) for row in genre_table(figures).rows]
    assert scores == sorted(scores)
    worst = min(figures.genres, key=lambda genre: figures.genres[genre].f1)
    assert words.where_it_fails(figures)[0].startswith(f"Worst known: {worst} (F1 ")


def test_published_figures_lie_below_within_or_above(evaluation: Evaluation) -> None:
    figures = evaluation.chosen.fault_filtered
    placed = dataclasses.replace(
        figures, accuracy=0.79, clips_test=290, intervals=figures.intervals | {"accuracy": Interval(0.745, 0.84)}
    )
    sentence = words.beside_published(placed)
    assert sentence == (
        "With 0.790 on 290 clips: better than MFCC + SVM (0.534); not clearly different from musicnn + SVM (0.772), "
        "VGGish + SVM (0.776) and MERT-330M, probed (0.793); worse than AST (0.855)."
    )
    rows = published_table(placed, "default").rows
    assert [row[0].text for row in rows][3] == "Genre Bot, default"
    assert len(rows) == len(PUBLISHED) + 1
    assert "This run's has 20" in words.beside_published(figures).replace("this", "This")


def test_goals_are_met_or_missed_by_the_figures(evaluation: Evaluation) -> None:
    figures = evaluation.chosen.fault_filtered
    good, bad = (dataclasses.replace(figures, ece=ece, calibrated_ece=Interval(0.02, 0.07)) for ece in (0.04, 0.08))
    assert "goal of 0.04 is met" in words.calibration(good)[0]
    assert "no sign" in words.calibration(good)[1]
    assert "goal of 0.04 is missed" in words.calibration(bad)[0]
    assert "more than chance" in words.calibration(bad)[1]
    assert words.robustness_in_short(ROBUSTNESS)[:2] == (
        "Of 10 files, louder, quieter, resampled or encoded copies keep their first genre in 90\N{NO-BREAK SPACE}% or "
        "more (mp3, 64 kbit/s); parts of 15 s keep their first genre in 88\N{NO-BREAK SPACE}% or more (last 15 s).",
        "Goals missed: mp3, 64 kbit/s.",
    )


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0 %"), (0.004, "0.4 %"), (0.12, "12 %"), (0.996, "99.6 %"), (1.0, "100 %")]
)
def test_percents_never_round_to_all_or_nothing(value: float, text: str) -> None:
    assert percents(value) == text.replace(" ", "\N{NO-BREAK SPACE}")


def test_mean_over_splits_by_hand(evaluation: Evaluation) -> None:
    one = evaluation.chosen.random_splits[0]
    mean, ranges = mean_over([dataclasses.replace(one, accuracy=each) for each in (0.5, 0.7, 0.9)])
    assert mean.accuracy == pytest.approx(0.7)
    assert ranges["accuracy"] == Interval(0.5, 0.9)
    assert (mean.clips_train, mean.clips_test) == (one.clips_train, one.clips_test)


def test_shares_become_json_with_their_interval() -> None:
    document = plain({"a": (Share(1, 2), Share(0, 0)), "b": None})
    assert document["a"][0]["value"] == 0.5
    assert set(document["a"][0]["interval"]) == {"low", "high"}
    assert document["a"][1] == {"count": 0, "of": 0, "value": None, "interval": None}


def test_a_place_that_cannot_be_written_to_is_said(
    evaluation: Evaluation, pictures: tuple[Picture, ...], tmp_path: Path
) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(ReportError, match="The report cannot be written to"):
        write_report(tmp_path, evaluation, pictures)
    (tmp_path / "model_card").write_text("a file")
    with pytest.raises(ReportError, match="The model card cannot be written to"):
        write_card(tmp_path / "MODEL_CARD.md", evaluation, pictures)
