"""Every way in which a member asks: the menu of messages, mentions, direct messages, and what is told of each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import discord
import pytest
import simcord.interactions

from bot.errors import CannotRead, NothingToHear, QueueFull
from bot.media.in_message import MOST_CLIPS
from classifier.errors import NotAudio
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONGS = tuple(f"the bytes of song {number}".encode() for number in range(7))
PATIENCE = 60.0
"""Most that anything here is waited for, in seconds: reaching it is a failure."""

REGGAE = analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6))
METAL = analysis_of((0.0, [{"metal": 0.8, "rock": 0.1}] * 6))


def titles(messages: list[Any]) -> list[str | None]:
    return [embed.title for message in messages for embed in message.embeds]


def mentioned(server: Any) -> str:
    return f"<@{server.bot.user.id}>"


# The menu of messages


async def test_the_menu_answers_a_message_of_somebody_else(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONGS[0], REGGAE)
        message = await server.member("bob").send(server.channel, "hear this", attachments=[("a.mp3", SONGS[0])])
        result = await server.member("ann").context_menu(server.channel, "Classify genre", message)
    assert not result.ephemeral
    assert titles([result.response]) == ["Reggae, clearly"]
    assert "a.mp3" in str(result.response.embeds[0].to_dict())


async def test_the_menu_answers_each_of_several_clips_up_to_a_limit(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(jobs_per_member=1) as server:
        for number, song in enumerate(SONGS):
            await server.know(song, REGGAE if number % 2 == 0 else METAL)
        files = [(f"{number}.mp3", song) for number, song in enumerate(SONGS)]
        message = await server.member("bob").send(server.channel, attachments=files)
        ann = server.member("ann")
        result = await ann.context_menu(server.channel, "Classify genre", message)
        answers = [result.response, *result.followups]
        await ann.click(answers[3], label="Agree")
        voted = [len(answer.embeds[0].fields) for answer in [result.response, *result.followups]]
    assert titles(answers) == ["Reggae, clearly", "Metal, clearly"] * 2 + ["Reggae, clearly"]
    assert len(answers) == MOST_CLIPS
    # Each has buttons of its own.
    assert voted[3] == voted[0] + 1


async def test_one_bad_clip_of_several_fails_alone(open_server: OpenServer) -> None:
    async with open_server() as server:
        for song in (SONGS[0], SONGS[2]):
            await server.know(song, REGGAE)
        files = [("0.mp3", SONGS[0]), ("1.mp3", b"no song at all"), ("2.mp3", SONGS[2])]
        message = await server.member("bob").send(server.channel, attachments=files)
        result = await server.member("ann").context_menu(server.channel, "Classify genre", message)
        first, second, third = [result.response, *result.followups]
    assert titles([first, third]) == ["Reggae, clearly"] * 2
    assert second.embeds[0].description == str(NotAudio())
    assert second.components == []


async def test_the_menu_reads_links_and_tells_what_is_wrong_with_them(open_server: OpenServer) -> None:
    async with open_server(link_sites="none") as server:
        bob = server.member("bob")
        message = await bob.send(server.channel, "see https://127.0.0.1/song.mp3, or (https://localhost/a.ogg)!")
        result = await server.member("ann").context_menu(server.channel, "Classify genre", message)
        answers = [result.response, *result.followups]
    assert [answer.embeds[0].description.split(",")[0] for answer in answers] == [
        "That link leads into a private network"
    ] * 2


@pytest.mark.parametrize("files", [[], [("cat.png", b"not music")], [("notes.txt", b"not music")]])
async def test_a_message_without_anything_to_hear_says_so_to_the_asker_alone(
    files: list[tuple[str, bytes]], open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server() as server:
        message = await server.member("bob").send(server.channel, "hello http://example.com", attachments=files)
        result = await server.member("ann").context_menu(server.channel, "Classify genre", message)
        assert server.failures() == [NothingToHear]
    assert result.ephemeral
    assert result.response.embeds[0].description == str(NothingToHear())


async def test_commands_work_for_whoever_installs_the_bot_for_themselves(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        (sync,) = (request.json for request in server.env.http_requests if request.method == "PUT")
        told = {command["name"]: command for command in sync}
    for name in ("genre", "Classify genre", "about", "help", "privacy"):
        assert sorted(told[name]["integration_types"]) == [0, 1]
        assert sorted(told[name]["contexts"]) == [0, 1, 2]
    # An admin's panel is of use only where the bot is a member.
    assert told["genre-settings"]["integration_types"] == [0]
    assert told["genre-settings"]["contexts"] == [0]
    assert told["genre-settings"]["default_member_permissions"] == discord.Permissions(manage_guild=True).value


# Mentions: all of them without the message content intent


async def test_a_mention_with_a_file_is_answered_with_a_reply_that_pings_nobody(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONGS[0], REGGAE)
        text = f"{mentioned(server)} what is this? @everyone"
        asked = await server.member("ann").send(server.channel, text, attachments=[("a.mp3", SONGS[0])])
        question, answer = server.channel.history()
        sent = [request.json for request in server.env.http_requests if request.path.endswith("/messages")]
    assert question.id == asked.id
    assert answer.reference.message_id == asked.id
    assert titles([answer]) == ["Reggae, clearly"]
    for request in sent:
        assert request["allowed_mentions"]["parse"] == []
        assert not request["allowed_mentions"].get("replied_user")


async def test_a_mention_in_reply_to_a_file_is_answered_where_the_bot_may_read(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await server.know(SONGS[0], REGGAE)
        song = await server.member("bob").send(server.channel, "listen", attachments=[("a.mp3", SONGS[0])])
        await server.member("ann").send(server.channel, f"{mentioned(server)}?", reply_to=song)
        history = server.channel.history()
    assert titles(history) == ["Reggae, clearly"]


async def test_a_mention_in_reply_to_what_discord_hides_says_what_to_do(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        song = await server.member("bob").send(server.channel, "listen", attachments=[("a.mp3", SONGS[0])])
        await server.member("ann").send(server.channel, f"{mentioned(server)}?", reply_to=song)
        answer = server.channel.last_message
    assert answer.embeds[0].description == str(CannotRead())
    assert "Classify genre" in answer.embeds[0].description


async def test_a_mention_without_anything_to_hear_says_how_to_ask(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.member("ann").send(server.channel, f"{mentioned(server)} hello")
        answer = server.channel.last_message
    assert answer.embeds[0].description == str(NothingToHear())


async def test_who_only_replies_to_an_answer_asks_for_nothing(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONGS[0], REGGAE)
        ann = server.member("ann")
        await ann.send(server.channel, mentioned(server), attachments=[("a.mp3", SONGS[0])])
        answer = server.channel.last_message
        await ann.send(server.channel, "thank you!", reply_to=answer)
        history = server.channel.history()
    assert len(history) == 3


async def test_mentions_of_everybody_and_messages_without_one_are_left_alone(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        ann = server.member("ann")
        await ann.send(server.channel, "@everyone listen", attachments=[("a.mp3", SONGS[0])])
        await ann.send(server.channel, "listen", attachments=[("a.mp3", SONGS[0])])
        assert len(server.channel.history()) == 2


# Direct messages


async def test_a_direct_message_with_a_file_is_answered(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONGS[0], REGGAE)
        user = server.env.create_user("ann")
        channel = user.dm_channel
        stored = server.env.backend.store_attachments(channel.id, [("a.mp3", SONGS[0])])
        await user.send_dm("what is this?", attachments=stored)
        answer = channel.last_message
        await user.click(answer, label="Agree")
        voted = channel.last_message.embeds[0].fields[-1].value
    assert titles([answer]) == ["Reggae, clearly"]
    assert voted == "**Reggae (1 of 1)**"


async def test_a_direct_message_without_anything_to_hear_says_how_to_ask(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        user = server.env.create_user("ann")
        await user.send_dm("hello")
        answer = user.dm_channel.last_message
    assert answer.embeds[0].description == str(NothingToHear())


async def test_a_forwarded_message_counts_as_well(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await server.know(SONGS[0], REGGAE)
        ann = server.member("ann")
        song = await server.member("bob").send(server.channel, "listen", attachments=[("a.mp3", SONGS[0])])
        forwarded = await ann.forward(song, server.channel)
        result = await ann.context_menu(server.channel, "Classify genre", forwarded)
    assert titles([result.response]) == ["Reggae, clearly"]


# Installed to an account, in a server that the bot is no member of


async def test_where_only_the_member_installed_the_bot_everything_goes_by_the_interaction(
    open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONGS[0], REGGAE)
        ann = server.member("ann")
        base_payload = simcord.interactions.base_payload

        def elsewhere(*arguments: Any, **options: Any) -> Any:
            record, payload = base_payload(*arguments, **options)
            guild = {"id": "4242", "locale": "en-US", "features": []}
            owners = {"1": str(ann.id)}
            return record, payload | {"guild_id": "4242", "guild": guild, "authorizing_integration_owners": owners}

        monkeypatch.setattr(simcord.interactions, "base_payload", elsewhere)
        before = len(server.env.http_requests)
        response = (await ann.slash(server.channel, "genre", file=("a.mp3", SONGS[0]))).response
        await ann.click(response, label="Agree")
        shown = titles([response]), response.embeds[0].fields[-1].value
        await ann.click(response, label="Delete")
        paths = [request.path for request in server.env.http_requests[before:]]
        history = server.channel.history()
    assert shown == (["Reggae, clearly"], "**Reggae (1 of 1)**")
    assert history == []
    assert all(path.startswith(("/interactions/", "/webhooks/")) for path in paths)


async def test_a_full_queue_says_so_at_once(open_knowing_server: OpenServer) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def held(attachment: Any) -> AsyncIterator[bytes]:
        begun.set()
        await go_on.wait()
        yield await attachment.read()

    async with open_knowing_server(fetch=held, queue_limit=1) as server:
        await server.know(SONGS[0], REGGAE)
        ann, bob = server.member("ann"), server.member("bob")
        first = asyncio.create_task(ann.slash(server.channel, "genre", file=("a.mp3", SONGS[0])))
        await begun.wait()
        payload_of_bob = simcord.interactions.base_payload(
            server.env.backend,
            type=2,
            channel_id=server.channel.id,
            guild_id=server.channel.guild.id,
            user_id=bob.id,
            data={
                "id": "1",
                "name": "genre",
                "type": 1,
                "options": [{"name": "link", "type": 3, "value": "https://a.example/a.mp3"}],
            },
        )[1]
        server.env.backend.emit("INTERACTION_CREATE", payload_of_bob)
        async with asyncio.timeout(PATIENCE):
            while not any(message.embeds for message in server.channel.history()):
                await asyncio.sleep(0.01)
        refusal = next(message for message in server.channel.history() if message.embeds)
        go_on.set()
        result = await first
        assert server.failures() == [QueueFull]
    assert refusal.embeds[0].description == str(QueueFull())
    assert titles([result.response]) == ["Reggae, clearly"]
