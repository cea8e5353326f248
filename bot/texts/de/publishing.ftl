## Playlists, die jeder mit dem Link lesen kann

command-playlist-publish = veröffentlichen
    .description = Gibt dir einen Link, mit dem jeder eine Playlist lesen kann
command-playlist-unpublish = zurückziehen
    .description = Beendet den Link einer veröffentlichten Playlist

playlist-published =
    Wer diesen Link hat, kann **{ $name }** lesen, auch ohne Discord:
    { $link }
    Nur du siehst ihn; du kannst ihn weitergeben. Die Seite zeigt Titel, Genres, Stimmen und Bilder, aber nicht, wer Tracks hinzugefügt und wer abgestimmt hat. `/playlist zurückziehen` beendet den Link sofort.
playlist-unpublished = **{ $name }** ist nicht mehr veröffentlicht. Der Link ist tot und bleibt es: Wird sie wieder veröffentlicht, gibt es einen neuen.
playlist-not-published = **{ $name }** ist nicht veröffentlicht, also gibt es keinen Link zu beenden.
