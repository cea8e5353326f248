"""Opens the database, brings its tables up to date and closes it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreFailed, StoreUnavailable
from bot.store import postgresql, sqlite
from bot.store.analyses import Analyses
from bot.store.answers import Answers
from bot.store.channels import Channels, load_channels
from bot.store.command_sync import CommandSyncs
from bot.store.departures import Departures
from bot.store.job_items import JobItems
from bot.store.job_starts import JobStarts
from bot.store.jobs import Jobs
from bot.store.playable_tracks import PlayableTracks
from bot.store.playlist_channels import PlaylistChannels, load_playlist_channels
from bot.store.playlist_views import PlaylistViews
from bot.store.playlists import Playlists
from bot.store.privacy import Privacy
from bot.store.publications import Publications
from bot.store.removed_tracks import RemovedTracks
from bot.store.restores import Restores, read_mark
from bot.store.rounds import Rounds
from bot.store.servers import Servers
from bot.store.sessions import Sessions
from bot.store.statistics import Statistics
from bot.store.track_pages import TrackPages
from bot.store.tracks import Tracks
from bot.store.utc import Clock, utc_now
from bot.store.votes import Votes

MIGRATIONS: Final = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Store:
    """What outlives a restart; `open_store` makes one.

    Parameters
    ----------
    commands
        Which commands Discord was told of.
    analyses
        What models said of clips.
    answers
        Which answers were posted.
    votes
        What members say of clips.
    channels
        How the bot listens to channels.
    servers
        What was chosen for servers as a whole.
    playlists
        What servers collect.
    playlist_channels
        Which channels feed a playlist.
    playlist_views
        What messages show of playlists.
    publications
        Which playlists anybody may read who has a link.
    tracks
        Changes what is in playlists.
    removed_tracks
        Brings back what was in playlists.
    track_pages
        Finds what is in playlists.
    jobs
        Which long jobs there are.
    job_starts
        Begins long jobs.
    job_items
        How far each of their tracks is.
    rounds
        Rounds of the game.
    playable_tracks
        Finds what can be played in a round.
    statistics
        What servers have collected, in numbers.
    privacy
        What is kept about members.
    departures
        Forgets servers that the bot left.
    restores
        Whether a backup was restored meanwhile.
    """

    commands: CommandSyncs
    analyses: Analyses
    answers: Answers
    votes: Votes
    channels: Channels
    servers: Servers
    playlists: Playlists
    playlist_channels: PlaylistChannels
    playlist_views: PlaylistViews
    publications: Publications
    tracks: Tracks
    removed_tracks: RemovedTracks
    track_pages: TrackPages
    jobs: Jobs
    job_starts: JobStarts
    job_items: JobItems
    rounds: Rounds
    playable_tracks: PlayableTracks
    statistics: Statistics
    privacy: Privacy
    departures: Departures
    restores: Restores


@asynccontextmanager
async def open_store(url: str, *, clock: Clock = utc_now) -> AsyncIterator[Store]:
    """Open the database and migrate it.

    Parameters
    ----------
    url
        As of `bot.database_address.usable_address`. The folder of a SQLite file is made.
    clock
        Tells the time.

    Yields
    ------
    Store
        Usable until the context ends.

    Raises
    ------
    StoreUnavailable
        If the database cannot be opened or migrated.
    """
    address = make_url(url)
    database = postgresql if address.get_backend_name() == "postgresql" else sqlite
    engine: AsyncEngine | None = None
    try:
        try:
            engine = await database.open_migrated(address, migrate)
            store = await _store_on(engine, clock)
        except StoreFailed as error:
            raise _unavailable(address, error.__cause__ or error) from error
        except (SQLAlchemyError, CommandError, sqlite3.Error, *postgresql.DRIVER_ERRORS) as error:
            raise _unavailable(address, error) from error
        yield store
    finally:
        if engine is not None:
            await engine.dispose()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision.

    Parameters
    ----------
    connection
        At the beginning of a transaction.
    revision
        Alembic revision to upgrade to; ``-1`` takes the last step back, ``base`` everything.
    """
    if connection.dialect.name == "sqlite":
        # Python's driver would begin only after the tables were changed, and a crash would leave half of them.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        postgresql.wait_for_other_migrations(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


async def _store_on(engine: AsyncEngine, clock: Clock) -> Store:
    sessions = Sessions(engine)
    # Before anything is loaded: what is restored in between is then noticed.
    mark = await read_mark(sessions)
    channels = await load_channels(sessions)
    playlist_channels = await load_playlist_channels(sessions)
    servers = Servers(sessions, clock=clock)
    return Store(
        commands=CommandSyncs(sessions, clock=clock),
        analyses=Analyses(sessions, clock=clock),
        answers=Answers(sessions, clock=clock),
        votes=Votes(sessions, clock=clock),
        channels=channels,
        servers=servers,
        playlists=Playlists(sessions, clock=clock),
        playlist_channels=playlist_channels,
        playlist_views=PlaylistViews(sessions, clock=clock),
        publications=Publications(sessions, clock=clock),
        tracks=Tracks(sessions, clock=clock),
        removed_tracks=RemovedTracks(sessions),
        track_pages=TrackPages(sessions),
        privacy=Privacy(sessions),
        departures=Departures(
            sessions, servers=servers, channels=channels, playlist_channels=playlist_channels, clock=clock
        ),
        jobs=Jobs(sessions, clock=clock),
        job_starts=JobStarts(sessions, clock=clock),
        job_items=JobItems(sessions, clock=clock),
        rounds=Rounds(sessions, clock=clock),
        playable_tracks=PlayableTracks(sessions),
        statistics=Statistics(sessions, clock=clock),
        restores=Restores(sessions, mark, held=(channels, playlist_channels)),
    )


def _unavailable(address: URL, error: BaseException) -> StoreUnavailable:
    """Word an error without the password."""
    if isinstance(error, CommandError):
        # Alembic does not know the revision that the tables are at.
        what = f"it was used by a newer version of the bot ({error})"
        what_to_do = "Install that version or a newer one, or set DATABASE_URL to another database."
    elif address.get_backend_name() == "postgresql":
        what, what_to_do = postgresql.explain(error, address)
    else:
        what, what_to_do = str(getattr(error, "orig", None) or error), sqlite.WHAT_TO_DO
    if address.password:
        what = what.replace(str(address.password), "***")
    return StoreUnavailable(address.render_as_string(hide_password=True), what, what_to_do)
