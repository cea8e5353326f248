"""Imports as members see them: live, stopped and resumed, and summed up with every reason."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.cards.failure import UNEXPECTED
from bot.errors import StoreFailed
from bot.jobs.errors import CannotShowProgress, NotYourJob, TooManyJobs
from bot.jobs.job import MOST_BEGUN, MOST_UNFINISHED, Counts, NewItem, Place
from bot.jobs.troubles import IN_A_ROW
from bot.media.guarded_http import GuardedHttp
from bot.media.link_errors import AgeRestricted, BotCheck, LinkTimeout, NotALink, PrivateOrRemoved, SiteFailed
from bot.media.linked_clip import LinkReader
from bot.media.listing_errors import EmptyListing
from bot.media.site_job import LeftOut
from bot.playlists.errors import NotACollaborator, NotYourPlaylist
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.track import NewTrack
from bot.store.job_items import JobItems
from tests.bot.listed_site import ListedSite, track_link
from tests.bot.strangers import site_server
from tests.end_to_end.conftest import OpenServer
from tests.end_to_end.importing import Gate, buttons, card, playlist, shown, songs, start, titles


@pytest.fixture
def site() -> ListedSite:
    return ListedSite()


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.board.EDIT_EVERY_SECONDS", 0.01)
    monkeypatch.setattr("bot.jobs.board.PLACED_WITHIN_SECONDS", 0.01)
    monkeypatch.setattr("bot.jobs.troubles.PAUSES_SECONDS", (0.0, 0.0))


async def test_an_import_adds_all_tracks_and_says_why_others_are_not_there(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader, import_limit=16) as server:
        ann = server.member("ann")
        known = await songs(server, *"abcd")
        chill = await playlist(server, owner=ann)
        await server.bot.services.store.tracks.add(chill, NewTrack("There", link=track_link("b")))
        failing = {f"x{number}": AgeRestricted() for number in range(11)}
        site.left_out = {LeftOut.PRIVATE: 2}
        result = await start(server, ann, site.album(**{**known, **failing, "same": known["a"], "more": b"more"}))
        text = card(server, result.response.id)
        message = shown(server, result.response.id)
        (file,) = message.attachments
        failures = (await file.read()).decode()
        assert await titles(server, chill) == ["There", "Song a", "Song c", "Song d"]
        tracks = await server.bot.services.store.track_pages.all_of(chill)
        assert (tracks[1].adder, tracks[1].genre, tracks[1].link) == (ann.id, "jazz", track_link("a"))
    assert "Import into Chill" in text
    assert "**All done.**" in text
    assert "✅ 3 added · ☑️ 2 already there · ⚠️ 11 failed" in text
    assert "2 more were left out" in text
    assert "There is more: I look at the first 18 only" in text
    assert "It took" in text
    assert text.count("• **Song x") == 10
    assert str(AgeRestricted()) in text
    assert failures.splitlines() == [f"Song x{number}: {AgeRestricted()}" for number in range(11)]
    assert "Best of Ann" in text
    assert buttons(message) == []
    assert site.fetched["b"] == 0


async def test_progress_is_shown_and_those_who_may_pause_resume_and_cancel_it(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann, bob, eve = (server.member(name) for name in ("ann", "bob", "eve"))
        chill = await playlist(server, owner=ann)
        await server.bot.services.store.playlists.share(chill, Collaborator(SharedWith.EVERYONE))
        gate = Gate(server, site)
        gate.hold("b")
        begun = (await start(server, bob, site.album(**await songs(server, *"abc")))).response
        running = card(server, begun.id)
        running_buttons = buttons(shown(server, begun.id))
        refused = await eve.click(shown(server, begun.id), label="Pause")
        assert refused.ephemeral
        assert refused.response.embeds[0].description == str(NotYourJob())
        await bob.click(shown(server, begun.id), label="Pause")
        paused = card(server, begun.id)
        gate.hold("c")
        # The one that was under way is begun again.
        await ann.click(shown(server, begun.id), label="Resume")
        await gate.let_go("b")
        resumed = card(server, begun.id)
        await ann.click(shown(server, begun.id), label="Cancel")
        cancelled = card(server, begun.id)
        left = buttons(shown(server, begun.id))
        assert await titles(server, chill) == ["Song a", "Song b"]
    assert "✅ 1 added · ⏳ 2 to go" in running
    assert "🎧 Song b" in running
    assert "33%" in running
    assert "left" in running
    assert running_buttons == ["Pause", "Cancel"]
    assert "Paused" in paused
    assert "🎧" not in paused
    assert "✅ 2 added · ⏳ 1 to go" in resumed
    assert "**Cancelled.**" in cancelled
    assert "✅ 2 added · ⏳ 1 not begun" in cancelled
    assert left == []
    assert gate.reached == ["the album", "a", "b", "b", "c"]


async def test_a_restart_in_the_middle_goes_on_in_the_same_message_and_repeats_nothing(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("the album")
        begun = (await start(server, ann, site.album(**await songs(server, *"abc")))).response
        looking = card(server, begun.id)
        await server.restart()
        gate.hold("b")
        await gate.let_go("the album")
        await server.restart()
        again = gate.reached.count("b")
        await gate.let_go("b")
        done = card(server, begun.id)
        assert await titles(server, chill) == ["Song a", "Song b", "Song c"]
        assert len(server.channel.history()) == 2
    assert "looking" in looking
    assert again == 2
    assert site.fetched == {"a": 1, "b": 1, "c": 1}
    assert "✅ 3 added\n" in done


async def test_where_the_message_was_deleted_the_sum_is_a_new_one(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("b")
        begun = (await start(server, ann, site.album(**await songs(server, *"ab")))).response
        await shown(server, begun.id).delete()
        await gate.let_go("b")
        (last,) = [message for message in server.channel.history() if message.embeds]
        assert last.id != begun.id
        assert "✅ 2 added" in card(server, last.id)


async def test_what_may_pass_is_tried_again_and_everything_else_is_told_at_once(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        known = await songs(server, *"ad")
        site.list_trouble = [LinkTimeout(1.0)]
        link = site.album(
            a=[LinkTimeout(1.0), SiteFailed(), known["a"]], b=SiteFailed(), c=AgeRestricted(), d=known["d"]
        )
        result = await start(server, ann, link)
        text = card(server, result.response.id)
        assert await titles(server, chill) == ["Song a", "Song d"]
        assert "⚠️ 2 failed" in text
        assert str(SiteFailed()) in text
        site.list_trouble = [EmptyListing()]
        ended = card(server, (await start(server, ann, link)).response.id)
    assert site.fetched == {"a": 3, "b": 3, "c": 1, "d": 1}
    assert f"**{EmptyListing()}**" in ended
    assert "I could not go on" in ended


@pytest.mark.parametrize(
    ("trouble", "failed"), [(BotCheck(), 0), (SiteFailed(), IN_A_ROW - 1)], ids=["at once", "after some"]
)
async def test_a_site_that_gives_nothing_more_pauses_the_import_instead_of_failing_every_track(
    open_knowing_server: OpenServer, site: ListedSite, trouble: Exception, failed: int
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        known = await songs(server, *"abcdefgh")
        link = site.album(**{name: sound if name == "a" else trouble for name, sound in known.items()})
        begun = (await start(server, ann, link)).response
        paused, actions = card(server, begun.id), buttons(shown(server, begun.id))
        assert await titles(server, chill) == ["Song a"]
        site.tracks = {**known}
        await ann.click(shown(server, begun.id), label="Resume")
        await server.env.settle()
        done = card(server, begun.id)
    assert "⏸️ Paused" in paused
    assert str(trouble) in paused
    assert "so I wait" in paused
    assert f"{7 - failed} to go" in paused
    assert actions == ["Resume", "Cancel"]
    assert f"✅ {8 - failed} added" in done


async def test_whoever_deleted_the_message_is_told_in_a_new_one_why_an_import_rests_after_a_restart_too(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("b")
        known = await songs(server, *"abc")
        begun = (await start(server, ann, site.album(a=known["a"], b=BotCheck(), c=known["c"]))).response
        await shown(server, begun.id).delete()
        await gate.let_go("b")
        (told,) = [message for message in server.channel.history() if message.embeds]
        assert told.id != begun.id
        assert str(BotCheck()) in card(server, told.id)
        await server.restart()
        listed = (await ann.slash(server.channel, "playlist imports")).response
        assert str(BotCheck()) in card(server, server.channel.history()[-1].id)
        await ann.click(shown(server, server.channel.history()[-1].id), label="Resume")
        # It is tried once more, and waits for somebody again: after a restart it is not known who has tried it.
        assert str(BotCheck()) in card(server, server.channel.history()[-1].id)
        await ann.click(shown(server, server.channel.history()[-1].id), label="Resume")
        done = card(server, server.channel.history()[-1].id)
    assert listed.embeds
    assert "✅ 2 added · ⚠️ 1 failed" in done


async def test_an_import_that_rests_before_discord_has_taken_its_first_message_says_why(
    open_knowing_server: OpenServer, site: ListedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = discord.Interaction.edit_original_response
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)

        async def edit_late(interaction: Any, **options: Any) -> Any:
            # Another job has woken what works on them meanwhile.
            server.bot.jobs.wake()
            while (await server.bot.services.store.jobs.get(1)).message is None:
                await asyncio.sleep(0.01)
            return await edit(interaction, **options)

        monkeypatch.setattr(discord.Interaction, "edit_original_response", edit_late)
        known = await songs(server, "a")
        begun = (await start(server, ann, site.album(a=[BotCheck(), known["a"]]))).response
        await server.env.settle()
        paused = card(server, begun.id)
        (other,) = [message for message in server.channel.history() if str(begun.id) in message.content]
        await ann.click(shown(server, begun.id), label="Resume")
        done = card(server, begun.id)
    assert str(BotCheck()) in paused
    # The one that was written meanwhile stands there with a pointer, and nothing to click.
    assert (other.embeds, buttons(other)) == ([], [])
    assert "**All done.**" in done


async def test_tracks_that_fail_together_stop_an_import_at_one_of_them(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader, at_once=4) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)
        gate = Gate(server, site)
        names = "abc"
        for name in names:
            gate.hold(name)
        link = site.album(**dict.fromkeys(names, BotCheck()))
        begun = (await start(server, ann, link)).response
        for name in names:
            gate.open(name)
        await server.env.settle()
        once = card(server, begun.id)
        await ann.click(shown(server, begun.id), label="Resume")
        again = card(server, begun.id)
    assert "3 to go" in once
    assert "⚠️ 1 failed" in again


async def test_a_database_that_fails_for_a_moment_loses_no_track_and_a_fault_of_mine_costs_one(
    open_knowing_server: OpenServer, site: ListedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.runner.STORE_PAUSE_SECONDS", 0.0)
    failures = iter([StoreFailed(), StoreFailed()])
    for name in ("begin", "add"):
        does = getattr(JobItems, name)

        async def fail_once(*arguments: Any, does: Any = does, first: Any = [True], **options: Any) -> Any:  # noqa: B006
            if first and first.pop():
                raise next(failures)
            return await does(*arguments, **options)

        monkeypatch.setattr(JobItems, name, fail_once)
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        known = await songs(server, *"ac")
        site.tells_titles = False
        result = await start(server, ann, site.album(a=known["a"], b=ValueError("a fault"), c=known["c"]))
        text = card(server, result.response.id)
        assert await titles(server, chill) == ["Song a", "Song c"]
    assert f"• **soundcloud.com**: {UNEXPECTED}" in text
    assert "a fault" not in text


async def test_who_pauses_while_the_database_fails_has_the_track_wait_as_if_it_had_not_been_begun(
    open_knowing_server: OpenServer, site: ListedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.runner.STORE_PAUSE_SECONDS", 3600.0)

    async def fail(*_: Any) -> None:
        raise StoreFailed

    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("a")
        begun = (await start(server, ann, site.album(**await songs(server, "a")))).response
        with monkeypatch.context() as patched:
            patched.setattr(JobItems, "add", fail)
            await gate.let_go("a")
        await ann.click(shown(server, begun.id), label="Pause")
        store = server.bot.services.store
        await store.jobs.resume(1)
        item = await store.job_items.begin(after=0)
    assert item is not None
    assert (item.title, item.attempts) == ("Song a", 1)
    assert gate.reached == ["the album", "a"]


async def test_a_track_under_which_the_bot_died_again_and_again_is_left_out(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        store = server.bot.services.store
        job_id = await store.job_starts.begin_file(
            chill, "list", Place(ann.id, server.channel.id, "en"), items=[NewItem("Bad", track_link("bad"))]
        )
        for _ in range(MOST_BEGUN):
            await store.job_items.begin(after=0)
        await server.restart()
        (message,) = [message for message in server.channel.history() if message.embeds]
        assert "Each time I began with this track I was stopped" in card(server, message.id)
        assert (await server.bot.services.store.jobs.get(job_id)).message == message.id
    assert site.fetched == {}


async def test_a_playlist_that_is_full_ends_the_import_with_words(
    open_knowing_server: OpenServer, site: ListedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("b")
        begun = (await start(server, ann, site.album(**await songs(server, *"abc")))).response
        monkeypatch.setattr("bot.store.tracks.MOST_TRACKS", 1)
        await gate.let_go("b")
        text = card(server, begun.id)
    assert "I could not go on" in text
    assert "as many as I keep in one" in text
    assert "✅ 1 added · ⏳ 2 not begun" in text


async def test_an_import_waits_while_its_playlist_is_deleted_and_goes_on_when_it_is_back(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("b")
        begun = (await start(server, ann, site.album(**await songs(server, *"abc")))).response
        deleted = await ann.slash(server.channel, "playlist delete", playlist="Chill")
        await gate.let_go("b")
        counts = await server.bot.services.store.jobs.counts([1])
        assert counts == {1: Counts(done=1, waiting=2)}
        assert "c" not in gate.reached
        await ann.click(deleted.response, label="Bring it back")
        await server.env.settle()
        assert await titles(server, chill) == ["Song a", "Song b", "Song c"]
        text = card(server, begun.id)
    assert "**All done.**" in text


async def test_who_may_not_import_is_told_so_and_nothing_begins(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann, bob = server.member("ann"), server.member("bob")
        chill = await playlist(server, owner=ann)
        guild = server.channel.guild
        silent = guild.create_text_channel(
            "silent", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        )
        link = site.album(**await songs(server, "a"))
        assert (await start(server, bob, link)).ephemeral
        await start(server, ann, "no link")
        await bob.slash(server.channel, "playlist retag", playlist="Chill")
        await ann.slash(silent, "playlist import", playlist="Chill", link=link)
        store = server.bot.services.store
        for _ in range(MOST_UNFINISHED):
            job = await store.job_starts.begin_file(
                chill, "list", Place(ann.id, 1, "en"), items=[NewItem("Song a", track_link("a"))]
            )
            await store.jobs.pause(job)
        await start(server, ann, link)
        assert server.failures() == [NotACollaborator, NotALink, NotYourPlaylist, CannotShowProgress, TooManyJobs]
        assert await titles(server, chill) == []


async def test_imports_are_listed_and_what_is_under_way_goes_on_in_a_new_message(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        await playlist(server, owner=ann)
        nothing = (await ann.slash(server.channel, "playlist imports")).response.embeds[0]
        await start(server, ann, site.album(**await songs(server, "a")))
        gate = Gate(server, site)
        gate.hold("b")
        begun = (await start(server, ann, site.album(**await songs(server, *"abc")))).response
        listed = (await ann.slash(server.channel, "playlist imports")).response.embeds[0]
        newest = server.channel.history()[-1]
        old = shown(server, begun.id)
        await ann.click(newest, label="Pause")
        paused = card(server, newest.id)
        await ann.click(shown(server, newest.id), label="Resume")
        await gate.let_go("b")
        assert "✅ 2 added · ☑️ 1 already there" in card(server, newest.id)
    assert "Nothing was imported" in nothing.description
    assert [field.name for field in listed.fields] == ["Import into Chill · running", "Import into Chill · done"]
    assert "This goes on in a newer message" in old.content
    assert old.embeds == []
    assert "Paused" in paused


async def test_only_those_who_may_stop_a_job_move_it_unless_its_message_is_gone(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann, bob, boss = server.member("ann"), server.member("bob"), server.admin()
        await playlist(server, owner=ann)
        gate = Gate(server, site)
        gate.hold("b")
        begun = (await start(server, ann, site.album(**await songs(server, "a", "b")))).response

        async def moved_by(member: Any) -> bool:
            listed = (await member.slash(server.channel, "playlist imports")).response
            assert [field.name for field in listed.embeds[0].fields] == ["Import into Chill · running"]
            return bool(server.channel.history()[-1].id != listed.id)

        moved = [await moved_by(bob)]
        assert shown(server, begun.id).embeds
        moved += [await moved_by(boss), await moved_by(bob)]
        await server.channel.history()[-2].delete()
        moved.append(await moved_by(bob))
        newest = server.channel.history()[-1]
        await gate.let_go("b")
        assert "✅ 2 added" in card(server, newest.id)
    assert moved == [False, True, False, True]


async def test_an_album_of_a_real_site_is_imported(open_knowing_server: OpenServer) -> None:
    async with site_server() as loopback:

        def links(_: Any, *, folder: Path) -> LinkReader:
            sites = loopback.sites()
            return LinkReader(GuardedHttp(timeout=60.0), sites, folder=folder, max_bytes=1_000_000)

        async with open_knowing_server(links=links) as server:
            ann = server.member("ann")
            chill = await playlist(server, owner=ann)
            known = await songs(server, "one")
            entries = [
                {"_type": "url", "url": loopback.track("one", known["one"]), "title": "One", "duration": 12.0},
                {"_type": "url", "url": loopback.describe("two", error="This video is private"), "title": "Two"},
                {"_type": "url", "url": "https://elsewhere.example/three", "title": "Three"},
            ]
            album = loopback.describe("album", _type="playlist", id="album", title="First album", entries=entries)
            text = card(server, (await start(server, ann, album)).response.id)
            assert await titles(server, chill) == ["One"]
    assert "✅ 1 added · ⚠️ 1 failed" in text
    assert "One more was left out" in text
    assert f"• **Two**: {PrivateOrRemoved()}" in text
    assert "First album" in text
