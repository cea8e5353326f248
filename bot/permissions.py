"""What the bot needs Discord to allow it, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import discord

SCOPES: Final = ("bot", "applications.commands")
"""What an invitation asks for besides the permissions: a place in the server, and commands there."""


class Feature(StrEnum):
    """What can be switched off by a missing permission, in the words of a sentence."""

    ANSWERING = "answering commands"
    ANSWERING_IN_THREADS = "answering in threads"
    REPLYING = "replying to dropped files"
    OPENING_THREADS = "a thread for each dropped file"
    REACTING = "reacting to dropped files"


@dataclass(frozen=True, slots=True)
class Need:
    """One permission and why it is asked for.

    Parameters
    ----------
    permission
        Its attribute of `discord.Permissions`, such as ``send_messages``.
    name
        What Discord's own settings call it.
    purpose
        What the bot does with it.
    """

    permission: str
    name: str
    purpose: str


_ANSWERING: Final = (
    Need("view_channel", "View Channels", "to be in the channel at all"),
    Need("send_messages", "Send Messages", "to send an answer that took longer than Discord keeps a command open"),
    Need("embed_links", "Embed Links", "to show the genres and their bars"),
    Need("attach_files", "Attach Files", "to show the picture of the genre over time"),
)

_IN_THREADS: Final = Need("send_messages_in_threads", "Send Messages in Threads", "to answer inside a thread")

_HISTORY: Final = Need("read_message_history", "Read Message History", "to point at the message that it answers")

# Removing its own progress is no feature here: that is its own message, for which nothing is needed.
NEEDS: Final[Mapping[Feature, tuple[Need, ...]]] = MappingProxyType(
    {
        Feature.ANSWERING: _ANSWERING,
        Feature.ANSWERING_IN_THREADS: (_IN_THREADS,),
        Feature.REPLYING: (*_ANSWERING, _HISTORY),
        Feature.OPENING_THREADS: (
            Need("create_public_threads", "Create Public Threads", "to open a thread under the file"),
            _IN_THREADS,
        ),
        Feature.REACTING: (Need("add_reactions", "Add Reactions", "to put the genre under the file"), _HISTORY),
    }
)
"""The permissions of each feature, in the order in which Discord's settings have them."""


def missing(permissions: discord.Permissions, feature: Feature) -> tuple[Need, ...]:
    """Tell which permissions a feature lacks.

    Parameters
    ----------
    permissions
        What the bot may do in a server or a channel.
    feature
        What it is meant to do there.

    Returns
    -------
    tuple of Need
        Empty where the feature works. An administrator lacks nothing.
    """
    if permissions.administrator:
        return ()
    return tuple(need for need in NEEDS[feature] if not getattr(permissions, need.permission))


def invite_permissions() -> discord.Permissions:
    """Return everything that any feature needs, and nothing else.

    Returns
    -------
    discord.Permissions
    """
    return discord.Permissions(**{need.permission: True for needs in NEEDS.values() for need in needs})


def permission_names() -> tuple[str, ...]:
    """Return what Discord calls everything that any feature needs, each once.

    Returns
    -------
    tuple of str
    """
    return tuple(dict.fromkeys(need.name for needs in NEEDS.values() for need in needs))


def invite_url(application_id: int) -> str:
    """Return the address at which an admin adds the bot to a server.

    Parameters
    ----------
    application_id
        Discord's id of the application.

    Returns
    -------
    str
        Asks for `SCOPES` and `invite_permissions`.
    """
    return discord.utils.oauth_url(application_id, permissions=invite_permissions(), scopes=SCOPES)
