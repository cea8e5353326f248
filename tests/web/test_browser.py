"""The page as people use it: a real Chromium, with its scripts, its keyboard and its own player."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, async_playwright, expect
from playwright.async_api import Page as Tab

from bot.media.link_errors import AddressRefused, NotALink
from bot.web.here import MEMBER, SERVER
from classifier.errors import NotAudio
from classifier.result import TaggedSpan, TagProbability
from tests.bot.listed_site import ListedSite
from tests.bot.made_tracks import GENRES, heard_track
from tests.bot.timelines import analysis_of
from tests.chromium import ARGUMENTS, find_chromium
from tests.conftest import SHARED_DATA, song
from tests.web.page import OpenPage, Page
from tests.web.sounds import wav
from tests.web.tabs import (
    NOTE_STAGES,
    PATIENCE_MILLISECONDS,
    LookAt,
    drop,
    file_of,
    focused,
    tab_opener,
    tab_through,
    violations,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

PASSWORD = "correct horse battery"
JAZZ_THEN_ROCK = analysis_of(
    (0.0, [{"jazz": 0.9}, {"jazz": 0.6, "rock": 0.3}, {"rock": 0.8}]),
    tag_timeline=tuple(TaggedSpan(5.0 * n, 5.0 * n + 5.0, (TagProbability("guitar", 0.5),)) for n in range(3)),
)
PHONE = {"viewport": {"width": 320, "height": 640}}

expect.set_options(timeout=PATIENCE_MILLISECONDS)


@cache
def clip() -> bytes:
    """Return a song that the bot hears as music, and the browser can play itself."""
    return wav(song(15.0))


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.skip("needs a Chromium (Debian: apt-get install --no-install-recommends chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def look_at(browser: Browser) -> LookAt:
    """Look at the page for as long as a context lasts; see `tab_opener`."""
    return tab_opener(browser)


async def test_a_song_is_dropped_and_its_answer_read(
    open_page: OpenPage, look_at: LookAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.progress.FIRST_AFTER_SECONDS", 0.0)
    monkeypatch.setattr("bot.progress.EDIT_EVERY_SECONDS", 0.0)
    real = SHARED_DATA / "music" / "vibe-ace.ogg"
    name, data = (real.name, real.read_bytes()) if real.is_file() else ("song.wav", wav(song(60.0)))
    async with open_page() as page, look_at(page) as tab:
        await tab.evaluate(NOTE_STAGES)
        await drop(tab, name, data)
        message = tab.locator(".message")
        await expect(message.locator(".card-title")).not_to_be_empty()
        await expect(message.locator(".asked")).to_contain_text(name)
        assert await message.locator("meter").count() >= 3
        for share in await message.locator(".bar-share").all_text_contents():
            assert re.fullmatch(r"<?\d+ ?%", share)
        # Whoever waited for an answer looks closer at once, and the picture makes room for the same one to point at.
        await expect(message.locator(".timeline")).to_be_visible()
        await message.locator(".look > summary").click()
        picture = message.get_by_role("img", name="Genre over time")
        await expect(picture).to_be_visible()
        await expect(picture).to_have_js_property("complete", True)
        assert await picture.evaluate("image => image.naturalWidth") > 100
        stages = " ".join(await tab.evaluate("window.stages"))
        assert "Listening" in stages
        assert "Cancel" in stages
        # Whoever does not see it is told the answer, and not only that there is one.
        title = await message.locator(".card-title").inner_text()
        await expect(tab.get_by_role("log")).to_contain_text(f"{name}: {title}")

        async with tab.expect_file_chooser() as choosing:
            await tab.locator("#file").click()
        await (await choosing.value).set_files(file_of("chosen.wav", clip()))
        chosen = tab.locator(".message", has_text="chosen.wav")
        await expect(chosen.locator(".card-title")).not_to_be_empty()
        await expect(chosen.locator(".timeline")).to_be_visible()
        await expect(tab.locator(".message")).to_have_count(2)


async def test_each_file_is_answered_and_each_trouble_told(open_page: OpenPage, look_at: LookAt) -> None:
    async with open_page(max_upload_mb=0.1) as page, look_at(page) as tab:
        await page.know(b"one", JAZZ_THEN_ROCK)
        await page.know(b"two", analysis_of((0.0, [{"rock": 0.9}])))
        sent = []
        tab.on("request", lambda request: sent.append(request.url))
        files = {"one.wav": b"one", "two.wav": b"two", "no.mp3": b"this is no music", "a$&.wav": bytes(100_001)}
        await tab.locator("#file").set_input_files([file_of(*file) for file in files.items()])
        await expect(message_of(tab, "one.wav")).to_contain_text("Jazz")
        await expect(message_of(tab, "two.wav")).to_contain_text("Rock, clearly")
        await expect(message_of(tab, "no.mp3")).to_contain_text(str(NotAudio()))
        large = tab.get_by_role("alert").filter(has_text="a$&.wav")
        await expect(large).to_have_text("a$&.wav is larger than 0.1 MB. Send a shorter excerpt.")
        assert sum(url.endswith("/ask") for url in sent) == 3

        link, ask = tab.locator("#link"), tab.get_by_role("button", name="Tell me the genre")
        for address, trouble in (("https://127.0.0.1/song.mp3", AddressRefused()), ("http://localhost/", NotALink())):
            await link.fill(address)
            # In a hurry, people click twice.
            await ask.dblclick()
            await expect(message_of(tab, address)).to_contain_text(str(trouble))
            await expect(link).to_have_value("")
        # Asking for nothing is told, too.
        await tab.wait_for_timeout(600)
        await ask.click()
        await expect(tab.locator(".message")).to_have_count(7)


async def test_votes_and_reasons_open_in_a_dialog_and_deleting_removes(
    open_knowing_page: OpenPage, look_at: LookAt
) -> None:
    async with open_knowing_page() as page, look_at(page) as tab:
        message = await heard(page, tab)
        await press(message, "Agree")
        await expect(message).to_contain_text("Jazz (1 of 1)")
        await press(message, "Wrong?")
        dialog = tab.get_by_role("dialog")
        await expect(dialog).to_contain_text("What is it?")
        await dialog.get_by_role("combobox").select_option("Rock")
        await press(dialog, "Send")
        await expect(dialog).to_be_hidden()
        await expect(message).to_contain_text("Rock (1 of 1)")
        await press(message, "Why?")
        await expect(dialog).to_contain_text("Why Jazz?")
        await tab.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()
        await expect(message.get_by_role("button", name="Why?")).to_be_focused()
        await press(message, "Why?")
        await press(dialog, "Close")
        await expect(message.get_by_role("button", name="Why?")).to_be_focused()
        await press(message, "Delete")
        await expect(message).to_have_count(0)
        await expect(tab.locator("#empty")).to_be_visible()


async def test_no_name_of_a_file_stops_the_scripts(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page:
        await page.know(b"one", JAZZ_THEN_ROCK)
        # A time in the year 512, as Discord writes one.
        name = "<t:-46000000000>.mp3"
        await page.ask((name, b"one"))
        async with look_at(page) as tab:
            await expect(tab.locator(".card")).to_contain_text(name)
            await tab.locator("#file").set_input_files(file_of(f"again {name}", b"one"))
            await expect(tab.locator(".message")).to_have_count(2)
            await expect(tab.locator(".card").first).to_contain_text(f"again {name}")


async def test_what_was_asked_is_still_there_after_a_reload(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page, look_at(page) as tab, look_at(page) as other:
        await heard(page, tab)
        # Whoever looks at the same time sees it as well.
        await expect(other.locator(".message")).to_contain_text("Jazz")
        await tab.reload()
        await expect(tab.locator(".message")).to_contain_text("Jazz")
        # The browser does not have the file any more.
        await tab.locator(".look > summary").click()
        await expect(tab.locator(".timeline")).to_be_visible()
        await expect(tab.locator(".listen")).to_be_hidden()
        await expect(tab.locator(".readout")).to_have_text("Point at a moment to see what I heard there.")
        again = tab.get_by_label("To hear it here, choose the file")
        await again.set_input_files(file_of("song.wav", b"not the one"))
        await expect(tab.locator(".readout")).to_contain_text("That is another file.")
        await again.set_input_files(file_of("song.wav", clip()))
        await press(tab.locator(".message"), "Play from the start")
        await expect(tab.get_by_role("button", name="Pause")).to_be_visible()
        await press(other.locator(".message"), "Delete")
        await expect(tab.locator(".message")).to_have_count(0)


@pytest.mark.parametrize("password", [None, PASSWORD])
async def test_a_restart_is_told_and_the_page_begins_anew(
    open_knowing_page: OpenPage, look_at: LookAt, password: str | None
) -> None:
    async with AsyncExitStack() as server:
        page = await server.enter_async_context(open_knowing_page(password=password))
        trouble = "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|MIME type|401"
        async with look_at(page, expected=trouble) as tab:
            if password is not None:
                await log_in(tab)
            await heard(page, tab)
            await server.aclose()
            await expect(tab.get_by_role("alert")).to_contain_text("connection to Genre Bot is lost")
            await tab.locator("#file").set_input_files(file_of("late.wav", b"late"))
            await expect(message_of(tab, "late.wav")).to_contain_text("could not be sent")
            await press(message_of(tab, "late.wav"), "Close")
            await expect(message_of(tab, "late.wav")).to_have_count(0)
            await tab.locator("#link").fill("https://a.example/b.mp3")
            await tab.keyboard.press("Enter")
            await expect(message_of(tab, "b.mp3")).to_contain_text("could not be sent")
            await expect(tab.locator("#link")).to_have_value("https://a.example/b.mp3")
            again = await server.enter_async_context(open_knowing_page(web_port=page.address.port, password=password))
            assert again.address == page.address
            if password is not None:
                await log_in(tab)
            await expect(tab.locator("#lost")).to_be_hidden()
            await expect(tab.locator(".message")).to_have_count(0)


async def test_a_file_that_is_refused_at_the_door_says_why(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page(password=PASSWORD) as page, look_at(page, expected="401|MIME type") as tab:
        await log_in(tab)
        # As if somebody had logged out in another tab.
        await tab.context.clear_cookies()
        await tab.locator("#file").set_input_files(file_of("late.wav", b"late"))
        await expect(tab.get_by_role("alert").filter(has_text="late.wav")).to_have_text("late.wav: Log in.")


async def test_what_is_opened_after_a_logout_leads_to_the_login(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        playlist = await filled_playlist(page)
        async with look_at(page, expected="401|MIME type") as tab:
            await log_in(tab)
            await tab.goto(f"/playlists/{playlist}")
            await tab.context.clear_cookies()
            await tab.get_by_text("Map of sounds").click()
            await expect(tab.get_by_label("Password")).to_be_visible()
            assert tab.url.endswith("/login")


async def test_files_that_wait_are_seen_and_can_be_taken_back(
    waiting_site: ListedSite, open_knowing_page: OpenPage, look_at: LookAt
) -> None:
    async with open_knowing_page(links=waiting_site.reader, jobs_per_member=1) as page, look_at(page) as tab:
        await page.know(b"two", JAZZ_THEN_ROCK)
        await tab.locator("#link").fill("https://soundcloud.com/ann/a")
        await tab.keyboard.press("Enter")
        await expect(tab.locator(".message[aria-busy]")).to_be_visible()
        await tab.locator("#file").set_input_files([file_of("one.wav", b"one"), file_of("two.wav", b"two")])
        waiting = tab.locator("#waiting > li")
        await expect(waiting).to_have_count(2)
        await expect(waiting.first).to_contain_text("one.wav waits until those before it are heard")
        # Whoever leaves is asked whether they want to lose them.
        async with tab.expect_event("dialog") as leaving:
            await tab.evaluate("setTimeout(() => location.reload())")
        dialog = await leaving.value
        assert dialog.type == "beforeunload"
        await dialog.dismiss()
        await press(waiting.first, "Cancel")
        await expect(waiting).to_have_count(1)
        await press(tab.locator("#messages"), "Cancel")
        await expect(waiting).to_have_count(0)
        await expect(message_of(tab, "two.wav")).to_contain_text("Jazz")
        await expect(tab.locator(".message", has_text="one.wav")).to_have_count(0)


async def test_one_window_too_many_says_so_and_goes_on_once_there_is_room(
    open_knowing_page: OpenPage, look_at: LookAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.events.MOST_LISTENERS", 0)
    async with open_knowing_page() as page, look_at(page) as tab:
        await expect(tab.get_by_role("alert")).to_contain_text("Too many windows show this channel")
        monkeypatch.undo()
        await page.know(clip(), JAZZ_THEN_ROCK)
        await page.ask(("song.wav", clip()))
        await expect(tab.locator("#lost")).to_be_hidden()
        await expect(tab.locator(".message")).to_contain_text("Jazz")


async def test_pointing_at_a_moment_tells_it_and_a_click_plays_it(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page, look_at(page) as tab:
        message = await heard(page, tab)
        moments, readout, cursor = (message.locator(name) for name in (".moment", ".readout", ".cursor"))
        await expect(moments).to_have_count(3)
        await moments.nth(2).hover()
        await expect(readout).to_have_text(re.compile(r"^0:10–0:15: Rock 80%.* · guitar$"))
        await moments.nth(0).hover()
        await expect(readout).to_have_text(re.compile("^0:00–0:05: Jazz 90%"))
        await tab.locator("h1").hover()
        await expect(readout).to_contain_text("Point at a moment to see what I heard there; a click plays it.")
        await expect(cursor).to_be_hidden()
        # The waveform answers as well, where it is pointed at.
        wave = message.locator(".wave")
        await wave.hover(position={"x": 5, "y": 10})
        await expect(readout).to_have_text(re.compile("^0:00–0:05: Jazz 90%"))

        await moments.nth(1).click()
        await expect(message.get_by_role("button", name="Pause")).to_be_visible()
        await expect(cursor).not_to_have_attribute("hidden", "")
        # In the middle of the moment from 5 to 10 seconds.
        assert 7.0 < await tab.evaluate("player.currentTime") < 10.0
        await press(message, "Pause")
        await expect(message.get_by_role("button", name="Play on")).to_be_visible()
        assert await tab.evaluate("player.paused")
        await press(message, "Play on")
        await expect(message.get_by_role("button", name="Pause")).to_be_visible()
        assert await tab.evaluate("player.currentTime") > 7.0
        width = (await wave.bounding_box() or {"width": 0.0})["width"]
        await wave.click(position={"x": width * 0.8, "y": 10})
        await expect(message.locator(".wave-cursor")).not_to_have_attribute("hidden", "")
        assert 11.5 < await tab.evaluate("player.currentTime") < 15.0
        await press(message, "Pause")
        # By the keyboard, from where the moment begins.
        await message.locator("a[data-words]").nth(2).press("Enter")
        await expect(message.get_by_role("button", name="Pause")).to_be_visible()
        assert 10.0 <= await tab.evaluate("player.currentTime") < 15.0

        # One at a time; and what is deleted is silent.
        await tab.locator("#file").set_input_files(file_of("other.wav", clip()))
        other = message_of(tab, "other.wav")
        await press(other, "Play from the start")
        await expect(other.get_by_role("button", name="Pause")).to_be_visible()
        message = message_of(tab, "song.wav")
        await expect(message.get_by_role("button", name="Play from the start")).to_be_visible()
        await expect(message.locator(".cursor")).to_be_hidden()
        await press(other, "Delete")
        await expect(other).to_have_count(0)
        assert await tab.evaluate("player.paused")


async def test_what_a_browser_cannot_play_is_told_and_an_analysis_taken_away(
    open_knowing_page: OpenPage, look_at: LookAt
) -> None:
    async with open_knowing_page() as page, look_at(page) as tab:
        message = await heard(page, tab)
        async with tab.expect_download() as downloading:
            await message.get_by_role("link", name="Download the whole analysis").click()
        analysis = json.loads(Path(await (await downloading.value).path()).read_text())
        assert len(analysis["timeline"]) == 3

        # Not every browser plays what the bot hears.
        await page.know(b"no sound", JAZZ_THEN_ROCK)
        await tab.locator("#file").set_input_files(file_of("rare.mka", b"no sound"))
        rare = message_of(tab, "rare.mka")
        await press(rare, "Play from the start")
        await expect(rare.locator(".readout")).to_have_text("Your browser cannot play this kind of file.")
        await expect(rare.get_by_role("button", name="Play from the start")).to_be_visible()


def message_of(tab: Tab, name: str) -> Locator:
    return tab.locator(".message", has_text=name)


async def press(where: Locator, name: str) -> None:
    await where.get_by_role("button", name=name, exact=True).click()


async def look_page_of(message: Locator) -> str:
    """Return where an answer is looked at closer on a page of its own."""
    address = await message.locator(".look").get_attribute("data-look")
    assert address is not None
    return address


async def heard(page: Page, tab: Tab, name: str = "song.wav") -> Locator:
    """Choose the clip in the browser, and return the message that answers it, looked at closer."""
    await page.know(clip(), JAZZ_THEN_ROCK)
    await tab.locator("#file").set_input_files(file_of(name, clip()))
    await expect(tab.locator(".message .timeline")).to_be_visible()
    return tab.locator(".message")


async def test_without_scripts_it_is_a_form_and_pages(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page, look_at(page, java_script_enabled=False) as tab:
        await page.know(clip(), JAZZ_THEN_ROCK)
        await tab.locator("#file").set_input_files(file_of("song.wav", clip()))
        await press(tab.locator("#ask"), "Tell me the genre")
        message = tab.locator(".message")
        await expect(message).to_contain_text("Jazz")
        await press(message, "Agree")
        await expect(message).to_contain_text("Jazz (1 of 1)")
        await press(message, "Why?")
        await expect(tab.get_by_role("heading", name="Why Jazz?")).to_be_visible()
        await tab.get_by_role("link", name="Back").click()
        await press(message, "Wrong?")
        await tab.get_by_role("combobox").select_option("Rock")
        await press(tab.locator("main"), "Send")
        await expect(message).to_contain_text("Rock (1 of 1)")
        await message.locator(".look > summary").click()
        await message.get_by_role("link", name="Open as a page").click()
        row = tab.get_by_role("row", name="0:10–0:15")
        await expect(row).to_be_hidden()
        # A moment leads to what is written of it.
        await tab.locator("a[data-words]").nth(2).click()
        await expect(row).to_be_visible()
        await expect(row).to_contain_text("Rock 80%")
        await tab.get_by_role("link", name="Channel").click()
        await press(message, "Delete")
        await expect(tab.locator(".message")).to_have_count(0)


async def add_nocturne(page: Page, tab: Tab) -> None:
    """Hear a clip in the channel, and put it into the only playlist."""
    await tab.get_by_role("link", name="Channel").click()
    message = await heard(page, tab)
    await press(message, "Add to playlist")
    dialog = tab.get_by_role("dialog")
    await expect(dialog.get_by_label("Title")).to_have_value("song")
    await dialog.get_by_label("Title").fill("Nocturne")
    await press(dialog, "Send")
    await expect(dialog).to_contain_text("Added to Night <drive>")
    assert await focused(tab) == "dialog-content"
    await press(dialog, "Close")
    await expect(message.get_by_role("button", name="Add to playlist")).to_be_focused()


async def test_a_playlist_is_made_filled_and_read(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page, look_at(page, "/playlists") as tab:
        await tab.get_by_label("Name").fill("Night <drive>")
        await tab.get_by_label("What it is about").fill("For the way home.")
        await press(tab.locator("main"), "Make it")
        await expect(tab.get_by_role("heading", name="Night <drive>")).to_be_visible()
        (playlist,) = await page.services.store.playlists.of_all()

        await add_nocturne(page, tab)
        await page.services.store.tracks.add(playlist.id, heard_track(1, genre="metal", kind=1, adder=MEMBER))
        await tab.get_by_role("link", name="Playlists").click()
        await tab.get_by_role("link", name="Night <drive>").click()
        tracks = tab.locator(".tracks > li")
        await expect(tracks).to_have_count(2)
        await tab.get_by_text("Filter and order").click()
        await tab.get_by_label("Genre").select_option("Metal")
        await press(tab.locator(".filters"), "Show")
        await expect(tracks).to_have_count(1)
        await expect(tracks).to_contain_text("Song 1")
        await expect(tab.get_by_label("Genre")).to_have_value("metal")
        # Of what was left open, nothing is in the address; and the way back leads to the same tracks.
        assert tab.url.endswith("?genre=metal&sort=newest")
        await tab.get_by_role("link", name="Song 1", exact=True).click()
        await tab.get_by_role("link", name="Back").click()
        await expect(tracks).to_have_count(1)
        await tab.get_by_role("link", name="All tracks").click()
        await expect(tracks).to_have_count(2)

        await tab.get_by_role("link", name="Nocturne").click()
        await tab.get_by_role("combobox").select_option("Rock")
        await press(tab.locator("main"), "Send")
        await expect(tab.locator(".card")).to_contain_text("Rock (1 of 1)")
        await expect(tab.get_by_role("combobox")).to_have_value("rock")
        await press(tab.locator("main"), "Remove")
        await expect(tracks).to_have_count(1)
        await press(tab.locator("main"), "Undo")
        await expect(tracks).to_have_count(2)

        async with tab.expect_download() as downloading:
            await tab.get_by_role("link", name="JSON").click()
        file = await downloading.value
        assert file.suggested_filename == "Night-drive.jsonl"
        assert "Nocturne" in Path(await file.path()).read_text()

        await press(tab.locator("main"), "Delete")
        await expect(tab.get_by_role("link", name="Night <drive>")).to_have_count(0)
        await press(tab.locator("main"), "Bring it back")
        await expect(tracks).to_have_count(2)


async def test_pictures_of_a_playlist_name_what_is_pointed_at(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page:
        playlist = await filled_playlist(page)
        async with look_at(page, f"/playlists/{playlist}") as tab:
            await open_pictures(tab)
            # The keyboard stops at the map once, and by each genre once: in the legend.
            await tab.get_by_text("Map of sounds", exact=True).focus()
            names = await tab_through(tab)
            on_map = "svg.playlist-map a"
            titles = await tab.locator(on_map).evaluate_all("all => all.map((one) => one.textContent.trim())")
            assert len(titles) == 10
            assert len(set(titles).intersection(names)) == 1
            assert sum("one track" in name for name in names) == 0
            assert names.count("jazz 3") == 1
            # Arrows lead to every track, and back.
            await tab.locator(f"{on_map}[tabindex='0']").focus()
            for key in ("End", "Home", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
                await tab.keyboard.press(key)
                assert await focused(tab) in titles
            await tab.keyboard.press("End")
            assert await focused(tab) == titles[-1]
            named = tab.locator(".pictured", has_text="Map of sounds")
            dot = named.locator("svg.playlist-map a[data-title='Song 3']")
            await dot.hover()
            await expect(named.locator(".readout")).to_contain_text("Song 3")
            share = tab.locator("svg.playlist-mix a").first
            await share.hover()
            await expect(tab.locator(".pictured", has_text="Fingerprint").locator(".readout")).not_to_be_empty()
            await dot.click()
            await expect(tab.get_by_role("heading", name="Song 3")).to_be_visible()
            await tab.get_by_role("link", name="Back").click()
            await open_pictures(tab)
            genre = await tab.locator("svg.playlist-mix a").first.get_attribute("href")
            await tab.locator("svg.playlist-mix a").first.click()
            await tab.wait_for_url(f"**{genre}")
            await expect(tab.locator(".tracks > li")).to_have_count(3)

            # On a page of its own, it is larger, and answers too.
            await tab.goto(f"/playlists/{playlist}/map")
            await tab.locator("svg.playlist-map a[data-title='Song 3']").hover()
            await expect(tab.locator(".readout")).to_contain_text("Song 3")

        # What went wrong stands where the picture would.
        unheard = await page.services.store.playlists.create(SERVER, "Unheard", MEMBER)
        for number in range(3):
            track = heard_track(number, genre="jazz", kind=0, adder=MEMBER)
            silent = replace(track, heard=replace(track.heard, embedding=None))
            await page.services.store.tracks.add(unheard, silent)
        async with look_at(page, f"/playlists/{unheard}", expected="400") as tab:
            await tab.get_by_text("Map of sounds").click()
            await expect(tab.get_by_role("status")).to_contain_text("at least 3 tracks that I have listened to")


async def test_a_finger_names_a_track_before_it_opens_it(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page:
        playlist = await filled_playlist(page)
        async with look_at(page, f"/playlists/{playlist}/map", **PHONE, has_touch=True, is_mobile=True) as tab:
            await tab.locator("svg.playlist-map a[data-title='Song 3']").tap()
            await expect(tab.locator(".readout a")).to_contain_text("Song 3")
            await tab.locator(".readout a").tap()
            await expect(tab.get_by_role("heading", name="Song 3")).to_be_visible()


async def test_a_published_playlist_is_read_by_strangers_until_it_is_withdrawn(
    open_knowing_page: OpenPage, look_at: LookAt
) -> None:
    async with open_knowing_page(password=PASSWORD) as page:
        playlist = await filled_playlist(page)
        async with look_at(page, "/login") as tab:
            await log_in(tab)
            await tab.goto(f"/playlists/{playlist}")
            await press(tab.locator("#published"), "Publish this playlist")
            link = await tab.get_by_label("Whoever has this link").input_value()
            assert link.startswith(page.origin)
            await tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
            await press(tab.locator("#published"), "Copy")
            await expect(tab.locator("#published").get_by_role("button", name="Copied")).to_be_visible()
            assert await tab.evaluate("navigator.clipboard.readText()") == link
            async with look_at(page, link, expected="404") as stranger:
                await expect(stranger.get_by_role("heading", name="Night drive")).to_be_visible()
                await expect(stranger.locator(".tracks > li")).to_have_count(10)
                await expect(stranger.get_by_role("navigation", name="Pages", exact=True)).to_have_count(0)
                await open_pictures(stranger)
                await stranger.get_by_role("link", name="Song 1", exact=True).first.click()
                await expect(stranger.get_by_role("heading", name="Song 1")).to_be_visible()
                await expect(stranger.get_by_role("button")).to_have_count(0)
                # Nothing there leads to the page that asks for a password.
                await expect(stranger.get_by_role("link", name="Genre Bot")).to_have_count(0)
                await press(tab.locator("#published"), "Stop publishing")
                await expect(tab.locator("#published #link")).to_have_count(0)
                response = await stranger.goto(link)
                assert response is not None
                assert response.status == 404
                # Nor does the page behind the password let them in.
                await stranger.goto(f"/playlists/{playlist}")
                await expect(stranger.get_by_label("Password")).to_be_visible()


async def test_all_of_it_is_done_by_the_keyboard(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page, look_at(page) as tab:
        message = await heard(page, tab)
        names = await tab_through(tab)
        assert names == [
            *("Skip to the content", "Genre Bot", "Channel", "Playlists", "About", "file", "link", "Tell me the genre"),
            *("Why?", "Agree", "Wrong?", "Add to playlist", "Delete", "Look closer"),
            *await message.locator("a[data-words]").evaluate_all("moments => moments.map((one) => one.dataset.words)"),
            *("Play from the start", "What I heard every few seconds", "Download the whole analysis (JSON)"),
        ]
        await tab.keyboard.press("Tab")
        await tab.keyboard.press("Enter")
        await tab.keyboard.press("Tab")
        assert await focused(tab) == "file"
        async with tab.expect_file_chooser() as choosing:
            await tab.keyboard.press("Space")
        await (await choosing.value).set_files(file_of("again.wav", clip()))
        # Before anything else is asked: then it is looked at closer.
        await expect(message_of(tab, "again.wav").locator(".timeline")).to_be_visible()
        assert await focused(tab) == "file"
        await tab.keyboard.press("Tab")
        await tab.keyboard.type("https://127.0.0.1/song.mp3")
        await tab.keyboard.press("Enter")
        await expect(message).to_have_count(3)
        assert await focused(tab) == "link"

        message = message_of(tab, "again.wav")
        await message.get_by_role("button", name="Agree").focus()
        await tab.keyboard.press("Enter")
        await expect(message).to_contain_text("Jazz (1 of 1)")
        assert await focused(tab) == "Agree"
        # Its answer stands anew in the message, and so does the button that opened the form.
        await tab.keyboard.press("Tab")
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_role("combobox")).to_be_focused()
        await tab.keyboard.type("Rock")
        await tab.keyboard.press("Tab")
        await tab.keyboard.press("Enter")
        await expect(message).to_contain_text("Rock (1 of 1)")
        await expect(message.get_by_role("button", name="Wrong?")).to_be_focused()
        # A vote from elsewhere takes the keyboard out of nothing that is looked at.
        await message.locator("a[data-words]").nth(1).focus()
        await page.press("Agree")
        await expect(message).to_contain_text("Jazz (1 of 1)")
        assert (await focused(tab) or "").startswith("0:05–0:10")
        await message.get_by_role("button", name="Delete").focus()
        await tab.keyboard.press("Enter")
        await expect(message).to_have_count(0)
        assert await focused(tab) == "main"


async def test_what_is_cancelled_by_the_keyboard_does_not_lose_it(
    waiting_site: ListedSite, open_knowing_page: OpenPage, look_at: LookAt
) -> None:
    async with open_knowing_page(links=waiting_site.reader) as page, look_at(page) as tab:
        await tab.locator("#link").fill("https://soundcloud.com/ann/a")
        await tab.keyboard.press("Enter")
        await tab.get_by_role("button", name="Cancel").press("Enter")
        await expect(tab.locator(".message")).to_contain_text("asked to stop")
        assert await focused(tab) == "main"


@pytest.mark.parametrize(("motion", "moving"), [("reduce", 0), ("no-preference", 1)])
async def test_nothing_moves_for_those_who_do_not_want_it(
    waiting_site: ListedSite, open_knowing_page: OpenPage, look_at: LookAt, motion: str, moving: int
) -> None:
    async with open_knowing_page(links=waiting_site.reader) as page, look_at(page, reduced_motion=motion) as tab:
        await tab.locator("#link").fill("https://soundcloud.com/ann/a")
        await tab.keyboard.press("Enter")
        await expect(tab.locator(".message[aria-busy]")).to_be_visible()
        assert len(await tab.evaluate("document.getAnimations().map((one) => one.animationName)")) == moving
        await press(tab.locator(".message"), "Cancel")
        await expect(tab.locator(".message")).to_contain_text("asked to stop")


async def test_on_a_phone_nothing_is_cut_off_or_too_small_to_hit(open_knowing_page: OpenPage, look_at: LookAt) -> None:
    async with open_knowing_page() as page:
        playlist = await filled_playlist(page)
        async with look_at(page, **PHONE, has_touch=True, is_mobile=True) as tab:
            message = await heard(page, tab, "a-song-with-a-name-that-has-no-end-" * 4 + ".wav")
            await fits(tab)
            await press(message, "Why?")
            await expect(tab.get_by_role("dialog")).to_be_visible()
            await fits(tab)
            for path in (await look_page_of(message), "/playlists", f"/playlists/{playlist}", "/about"):
                await tab.goto(path)
                await fits(tab)
            await tab.goto(f"/playlists/{playlist}")
            await open_pictures(tab)
            await fits(tab)
            await tab.get_by_text("Filter and order").click()
            await fits(tab)
            await tab.get_by_role("link", name="Song 1", exact=True).first.click()
            await fits(tab)


async def test_nobody_is_kept_out(
    open_knowing_page: OpenPage, look_at: LookAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.guard.SECONDS_BETWEEN_ATTEMPTS", 0.0)
    async with open_knowing_page(password=PASSWORD) as page:
        playlist = await filled_playlist(page)
        async with look_at(page, "/login", expected="40[34]") as tab:
            found = {"login": await violations(tab)}
            await log_in(tab, "guess")
            found["wrong password"] = await violations(tab)
            await log_in(tab)
            message = await heard(page, tab)
            await tab.locator("#link").fill("http://localhost/")
            await tab.keyboard.press("Enter")
            await expect(message_of(tab, "localhost")).to_contain_text("not a link")
            await message.get_by_text("What I heard every few seconds").click()
            await message.locator(".moment").first.hover()
            found["channel"] = await violations(tab)
            for name in ("Why?", "Wrong?"):
                await press(message, name)
                await expect(tab.get_by_role("dialog")).to_be_visible()
                found[name] = await violations(tab)
                await tab.keyboard.press("Escape")
            for path in ("/playlists", "/about", "/nothing", await look_page_of(message)):
                await tab.goto(path)
                found[path] = await violations(tab)
            await tab.goto(f"/playlists/{playlist}")
            await open_pictures(tab)
            found["playlist"] = await violations(tab)
            await tab.get_by_role("link", name="Song 1", exact=True).first.click()
            found["track"] = await violations(tab)
        assert {name: what for name, what in found.items() if what} == {}


@pytest.fixture
def waiting_site() -> ListedSite:
    """Return a site whose tracks never come."""
    waiting = asyncio.Event()
    site: Any = ListedSite(tracks={"a": b"one"})
    original = site.on_disk

    async def wait(_: str) -> None:
        await waiting.wait()

    site.before = wait
    site.on_disk = lambda link, *, folder, background=False: original(link, folder=folder, background=True)
    return site


async def filled_playlist(page: Page) -> int:
    """Make a playlist of ten tracks, of four genres in turn; no two lie at the same place of the map."""
    store = page.services.store
    playlist = await store.playlists.create(SERVER, "Night drive", MEMBER, description="For the way home.")
    for number in range(10):
        genre = GENRES[number % len(GENRES)]
        await store.tracks.add(playlist, heard_track(number, genre=genre, kind=number, adder=MEMBER))
    return playlist


async def open_pictures(tab: Tab) -> None:
    for name, picture in (("Map of sounds", "svg.playlist-map"), ("Fingerprint of genres", "svg.playlist-mix")):
        await tab.get_by_text(name, exact=True).click()
        await expect(tab.locator(picture)).to_be_visible()


async def log_in(tab: Tab, password: str = PASSWORD) -> None:
    await tab.get_by_label("Password").fill(password)
    await press(tab.locator("main"), "Log in")
    if password == PASSWORD:
        await expect(tab.get_by_label("Password")).to_have_count(0)


async def fits(tab: Tab) -> None:
    """Find that nothing has to be scrolled sideways, and what is tapped is large enough for a finger."""
    root = tab.locator("html")
    assert await root.evaluate("root => [root.scrollWidth, root.clientWidth, innerWidth]") == [320, 320, 320]
    boxes = await tab.locator("button, summary, select, input:not([type=hidden])").evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => [one.outerHTML, one.getBoundingClientRect()])"
    )
    assert [box for box in boxes if box[1]["width"] < 24 or box[1]["height"] < 24] == []
