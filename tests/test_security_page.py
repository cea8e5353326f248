"""What docs/security.md says is tested is tested, and the settings that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, variable_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text()
NOT_YET = "to be written"


def rows() -> list[list[str]]:
    table = PAGE.partition("| Attack | What happens | Test |\n| --- | --- | --- |\n")[2]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


@pytest.mark.parametrize(("attack", "outcome", "tests"), [pytest.param(*row, id=row[0][:40]) for row in rows()])
def test_every_test_that_the_table_names_exists(attack: str, outcome: str, tests: str) -> None:
    assert attack
    assert outcome
    if tests == NOT_YET:
        return
    for named in tests.split(", "):
        path, name = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", named).groups()  # type: ignore[union-attr]
        assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE), named


def test_every_setting_that_the_page_names_exists() -> None:
    known = {variable_name(field) for field in Settings.model_fields}
    named = set(re.findall(r"GENREBOT_[A-Z_]+", PAGE))
    assert len(named) > 8
    assert named <= known


def test_every_file_that_the_page_names_exists() -> None:
    for path in set(re.findall(r"`((?:bot|classifier)/[\w/]+\.py)`", PAGE)):
        assert (ROOT / path).is_file(), path
