"""The channel as people use it: a song goes in, its genre comes back, and what is wrong is said in words."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import html
import io
import json
import re
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
from discord import ui

from bot.cards.failure import UNEXPECTED
from bot.errors import FileOrLink, TooManyForMember, UploadFailed
from bot.media.link_errors import AddressRefused, NotALink
from bot.store.utc import utc_now
from bot.surfaces.surface import Reply
from bot.texts.catalogue import texts_in
from bot.web.assets import Assets
from bot.web.channel import Message
from bot.web.errors import TooManyAsked
from bot.web.here import CHANNELS_END
from bot.web.pages import Pages
from classifier.errors import FileTooLarge, NotAudio
from tests.bot.listed_site import ListedSite
from tests.bot.timelines import analysis_of
from tests.conftest import song
from tests.web.page import OpenPage
from tests.web.sounds import wav

JAZZ = analysis_of((0.0, [{"jazz": 0.9}]))


def messages(text: str) -> list[str]:
    return re.findall(r'<li class="message".*?</li>\s*(?=<li class="message"|</ol>)', text, re.DOTALL)


def ids(text: str) -> list[str]:
    return re.findall(r'<li[^>]* id="(m\d+)"', text)


async def test_a_song_is_answered_with_bars_buttons_and_a_picture(open_page: OpenPage) -> None:
    async with open_page() as page:
        channel = await page.ask(("tune.wav", wav(song(30.0))))
        (message,) = messages(channel)
        assert "tune.wav" in message
        assert message.count("<meter") >= 3
        for label in ("Why?", "Delete"):
            assert f">{label}</button>" in message
        (picture,) = re.findall(r'<img src="([^"]+)" alt="(Genre over time[^"]+)"', message)
        response, _ = await page.response("GET", picture[0])
        assert response.content_type == "image/png"
        (look,) = set(re.findall(r"/answers/\d+", message))
        closer = await page.get(look)
        assert closer.count('class="moment"') == 6
        assert "0:00–0:03" in closer
        response, text = await page.response("GET", f"{look}/analysis.json")
        analysis = json.loads(text)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert len(analysis["tag_timeline"]) == 10
        assert sum(genre["probability"] for genre in analysis["genres"]) == pytest.approx(1)


async def test_the_server_tells_each_stage_as_it_passes(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.progress.FIRST_AFTER_SECONDS", 0.0)
    monkeypatch.setattr("bot.progress.EDIT_EVERY_SECONDS", 0.0)
    async with open_page() as page, page.events() as events:
        asking = asyncio.create_task(page.ask(("tune.wav", wav(song(30.0)))))
        stages = []
        while not stages or "<meter" not in stages[-1]:
            kind, data = await events.next()
            assert kind == "message"
            stages.append(data)
        await asking
    told = [word for word in ("Fetching", "Decoding", "Listening", "Voting") if any(word in stage for stage in stages)]
    # A stage that is over before it could be told is left out.
    assert told[0] == "Fetching"
    assert "Listening" in told
    assert all(">Cancel</button>" in stage for stage in stages[1:-1])
    assert "Cancel" not in stages[-1]


async def test_several_files_of_one_form_are_answered_each(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        await page.know(b"two", analysis_of((0.0, [{"rock": 0.9}])))
        channel = await page.ask(("one.mp3", b"one"), ("two.mp3", b"two"))
        newest, oldest = messages(channel)
        assert "Rock, clearly" in newest
        assert "Jazz, clearly" in oldest
        # A reload shows what was asked in this run.
        assert len(messages(await page.get())) == 2


async def test_what_cannot_be_heard_says_why_and_what_to_do(open_page: OpenPage) -> None:
    async with open_page(max_upload_mb=0.1) as page:
        channel = await page.ask(
            ("no.mp3", b"this is no music"), ("large.mp3", bytes(100_001)), ("no2.mp3", b"nor this")
        )
        # Newest first; what was too large kept nobody from hearing the next one.
        assert [told(message) for message in messages(channel)] == [
            str(NotAudio()),
            str(FileTooLarge(100_000)),
            str(NotAudio()),
        ]
        assert told(messages(await page.ask())[0]) == str(FileOrLink())
        assert told(messages(await page.ask(link="nonsense"))[0]) == str(NotALink())
        assert told(messages(await page.ask(link="x" * 100_000))[0]) == str(NotALink())
        assert told(messages(await page.ask(link="https://127.0.0.1/song.mp3"))[0]) == str(AddressRefused())


async def test_an_upload_without_an_end_is_cut_off(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(max_upload_mb=0.1) as page:
        sent = 0

        async def endless() -> Any:
            nonlocal sent
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\n'
            while sent < 50_000_000:
                sent += 10_000
                yield bytes(10_000)

        # It is cut off in the middle; where the answer was faster, there is nothing more to send.
        with contextlib.suppress(aiohttp.ClientError, ConnectionError):
            await page.response(
                "POST",
                "/ask",
                data=endless(),
                headers={"Content-Type": "multipart/form-data; boundary=x", "Fragment": "1"},
            )
        # Twice what is taken, and what lies in buffers on the way.
        assert sent < 20_000_000
        assert told(messages(await page.get())[0]) == str(FileTooLarge(100_000))


async def test_parts_that_are_no_part_of_the_form_are_not_read(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        sent = 0

        async def endless(name: str) -> Any:
            nonlocal sent
            yield f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
            while sent < 50_000_000:
                sent += 10_000
                yield bytes(10_000)

        for name in ("other", "link", "file"):
            sent = 0
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await page.response(
                    "POST", "/ask", data=endless(name), headers={"Content-Type": "multipart/form-data; boundary=x"}
                )
            # What lies in buffers on the way.
            assert sent < 20_000_000, name


async def test_a_form_that_stops_in_the_middle_is_left(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("asking", "forms", "uploads"):
        monkeypatch.setattr(f"bot.web.{module}.PATIENCE_SECONDS", 0.1)
    async with open_knowing_page() as page:
        for begun in (
            b'--x\r\nContent-Disposition: form-data; name="link"\r\n\r\nhttps',
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\nabc',
            b"--x\r\n",
        ):

            async def stopping(begun: bytes = begun) -> Any:
                yield begun
                await asyncio.sleep(3600)

            headers = {"Content-Type": "multipart/form-data; boundary=x", "Fragment": "1"}
            async with asyncio.timeout(30):
                with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                    await page.response("POST", "/ask", data=stopping(), headers=headers)
        assert str(UploadFailed()) in html.unescape(await page.get())

        async def one_letter() -> Any:
            yield b"n"
            await asyncio.sleep(3600)

        form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "100"}
        async with asyncio.timeout(30):
            response, _ = await page.response("POST", "/playlists", data=one_letter(), headers=form)
        assert response.status == 400


async def test_a_refused_file_is_not_read_for_ever(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s.mp3"\r\n\r\nabcd'
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Fragment": "1"}
    stalled = asyncio.Event()

    async def stalling() -> Any:
        yield begins % b"stalling"
        await stalled.wait()
        yield b"\r\n--x--\r\n"

    async def dripping() -> Any:
        yield begins % b"dripping"
        while True:
            yield b"e"
            await asyncio.sleep(0.05)

    async with open_knowing_page(jobs_per_member=1) as page, page.events() as events:
        first = asyncio.create_task(page.response("POST", "/ask", data=stalling(), headers=headers))
        await events.until("message", "stalling.mp3")
        monkeypatch.setattr("bot.web.uploads.UPLOAD_SECONDS", 0.3)
        async with asyncio.timeout(30):
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await page.response("POST", "/ask", data=dripping(), headers=headers)
        assert str(TooManyForMember(1)) in html.unescape(await page.get())
        stalled.set()
        with contextlib.suppress(aiohttp.ClientError):
            await first


async def test_an_upload_ends_with_the_bot_and_when_it_is_cancelled(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page, page.events() as events:
        ended = asyncio.Event()

        async def waiting() -> Any:
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\nabc'
            await ended.wait()

        def send() -> asyncio.Task[Any]:
            headers = {"Content-Type": "multipart/form-data; boundary=x", "Fragment": "1"}
            return asyncio.create_task(page.response("POST", "/ask", data=waiting(), headers=headers))

        sending = send()
        shown = await events.until("message", "Cancel")
        await page.press("Cancel", shown)
        await events.until("message", "asked to stop")
        also = send()
        await events.until("message", "Cancel")
        page.services.analyzer.stop_admitting()
        await events.until("message", "being restarted")
        # The server waits for nothing more of them.
        async with asyncio.timeout(30):
            await asyncio.wait({sending, also})
        ended.set()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"link=https%3A%2F%2Fa.example"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"\x00" * 1000),
        ("multipart/mixed; boundary=x", b"--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--"),
    ],
)
async def test_what_is_no_form_harms_nobody(open_knowing_page: OpenPage, kind: str, body: bytes) -> None:
    async with open_knowing_page() as page:
        response, text = await page.response("POST", "/ask", data=body, headers={"Content-Type": kind})
        assert response.status in {200, 400, 415}
        assert "Traceback" not in text
        await page.know(b"one", JAZZ)
        assert "Jazz, clearly" in await page.ask(("one.mp3", b"one"))


async def test_names_of_files_are_only_text(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        name = "<script>alert(1)</script>\u202e{{ 7777*7777 }}'\"&.mp3"
        channel = await page.ask((name, b"one"))
        assert "<script>alert" not in channel
        assert "&lt;script&gt;" in channel
        assert "\u202e" not in channel
        assert str(7777 * 7777) not in channel
        async with page.events("0.0") as events:
            assert (await events.next())[0] == "restarted"


async def test_one_form_does_not_empty_the_channel(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        await page.ask(("kept.mp3", b"one"))
        for name in ("link", "file"):
            form = aiohttp.FormData(default_to_multipart=True)
            for number in range(250):
                form.add_field(name, f"nonsense {number}", filename=None if name == "link" else f"{number}.mp3")
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await page.response("POST", "/ask", data=form)
        assert "kept.mp3" in await page.get()


async def test_a_link_to_a_track_is_answered_as_in_discord(open_knowing_page: OpenPage) -> None:
    site = ListedSite(tracks={"a": b"one"})
    site_any: Any = site
    original = site.on_disk
    site_any.on_disk = lambda link, *, folder, background=False: original(link, folder=folder, background=True)
    async with open_knowing_page(links=site.reader) as page:
        await page.know(b"one", JAZZ)
        channel = await page.ask(link="https://soundcloud.com/ann/a")
        (message,) = messages(channel)
        assert 'href="https://soundcloud.com/ann/a"' in message
        assert "Jazz, clearly" in message
        assert "Song a" in message


async def test_the_members_limits_hold(open_page: OpenPage) -> None:
    async with open_page(jobs_per_member=1) as page:
        sound = wav(song(30.0))
        first = asyncio.create_task(page.ask(("first.wav", sound)))
        async with page.events() as events:
            await events.until("message", "first.wav")
            channel = await page.ask(("second.wav", sound))
        await first
        assert str(TooManyForMember(1)) in html.unescape(channel)


async def test_buttons_do_what_they_do_in_discord(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        await page.ask(("one.mp3", b"one"))
        _, why = await page.press("Why?")
        assert "Why Jazz?" in why
        _, agreed = await page.press("Agree")
        assert "Jazz (1 of 1)" in messages(agreed)[0]
        _, form = await page.press("Wrong?")
        assert "What is it?" in form
        (action,) = re.findall(r'<form method="post" action="(/messages[^"]+)" class="form"', form)
        (form_id,) = re.findall(r'<input type="hidden" name="form" value="([^"]+)"', form)
        (menu,) = re.findall(r'<select name="([^"]+)"', form)
        _, voted = await page.response("POST", action, data={"form": form_id, menu: "rock"})
        assert "Rock (1 of 1)" in messages(voted)[0]
        assert "<meter" in messages(voted)[0]
        _, unknown = await page.response("POST", action, data={"form": form_id, menu: "polka"})
        assert "not a genre that can be chosen" in unknown
        _, gone = await page.press("Delete")
        assert messages(gone) == []
        assert (await page.response("POST", action, data={"form": form_id, menu: "rock"}))[0].status == 404


async def test_a_button_that_there_is_not_does_nothing(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        channel = await page.ask(("one.mp3", b"one"))
        (message_id,) = re.findall(r'data-message="(\d+)"', channel)
        path = f"/messages/{message_id}/press"
        for fields in (
            {"press": "genre-bot:why:x:en"},
            {"press": ""},
            {"form": "no"},
            {"form": "genre-bot:vote:1:en\n"},
            {},
        ):
            response, text = await page.response("POST", path, data=fields)
            assert response.status == 400
            assert "Traceback" not in text
        # An answer that does not stand in this message.
        response, text = await page.response("POST", path, data={"press": "genre-bot:delete:999:en"})
        assert "do not remember" in text
        assert len(messages(await page.get())) == 1
        response, text = await page.response("POST", path, data={"press": "x" * 100_000})
        assert response.status == 413


async def test_a_request_is_cancelled_by_its_button(open_page: OpenPage) -> None:
    async with open_page() as page, page.events() as events:
        asking = asyncio.create_task(page.ask(("long.wav", wav(np.tile(song(30.0), 20)))))
        shown = await events.until("message", "Cancel")
        await page.press("Cancel", shown)
        ended = await events.until("message", "asked to stop")
        await asking
        assert "aria-busy" not in ended


async def test_a_fault_is_noted_and_told_without_a_stack_trace(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_page() as page:

        def fail(*_: object, **__: object) -> None:
            raise ValueError("a secret of the program")

        monkeypatch.setattr("bot.web.routes.state_of", fail)
        response, text = await page.response("GET", "/")
        assert response.status == 500
        assert UNEXPECTED in text
        assert "secret" not in text


@pytest.mark.parametrize(
    ("accepts", "title"),
    [
        ("de-CH, en;q=0.5", "Was für Musik ist das?"),
        ("ja", None),
        ("xx, *;q=0.1", "What music is this?"),
        (";;,q=x", "What music is this?"),
        ("en ; q=0.1, de ; q=0.9", "Was für Musik ist das?"),
        ("de;x=1;q=0.8, en;q=0.2", "Was für Musik ist das?"),
        ("de;q=0", "What music is this?"),
    ],
)
async def test_the_page_speaks_the_browsers_language(
    open_knowing_page: OpenPage, accepts: str, title: str | None
) -> None:
    async with open_knowing_page() as page:
        text = await page.get(**{"Accept-Language": accepts})
        assert title is None or title in text
        await page.know(b"one", JAZZ)
        channel = await page.ask(("one.mp3", b"one"), **{"Accept-Language": accepts})
        assert ("Jazz, clearly" in channel) == (title == "What music is this?")


async def test_what_was_missed_is_told_when_a_browser_comes_back(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        seen = re.findall(r'data-seen="([^"]+)"', await page.get())[0]
        await page.know(b"one", JAZZ)
        await page.ask(("one.mp3", b"one"))
        await page.ask(("two.mp3", b"one"))
        await page.press("Delete")
        async with page.events(seen) as events:
            assert {(await events.next())[0] for _ in range(2)} == {"gone", "message"}
        async with page.events("9999999999999.5") as events:
            assert (await events.next())[0] == "restarted"


async def test_whoever_was_away_too_long_begins_anew(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.channel.MOST_MESSAGES", 2)
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        await page.ask(("first.mp3", b"one"))
        seen = re.findall(r'data-seen="([^"]+)"', await page.get())[0]
        for number in range(2):
            await page.ask((f"{number}.mp3", b"one"))
        # What was seen is gone, which is still known.
        async with page.events(seen) as events:
            assert (await events.next())[0] == "gone"
        for number in range(2, 6):
            await page.ask((f"{number}.mp3", b"one"))
        async with page.events(seen) as events:
            assert (await events.next())[0] == "restarted"


async def test_a_message_that_cannot_be_written_ends_the_stream(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_page() as page, page.events() as events:

        def fail(*_: object) -> None:
            raise ValueError("a secret of the program")

        monkeypatch.setattr(Pages, "message", fail)
        page.services.analyzer.stop_admitting()
        await page.response("POST", "/ask", data=aiohttp.FormData({"file": ""}, default_to_multipart=True))
        async with asyncio.timeout(30):
            rest = await events.response.content.read()
        # Nothing but events: a page that tells of the failure would be read as one.
        assert b"<html" not in rest
        assert b"secret" not in rest


async def test_only_so_many_are_told(open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.events.MOST_LISTENERS", 1)
    async with open_knowing_page() as page, page.events():
        assert await page.get("/events?seen=1") == 'event: full\ndata: ""\n\n'


def test_a_message_that_cannot_be_written_hides_none_of_the_others() -> None:
    message = Message(1, "one.mp3", texts_in("en"), utc_now(), Reply(content="said", view=ui.View()))
    assert message.reply.view is not None
    message.reply.view.add_item(ui.UserSelect())
    text = Pages(Assets(), asks_for_password=False).message(message)
    assert UNEXPECTED in text
    assert "one.mp3" in text
    assert "UserSelect" not in text


async def test_two_pages_with_the_same_database_keep_their_answers(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as other:
        async with open_knowing_page() as page:
            await page.know(b"one", JAZZ)
            looks = []
            for one in (page, other):
                looks += re.findall(r'data-look="(/answers/(\d+))"', await one.ask(("one.mp3", b"one")))
            (address, number), (others, others_number) = looks
            assert [(await one.response("GET", address))[0].status for one in (page, other)] == [200, 404]
            assert await page.services.store.answers.get(int(number)) is not None
        # What stood on a page that is closed stands nowhere.
        assert await other.services.store.answers.get(int(number)) is None
        assert await other.services.store.answers.get(int(others_number)) is not None
        assert (await other.response("GET", others))[0].status == 200
        await other.press("Agree")
        assert "Jazz (1 of 1)" in await other.get()


async def test_what_a_killed_run_left_behind_is_forgotten(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page(keep_days=1) as page:
        await page.know(b"one", JAZZ)
        channel = secrets.randbelow(CHANNELS_END)
        post = page.services.store.answers.post
        digest = hashlib.sha256(b"one").hexdigest()
        left = [
            await post(digest, page.services.model_key, asker=1, community=2, channel=channel)
            for channel in (channel, channel, 2**62)
        ]
    with closing(sqlite3.connect(page.folder.parent / "bot.sqlite3")) as database, database:
        database.execute("UPDATE answers SET posted_at = '2026-01-01 00:00:00' WHERE id <> ?", left[1:2])
    async with open_knowing_page(keep_days=1) as page:
        known = [await page.services.store.answers.get(answer) is not None for answer in left]
    # Nothing of Discord's, and nothing that may stand on another page.
    assert known == [False, True, True]


async def test_a_form_with_too_much_in_it_is_read_to_its_end(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.asking.MOST_ASKED", 1)
    monkeypatch.setattr("bot.web.server.SHUTDOWN_SECONDS", 0.1)
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="one.mp3"\r\n\r\n'

    async def slowly() -> Any:
        yield part + b"one\r\n"
        for _ in range(2):
            yield part
            for _ in range(20):
                yield bytes(1000)
                await asyncio.sleep(0.02)
            yield b"\r\n"
        yield b"--x--\r\n"

    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        kind = {"Content-Type": "multipart/form-data; boundary=x", "Fragment": "1"}
        response, _ = await page.response("POST", "/ask", data=slowly(), headers=kind)
        assert len(response.headers["Message"].split()) == 2
        assert "Jazz, clearly" in await page.get()


async def test_as_many_files_as_are_taken_are_taken_without_a_word(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.asking.MOST_ASKED", 2)
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        # A browser sends the empty field, too.
        channel = await page.ask(("one.mp3", b"one"), ("two.mp3", b"one"), link="")
        assert len(messages(channel)) == 2
        assert html.escape(str(TooManyAsked(2)), quote=False) not in channel


@pytest.mark.parametrize(("name", "count"), [("file", 150), ("nonsense", 1)])
async def test_what_was_answered_before_a_form_goes_wrong_is_led_to(
    open_knowing_page: OpenPage, name: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.asking.MOST_ASKED", 2)
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        form = aiohttp.FormData(default_to_multipart=True)
        for field in ("file", *(name,) * count):
            form.add_field(field, io.BytesIO(b"one"), filename="one.mp3")
        response, _ = await page.response("POST", "/ask", data=form, headers={"Fragment": "1"})
        assert response.status == 204
        channel = await page.get()
        assert [f"m{number}" for number in response.headers["Message"].split()] == ids(channel)[::-1]
        assert channel.count("Jazz, clearly") == min(count, 2)
        assert (html.escape(str(TooManyAsked(2)), quote=False) in channel) == (name == "file")


async def test_old_messages_make_room(open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.channel.MOST_MESSAGES", 2)
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        for name in "abc":
            channel = await page.ask((f"{name}.mp3", b"one"))
        assert re.findall(r"<bdi>(.)\.mp3", channel) == ["c", "b"]
        answers = re.findall(r'data-look="(/answers/\d+)"', channel)
        number = int(answers[-1].rpartition("/")[2])
        assert (await page.response("GET", answers[-1]))[0].status == 200
        # Nor is the answer that stood in the first one looked at any more.
        assert (await page.response("GET", f"/answers/{number - 1}"))[0].status == 404


def test_the_assets_are_small_and_of_this_page_alone() -> None:
    folder = Path(__file__).resolve().parents[2] / "bot" / "web" / "static"
    files = [file for file in folder.iterdir() if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 150_000
    for file in files:
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", file.read_text()) == []


def told(message: str) -> str:
    (text,) = re.findall(r'<div class="card-text"><p>(.*?)</p></div>', message, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", text))
