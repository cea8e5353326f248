## Recorrer playlists

command-playlist-open = abrir
    .description = Recorre una playlist
    .genre = género
    .genre-description = Solo este género
    .tag = rasgo
    .tag-description = Solo lo que también tenga este rasgo
    .adder = miembro
    .adder-description = Solo lo que añadió este miembro
    .confidence = certeza
    .confidence-description = Qué tan clara es mi respuesta
    .disputed = discutido
    .disputed-description = Solo donde los miembros no opinan como yo
    .text = texto
    .text-description = Palabras del título
    .sort = orden
    .sort-description = Qué va primero
command-playlist-remove = quitar
    .description = Quita un tema de una playlist
command-playlist-edit = editar
    .description = Cambia el título de un tema
    .title = título
    .title-description = Cómo se llamará desde ahora
command-playlist-undo = deshacer
    .description = Recupera el último tema que se quitó

sort-newest = más nuevos primero
sort-oldest = más antiguos primero
sort-title = por título
sort-genre = por género
sort-energy = más enérgicos primero
sort-calm = más tranquilos primero
sort-fast = más rápidos primero
sort-slow = más lentos primero
confidence-clear = clara
confidence-close-call = reñida
confidence-unsure = insegura

page-number = Página { $number } de { $all }
page-tracks = { $count ->
    [one] un tema
   *[other] { $count } temas
}
page-tracks-of = { $count } de { $all ->
    [one] un tema
   *[other] { $all } temas
}
page-only = 🔎 { $filters }
page-empty = Aquí no hay nada todavía. Añade un tema con `/playlist añadir`, o con el botón bajo una de mis respuestas.
page-nothing-fits = Ningún tema es así. Pide menos con **{ $filter }**, o míralos todos con **{ $everything }**.
page-choose-track = Un tema de esta página
filter-genre = género: { $genre }
filter-tag = rasgo: { $tag }
filter-adder = añadido por { $who }
filter-confidence = mi respuesta: { $confidence }
filter-disputed = los miembros no opinan como yo
filter-text = título: { $text }
filter-form-title = ¿Qué temas?
filter-form-text = Palabras del título
filter-form-genre = Género
filter-form-tag = Rasgo
filter-form-confidence = Mi respuesta
filter-form-disputed = Solo donde los miembros no opinan como yo
filter-form-any = Da igual

button-first = Primera
button-previous = Anterior
button-next = Siguiente
button-last = Última
button-filter = Filtrar…
button-all-tracks = Todos los temas
button-unvote = Retirar voto
button-remove = Quitar
button-edit-title = Editar título
button-undo = Deshacer

## Un tema de una playlist

track-heard = { $genre } { $share }
track-heard-beside = escuché { $genre } ({ $share })
track-told = un archivo dice { $genre } ({ $share })
track-not-music = no es música
track-not-music-beside = no escuché música
track-unheard = todavía sin escuchar
track-settled = **{ $genre }** por votación
track-bpm = { $number } BPM
track-energy-share = energía { $share }
track-verdict-clear = Está claro.
track-verdict-close-call = Está muy reñido.
track-verdict-unsure = No lo tengo nada claro.
track-verdict-not-music = Esto no es música.
track-card-unheard = Todavía no he escuchado este tema. Con `/playlist reescuchar` lo escucho.
track-card-told = Todavía no he escuchado este tema; esto es lo que dice de él un archivo:
track-nobody-voted = Nadie ha votado todavía. { $count ->
    [one] Un miembro decide el género.
   *[other] { $count } miembros que coincidan deciden el género.
}
track-votes-missing = { $count ->
    [one] Un voto más por { $genre } lo decide.
   *[other] { $count } votos más por { $genre } lo deciden.
}
track-agreed = Queda decidido: { $genre }, como lo escuché.
track-overruled = Queda decidido: la playlist muestra { $genre }.
track-told-votes = Votos según un archivo
track-tempo = Tempo
track-energy = Energía
track-length = Duración
track-added = Añadido
track-added-by = { $date } por { $who }

track-removed = **{ $track }** ya no está en **{ $playlist }**.
track-brought-back = **{ $track }** vuelve a estar en **{ $playlist }**.
track-edited = **{ $track }**, en **{ $playlist }**, ahora se llama **{ $new }**.
track-form-title = Editar el título
track-form-label = Título
