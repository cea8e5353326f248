"""Tracks go into playlists by command, by the button under an answer, and from channels that feed one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from bot.playlists.errors import BadTrackTitle, CannotListen, NotACollaborator, NothingToAddTo, PlaylistFull
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.track import Source, Track
from bot.playlists.wanted import Wanted
from bot.store.channels import ListeningMode
from classifier.result import Verdict
from tests.bot.listed_site import ListedSite, track_link
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONG = b"the bytes of a song"
OTHER_SONG = b"the bytes of another song"
TALK = b"the bytes of a speech"
REGGAE = analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6))


async def made(server: Any, owner: Any, name: str = "Chill", *, shared: bool = False) -> int:
    playlists = server.bot.services.store.playlists
    playlist_id: int = await playlists.create(server.channel.guild.id, name, owner.id)
    if shared:
        await playlists.share(playlist_id, Collaborator(SharedWith.EVERYONE))
    return playlist_id


async def tracks(server: Any, playlist_id: int) -> list[Track]:
    return list((await server.bot.services.store.track_pages.page(playlist_id, Wanted(), 0)).tracks)


async def test_a_file_is_listened_to_answered_and_added_once(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        chill = await made(server, ann)
        notes = []
        for name in ("One *Love*.mp3", "the same again.mp3"):
            added = await ann.slash(server.channel, "playlist add", playlist="chill", file=(name, SONG))
            (card,) = added.response.embeds
            notes.append({field.name: field.value for field in card.fields}["Playlist"])
        (track,) = await tracks(server, chill)
    assert card.title == "Reggae, clearly"
    assert notes == ["Added to **Chill**.", "It is in **Chill** already."]
    assert (track.title, track.adder, track.genre) == ("One *Love*", ann.id, "reggae")
    assert track.probability == pytest.approx(0.8)
    assert track.verdict is Verdict.CLEAR
    assert track.tempo == pytest.approx(120.19)


async def test_only_collaborators_add(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, REGGAE)
        ann, bob = server.member("ann"), server.member("bob")
        chill = await made(server, ann)
        refused = await bob.slash(server.channel, "playlist add", playlist="Chill", file=("song.mp3", SONG))
        answer = await bob.slash(server.channel, "genre", file=("song.mp3", SONG))
        nowhere = await bob.click(answer.response, label="Add to playlist")
        assert server.failures() == [NotACollaborator]
        assert await tracks(server, chill) == []
    assert "not shared with you" in refused.response.embeds[0].description
    assert nowhere.ephemeral
    assert str(NothingToAddTo()) == nowhere.response.embeds[0].description


async def test_nothing_is_heard_in_vain_for_a_playlist_and_no_answer_is_lost(
    open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        chill = await made(server, ann)

        async def add(name: str = "song.mp3", data: bytes = SONG, **options: str) -> Any:
            added = await ann.slash(server.channel, "playlist add", playlist="Chill", file=(name, data), **options)
            return added.response.embeds[0]

        # Nobody knows these bytes, and nobody is there to listen to them.
        unread = [await add("\u202e.mp3", OTHER_SONG), await add(data=OTHER_SONG, title="\u202e")]
        monkeypatch.setattr("bot.store.tracks.MOST_TRACKS", 0)
        late = await add()
        monkeypatch.setattr("bot.commands.playlists.adding.MOST_TRACKS", 0)
        early = await add(data=OTHER_SONG)
        assert server.failures() == [BadTrackTitle, BadTrackTitle, PlaylistFull]
        assert await tracks(server, chill) == []
    assert [card.description for card in unread] == [str(BadTrackTitle())] * 2
    assert late.title == "Reggae, clearly"
    assert {field.name: field.value for field in late.fields}["Playlist"] == str(PlaylistFull(0))
    assert early.description == str(PlaylistFull(0))


async def test_the_button_under_an_answer_adds_it_under_a_title_of_ones_own(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        await server.know(SONG, REGGAE)
        ann, bob = server.member("ann"), server.member("bob")
        chill = await made(server, ann, shared=True)
        await made(server, ann, "Private")
        answer = await ann.slash(server.channel, "genre", file=("One_*Love*.mp3", SONG))
        await server.restart()
        form = await bob.click(answer.response, label="Add to playlist")
        menu, title = (label["component"] for label in form.modal["components"])
        added = await bob.submit_modal(form, {menu["custom_id"]: [str(chill)], title["custom_id"]: "One Love"})
        (track,) = await tracks(server, chill)
    assert [option["label"] for option in menu["options"]] == ["Chill"]
    assert title["value"] == "One_*Love*"
    assert added.ephemeral
    assert added.response.content == "Added to **Chill**."
    assert (track.title, track.adder, track.genre) == ("One Love", bob.id, "reggae")


@pytest.mark.parametrize(
    ("mode", "files", "position"),
    [
        (ListeningMode.REPLY, 1, 0),
        (ListeningMode.REPLY, 2, None),
        (ListeningMode.REACTION, 2, 1),
        (None, 1, None),
    ],
)
async def test_the_button_notes_the_message_of_a_file_where_it_is_certain(
    mode: ListeningMode | None, files: int, position: int | None, open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await server.know(SONG, REGGAE)
        await server.know(OTHER_SONG, analysis_of((0.0, [{"jazz": 0.9}])))
        ann, channel = server.member("ann"), server.channel
        chill = await made(server, ann)
        if mode is None:
            shared = answer = (await ann.slash(channel, "genre", file=("song.mp3", OTHER_SONG))).response
        else:
            await server.bot.services.store.channels.set(channel.id, channel.guild.id, mode, links=False)
            attachments = [("first.mp3", SONG), ("song.mp3", OTHER_SONG)][-files:]
            shared = await ann.send(channel, attachments=attachments)
            if mode is ListeningMode.REACTION:
                await ann.react(shared, "🎷")
            answer = channel.history()[-1]
        form = await ann.click(answer, label="Add to playlist")
        menu, title = (label["component"] for label in form.modal["components"])
        await ann.submit_modal(form, {menu["custom_id"]: [str(chill)], title["custom_id"]: "Song"})
        (track,) = await tracks(server, chill)
    assert track.genre == "jazz"
    assert track.source == (None if position is None else Source(channel.id, shared.id, position))


async def test_speech_has_no_button_and_is_added_by_no_channel(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        await server.know(TALK, analysis_of((0.0, [{"reggae": 0.8}] * 6), verdict=Verdict.NOT_MUSIC))
        ann = server.member("ann")
        chill = await made(server, ann)
        answer = await ann.slash(server.channel, "genre", file=("talk.mp3", TALK))
        await server.bot.services.store.playlist_channels.set(server.channel.id, chill)
        await ann.send(server.channel, attachments=[("talk.mp3", TALK)])
        assert await tracks(server, chill) == []
    labels = [child["label"] for row in answer.response.components for child in row["components"]]
    assert "Add to playlist" not in labels


@pytest.mark.parametrize("mode", [None, ListeningMode.REPLY, ListeningMode.REACTION])
async def test_what_is_shared_in_a_channel_goes_into_its_playlist(
    mode: ListeningMode | None, open_knowing_server: OpenServer
) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        for song in (SONG, OTHER_SONG):
            await server.know(song, REGGAE)
        guild, channel = server.channel.guild, server.channel
        admin = server.admin()
        ann = server.member("ann")
        chill = await made(server, admin)
        if mode is not None:
            await server.bot.services.store.channels.set(channel.id, guild.id, mode, links=False)
        on = await admin.slash(channel, "playlist channel", playlist="Chill")
        await server.restart()
        shared = await ann.send(channel, attachments=[("song.mp3", SONG), ("other.mp3", OTHER_SONG)])
        added = await tracks(server, chill)
        await admin.slash(channel, "playlist channel", playlist="Chill", stop=True)
        await ann.send(channel, attachments=[("song.mp3", SONG)])
        cards = [message.embeds[0] for message in channel.history() if message.reference is not None]
        reactions = {str(reaction.emoji) for reaction in channel.history()[1].reactions}
        assert len(await tracks(server, chill)) == 2
    assert f"Every track that is shared in <#{channel.id}> goes into **Chill**" in on.response.content
    assert {(track.title, track.adder, track.source) for track in added} == {
        ("song", ann.id, Source(channel.id, shared.id, 0)),
        ("other", ann.id, Source(channel.id, shared.id, 1)),
    }
    if mode is ListeningMode.REPLY:
        assert [field.value for card in cards for field in card.fields if field.name == "Playlist"] == [
            "Added to **Chill**."
        ] * 2
    else:
        assert reactions == {"🌴", "📥"}


async def test_a_channel_cannot_be_collected_from_where_discord_shows_nothing(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        admin = server.admin()
        await made(server, admin)
        refused = await admin.slash(server.channel, "playlist channel", playlist="Chill")
        assert server.failures() == [CannotListen]
    assert "Message Content" in refused.response.embeds[0].description


@pytest.mark.parametrize("mode", [None, ListeningMode.REACTION])
async def test_what_is_shared_while_its_playlist_is_deleted_goes_nowhere(
    mode: ListeningMode | None, open_knowing_server: OpenServer
) -> None:
    site = ListedSite()
    async with open_knowing_server(reads_messages=True, links=site.reader) as server:
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        store, channel = server.bot.services.store, server.channel
        if mode is not None:
            await store.channels.set(channel.id, channel.guild.id, mode, links=False)
        chill = await made(server, ann)
        await store.playlist_channels.set(channel.id, chill)
        await store.playlists.delete(chill)
        await ann.send(channel, track_link("a"))
        await ann.send(channel, attachments=[("song.mp3", SONG)])
        await store.playlists.bring_back(chill, channel.guild.id)
        assert await tracks(server, chill) == []
        await ann.send(channel, attachments=[("song.mp3", SONG)])
        assert len(await tracks(server, chill)) == 1
        reactions = [[str(reaction.emoji) for reaction in message.reactions] for message in channel.history()]
    assert reactions == [[], [] if mode is None else ["🌴"], ["🌴", "📥"]]
    assert not site.fetched


async def test_a_channel_that_was_deleted_while_the_bot_was_off_feeds_nothing(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server(reads_messages=True) as server:
        ann = server.member("ann")
        store = server.bot.services.store
        chill = await made(server, ann)
        for channel_id in (server.channel.id, 424_242):
            await store.playlist_channels.set(channel_id, chill)
        await server.restart()
        assert server.bot.services.store.playlist_channels.channels(chill) == (server.channel.id,)
