"""The buttons under an answer: for everybody, after a restart, and against those who forge clicks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import discord
import pytest
from simcord.actors import _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.enums import InteractionType

from bot.cards.analysis import PICTURE_NAME
from bot.texts.catalogue import ENGLISH
from classifier.result import Analysis, Confusion, Evidence, Verdict, Why
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONG = b"the bytes of a song"
OTHER_SONG = b"the bytes of another song"
WHY = Why((Evidence("a slow beat", 0.5),), (Confusion("disco", 0.12),))


def heard(verdict: Verdict = Verdict.CLEAR) -> Analysis:
    return replace(analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6), verdict=verdict), why=WHY)


async def ask(server: Any, member: Any, song: bytes = SONG, **options: Any) -> Any:
    result = await member.slash(server.channel, "genre", file=("song.ogg", song), **options)
    return result.response


def labels(response: Any) -> list[str]:
    return [child["label"] for row in response.components for child in row["components"]]


def votes(response: Any) -> str | None:
    fields = {field.name: field.value for field in response.embeds[0].fields}
    return fields.get("🗳️ Members say")


async def choose(member: Any, response: Any, genre: str) -> Any:
    form = await member.click(response, label="Wrong?")
    (label,) = form.modal["components"]
    return await member.submit_modal(form, {label["component"]["custom_id"]: [genre]})


@pytest.mark.parametrize(
    ("verdict", "private", "expected"),
    [
        (Verdict.CLEAR, False, ["Why?", "Agree", "Wrong?", "Add to playlist", "Delete"]),
        (Verdict.CLOSE_CALL, False, ["Why?", "Agree", "Wrong?", "Add to playlist", "Delete"]),
        (Verdict.UNSURE, False, ["Why?", "I know it", "Add to playlist", "Delete"]),
        (Verdict.NOT_MUSIC, False, ["Why?", "I know it", "Delete"]),
        (Verdict.CLEAR, True, ["Why?", "Agree", "Wrong?", "Add to playlist"]),
    ],
)
async def test_the_buttons_fit_the_verdict(
    verdict: Verdict, private: bool, expected: list[str], open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard(verdict))
        response = await ask(server, server.member(), private=private)
    assert labels(response) == expected


async def test_why_gives_the_evidence_to_the_one_who_asks_alone(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        response = await ask(server, server.member("ann"))
        click = await server.member("bob").click(response, label="Why?")
    assert click.ephemeral
    (card,) = click.response.embeds
    assert card.title == "Why Reggae?"
    assert "What speaks for reggae: a slow beat." in card.description
    assert "Of clips called reggae, some were really disco (12%)." in card.description


async def test_each_member_has_one_vote_that_can_be_changed_and_taken_back(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann, bob, cleo = (server.member(name) for name in ("ann", "bob", "cleo"))
        response = await ask(server, ann)
        shown = []
        for vote in (
            lambda: ann.click(response, label="Agree"),
            lambda: ann.click(response, label="Agree"),
            lambda: choose(bob, response, "hiphop"),
            lambda: choose(cleo, response, "reggae"),
            lambda: choose(ann, response, "hiphop"),
            lambda: choose(ann, response, "genre-bot:none"),
        ):
            await vote()
            shown.append(votes(response))
        await choose(bob, response, "genre-bot:none")
        await choose(cleo, response, "genre-bot:none")
        nobody = votes(response)
        title = response.embeds[0].title
    assert shown == [
        "**Reggae (1 of 1)**",
        "**Reggae (1 of 1)**",
        "Hip-hop (1 of 2) · reggae (1)",
        "**Reggae (2 of 3)** · hip-hop (1)",
        "**Hip-hop (2 of 3)** · reggae (1)",
        "Hip-hop (1 of 2) · reggae (1)",
    ]
    assert nobody is None
    # The bot's own answer stands beside the votes, unchanged.
    assert title == "Reggae, clearly"


async def test_the_form_shows_the_own_vote_and_only_then_offers_to_take_it_back(
    open_knowing_server: OpenServer,
) -> None:
    def options(form: Any) -> dict[str, bool]:
        menu = form.modal["components"][0]["component"]
        return {option["value"]: option.get("default", False) for option in menu["options"]}

    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        response = await ask(server, ann)
        before = options(await ann.click(response, label="Wrong?"))
        await choose(ann, response, "jazz")
        after = options(await ann.click(response, label="Wrong?"))
    assert len(before) == 10
    assert not any(before.values())
    assert set(after) == {*before, "genre-bot:none"}
    assert [genre for genre, chosen in after.items() if chosen] == ["jazz"]


async def test_votes_belong_to_the_clip_and_the_server(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        await server.know(OTHER_SONG, heard())
        ann = server.member("ann")
        await ann.click(await ask(server, ann), label="Agree")
        again, other = await ask(server, ann), await ask(server, ann, OTHER_SONG)
        elsewhere = server.env.create_guild("Elsewhere")
        channel = elsewhere.create_text_channel("music")
        zoe = elsewhere.add_member(server.env.create_user("zoe"))
        abroad = await ask(replace(server, channel=channel), zoe)
    assert votes(again) == "**Reggae (1 of 1)**"
    assert votes(other) is None
    assert votes(abroad) is None


async def test_a_vote_keeps_the_picture_in_its_place(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard(), picture=b"a picture")
        ann = server.member()
        response = await ask(server, ann)
        await ann.click(response, label="Agree")
        edits = [request.json for request in server.env.http_requests if request.path.endswith("/callback")]
        names = [attachment.filename for attachment in response.attachments]
    assert edits[-1]["data"]["embeds"][0]["image"]["url"] == f"attachment://{PICTURE_NAME}"
    assert names == [PICTURE_NAME]


async def test_everything_works_after_a_restart(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann, bob = server.member("ann"), server.member("bob")
        response = await ask(server, ann)
        form = await bob.click(response, label="Wrong?")
        await server.restart()
        why = await bob.click(response, label="Why?")
        # A form that was opened before the restart counts as well.
        await bob.submit_modal(form, {form.modal["components"][0]["component"]["custom_id"]: ["rock"]})
        await ann.click(response, label="Agree")
        shown = votes(response)
        await ann.click(response, label="Delete")
        history = server.channel.history()
    assert why.response.embeds
    assert shown == "Reggae (1 of 2) · rock (1)"
    assert history == []


async def test_only_the_asker_and_moderators_delete(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        guild = server.channel.guild
        role = guild.create_role("moderators", permissions=discord.Permissions(manage_messages=True))
        moderator = guild.add_member(server.env.create_user("mod"), roles=[role])
        ann, bob = server.member("ann"), server.member("bob")
        response = await ask(server, ann)
        refusal = await bob.click(response, label="Delete")
        still_there = len(server.channel.history())
        await moderator.click(response, label="Delete")
        history = server.channel.history()
    assert (refusal.response.content, refusal.ephemeral) == (ENGLISH("click-not-yours"), True)
    assert still_there == 1
    assert history == []


async def test_a_deleted_answer_is_forgotten_however_it_was_deleted(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        for delete in ("button", "message"):
            response = await ask(server, ann)
            if delete == "button":
                await ann.click(response, label="Delete")
            else:
                server.env.backend.delete_message(response.channel_id, response.id)
                await server.env.settle()
        kept = await server.bot.services.store.privacy.kept_about(ann.id)
    assert kept["answers"] == []


async def test_an_answer_that_is_not_remembered_any_more_says_so(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        response = await ask(server, ann)
        await server.bot.services.store.privacy.forget(ann.id)
        told = []
        for label in ("Why?", "Agree", "Wrong?", "Delete"):
            click = await ann.click(response, label=label)
            told.append((click.response.content, click.ephemeral))
    assert told == [(ENGLISH("click-forgotten"), True)] * 4


# Clicks that no client sends by itself.


async def forge(member: Any, message: Any, custom_id: str, *, values: list[str] | None = None) -> Any:
    """Send a click, or a form if there are values, with a custom id of one's own."""
    env = member._env
    stored = env.backend.get_message(message.channel_id, message.id)
    channel = ChannelHandle(env, member.guild, env.backend.get_channel(stored.channel_id))
    data: dict[str, Any] = {"custom_id": custom_id}
    kind = InteractionType.MESSAGE_COMPONENT
    if values is None:
        data["component_type"] = 2
    else:
        kind = InteractionType.MODAL_SUBMIT
        select = {"type": 3, "custom_id": "anything", "values": values}
        data["components"] = [{"type": 18, "component": select}]
    return await _dispatch_actor_interaction(
        member,
        kind,
        channel,
        data,
        extra={"message": dict(serializers.message_payload(env.backend, stored))},
        source_message_id=stored.id,
    )


def custom_ids(response: Any) -> dict[str, str]:
    return {child["label"]: child["custom_id"] for row in response.components for child in row["components"]}


@pytest.mark.parametrize("label", ["Why?", "Agree", "Wrong?", "Delete"])
async def test_a_custom_id_that_is_replayed_elsewhere_does_nothing(label: str, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        await server.know(OTHER_SONG, heard())
        ann, bob = server.member("ann"), server.member("bob")
        victim = await ask(server, ann)
        own = await ask(server, bob, OTHER_SONG)
        # Even where Discord were to let it through that the message has this button.
        server.env.backend.edit_message(own.channel_id, own.id, {"components": victim.components})
        click = await bob.click(own, label=label)
        left = {message.id for message in server.channel.history()}
        tally = await server.bot.services.store.votes.tally(digest(SONG), server.channel.guild.id)
    assert (click.response.content, click.ephemeral) == (ENGLISH("click-forgotten"), True)
    assert left == {victim.id, own.id}
    assert tally == ()


@pytest.mark.parametrize(
    "custom_id",
    [
        "genre-bot:why:0:en",
        "genre-bot:why:999999999999999999:en",
        "genre-bot:agree:424242:en",
        "genre-bot:delete:424242:xx",
    ],
)
async def test_a_number_of_no_answer_does_nothing(custom_id: str, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        response = await ask(server, ann)
        button = {"type": 2, "style": 2, "label": "Press me", "custom_id": custom_id}
        row = {"type": 1, "components": [button]}
        server.env.backend.edit_message(response.channel_id, response.id, {"components": [row]})
        click = await ann.click(response, label="Press me")
        assert len(server.channel.history()) == 1
    assert click.response.content == ENGLISH("click-forgotten")


@pytest.mark.parametrize("label", ["Why?", "Agree", "Wrong?", "Delete"])
async def test_a_click_on_a_button_that_the_message_does_not_have_is_not_even_heard(
    label: str, open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        await server.know(OTHER_SONG, heard())
        ann, bob = server.member("ann"), server.member("bob")
        victim = await ask(server, ann)
        own = await ask(server, bob, OTHER_SONG)
        click = await forge(bob, own, custom_ids(victim)[label])
        left = {message.id for message in server.channel.history()}
    assert not click.acknowledged
    assert left == {victim.id, own.id}


@pytest.mark.parametrize(
    "custom_id",
    [
        "genre-bot:why:1",
        "genre-bot:why:-1:en",
        "genre-bot:why:1:en:x",
        "genre-bot:why:1e3:en",
        "genre-bot:nothing:1:en",
    ],
)
async def test_what_is_no_custom_id_of_ours_is_not_taken_for_one(
    custom_id: str, open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        response = await ask(server, ann)
        click = await forge(ann, response, custom_id)
        assert len(server.channel.history()) == 1
    assert not click.acknowledged


@pytest.mark.parametrize(
    "values",
    [["polka"], ["@everyone"], [""], [], ["reggae", "rock"], ["reggae' OR 1=1"], ["x" * 5000]],
)
async def test_a_vote_for_a_genre_that_does_not_exist_does_not_count(
    values: list[str], open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        response = await ask(server, ann)
        form = custom_ids(response)["Wrong?"].replace("wrong", "vote")
        click = await forge(ann, response, form, values=values)
        tally = await server.bot.services.store.votes.tally(digest(SONG), server.channel.guild.id)
    assert (click.response.content, click.ephemeral) == (ENGLISH("vote-unknown"), True)
    assert tally == ()


async def test_a_vote_counts_where_the_card_was_taken_out_of_the_message(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, heard())
        ann = server.member()
        response = await ask(server, ann)
        server.env.backend.edit_message(response.channel_id, response.id, {"embeds": []})
        click = await ann.click(response, label="Agree")
        tally = await server.bot.services.store.votes.tally(digest(SONG), server.channel.guild.id)
    assert (click.response.content, click.ephemeral) == (ENGLISH("vote-taken"), True)
    assert [(entry.genre, entry.votes) for entry in tally] == [("reggae", 1)]


def digest(song: bytes) -> str:
    return hashlib.sha256(song).hexdigest()
