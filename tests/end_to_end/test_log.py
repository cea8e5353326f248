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
from bot.media.linked_clip import LinkReader
from tests.bot.strangers import site_server, stranger
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

USER = "quetzalcoatl"
TITLE = "a-secret-love"
TRACK = b"the bytes of a track"
HEARD = analysis_of((0.0, [{"metal": 0.8, "hiphop": 0.1}] * 6))
VOTE = "reggae"


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
    async with (
        stranger() as web,
        site_server() as site,
        open_server(
            links=lambda _, folder: LinkReader(web.http, site.sites(), folder=folder, max_bytes=1000)
        ) as server,
    ):
        member = server.member(USER)
        # An answer, a file that is none, links into a private network, and a fault of the program.
        await server.genre(f"{TITLE}.ogg", song, member=member)
        await server.genre(f"{TITLE}.mp3", TITLE.encode(), member=member)
        for link in (f"https://127.0.0.1/{TITLE}.mp3", f"https://127.0.0.1/{TITLE}", f"ftp://{TITLE}"):
            await member.slash(server.channel, "genre", link=link)
        # A track of a site, whose answer is voted on, and one that the site does not give.
        await server.know(TRACK, HEARD)
        track = site.track(TITLE, TRACK, title=TITLE)
        answer = (await member.slash(server.channel, "genre", link=track)).response
        await member.click(answer, label="Agree")
        form = await member.click(answer, label="Wrong?")
        (label,) = form.modal["components"]
        await member.submit_modal(form, {label["component"]["custom_id"]: [VOTE]})
        voted = str(answer.embeds[0].to_dict())
        withheld = site.describe(f"{TITLE}-withheld", id=TITLE, title=TITLE, error=f"{TITLE}: This video is private")
        await member.slash(server.channel, "genre", link=withheld)
        server.clip_folder.rmdir()
        await server.genre(f"{TITLE}.ogg", song, member=member)
        server.clip_folder.mkdir()
        failures = [failure.__name__ for failure in server.failures()]
        ids = {str(found.id) for found in (member, server.channel, server.channel.guild)}
    written = capsys.readouterr().err
    assert failures == [
        "NotAudio",
        "AddressRefused",
        "AddressRefused",
        "NotALink",
        "PrivateOrRemoved",
        "FileNotFoundError",
    ]
    assert "Reggae (1 of 1)" in voted
    for told in (USER, TITLE, track, VOTE, *ids):
        assert told not in written
    jobs = [line for line in written.splitlines() if " job " in line]
    outcomes = [dict(field.split("=") for field in line.split() if "=" in field) for line in jobs]
    assert [(fields["outcome"], fields.get("error")) for fields in outcomes] == [
        ("answered", None),
        ("failed", "NotAudio"),
        ("failed", "AddressRefused"),
        ("failed", "AddressRefused"),
        ("recalled", None),
        ("failed", "PrivateOrRemoved"),
        ("failed", "FileNotFoundError"),
    ]
