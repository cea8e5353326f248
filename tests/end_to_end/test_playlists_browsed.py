"""Playlists are looked through: filters, orders, pages that turn after a restart, and nobody else's pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.playlists.options import track_value
from bot.playlists.errors import NoSuchPlaylist, NoSuchTrack, PageForgotten, SeveralTracks, TrackRemoved
from bot.playlists.track import Told
from bot.texts.catalogue import ENGLISH
from classifier.result import Verdict
from tests.bot.stores import rows, statements
from tests.bot.tracks import digest_of, heard, track
from tests.end_to_end.browsing import choose, parts, playlist_of, text_of, titles
from tests.end_to_end.conftest import OpenServer, speak

MORE_TRACKS = """
WITH RECURSIVE
    one AS (SELECT * FROM tracks WHERE playlist_id = ? LIMIT 1),
    numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
INSERT INTO tracks (playlist_id, title, title_key, digest, added_at, verdict, genre, probability)
SELECT playlist_id, title || n, title_key || n, printf('%064d', n), added_at, verdict, genre, probability
FROM one, numbers WHERE n > 0
"""
"""As many as one likes in a moment, all like the first."""


async def test_every_filter_and_every_order(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(
            server,
            ann,
            track("Älpha", heard("rock", tempo=90, energy=0.9, tags=["guitar"]), place=0, adder=ann.id),
            track("beta 100%", heard("jazz", verdict=Verdict.CLOSE_CALL, tempo=150, energy=0.2), place=1, adder=bob.id),
            track("Gamma", heard("rock", verdict=Verdict.UNSURE, tempo=120, energy=0.5), place=2, adder=ann.id),
            track("delta", Told(), place=3, digest=None, link="https://example.com/delta"),
            track("Noise", heard(None, verdict=Verdict.NOT_MUSIC), place=4),
        )
        store, guild = server.bot.services.store, server.channel.guild.id
        for voter in range(3):
            await store.votes.cast(digest_of("Gamma"), guild, voter, "reggae")
        await store.votes.cast(digest_of("beta 100%"), guild, 1, "blues")

        async def opened(**options: object) -> list[str]:
            result = await ann.slash(server.channel, "playlist open", playlist="chill", **options)
            return [title.removeprefix("[").split("](")[0] for title in titles(result.response)]

        found = {
            "all": await opened(),
            # The genre of "Gamma" is the community's by now.
            "genre": await opened(genre="rock"),
            "by vote": await opened(genre="Reggae"),
            "tag": await opened(tag="GUITAR"),
            "adder": await opened(adder=ann),
            "confidence": await opened(confidence="close_call"),
            "disputed": await opened(disputed=True),
            "accents": await opened(text="alpha"),
            "signs": await opened(text="0%"),
            "several": await opened(adder=ann, confidence="unsure", disputed=True, text="gam"),
        }
        orders = {
            sort: await opened(sort=sort) for sort in ("oldest", "title", "genre", "energy", "calm", "fast", "slow")
        }
        words = await ann.slash(
            server.channel,
            "playlist open",
            playlist="chill",
            adder=ann,
            confidence="unsure",
            disputed=True,
            text="*gam*",
        )
        gamma = await ann.slash(server.channel, "playlist open", playlist="chill", text="gamma", sort="fast")
    assert found == {
        "all": ["Noise", "delta", "Gamma", "beta 100%", "Älpha"],
        "genre": ["Älpha"],
        "by vote": ["Gamma"],
        "tag": ["Älpha"],
        "adder": ["Gamma", "Älpha"],
        "confidence": ["beta 100%"],
        "disputed": ["Gamma", "beta 100%"],
        "accents": ["Älpha"],
        "signs": ["beta 100%"],
        "several": ["Gamma"],
    }
    assert orders["oldest"] == found["all"][::-1]
    assert orders["title"] == ["Älpha", "beta 100%", "delta", "Gamma", "Noise"]
    assert orders["genre"] == ["beta 100%", "Gamma", "Älpha", "delta", "Noise"]
    assert orders["energy"] == ["Älpha", "Gamma", "Noise", "beta 100%", "delta"]
    assert orders["calm"] == ["beta 100%", "Gamma", "Noise", "Älpha", "delta"]
    assert orders["fast"] == ["beta 100%", "Gamma", "Noise", "Älpha", "delta"]
    assert orders["slow"] == ["Älpha", "Gamma", "Noise", "beta 100%", "delta"]
    head = text_of(words.response).splitlines()
    assert head[0] == "Page 1 of 1 · 0 of 5 tracks · newest first"
    assert head[1] == (f"🔎 added by <@{ann.id}> · my answer: unsure · members disagree with me · title: \\*gam\\*")
    assert head[3] == "No track is like that. Ask for less with **Filter…**, or see them all with **All tracks**."
    assert set(parts(words.response)) == {"Filter…", "All tracks"}
    assert text_of(gamma.response).splitlines()[3:] == [
        "🌴 1. **Gamma**",
        f"**reggae** by vote · I heard rock (87%) · 120 BPM · <@{ann.id}>",
    ]


async def test_pages_are_turned_sorted_and_filtered_before_and_after_a_restart(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        genres = ("rock", "jazz")
        await playlist_of(
            server,
            ann,
            *(track(f"Song {n:02}", heard(genres[n % 2], tags=[f"tag {n % 30}"]), place=n) for n in range(35)),
        )
        page = (await ann.slash(server.channel, "playlist open", playlist="Chill", sort="oldest")).response
        seen = [(titles(page)[0], text_of(page).splitlines()[0])]
        disabled = [label for label, part in parts(page).items() if part.get("disabled")]
        for label in ("Next", "Last", "Back", "First"):
            await ann.click(page, label=label)
            seen.append((titles(page)[0], text_of(page).splitlines()[0]))
            if label == "Back":
                await server.restart()
        menu = [option["label"] for option in parts(page)["page-track"]["options"]]
        await choose(ann, page, "page-sort", "title")
        await ann.click(page, label="Next")
        await choose(ann, page, "page-sort", "newest")
        newest = titles(page)
        form = await ann.click(page, label="Filter…")
        labels = [(part["label"], part["component"]["custom_id"]) for part in form.modal["components"]]
        tags = form.modal["components"][2]["component"]["options"]
        await server.restart()
        await ann.submit_modal(form, {"text": "song 1", "genre": ["jazz"], "confidence": ["clear"]})
        filtered, header = titles(page), text_of(page).splitlines()[:2]
        again = await ann.click(page, label="Filter…")
        chosen = (
            again.modal["components"][0]["component"]["value"],
            [
                option["value"]
                for option in again.modal["components"][1]["component"]["options"]
                if option.get("default")
            ],
        )
        await ann.submit_modal(again, {"disputed": True, "tag": ["tag 12"]})
        nothing = text_of(page)
        await ann.click(page, label="All tracks")
        everything = text_of(page).splitlines()[0]
    assert seen == [
        ("Song 00", "Page 1 of 4 · 35 tracks · oldest first"),
        ("Song 10", "Page 2 of 4 · 35 tracks · oldest first"),
        ("Song 30", "Page 4 of 4 · 35 tracks · oldest first"),
        ("Song 20", "Page 3 of 4 · 35 tracks · oldest first"),
        ("Song 00", "Page 1 of 4 · 35 tracks · oldest first"),
    ]
    assert disabled == ["First", "Back"]
    assert menu == [f"Song {n:02}" for n in range(10)]
    # Another order begins at its beginning.
    assert newest == [f"Song {n:02}" for n in range(34, 24, -1)]
    assert labels == [
        ("Words of the title", "text"),
        ("Genre", "genre"),
        ("Sounds like", "tag"),
        ("How sure I am", "confidence"),
        ("Only where members disagree with me", "disputed"),
    ]
    assert len(tags) == 25
    assert filtered == [f"Song {n:02}" for n in (31, 21, 19, 17, 15, 13, 11, 1)]
    assert header == [
        "Page 1 of 1 · 8 of 35 tracks · newest first",
        "🔎 genre: jazz · my answer: clear · title: song 1",
    ]
    assert chosen == ("song 1", ["jazz"])
    assert "🔎 sounds like: tag 12 · members disagree with me" in nothing
    assert everything == "Page 1 of 4 · 35 tracks · newest first"


async def test_whoever_did_not_open_a_page_turns_one_of_their_own(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(server, ann, *(track(f"Song {n:02}", place=n) for n in range(25)))
        page = (await ann.slash(server.channel, "playlist open", playlist="Chill", sort="oldest")).response
        before = titles(page)
        copies = [await bob.click(page, label="Next"), await choose(bob, page, "page-sort", "newest")]
        form = await bob.click(page, label="Filter…")
        copies.append(await bob.submit_modal(form, {"text": "song 03"}))
        first = [titles(copy.response)[0] for copy in copies]
        await bob.click(copies[0].response, label="Next")
        own = titles(copies[0].response)[0]
        assert titles(page) == before
        assert all(copy.ephemeral for copy in copies)
    assert first == ["Song 10", "Song 24", "Song 03"]
    assert own == "Song 20"


async def test_a_track_is_jumped_to_and_marked(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await playlist_of(server, ann, *(track(f"Song {n:02}", place=n) for n in range(25)))
        choices = await ann.autocomplete(server.channel, "playlist open", "track", "ong 07", playlist="chill")
        jumped = await ann.slash(
            server.channel, "playlist open", playlist="Chill", sort="oldest", track=choices[0]["value"]
        )
        typed = await ann.slash(server.channel, "playlist open", playlist="Chill", track="song 12")
        missing = await ann.slash(server.channel, "playlist open", playlist="Chill", track=track_value(424_242))
        huge = await ann.slash(server.channel, "playlist open", playlist="Chill", track=track_value(10**40))
        assert server.failures() == [NoSuchTrack] * 2
    assert [choice["name"] for choice in choices] == ["Song 07"]
    assert "👉 🎸 8. **Song 07**" in text_of(jumped.response)
    assert "Page 2 of 3" in text_of(typed.response)
    assert "👉 🎸 13. **Song 12**" in text_of(typed.response)
    assert text_of(missing.response) == text_of(huge.response) == str(NoSuchTrack())


async def test_a_typed_title_means_one_track_or_none(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        names = ("One", "1999", "1999 live", "Twin", "twín", "Twin song")
        await playlist_of(server, ann, *(track(name, place=place) for place, name in enumerate(names)))
        told = {}
        for typed in ("1999", "1", "LIVE", "one", "twin", "song", "1999 li", "\u2063id:", "\u2063id:x"):
            opened = await ann.slash(server.channel, "playlist open", playlist="Chill", track=typed)
            told[typed] = text_of(opened.response).partition("👉")[2].partition("**")[2].partition("**")[0]
        kinds = server.failures()
    assert told == {
        "1999": "1999",
        "1": "",
        "LIVE": "1999 live",
        "one": "One",
        "twin": "",
        "song": "Twin song",
        "1999 li": "1999 live",
        "\u2063id:": "",
        "\u2063id:x": "",
    }
    assert kinds == [SeveralTracks, SeveralTracks, NoSuchTrack, NoSuchTrack]


async def test_genres_and_tags_are_suggested_in_the_readers_language(
    open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await playlist_of(
            server,
            ann,
            track("One", heard("classical", tags=["piano", "sad"])),
            track("Two", heard("hiphop", tags=["sad"])),
            track("Three", heard("hiphop")),
        )

        async def suggested(option: str, typed: str) -> list[tuple[str, str]]:
            found = await ann.autocomplete(server.channel, "playlist open", option, typed, playlist="Chill")
            return [(choice["name"], choice["value"]) for choice in found]

        all_genres = await suggested("genre", "")
        typed = await suggested("genre", "hip-")
        tags = await suggested("tag", "")
        nothing = await suggested("genre", "%")
        elsewhere = await ann.autocomplete(server.channel, "playlist open", "genre", "", playlist="no such")
        speak(monkeypatch, "de")
        german = await suggested("genre", "klas")
        sad = await suggested("tag", "traur")
        found = await ann.slash(server.channel, "playlist open", playlist="Chill", genre="klassik")
    assert all_genres == [("hip-hop", "hiphop"), ("classical", "classical")]
    assert typed == [("hip-hop", "hiphop")]
    assert german == [("Klassik", "classical")]
    assert tags == [("sad", "sad"), ("piano", "piano")]
    assert sad == [("traurig", "sad")]
    assert nothing == elsewhere == []
    assert titles(found.response) == ["One"]


async def test_an_empty_playlist_says_what_to_do(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await playlist_of(server, ann)
        empty = (await ann.slash(server.channel, "playlist open", playlist="Chill")).response
        missing = await ann.slash(server.channel, "playlist open", playlist="Chilly")
        assert server.failures() == [NoSuchPlaylist]
    assert text_of(empty) == f"Page 1 of 1 · 0 tracks · newest first\n\n{ENGLISH('page-empty')}"
    assert empty.components == []
    assert text_of(missing.response) == str(NoSuchPlaylist())


async def test_what_is_gone_or_of_another_server_is_told(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        store = server.bot.services.store
        playlist_id = await playlist_of(server, ann, *(track(f"Song {n:02}", place=n) for n in range(25)))
        page = (await ann.slash(server.channel, "playlist open", playlist="Chill")).response
        elsewhere = server.env.create_guild("Elsewhere")
        channel = elsewhere.create_text_channel("music")
        zoe = elsewhere.add_member(server.env.create_user("zoe"))
        await store.playlists.create(elsewhere.id, "Hers", zoe.id)
        hers = (await zoe.slash(channel, "playlist open", playlist="Hers")).response
        # Her message with his buttons, as a modified client would send them.
        server.env.backend.edit_message(hers.channel_id, hers.id, {"components": page.components})
        told = [
            text_of((await zoe.click(hers, label="Next")).response),
            text_of((await zoe.click(hers, label="Filter…")).response),
            text_of((await choose(zoe, hers, "page-sort", "title")).response),
            text_of((await choose(zoe, hers, "page-track", parts(page)["page-track"]["options"][0]["value"])).response),
        ]
        option = parts(page)["page-track"]["options"][0]["value"]
        await store.tracks.remove(int(option), ann.id)
        removed = text_of((await choose(ann, page, "page-track", option)).response)
        await store.playlists.delete(playlist_id)
        deleted = text_of((await ann.click(page, label="Next")).response)
        await store.playlists.bring_back(playlist_id, server.channel.guild.id)
        await store.playlist_views.sweep(timedelta(days=-1))
        swept = text_of((await ann.click(page, label="Next")).response)
        forged = [
            {**row, "components": [{**row["components"][2], "custom_id": f"genre-bot:page-all:{'9' * 18}"}]}
            for row in page.components[:1]
        ]
        server.env.backend.edit_message(page.channel_id, page.id, {"components": forged})
        unknown = text_of((await ann.click(page, custom_id=f"genre-bot:page-all:{'9' * 18}")).response)
    assert told == [str(NoSuchPlaylist())] * 3 + [str(TrackRemoved())]
    assert removed == str(TrackRemoved())
    assert deleted == str(NoSuchPlaylist())
    assert swept == unknown == str(PageForgotten())


async def test_a_page_costs_as_many_queries_however_long_the_playlist_is(
    open_knowing_server: OpenServer, tmp_path: Path
) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        costs = []
        for name, more in (("Short", 0), ("Long", 500)):
            new = [track(f"{name} {n}", heard(tags=["guitar"]), place=n) for n in range(11)]
            playlist_id = await playlist_of(server, ann, *new, name=name)
            rows(tmp_path / "bot.sqlite3", MORE_TRACKS, playlist_id, more)
            with statements() as opening:
                page = (await ann.slash(server.channel, "playlist open", playlist=name, genre="rock")).response
            with statements() as turning:
                await ann.click(page, label="Next")
            with statements() as typing:
                await ann.autocomplete(server.channel, "playlist open", "track", "1", playlist=name)
            with statements() as choosing:
                await choose(ann, page, "page-track", parts(page)["page-track"]["options"][0]["value"])
            costs.append([len(asked) for asked in (opening, turning, typing, choosing)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12
