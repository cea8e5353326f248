"""What the bot tells of itself, and of what it keeps about a member."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.store.channels import ListeningMode
from classifier.headline import Headline
from tests.bot.stores import Calendar
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONG = b"the bytes of a song"
REGGAE = analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6))
HEADLINE = Headline("default", 290, 0.793, 0.71, 0.86, 0.959, 0.052, 0.74, 0.91)


async def run(server: Any, command: str, member: Any = None, **options: Any) -> Any:
    return await (member or server.member()).slash(server.channel, command, **options)


def fields(result: Any) -> dict[str, str]:
    return {field.name: field.value for field in result.response.embeds[0].fields}


async def test_about_says_how_good_it_is_by_the_model_card(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        facts = replace(server.bot.services.facts, headline=HEADLINE)
        object.__setattr__(server.bot.services, "facts", facts)
        result = await run(server, "about")
    assert result.ephemeral
    good = fields(result)["How good I am"]
    assert good == (
        "Of 290 clips by artists that I had never heard, I named the right genre for 79% (95% interval 71% to 86%), "
        "and had it among the first three for 96%. 74% of my answers were clear, and 91% of those were right. "
        "My percentages were off by 5 percentage points on average."
    )
    assert f"Model default {facts.model.version}" in result.response.embeds[0].footer.text


async def test_about_tells_the_figures_of_the_card_that_ships(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        card = server.bot.services.facts.headline
        result = await run(server, "about")
    assert card is not None
    assert f"Of {card.clips} clips" in fields(result)["How good I am"]
    assert card.low < card.accuracy < card.high


async def test_about_of_another_model_claims_only_what_its_manifest_says(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        facts = replace(server.bot.services.facts, headline=None)
        object.__setattr__(server.bot.services, "facts", facts)
        own = fields(await run(server, "about"))
        object.__setattr__(server.bot.services, "facts", replace(facts, held_out=None))
        silent = fields(await run(server, "about"))
    assert own["How good I am"].startswith("On 733 clips held out when this model was made")
    assert "What I get wrong" not in own
    assert "How good I am" not in silent


async def test_about_names_the_limits_with_their_values(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(
        max_upload_mb=12.5,
        max_seconds=600,
        queue_limit=7,
        member_cooldown=30,
        link_sites="bandcamp,youtube,youtubeytbe",
    ) as server:
        limits = fields(await run(server, "about"))["What I take"]
    for expected in (
        "up to 12.5 MB",
        "tracks on Bandcamp and YouTube.",
        "Up to 10 minutes",
        "2 clips of one member and 7 of everybody",
        "• A member's clips 30 s apart.",
    ):
        assert expected in limits


@pytest.mark.parametrize(
    ("member", "server_wide", "told"),
    [
        (0, 0, []),
        (30, 0, ["• A member's clips 30 s apart."]),
        (0, 5, ["• A server's clips 5 s apart."]),
        (30, 5, ["• A member's clips 30 s apart.", "• A server's clips 5 s apart."]),
    ],
)
async def test_about_names_only_the_cool_downs_that_are_set(
    member: int, server_wide: int, told: list[str], open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server(member_cooldown=member, server_cooldown=server_wide) as server:
        limits = fields(await run(server, "about"))["What I take"]
    assert [line for line in limits.splitlines() if line.endswith("apart.")] == told


async def test_help_names_every_way_to_ask(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        result = await run(server, "help")
    text = result.response.embeds[0].description
    assert result.ephemeral
    for way in (
        *("/genre", "Classify genre", "Mention me", "Write to me", "Drop an audio file"),
        *("/about", "/privacy", "/genre-settings"),
    ):
        assert way in text


@pytest.mark.parametrize(
    ("reads_messages", "on", "expected"),
    [
        (True, True, "into this channel: I answer by myself here"),
        (True, False, "this one is not"),
        (False, True, "not possible yet"),
    ],
)
async def test_help_says_what_becomes_of_dropped_files_right_here(
    reads_messages: bool, on: bool, expected: str, open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server(reads_messages=reads_messages) as server:
        if on:
            channels = server.bot.services.store.channels
            await channels.set(server.channel.id, server.channel.guild.id, ListeningMode.REPLY, links=False)
        result = await run(server, "help")
    assert expected in result.response.embeds[0].description


async def test_help_in_a_direct_message(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        result = await server.env.create_user("ann").slash("help")
    assert "where an admin has switched me on" in result.response.embeds[0].description


async def ask_and_vote(server: Any, member: Any) -> None:
    await server.know(SONG, REGGAE)
    result = await run(server, "genre", member, file=("secret-name.mp3", SONG))
    await member.click(result.response, label="Agree")


async def test_privacy_shows_how_much_is_kept_to_the_member_alone(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(keep_days=40, leave_grace_days=0, undo_days=7) as server:
        ann, bob = server.member("ann"), server.member("bob")
        await ask_and_vote(server, ann)
        await ask_and_vote(server, ann)
        await run(server, "playlist create", ann, name="Chill")
        await run(server, "playlist add", ann, playlist="Chill", file=("secret-name.mp3", SONG))
        shown = await run(server, "privacy show", ann)
        others = await run(server, "privacy show", bob)
    assert shown.ephemeral
    lines, how_long, _ = shown.response.embeds[0].description.split("\n\n")
    assert lines.splitlines() == [
        "• 3 answers to you: which clips (checksums, not the sound), where and when",
        "• One vote",
        "• That one playlist is yours",
        "• That you added one track",
    ]
    assert "40 days after anybody last sent the clip" in how_long
    assert "can be brought back for 7 days" in how_long
    assert "Of a server that removes me, everything is forgotten within a day." in how_long
    assert "your Discord id is" in how_long
    assert others.response.embeds[0].description.startswith("I keep nothing about you.\n\n")


async def test_privacy_exports_everything_as_a_file(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await ask_and_vote(server, ann)
        await run(server, "playlist create", ann, name="Chill")
        result = await run(server, "privacy export", ann)
        (attachment,) = result.response.attachments
        document = await attachment.read()
    kept = json.loads(document)
    assert result.ephemeral
    assert attachment.filename == "genre-bot-about-me.json"
    assert kept["member"] == str(ann.id)
    assert len(kept["answers"]) == 1
    assert [vote["genre"] for vote in kept["votes"]] == ["reggae"]
    assert [playlist["playlist"] for playlist in kept["playlists"]] == ["Chill"]
    assert b"secret-name" not in document


async def test_an_export_that_discord_would_not_take_is_compressed(
    open_knowing_server: OpenServer, limit_uploads: Callable[[int], None]
) -> None:
    limit_uploads(100)
    async with open_knowing_server() as server:
        result = await run(server, "privacy export", ann := server.member("ann"))
        (attachment,) = result.response.attachments
        document = await attachment.read()
    assert attachment.filename == "genre-bot-about-me.json.gz"
    assert json.loads(gzip.decompress(document))["member"] == str(ann.id)


async def test_privacy_deletes_everything_after_a_question_even_over_a_restart(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        await ask_and_vote(server, ann)
        await ask_and_vote(server, bob)
        await run(server, "playlist create", ann, name="Chill")
        await run(server, "playlist add", ann, playlist="Chill", file=("secret-name.mp3", SONG))
        asked = await run(server, "privacy delete", ann)
        question = asked.response.embeds[0].description
        store = server.bot.services.store
        before = await store.privacy.counts(ann.id)
        await server.restart()
        await ann.click(asked.response, label="Delete it all")
        store = server.bot.services.store
        after = await store.privacy.counts(ann.id)
        others = await store.privacy.counts(bob.id)
        told = asked.response.embeds[0].description
        buttons = asked.response.components
        playlist = await store.playlists.by_name(server.channel.guild.id, "Chill")
        (track,) = await store.track_pages.all_of(playlist.id)
        again = await run(server, "privacy delete", ann)
    assert asked.ephemeral
    assert "It cannot be undone." in question
    assert "• That one playlist is yours" in question
    assert [before[kind] for kind in ("answers", "votes", "playlists", "additions")] == [2, 1, 1, 1]
    assert set(after.values()) == {0}
    assert (others["answers"], others["votes"]) == (1, 1)
    assert told.startswith("Deleted. Nothing about you is left.\n\n• 2 answers to you")
    assert buttons == []
    assert (playlist.owner, track.adder) == (None, None)
    assert (track.top_genre, track.top_votes) == ("reggae", 1)
    assert again.response.embeds[0].description.startswith("I keep nothing about you")
    assert again.response.components == []


async def test_a_server_that_the_bot_leaves_is_forgotten_after_a_while_unless_it_comes_back(
    open_knowing_server: OpenServer,
) -> None:
    calendar = Calendar()
    async with open_knowing_server(clock=calendar) as server:
        ann = server.member("ann")
        await ask_and_vote(server, ann)
        store, guild_id = server.bot.services.store, server.channel.guild.id
        await server.bot.get_guild(guild_id).leave()
        await server.env.settle()
        gone = await store.servers.gone_for(timedelta(0))
        # As when it is invited again, and when Discord tells at a start of which servers the bot is a member.
        await server.bot.on_guild_join(discord.Object(guild_id))
        back = await store.servers.gone_for(timedelta(0))
        await server.restart()
        store = server.bot.services.store
        away = await store.servers.gone_for(timedelta(0))
        calendar.move(days=13)
        await server.restart()
        kept = await server.bot.services.store.privacy.counts(ann.id)
        # A bot that is started every day never runs long enough for the sweep that comes after a day.
        calendar.move(days=1.1)
        await server.restart()
        swept = await server.bot.services.store.privacy.counts(ann.id)
    assert (gone, back, away) == ((guild_id,), (), (guild_id,))
    assert (kept["answers"], kept["votes"]) == (1, 1)
    assert set(swept.values()) == {0}
