## Playlists as files

command-playlist-export = export
    .description = Get a playlist as a file that players read
    .format = format
    .format-description = The kind of file; M3U8 unless you say so

playlist-exported =
    { $tracks ->
        [one] Here is **{ $name }** as { $kind }, with its track.
       *[other] Here is **{ $name }** as { $kind }, with its { $tracks } tracks.
    }
import-notes =
    { $count ->
        [one] One thing in that file I could not take as it is:
       *[other] { $count } things in that file I could not take as they are:
    }
import-more-notes = … All that I noted is in { $file }.
