## Beat the bot: the commands

command-beat = beat-the-bot
    .description = Guess the genre of a hidden track against the bot
command-beat-start = start
    .description = Play a track of a playlist without its title
command-beat-scores = scores
    .description = Show who has won how many points here

## Beat the bot: a round

round-title = Beat the bot
round-question = Which genre is this? Listen to **{ $file }** and press a button. You may change your guess until the round ends { $end }; nobody sees it before.
round-guesses = { $count ->
    [0] Nobody has guessed yet.
    [one] One member has guessed.
   *[other] { $count } members have guessed.
}
round-you-guess = You guess **{ $genre }**. Press another button to change that; the round ends { $end }.

## Beat the bot: the result

round-result-title = { $genre } was right
round-track-gone = The track was removed from its playlist meanwhile.
round-bot-right = 🤖 I heard **{ $genre }** ({ $share }), and that is right.
round-bot-wrong = 🤖 I heard **{ $genre }** ({ $share }), and that is wrong.
round-settled = 🗳️ The community has settled on **{ $genre }**, so that counts.
round-votes = 🗳️ The community has not settled on a genre, so my answer counts. Votes: { $votes }
round-no-votes = 🗳️ Nobody has voted on it, so my answer counts.
round-beat-title = Beat the bot
round-right-title = Right, as I was
round-winners = { $points ->
    [one] { $members } · 1 point each
   *[other] { $members } · { $points } points each
}
round-others = { $count ->
    [one] one more
   *[other] { $count } more
}
round-hidden = { $count ->
    [one] One member
   *[other] { $count } members
}
round-nobody-right = Nobody was right.
round-nobody-guessed = Nobody guessed.
round-guessed-title = Guesses
round-guess-count = { $genre } ({ $count })

## Beat the bot: the scores

scores-title = Beat the bot: scores
scores-none = There are no scores to show yet. `/beat-the-bot start` begins a round.
scores-line = { $points ->
    [one] **{ $number }.** { $who } · **1 point** · { $rounds } · { $share } right
   *[other] **{ $number }.** { $who } · **{ $points } points** · { $rounds } · { $share } right
}
scores-rounds = { $count ->
    [one] 1 round
   *[other] { $count } rounds
}
scores-more = { $count ->
    [one] … and one more
   *[other] … and { $count } more
}
scores-rules = A right guess is 1 point, and 2 where I was wrong.
