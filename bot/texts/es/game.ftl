## Gana al bot: los comandos

command-beat = gana-al-bot
    .description = Adivina contra el bot el género de un tema oculto
command-beat-start = empezar
    .description = Pone un tema de una playlist sin su título
command-beat-scores = puntuaciones
    .description = Muestra quién ha ganado cuántos puntos aquí

## Gana al bot: una ronda

round-title = Gana al bot
round-question = ¿Qué género es este? Escucha **{ $file }** y pulsa un botón. Puedes cambiar tu respuesta hasta que termine la ronda ({ $end }); nadie la ve antes.
round-guesses = { $count ->
    [0] Nadie ha respondido todavía.
    [one] Ha respondido un miembro.
   *[other] Han respondido { $count } miembros.
}
round-you-guess = Tu respuesta es **{ $genre }**. Pulsa otro botón para cambiarla; la ronda termina { $end }.

## Gana al bot: el resultado

round-result-title = { $genre } era lo correcto
round-track-gone = Mientras tanto, el tema se quitó de su playlist.
round-bot-right = 🤖 Escuché **{ $genre }** ({ $share }), y es correcto.
round-bot-wrong = 🤖 Escuché **{ $genre }** ({ $share }), y no es correcto.
round-settled = 🗳️ La comunidad ha decidido que es **{ $genre }**, así que eso vale.
round-votes = 🗳️ La comunidad no ha decidido un género, así que vale mi respuesta. Votos: { $votes }
round-no-votes = 🗳️ Nadie ha votado sobre él, así que vale mi respuesta.
round-beat-title = Ganaron al bot
round-right-title = Acertaron, como yo
round-winners = { $points ->
    [one] { $members } · 1 punto cada uno
   *[other] { $members } · { $points } puntos cada uno
}
round-others = { $count ->
    [one] alguien más
   *[other] { $count } más
}
round-hidden = { $count ->
    [one] Un miembro
   *[other] { $count } miembros
}
round-nobody-right = Nadie acertó.
round-nobody-guessed = Nadie respondió.
round-guessed-title = Respuestas
round-guess-count = { $genre } ({ $count })

## Gana al bot: las puntuaciones

scores-title = Gana al bot: puntuaciones
scores-none = Todavía no hay puntuaciones que mostrar. `/gana-al-bot empezar` inicia una ronda.
scores-line = { $points ->
    [one] **{ $number }.** { $who } · **1 punto** · { $rounds } · { $share } de aciertos
   *[other] **{ $number }.** { $who } · **{ $points } puntos** · { $rounds } · { $share } de aciertos
}
scores-rounds = { $count ->
    [one] 1 ronda
   *[other] { $count } rondas
}
scores-more = { "…" } y { $count ->
    [one] alguien más
   *[other] { $count } más
}
scores-rules = Un acierto vale 1 punto, y 2 donde yo me equivoqué.
