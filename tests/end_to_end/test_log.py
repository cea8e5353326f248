"""What the operator reads of the members: nothing, at the level that is the default."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from bot.logs import configure_logging

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

USER = "quetzalcoatl"
TITLE = "a-secret-love"


@pytest.fixture(autouse=True)
def _undone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave logging as it was."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


async def test_the_log_does_not_tell_who_asked_for_what(
    open_server: OpenServer, make_song: Any, encode: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    song = encode(make_song(5), "song.ogg").read_bytes()
    configure_logging("INFO", log_format="text", secrets=())
    async with open_server() as server:
        member = server.member(USER)
        # An answer, a file that is none, links into a private network, and a fault of the program.
        await server.genre(f"{TITLE}.ogg", song, member=member)
        await server.genre(f"{TITLE}.mp3", TITLE.encode(), member=member)
        for link in (f"https://127.0.0.1/{TITLE}.mp3", f"https://127.0.0.1/{TITLE}", f"ftp://{TITLE}"):
            await member.slash(server.channel, "genre", link=link)
        server.clip_folder.rmdir()
        await server.genre(f"{TITLE}.ogg", song, member=member)
        server.clip_folder.mkdir()
        failures = [failure.__name__ for failure in server.failures()]
        ids = {str(found.id) for found in (member, server.channel, server.channel.guild)}
    written = capsys.readouterr().err
    assert failures == ["NotAudio", "AddressRefused", "AddressRefused", "NotALink", "FileNotFoundError"]
    for told in (USER, TITLE, *ids):
        assert told not in written
    jobs = [line for line in written.splitlines() if " job " in line]
    outcomes = [dict(field.split("=") for field in line.split() if "=" in field) for line in jobs]
    assert [(fields["outcome"], fields.get("error")) for fields in outcomes] == [
        ("answered", None),
        ("failed", "NotAudio"),
        ("failed", "AddressRefused"),
        ("failed", "AddressRefused"),
        ("failed", "FileNotFoundError"),
    ]
