## Playlists als Dateien

command-playlist-export = exportieren
    .description = Gibt dir eine Playlist als Datei für Player
    .format = format
    .format-description = Die Art der Datei; ohne Angabe M3U8

playlist-exported =
    { $tracks ->
        [0] Hier ist **{ $name }** als { $kind }, noch ohne Tracks.
        [one] Hier ist **{ $name }** als { $kind }, mit ihrem Track.
       *[other] Hier ist **{ $name }** als { $kind }, mit ihren { $tracks } Tracks.
    }
import-notes =
    { $count ->
        [one] Eins in dieser Datei konnte ich nicht so nehmen, wie es ist (auf Englisch):
       *[other] { $count } Dinge in dieser Datei konnte ich nicht so nehmen, wie sie sind (auf Englisch):
    }
import-more-notes = Alles, was mir auffiel, steht in { $file }.
