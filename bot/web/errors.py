"""What keeps the page, or a part of it, from being served."""

from __future__ import annotations

from bot.errors import BotError, RequestError


class WebRefused(BotError):
    """The page would be open to others without a password.

    Parameters
    ----------
    reason
        What lets them in, as the beginning of a sentence.
    characters
        How long a password has to be.
    """

    def __init__(self, reason: str, characters: int) -> None:
        super().__init__(reason, characters)
        self.reason = reason
        self.characters = characters

    def __str__(self) -> str:
        return f"{self.reason}: set GENREBOT_WEB_PASSWORD to {self.characters} characters or more, or take that back."


class PageBusy(RequestError):
    """Too many large pictures and files are asked for, or were not taken yet."""

    def __str__(self) -> str:
        return "Several large pictures and files are being made or sent already. Please try again in a moment."


class TooManyAsked(RequestError):
    """A form holds more files than are taken.

    Parameters
    ----------
    limit
        Files and links that are.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"I take {self.limit} clips at once, and left the others. Send them once more."


class WebUnavailable(BotError):
    """The page cannot listen where it should.

    Parameters
    ----------
    host, port
        Where that is.
    reason
        What the system says.
    """

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(host, port, reason)
        self.host = host
        self.port = port
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"The page cannot be served at {self.host}, port {self.port}: {self.reason}. "
            "Set GENREBOT_WEB_HOST to an address of this machine and GENREBOT_WEB_PORT to a free port."
        )
