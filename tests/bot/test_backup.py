"""Backups: what was there at one moment, in a file that nobody else reads, never in the place of something else."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from bot.store.backup.errors import BackupError, BadTarget, CopyFailed, DatabaseBusy, UnfitDatabase
from bot.store.backup.saving import back_up
from bot.store.models import Base
from tests.bot.backups import channels, is_whole, make_database, members, room_for, writing_all_the_time
from tests.bot.stores import rows


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "bot.sqlite3"
    make_database(file)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my backup.sqlite3"


def test_a_backup_is_one_whole_file_for_nobody_else(database: Path, file: Path) -> None:
    with closing(sqlite3.connect(database)) as somebody:
        # What is only in the log yet is saved, too.
        somebody.execute("UPDATE channel_settings SET channel = 5 WHERE channel = 1")
        somebody.commit()
        contents = back_up(database, file)
    assert sorted(path.name for path in file.parent.iterdir()) == ["data", file.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert contents.size == file.stat().st_size
    assert contents.rows.keys() == set(Base.metadata.tables)
    held = {table: number for table, number in contents.rows.items() if number}
    assert held == {"analyses": 1, "answers": 1, "channel_settings": 2, "command_sync": 1, "servers": 1}
    assert rows(file, "SELECT version_num FROM alembic_version") == [(contents.revision,)]
    assert rows(file, "PRAGMA journal_mode") == [("delete",)]
    assert is_whole(file)
    assert channels(file) == [5]
    assert sorted(path.name for path in file.parent.iterdir()) == ["data", file.name]


def test_a_later_backup_takes_the_place_of_an_earlier_one(database: Path, file: Path) -> None:
    back_up(database, file)
    rows(database, "UPDATE channel_settings SET channel = 5 WHERE channel = 1")
    back_up(database, file)
    assert channels(file) == [5]


def test_what_others_write_meanwhile_is_in_it_with_all_that_belongs_together_or_not_at_all(
    database: Path, file: Path
) -> None:
    saved = [0]
    with writing_all_the_time(database) as writer:
        for _ in range(5):
            writer.wait_for_votes(saved[-1] + 20)
            back_up(database, file)
            assert is_whole(file)
            saved.append(len(members(file)))
            assert rows(file, "SELECT guild FROM channel_settings WHERE channel = 99") == [(saved[-1],)]
    assert all(later >= earlier + 20 for earlier, later in pairwise(saved))


def test_a_database_that_somebody_holds_is_given_up_on_in_words(database: Path, file: Path) -> None:
    rows(database, "PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(database, isolation_level=None)) as somebody:
        somebody.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy, match=r"in use for 0.1 s"):
            back_up(database, file, patience=0.1)
    assert list(file.parent.iterdir()) == [database.parent]


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        pytest.param(None, "is not there", id="missing"),
        pytest.param(b"", "no database of Genre Bot", id="empty"),
        pytest.param(b"a diary" * 100, "is no SQLite file", id="text"),
    ],
)
def test_what_is_no_database_is_not_saved(tmp_path: Path, file: Path, content: bytes | None, flaw: str) -> None:
    database = tmp_path / "bot.sqlite3"
    if content is not None:
        database.write_bytes(content)
    with pytest.raises(UnfitDatabase, match=flaw):
        back_up(database, file)
    assert not file.exists()
    assert (database.read_bytes() if database.exists() else None) == content


def test_an_earlier_backup_outlives_a_database_that_is_damaged(database: Path, file: Path) -> None:
    back_up(database, file)
    (page,) = rows(database, "SELECT rootpage FROM sqlite_master WHERE name = 'analyses'")[0]
    with database.open("r+b") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(b"\xff" * 4096)
    before = file.read_bytes()
    with pytest.raises(UnfitDatabase, match=r"is damaged.*so nothing was saved"):
        back_up(database, file)
    assert file.read_bytes() == before


# What is in its place already


def test_what_is_no_backup_is_kept_unless_it_is_forced(database: Path, file: Path, tmp_path: Path) -> None:
    diary, other, link = file, tmp_path / "other.sqlite3", tmp_path / "link.sqlite3"
    diary.write_text("dear diary")
    # A database of another bot, not a backup of it.
    make_database(other)
    link.symlink_to(diary)
    for path in (diary, other, link):
        with pytest.raises(BadTarget, match=r"is no backup of Genre Bot, so it was kept.*--force"):
            back_up(database, path)
    assert diary.read_text() == "dear diary"
    back_up(database, link, force=True)
    assert not link.is_symlink()
    assert diary.read_text() == "dear diary"
    for path in (diary, other):
        back_up(database, path, force=True)
        assert channels(path) == [1]


def test_the_database_and_what_belongs_to_it_are_never_written_over(database: Path, tmp_path: Path) -> None:
    link, hard_link = tmp_path / "link", tmp_path / "hard link"
    link.symlink_to(database)
    hard_link.hardlink_to(database)
    before = database.read_bytes()
    for path in (database, database.parent / ".." / "data" / database.name, link, hard_link):
        with pytest.raises(BadTarget, match="is the database itself"):
            back_up(database, path, force=True)
    with pytest.raises(BadTarget, match="belongs to it"):
        back_up(database, database.with_name("bot.sqlite3-wal"), force=True)
    assert database.read_bytes() == before


def test_folders_and_pipes_are_no_files(database: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadTarget, match=r"is a folder. Name a file in it."):
        back_up(database, tmp_path, force=True)
    with pytest.raises(BadTarget, match="is no ordinary file"):
        back_up(database, tmp_path / "pipe", force=True)


@pytest.mark.parametrize("folder", ["not there", "/proc", "x" * 300])
def test_a_folder_that_takes_no_file_is_told(database: Path, tmp_path: Path, folder: str) -> None:
    with pytest.raises(CopyFailed, match=r"cannot be written .*whether there is room"):
        back_up(database, tmp_path / folder / "backup.sqlite3")


def test_a_full_disk_costs_no_earlier_backup(database: Path, file: Path) -> None:
    back_up(database, file)
    before = file.read_bytes()
    with room_for(20_000), pytest.raises(BackupError, match="cannot be written"):
        back_up(database, file)
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == ["data", file.name]
