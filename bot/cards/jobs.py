"""How far long jobs are, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import discord

from bot.cards.analysis import safe_name
from bot.cards.progress import about
from bot.jobs.job import Counts, Failure, Job, JobKind, JobState
from bot.text import bar, printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import duration, percent

BAR_WIDTH: Final = 20
"""Blocks in the bar, which a phone shows in one line."""

FAILURES_SHOWN: Final = 10
"""Failures that stand in the card; all of them are in the file."""

FAILURES_NAME: Final = "failures.txt"
"""What the file with all failures is called."""

TITLE_SHOWN: Final = 60
REASON_SHOWN: Final = 180
"""Characters of a track's title and of a reason in a card: ten of both fit into its description."""

JOB_REASON_SHOWN: Final = 300
"""Characters of the reason why a job ended early, or rests."""

COLOURS: Final = {
    JobState.DONE: discord.Colour.green(),
    JobState.CANCELLED: discord.Colour.light_grey(),
    JobState.FAILED: discord.Colour.orange(),
}


def progress_card(
    job: Job,
    counts: Counts,
    *,
    now_at: Sequence[str] = (),
    seconds_left: float | None = None,
    texts: Texts = ENGLISH,
) -> discord.Embed:
    """Show how far a job is that is not over.

    Parameters
    ----------
    job
        The job.
    counts
        Of its tracks.
    now_at
        Titles of the tracks that are listened to; made safe here.
    seconds_left
        How long it may take; None where nobody knows.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(title=_title(job, texts), colour=discord.Colour.blurple())
    if job.state is JobState.LISTING:
        embed.description = texts("job-listing")
        return embed
    share = counts.ended / counts.total if counts.total else 1.0
    lines = [f"`{bar(share, width=BAR_WIDTH)}` {percent(share, texts)}", _numbers(job, counts, texts)]
    if job.state is JobState.PAUSED:
        lines.append(texts("job-paused"))
        if job.pause_reason is not None:
            lines += [f"**{printable(job.pause_reason, limit=JOB_REASON_SHOWN)}**", texts("job-paused-by-trouble")]
    else:
        lines += [texts("job-now", title=safe_name(title)) for title in now_at[:1]]
        if seconds_left is not None and counts.waiting:
            lines.append(texts("job-left", time=about(seconds_left, texts)))
    embed.description = "\n".join(lines)
    return embed.set_footer(text=printable(job.name, limit=100))


def sum_card(
    job: Job, counts: Counts, failures: Sequence[Failure], *, now: datetime, texts: Texts = ENGLISH
) -> discord.Embed:
    """Show what came of a job.

    Parameters
    ----------
    job
        One that is over, or of which no track waits.
    counts
        Of its tracks.
    failures
        All of them; their texts are made safe here.
    now
        In UTC; the end, where none is noted yet.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    ending = {JobState.CANCELLED: "job-was-cancelled", JobState.FAILED: "job-has-failed"}.get(job.state, "job-is-done")
    lines = [texts(ending)]
    if job.reason is not None:
        lines.append(f"**{printable(job.reason, limit=JOB_REASON_SHOWN)}**")
    lines.append(_numbers(job, counts, texts))
    if job.left_out:
        lines.append(texts("job-left-out", count=job.left_out))
    if job.cut_off:
        lines.append(texts("job-cut-off", count=counts.total + job.left_out))
    took = ((job.ended_at or now) - job.begun_at).total_seconds()
    lines.append(texts("job-took", time=duration(max(0.0, took), texts)))
    if failures:
        lines += ["", texts("job-failures", count=len(failures))]
        lines += [
            f"• **{safe_name(printable(failure.title, limit=TITLE_SHOWN))}**: "
            f"{printable(failure.reason, limit=REASON_SHOWN)}"
            for failure in failures[:FAILURES_SHOWN]
        ]
        if len(failures) > FAILURES_SHOWN:
            lines.append(texts("job-more-failures", file=FAILURES_NAME))
    state = job.state if job.state.is_over else JobState.DONE
    embed = discord.Embed(title=_title(job, texts), description="\n".join(lines), colour=COLOURS[state])
    return embed.set_footer(text=printable(job.name, limit=100))


def failures_text(failures: Sequence[Failure]) -> bytes:
    """Return all failures as a text file.

    Parameters
    ----------
    failures
        At least one.

    Returns
    -------
    bytes
        UTF-8: one line for each, the title first.
    """
    return "".join(f"{failure.title}: {failure.reason}\n" for failure in failures).encode()


def jobs_card(jobs: Sequence[Job], counts: Mapping[int, Counts], texts: Texts = ENGLISH) -> discord.Embed:
    """List the jobs of a server.

    Parameters
    ----------
    jobs
        The latest first; may be none.
    counts
        Of the tracks of each.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(title=texts("jobs-title"), colour=discord.Colour.blurple())
    if not jobs:
        embed.description = texts("jobs-none")
    for job in jobs:
        state = texts(f"job-state-{job.state.value}")
        since = discord.utils.format_dt(job.begun_at, "R")
        embed.add_field(
            name=f"{_title(job, texts)} · {state}"[:256],
            value=f"{_numbers(job, counts[job.id], texts)}\n{since} · {safe_name(job.name)}",
            inline=False,
        )
    return embed


def _title(job: Job, texts: Texts) -> str:
    name = safe_name(printable(job.playlist, limit=TITLE_SHOWN))
    return texts("job-title-retag" if job.kind is JobKind.RETAG else "job-title-import", playlist=name)


def _numbers(job: Job, counts: Counts, texts: Texts) -> str:
    done = texts("job-heard" if job.kind is JobKind.RETAG else "job-added", count=counts.done)
    parts = [f"✅ {done}"]
    if counts.known:
        parts.append(f"☑️ {texts('job-known', count=counts.known)}")
    if counts.failed:
        parts.append(f"⚠️ {texts('job-failed', count=counts.failed)}")
    if counts.waiting:
        waiting = texts("job-not-begun" if job.state.is_over else "job-waiting", count=counts.waiting)
        parts.append(f"⏳ {waiting}")
    return " · ".join(parts)
