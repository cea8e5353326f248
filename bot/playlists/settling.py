"""When a community has agreed on a genre."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.votes import GenreVotes


def votes_missing(votes: Sequence[GenreVotes], needed: int) -> int:
    """Return how many more members have to vote for the first genre before it counts.

    Parameters
    ----------
    votes
        All there are, most first.
    needed
        Members who have to agree, by the server's choice; besides, they have to be more than half of those who voted.

    Returns
    -------
    int
        0 where it counts already.
    """
    if not votes:
        return needed
    first, everybody = votes[0].votes, sum(entry.votes for entry in votes)
    # With n more of them: 2 * (first + n) > everybody + n.
    return max(0, needed - first, everybody - 2 * first + 1)
