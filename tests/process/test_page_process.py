"""``genre-bot`` with a page: the real process, a real browser's requests, and how it ends."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.loopback_discord import PATIENCE_SECONDS, LoopbackDiscord
from tests.process.conftest import BotProcess

ADDRESS = re.compile(r"Open (http://127\.0\.0\.1:(\d+)) and drop a song there")

NOWHERE = "http://127.0.0.1:9"


def address_of(bot: BotProcess) -> str:
    bot.wait_for_output("drop a song there")
    found = ADDRESS.search(bot.stderr)
    assert found is not None
    return found[1]


async def asked(address: str, song: bytes) -> str:
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("file", song, filename="song.flac")
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(f"{address}/ask", data=form, headers={"Origin": address}) as response,
    ):
        return await response.text()


@pytest.fixture
def song(encode: Any, make_song: Any) -> bytes:
    return Path(encode(make_song(5.0), "song.flac")).read_bytes()


def test_without_a_token_the_page_is_there_first_and_below_it_how_to_get_one(start_bot: Any, song: bytes) -> None:
    bot = start_bot(NOWHERE, DISCORD_TOKEN="", GENREBOT_WEB_PORT="0")
    address = address_of(bot)
    # The very first clip waits for the model to be loaded.
    assert "<meter" in asyncio.run(asked(address, song))
    bot.wait_until_healthy()
    said = bot.stderr
    assert said.splitlines()[0].startswith("Genre Bot is listening. Open http://")
    for word in (
        "https://discord.com/developers/applications",
        "applications.commands",
        "Message Content Intent",
        "everything else works without",
        ".env",
        "DISCORD_TOKEN",
        "genre-bot classify",
    ):
        assert word in said
    screen = said[: said.index("shows everything else")].splitlines()
    assert len(screen) <= 24
    assert max(map(len, screen)) <= 80
    assert "song.flac" not in said
    bot.signal(signal.SIGTERM)
    assert bot.wait() == 0, bot.stderr
    assert "Traceback" not in bot.stderr
    assert bot.leftovers() == ([], [])


def test_a_port_that_is_taken_is_told_and_another_one_is_used(start_bot: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        bot = start_bot(NOWHERE, DISCORD_TOKEN="", GENREBOT_WEB_PORT=str(port))
        assert address_of(bot) != f"http://127.0.0.1:{port}"
        assert f"port {port} is taken" in bot.stderr
    bot.signal(signal.SIGINT)
    assert bot.wait() == 0, bot.stderr
    assert "Traceback" not in bot.stderr


def test_whoever_waits_while_the_model_loads_is_told_that_it_stops(start_bot: Any, song: bytes) -> None:
    bot = start_bot(NOWHERE, DISCORD_TOKEN="", GENREBOT_WEB_PORT="0", GENREBOT_SHUTDOWN_GRACE="0")
    address = address_of(bot)
    bot.wait_for_output("loading the model")

    async def stopped_meanwhile() -> tuple[int, str]:
        form = aiohttp.FormData(default_to_multipart=True)
        form.add_field("file", song, filename="song.flac")
        headers = {"Origin": address, "Fragment": "1"}
        async with aiohttp.ClientSession() as browser:
            page = await (await browser.get(address)).text()
            seen = re.findall(r'data-seen="([^"]+)"', page)[0]
            async with browser.get(f"{address}/events", params={"seen": seen}) as events:
                asking = asyncio.create_task(browser.post(f"{address}/ask", data=form, headers=headers))
                while b"song.flac" not in await events.content.readline():
                    pass
                bot.signal(signal.SIGTERM)
                told = await events.content.read()
            return (await asking).status, told.decode()

    async def in_time() -> tuple[int, str]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await stopped_meanwhile()

    status, told = asyncio.run(in_time())
    assert status == 204
    assert "card-title" in told
    assert bot.wait() == 0, bot.stderr
    assert "Traceback" not in bot.stderr
    assert bot.leftovers() == ([], [])


def test_it_is_there_beside_the_bot_where_that_is_wanted(start_bot: Any, discord: LoopbackDiscord, song: bytes) -> None:
    beside = start_bot(discord.url, GENREBOT_WEB="1", GENREBOT_WEB_PORT="0")
    address = address_of(beside)
    beside.wait_until_healthy()
    assert discord.identifies
    assert "<meter" in asyncio.run(asked(address, song))
    assert "discord.com/developers" not in beside.stderr
    beside.signal(signal.SIGTERM)
    assert beside.wait() == 0, beside.stderr


def test_alone_it_does_not_log_in_whatever_the_token(start_bot: Any, discord: LoopbackDiscord) -> None:
    bot = start_bot(discord.url, command="web", GENREBOT_WEB_PORT="0")
    address_of(bot)
    bot.wait_until_healthy()
    assert not discord.identifies
    bot.signal(signal.SIGTERM)
    assert bot.wait() == 0, bot.stderr
