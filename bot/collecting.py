"""Puts what was heard into a playlist."""

from __future__ import annotations

from pathlib import PurePosixPath

from bot.cards.analysis import safe_name
from bot.heard import Heard
from bot.media.links import FILE_SUFFIXES
from bot.playlists.hearing import hearing_of
from bot.playlists.playlist import Playlist
from bot.playlists.track import NewTrack, Source, track_title
from bot.services import Services
from bot.store.tracks import Added
from bot.texts.catalogue import Texts


async def collect(
    heard: Heard,
    playlist_id: int,
    services: Services,
    *,
    title: str,
    adder: int,
    link: str | None = None,
    source: Source | None = None,
) -> Added:
    """Add a clip to a playlist, with what was heard in it.

    Parameters
    ----------
    heard
        What was heard in the clip.
    playlist_id
        Of the playlist.
    services
        What it takes.
    title
        What to call it, as a member, a site or a file said it.
    adder
        Discord's id of the member who adds it.
    link
        Where the clip can be heard again; None for a file.
    source
        The message whose file it is; None where there is none.

    Returns
    -------
    Added

    Raises
    ------
    BadTrackTitle
        If nothing readable is left of the title.
    NoSuchPlaylist, PlaylistFull
        If there is no place for it.
    StoreFailed
        If the database fails.
    """
    analysis = heard.answer.analysis
    track = NewTrack(
        title=track_title(title),
        digest=heard.digest,
        link=link,
        source=source,
        duration=analysis.audio.duration if analysis.audio.complete else None,
        heard=hearing_of(analysis, services.model_key),
        adder=adder,
    )
    return await services.store.tracks.add(playlist_id, track)


def title_of(clip_name: str) -> str:
    """Return what to call a clip in a playlist: a file without the ending that says what kind of file it is.

    Parameters
    ----------
    clip_name
        As strangers called it.

    Returns
    -------
    str
    """
    path = PurePosixPath(clip_name)
    return path.stem if path.suffix.lower() in FILE_SUFFIXES else clip_name


def collected_words(added: Added, playlist: Playlist, texts: Texts) -> str:
    """Say what became of a clip that was to be added.

    Parameters
    ----------
    added
        What became of it.
    playlist
        Where to.
    texts
        The reader's language.

    Returns
    -------
    str
    """
    name = safe_name(playlist.name)
    return texts("playlist-known", name=name) if added.known else texts("playlist-added", name=name)
