"""What a job does about troubles: tries again, leaves a track out, or waits for somebody."""

from __future__ import annotations

import pytest

from bot.errors import DownloadFailed
from bot.jobs.job import Item
from bot.jobs.troubles import IN_A_ROW, IN_A_ROW_ANYWHERE, PAUSES_SECONDS, Troubles
from bot.media.link_errors import (
    AddressRefused,
    AgeRestricted,
    BotCheck,
    CookiesUnreadable,
    LinkUnreachable,
    PrivateOrRemoved,
    RuntimeMissing,
    SiteChanged,
    SiteFailed,
)
from classifier.errors import NotAudio

FEW = [False] * (IN_A_ROW - 1)


def item(position: int, host: str | None = "site.example") -> Item:
    return Item(
        job_id=1,
        position=position,
        guild=2,
        playlist_id=3,
        title="Song",
        link=None if host is None else f"https://{host}/{position}",
        track_id=None,
        is_listed=True,
        attempts=1,
    )


def test_only_what_may_pass_is_tried_again_and_not_for_ever() -> None:
    troubles = Troubles()
    assert troubles.pause_after(AgeRestricted(), 1) is None
    assert troubles.pause_after(BotCheck(), 1) is None
    assert [troubles.pause_after(SiteFailed(), 1) for _ in range(3)] == [*PAUSES_SECONDS, None]
    assert troubles.pause_after(SiteFailed(), 2) == troubles.pause_after(SiteFailed(), None) == PAUSES_SECONDS[0]
    troubles.forget(2)
    assert troubles.pause_after(SiteFailed(), 2) == PAUSES_SECONDS[0]


def test_tracks_of_one_site_that_fail_in_a_row_for_what_may_be_its_fault_are_taken_for_it() -> None:
    troubles = Troubles()
    assert [troubles.stops_all(SiteFailed(), item(position)) for position in range(IN_A_ROW)] == [*FEW, True]
    # Files of messages are all with Discord.
    assert [troubles.stops_all(DownloadFailed(), item(position, None)) for position in range(IN_A_ROW)] == [*FEW, True]


@pytest.mark.parametrize(
    "hosts",
    [
        ["a.bandcamp.com", "b.bandcamp.com", "bandcamp.com"],
        ["www.youtube.com", "music.youtube.com", "m.youtube.com", "youtube.com", "youtu.be"],
    ],
)
def test_a_site_is_one_whatever_its_hosts_are_called(hosts: list[str]) -> None:
    troubles = Troubles()
    named = [hosts[position % len(hosts)] for position in range(IN_A_ROW)]
    assert [troubles.stops_all(SiteChanged(), item(position, host)) for position, host in enumerate(named)][-1]


def test_dead_links_of_many_sites_are_no_fault_of_theirs_but_so_many_are_one_of_this_network() -> None:
    troubles = Troubles()
    dead = [
        troubles.stops_all(LinkUnreachable(), item(position, f"www.site-{position}.example"))
        for position in range(IN_A_ROW_ANYWHERE)
    ]
    assert dead == [False] * (IN_A_ROW_ANYWHERE - 1) + [True]


def test_a_site_that_answers_is_there() -> None:
    troubles = Troubles()

    def fails_in_a_row() -> list[bool]:
        return [troubles.stops_all(SiteFailed(), item(position)) for position in range(IN_A_ROW - 1)]

    for error in (AgeRestricted(), PrivateOrRemoved(), NotAudio()):
        assert fails_in_a_row() == FEW
        assert not troubles.stops_all(error, item(90))
    assert fails_in_a_row() == FEW
    troubles.worked(item(91))
    assert fails_in_a_row() == FEW
    # What another site says, and what was never sent anywhere, tells nothing.
    troubles.worked(item(92, "another.org"))
    assert not troubles.stops_all(AddressRefused(), item(93))
    assert troubles.stops_all(SiteFailed(), item(94))


@pytest.mark.parametrize("kind", [BotCheck, CookiesUnreadable, RuntimeMissing])
def test_what_all_would_meet_stops_at_once_and_a_track_that_was_tried_again_is_left_out(kind: type[Exception]) -> None:
    troubles = Troubles()
    assert troubles.stops_all(kind(), item(1))
    # The pause could not be noted, so nobody was asked.
    assert troubles.stops_all(kind(), item(1))
    troubles.stopped(item(1))
    troubles.try_again()
    assert not troubles.stops_all(kind(), item(1))
    assert troubles.stops_all(kind(), item(2))


def test_whoever_wants_to_try_again_gets_past_dead_links() -> None:
    troubles = Troubles()
    waiting = list(range(3 * IN_A_ROW))
    stops = 0
    while waiting:
        if troubles.stops_all(SiteFailed(), item(waiting[0])):
            troubles.stopped(item(waiting[0]))
            stops += 1
            troubles.try_again()
        else:
            waiting.pop(0)
    assert stops == 3
