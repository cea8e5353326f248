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

from classifier.errors import ReportError
from classifier.headline import HEADLINE_NAME, read_headline
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.model_card import escape_markdown, picture_folder, render_card, write_card
from classifier.training.evaluation.pictures import Picture, draw_all
from classifier.training.evaluation.report import render_page, sections_of, write_report
from classifier.training.evaluation.result import Evaluation, plain
from classifier.training.evaluation.tables import (
    extent_in_percents,
    percents,
)
from classifier.training.recipes import Recipe

HOSTILE = ("<script>alert(1)</script>", "`$x$|**\u202e\x1b[2J", "\u4e2d\u6587 & [a](b)", "plain")
Measure = Callable[[Any, list[Recipe]], Evaluation]


@pytest.fixture(scope="module")
def pictures(evaluation: Evaluation) -> tuple[Picture, ...]:
    return draw_all(evaluation)


@pytest.fixture(scope="module")
def page(evaluation: Evaluation, pictures: tuple[Picture, ...]) -> str:
    return render_page(evaluation, pictures)


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
    assert written["calibrated_ece"] == dataclasses.asdict(figures.calibrated_ece)
    assert written["intervals"]["accuracy"] == dataclasses.asdict(figures.intervals["accuracy"])
    assert document["waiting"] == []
    assert np.array(written["confusion"]["clips"]).sum() == figures.clips_test == 20
    assert document["robustness"]["variants"][1]["unchanged"]["value"] == 0.9
    assert document["verdicts"]["clear"]["given"]["of"] == 20
    for share in (f"{figures.accuracy:.3f}", f"{figures.macro_f1:.3f}", f"{figures.log_loss:.3f}"):
        assert share in page


def test_the_same_figures_give_the_same_files(evaluation: Evaluation, pictures: tuple[Picture, ...], page: str) -> None:
    assert draw_all(evaluation) == pictures
    assert render_page(evaluation, pictures) == page


def test_the_same_inputs_give_the_same_figures(
    evaluation: Evaluation, world: Any, quick: Recipe, measure: Measure
) -> None:
    (again,) = measure(world, [quick]).recipes
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
    assert evaluation.command in card
    assert "genre-bot train small.csv --artists artists.csv --taggrams 'a b.npz' --recipe quick" in card
    for target in re.findall(r"!\[[^\n]*\]\(([^)]*)\)", card):
        assert (tmp_path / target).read_bytes().startswith(b"\x89PNG")
    written = {f"{picture.name}.png" for picture in pictures} | {HEADLINE_NAME}
    assert {path.name for path in picture_folder(path).iterdir()} == written
    headline, figures = read_headline(picture_folder(path)), evaluation.chosen.fault_filtered
    assert headline is not None
    assert (headline.recipe, headline.clips, headline.accuracy) == (
        evaluation.headline,
        figures.clips_test,
        figures.accuracy,
    )
    for part in ("musicnn", "ISC", "MIT", "2 clips that stand under two labels", "artists or copies on both lists: 0"):
        assert part in card
    assert (
        "this run read it 10 times: to grade 2 recipes once each, to grade quick fitted with 4 other seeds and for 4 "
        "genres left out of the training." in card
    )
    assert "the artist-grouped folds of quick predict 20 of its clips among their 77" in card
    assert "1 of the 10 files of the robustness are on it" in card
    for recipe in evaluation.recipes:
        assert f"| {recipe.recipe} | training folds | {recipe.training_folds.accuracy:.3f} |" in card
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


def test_hostile_names_are_shown_and_do_nothing(
    make_world: Callable[..., Any], quick: Recipe, measure: Measure, tmp_path: Path
) -> None:
    found = measure(make_world(HOSTILE), [quick])
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


def test_only_the_published_lists_are_held_against_published_figures(
    evaluation: Evaluation, pictures: tuple[Picture, ...], page: str
) -> None:
    assert "MERT" not in page
    card = render_card(evaluation, pictures, "folder")
    assert "GTZAN was collected" not in card
    assert evaluation.data.lists is not None
    lists = dataclasses.replace(evaluation.data.lists, published=True)
    published = dataclasses.replace(evaluation, data=dataclasses.replace(evaluation.data, lists=lists))
    assert "MERT" in render_page(published, pictures)
    card = render_card(published, pictures, "folder")
    assert "GTZAN was collected" in card
    assert "Beside published accuracies" in card


def test_a_page_that_is_not_done_says_so(evaluation: Evaluation, pictures: tuple[Picture, ...]) -> None:
    waiting = dataclasses.replace(evaluation, waiting=("other seeds", "robustness"), robustness=None)
    assert "Not done. Still to be measured: other seeds, robustness." in Elements(render_page(waiting, pictures)).words
    assert "Not done" not in Elements(render_page(evaluation, pictures)).words
    first = dataclasses.replace(
        waiting,
        recipes=tuple(dataclasses.replace(each, notebook_split=None, random_splits=()) for each in waiting.recipes),
    )
    assert "by artists never heard" in Elements(render_page(first, draw_all(first))).words


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
