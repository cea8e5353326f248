## Bats le bot : les commandes

command-beat = bats-le-bot
    .description = Devine contre le bot le genre d’un morceau caché
command-beat-start = commencer
    .description = Joue un morceau d’une playlist sans son titre
command-beat-scores = scores
    .description = Montre qui a gagné combien de points ici

## Bats le bot : une manche

round-title = Bats le bot
round-question = Quel est ce genre ? Écoute **{ $file }** et appuie sur un bouton. Tu peux changer d’avis jusqu’à la fin de la manche ({ $end }) ; personne ne voit ta réponse avant.
round-guesses = { $count ->
    [0] Personne n’a encore répondu.
    [one] Un membre a répondu.
   *[other] { $count } membres ont répondu.
}
round-you-guess = Ta réponse : **{ $genre }**. Appuie sur un autre bouton pour en changer ; fin de la manche { $end }.

## Bats le bot : le résultat

round-result-title = Bonne réponse : { $genre }
round-track-gone = Entre-temps, le morceau a été retiré de sa playlist.
round-bot-right = 🤖 J’ai entendu : **{ $genre }** ({ $share }), et c’est juste.
round-bot-wrong = 🤖 J’ai entendu : **{ $genre }** ({ $share }), et c’est faux.
round-settled = 🗳️ La communauté a fixé le genre : **{ $genre }**. C’est donc ce qui compte.
round-votes = 🗳️ La communauté n’a pas fixé de genre : c’est donc ma réponse qui compte. Votes : { $votes }
round-no-votes = 🗳️ Personne n’a voté : c’est donc ma réponse qui compte.
round-beat-title = Le bot est battu
round-right-title = Juste, comme moi
round-winners = { $points ->
    [one] { $members } · { $points } point chacun
   *[other] { $members } · { $points } points chacun
}
round-others = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
round-hidden = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
}
round-nobody-right = Personne n’avait juste.
round-nobody-guessed = Personne n’a répondu.
round-guessed-title = Réponses
round-guess-count = { $genre } ({ $count })

## Bats le bot : les scores

scores-title = Bats le bot : les scores
scores-none = Il n’y a pas encore de scores à montrer. `/bats-le-bot commencer` lance une manche.
scores-line = { $points ->
    [one] **{ $number }.** { $who } · **{ $points } point** · { $rounds } · { $share } de bonnes réponses
   *[other] **{ $number }.** { $who } · **{ $points } points** · { $rounds } · { $share } de bonnes réponses
}
scores-rounds = { $count ->
    [one] { $count } manche
   *[other] { $count } manches
}
scores-more = { "…" } et { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
scores-rules = Une bonne réponse vaut 1 point, et 2 là où je me suis trompé.
