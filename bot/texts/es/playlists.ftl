## Playlists: los comandos

command-playlist = playlist
    .description = Playlists de este servidor que se clasifican solas
    .playlist = playlist
    .playlist-description = Qué playlist
    .track = tema
    .track-description = Qué tema; empieza a escribir su título
command-playlist-create = crear
    .description = Crea una playlist
    .name = nombre
    .name-description = Cómo se llamará
    .text = descripción
    .text-description = De qué trata
command-playlist-rename = renombrar
    .description = Cambia el nombre de una playlist
    .name = nombre
    .name-description = Cómo se llamará desde ahora
command-playlist-describe = describir
    .description = Dice de qué trata una playlist
    .text = descripción
    .text-description = De qué trata; si no pones nada, se quita
command-playlist-delete = eliminar
    .description = Elimina una playlist; se puede recuperar
command-playlist-list = lista
    .description = Muestra las playlists de este servidor
command-playlist-share = compartir
    .description = Deja que otros añadan temas a tu playlist
    .who = con
    .who-description = Un miembro, un rol o @everyone
    .stop = parar
    .stop-description = Que ya no añadan más
command-playlist-channel = canal
    .description = Reúne en una playlist los temas de un canal
    .channel = canal
    .channel-description = Cuál; si no dices otro, este
    .stop = parar
    .stop-description = Dejar de reunirlos allí
command-playlist-add = añadir
    .description = Escucha un tema y lo añade
    .link-description = En vez de un archivo: un enlace a un tema
    .title = título
    .title-description = Cómo llamarlo

## Playlists: qué pasa con ellas

playlist-created = La playlist **{ $name }** está lista. Añádele temas con `/playlist añadir`, o con **{ $button }** bajo una respuesta mía.
playlist-renamed = **{ $name }** ahora se llama **{ $new }**.
playlist-described = La descripción de **{ $name }** ya está cambiada.
playlist-deleted =
    { $tracks ->
        [0] **{ $name }** está eliminada.
        [one] **{ $name }** está eliminada, con su tema.
       *[other] **{ $name }** está eliminada, con sus { $tracks } temas.
    } Se puede recuperar durante { $days ->
        [one] un día
       *[other] { $days } días
    }.
playlist-back =
    { $tracks ->
        [0] **{ $name }** está de vuelta.
        [one] **{ $name }** está de vuelta, con su tema.
       *[other] **{ $name }** está de vuelta, con sus { $tracks } temas.
    }
playlist-shared = **{ $name }** ahora está compartida con { $who } para añadir temas.
playlist-unshared = **{ $name }** ya no está compartida con { $who }.
playlist-everyone = todo el mundo
playlist-channel-on = Desde ahora, cada tema que se comparta en { $channel } va a **{ $name }**. Lo marco con 📥.
playlist-channel-off = Lo que se comparta en { $channel } ya no va a **{ $name }**.
playlist-added = Añadido a **{ $name }**.
playlist-known = Ya está en **{ $name }**.
card-playlist = Playlist

playlists-title = Playlists de este servidor
playlists-none = Todavía no hay ninguna. Crea una con `/playlist crear`.
playlists-line =
    { $tracks ->
        [one] **{ $name }** · 1 tema · { $owner }
       *[other] **{ $name }** · { $tracks } temas · { $owner }
    }
playlists-nobody = sin dueño
playlists-shared = compartida con { $who }
playlists-fed = desde { $channels }

## Añadir desde una respuesta

button-add = A una playlist
button-bring-back = Recuperar
add-title = Añadir a una playlist
add-to = Playlist
add-more = Solo las 25 primeras. Para las demás, usa /playlist añadir.
add-placeholder = Elige una playlist
add-called = Título
