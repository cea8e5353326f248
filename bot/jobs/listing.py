"""Finds the tracks that a link leads to."""

from __future__ import annotations

from bot.jobs.job import Job, NewItem
from bot.media.links import parse_link
from bot.services import Services


async def find_tracks(job: Job, services: Services) -> None:
    """List what a job's link leads to, and let the job go on with that.

    Parameters
    ----------
    job
        Whose tracks are to be found.
    services
        What it takes.

    Raises
    ------
    LinkError
        If there is nothing, or it cannot be read.
    StoreFailed
        If the database fails.
    """
    assert job.link is not None
    links = services.links
    listing = await links.sites.listing(parse_link(job.link), most=services.settings.import_limit, folder=links.folder)
    found = [NewItem(track.title or track.link.host, track.link.url, track.duration) for track in listing.tracks]
    await services.store.job_starts.list_found(
        job.id,
        listing.title or job.name,
        found,
        left_out=sum(listing.left_out.values()),
        cut_off=listing.more,
    )
