## Estatísticas de um servidor

command-statistics = estatísticas-servidor
    .description = Mostra o que este servidor reúne e quem compartilha o quê
    .me = eu
    .me-description = Se as estatísticas deste servidor citam você
    .me-show = me mostrar
    .me-hide = me ocultar

statistics-title = Música deste servidor
statistics-empty = Nada foi reunido aqui ainda. Crie uma playlist com `/playlist criar`, adicione faixas e vote embaixo das minhas respostas; aí haverá algo para mostrar.
statistics-numbers = { $playlists } · { $tracks } · { $votes }
statistics-playlists = { $count ->
    [0] { NUMBER($count) } playlists
    [one] { NUMBER($count) } playlist
   *[other] { NUMBER($count) } playlists
}
statistics-tracks = { $count ->
    [0] { NUMBER($count) } faixas
    [one] { NUMBER($count) } faixa
   *[other] { NUMBER($count) } faixas
}
statistics-votes = { $count ->
    [0] { NUMBER($count) } votos
    [one] { NUMBER($count) } voto
   *[other] { NUMBER($count) } votos
}
statistics-week-title = Gêneros da semana
statistics-week-none = Nada foi adicionado nos últimos sete dias.
statistics-week-no-genre = Nada do que foi adicionado nos últimos sete dias tem gênero ainda.
statistics-genre = { $genre } ({ $count })
statistics-agreed-title = Maior acordo
statistics-agreed = { $track } · **{ $genre }**, dizem { $count } de { $all }
statistics-agreed-none = Ainda não há dois membros que concordem sobre uma faixa.
statistics-disputed-title = Mais contestadas
statistics-disputed-most = { $track } · ouvi { $heard }; { $count } de { $all } dizem outra coisa, principalmente **{ $genre }**
statistics-disputed-few = { $track } · ouvi **{ $heard }**; { $count } de { $all } dizem outra coisa
statistics-disputed = { $track } · { $count } de { $all } não dizem **{ $genre }**, como a maioria
statistics-disputed-none = Ninguém discorda sobre nenhuma faixa.
statistics-shares-title = Quem compartilha o quê
statistics-share = { $who } · { $tracks }: { $genres }
statistics-share-no-genre = { $who } · { $tracks }
statistics-others = todos os outros
statistics-footer = Com /estatísticas-servidor eu, você se oculta ou se mostra aqui.
statistics-picture = Barras em uma imagem. Gêneros dos últimos sete dias: { $week }. Quem compartilha o quê: { $shares }.
statistics-hidden = Não cito mais você nas estatísticas nem no placar deste servidor; suas faixas continuam contando, junto com as de outros.
statistics-shown = A partir de agora, cito você nas estatísticas e no placar deste servidor.
