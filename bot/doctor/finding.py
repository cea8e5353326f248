"""What a check found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    SKIPPED = "skipped"
    """Not looked at, because something else has to be solved first; it says nothing of the bot."""
    ADVICE = "advice"
    """The bot works, but less well than it could."""
    PROBLEM = "problem"
    """The bot does not work, or something that an operator chose does not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; it never holds a secret.

    Parameters
    ----------
    level
        How much it matters.
    subject
        What was looked at, in a word or two.
    what
        What was found.
    what_to_do
        What the operator can do about it; None where all is well.
    """

    level: Level
    subject: str
    what: str
    what_to_do: str | None = None

    def __post_init__(self) -> None:
        if (self.level is Level.OK) is not (self.what_to_do is None):
            raise ValueError("what is not well needs something to do, and what is well needs nothing")


def ok(subject: str, what: str) -> Finding:
    """Return a finding that needs nothing to be done.

    Parameters
    ----------
    subject, what
        As in `Finding`.

    Returns
    -------
    Finding
    """
    return Finding(Level.OK, subject, what)


def advice(subject: str, what: str, what_to_do: str) -> Finding:
    """Return a finding that could be better.

    Parameters
    ----------
    subject, what, what_to_do
        As in `Finding`.

    Returns
    -------
    Finding
    """
    return Finding(Level.ADVICE, subject, what, what_to_do)


def skipped(subject: str, what: str, what_to_do: str) -> Finding:
    """Return that something was not looked at.

    Parameters
    ----------
    subject, what, what_to_do
        As in `Finding`.

    Returns
    -------
    Finding
    """
    return Finding(Level.SKIPPED, subject, what, what_to_do)


def problem(subject: str, what: str, what_to_do: str) -> Finding:
    """Return a finding that keeps something from working.

    Parameters
    ----------
    subject, what, what_to_do
        As in `Finding`.

    Returns
    -------
    Finding
    """
    return Finding(Level.PROBLEM, subject, what, what_to_do)
