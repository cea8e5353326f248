"""Draws what a server collects: what it is drawn with is loaded only in the drawing process."""

from __future__ import annotations

from bot.playlists.statistics import GenreTracks, Share


def draw_server(week: tuple[GenreTracks, ...], shares: tuple[Share, ...]) -> bytes:
    """Draw the genres of the week, and what each member shares.

    Parameters
    ----------
    week, shares
        As in `bot.playlists.statistics.ServerStatistics`.

    Returns
    -------
    bytes
        A PNG file.
    """
    # Imported here, because the bot's own process does without.
    from bot.cards.statistics_picture import draw_statistics  # noqa: PLC0415

    return draw_statistics(week, shares)
