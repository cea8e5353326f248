"""Everything in the database that is tied to a member: where it is, how it is shown, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Delete, Select, Update, delete, func, select, true, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.models import (
    AnswerRow,
    CollaboratorRow,
    GuessRow,
    JobRow,
    PlaylistRow,
    PlaylistViewRow,
    RoundRow,
    StatisticsOptOutRow,
    TrackRow,
    VoteRow,
)


@dataclass(frozen=True, slots=True)
class MemberData:
    """One kind of thing that is kept about members.

    Parameters
    ----------
    member
        The column with Discord's id of the member.
    shown
        What is shown of it, by name. Names of Discord's ids end in ``_id`` or are in `DISCORD_IDS`.
    order
        The oldest first.
    joined
        What else is needed to show it: rows, and the condition that they belong together.
    only
        Which rows of the table are meant.
    stays
        Whether it belongs to others, too: then the member is forgotten, and the rest stays.
    """

    member: InstrumentedAttribute[Any]
    shown: Mapping[str, Any]
    order: tuple[Any, ...]
    joined: tuple[tuple[Any, ColumnElement[bool]], ...] = ()
    only: ColumnElement[bool] = true()  # noqa: RUF009 - it never changes
    stays: bool = False

    def read(self, member: int) -> Select[Any]:
        """Return the query for all of it.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        sqlalchemy.Select
        """
        query = select(*(column.label(name) for name, column in self.shown.items())).select_from(self.member.class_)
        for rows, together in self.joined:
            query = query.join(rows, together)
        return query.where(self.member == member, self.only).order_by(*self.order)

    def count(self, member: int) -> Select[Any]:
        """Return the query for how much of it there is.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        sqlalchemy.Select
        """
        return select(func.count()).select_from(self.member.class_).where(self.member == member, self.only)

    def forget(self, member: int) -> Delete | Update:
        """Return the statement that forgets it.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        sqlalchemy.Delete or sqlalchemy.Update
        """
        rows = self.member.class_
        if self.stays:
            return update(rows).where(self.member == member, self.only).values({self.member: None})
        return delete(rows).where(self.member == member, self.only)


_OF_PLAYLIST: Final = {"community": PlaylistRow.guild, "playlist": PlaylistRow.name}

_TRACK: Final = {"title": TrackRow.title, "link": TrackRow.link, "digest": TrackRow.digest}

MEMBER_DATA: Final[Mapping[str, MemberData]] = MappingProxyType(
    {
        "answers": MemberData(
            AnswerRow.asker,
            {
                "asked_at": AnswerRow.posted_at,
                "community": AnswerRow.community,
                "channel": AnswerRow.channel,
                "message": AnswerRow.message,
                "source": AnswerRow.source,
                "digest": AnswerRow.digest,
            },
            (AnswerRow.id,),
        ),
        "votes": MemberData(
            VoteRow.member,
            {
                "voted_at": VoteRow.voted_at,
                "community": VoteRow.community,
                "digest": VoteRow.digest,
                "genre": VoteRow.genre,
            },
            (VoteRow.voted_at, VoteRow.digest, VoteRow.community),
        ),
        "playlists": MemberData(
            PlaylistRow.owner,
            {
                "created_at": PlaylistRow.created_at,
                **_OF_PLAYLIST,
                "description": PlaylistRow.description,
                "deleted_at": PlaylistRow.deleted_at,
            },
            (PlaylistRow.id,),
            stays=True,
        ),
        "collaborations": MemberData(
            CollaboratorRow.subject,
            _OF_PLAYLIST,
            (PlaylistRow.id,),
            joined=((PlaylistRow, PlaylistRow.id == CollaboratorRow.playlist_id),),
            only=CollaboratorRow.kind == "member",
        ),
        "additions": MemberData(
            TrackRow.adder,
            {
                "added_at": TrackRow.added_at,
                **_OF_PLAYLIST,
                **_TRACK,
                "channel": TrackRow.source_channel,
                "message": TrackRow.source_message,
            },
            (TrackRow.id,),
            joined=((PlaylistRow, PlaylistRow.id == TrackRow.playlist_id),),
            stays=True,
        ),
        "removals": MemberData(
            TrackRow.removed_by,
            {"removed_at": TrackRow.removed_at, **_OF_PLAYLIST, **_TRACK},
            (TrackRow.removed_at, TrackRow.id),
            joined=((PlaylistRow, PlaylistRow.id == TrackRow.playlist_id),),
            stays=True,
        ),
        "jobs": MemberData(
            JobRow.asker,
            {
                "begun_at": JobRow.begun_at,
                "ended_at": JobRow.ended_at,
                **_OF_PLAYLIST,
                "kind": JobRow.kind,
                "name": JobRow.name,
                "link": JobRow.link,
                "channel": JobRow.channel,
                "message": JobRow.message,
                "language": JobRow.language,
            },
            (JobRow.id,),
            joined=((PlaylistRow, PlaylistRow.id == JobRow.playlist_id),),
            stays=True,
        ),
        "pages": MemberData(
            PlaylistViewRow.opener,
            {"used_at": PlaylistViewRow.used_at, **_OF_PLAYLIST, "shown": PlaylistViewRow.wanted},
            (PlaylistViewRow.id,),
            joined=((PlaylistRow, PlaylistRow.id == PlaylistViewRow.playlist_id),),
        ),
        "guesses": MemberData(
            GuessRow.member,
            {
                "guessed_at": GuessRow.guessed_at,
                "community": RoundRow.guild,
                "channel": RoundRow.channel,
                "message": RoundRow.message,
                "genre": GuessRow.genre,
            },
            (GuessRow.guessed_at, GuessRow.round_id),
            joined=((RoundRow, RoundRow.id == GuessRow.round_id),),
        ),
        "opt-outs": MemberData(
            StatisticsOptOutRow.member, {"community": StatisticsOptOutRow.guild}, (StatisticsOptOutRow.guild,)
        ),
    }
)
"""Every column of every table that can hold a member."""

DISCORD_IDS: Final = frozenset({"community", "channel", "message", "source"})
"""Names of what is shown that are Discord's ids."""


def shown(name: str, value: Any) -> Any:
    """Return a value as JSON can hold it.

    Parameters
    ----------
    name
        What `MemberData.shown` calls it.
    value
        As the database returns it.

    Returns
    -------
    object
        Discord's ids are strings, as Discord writes them: many readers of JSON round such large numbers. Times are in
        UTC, in ISO 8601.
    """
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if name in DISCORD_IDS and value is not None else value
