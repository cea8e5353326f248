"""The doctor's look at the disk, the temporary folder and the database."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.doctor.database import check_database, look_through, sqlite_file
from bot.doctor.disk import check_free_space, check_room_for_clips
from bot.doctor.temporary_folder import check_temporary_folder
from tests.bot.doctors import assert_advice, assert_ok, assert_problem


def address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def test_room_is_told_for_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    finding = check_free_space("clips", tmp_path / "not" / "yet", least=0)
    assert_ok(finding, says=f"GB free at {tmp_path}")
    assert finding.subject == "disk: clips"
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_a_problem(tmp_path: Path) -> None:
    # More than any disk has.
    finding = check_free_space("database", tmp_path, least=10**18)
    assert_problem(finding, says="GB free", advises="Make room")


def test_every_clip_that_may_be_under_way_needs_room(tmp_path: Path) -> None:
    assert_ok(check_room_for_clips(tmp_path, clips=20, clip_bytes=1_000), says="GB free")
    # More than any disk has, where one alone would fit.
    finding = check_room_for_clips(tmp_path, clips=10**12, clip_bytes=1_000_000)
    assert_problem(finding, says="GB free", advises="GENREBOT_QUEUE_LIMIT or GENREBOT_MAX_UPLOAD_MB")
    assert finding.subject == "disk: clips"
    assert "at least 1e+09 GB" in str(finding.what_to_do)


def test_a_private_temporary_folder_is_well_and_stays_empty(tmp_path: Path) -> None:
    assert_ok(check_temporary_folder(tmp_path), says="private")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_all_may_write_to_needs_the_sticky_bit(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    assert_ok(check_temporary_folder(tmp_path), says="private")
    tmp_path.chmod(0o777)
    assert_problem(check_temporary_folder(tmp_path), says="others may put their own files", advises="TMPDIR")


def test_a_temporary_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert_problem(check_temporary_folder(tmp_path / "file"), says="nothing can be written", advises="TMPDIR")
    assert_problem(check_temporary_folder(tmp_path / "gone"), says="nothing can be written", advises="TMPDIR")


# The database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite3"


def test_a_new_database_is_made_and_well(file: Path) -> None:
    assert_ok(check_database(address(file)), says="up to date, it is whole")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM command_sync").fetchone() == (0,)
    assert_ok(check_database(address(file)), says=str(file))
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_database_that_a_bot_uses_is_well(file: Path) -> None:
    check_database(address(file))
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM command_sync").fetchall()
        assert_ok(check_database(address(file)), says="it is whole")


def test_a_database_of_a_newer_bot_is_told_as_such_and_kept(file: Path) -> None:
    check_database(address(file))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-the-future'")
    before = file.read_bytes()
    assert_problem(check_database(address(file)), says="used by a newer version of the bot", advises="newer one")
    assert file.read_bytes() == before


@pytest.mark.parametrize("place", ["in a file", "a folder", "a diary"])
def test_what_cannot_be_a_database_is_a_problem(place: str, tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("this is somebody's diary, not a database" * 100)
    file = {"in a file": tmp_path / "diary" / "bot", "a folder": tmp_path, "a diary": tmp_path / "diary"}[place]
    assert_problem(check_database(address(file)), says="cannot be used", advises="Check DATABASE_URL")


def test_a_damaged_database_is_a_problem(file: Path) -> None:
    check_database(address(file))
    rows = ((number, hashlib.sha256(str(number).encode()).hexdigest(), "2026-01-01") for number in range(5000))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany("INSERT INTO command_sync VALUES (?, ?, ?)", rows)
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(size // 2)
        raw.write(b"\xff" * 8192)
    assert_problem(check_database(address(file)), says=f"{file} ", advises="restore the file")


def test_a_database_without_a_write_ahead_log_is_told(tmp_path: Path) -> None:
    file = tmp_path / "plain.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE something (number)")
    assert_advice(look_through(file), says="journal mode delete", advises="local disk")


def test_a_file_that_is_gone_or_no_database_cannot_be_looked_through(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("this is somebody's diary, not a database" * 100)
    assert_problem(look_through(tmp_path / "diary"), says="cannot be looked through", advises="restore the file")
    assert_problem(look_through(tmp_path), says="cannot be looked through", advises="restore the file")


@pytest.fixture
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_somewhere")
def test_a_database_in_memory_is_no_file() -> None:
    assert_ok(check_database("sqlite+aiosqlite:///:memory:"), says="up to date")


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite+aiosqlite:///data/bot.sqlite3", Path("data/bot.sqlite3")),
        ("sqlite+aiosqlite:////data/bot.sqlite3", Path("/data/bot.sqlite3")),
        ("sqlite+aiosqlite:///:memory:", None),
        ("sqlite+aiosqlite:///", None),
        ("postgresql+asyncpg://user:secret@host/genres", None),
    ],
)
def test_the_file_of_a_database_is_known_from_its_address(url: str, file: Path | None) -> None:
    assert sqlite_file(url) == file
