## Playlists que puede leer quien tenga el enlace

command-playlist-publish = publicar
    .description = Te da un enlace con el que cualquiera puede leer una playlist
command-playlist-unpublish = despublicar
    .description = Anula el enlace de una playlist publicada

playlist-published =
    Quien tenga este enlace puede leer **{ $name }**, también sin Discord:
    { $link }
    Solo lo ves tú, y puedes pasarlo. La página muestra títulos, géneros, votos e imágenes; no muestra quién añadió temas ni quién votó. `/playlist despublicar` anula el enlace al instante.
playlist-unpublished = **{ $name }** ya no está publicada. Su enlace está anulado y así seguirá: si se publica otra vez, tendrá uno nuevo.
playlist-not-published = **{ $name }** no está publicada: no hay ningún enlace que anular.
