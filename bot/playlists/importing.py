"""From a list that somebody sent as a file to tracks that can be added.

A file says what its writer likes, so nothing in it counts as if it had happened here:

- What a track sounds like is what a file told, until the bot has heard it; votes are shown as told, and never counted.
- Whoever imports the file is the one who adds its tracks: nobody can be made to have added something.
- A digest is what the community's votes hang on, and what remembered analyses are found by. Of a track with a link it
  is not believed: the bot hears what the link leads to, and a forged one would bring it the votes for other music. Of
  a track without a link it is all that tells which file is meant, and is kept: nothing is looked up by it, and members
  may call any file of theirs what they like in any case.
- No track was added in the future.
"""

from __future__ import annotations

from datetime import datetime

from bot.playlists.portable import PortableList, PortableTrack
from bot.playlists.track import NewTrack, Told, track_title
from classifier.result import Verdict


def tracks_of_file(listed: PortableList, *, importer: int, now: datetime) -> tuple[NewTrack, ...]:
    """Return the tracks of a list, in order.

    Parameters
    ----------
    listed
        As it was read.
    importer
        Discord's id of the member who sent it.
    now
        The present moment.

    Returns
    -------
    tuple of NewTrack
        Those with a link are still to be heard.
    """
    return tuple(_track(track, importer, now) for track in listed.tracks)


def _track(track: PortableTrack, importer: int, now: datetime) -> NewTrack:
    return NewTrack(
        title=track_title(track.title),
        digest=track.digest if track.link is None else None,
        link=track.link,
        duration=track.duration,
        heard=_told(track),
        told_votes=track.votes,
        added_at=None if track.added_at is None else min(track.added_at, now),
        adder=importer,
    )


def _told(track: PortableTrack) -> Told:
    # A genre without a probability is nobody's measurement, and what is no music has none.
    has_genre = track.genre is not None and track.probability is not None and track.verdict is not Verdict.NOT_MUSIC
    return Told(
        genre=track.genre if has_genre else None,
        probability=track.probability if has_genre else None,
        verdict=track.verdict,
        tempo=track.tempo,
        energy=track.energy,
        tags=track.tags,
    )
