## Vença o bot: os comandos

command-beat = vença-o-bot
    .description = Adivinhe contra o bot o gênero de uma faixa oculta
command-beat-start = começar
    .description = Toca uma faixa de uma playlist sem o título
command-beat-scores = placar
    .description = Mostra quem ganhou quantos pontos aqui

## Vença o bot: uma rodada

round-title = Vença o bot
round-question = Que gênero é este? Ouça **{ $file }** e aperte um botão. Você pode mudar o palpite até o fim da rodada ({ $end }); ninguém vê antes.
round-guesses = { $count ->
    [0] Ninguém deu palpite ainda.
    [one] Um membro deu seu palpite.
   *[other] { $count } membros deram seus palpites.
}
round-you-guess = Seu palpite é **{ $genre }**. Aperte outro botão para mudar; a rodada termina { $end }.

## Vença o bot: o resultado

round-result-title = { $genre } era o certo
round-track-gone = Enquanto isso, a faixa foi removida da playlist.
round-bot-right = 🤖 Ouvi **{ $genre }** ({ $share }), e está certo.
round-bot-wrong = 🤖 Ouvi **{ $genre }** ({ $share }), e está errado.
round-settled = 🗳️ A comunidade decidiu que é **{ $genre }**, então é isso que vale.
round-votes = 🗳️ A comunidade não decidiu um gênero, então vale a minha resposta. Votos: { $votes }
round-no-votes = 🗳️ Ninguém votou nela, então vale a minha resposta.
round-beat-title = Venceram o bot
round-right-title = Acertaram, como eu
round-winners = { $points ->
    [one] { $members } · 1 ponto para cada
   *[other] { $members } · { $points } pontos para cada
}
round-others = { $count ->
    [one] mais alguém
   *[other] mais { $count }
}
round-hidden = { $count ->
    [one] Um membro
   *[other] { $count } membros
}
round-nobody-right = Ninguém acertou.
round-nobody-guessed = Ninguém deu palpite.
round-guessed-title = Palpites
round-guess-count = { $genre } ({ $count })

## Vença o bot: o placar

scores-title = Vença o bot: placar
scores-none = Ainda não há pontos para mostrar. `/vença-o-bot começar` inicia uma rodada.
scores-line = { $points ->
    [0] **{ $number }.** { $who } · **{ $points } pontos** · { $rounds } · { $share } de acertos
    [one] **{ $number }.** { $who } · **{ $points } ponto** · { $rounds } · { $share } de acertos
   *[other] **{ $number }.** { $who } · **{ $points } pontos** · { $rounds } · { $share } de acertos
}
scores-rounds = { $count ->
    [one] { $count } rodada
   *[other] { $count } rodadas
}
scores-more = { "…" } e { $count ->
    [one] mais alguém
   *[other] mais { $count }
}
scores-rules = Um palpite certo vale 1 ponto, e 2 onde eu errei.
