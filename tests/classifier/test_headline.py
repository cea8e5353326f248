"""The figures that the bot tells of itself are read as they were written, or not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.headline import HEADLINE_NAME, Headline, read_headline

FIGURES = Headline("default", 290, 0.793, 0.71, 0.86, 0.959, 0.052, 0.74, 0.91)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / HEADLINE_NAME).write_text(FIGURES.to_json())
    assert read_headline(tmp_path) == FIGURES


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"recipe": "default"}', FIGURES.to_json().replace("290", '"many"')])
def test_what_cannot_be_read_is_not_told(text: str, tmp_path: Path) -> None:
    (tmp_path / HEADLINE_NAME).write_text(text)
    assert read_headline(tmp_path) is None


def test_nothing_is_told_where_nothing_is_known(tmp_path: Path) -> None:
    assert read_headline(tmp_path) is None
