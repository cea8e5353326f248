"""Who may change the course of a long job."""

from __future__ import annotations

from bot.jobs.job import Job
from bot.playlists.rights import Asker


def may_change_job(job: Job, asker: Asker) -> bool:
    """Tell whether somebody may stop a job, or have it shown elsewhere.

    Parameters
    ----------
    job
        The job.
    asker
        Who.

    Returns
    -------
    bool
        True for the one who began it, the owner of the playlist, and admins.
    """
    return asker.is_admin or asker.id in {job.asker, job.owner}
