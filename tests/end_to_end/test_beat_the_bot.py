"""Members guess against the bot: hidden titles, hidden guesses, one result, and scores that stay."""

from __future__ import annotations

import asyncio
import io
import wave
from concurrent.futures import Future
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.game.errors import CannotPlayHere, NoSuchRound, NothingToGuess, NothingToPlay, RoundIsOpen, RoundIsOver
from bot.game.host import GameHost
from bot.game.round import RoundState
from bot.media.link_errors import AgeRestricted
from bot.playlists.track import NewTrack, Source
from classifier.excerpt import cut_excerpt
from classifier.options import DecodeOptions
from classifier.workers import WorkerConfig
from tests.bot.listed_site import ListedSite, track_link
from tests.bot.stores import Calendar
from tests.bot.tracks import digest_of, heard, track
from tests.end_to_end.browsing import playlist_of
from tests.end_to_end.conftest import NoWorkers, OpenServer, Server

GENRES = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock")
LABELS = ["Blues", "Classical", "Country", "Disco", "Hip-hop", "Jazz", "Metal", "Pop", "Reggae", "Rock"]
EXCERPT = b"RIFF....WAVE of an excerpt"
SONG = b"the bytes of a song"


class Cutters(NoWorkers):
    """Workers that cut excerpts and analyse nothing; what each excerpt was cut from is noted."""

    config = WorkerConfig(Path("unused"))

    def __init__(self) -> None:
        self.cut: list[bytes] = []

    def submit_excerpt(self, path: Path, *, seconds: float) -> Future[bytes]:
        assert seconds == 15.0
        self.cut.append(path.read_bytes())
        job: Future[bytes] = Future()
        job.set_result(self.excerpt(path))
        return job

    def excerpt(self, _: Path) -> bytes:
        return EXCERPT


class RealCutters(Cutters):
    """Workers that cut for good, in the process of the test."""

    def excerpt(self, path: Path) -> bytes:
        return cut_excerpt(path, DecodeOptions(), seconds=15.0)


class Minute:
    """The time that rounds take: it goes by when the test says so."""

    def __init__(self) -> None:
        self.calendar = Calendar()
        self.waited: list[float] = []
        self._over = asyncio.Event()
        self.server: Server | None = None

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        if seconds and self.server is not None:
            await self.server.env.external_wait(self._over.wait(), reason="a round that the test ends")

    def goes_by(self, seconds: float = 60.0) -> None:
        self.calendar.move(seconds=seconds)

    async def end(self, server: Server) -> None:
        """Let all rounds end that are played."""
        self._over.set()
        await server.env.settle()
        self._over = asyncio.Event()


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> Minute:
    minute = Minute()
    monkeypatch.setattr("bot.client.GameHost", partial(GameHost, sleep=minute.sleep))
    monkeypatch.setattr("bot.game.board.EDIT_EVERY_SECONDS", 0.001)
    return minute


@pytest.fixture
def site() -> ListedSite:
    return ListedSite({"song": SONG})


@pytest.fixture
def open_game(open_knowing_server: OpenServer, site: ListedSite, minute: Minute) -> Any:
    def open_game(**options: Any) -> Any:
        options = {"workers": Cutters(), "links": site.reader, "clock": minute.calendar} | options
        return open_knowing_server(**options)

    return open_game


def song(title: str = "One *Love*", genre: str = "rock", name: str = "song") -> NewTrack:
    return track(title, heard(genre), link=track_link(name))


async def start(server: Server, member: Any, *, channel: Any = None) -> Any:
    return (await member.slash(channel or server.channel, "beat-the-bot start", playlist="Chill")).response


async def guess(member: Any, message: Any, label: str) -> Any:
    return (await member.click(message, label=label)).response


def now(server: Server, message: Any) -> discord.Message:
    return next(shown for shown in server.channel.history() if shown.id == message.id)


def text(message: Any) -> str:
    (card,) = message.embeds
    return "\n".join(
        [card.title or "", card.description or "", *(f"{field.name}: {field.value}" for field in card.fields)]
    )


def moderator(server: Server) -> Any:
    guild = server.channel.guild
    role = guild.create_role("moderators", permissions=discord.Permissions(manage_messages=True))
    return guild.add_member(server.env.create_user("mod"), roles=[role])


async def settle(server: Server, title: str, genre: str) -> None:
    for member in (1, 2, 3):
        await server.bot.services.store.votes.cast(digest_of(title), server.channel.guild.id, member, genre)


async def test_a_round_from_the_hidden_clip_to_the_result_and_the_scores(open_game: Any, minute: Minute) -> None:
    async with open_game() as server:
        minute.server = server
        ann, bob, cid, dan = (server.member(name) for name in ("ann", "bob", "cid", "dan"))
        await playlist_of(server, ann, song())
        played = await start(server, ann)
        (file,) = played.attachments
        opened = text(played)
        labels = [child["label"] for row in played.components for child in row["components"]]
        first = await guess(bob, played, "Jazz")
        for member, label in ((bob, "Reggae"), (cid, "Rock"), (dan, "Reggae")):
            await guess(member, played, label)
        during = text(now(server, played))
        await dan.slash(server.channel, "server-stats", me="hide")
        await settle(server, "One *Love*", "reggae")
        minute.goes_by()
        await minute.end(server)
        result = now(server, played)
        scores = (await ann.slash(server.channel, "beat-the-bot scores")).response
        assert server.bot.services.analyzer._workers.cut == [SONG]  # type: ignore[attr-defined]
    assert file.filename == "guess.wav"
    assert "Love" not in opened
    assert "Nobody has guessed yet." in opened
    assert labels == LABELS
    assert first.ephemeral
    assert "You guess **jazz**" in first.content
    assert "3 members have guessed." in during
    assert "Rock" not in during
    words = text(result)
    assert result.components == []
    assert [attachment.filename for attachment in result.attachments] == ["guess.wav"]
    assert "🌴 Reggae was right" in words
    assert f"**[One \\*Love\\*]({track_link('song')})**" in words
    assert "I heard **rock** (87%), and that is wrong." in words
    assert "The community has settled on **reggae**" in words
    assert f"Beat the bot: <@{bob.id}> and one more · 2 points each" in words
    assert "Guesses: reggae (2), rock (1)" in words
    assert scores.embeds[0].description.splitlines() == [
        f"**1.** <@{bob.id}> · **2 points** · 1 round · 100% right",
        f"**2.** <@{cid.id}> · **0 points** · 1 round · 0% right",
    ]


async def test_a_late_guess_is_refused_by_the_bots_clock_and_the_next_round_waits(
    open_game: Any, minute: Minute
) -> None:
    async with open_game() as server:
        minute.server = server
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(server, ann, song())
        played = await start(server, ann)
        waits = await start(server, bob)
        minute.goes_by()
        late = await guess(bob, played, "Rock")
        await minute.end(server)
        words = text(now(server, played))
        again = text(await start(server, bob))
        await minute.end(server)
        assert server.failures() == [RoundIsOpen]
    assert "A round is being played in this channel." in waits.embeds[0].description
    assert waits.ephemeral
    assert late.embeds[0].description == str(RoundIsOver())
    assert "Rock was right" in words
    assert "Nobody has voted on it, so my answer counts." in words
    assert "Nobody guessed." in words
    assert again.startswith("Beat the bot")


async def test_while_a_round_is_about_to_begin_no_other_does(open_game: Any, minute: Minute, site: ListedSite) -> None:
    may_go_on = asyncio.Event()
    async with open_game() as server:
        minute.server = server

        async def wait(_: str) -> None:
            await server.env.external_wait(may_go_on.wait(), reason="a track that the test holds")

        site.before = wait
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(server, ann, song())
        played = await start(server, ann)
        refused = await start(server, bob)
        may_go_on.set()
        await server.env.settle()
        assert [file.filename for file in now(server, played).attachments] == ["guess.wav"]
        assert server.failures() == [RoundIsOpen]
        await minute.end(server)
    assert refused.ephemeral
    assert refused.embeds[0].description == str(RoundIsOpen(None))


async def test_a_round_goes_on_after_a_restart_and_one_that_is_over_is_ended_then(
    open_game: Any, minute: Minute
) -> None:
    async with open_game() as server:
        minute.server = server
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(server, ann, song())
        played = await start(server, ann)
        await guess(bob, played, "Rock")
        minute.goes_by(30)
        await server.restart()
        changed = await guess(bob, played, "Jazz")
        counted = text(now(server, played))
        minute.goes_by(60)
        await server.restart()
        await server.env.settle()
        words = text(now(server, played))
        await server.restart()
        await server.env.settle()
        assert await server.bot.services.store.rounds.unfinished() == ()
    assert minute.waited == [60.0, 30.0, 0.0]
    assert "You guess **jazz**" in changed.content
    assert "One member has guessed." in counted
    assert "Rock was right" in words
    assert "Nobody was right. jazz (1)" in words


async def test_a_round_ends_whatever_was_deleted_meanwhile(open_game: Any, minute: Minute, site: ListedSite) -> None:
    site.tracks["other"] = b"another song"
    async with open_game() as server:
        minute.server = server
        ann, boss = server.member("ann"), moderator(server)
        store = server.bot.services.store
        chill = await playlist_of(server, ann, song())
        played = await start(server, ann)
        await guess(ann, played, "Rock")
        ((track_id, _),) = await store.playable_tracks.of(chill, GENRES)
        await store.tracks.remove(track_id, ann.id)
        await minute.end(server)
        words = text(now(server, played))
        await store.tracks.add(chill, song("Other", "jazz", "other"))
        unseen = await start(server, ann)
        await guess(ann, unseen, "Jazz")
        await boss.delete(now(server, unseen))
        await minute.end(server)
        assert await store.rounds.unfinished() == ()
        (score,) = await store.rounds.scores(server.channel.guild.id)
        assert server.failures() == []
    assert "The track was removed from its playlist meanwhile." in words
    assert f"Right, as I was: <@{ann.id}> · 1 point each" in words
    assert (score.points, score.rounds) == (2, 2)


async def test_a_file_is_played_from_the_message_that_it_came_from(open_game: Any, minute: Minute) -> None:
    async with open_game(reads_messages=True) as server:
        minute.server = server
        ann = server.member("ann")
        sent = await ann.send(server.channel, attachments=[("other.mp3", b"something else"), ("song.mp3", SONG)])
        source = Source(server.channel.id, sent.id, 0)
        digest = sha256(SONG).hexdigest()
        await playlist_of(server, ann, track("File", heard("jazz"), digest=digest, source=source))
        played = await start(server, ann)
        assert played.attachments[0].filename == "guess.wav"
        # The other file of the message was looked at, and nobody will hear it.
        assert server.bot.services.analyzer._workers.cut == [SONG]
        await minute.end(server)
        words = text(now(server, played))
        await ann.delete(sent)
        gone = await start(server, ann)
        assert server.failures() == [NothingToPlay]
    assert f"(https://discord.com/channels/{server.channel.guild.id}/{server.channel.id}/{sent.id})" in words
    assert gone.embeds[0].description == str(NothingToPlay(1))


async def test_another_track_is_played_where_one_cannot_be_had(
    open_game: Any, minute: Minute, site: ListedSite
) -> None:
    site.tracks |= {"gone": AgeRestricted(), "away": AgeRestricted()}
    async with open_game() as server:
        minute.server = server
        ann = server.member("ann")
        chill = await playlist_of(server, ann, song("Gone", name="gone"), song("Away", name="away"))
        refused = await start(server, ann)
        await server.bot.services.store.tracks.add(chill, song())
        played = await start(server, ann)
        assert server.failures() == [NothingToPlay]
        assert len(played.attachments) == 1
        await minute.end(server)
    assert refused.embeds[0].description == str(NothingToPlay(2))


async def test_nothing_is_played_of_a_list_without_anything_to_guess_or_where_the_bot_may_not_write(
    open_game: Any, minute: Minute
) -> None:
    async with open_game() as server:
        minute.server = server
        ann = server.member("ann")
        await playlist_of(server, ann, track("Nowhere", heard("rock")))
        nothing = await start(server, ann)
        none = (await ann.slash(server.channel, "beat-the-bot scores")).response
        guild = server.channel.guild
        nobody = {guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        quiet = await start(server, ann, channel=guild.create_text_channel("quiet", overwrites=nobody))
        assert server.failures() == [NothingToGuess, CannotPlayHere]
    assert nothing.embeds[0].description == str(NothingToGuess())
    assert none.embeds[0].description == "There are no scores to show yet. `/beat-the-bot start` begins a round."
    assert quiet.embeds[0].description == str(CannotPlayHere())


async def test_forged_buttons_guess_nothing(open_game: Any, minute: Minute) -> None:
    async with open_game() as server:
        minute.server = server
        ann = server.member("ann")
        await playlist_of(server, ann, song())
        played = await start(server, ann)
        rounds = server.bot.services.store.rounds
        (real,) = await rounds.unfinished()
        answers = []
        other = await ann.slash(server.channel, "about")
        for message, number, index in (
            (played, real.id, 10),
            (played, real.id, 99),
            (played, 10**17, 0),
            (other.response, real.id, 0),
        ):
            row = {
                "type": 1,
                "components": [
                    {"type": 2, "style": 2, "label": "x", "custom_id": f"genre-bot:guess:{number}:{index}:en"}
                ],
            }
            server.env.backend.edit_message(server.channel.id, message.id, {"components": [row]})
            answers.append((await ann.click(message, label="x")).response.embeds[0].description)
        assert await rounds.guesses(real.id) == ()
        assert (await rounds.get(real.id)).state is RoundState.OPEN
        await minute.end(server)
    assert answers == [str(NoSuchRound())] * 4


async def test_what_is_played_is_fifteen_seconds_of_the_track(
    open_game: Any, site: ListedSite, minute: Minute, make_tune: Any
) -> None:
    tune = io.BytesIO()
    with wave.open(tune, "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes((make_tune(20.0) * 20_000).astype("<i2").tobytes())
    site.tracks["song"] = tune.getvalue()
    async with open_game(workers=RealCutters()) as server:
        minute.server = server
        ann = server.member("ann")
        await playlist_of(server, ann, song())
        played = await start(server, ann)
        data = await now(server, played).attachments[0].read()
        await minute.end(server)
    with wave.open(io.BytesIO(data)) as excerpt:
        assert excerpt.getnframes() == 15 * 22_050
