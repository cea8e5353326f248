"""Playlists on the page: the page's own, those of servers on Discord, and what was published."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.cards.html.inline import inline_html
from bot.drawing.errors import TooFewTracks
from bot.drawing.process import DrawingProcess
from bot.playlists.formats.formats import FORMATS, Format
from bot.playlists.track import Source
from bot.store.track_pages import PAGE_SIZE
from bot.web.errors import PageBusy
from bot.web.here import MEMBER, SERVER
from tests.bot.made_tracks import GENRES, heard_track
from tests.bot.timelines import analysis_of
from tests.web.page import OpenPage, Page

ANN, GUILD = 2**60, 2**61
JAZZ = analysis_of((0.0, [{"jazz": 0.9}]))


async def own_list(page: Page, name: str = "Night drive", *, tracks: int = 0) -> int:
    playlist = await page.services.store.playlists.create(SERVER, name, MEMBER)
    await fill(page, playlist, tracks)
    return playlist


async def servers_list(page: Page, name: str = "Theirs", *, tracks: int = 0) -> int:
    await page.services.store.servers.arrived(GUILD)
    playlist = await page.services.store.playlists.create(GUILD, name, ANN, description="What ann likes")
    await fill(page, playlist, tracks, adder=ANN)
    return playlist


async def fill(page: Page, playlist: int, tracks: int, *, adder: int = MEMBER) -> None:
    for number in range(tracks):
        genre = GENRES[number % len(GENRES)]
        track = heard_track(number, genre=genre, kind=number % len(GENRES), adder=adder)
        await page.services.store.tracks.add(playlist, track)


def titles(text: str) -> list[str]:
    return re.findall(r'<li value="\d+">.*?<bdi>(.*?)</bdi>', text, re.DOTALL)


async def track_of(page: Page, playlist: int, title: str) -> int:
    return next(track.id for track in await page.services.store.track_pages.all_of(playlist) if track.title == title)


async def test_a_playlist_is_made_filled_from_an_answer_changed_and_deleted(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        await page.ask(("Blue Train.mp3", b"one"))
        _, nothing = await page.press("Add to playlist")
        assert "There is no playlist yet. Make one under Playlists" in nothing
        _, made = await page.response("POST", "/playlists", data={"name": "Night <drive>", "description": "For & home"})
        assert "Night &lt;drive&gt;" in made
        assert "For &amp; home" in made
        _, form = await page.press("Add to playlist")
        (action,) = re.findall(r'<form method="post" action="(/messages[^"]+)" class="form"', form)
        (form_id,) = re.findall(r'<input type="hidden" name="form" value="([^"]+)"', form)
        assert 'value="Blue Train"' in form
        _, added = await page.response("POST", action, data={"form": form_id, "playlist": "1", "title": "Blue Train"})
        assert "Added to" in added
        listed = await page.get("/playlists")
        assert "On the machine that I run on" in listed
        assert titles(await page.get("/playlists/1")) == ["Blue Train"]
        track = await track_of(page, 1, "Blue Train")
        shown = await page.get(f"/playlists/1/tracks/{track}")
        assert "jazz" in shown
        (menu,) = re.findall(r'<select name="([^"]+)"', shown)
        _, voted = await page.response("POST", f"/playlists/1/tracks/{track}/vote", data={"form": "vote", menu: "rock"})
        assert "Rock (1 of 1)" in voted
        _, removed = await page.response("POST", f"/playlists/1/tracks/{track}/remove")
        assert titles(removed) == []
        _, back = await page.response("POST", "/playlists/1/undo", data={"track": str(track)})
        assert titles(back) == ["Blue Train"]
        _, gone = await page.response("POST", "/playlists/1/delete")
        assert "was deleted" in gone
        response, text = await page.response("GET", "/playlists/1")
        assert response.status == 404
        assert "There is nothing here, or not any more." in text
        _, again = await page.response("POST", "/playlists/1/back")
        assert titles(again) == ["Blue Train"]


async def test_every_list_can_be_added_to_however_many_there_are(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ)
        await page.ask(("Blue Train.mp3", b"one"))
        for number in range(30):
            last = await own_list(page, f"List {number:02}")
        _, form = await page.press("Add to playlist")
        assert len(re.findall(r"<option value=\"\d+\"", form)) == 30
        # What would be typed on Discord.
        assert "/playlist add" not in form
        form_id = html.unescape(re.findall(r'name="form" value="([^"]+)"', form)[0])
        action = re.findall(r'<form method="post" action="([^"]+)"', form)[0]
        _, text = await page.response(
            "POST", action, data={"form": form_id, "playlist": str(last), "title": "Blue Train"}
        )
        assert "List 29" in text
        assert titles(await page.get(f"/playlists/{last}")) == ["Blue Train"]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "\u202e"])
async def test_a_name_that_is_none_is_told_in_words(open_knowing_page: OpenPage, name: str) -> None:
    async with open_knowing_page() as page:
        response, text = await page.response("POST", "/playlists", data={"name": name, "description": "For & home"})
        assert response.status == 400
        assert 'role="alert" class="lost" id="problem">A playlist needs a name' in text
        # Nothing that was typed is lost.
        assert 'value="For &amp; home"' in text
        await page.response("POST", "/playlists", data={"name": "Chill"})
        response, text = await page.response("POST", "/playlists", data={"name": "CHILL"})
        assert (response.status, "of that name already" in text) == (400, True)


async def test_a_playlist_gets_another_name_and_description(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        playlist = await own_list(page, "Chill", tracks=1)
        await own_list(page, "Other")
        _, changed = await page.response(
            "POST", f"/playlists/{playlist}/change", data={"name": "Calm <b>", "description": "For & home"}
        )
        assert "<h1><bdi>Calm &lt;b&gt;</bdi></h1>" in changed
        # The form holds what it is called now.
        assert 'value="Calm &lt;b&gt;"' in changed
        assert 'value="For &amp; home"' in changed
        assert titles(changed) == ["Song 0"]
        for name, reason in (("other", "of that name already"), (" ", "A playlist needs a name")):
            response, text = await page.response("POST", f"/playlists/{playlist}/change", data={"name": name})
            assert (response.status, reason in text) == (400, True)
        # Nothing of what was refused was taken.
        assert "For &amp; home" in await page.get(f"/playlists/{playlist}")


async def test_tracks_are_filtered_ordered_and_turned_over(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        playlist = await own_list(page, tracks=4 * PAGE_SIZE)
        base = f"/playlists/{playlist}"
        first = await page.get(base)
        assert titles(first) == [f"Song {number}" for number in range(39, 29, -1)]
        assert "Page 1 of 4" in first
        (nextly,) = re.findall(r'href="([^"]+)">Next<', first)
        assert titles(await page.get(html.unescape(nextly)))[0] == "Song 29"
        rock = await page.get(f"{base}?genre=rock&sort=oldest")
        assert titles(rock) == [f"Song {number}" for number in range(0, 40, 4)]
        assert "genre: rock" in rock
        assert titles(await page.get(f"{base}?text=SONG+37")) == ["Song 37"]
        assert "No track is like that" in await page.get(f"{base}?text=polka")
        assert "added by" in await page.get(f"{base}?adder={MEMBER}")
        for nonsense in (
            "page=0",
            "page=99999999",
            "page=-1",
            "page=x",
            "sort=worst",
            "confidence=1",
            "adder=x",
            "adder=" + "9" * 40,
            "text=%00",
        ):
            response, text = await page.response("GET", f"{base}?{nonsense}")
            assert response.status == 200
            assert "Traceback" not in text


async def test_pictures_name_every_track_and_lead_to_it(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        playlist = await own_list(page, tracks=12)
        few = await own_list(page, "Few", tracks=2)
        shown = await page.get(f"/playlists/{playlist}/map")
        for number in range(12):
            track = await track_of(page, playlist, f"Song {number}")
            assert re.search(rf'<a href="/playlists/{playlist}/tracks/{track}"[^>]*data-title="Song {number}"', shown)
        fingerprint = await page.get(f"/playlists/{playlist}/fingerprint")
        assert f'href="/playlists/{playlist}?genre=rock"' in fingerprint
        assert ">you<" in fingerprint
        # The script takes the picture alone.
        assert "<html" not in await page.get(f"/playlists/{playlist}/map", Fragment="1")
        for kind in ("map", "fingerprint"):
            response, text = await page.response("GET", f"/playlists/{few}/{kind}")
            assert response.status == 400
            assert inline_html(str(TooFewTracks(3))) in text
            # What helps nobody is not offered.
            assert f"/{kind}" not in await page.get(f"/playlists/{few}")


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
async def test_a_list_is_taken_away_in_every_format(open_knowing_page: OpenPage, kind: Format) -> None:
    async with open_knowing_page() as page:
        playlist = await own_list(page, "Nacht – 夜", tracks=3)
        response, text = await page.response("GET", f"/playlists/{playlist}/export/{kind.name}")
        assert response.status == 200
        assert "attachment; filename*=UTF-8''Nacht-%E5%A4%9C" in response.headers["Content-Disposition"]
        assert "Song 2" in text
        assert (await page.response("GET", f"/playlists/{playlist}/export/exe"))[0].status == 404


async def test_lists_of_servers_are_read_and_not_changed(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        playlist = await servers_list(page, tracks=4)
        base = f"/playlists/{playlist}"
        assert "Server …" in await page.get("/playlists")
        text = await page.get(base)
        assert titles(text) == ["Song 3", "Song 2", "Song 1", "Song 0"]
        assert "Delete this playlist" not in text
        track = await track_of(page, playlist, "Song 1")
        shown = await page.get(f"{base}/tracks/{track}")
        assert "<form" not in shown[shown.index("<main") :]
        for path in ("delete", "undo", f"tracks/{track}/remove", f"tracks/{track}/vote", "back"):
            response, _ = await page.response("POST", f"{base}/{path}", data={"x": "rock"})
            assert response.status == 404
        assert len(await page.services.store.track_pages.all_of(playlist)) == 4
        # A track of another list is none of this one.
        other = await own_list(page)
        assert (await page.response("GET", f"/playlists/{other}/tracks/{track}"))[0].status == 404
        await page.services.store.servers.left(GUILD)
        assert "Theirs" not in await page.get("/playlists")
        # Whoever sends the bot away takes their playlists along.
        for path in ("", f"/tracks/{track}", "/map", "/fingerprint", "/export/csv"):
            assert (await page.response("GET", base + path))[0].status == 404
        assert (await page.response("POST", f"{base}/publish"))[0].status == 404
        assert await page.services.store.publications.token_of(playlist) is None
        # Numbers are those of our own digits.
        assert (await page.response("GET", "/playlists/%D9%A1"))[0].status == 404


async def test_undo_brings_back_the_track_that_it_stands_under(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        playlist = await own_list(page, tracks=3)
        other = await own_list(page, "Other")
        shown = []
        for number in (0, 1):
            track = await track_of(page, playlist, f"Song {number}")
            shown.append((await page.response("POST", f"/playlists/{playlist}/tracks/{track}/remove"))[1])
        (track_id,) = re.findall(r'name="track" value="(\d+)"', shown[0])
        for path in (f"/playlists/{other}/undo", "/playlists/99/undo"):
            assert (await page.response("POST", path, data={"track": track_id}))[0].status == 404
        assert (await page.response("POST", f"/playlists/{playlist}/undo", data={"track": "x"}))[0].status == 400
        endless = {"track": "9" * 5000}
        assert (await page.response("POST", f"/playlists/{playlist}/undo", data=endless))[0].status == 400
        _, back = await page.response("POST", f"/playlists/{playlist}/undo", data={"track": track_id})
        assert titles(back) == ["Song 2", "Song 0"]


async def test_many_who_want_the_same_map_wait_for_one(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_page() as page:
        playlist = await own_list(page, tracks=12)
        drawing, laid_out = page.services.drawing, []
        run = drawing.run

        async def counted(*arguments: Any, **options: Any) -> Any:
            laid_out.append(arguments[0])
            return await run(*arguments, **options)

        monkeypatch.setattr(DrawingProcess, "run", staticmethod(counted))
        answers = await asyncio.gather(*(page.response("GET", f"/playlists/{playlist}/map") for _ in range(5)))
        assert {response.status for response, _ in answers} == {200}
        assert len(laid_out) == 1
        await fill(page, playlist, 13)
        assert "Song 12" in await page.get(f"/playlists/{playlist}/map")
        assert len(laid_out) == 2
        monkeypatch.setattr("bot.web.one_at_a_time.MOST_WAITING", 0)
        response, text = await page.response("GET", f"/playlists/{playlist}/export/csv")
        assert (response.status, str(PageBusy()) in text) == (503, True)


async def test_a_strangers_map_keeps_nobody_waiting_who_was_let_in(open_knowing_page: OpenPage) -> None:
    async with open_knowing_page() as page:
        published, own = await own_list(page, tracks=200), await own_list(page, "Other", tracks=200)
        token = await page.services.store.publications.publish(published)
        both = (f"/p/{token}/map", f"/playlists/{own}/map")
        answers = await asyncio.gather(*(page.response("GET", path) for path in both))
        assert [response.status for response, _ in answers] == [200, 200]


async def test_what_is_published_is_read_by_anybody_with_the_link_and_tells_of_nobody(
    open_knowing_page: OpenPage,
) -> None:
    async with open_knowing_page(password="correct horse battery") as page:
        await page.response("POST", "/login", data={"password": "correct horse battery"})
        playlist = await servers_list(page, tracks=12)
        # A file, which can be heard on Discord alone.
        added = replace(
            heard_track(90, genre="jazz", kind=1, adder=ANN),
            title="File",
            link=None,
            source=Source(2**62, 2**62 + 1, 0),
        )
        await page.services.store.tracks.add(playlist, added)
        file = await track_of(page, playlist, "File")
        track = await track_of(page, playlist, "Song 1")
        await page.services.store.votes.cast(
            (await page.services.store.track_pages.get(track, GUILD)).digest or "", GUILD, ANN, "rock"
        )
        _, text = await page.response("POST", f"/playlists/{playlist}/publish")
        token = re.findall(rf'value="{page.origin}/p/([\w-]+)"', text)[0]
        page.browser.cookie_jar.clear()
        seen = []
        for path in (
            "",
            "?genre=rock",
            "/map",
            "/fingerprint",
            f"/tracks/{track}",
            f"/tracks/{file}",
            "?adder=1",
            *(f"/export/{kind.name}" for kind in FORMATS),
        ):
            response, text = await page.response("GET", f"/p/{token}{path}", allow_redirects=False)
            assert response.status == 200, path
            assert response.headers["X-Robots-Tag"] == "noindex"
            seen.append(text)
        assert titles(seen[0])[:2] == ["File", "Song 11"]
        # Nobody is looked for by who they are.
        assert len(titles(seen[6])) == PAGE_SIZE
        assert "Rock (1 of 1)" in seen[4]
        for text in seen:
            assert str(ANN) not in text
            assert f"…{str(ANN)[-4:]}" not in text
            assert "/playlists" not in text
            assert "discord.com" not in text
            assert 'method="post"' not in text
        # Nothing can be done there, and nothing else is open.
        for path in ("change", "delete", "publish", "withdraw", "undo", f"tracks/{track}/vote"):
            assert (await page.response("POST", f"/p/{token}/{path}"))[0].status in {404, 405}
        assert (await page.response("GET", "/playlists", allow_redirects=False))[0].status == 303
        await page.response("POST", "/login", data={"password": "correct horse battery"})
        await page.response("POST", f"/playlists/{playlist}/withdraw")
        page.browser.cookie_jar.clear()
        assert (await page.response("GET", f"/p/{token}"))[0].status == 404
