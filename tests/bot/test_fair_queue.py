"""Turns: of servers, of members in them, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.fair_queue import FairQueue, Owner

OWNERS = st.builds(Owner, member=st.integers(min_value=1, max_value=6), server=st.sampled_from([None, 100, 200, 300]))


def drain(queue: FairQueue[int]) -> list[int]:
    """Let one item after the other have its turn."""
    order = []
    while (item := queue.start_next()) is not None:
        order.append(item)
        queue.leave(item)
    return order


def filled(owners: list[Owner]) -> FairQueue[int]:
    queue: FairQueue[int] = FairQueue()
    for item, owner in enumerate(owners):
        queue.enter(item, owner)
    return queue


@given(st.lists(OWNERS, max_size=40))
def test_everyone_gets_a_turn_in_the_order_that_was_told(owners: list[Owner]) -> None:
    queue = filled(owners)
    told = queue.waiting()
    assert drain(queue) == told
    assert sorted(told) == list(range(len(owners)))
    assert queue.waiting() == []


@given(st.lists(OWNERS, max_size=40))
def test_between_two_turns_of_a_server_every_other_one_that_waits_has_exactly_one(owners: list[Owner]) -> None:
    turns = [owners[item].shares_with for item in drain(filled(owners))]
    assert_round_robin(turns)


@given(st.lists(OWNERS, max_size=40))
def test_between_two_turns_of_a_member_every_other_one_of_the_server_that_waits_has_exactly_one(
    owners: list[Owner],
) -> None:
    order = drain(filled(owners))
    for server in {owner.shares_with for owner in owners}:
        assert_round_robin([owners[item].member for item in order if owners[item].shares_with == server])


def assert_round_robin(turns: list[object]) -> None:
    """Of what is there from the beginning, round n has everyone with n turns or more, always in the same order."""
    totals = Counter(turns)
    first_round = turns[: len(totals)]
    assert len(set(first_round)) == len(totals)
    expected = [who for number in range(max(totals.values(), default=0)) for who in first_round if totals[who] > number]
    assert turns == expected


@given(st.lists(OWNERS, max_size=40))
def test_a_members_items_keep_their_order(owners: list[Owner]) -> None:
    order = drain(filled(owners))
    for owner in set(owners):
        own = [item for item in order if owners[item] == owner]
        assert own == sorted(own)


class AnyOrder(RuleBasedStateMachine):
    """Items enter, start, end and give up in any order: no turn is lost, and nobody who waits is overtaken twice."""

    AT_ONCE = 3

    def __init__(self) -> None:
        super().__init__()
        self.queue: FairQueue[int] = FairQueue()
        self.count = 0
        self.waiting: dict[int, Owner] = {}
        self.running: dict[int, Owner] = {}
        # For each server that had a turn: those which could have had one ever since.
        self.patient: dict[tuple[str, int], set[tuple[str, int]]] = {}

    @property
    def free(self) -> dict[int, Owner]:
        """What waits and whose member has nothing running."""
        busy = {owner.member for owner in self.running.values()}
        return {item: owner for item, owner in self.waiting.items() if owner.member not in busy}

    @rule(owner=OWNERS)
    def enter(self, owner: Owner) -> None:
        self.count += 1
        self.queue.enter(self.count, owner)
        self.waiting[self.count] = owner

    @precondition(lambda self: len(self.running) < self.AT_ONCE)
    @rule()
    def start(self) -> None:
        item = self.queue.start_next()
        if item is None:
            assert not self.free
            return
        assert item in self.free
        owner = self.running[item] = self.waiting.pop(item)
        server = owner.shares_with
        assert not self.patient.get(server)
        for others in self.patient.values():
            others.discard(server)
        self.patient[server] = {other.shares_with for other in self.free.values()} - {server}

    @precondition(lambda self: self.waiting or self.running)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from([*self.waiting, *self.running]))
        self.queue.leave(item)
        self.waiting.pop(item, None)
        self.running.pop(item, None)

    @invariant()
    def forget_who_could_not_have_a_turn(self) -> None:
        free = {owner.shares_with for owner in self.free.values()}
        for others in self.patient.values():
            others.intersection_update(free)

    @invariant()
    def all_are_there_and_one_runs_for_each_member(self) -> None:
        assert sorted(self.queue.waiting()) == sorted(self.waiting)
        assert self.queue.running == len(self.running)
        members = [owner.member for owner in self.running.values()]
        assert len(members) == len(set(members))

    def teardown(self) -> None:
        """Nobody starves: with no more to come, everything that waits gets its turn."""
        for item in self.running:
            self.queue.leave(item)
        assert sorted(drain(self.queue)) == sorted(self.waiting)


TestAnyOrder = AnyOrder.TestCase


def test_a_newcomer_waits_for_one_turn_of_each_other_server_however_long_their_queues_are() -> None:
    busy = [Owner(member, 100) for member in range(50)] + [Owner(member, 200) for member in range(100, 150)]
    queue = filled([*busy, Owner(999)])
    assert queue.waiting().index(100) == 2


def test_a_member_with_many_clips_does_not_hold_up_the_others_of_the_server() -> None:
    queue = filled([*[Owner(1, 100)] * 30, Owner(2, 100)])
    assert queue.waiting()[:3] == [0, 30, 1]


def test_a_member_is_passed_over_while_an_own_clip_runs_and_is_next_after_it() -> None:
    queue = filled([Owner(1, 100), Owner(1, 100), Owner(2, 100), Owner(2, 100)])
    assert [queue.start_next(), queue.start_next(), queue.start_next()] == [0, 2, None]
    queue.leave(0)
    assert queue.start_next() == 1
