"""From a member's command to a job that runs and is shown."""

from __future__ import annotations

from typing import Any

import discord

from bot.jobs.errors import CannotShowProgress
from bot.jobs.job import Place
from bot.services import Services
from bot.surfaces.interaction import may_write_in
from bot.texts.catalogue import texts_for


def place_of(interaction: discord.Interaction[Any]) -> Place:
    """Return where a job is asked for, if it can be shown there until its end.

    Parameters
    ----------
    interaction
        The command.

    Returns
    -------
    Place

    Raises
    ------
    CannotShowProgress
        If the bot may not write there: a job takes longer than Discord keeps a command open.
    """
    if interaction.channel_id is None or not may_write_in(interaction):
        raise CannotShowProgress
    return Place(interaction.user.id, interaction.channel_id, texts_for(interaction.locale).language)


async def show_begun(interaction: discord.Interaction[Any], job_id: int) -> None:
    """Let a job run that was begun, and show it in the place of the deferred answer.

    Parameters
    ----------
    interaction
        The command, which was deferred for all to see.
    job_id
        Of the job.

    Raises
    ------
    StoreFailed
        If the database fails; the job runs all the same.
    discord.HTTPException
        If Discord does not take it; likewise.
    """
    services: Services = interaction.client.services
    jobs = interaction.client.jobs
    try:
        reply = await jobs.board.reply(await services.store.jobs.get(job_id))
        message = await interaction.edit_original_response(**reply.as_edit())
        # Where that took long, it has another message by now.
        await jobs.board.move(await services.store.jobs.get(job_id), message)
        # It may be further by now than what was shown.
        jobs.board.changed(job_id)
    finally:
        jobs.wake()
