"""What is written for the operator, as it stands on standard error."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import redaction
from bot.logs import configure_logging, get_logger

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789_-"
LINK = "https://site.example/a-secret-love"
SERVER = 123456789012345678

log = get_logger("bot.tested")


@pytest.fixture(autouse=True)
def _undone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave logging as it was."""
    monkeypatch.setattr(redaction, "_known", set())
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def configure(level: str = "INFO", log_format: Any = "text") -> None:
    configure_logging(level, log_format=log_format, secrets=["hush-hush"])


def test_a_line_has_its_time_level_event_and_fields_and_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    log.info("stopping", requests=3, grace=0.5)
    (line,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"20\S+Z \[info +\] stopping \[bot\.tested\] requests=3 grace=0\.5", line)


def test_a_line_can_be_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure(log_format="json")
    log.warning("a\nß", requests=3, grace=0.5)
    (line,) = capsys.readouterr().err.splitlines()
    fields = json.loads(line)
    assert fields.pop("timestamp").startswith("20")
    assert fields == {"event": "a\nß", "level": "warning", "logger": "bot.tested", "requests": 3, "grace": 0.5}


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_lines_of_libraries_go_the_same_way(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure(log_format=log_format)
    logging.getLogger("discord.http").warning("%s is %d", "this", 1, extra={"bucket": "x"})
    logging.getLogger("discord.http").debug("not at this level")
    (line,) = capsys.readouterr().err.splitlines()
    assert "this is 1" in line
    assert "discord.http" in line
    assert "bucket" in line


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
@pytest.mark.parametrize("secret", ["hush-hush", TOKEN])
def test_no_secret_is_written_whatever_it_comes_in(
    secret: str, level: str, log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(level, log_format)
    log.warning(f"the event {secret}", field=secret, nested={secret: [secret, (secret,)]}, data=secret.encode())
    logging.getLogger("other").warning("%s", {"a": secret}, extra={"extra": secret}, stack_info=True)
    logging.getLogger(f"other.{secret}").error("by name")
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(secret) from error
    except ValueError as error:
        log.exception("failed")
        log.error("failed again", exc_info=error)
        logging.getLogger("other").exception("failed as well")
        sys.excepthook(ValueError, error, error.__traceback__)
        crash: Any = (type(error), error, error.__traceback__, None)
        threading.excepthook(threading.ExceptHookArgs(crash))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(secret, stacklevel=1)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert secret not in captured.err
    for event in ("the event", "by name", "failed as well", "the bot crashed", "a thread crashed", "UserWarning"):
        assert event in captured.err


def test_a_line_that_cannot_be_written_is_named_but_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    configure()
    logging.getLogger("other.hush-hush").error("%d", "hush-hush")
    assert capsys.readouterr().err == "a line of other.[redacted] could not be written: TypeError\n"


@pytest.mark.parametrize(("level", "told"), [("INFO", False), ("WARNING", False), ("DEBUG", True)])
def test_links_and_ids_are_only_written_at_the_level_debug(
    level: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(level)
    logging.getLogger("discord").warning("guild %d, %s", SERVER, LINK)
    try:
        raise ValueError(LINK)
    except ValueError:
        log.exception("failed", server=SERVER)
    written = capsys.readouterr().err
    assert ("a-secret-love" in written) is told
    assert (str(SERVER) in written) is told
    assert "site.example" in written


def test_strangers_cannot_forge_a_line_or_command_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    forged = "x\n2026-01-01T00:00:00Z [info     ] stopping\r\x1b[2J\u202e\u2028"
    logging.getLogger("other").warning("said %s", forged, extra={"field": forged})
    (line,) = capsys.readouterr().err.splitlines()
    assert line.isprintable()


def test_a_second_call_replaces_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    configure(log_format="json")
    log.info("once")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "once"


def test_without_a_set_up_lines_are_those_of_logging(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    log.info("stopping", requests=3)
    log.debug("not at this level")
    (record,) = caplog.records
    assert (record.name, record.levelname, record.getMessage()) == ("bot.tested", "INFO", "stopping")
    assert record.__dict__["requests"] == 3


def test_the_command_line_loads_no_logging_library_before_it_runs_the_bot(tmp_path: Path) -> None:
    import subprocess

    probe = "import sys, bot.cli; print('structlog' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path
    )
    assert result.stdout.strip() == "False"
