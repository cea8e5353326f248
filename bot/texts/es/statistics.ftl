## Estadísticas de un servidor

command-statistics = estadísticas-servidor
    .description = Muestra qué reúne este servidor y quién comparte qué
    .me = yo
    .me-description = Si las estadísticas de este servidor te nombran
    .me-show = mostrarme
    .me-hide = ocultarme

statistics-title = Música de este servidor
statistics-empty = Todavía no se ha reunido nada aquí. Crea una playlist con `/playlist crear`, añádele temas y vota bajo mis respuestas; entonces habrá algo que mostrar.
statistics-numbers = { $playlists } · { $tracks } · { $votes }
statistics-playlists = { $count ->
    [one] 1 playlist
   *[other] { NUMBER($count) } playlists
}
statistics-tracks = { $count ->
    [one] 1 tema
   *[other] { NUMBER($count) } temas
}
statistics-votes = { $count ->
    [one] 1 voto
   *[other] { NUMBER($count) } votos
}
statistics-week-title = Géneros de la semana
statistics-week-none = No se añadió nada en los últimos siete días.
statistics-week-no-genre = Nada de lo que se añadió en los últimos siete días tiene género todavía.
statistics-genre = { $genre } ({ $count })
statistics-agreed-title = Mayor acuerdo
statistics-agreed = { $track } · **{ $genre }**, según { $count } de { $all }
statistics-agreed-none = Todavía no hay dos miembros de acuerdo sobre un tema.
statistics-disputed-title = Más discutidos
statistics-disputed-most = { $track } · escuché { $heard }; { $count } de { $all } dicen otra cosa, sobre todo **{ $genre }**
statistics-disputed-few = { $track } · escuché **{ $heard }**; { $count } de { $all } dicen otra cosa
statistics-disputed = { $track } · { $count } de { $all } no dicen **{ $genre }**, como la mayoría
statistics-disputed-none = No hay desacuerdo sobre ningún tema.
statistics-shares-title = Quién comparte qué
statistics-share = { $who } · { $tracks }: { $genres }
statistics-share-no-genre = { $who } · { $tracks }
statistics-others = todos los demás
statistics-footer = Con /estadísticas-servidor yo te ocultas o te muestras aquí.
statistics-picture = Barras en una imagen. Géneros de los últimos siete días: { $week }. Quién comparte qué: { $shares }.
statistics-hidden = Ya no te nombro en las estadísticas ni en las puntuaciones de este servidor; tus temas siguen contando, junto con los de otros.
statistics-shown = Desde ahora te nombro en las estadísticas y las puntuaciones de este servidor.
