"""Who is next: servers take turns, and in each server its members do.

Nothing here waits or knows of workers; whoever owns the queue asks it for the next item when there is room.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who asks.

    Parameters
    ----------
    member
        Discord's id of the member.
    server
        Discord's id of the server that the bot is a member of; None in direct messages and wherever else only the
        member has installed the bot, who then counts as a server of their own.
    """

    member: int
    server: int | None = None

    @property
    def shares_with(self) -> tuple[str, int]:
        """What the member's turns are taken from: equal for all members of one server."""
        return ("member", self.member) if self.server is None else ("server", self.server)


class FairQueue(Generic[Item]):
    """Items that wait for their turn or have it.

    The servers that have something waiting stand in a row: the first one has its turn and goes to the end, and so does
    one that comes. In each server its members stand in such a row, and each member's items in the order in which they
    came. A member who has an item running is passed over and keeps the place until it has ended.

    What runs in the background belongs to no member and stands in a row of its own, in the order in which it came.
    """

    def __init__(self) -> None:
        # Dictionaries in the order of the rows.
        self._waiting: dict[tuple[str, int], dict[int, deque[Item]]] = {}
        self._owners: dict[Item, Owner] = {}
        self._running: dict[Item, int] = {}
        self._behind: dict[Item, None] = {}
        self._running_behind: set[Item] = set()

    @property
    def running(self) -> int:
        """How many items have their turn."""
        return len(self._running) + len(self._running_behind)

    def enter(self, item: Item, owner: Owner) -> None:
        """Let an item wait.

        Parameters
        ----------
        item
            Not in the queue yet.
        owner
            Whose it is.
        """
        self._owners[item] = owner
        self._waiting.setdefault(owner.shares_with, {}).setdefault(owner.member, deque()).append(item)

    def enter_background(self, item: Item) -> None:
        """Let an item wait in the background.

        Parameters
        ----------
        item
            Not in the queue yet.
        """
        self._behind[item] = None

    def bring_forward(self, item: Item, owner: Owner) -> None:
        """Let an item that waits in the background wait like a member's; nothing happens to any other.

        Parameters
        ----------
        item
            In the queue, or not any more.
        owner
            Who waits for it now.
        """
        if item in self._behind:
            del self._behind[item]
            self.enter(item, owner)

    def start_next_in_background(self, at_most: int) -> Item | None:
        """Give the next item of the background its turn, which lasts until it leaves.

        Parameters
        ----------
        at_most
            How many of them may have their turn at the same time.

        Returns
        -------
        Item or None
            None where nothing waits in the background, or as many have their turn already.
        """
        if not self._behind or len(self._running_behind) >= at_most:
            return None
        item = next(iter(self._behind))
        del self._behind[item]
        self._running_behind.add(item)
        return item

    def start_next(self) -> Item | None:
        """Give the next item its turn, which lasts until it leaves.

        Returns
        -------
        Item or None
            None where nothing waits, or only members who have an item running already.
        """
        busy = set(self._running.values())
        for server, members in self._waiting.items():
            for member, items in members.items():
                if member not in busy:
                    item = items.popleft()
                    self._running[item] = member
                    self._to_the_end(server, member)
                    return item
        return None

    def leave(self, item: Item) -> None:
        """Take an item out, whether it waits or has its turn.

        Parameters
        ----------
        item
            In the queue.
        """
        if item in self._behind or item in self._running_behind:
            self._behind.pop(item, None)
            self._running_behind.discard(item)
            return
        owner = self._owners.pop(item)
        if self._running.pop(item, None) is None:
            members = self._waiting[owner.shares_with]
            members[owner.member].remove(item)
            if not members[owner.member]:
                del members[owner.member]
            if not members:
                del self._waiting[owner.shares_with]

    def waiting(self) -> list[Item]:
        """Return the members' waiting items in the order of their turns, as if everybody's running item had ended."""
        return list(_in_turn(_in_turn(members.values()) for members in self._waiting.values()))

    def _to_the_end(self, server: tuple[str, int], member: int) -> None:
        members = self._waiting.pop(server)
        items = members.pop(member)
        if items:
            members[member] = items
        if members:
            self._waiting[server] = members


def _in_turn(sequences: Iterable[Iterable[Item]]) -> Iterator[Item]:
    """Yield the first of each sequence, then the second of each, and so on."""
    left = deque(iter(sequence) for sequence in sequences)
    while left:
        sequence = left.popleft()
        for item in sequence:
            yield item
            left.append(sequence)
            break
