"""What a round's result and the scores say, whoever played."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.game import MOST_NAMED, SCORES_SHOWN, result_card, scores_card
from bot.game.round import Guess, Round, RoundState, Score
from bot.store.votes import GenreVotes
from tests.bot.stores import NEW_YEAR

RIGHT = Round(
    id=1,
    guild=2,
    channel=3,
    track_id=4,
    message=5,
    state=RoundState.CLOSED,
    bot_genre="rock",
    probability=0.87,
    choices=("jazz", "rock"),
    answer="rock",
    language="en",
    ends_at=NEW_YEAR,
    guesses=0,
)


def text(ended: Round, guesses: list[Guess], **options: object) -> str:
    given = {"track": None, "votes": (), "hidden": frozenset()} | options
    card = result_card(ended, guesses, **given)  # type: ignore[arg-type]
    assert all(len(field.value or "") <= 1024 for field in card.fields)
    return "\n".join([card.description or "", *(f"{field.name}: {field.value}" for field in card.fields)])


def test_of_many_winners_some_are_named_and_nobody_who_hides() -> None:
    many = [Guess(2**62 + number, "rock") for number in range(100)]
    words = text(RIGHT, many, hidden={many[0].member})
    assert words.count("<@") == MOST_NAMED
    assert f"<@{many[0].member}>" not in words
    assert "and 80 more · 1 point each" in words
    assert "Right, as I was: One member · 1 point each" in text(RIGHT, many[:1], hidden={many[0].member})
    beaten = replace(RIGHT, answer="jazz")
    assert "Beat the bot: <@7> · 2 points each" in text(beaten, [Guess(7, "jazz"), Guess(8, "rock")])


def test_votes_that_settle_nothing_are_told() -> None:
    words = text(RIGHT, [], votes=(GenreVotes("jazz", 2), GenreVotes("pop", 1)))
    assert "The community has not settled on a genre, so my answer counts. Votes: **Jazz (2 of 3)** · pop (1)" in words


def test_the_longest_board_fits() -> None:
    scores = [Score(2**62 + number, 10_000, 10_000, 9_999) for number in range(SCORES_SHOWN + 3)]
    card = scores_card(scores)
    assert len(card.description or "") <= 4096
    assert (card.description or "").endswith("… and 3 more")
