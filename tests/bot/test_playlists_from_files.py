"""Lists that come from files: whatever they say, what becomes of it can be kept, and counts as what a file told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings

from bot.playlists.exporting import exported, portable_list
from bot.playlists.formats.formats import M3U8
from bot.playlists.importing import tracks_of_file
from bot.playlists.playlist import playlist_description
from bot.playlists.portable import PortableList, PortableTrack
from bot.playlists.same_link import link_key
from classifier.result import Verdict
from tests.bot.portable_lists import playlists
from tests.bot.stores import ONE, opened

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ANN = 7


def as_kept(track: PortableTrack) -> PortableTrack:
    """Return a track as it leaves the bot again, if nothing is lost but what must not be believed."""
    heard = track.genre is not None and track.probability is not None and track.verdict is not Verdict.NOT_MUSIC
    return replace(
        track,
        adder=ANN,
        digest=track.digest if track.link is None else None,
        genre=track.genre if heard else None,
        probability=track.probability if heard else None,
        added_at=min(track.added_at, NOW) if track.added_at else None,
        tags=tuple(sorted(track.tags, key=lambda tag: (-tag.probability, tag.name))),
    )


def test_what_a_file_says_is_kept_and_leaves_again_as_it_came(database_url: str) -> None:
    with opened(database_url) as (store, run):

        @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(listed=playlists)
        def same(listed: PortableList) -> None:
            playlist_id = run(store.playlists.create(1, "Chill", ANN, description=playlist_description("")))
            for track in tracks_of_file(listed, importer=ANN, now=NOW):
                run(store.tracks.add(playlist_id, track))
            playlist = run(store.playlists.get(playlist_id))
            tracks = run(store.track_pages.all_of(playlist_id))
            votes = run(store.track_pages.votes_of(playlist_id))
            left = portable_list(playlist, tracks, votes).tracks
            expected: dict[object, PortableTrack] = {}
            for track in map(as_kept, listed.tracks):
                expected.setdefault(track.digest or (track.link and link_key(track.link)) or id(track), track)
            known = [track if track.added_at else replace(track, added_at=None) for track in expected.values()]
            undated = {track.title for track in known if track.added_at is None}
            found = [replace(one, added_at=None) if one.title in undated else one for one in left]
            assert sorted(found, key=repr) == sorted(
                (replace(one, added_at=None) if one.title in undated else one for one in known), key=repr
            )
            run(store.playlists.delete(playlist_id))

        same()


def test_nothing_was_added_in_the_future() -> None:
    listed = PortableList("", "", (PortableTrack("Song", added_at=NOW + timedelta(days=1)),))
    (track,) = tracks_of_file(listed, importer=ANN, now=NOW)
    assert track.added_at == NOW


def test_a_file_is_called_after_its_list_safely() -> None:
    def name(title: str) -> str:
        return exported(PortableList(title), M3U8, most_bytes=10_000).name

    assert name("Chill *nights*") == "Chill-nights.m3u8"
    assert name("../../etc/passwd") == "etc-passwd.m3u8"
    assert name("夜の音楽 ♫") == "夜の音楽.m3u8"
    assert name("???") == "playlist.m3u8"
    assert len(name("x" * 80)) == 60 + len(".m3u8")


def test_a_digest_counts_only_where_no_link_leads_to_other_bytes() -> None:
    listed = PortableList(
        "", "", (PortableTrack("A", digest=ONE), PortableTrack("B", digest=ONE, link="https://a.b/c"))
    )
    assert [track.digest for track in tracks_of_file(listed, importer=ANN, now=NOW)] == [ONE, None]
