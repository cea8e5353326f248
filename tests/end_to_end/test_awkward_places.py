"""Where Discord allows less than it seems, or takes away what was there, answers arrive all the same or end quietly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.buttons.ballot import FORM_SECONDS
from bot.errors import CoolingDown, TooManyForMember
from bot.media.attachments import Attachment
from bot.store.channels import ListeningMode
from bot.surfaces.interaction import TOKEN_SECONDS
from bot.surfaces.surface import NO_HISTORY
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONGS = tuple(f"the bytes of song {number}".encode() for number in range(5))
PATIENCE = 60.0
"""Most that anything here is waited for, in seconds: reaching it is a failure."""

MISSING_PERMISSIONS = 50013
"""Discord's code."""

REGGAE = analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6))


class HeldFetch:
    """A download that ends when the test lets it go."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.begun = asyncio.Event()

    async def __call__(self, attachment: Attachment) -> AsyncGenerator[bytes, None]:
        assert isinstance(attachment, discord.Attachment)
        self.begun.set()
        await self.go_on.wait()
        yield await attachment.read()


def titles(messages: list[Any]) -> list[str | None]:
    return [embed.title for message in messages for embed in message.embeds]


def mention(server: Any) -> str:
    return f"<@{server.bot.user.id}>"


async def know_all(server: Any) -> None:
    for song in SONGS:
        await server.know(song, REGGAE)


def files(count: int) -> list[tuple[str, bytes]]:
    return [(f"{number}.mp3", song) for number, song in enumerate(SONGS[:count])]


# What Discord does not allow


async def test_where_the_bot_may_not_read_what_was_written_it_answers_below(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await know_all(server)
        refuse(server, "reference", NO_HISTORY)
        await server.member().send(server.channel, mention(server), attachments=files(1))
        question, answer = server.channel.history()
    assert titles([answer]) == ["Reggae, clearly"]
    assert answer.reference is None
    assert question.id != answer.id


def refuse(server: Any, option: str, code: int) -> None:
    """Refuse messages with an option as Discord does where that is not allowed; simcord allows it."""
    channel_send = discord.abc.Messageable.send

    async def send(self: Any, *arguments: Any, **options: Any) -> Any:
        if options.get(option):
            response = type("Response", (), {"status": 403, "reason": "Forbidden"})()
            raise discord.Forbidden(response, {"code": code, "message": "Not here"})
        return await channel_send(self, *arguments, **options)

    patch = pytest.MonkeyPatch()
    patch.setattr(discord.abc.Messageable, "send", send)
    server.env._register_pre_shutdown(patch.undo)


async def test_where_files_are_not_allowed_the_answer_goes_without_its_picture(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await server.know(SONGS[0], REGGAE, picture=b"a picture")
        channel = server.channel
        await server.bot.services.store.channels.set(channel.id, channel.guild.id, ListeningMode.REPLY, links=False)
        refuse(server, "files", MISSING_PERMISSIONS)
        await server.member().send(channel, attachments=files(1))
        answer = channel.last_message
    assert titles([answer]) == ["Reggae, clearly"]
    assert answer.attachments == []
    assert answer.embeds[0].image.url is None


async def test_a_thread_is_opened_where_the_bot_may_write_in_threads_only(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await know_all(server)
        guild = server.channel.guild
        role = guild.create_role("writers", permissions=discord.Permissions(administrator=True))
        boss = guild.add_member(server.env.create_user("boss"), roles=[role])
        channel = guild.create_text_channel(
            "threads", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        )
        await server.bot.services.store.channels.set(channel.id, guild.id, ListeningMode.THREAD, links=False)
        await boss.send(channel, attachments=files(1))
        (thread,) = channel.threads
        assert titles(thread.history()) == ["Reggae, clearly"]


# What is taken away


async def test_deleting_the_question_ends_all_of_it_and_leaves_nothing(open_knowing_server: OpenServer) -> None:
    fetch = HeldFetch()
    async with open_knowing_server(fetch=fetch) as server:
        await know_all(server)
        ann = server.member()
        asking = asyncio.create_task(ann.send(server.channel, mention(server), attachments=files(4)))
        await fetch.begun.wait()
        question = server.channel.history()[0]
        server.env.backend.delete_message(question.channel.id, question.id)
        await asking
        await server.env.settle()
        fetch.go_on.set()
        await server.env.settle()
        assert server.channel.history() == []
        assert not server.bot.services.requests


async def test_deleting_one_reply_ends_that_clip_alone(open_knowing_server: OpenServer) -> None:
    fetch = HeldFetch()
    async with open_knowing_server(fetch=fetch) as server:
        await know_all(server)
        ann = server.member()
        asking = asyncio.create_task(ann.send(server.channel, mention(server), attachments=files(3)))
        await fetch.begun.wait()
        _, progress = server.channel.history()
        server.env.backend.delete_message(progress.channel.id, progress.id)
        fetch.go_on.set()
        await asking
        await server.env.settle()
        answers = server.channel.history()[1:]
    assert titles(answers) == ["Reggae, clearly"] * 2


@pytest.mark.parametrize("mode", [None, *ListeningMode])
async def test_what_is_deleted_at_the_last_moment_gets_no_answer(
    mode: ListeningMode | None, open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await know_all(server)
        store = server.bot.services.store
        if mode is not None:
            await store.channels.set(server.channel.id, server.channel.guild.id, mode, links=False)
        post = type(store.answers).post

        async def delete_first(self: Any, *arguments: Any, **options: Any) -> int:
            question = server.channel.history()[0]
            server.env.backend.delete_message(question.channel.id, question.id)
            await asyncio.sleep(0)
            return await post(self, *arguments, **options)

        monkeypatch.setattr(type(store.answers), "post", delete_first)
        ann = server.member()
        await ann.send(server.channel, mention(server) if mode is None else "", attachments=files(2))
        await server.env.settle()
        history = server.channel.history()
        kept = await store.privacy.kept_about(ann.id)
        assert server.env.errors == []
    # The thread was open already, and stays without an answer.
    assert titles(history) == []
    assert len(history) == (mode is ListeningMode.THREAD)
    assert kept["answers"] == []


async def test_a_deleted_channel_ends_what_is_under_way_there(open_knowing_server: OpenServer) -> None:
    fetch = HeldFetch()
    async with open_knowing_server(fetch=fetch, reads_messages=True) as server:
        channel = server.channel.guild.create_text_channel("soon gone")
        asking = asyncio.create_task(server.member().slash(channel, "genre", file=("song.mp3", SONGS[0])))
        await fetch.begun.wait()
        server.env.backend.delete_channel(channel.id)
        await asking
        await server.env.settle()
        assert not server.bot.services.requests
        assert server.failures() == []


async def test_answers_in_a_deleted_channel_are_forgotten(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await know_all(server)
        channel = server.channel.guild.create_text_channel("soon gone")
        ann = server.member()
        await ann.slash(channel, "genre", file=("song.mp3", SONGS[0]))
        server.env.backend.delete_channel(channel.id)
        await server.env.settle()
        kept = await server.bot.services.store.privacy.kept_about(ann.id)
    assert kept["answers"] == []


async def test_servers_that_removed_the_bot_while_it_was_away_are_forgotten_later(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server() as server:
        channels = server.bot.services.store.channels
        here = server.channel
        await channels.set(here.id, here.guild.id, ListeningMode.REPLY, links=False)
        await channels.set(4242, 424242, ListeningMode.REPLY, links=False)
        await server.restart()
        await server.env.settle()
        store = server.bot.services.store
        assert await store.departures.sweep(timedelta(days=1)) == 0
        assert store.channels.mode(4242) is not None
        assert await store.departures.sweep(timedelta(0)) == 1
        assert store.channels.mode(4242) is None
        assert store.channels.mode(here.id) is not None


async def test_a_delete_that_fails_leaves_the_answer_as_it_is(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await know_all(server)
        ann = server.member()
        response = (await ann.slash(server.channel, "genre", file=("song.mp3", SONGS[0]))).response
        server.env.inject_error("DELETE", "/webhooks/*", status=500)
        click = await ann.click(response, label="Delete")
        assert titles([response]) == ["Reggae, clearly"]
        assert response.components
        assert [followup.ephemeral for followup in click.followups] == [True]


# Several clips at once


async def test_a_cool_down_counts_once_for_all_clips_of_a_message(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(member_cooldown=600) as server:
        await know_all(server)
        ann = server.member()
        await ann.send(server.channel, mention(server), attachments=files(3))
        first = titles(server.channel.history())
        await ann.send(server.channel, mention(server), attachments=files(3))
        second = server.channel.history()[5:]
    assert first == ["Reggae, clearly"] * 3
    # What is refused is refused once.
    assert len(second) == 1
    assert second[0].embeds[0].description.startswith(str(CoolingDown(600)).partition(" in ")[0])


async def test_clips_that_are_refused_are_refused_once(open_knowing_server: OpenServer) -> None:
    fetch = HeldFetch()
    async with open_knowing_server(fetch=fetch, reads_messages=True, jobs_per_member=1) as server:
        await know_all(server)
        await server.bot.services.store.channels.set(
            server.channel.id, server.channel.guild.id, ListeningMode.REPLY, links=False
        )
        ann = server.member()
        asking = asyncio.create_task(ann.slash(server.channel, "genre", file=("song.mp3", SONGS[0])))
        await fetch.begun.wait()
        message = server.env.backend.create_message(
            server.channel.id,
            ann.id,
            "",
            attachments=server.env.backend.store_attachments(server.channel.id, files(4)),
        )
        async with asyncio.timeout(PATIENCE):
            while len(server.channel.history()) < 3:
                await asyncio.sleep(0.01)
        refusals = [shown for shown in server.channel.history() if shown.reference is not None]
        fetch.go_on.set()
        await asking
    assert [refusal.embeds[0].description for refusal in refusals] == [str(TooManyForMember(1))]
    assert refusals[0].reference.message_id == message.id


async def test_clips_of_a_menu_that_come_up_late_are_ordinary_messages(open_knowing_server: OpenServer) -> None:
    class SlowSecond:
        """A download whose second clip takes longer than the interaction lives."""

        def __init__(self) -> None:
            self.fetched = 0
            self.server: Any = None

        async def __call__(self, attachment: Attachment) -> AsyncGenerator[bytes, None]:
            assert isinstance(attachment, discord.Attachment)
            self.fetched += 1
            if self.fetched == 2:
                await asyncio.sleep(TOKEN_SECONDS + 60)
            yield await attachment.read()

    fetch = SlowSecond()
    async with open_knowing_server(fetch=fetch) as server:
        await know_all(server)
        message = await server.member("bob").send(server.channel, attachments=files(3))
        await server.member("ann").context_menu(server.channel, "Classify genre", message)
        await server.env.advance_time(TOKEN_SECONDS + 120)
        history = server.channel.history()
    assert titles(history) == ["Reggae, clearly"] * 3


# Links in a channel that is listened to


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("https://example.com/song.mp3", ["http"]),
        ("https://soundcloud.com/artist/song", ["site"]),
        ("https://www.youtu.be/abc", ["site"]),
        ("https://tenor.com/view/cat-gif-1", []),
        ("https://en.wikipedia.org/wiki/Ska", []),
        ("https://example.com/film.mp4", []),
        ("https://youtube.stranger.example/film.mp4", ["site"]),
    ],
)
async def test_only_links_that_are_meant_to_be_heard_are_opened(
    text: str, opened: list[str], open_knowing_server: OpenServer
) -> None:
    calls: list[str] = []

    def reader(*_: Any, **__: Any) -> Any:
        return Reader(calls)

    async with open_knowing_server(reads_messages=True, links=reader) as server:
        await server.bot.services.store.channels.set(
            server.channel.id, server.channel.guild.id, ListeningMode.REPLY, links=True
        )
        await server.member().send(server.channel, f"see {text}")
        assert len(server.channel.history()) == 1
        assert server.env.errors == []
    assert calls == opened


class Reader:
    """Notes what would be opened, and finds nothing there."""

    def __init__(self, calls: list[str]) -> None:
        self.folder = None
        self.max_bytes = 0
        self.http = Opener("http", calls)
        self.sites = Opener("site", calls)


class Opener:
    """Stands for one way of opening links."""

    def __init__(self, name: str, calls: list[str]) -> None:
        self._name = name
        self._calls = calls

    def on_disk(self, *_: Any, **__: Any) -> Any:
        from bot.media.link_errors import SiteNotListed

        self._calls.append(self._name)
        raise SiteNotListed


async def test_a_link_in_a_reply_to_the_bot_asks_for_nothing(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await know_all(server)
        ann = server.member()
        await ann.send(server.channel, mention(server), attachments=files(1))
        answer = server.channel.last_message
        await ann.send(server.channel, "no, it is ska: https://en.wikipedia.org/wiki/Ska", reply_to=answer)
        assert len(server.channel.history()) == 3


async def test_forms_that_nobody_sends_are_let_go(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await know_all(server)
        ann = server.member()
        response = (await ann.slash(server.channel, "genre", file=("song.mp3", SONGS[0]))).response
        await ann.click(response, label="Wrong?")
        held = server.bot._connection._view_store._modals
        assert len(held) == 1
        await server.env.advance_time(FORM_SECONDS + 1)
        assert len(held) == 0
