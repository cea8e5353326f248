"""Why a backup is not made or not restored; each is a sentence for the operator."""

from __future__ import annotations

from pathlib import Path

from bot.errors import BotError


class BackupError(BotError):
    """Root of what is refused; the database and the files are then as they were."""


class OnServer(BackupError):
    """The database is no file.

    Parameters
    ----------
    connection
        How PostgreSQL's own programs reach it, as one argument of a shell, without a password.
    """

    def __init__(self, connection: str) -> None:
        super().__init__(connection)
        self.connection = connection

    def __str__(self) -> str:
        return (
            "The database is on a PostgreSQL server, which has programs of its own for that. Save it, whether the bot "
            "runs or not, with\n"
            f"  pg_dump --format=custom --file=FILE --dbname={self.connection}\n"
            "and put it back while the bot is stopped with\n"
            f"  pg_restore --clean --if-exists --no-owner --single-transaction --dbname={self.connection} FILE\n"
            "Both ask for the password. Then start the bot, which brings the tables up to date."
        )


class InMemory(BackupError):
    """The database ends with its process."""

    def __str__(self) -> str:
        return "The database is in memory only, so there is nothing to save. Set DATABASE_URL to a file."


class UnfitDatabase(BackupError):
    """The database of DATABASE_URL cannot be saved.

    Parameters
    ----------
    database
        Where it is.
    flaw
        What is wrong, as the end of a sentence that begins with the file.
    """

    def __init__(self, database: Path, flaw: str) -> None:
        super().__init__(database, flaw)
        self.database = database
        self.flaw = flaw

    def __str__(self) -> str:
        return (
            f"{self.database} {self.flaw}, so nothing was saved. Check DATABASE_URL; `genre-bot restore` puts an "
            "earlier backup in its place."
        )


class BadTarget(BackupError):
    """A backup cannot be written where it was asked for.

    Parameters
    ----------
    file
        Where that is.
    why
        What is wrong, as the end of a sentence that begins with the file.
    what_to_do
        Sentence for the operator.
    """

    def __init__(self, file: Path, why: str, what_to_do: str = "Name another file.") -> None:
        super().__init__(file, why, what_to_do)
        self.file = file
        self.why = why
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.file} {self.why}. {self.what_to_do}"


class UnfitBackup(BackupError):
    """A file cannot be restored.

    Parameters
    ----------
    file
        Which.
    flaw
        What is wrong, as the end of a sentence that begins with the file.
    """

    def __init__(self, file: Path, flaw: str) -> None:
        super().__init__(file, flaw)
        self.file = file
        self.flaw = flaw

    def __str__(self) -> str:
        return f"{self.file} {self.flaw}, so nothing was changed. Give a file that `genre-bot backup` has made."


class NewerBackup(BackupError):
    """A backup has tables that this version does not know.

    Parameters
    ----------
    file
        Which.
    revision
        What its tables are at.
    """

    def __init__(self, file: Path, revision: str) -> None:
        super().__init__(file, revision)
        self.file = file
        self.revision = revision

    def __str__(self) -> str:
        return (
            f"{self.file} was made by a newer version of Genre Bot: this one does not know the revision "
            f"{self.revision} of its tables. Install that version or a newer one, and restore it with that."
        )


class RestoreUnderWay(BackupError):
    """Another process restores in the same folder.

    Parameters
    ----------
    database
        Where the database is.
    """

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.database = database

    def __str__(self) -> str:
        return f"Something is being restored beside {self.database} already. Wait until that is done, and try again."


class DatabaseBusy(BackupError):
    """Others write to the database, or hold it, all the time.

    Parameters
    ----------
    database
        Where it is.
    seconds
        How long a pause was waited for.
    """

    def __init__(self, database: Path, seconds: float) -> None:
        super().__init__(database, seconds)
        self.database = database
        self.seconds = seconds

    def __str__(self) -> str:
        return (
            f"{self.database} was in use for {self.seconds:g} s without a pause, so nothing was changed. "
            "Try again, or stop the bot first."
        )


class WithoutLog(BackupError):
    """The disk allows no write-ahead log, without which a running bot could see half of a restored database.

    Parameters
    ----------
    database
        Where it is.
    """

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.database = database

    def __str__(self) -> str:
        return (
            f"The disk of {self.database} allows no write-ahead log, so nothing was changed: what a running bot writes "
            "meanwhile could be lost. Put the database on a local disk, and set DATABASE_URL to it there."
        )


class CopyFailed(BackupError):
    """The disk, or the right to write to it, gave out.

    Parameters
    ----------
    path
        What was to be written.
    detail
        What the system says.
    """

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return (
            f"{self.path} cannot be written ({self.detail}). Look whether its folder is there, whether this account "
            "may write to it, and whether there is room; then try again."
        )


class NotConfirmed(BackupError):
    """Nobody can be asked whether the database is to be replaced."""

    def __str__(self) -> str:
        return "Nothing was changed: there is no terminal to ask on. Give --yes to replace the database without asking."
