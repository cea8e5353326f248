## /privacidad: cuánto hay de qué

privacy-has-answers = { $count ->
    [one] Una respuesta a ti: qué audio (una suma de verificación, no el sonido), dónde y cuándo
   *[other] { $count } respuestas a ti: qué audios (sumas de verificación, no el sonido), dónde y cuándo
}
privacy-has-votes = { $count ->
    [one] Un voto
   *[other] { $count } votos
}
privacy-has-playlists = { $count ->
    [one] Que una playlist es tuya
   *[other] Que { $count } playlists son tuyas
}
privacy-has-collaborations = { $count ->
    [one] Que una playlist está compartida contigo
   *[other] Que { $count } playlists están compartidas contigo
}
privacy-has-additions = { $count ->
    [one] Que añadiste un tema
   *[other] Que añadiste { $count } temas
}
privacy-has-removals = { $count ->
    [one] Que quitaste un tema
   *[other] Que quitaste { $count } temas
}
privacy-has-jobs = { $count ->
    [one] Que iniciaste una importación
   *[other] Que iniciaste { $count } importaciones
}
privacy-has-pages = { $count ->
    [one] Lo que buscas en una página de una playlist
   *[other] Lo que buscas en { $count } páginas de playlists
}
privacy-has-guesses = { $count ->
    [one] Una respuesta jugando contra mí
   *[other] { $count } respuestas jugando contra mí
}
privacy-has-opt-outs = { $count ->
    [one] Que las estadísticas de un servidor no te nombran
   *[other] Que las estadísticas de { $count } servidores no te nombran
}

## /privacidad: por cuánto tiempo, y qué pasa con ello

privacy-none = No guardo nada sobre ti.
privacy-how-long = La música se elimina en cuanto la he escuchado. No se guardan los mensajes ni tu nombre; tu ID de Discord, sí. El nombre de un archivo solo se guarda como título de un tema de una playlist. Lo que escuché en un audio se guarda sin el nombre de nadie, para responder al instante si vuelve el mismo audio. Las respuestas se olvidan cuando se eliminan, o { $days ->
    [one] un día
   *[other] { $days } días
} después de que alguien enviara el audio por última vez; las importaciones, { $days ->
    [one] un día
   *[other] { $days } días
} después de terminar; las páginas de playlists, { $pages ->
    [one] un día
   *[other] { $pages } días
} después de que las pasaras por última vez. Los votos se quedan hasta que los retiras, y las playlists con sus temas, hasta que se eliminan; lo eliminado se puede recuperar durante { $undo ->
    [one] un día
   *[other] { $undo } días
} y después desaparece. De un servidor que me quita, todo se olvida { $grace ->
    [0] en menos de un día
    [one] al cabo de un día
   *[other] al cabo de { $grace } días
}.
privacy-asks-sure = Esto elimina lo que guardo sobre ti. Los temas y las playlists se quedan para los demás, pero ya nadie podrá saber que son tuyos, y de tus playlists se ocupa la administración. Los botones de las respuestas dejan de funcionar. No se puede deshacer.
privacy-is-gone = Eliminado. No queda nada sobre ti.
