"""Draws the pictures of answers in the worker processes; imports neither Discord nor, before it draws, matplotlib."""

from __future__ import annotations

from bot.cards.timeline import has_picture
from classifier.result import Analysis


class TimelineIllustrator:
    """Draws the genre timeline, for clips that have one worth a picture."""

    def prepare(self) -> None:
        """Load matplotlib, so that the first picture is not the slow one."""
        # Imported here and below, because the bot's own process does without.
        import bot.cards.timeline_picture  # noqa: F401, PLC0415

    def draw(self, analysis: Analysis) -> bytes | None:
        """Draw the timeline.

        Parameters
        ----------
        analysis
            What the classifier says.

        Returns
        -------
        bytes or None
            A PNG file; None for clips that are too short, and for what is not music.
        """
        if not has_picture(analysis):
            return None
        from bot.cards.timeline_picture import draw_timeline  # noqa: PLC0415

        return draw_timeline(analysis)
