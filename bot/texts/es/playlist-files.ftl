## Playlists como archivos

command-playlist-export = exportar
    .description = Te da una playlist en un archivo para reproductores
    .format = formato
    .format-description = El tipo de archivo; si no dices otro, M3U8

playlist-exported =
    { $tracks ->
        [0] Aquí está **{ $name }** en { $kind }, todavía sin temas.
        [one] Aquí está **{ $name }** en { $kind }, con su tema.
       *[other] Aquí está **{ $name }** en { $kind }, con sus { $tracks } temas.
    }
import-notes =
    { $count ->
        [one] Hay una cosa en ese archivo que no pude tomar tal cual (en inglés):
       *[other] Hay { $count } cosas en ese archivo que no pude tomar tal cual (en inglés):
    }
import-more-notes = Todo lo que anoté está en { $file }.
