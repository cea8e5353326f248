"""Who may do what with a playlist and its tracks."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playlists.errors import NotACollaborator, NotYourPlaylist, NotYourRemoval, NotYourTrack
from bot.playlists.playlist import Collaborator, Playlist, SharedWith
from bot.playlists.track import Track


@dataclass(frozen=True, slots=True)
class Asker:
    """A member, as far as rights depend on it.

    Parameters
    ----------
    id
        Discord's id of the member.
    roles
        Discord's ids of the member's roles.
    is_admin
        Whether the member may manage the server.
    """

    id: int
    roles: frozenset[int] = frozenset()
    is_admin: bool = False


def owns(playlist: Playlist, asker: Asker) -> bool:
    """Tell whether somebody may do everything with a playlist.

    Parameters
    ----------
    playlist
        The playlist.
    asker
        Who.

    Returns
    -------
    bool
        True for the owner and for admins.
    """
    return asker.is_admin or playlist.owner == asker.id


def require_owner(playlist: Playlist, asker: Asker) -> None:
    """Let only the owner and admins go on.

    Parameters
    ----------
    playlist
        What is to be changed.
    asker
        Who wants to.

    Raises
    ------
    NotYourPlaylist
        If it is somebody else.
    """
    if not owns(playlist, asker):
        raise NotYourPlaylist


def may_add(playlist: Playlist, asker: Asker) -> bool:
    """Tell whether somebody may add tracks.

    Parameters
    ----------
    playlist
        To what.
    asker
        Who.

    Returns
    -------
    bool
    """
    welcome = {
        Collaborator(SharedWith.EVERYONE),
        Collaborator(SharedWith.MEMBER, asker.id),
        *(Collaborator(SharedWith.ROLE, role) for role in asker.roles),
    }
    return owns(playlist, asker) or not welcome.isdisjoint(playlist.collaborators)


def require_collaborator(playlist: Playlist, asker: Asker) -> None:
    """Let only those go on who may add tracks.

    Parameters
    ----------
    playlist
        To what.
    asker
        Who.

    Raises
    ------
    NotACollaborator
        If it is somebody else.
    """
    if not may_add(playlist, asker):
        raise NotACollaborator


def may_change(track: Track, playlist: Playlist, asker: Asker) -> bool:
    """Tell whether somebody may edit or remove a track.

    Parameters
    ----------
    track
        Of the playlist.
    playlist
        What it belongs to.
    asker
        Who.

    Returns
    -------
    bool
        True for the one who added it, the owner of the playlist, and admins.
    """
    return owns(playlist, asker) or track.adder == asker.id


def require_adder(track: Track, playlist: Playlist, asker: Asker) -> None:
    """Let only those go on who may edit or remove a track.

    Parameters
    ----------
    track, playlist, asker
        As in `may_change`.

    Raises
    ------
    NotYourTrack
        If it is somebody else.
    """
    if not may_change(track, playlist, asker):
        raise NotYourTrack


def require_remover(remover: int | None, playlist: Playlist, asker: Asker) -> None:
    """Let only those go on who may undo a removal.

    Parameters
    ----------
    remover
        Discord's id of the member who removed the track; None where that is forgotten.
    playlist
        What it was removed from.
    asker
        Who wants to undo it.

    Raises
    ------
    NotYourRemoval
        If it is neither the remover, nor the owner of the playlist, nor an admin.
    """
    if not owns(playlist, asker) and remover != asker.id:
        raise NotYourRemoval
