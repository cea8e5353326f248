## Les playlists en fichiers

command-playlist-export = exporter
    .description = Te donne une playlist en fichier pour lecteurs
    .format = format
    .format-description = Le type de fichier ; M3U8 si tu n’en dis pas d’autre

playlist-exported =
    { $tracks ->
        [0] Voici **{ $name }** en { $kind }, encore sans morceau.
        [one] Voici **{ $name }** en { $kind }, avec son morceau.
       *[other] Voici **{ $name }** en { $kind }, avec ses { $tracks } morceaux.
    }
import-notes =
    { $count ->
        [one] Il y a { $count } chose dans ce fichier que je n’ai pas pu prendre telle quelle (en anglais) :
       *[other] Il y a { $count } choses dans ce fichier que je n’ai pas pu prendre telles quelles (en anglais) :
    }
import-more-notes = Tout ce que j’ai noté est dans { $file }.
