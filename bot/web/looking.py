"""What there is to see of an answer for those who look closer."""

from __future__ import annotations

from typing import Any

from bot.cards.timeline_svg import moments, timeline_legend, timeline_svg
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import Texts
from bot.wording import headline
from classifier.result import Analysis, Verdict


def look_values(posted: PostedAnswer, analysis: Analysis, texts: Texts) -> dict[str, Any]:
    """Return what stands in the template of a closer look.

    Parameters
    ----------
    posted
        The answer.
    analysis
        What the classifier says.
    texts
        The reader's language.

    Returns
    -------
    dict
        No timeline and no moments where it is not music: they mean nothing then.
    """
    is_music = analysis.verdict is not Verdict.NOT_MUSIC
    rows = f"#answer-{posted.id}-"
    return {
        "answer": posted.id,
        "digest": posted.digest,
        "headline": headline(analysis, texts),
        "timeline": timeline_svg(analysis, texts, name=f"timeline-{posted.id}", address=rows) if is_music else None,
        "legend": timeline_legend(analysis, texts) if is_music else None,
        "moments": moments(analysis, texts) if is_music else (),
    }
