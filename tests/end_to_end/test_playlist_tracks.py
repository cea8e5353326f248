"""The card of a track: members vote on it, and those who may edit, remove and bring back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playlists.errors import (
    BadTrackTitle,
    IsThereAgain,
    NotHeardYet,
    NothingToUndo,
    NotYourRemoval,
    NotYourTrack,
    TrackRemoved,
)
from bot.playlists.track import Told
from bot.store.votes import GenreVotes
from bot.texts.catalogue import ENGLISH
from classifier.result import TagProbability, Verdict
from tests.bot.tracks import digest_of, heard, track
from tests.end_to_end.browsing import admin, choose, fields, parts, playlist_of, text_of, titles
from tests.end_to_end.conftest import OpenServer
from tests.end_to_end.test_answer_buttons import forge

VOTES = "🗳️ Members say"


async def card_of(server: Any, member: Any, title: str, **options: Any) -> Any:
    """Open the card of the first track that has these words."""
    page = (await member.slash(server.channel, "playlist open", playlist="Chill", text=title, **options)).response
    (first, *_) = parts(page)["page-track"]["options"]
    return await choose(member, page, "page-track", first["value"])


async def pick(member: Any, card: Any, genre: str, *, button: str = "Wrong?") -> None:
    form = await member.click(card, label=button)
    (label,) = form.modal["components"]
    await member.submit_modal(form, {label["component"]["custom_id"]: [genre]})


async def test_members_vote_on_a_track_until_its_genre_is_settled(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob, cleo, dan = (server.member(name) for name in ("ann", "bob", "cleo", "dan"))
        await playlist_of(server, ann, track("Song", heard("rock", tags=["guitar"]), duration=187.0, adder=ann.id))
        opened = {member.name: await card_of(server, member, "song") for member in (ann, bob, cleo, dan)}
        cards = {name: result.response for name, result in opened.items()}
        first = fields(cards["ann"])
        buttons = {name: list(parts(card)) for name, card in cards.items()}
        seen = []
        for member, vote in (
            (ann, lambda: ann.click(cards["ann"], label="Agree")),
            (bob, lambda: pick(bob, cards["bob"], "reggae")),
            (cleo, lambda: pick(cleo, cards["cleo"], "reggae")),
            (dan, lambda: pick(dan, cards["dan"], "reggae")),
        ):
            await vote()
            seen.append(fields(cards[member.name])[VOTES].splitlines())
        await server.restart()
        page = (await ann.slash(server.channel, "playlist open", playlist="Chill", sort="title")).response
        voted = list(parts(cards["bob"]))
        await dan.click(cards["dan"], label="Take vote back")
        unsettled = fields(cards["dan"])[VOTES].splitlines()[1]
        await pick(bob, cards["bob"], "genre-bot:none")
        tally = await server.bot.services.store.votes.tally(digest_of("Song"), server.channel.guild.id)
    assert all(result.ephemeral for result in opened.values())
    card = cards["ann"].embeds[0]
    assert (card.title, card.footer.text) == ("Song", "Chill")
    assert "rock █████████░ 87%" in card.description
    assert card.description.endswith("That is clear.")
    assert first == {
        VOTES: "Nobody has voted yet. 3 members who agree settle the genre.",
        "Sounds like": "guitar",
        "Tempo": "120 BPM",
        "Energy": "█████░░░░░ 50%",
        "Length": "3:07",
        "Added": f"<t:1767225600:D> by <@{ann.id}>",
    }
    assert buttons["ann"] == ["Agree", "Wrong?", "Edit title", "Remove"]
    assert buttons["bob"] == ["Agree", "Wrong?"]
    assert voted == ["Agree", "Wrong?", "Take vote back"]
    assert seen == [
        ["**Rock (1 of 1)**", "2 more votes for rock settle it."],
        ["Reggae (1 of 2) · rock (1)", "2 more votes for reggae settle it."],
        ["**Reggae (2 of 3)** · rock (1)", "One more vote for reggae settles it."],
        ["**Reggae (3 of 4)** · rock (1)", "That settles it: the playlist shows reggae."],
    ]
    assert f"**reggae** by vote · I heard rock (87%) · <@{ann.id}>" in text_of(page)
    assert unsettled == "One more vote for reggae settles it."
    assert tally == (GenreVotes("reggae", 1), GenreVotes("rock", 1))


async def test_a_track_that_was_not_heard_shows_what_a_file_told_and_takes_no_votes_for_it(
    open_knowing_server: OpenServer,
) -> None:
    hostile = "@everyone `[x](https://evil.example)` " + "g" * 60
    told = Told(hostile, 0.5, Verdict.CLEAR, 90.0, None, (TagProbability("<@1> **tag**", 0.9),))
    link = "https://example.com/a(b)"
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await playlist_of(
            server,
            ann,
            track("Nothing known", Told(), digest=None, link=link),
            track("Told", told, told_votes=(GenreVotes("@everyone https://x.example", 2), GenreVotes("jazz", 1))),
            track("Silence", heard(None, verdict=Verdict.NOT_MUSIC)),
        )
        unknown = (await card_of(server, ann, "nothing")).response
        card = (await card_of(server, ann, "told")).response
        silence = (await card_of(server, ann, "silence")).response
        await pick(ann, silence, "jazz", button="I know it")
        page = (await ann.slash(server.channel, "playlist open", playlist="Chill", sort="title")).response
        number = parts(unknown)["Remove"]["custom_id"].split(":")[2]
        forged = [await forge(ann, unknown, f"genre-bot:track-vote:{number}:en", values=["jazz"])]
    assert unknown.embeds[0].url == "https://example.com/a%28b%29"
    assert text_of(unknown) == ENGLISH("track-card-unheard")
    assert list(parts(unknown)) == ["Edit title", "Remove"]
    assert text_of(forged[0].response) == str(NotHeardYet())
    assert list(parts(card)) == ["I know it", "Edit title", "Remove"]
    # Nothing is formatted or mentioned in a code block.
    _, _, after = text_of(card).split("```")
    shown = [after, *fields(card).values(), text_of(page)]
    assert all("@everyone" not in text and "](https://evil" not in text for text in shown)
    assert text_of(card).count("`") == 6
    assert fields(card)["Sounds like"] == "<@1> \\*\\*tag\\*\\*"
    assert fields(card)["Votes that a file told of"].startswith("**@\u200beveryone https: x.example (2 of 3)**")
    assert "[Nothing known](https://example.com/a%28b%29)" in text_of(page)
    assert fields(silence)[VOTES] == "**Jazz (1 of 1)**\n2 more votes for jazz settle it."
    assert text_of(silence) == ENGLISH("track-verdict-not-music")


async def test_only_those_who_may_remove_edit_and_bring_back(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        owner, ann, bob, boss = server.member("owner"), server.member("ann"), server.member("bob"), admin(server)
        new = [track(title, adder=ann.id) for title in ("One *bold*", "Two", "Three")]
        playlist_id = await playlist_of(server, owner, *new)
        store, channel = server.bot.services.store, server.channel
        told = []

        async def left() -> list[str]:
            return sorted(found.title for found in await store.track_pages.all_of(playlist_id))

        async def run(member: Any, command: str, **options: Any) -> Any:
            result = await member.slash(channel, f"playlist {command}", playlist="Chill", **options)
            told.append((text_of(result.response), result.ephemeral))
            return result.response

        await run(bob, "remove", track="one")
        await run(bob, "edit", track="one", title="Mine")
        await run(bob, "undo")
        gone = await run(ann, "remove", track="one")
        await run(bob, "undo")
        refused = await bob.click(gone, label="Undo")
        await server.restart()
        store = server.bot.services.store
        after_one = await left()
        await ann.click(gone, label="Undo")
        undone = (gone.content, gone.components)
        after_undo = await left()
        await run(owner, "remove", track="two")
        await run(ann, "undo")
        await run(boss, "undo")
        await run(boss, "edit", track="three", title="  Drei\u202e ")
        await run(boss, "edit", track="drei", title="\u202e")
        drei = await run(ann, "remove", track="drei")
        await store.tracks.add(playlist_id, new[2])
        again = await ann.click(drei, label="Undo")
        await run(ann, "undo")
        assert set(server.failures()) == {NotYourTrack, NothingToUndo, NotYourRemoval, BadTrackTitle}
        end = await left()
    assert told == [
        (str(NotYourTrack()), True),
        (str(NotYourTrack()), True),
        (str(NothingToUndo()), True),
        ("**One \\*bold\\*** is not in **Chill** any more.", False),
        (str(NotYourRemoval()), True),
        ("**Two** is not in **Chill** any more.", False),
        (str(NotYourRemoval()), True),
        ("**Two** is back in **Chill**.", False),
        ("**Three** in **Chill** is called **Drei** now.", False),
        (str(BadTrackTitle()), True),
        ("**Drei** is not in **Chill** any more.", False),
        (str(NothingToUndo()), True),
    ]
    assert text_of(again.response) == str(IsThereAgain())
    assert text_of(refused.response) == str(NotYourRemoval())
    assert after_one == ["Three", "Two"]
    assert undone == ("**One \\*bold\\*** is back in **Chill**.", [])
    assert after_undo == ["One *bold*", "Three", "Two"]
    assert end == ["One *bold*", "Three", "Two"]


async def test_the_card_edits_and_removes_and_tells_everybody(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(server, bob, track("Song", adder=ann.id))
        card = (await card_of(server, ann, "song")).response
        form = await ann.click(card, label="Edit title")
        await server.restart()
        (label,) = form.modal["components"]
        edit = await ann.submit_modal(form, {label["component"]["custom_id"]: "Better *song*"})
        title = card.embeds[0].title
        other = (await card_of(server, bob, "better")).response
        removal = await ann.click(card, label="Remove")
        gone = [text_of((await bob.click(other, label=name)).response) for name in ("Agree", "Remove", "Edit title")]
        (announced,) = removal.followups
        await bob.click(announced, label="Undo")
        page = (await ann.slash(server.channel, "playlist open", playlist="Chill")).response
    assert label["component"]["value"] == "Song"
    assert title == "Better \\*song\\*"
    assert [(found.content, found.ephemeral) for found in edit.followups] == [
        ("**Song** in **Chill** is called **Better \\*song\\*** now.", False)
    ]
    assert (card.content, card.embeds, card.components) == (
        ENGLISH("track-removed", track="Better \\*song\\*", playlist="Chill"),
        [],
        [],
    )
    assert not announced.ephemeral
    assert announced.content == "**Better \\*song\\*** is back in **Chill**."
    assert gone == [str(TrackRemoved())] * 3
    assert titles(page) == ["Better \\*song\\*"]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_forged_buttons_change_nothing(elsewhere: bool, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        playlist_id = await playlist_of(server, ann, track("Song", adder=ann.id))
        store = server.bot.services.store
        (song,) = await store.track_pages.all_of(playlist_id)
        forger, channel = bob, server.channel
        if elsewhere:
            guild = server.env.create_guild("Elsewhere")
            channel, forger = guild.create_text_channel("music"), guild.add_member(server.env.create_user("zoe"))
            await store.playlists.create(guild.id, "Hers", forger.id)
        message = (await forger.slash(channel, "playlist open", playlist="Hers" if elsewhere else "Chill")).response
        told = []
        for action in ("agree", "wrong", "unvote", "remove", "edit"):
            button = {"type": 2, "style": 2, "label": action, "custom_id": f"genre-bot:track-{action}:{song.id}:en"}
            rows = [{"type": 1, "components": [button]}]
            server.env.backend.edit_message(message.channel_id, message.id, {"components": rows})
            if elsewhere or action in {"remove", "edit"}:
                told.append(text_of((await forger.click(message, label=action)).response))
        for form, values in (("vote", ["jazz"]), ("title", ["Mine"])):
            if elsewhere or form == "title":
                sent = await forge(forger, message, f"genre-bot:track-{form}:{song.id}:en", values=values)
                told.append(text_of(sent.response))
        if not elsewhere:
            bad = await forge(forger, message, f"genre-bot:track-vote:{song.id}:en", values=["polka"])
            assert bad.response.content == ENGLISH("vote-unknown")
        await store.tracks.remove(song.id, ann.id)
        button = {"type": 2, "style": 2, "label": "undo", "custom_id": f"genre-bot:undo:{song.id}"}
        server.env.backend.edit_message(
            message.channel_id, message.id, {"components": [{"type": 1, "components": [button]}]}
        )
        undo = text_of((await forger.click(message, label="undo")).response)
        tally = await store.votes.tally(digest_of("Song"), server.channel.guild.id)
        left = await store.track_pages.all_of(playlist_id)
    assert told == ([str(TrackRemoved())] * 7 if elsewhere else [str(NotYourTrack())] * 3)
    assert undo == str(NothingToUndo() if elsewhere else NotYourRemoval())
    assert tally == left == ()
