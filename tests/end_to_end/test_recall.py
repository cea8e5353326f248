"""The same audio again is answered from memory, at once, and that is said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]


@pytest.fixture
def song(make_song: Any, encode: Any) -> bytes:
    return encode(make_song(22), "song.ogg").read_bytes()


class CountedWorkers:
    """The real workers, and how often they were asked."""

    def __init__(self, workers: Any) -> None:
        self._workers = workers
        self.config = workers.config
        self.asked = 0

    def submit(self, *arguments: Any) -> Any:
        self.asked += 1
        return self._workers.submit(*arguments)


async def test_the_same_audio_again_is_answered_from_memory_and_says_so(
    open_server: OpenServer, workers: Any, song: bytes
) -> None:
    counted = CountedWorkers(workers)
    async with open_server(workers=counted) as server:
        first = await server.member("ann").slash(server.channel, "genre", file=("first.ogg", song))
        await server.restart()
        again = await server.member("bob").slash(server.channel, "genre", file=("again.ogg", song))
        cards = [result.response.embeds[0] for result in (first, again)]
        pictures = [await result.response.attachments[0].read() for result in (first, again)]
        alt_texts = [result.response.attachments[0].description for result in (first, again)]
    assert counted.asked == 1
    assert "answered from memory" not in cards[0].footer.text
    assert "answered from memory" in cards[1].footer.text
    assert cards[0].title == cards[1].title
    assert cards[0].description == cards[1].description
    assert pictures[0] == pictures[1]
    assert alt_texts[0] == alt_texts[1]
    assert "again.ogg" in str(cards[1].to_dict())


async def test_another_model_listens_anew(open_server: OpenServer, workers: Any, song: bytes) -> None:
    counted = CountedWorkers(workers)
    async with open_server(workers=counted) as server:
        await server.genre("song.ogg", song)
        # The next one meets a Discord that knows of no commands.
        await server.bot.services.store.commands.remember_sync(server.bot.application_id, "0" * 64)
    async with open_server(workers=counted, max_seconds=60) as server:
        # Heard with other settings, which may lead to another answer.
        await server.genre("song.ogg", song)
    assert counted.asked == 2


async def test_what_failed_is_tried_again(open_server: OpenServer, workers: Any) -> None:
    counted = CountedWorkers(workers)
    async with open_server(workers=counted) as server:
        for _ in range(2):
            await server.genre("song.ogg", b"no song at all")
        server.failures()
    assert counted.asked == 2


async def test_an_answer_is_there_although_the_memory_fails(
    open_server: OpenServer, song: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_server() as server:
        store = server.bot.services.store
        broken = replace(store, answers=Broken(), votes=Broken())
        object.__setattr__(server.bot.services, "store", broken)
        result = await server.member().slash(server.channel, "genre", file=("song.ogg", song))
        object.__setattr__(server.bot.services, "store", store)
    assert "█" in result.response.embeds[0].description
    assert result.response.components == []


class Broken:
    """A part of the database that is not there."""

    def __getattr__(self, _: str) -> Any:
        async def fail(*_: Any, **__: Any) -> None:
            from bot.errors import StoreFailed

            raise StoreFailed

        return fail
