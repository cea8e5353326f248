"""Tables; whoever imports one has them all, as migrations and foreign keys need."""

from bot.store.models.answers import AnalysisRow, AnswerRow, ChannelRow, CommandSync, TallyRow, VoteRow
from bot.store.models.base import Base
from bot.store.models.jobs import JobItemRow, JobRow
from bot.store.models.playlists import (
    CollaboratorRow,
    PlaylistChannelRow,
    PlaylistRow,
    PlaylistViewRow,
    PublicationRow,
    TrackRow,
    TrackTagRow,
)
from bot.store.models.rounds import GuessRow, RoundRow
from bot.store.models.servers import ServerRow, StatisticsOptOutRow

__all__ = [
    "AnalysisRow",
    "AnswerRow",
    "Base",
    "ChannelRow",
    "CollaboratorRow",
    "CommandSync",
    "GuessRow",
    "JobItemRow",
    "JobRow",
    "PlaylistChannelRow",
    "PlaylistRow",
    "PlaylistViewRow",
    "PublicationRow",
    "RoundRow",
    "ServerRow",
    "StatisticsOptOutRow",
    "TallyRow",
    "TrackRow",
    "TrackTagRow",
    "VoteRow",
]
