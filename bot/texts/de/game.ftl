## Schlag den Bot: die Befehle

command-beat = schlag-den-bot
    .description = Rate gegen den Bot das Genre eines verdeckten Tracks
command-beat-start = starten
    .description = Spielt einen Track einer Playlist ohne seinen Titel
command-beat-scores = punktestand
    .description = Zeigt, wer hier wie viele Punkte hat

## Schlag den Bot: eine Runde

round-title = Schlag den Bot
round-question = Welches Genre ist das? Hör dir **{ $file }** an und drück auf einen Knopf. Bis zum Ende der Runde ({ $end }) kannst du dich umentscheiden; vorher sieht niemand deinen Tipp.
round-guesses = { $count ->
    [0] Noch hat niemand getippt.
    [one] Ein Mitglied hat getippt.
   *[other] { $count } Mitglieder haben getippt.
}
round-you-guess = Du tippst auf **{ $genre }**. Mit einem anderen Knopf änderst du das bis zum Ende der Runde ({ $end }).

## Schlag den Bot: das Ergebnis

round-result-title = { $genre } war richtig
round-track-gone = Der Track wurde inzwischen aus seiner Playlist entfernt.
round-bot-right = 🤖 Ich habe **{ $genre }** gehört ({ $share }), und das stimmt.
round-bot-wrong = 🤖 Ich habe **{ $genre }** gehört ({ $share }), und das ist falsch.
round-settled = 🗳️ Die Community hat **{ $genre }** festgelegt, also gilt das.
round-votes = 🗳️ Die Community hat kein Genre festgelegt, also gilt meine Antwort. Stimmen: { $votes }
round-no-votes = 🗳️ Niemand hat darüber abgestimmt, also gilt meine Antwort.
round-beat-title = Bot geschlagen
round-right-title = Richtig, wie ich
round-winners = { $points ->
    [one] { $members } · je 1 Punkt
   *[other] { $members } · je { $points } Punkte
}
round-others = { $count ->
    [one] noch jemand
   *[other] { $count } weitere
}
round-hidden = { $count ->
    [one] Ein Mitglied
   *[other] { $count } Mitglieder
}
round-nobody-right = Niemand lag richtig.
round-nobody-guessed = Niemand hat getippt.
round-guessed-title = Tipps
round-guess-count = { $genre } ({ $count })

## Schlag den Bot: der Punktestand

scores-title = Schlag den Bot: Punktestand
scores-none = Noch gibt es keine Punkte zu zeigen. `/schlag-den-bot starten` beginnt eine Runde.
scores-line = { $points ->
    [one] **{ $number }.** { $who } · **1 Punkt** · { $rounds } · { $share } richtig
   *[other] **{ $number }.** { $who } · **{ $points } Punkte** · { $rounds } · { $share } richtig
}
scores-rounds = { $count ->
    [one] 1 Runde
   *[other] { $count } Runden
}
scores-more = { "…" } und { $count ->
    [one] noch jemand
   *[other] { $count } weitere
}
scores-rules = Ein richtiger Tipp bringt 1 Punkt, und 2, wo ich falschlag.
