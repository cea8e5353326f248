"""The buttons under a long job: pause it, let it go on, end it."""

from __future__ import annotations

import re
from typing import Any, Final, Self

import discord
from discord import ui

from bot.asker import asker_of
from bot.buttons.clicking import telling_failures
from bot.jobs.errors import NoSuchJob, NotYourJob
from bot.jobs.job import Job, JobState
from bot.jobs.rights import may_change_job
from bot.store.database import Store
from bot.texts.catalogue import texts_in

JOB: Final = r"(?P<action>pause|resume|cancel):(?P<job>[0-9]{1,18}):(?P<language>[A-Za-z-]{2,5})"
"""What the custom ids carry: what the button does, the number of the job, and the language that it is shown in."""


class JobButton(ui.DynamicItem[ui.Button[Any]], template=rf"genre-bot:job:{JOB}"):
    """Changes the course of a job, for the one who asked for it, the owner of the playlist, and admins.

    Parameters
    ----------
    action
        ``pause``, ``resume`` or ``cancel``.
    job_id
        Number of the job.
    language
        That the job is shown in.
    """

    def __init__(self, action: str, job_id: int, language: str) -> None:
        self._action = action
        self._job_id = job_id
        super().__init__(
            ui.Button(
                label=texts_in(language)(f"button-job-{action}"),
                style=discord.ButtonStyle.secondary,
                custom_id=f"genre-bot:job:{action}:{job_id}:{language}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(match["action"], int(match["job"]), match["language"])

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is there for; the job's own message shows it."""
        store: Store = interaction.client.services.store
        if interaction.guild_id is None:
            raise NoSuchJob
        job = await store.jobs.get(self._job_id, interaction.guild_id)
        if not may_change_job(job, asker_of(interaction)):
            raise NotYourJob
        # What is under way is let go first, which may take a moment.
        await interaction.response.defer()
        jobs = interaction.client.jobs
        match self._action:
            case "pause":
                await jobs.pause(job.id)
            case "resume":
                await jobs.resume(job.id)
            case _:
                await jobs.cancel(job.id)


def job_view(job: Job) -> ui.View:
    """Return the buttons of a job that is not over.

    Parameters
    ----------
    job
        The job.

    Returns
    -------
    discord.ui.View
    """
    actions = {JobState.RUNNING: ("pause", "cancel"), JobState.PAUSED: ("resume", "cancel")}.get(job.state, ("cancel",))
    view = ui.View(timeout=None)
    for action in actions:
        view.add_item(JobButton(action, job.id, job.language))
    return view
