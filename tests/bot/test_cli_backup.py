"""``genre-bot backup`` and ``genre-bot restore``, as operators and their scripts use them."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.exit_status import ExitStatus
from bot.settings import Settings
from tests.bot.backups import channels, make_database
from tests.bot.stores import address

SERVER = "postgresql+asyncpg://it%27s%20me:s3cret@db.example:5433/music?ssl=require"


class CommandLine:
    """``genre-bot``, in a folder of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["genre-bot", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return (int(ended.value.code or 0), *self._capsys.readouterr())


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def genre_bot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, database: Path
) -> CommandLine:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", address(database))
    monkeypatch.setenv("COLUMNS", "200")
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "bot.sqlite3"
    make_database(file)
    return file


def test_what_was_saved_is_told_and_how_to_go_back_to_it(genre_bot: CommandLine, database: Path) -> None:
    status, out, _ = genre_bot("backup", "my backup.sqlite3")
    assert status == ExitStatus.OK
    saved, how = out.splitlines()
    assert re.match(rf"Saved {re.escape(str(database))} to my backup\.sqlite3: 0\.[1-9] MB, revision ", saved)
    assert saved.endswith("rows: 1 in analyses, 1 in answers, 2 in channel settings, 1 in command sync, 1 in servers")
    assert how == "To go back to it, also while the bot runs: genre-bot restore 'my backup.sqlite3'"


def test_scripts_read_json_and_are_not_asked(genre_bot: CommandLine, database: Path) -> None:
    status, out, _ = genre_bot("backup", "--json", "b.sqlite3")
    saved = json.loads(out)
    assert status == ExitStatus.OK
    assert (saved["file"], saved["database"]) == ("b.sqlite3", str(database))
    assert saved["rows"]["channel_settings"] == 2
    assert saved["size"] == Path("b.sqlite3").stat().st_size
    make_database(database, channel=2)
    status, out, _ = genre_bot("restore", "--yes", "--json", "b.sqlite3")
    restored = json.loads(out)
    assert status == ExitStatus.OK
    assert restored["restart"] is False
    assert restored["rows"] == saved["rows"]
    assert channels(database) == [1]
    assert channels(Path(restored["saved"])) == [2]


def test_without_a_terminal_nothing_is_replaced_unasked(genre_bot: CommandLine, database: Path) -> None:
    genre_bot("backup", "b.sqlite3")
    make_database(database, channel=2)
    status, _, err = genre_bot("restore", "b.sqlite3")
    assert status == ExitStatus.REFUSED
    assert "Give --yes to replace the database without asking." in err
    assert channels(database) == [2]


@pytest.mark.parametrize("answer", ["y", "n"])
def test_on_a_terminal_it_is_asked_first(
    genre_bot: CommandLine, database: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    genre_bot("backup", "b.sqlite3")
    make_database(database, channel=2)
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    status, out, err = genre_bot("restore", "b.sqlite3")
    assert "b.sqlite3 is whole" in err
    assert "asked to be forgotten" in err
    if answer == "y":
        assert status == ExitStatus.OK
        assert channels(database) == [1]
        assert f"What the database held before is in {database}.before-restore-" in out
        assert "within a minute" in out
    else:
        assert status == ExitStatus.REFUSED
        assert "Nothing was changed." in err
        assert channels(database) == [2]


def test_a_bot_that_has_what_was_no_database_open_is_to_be_started_anew(genre_bot: CommandLine, database: Path) -> None:
    genre_bot("backup", "b.sqlite3")
    database.write_bytes(b"lightning" * 1000)
    status, out, _ = genre_bot("restore", "--yes", "b.sqlite3")
    assert status == ExitStatus.OK
    assert "start it anew" in out
    assert channels(database) == [1]


def test_what_is_refused_has_a_sentence_and_a_status(genre_bot: CommandLine, database: Path) -> None:
    Path("diary").write_text("dear diary")
    for arguments, sentence in (
        (
            ("backup", "diary"),
            "diary is there already and is no backup of Genre Bot, so it was kept. Name another file",
        ),
        (("restore", "--yes", "diary"), "diary is no SQLite file, so nothing was changed."),
    ):
        status, out, err = genre_bot(*arguments)
        assert (status, out) == (ExitStatus.REFUSED, "")
        assert err.startswith(f"genre-bot: {sentence}")
    assert genre_bot("backup", "--force", "diary")[0] == ExitStatus.OK
    assert genre_bot("restore", "--yes", "diary")[0] == ExitStatus.OK


@pytest.mark.parametrize("command", [("backup",), ("restore", "--yes")])
def test_on_a_server_its_own_programs_are_told_without_the_password(
    genre_bot: CommandLine, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr("bot.settings.load_settings", lambda: Settings.model_construct(database_url=SERVER))
    status, out, err = genre_bot(*command, "b.dump")
    assert (status, out) == (ExitStatus.ON_SERVER, "")
    # In the words of a shell, which has its own idea of quotes.
    programs = [shlex.split(line) for line in err.splitlines() if line.startswith("  ")]
    reached = r"--dbname=host=db.example port=5433 user='it\'s me' dbname=music sslmode=require"
    assert programs == [
        ["pg_dump", "--format=custom", "--file=FILE", reached],
        ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", reached, "FILE"],
    ]
    assert "s3cret" not in err
    assert not Path("b.dump").exists()


def test_a_database_in_memory_is_no_file(genre_bot: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///:memory:")
    status, _, err = genre_bot("backup", "b.sqlite3")
    assert status == ExitStatus.REFUSED
    assert "in memory only" in err
