"""Audio that is dropped into a channel is answered as its admin chose, and everything else is left alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import discord
import pytest

from bot.errors import QueueFull
from bot.store.channels import ListeningMode
from classifier.result import Verdict
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONG = b"the bytes of a song"
OTHER_SONG = b"the bytes of another song"
REGGAE = analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6))


async def listen(server: Any, mode: ListeningMode, *, links: bool = False, channel: Any = None) -> None:
    channel = channel or server.channel
    await server.bot.services.store.channels.set(channel.id, channel.guild.id, mode, links=links)


def reactions(message: discord.Message) -> list[tuple[str, int]]:
    return [(str(reaction.emoji), reaction.count) for reaction in message.reactions]


async def test_a_reply_answers_the_one_who_dropped_it(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await listen(server, ListeningMode.REPLY)
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        dropped = await ann.send(server.channel, "my new song", attachments=[("song.mp3", SONG)])
        _, answer = server.channel.history()
        await ann.click(answer, label="Delete")
        history = server.channel.history()
    assert answer.reference.message_id == dropped.id
    assert answer.embeds[0].title == "Reggae, clearly"
    assert answer.content == ""
    assert [message.id for message in history] == [dropped.id]


async def test_a_thread_is_opened_for_each_file(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await listen(server, ListeningMode.THREAD)
        for song in (SONG, OTHER_SONG):
            await server.know(song, REGGAE)
        ann = server.member("ann")
        files = [("song.mp3", SONG), ("other.mp3", OTHER_SONG)]
        dropped = await ann.send(server.channel, attachments=files)
        (thread,) = server.channel.threads
        answers = thread.history()
        await ann.click(answers[-1], label="Agree")
        voted = thread.history()[-1].embeds[0].fields[-1].value
        in_channel = server.channel.history()
    assert thread.name == "song.mp3"
    assert [answer.embeds[0].title for answer in answers if answer.embeds] == ["Reggae, clearly"] * 2
    assert voted == "**Reggae (1 of 1)**"
    assert in_channel[0].id == dropped.id


async def test_a_reaction_brings_the_details_on_a_click_once(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await listen(server, ListeningMode.REACTION)
        await server.know(SONG, REGGAE)
        ann, bob = server.member("ann"), server.member("bob")
        dropped = await ann.send(server.channel, attachments=[("song.mp3", SONG)])
        quiet = server.channel.history()
        await bob.react(dropped, "👍")
        # The emoji of another answer.
        await bob.react(dropped, "🎷")
        await server.restart()
        still_quiet = len(server.channel.history())
        await bob.react(dropped, "🌴")
        await ann.react(dropped, "🌴")
        _, details = server.channel.history()
        await bob.click(details, label="Agree")
        voted = server.channel.history()[1].embeds[0].fields[-1].value
    assert len(quiet) == 1
    assert reactions(quiet[0]) == [("🌴", 1)]
    assert still_quiet == 1
    assert details.embeds[0].title == "Reggae, clearly"
    assert details.reference.message_id == dropped.id
    assert voted == "**Reggae (1 of 1)**"


@pytest.mark.parametrize("mode", ListeningMode)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.txt", b"not music"),
        ("cat.png", b"not music"),
        ("film.mp4", b"not music"),
        ("disguised.mp3", b"This is a letter and no song.\n" * 50),
        ("empty.wav", b""),
    ],
)
async def test_anything_that_is_not_audio_is_ignored_without_a_word(
    mode: ListeningMode, name: str, data: bytes, open_server: OpenServer
) -> None:
    async with open_server(reads_messages=True) as server:
        await listen(server, mode)
        dropped = await server.member().send(server.channel, "look", attachments=[(name, data)])
        (only,) = server.channel.history()
        assert server.failures() == []
    assert only.id == dropped.id
    assert only.reactions == []


async def test_channels_that_are_not_switched_on_are_left_alone(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        other = server.channel.guild.create_text_channel("other")
        await listen(server, ListeningMode.REPLY, channel=other)
        await server.member().send(server.channel, attachments=[("song.mp3", SONG)])
        assert len(server.channel.history()) == 1


async def test_without_the_intent_nothing_is_dropped_as_far_as_the_bot_sees(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await listen(server, ListeningMode.REPLY)
        await server.member().send(server.channel, attachments=[("song.mp3", SONG)])
        assert len(server.channel.history()) == 1


async def test_bots_are_left_alone(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await listen(server, ListeningMode.REPLY)
        robot = server.channel.guild.add_member(server.env.create_user("robot", bot=True))
        await robot.send(server.channel, attachments=[("song.mp3", SONG)])
        assert len(server.channel.history()) == 1


@pytest.mark.parametrize("links", [False, True])
async def test_links_count_where_the_admin_wants_them(links: bool, open_knowing_server: OpenServer) -> None:
    asked: list[str] = []

    def reader(*_: Any, **__: Any) -> Any:
        class Reader:
            """Notes what would be opened."""

            folder = None
            max_bytes = 0

            class http:
                @staticmethod
                def on_disk(link: Any, **_: Any) -> Any:
                    asked.append(link.url)
                    raise QueueFull

        return Reader()

    async with open_knowing_server(reads_messages=True, links=reader) as server:
        await listen(server, ListeningMode.REACTION, links=links)
        await server.member().send(server.channel, "try https://example.com/song.mp3 and http://example.com/b.mp3")
        assert len(server.channel.history()) == 1
    assert asked == (["https://example.com/song.mp3"] if links else [])


async def test_where_the_bot_may_not_answer_nothing_breaks(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        guild = server.channel.guild
        everyone = {guild.default_role: discord.PermissionOverwrite(add_reactions=False, create_public_threads=False)}
        channel = guild.create_text_channel("quiet", overwrites=everyone)
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        for mode in (ListeningMode.REACTION, ListeningMode.THREAD):
            await listen(server, mode, channel=channel)
            await ann.send(channel, attachments=[("song.mp3", SONG)])
        history = channel.history()
        assert server.env.errors == []
        kept = await server.bot.services.store.privacy.kept_about(ann.id)
    assert all(not message.reactions and not message.embeds for message in history)
    assert kept["answers"] == []


async def test_what_is_no_music_gets_a_mute_sign(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await listen(server, ListeningMode.REACTION)
        await server.know(SONG, analysis_of((0.0, [{"reggae": 0.8}] * 6), verdict=Verdict.NOT_MUSIC))
        dropped = await server.member().send(server.channel, attachments=[("talk.mp3", SONG)])
        (only,) = server.channel.history()
    assert only.id == dropped.id
    assert reactions(only) == [("🔇", 1)]


async def test_a_thread_is_listened_to_as_the_channel_around_it(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await listen(server, ListeningMode.THREAD)
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        await ann.send(server.channel, attachments=[("song.mp3", SONG)])
        (thread,) = server.channel.threads
        dropped = await ann.send(thread, attachments=[("again.mp3", SONG)])
        answer = thread.last_message
    assert answer.reference.message_id == dropped.id
    assert answer.embeds[0].title == "Reggae, clearly"


async def test_a_deleted_channel_is_forgotten(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        channel = server.channel.guild.create_text_channel("soon gone")
        await listen(server, ListeningMode.REPLY, channel=channel)
        server.env.backend.delete_channel(channel.id)
        await server.env.settle()
        assert server.bot.services.store.channels.mode(channel.id) is None
