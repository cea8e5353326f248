"""The folder for clips is private while a bot runs and gone after it, and what a killed one left is swept up."""

from __future__ import annotations

import logging
import os
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.media.clip_folder import LOCK_NAME, PREFIX, clip_folder, remove_remains

HOLD = """
import sys
from pathlib import Path
from bot.media.clip_folder import clip_folder
with clip_folder(Path(sys.argv[1])) as folder:
    (folder / "clip-1").write_bytes(b"somebody's song")
    (folder / "site-1").mkdir()
    (folder / "site-1" / "clip").write_bytes(b"another")
    print(folder.name, flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_bot(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Run a process that holds a folder until its input ends."""
    command = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, place / process.stdout.readline().strip()
        process.kill()


def leave(place: Path) -> Path:
    """Have a process killed that held a folder, and return what it left."""
    with another_bot(place) as (process, folder):
        process.kill()
    assert (folder / "clip-1").exists()
    return folder


def test_the_folder_is_private_while_it_is_held_and_gone_afterwards(tmp_path: Path) -> None:
    with clip_folder(tmp_path) as folder:
        assert folder.parent == tmp_path
        assert folder.name.startswith(PREFIX)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "clip-1").touch()
    assert list(tmp_path.iterdir()) == []


def test_it_lies_in_the_systems_folder_unless_another_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with clip_folder() as folder:
        assert folder.parent == tmp_path


def test_what_a_killed_bot_left_is_removed_by_the_next(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    left = [leave(tmp_path), leave(tmp_path)]
    # The second removed what the first had left.
    assert [folder.exists() for folder in left] == [False, True]
    caplog.set_level(logging.INFO)
    with clip_folder(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert left[1].name in caplog.text


def test_a_bot_that_runs_keeps_its_folder(tmp_path: Path) -> None:
    with another_bot(tmp_path) as (process, theirs), clip_folder(tmp_path) as ours:
        assert {path.name for path in tmp_path.iterdir()} == {theirs.name, ours.name}
        assert (theirs / "site-1" / "clip").read_bytes() == b"another"
        process.communicate()
        assert list(tmp_path.iterdir()) == [ours]


def test_a_symbolic_link_that_somebody_planted_is_not_followed(tmp_path: Path) -> None:
    place, treasure = tmp_path / "place", tmp_path / "treasure"
    place.mkdir()
    treasure.mkdir()
    (treasure / LOCK_NAME).touch()
    (treasure / "song").touch()
    (place / f"{PREFIX}folder").symlink_to(treasure)
    # In a folder with a lock that is real, what it holds may still lead elsewhere.
    remains = leave(place)
    (remains / "song").symlink_to(treasure / "song")
    (remains / "more").symlink_to(treasure)
    # A lock that leads elsewhere is none.
    fake = place / f"{PREFIX}lock"
    fake.mkdir()
    (fake / LOCK_NAME).symlink_to(treasure / LOCK_NAME)
    remove_remains(place)
    assert not remains.exists()
    assert sorted(path.name for path in treasure.iterdir()) == [LOCK_NAME, "song"]
    assert sorted(path.name for path in place.iterdir()) == [f"{PREFIX}folder", f"{PREFIX}lock"]


def test_what_only_looks_like_a_remainder_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / f"{PREFIX}file").touch()
    (tmp_path / f"{PREFIX}without-a-lock").mkdir()
    for name in ("folder", "pipe", "socket"):
        (tmp_path / f"{PREFIX}{name}").mkdir()
    (tmp_path / f"{PREFIX}folder" / LOCK_NAME).mkdir()
    os.mkfifo(tmp_path / f"{PREFIX}pipe" / LOCK_NAME)
    # Its path may be longer than a socket's name can be.
    monkeypatch.chdir(tmp_path / f"{PREFIX}socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(LOCK_NAME)
    (tmp_path / "someone-else").mkdir()
    (tmp_path / "someone-else" / LOCK_NAME).touch()
    before = sorted(tmp_path.rglob("*"))
    remove_remains(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    assert caplog.text == ""


def test_the_folder_of_another_user_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = leave(tmp_path)
    monkeypatch.setattr(os, "getuid", lambda: theirs.stat().st_uid + 1)
    remove_remains(tmp_path)
    assert (theirs / "clip-1").exists()


def test_bots_of_one_machine_keep_their_own_folders(tmp_path: Path) -> None:
    leave(tmp_path)
    with another_bot(tmp_path) as (_, one), another_bot(tmp_path) as (_, two), another_bot(tmp_path) as (_, three):
        assert {path.name for path in tmp_path.iterdir()} == {one.name, two.name, three.name}
