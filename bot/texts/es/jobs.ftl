## Importaciones y otras tareas largas

command-playlist-import = importar
    .description = Añade los temas de una playlist, un álbum o un archivo
    .link = enlace
    .link-description = Dónde están listados los temas
    .file = archivo
    .file-description = Una lista en M3U8, XSPF, JSPF, CSV o JSON Lines
command-playlist-retag = reescuchar
    .description = Escucha lo que mi modelo actual no ha escuchado
command-playlist-imports = importaciones
    .description = Muestra las importaciones y cómo van

job-title-import = Importación a { $playlist }
job-title-retag = Nueva escucha de { $playlist }
job-listing = Estoy mirando qué temas hay…
job-now = 🎧 { $title }
job-left = Faltan unos { $time }
job-paused = ⏸️ En pausa
job-paused-by-trouble = Con las demás pistas pasaría probablemente lo mismo, así que espero. **Reanudar** intenta una vez más la pista en la que me detuve; si vuelve a fallar, la dejo fuera y continúo.
job-added = { $count ->
    [one] { $count } añadido
   *[other] { $count } añadidos
}
job-heard = { $count ->
    [one] { $count } vuelto a escuchar
   *[other] { $count } vueltos a escuchar
}
job-known = { $count ->
    [one] { $count } ya estaba
   *[other] { $count } ya estaban
}
job-failed = { $count ->
    [one] { $count } falló
   *[other] { $count } fallaron
}
job-waiting = { $count ->
    [one] falta { $count }
   *[other] faltan { $count }
}
job-not-begun = { $count } sin empezar
job-is-done = **Todo listo.**
job-was-cancelled = **Cancelado.** Lo hecho hasta entonces se conserva.
job-has-failed = **No pude seguir.** Lo hecho hasta entonces se conserva.
job-left-out = { $count ->
    [one] Otro quedó fuera: estaba repetido, o es privado, en vivo o de otro sitio.
   *[other] Otros { $count } quedaron fuera: estaban repetidos, o son privados, en vivo o de otros sitios.
}
job-cut-off = Hay más: solo miro los primeros { $count }. Importa el resto desde otra lista.
job-took = Tardó { $time }.
job-failures = { $count ->
    [one] Falló un tema:
   *[other] Fallaron { $count } temas:
}
job-more-failures = Todos están en { $file }.
job-state-listing = mirando
job-state-running = en marcha
job-state-paused = en pausa
job-state-cancelled = cancelada
job-state-done = terminada
job-state-failed = interrumpida
job-moved = Esto sigue en un mensaje más reciente: { $link }

jobs-title = Importaciones de este servidor
jobs-none = Aquí no se ha importado nada todavía. Empieza con `/playlist importar`.
retag-nothing = Ya he escuchado todos los temas de **{ $playlist }** tan bien como puedo, así que no hay nada que hacer.

button-job-pause = Pausar
button-job-resume = Reanudar
button-job-cancel = Cancelar
