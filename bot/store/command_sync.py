"""Which command tree Discord was last told of."""

from __future__ import annotations

from bot.store.models import CommandSync
from bot.store.sessions import Sessions
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now


class CommandSyncs:
    """Remembers what was synced, for each application.

    Parameters
    ----------
    sessions
        Of the database.
    clock
        Tells the time.
    """

    def __init__(self, sessions: Sessions, *, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    async def synced_digest(self, application_id: int) -> str | None:
        """Return the digest of the command tree that Discord has.

        Parameters
        ----------
        application_id
            Discord's id of the application.

        Returns
        -------
        str or None
            SHA-256, hexadecimal; None where nothing was synced yet.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            row = await session.get(CommandSync, application_id)
            return row.digest if row else None

    async def remember_sync(self, application_id: int, digest: str) -> None:
        """Remember that Discord now has this command tree.

        Parameters
        ----------
        application_id
            Discord's id of the application.
        digest
            SHA-256 of the tree, hexadecimal.

        Raises
        ------
        StoreFailed
            If the database fails, or that cannot be a digest.
        """
        new = {"digest": digest, "synced_at": self._clock()}
        async with self._sessions.writing() as session:
            await session.execute(
                insert_into(session, CommandSync)
                .values(application_id=application_id, **new)
                .on_conflict_do_update(index_elements=[CommandSync.application_id], set_=new)
            )
