"""``genre-bot convert-tags``, as a person meets it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.exit_status import ExitStatus

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def convert_tags(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command on a file that is not the release; return its status and what it says on standard error."""
    wheel = tmp_path / "musicnn-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"not the release")

    def run() -> tuple[int, str]:
        out = tmp_path / "out"
        monkeypatch.setattr(sys, "argv", ["genre-bot", "convert-tags", str(wheel), "--out", str(out)])
        with pytest.raises(SystemExit) as stop:
            main()
        assert not out.exists()
        return int(stop.value.code or 0), capsys.readouterr().err

    return run


def test_another_file_is_refused_in_one_sentence_that_says_where_to_get_the_right_one(convert_tags: Run) -> None:
    status, said = convert_tags()
    assert status == ExitStatus.NOT_USABLE
    assert "is not musicnn-0.1.0-py3-none-any.whl: its SHA-256 begins" in said
    assert "pip download --no-deps musicnn==0.1.0" in said
    assert said.count("\n") == 1


def test_without_onnx_one_sentence_says_how_to_get_it(convert_tags: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("classifier.training.musicnn")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnx", None)
    status, said = convert_tags()
    assert status == ExitStatus.NOT_USABLE
    assert "pip install onnx" in said
    assert said.count("\n") == 1
