"""Tells Discord of the commands, but only when they have changed."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

from discord import app_commands

from bot.store.database import Store

log = logging.getLogger(__name__)


async def tree_digest(tree: app_commands.CommandTree[Any]) -> str:
    """Return a digest of all that Discord would be told, in all languages.

    Parameters
    ----------
    tree
        The command tree.

    Returns
    -------
    str
        SHA-256, hexadecimal; equal for equal commands in whatever order they were added.
    """
    translator = tree.translator
    payload = [
        command.to_dict(tree) if translator is None else await command.get_translated_payload(tree, translator)
        for command in tree.get_commands()
    ]
    payload.sort(key=lambda command: (command["type"], command["name"]))
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


async def sync_if_changed(tree: app_commands.CommandTree[Any], store: Store, *, application_id: int) -> bool:
    """Sync the command tree unless Discord already has it: syncing is rate-limited.

    Parameters
    ----------
    tree
        The command tree.
    store
        Remembers what was synced.
    application_id
        Discord's id of the application.

    Returns
    -------
    bool
        Whether Discord was told.

    Raises
    ------
    discord.HTTPException
        If Discord refuses the commands.
    StoreFailed
        If the database fails.
    """
    digest = await tree_digest(tree)
    if await store.commands.synced_digest(application_id) == digest:
        log.info("Discord already has these commands")
        return False
    commands = await tree.sync()
    await store.commands.remember_sync(application_id, digest)
    log.info("told Discord of %d commands", len(commands))
    return True
