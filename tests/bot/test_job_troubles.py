"""What a job does about troubles: tries again, leaves a track out, or waits for somebody."""

from __future__ import annotations

import pytest

from bot.errors import DownloadFailed
from bot.jobs.job import Item
from bot.jobs.troubles import IN_A_ROW, PAUSES_SECONDS, Troubles
from bot.media.link_errors import (
    AgeRestricted,
    BotCheck,
    CookiesUnreadable,
    LinkUnreachable,
    PrivateOrRemoved,
    RuntimeMissing,
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
    # Dead links of as many servers say nothing of one another.
    troubles = Troubles()
    assert not any(
        troubles.stops_all(LinkUnreachable(), item(position, f"{position}.example")) for position in range(2 * IN_A_ROW)
    )
    # Files of messages are all with Discord.
    assert [troubles.stops_all(DownloadFailed(), item(position, None)) for position in range(IN_A_ROW)] == [*FEW, True]


def test_a_site_that_answers_is_there() -> None:
    troubles = Troubles()

    def fails_in_a_row() -> list[bool]:
        return [troubles.stops_all(SiteFailed(), item(position)) for position in range(IN_A_ROW - 1)]

    for error in (AgeRestricted(), PrivateOrRemoved()):
        assert fails_in_a_row() == FEW
        assert not troubles.stops_all(error, item(90))
    assert fails_in_a_row() == FEW
    troubles.worked(item(91))
    assert fails_in_a_row() == FEW
    # What another site does, and what is wrong with bytes that are there already, changes nothing.
    troubles.worked(item(92, "other.example"))
    assert not troubles.stops_all(NotAudio(), item(93, "other.example"))
    assert troubles.stops_all(SiteFailed(), item(94))


@pytest.mark.parametrize(
    "error", [BotCheck(), CookiesUnreadable(), RuntimeMissing()], ids=lambda error: type(error).__name__
)
def test_what_all_would_meet_stops_at_once_and_a_track_that_was_tried_again_is_left_out(error: Exception) -> None:
    troubles = Troubles()
    assert troubles.stops_all(error, item(1))
    troubles.try_again()
    assert not troubles.stops_all(error, item(1))
    assert troubles.stops_all(error, item(2))


def test_whoever_wants_to_try_again_gets_past_dead_links() -> None:
    troubles = Troubles()
    waiting = list(range(3 * IN_A_ROW))
    stops = 0
    while waiting:
        if troubles.stops_all(SiteFailed(), item(waiting[0])):
            stops += 1
            troubles.try_again()
        else:
            waiting.pop(0)
    assert stops == 3
