"""Restoring: the old database or the new one and never half of it, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.store.backup.errors import BackupError, DatabaseBusy, NewerBackup, RestoreUnderWay, UnfitBackup
from bot.store.backup.restoring import Restored, ready_to_restore
from bot.store.backup.saving import back_up
from bot.store.database import migrate
from tests.bot.backups import add_answer, channels, is_whole, make_database, members, room_for, writing_all_the_time
from tests.bot.stores import Calendar, rows

REPOSITORY = Path(__file__).resolve().parents[2]
SAVED = "bot.sqlite3.before-restore-20260101T000000Z"
KILLED_TIMES = 9


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The database, in which the bot listens to channel 1."""
    file = tmp_path / "data" / "bot.sqlite3"
    make_database(file)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A backup, in which it listens to channel 2."""
    other = tmp_path / "other" / "bot.sqlite3"
    make_database(other, channel=2)
    back_up(other, tmp_path / "backup.sqlite3")
    return tmp_path / "backup.sqlite3"


def restore(file: Path, database: Path, *, patience: float = 30.0) -> Restored:
    with ready_to_restore(file, database, patience=patience, clock=Calendar()) as ready:
        return ready.put_in_place()


def test_the_database_holds_what_the_backup_does_and_what_it_held_is_kept(database: Path, file: Path) -> None:
    before = file.read_bytes()
    database.chmod(0o640)
    assert restore(file, database) == Restored(database.with_name(SAVED), in_place=True)
    assert channels(database) == [2]
    assert database.stat().st_mode & 0o777 == 0o640
    assert rows(database, "PRAGMA application_id") == [(0,)]
    assert rows(database, "PRAGMA journal_mode") == [("wal",)]
    assert is_whole(database)
    assert file.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == [database.name, SAVED]
    # It is a backup like any other.
    assert restore(database.with_name(SAVED), database) == Restored(database.with_name(f"{SAVED}-2"), in_place=True)
    assert channels(database) == [1]
    assert channels(database.with_name(f"{SAVED}-2")) == [2]


def test_a_database_that_is_not_there_yet_is_made(tmp_path: Path, file: Path) -> None:
    database = tmp_path / "new" / "bot.sqlite3"
    assert restore(file, database) == Restored(None, in_place=True)
    assert channels(database) == [2]


def test_no_id_that_was_in_a_button_comes_to_mean_another_answer(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    back_up(database, file)
    given = [add_answer(database) for _ in range(3)]
    restore(file, database)
    assert rows(database, "SELECT max(id) FROM answers")[0][0] < min(given)
    assert add_answer(database) > max(given)


def test_discord_is_told_of_the_commands_anew(database: Path, file: Path) -> None:
    restore(file, database)
    assert rows(file, "SELECT count(*) FROM command_sync") == [(1,)]
    assert rows(database, "SELECT count(*) FROM command_sync") == [(0,)]


def test_pages_of_another_size_are_taken(database: Path, file: Path) -> None:
    rows(file, "PRAGMA page_size = 16384")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 16384")
        connection.execute("VACUUM")
    restore(file, database)
    assert channels(database) == [2]
    assert is_whole(database)


def test_a_copy_of_the_files_with_their_log_is_taken(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "copied.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE channel_settings SET channel = 5 WHERE channel = 1")
        connection.commit()
        for suffix in ("", "-wal"):
            Path(f"{file}{suffix}").write_bytes(Path(f"{database}{suffix}").read_bytes())
    rows(database, "DELETE FROM channel_settings")
    restore(file, database)
    assert channels(database) == [5]


def test_an_older_backup_is_brought_up_to_date_in_a_copy(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate(connection, "0001")
    engine.dispose()
    before = file.read_bytes()
    (revision,) = rows(database, "SELECT version_num FROM alembic_version")
    with ready_to_restore(file, database, clock=Calendar()) as ready:
        assert ready.contents.revision == "0001"
        ready.put_in_place()
    assert file.read_bytes() == before
    assert rows(database, "SELECT version_num FROM alembic_version") == [revision]
    assert channels(database) == []


# Others use the database meanwhile


def test_nothing_that_others_wrote_is_lost_and_none_of_them_has_to_stop(database: Path, file: Path) -> None:
    with writing_all_the_time(database) as writer, closing(sqlite3.connect(database, isolation_level=None)) as reader:
        writer.wait_for_votes(20)
        reader.execute("BEGIN")
        assert reader.execute("SELECT channel FROM channel_settings WHERE channel < 99").fetchall() == [(1,)]
        for _ in range(2):
            restore(file, database)
            writer.wait_for_votes(20)
        # Whoever was reading goes on with what was there.
        assert reader.execute("SELECT channel FROM channel_settings WHERE channel < 99").fetchall() == [(1,)]
        reader.execute("COMMIT")
        assert reader.execute("SELECT channel FROM channel_settings WHERE channel < 99").fetchall() == [(2,)]
        committed = writer.stop()
    first, second, now = (members(database.with_name(name)) for name in (SAVED, f"{SAVED}-2", database.name))
    assert first | second | now >= committed
    assert min(map(len, (first, second, now))) >= 20
    assert first.isdisjoint(second)
    assert second.isdisjoint(now)
    assert is_whole(database)


@pytest.mark.parametrize(("journal", "lock"), [("WAL", "IMMEDIATE"), ("DELETE", "EXCLUSIVE")])
def test_a_database_that_somebody_holds_is_given_up_on_in_words(
    database: Path, file: Path, journal: str, lock: str
) -> None:
    rows(database, f"PRAGMA journal_mode = {journal}")
    with closing(sqlite3.connect(database, isolation_level=None)) as somebody:
        somebody.execute(f"BEGIN {lock}")
        somebody.execute("UPDATE channel_settings SET channel = 5 WHERE channel = 1")
        with pytest.raises(DatabaseBusy, match=r"in use for 0\.1 s without a pause, so nothing was changed"):
            restore(file, database, patience=0.1)
        somebody.execute("COMMIT")
    assert channels(database) == [5]
    assert list(database.parent.iterdir()) == [database]


def test_two_are_not_restored_at_once(database: Path, file: Path) -> None:
    with ready_to_restore(file, database) as ready:
        with pytest.raises(RestoreUnderWay, match="Wait until that is done"), ready_to_restore(file, database):
            pytest.fail("it began")
        ready.put_in_place()
    assert channels(database) == [2]


def test_a_process_that_is_killed_at_any_moment_leaves_the_old_database_or_the_new_one(
    database: Path, file: Path, tmp_path: Path
) -> None:
    # More than SQLite keeps in memory: pages that are not committed are on the disk when the process is killed.
    for content, where in ((b"old", database), (b"new", file)):
        rows(where, "UPDATE analyses SET picture = ?", content * 800_000)
    program = [
        sys.executable,
        "-m",
        "tests.bot.killed_restores",
        file,
        database,
        tmp_path / "killed",
        str(KILLED_TIMES),
    ]
    done = subprocess.run(program, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = []
    for folder in sorted((tmp_path / "killed").iterdir()):
        left, saved = folder / database.name, list(folder.glob("*.before-restore-*Z"))
        assert is_whole(left)
        ((content,),) = rows(left, "SELECT substr(picture, 1, 3) FROM analyses")
        assert (channels(left), content) in [([1], b"old"), ([2], b"new")]
        found.append(content)
        for kept in saved:
            assert is_whole(kept)
            assert channels(kept) == [1]
        assert saved or content == b"old"
    assert found == sorted(found, reverse=True)
    assert set(found) == {b"old", b"new"}
    assert len(found) == KILLED_TIMES
    # What the killed one has left is in nobody's way.
    for folder in sorted((tmp_path / "killed").iterdir())[::6]:
        restore(file, folder / database.name)
        assert not (folder / "bot.sqlite3.restoring").exists()
        assert channels(folder / database.name) == [2]


# What is no backup


def foreign(file: Path) -> None:
    rows(file, "CREATE TABLE alembic_version (version_num TEXT)")
    rows(file, "INSERT INTO alembic_version VALUES ('0001')")


def bare(file: Path) -> None:
    foreign(file)
    rows(file, "CREATE TABLE command_sync (application_id INTEGER, digest TEXT, synced_at TEXT)")
    rows(file, "UPDATE alembic_version SET version_num = (?)", newest_revision())


def newest_revision() -> str:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    engine.dispose()
    return str(revision)


def with_a_trigger(file: Path) -> None:
    make_database(file)
    rows(file, "CREATE TRIGGER t AFTER INSERT ON votes BEGIN DELETE FROM votes; END")


def endless(file: Path) -> None:
    """Its table of revisions is a query that never ends."""
    make_database(file)
    rows(file, "DROP TABLE alembic_version")
    rows(
        file,
        "CREATE VIEW alembic_version AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n",
    )


def truncated(file: Path) -> None:
    make_database(file)
    file.write_bytes(file.read_bytes()[:20_000])


def scribbled_over(file: Path) -> None:
    make_database(file)
    content = bytearray(file.read_bytes())
    (page,) = rows(file, "SELECT rootpage FROM sqlite_master WHERE name = 'analyses'")[0]
    content[(page - 1) * 4096 :] = os.urandom(len(content) - (page - 1) * 4096)
    file.write_bytes(content)


def without_revision(file: Path) -> None:
    make_database(file)
    rows(file, "DELETE FROM alembic_version")


def stopped_halfway(file: Path) -> None:
    """It says that it is older than it is, so that the tables of the next step are there already."""
    make_database(file)
    rows(file, "UPDATE alembic_version SET version_num = '0001'")


MADE: dict[Callable[[Path], object], str] = {
    lambda file: None: "is not there",
    lambda file: file.symlink_to(file): "is not there",
    Path.mkdir: "is a folder",
    os.mkfifo: "is no ordinary file",
    Path.touch: "is no SQLite file",
    lambda file: file.write_bytes(os.urandom(10_000)): "is no SQLite file",
    lambda file: file.write_bytes(b"SQLite format 3\0" + os.urandom(10_000)): "is no SQLite file|is damaged",
    truncated: "is damaged",
    scribbled_over: "is damaged",
    foreign: "no database of Genre Bot",
    bare: "has not the table",
    with_a_trigger: "no database of Genre Bot",
    endless: "no database of Genre Bot",
    without_revision: "does not say which version",
    stopped_halfway: "cannot be brought up to date",
}
"""What makes a file that is no backup, and what is said of it."""


@pytest.mark.parametrize(("make", "flaw"), MADE.items(), ids=range(len(MADE)))
def test_what_is_no_backup_is_refused_in_words_and_the_database_stays(
    database: Path, tmp_path: Path, make: Callable[[Path], object], flaw: str
) -> None:
    file = tmp_path / "hostile.sqlite3"
    make(file)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(UnfitBackup, match=rf"({flaw}).*so nothing was changed. Give a file that"):
        restore(file, database)
    assert (file.read_bytes() if file.is_file() else None) == before
    assert channels(database) == [1]
    assert list(database.parent.iterdir()) == [database]


def test_a_backup_of_a_newer_version_is_refused(database: Path, file: Path) -> None:
    rows(file, "UPDATE alembic_version SET version_num = 'of-the-future'")
    with pytest.raises(NewerBackup, match=r"newer version of Genre Bot.*of-the-future.*Install that version"):
        restore(file, database)
    assert channels(database) == [1]


def test_a_link_to_a_backup_is_followed_and_the_database_itself_refused(
    database: Path, file: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(database)
    with pytest.raises(UnfitBackup, match="is the database itself"):
        restore(link, database)
    link.unlink()
    link.symlink_to(file)
    restore(link, database)
    assert channels(database) == [2]


def test_a_file_that_cannot_be_reached_is_told(database: Path) -> None:
    with pytest.raises(UnfitBackup, match=r"cannot be read \(File name too long\)"):
        restore(Path("x" * 300), database)


def test_a_full_disk_changes_nothing(database: Path, file: Path) -> None:
    with room_for(20_000), pytest.raises(BackupError, match="cannot be written"):
        restore(file, database)
    with (
        ready_to_restore(file, database) as ready,
        room_for(20_000),
        pytest.raises(BackupError, match="cannot be written"),
    ):
        ready.put_in_place()
    assert channels(database) == [1]
    assert list(database.parent.iterdir()) == [database]


# What was no database any more


def test_a_database_with_damaged_pages_is_replaced_under_a_bot_that_runs(database: Path, file: Path) -> None:
    with closing(sqlite3.connect(database)) as somebody:
        somebody.execute("SELECT count(*) FROM channel_settings").fetchall()
        (page,) = rows(database, "SELECT rootpage FROM sqlite_master WHERE name = 'votes'")[0]
        with database.open("r+b") as opened:
            opened.seek((page - 1) * 4096)
            opened.write(b"\xff" * 4096)
        assert restore(file, database).in_place
        assert somebody.execute("SELECT channel FROM channel_settings WHERE channel < 99").fetchall() == [(2,)]
    assert is_whole(database)


def test_what_cannot_be_read_at_all_is_moved_away_with_its_log(database: Path, file: Path) -> None:
    database.chmod(0o640)
    with closing(sqlite3.connect(database)) as somebody:
        # It is written to the log, and from there to the file; the log stays as it is while somebody has it open.
        somebody.execute("UPDATE channel_settings SET channel = 5 WHERE channel = 1")
        somebody.commit()
        somebody.execute("PRAGMA wal_checkpoint").fetchall()
        with database.open("r+b") as opened:
            opened.write(b"lightning" * 20)
        lost, log = database.read_bytes(), database.with_name("bot.sqlite3-wal").read_bytes()
        assert restore(file, database) == Restored(database.with_name(SAVED), in_place=False)
        assert database.with_name(SAVED).read_bytes() == lost
        assert database.with_name(f"{SAVED}-wal").read_bytes() == log != b""
    assert channels(database) == [2]
    assert is_whole(database)
    assert database.stat().st_mode & 0o777 == 0o640
