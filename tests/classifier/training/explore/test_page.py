"""The page of a report: what it needs, how it is navigated, what it tells first."""

from __future__ import annotations

import re

from classifier.training.explore.protocols import PROTOCOLS
from classifier.training.explore.report import TITLES
from tests.classifier.training.explore.made import Made
from tests.classifier.training.explore.page import Page


def test_the_page_needs_nothing_else(made: Made) -> None:
    page = Page(made.page)
    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object", "image", "use"} & {tag for tag, _ in page.elements}
    for _, attributes in page.elements:
        assert not {"src", "srcset", "xlink:href", "action"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import", made.page)
    policy = next(
        meta["content"] for meta in page.all("meta") if "content" in meta and "default-src" in meta["content"]
    )
    assert policy.startswith("default-src 'none'")
    assert made.out.joinpath("explore.html").stat().st_size < 4_000_000


def test_the_page_can_be_navigated_and_heard(made: Made) -> None:
    page = Page(made.page)
    assert len(page.all("h1")) == 1
    anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    links = [str(link["href"])[1:] for link in page.all("a")]
    assert links == list(TITLES)
    assert set(links) <= anchors
    pictures = page.all("svg")
    assert len(pictures) >= 12
    for picture in pictures:
        assert picture["role"] == "img"
        assert len(picture["aria-label"] or "") > 30
    assert len(page.all("caption")) == len(page.all("table")) >= 20
    assert {head.get("scope") for head in page.all("th")} == {"col", "row", "colgroup"}
    # Every table lies in a box that scrolls by itself.
    assert made.page.count('<div class="scroll"') >= len(page.all("table"))
    assert "prefers-color-scheme: dark" in made.page
    assert 'name="viewport" content="width=device-width' in made.page


def test_the_page_tells_the_conclusions_first(made: Made) -> None:
    words = Page(made.page).words
    assert words.index("What to conclude in one minute") < words.index("Contents") < words.index("Genre counts")
    for sentence in made.document["summary"]:
        assert sentence in words
    for published in ("0.75", "0.78 (F1)"):
        assert published in words
    # The table is not the notebook's, and the report says so.
    assert made.figures["comparison"]["same_table"] is False
    assert "yardstick only" in " ".join(made.document["summary"])


def test_the_page_says_why_nothing_is_chosen_inside_the_train_list(made: Made) -> None:
    words = Page(made.page).words
    # The list has one artist a genre.
    assert "There is no search inside a train list. " in words
    assert "No figures inside the train list. " in words
    assert list(made.figures["grid-search"]["searches"]) == [PROTOCOLS[0]]
