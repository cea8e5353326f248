## Statistik eines Servers

command-statistics = server-statistik
    .description = Zeigt, was dieser Server sammelt und wer was teilt
    .me = mich
    .me-description = Ob dich die Statistik dieses Servers nennt
    .me-show = mich anzeigen
    .me-hide = mich verbergen

statistics-title = Musik dieses Servers
statistics-empty = Hier ist noch nichts gesammelt. Erstell mit `/playlist erstellen` eine Playlist, füg Tracks hinzu und stimm unter meinen Antworten ab; dann gibt es etwas zu sehen.
statistics-numbers = { $playlists } · { $tracks } · { $votes }
statistics-playlists = { $count ->
    [one] 1 Playlist
   *[other] { NUMBER($count) } Playlists
}
statistics-tracks = { $count ->
    [one] 1 Track
   *[other] { NUMBER($count) } Tracks
}
statistics-votes = { $count ->
    [one] 1 Stimme
   *[other] { NUMBER($count) } Stimmen
}
statistics-week-title = Genres der Woche
statistics-week-none = In den letzten sieben Tagen kam nichts dazu.
statistics-week-no-genre = Nichts, was in den letzten sieben Tagen dazukam, hat schon ein Genre.
statistics-genre = { $genre } ({ $count })
statistics-agreed-title = Am einigsten
statistics-agreed = { $track } · **{ $genre }** sagen { $count } von { $all }
statistics-agreed-none = Noch sind sich keine zwei Mitglieder über einen Track einig.
statistics-disputed-title = Am umstrittensten
statistics-disputed-most = { $track } · ich habe { $heard } gehört; { $count } von { $all } sagen etwas anderes, vor allem **{ $genre }**
statistics-disputed-few = { $track } · ich habe **{ $heard }** gehört; { $count } von { $all } sagen etwas anderes
statistics-disputed = { $track } · { $count } von { $all } sagen nicht wie die meisten **{ $genre }**
statistics-disputed-none = Über keinen Track gibt es Streit.
statistics-shares-title = Wer was teilt
statistics-share = { $who } · { $tracks }: { $genres }
statistics-share-no-genre = { $who } · { $tracks }
statistics-others = alle anderen
statistics-footer = /server-statistik mich verbirgt dich hier oder zeigt dich.
statistics-picture = Balken in einem Bild. Genres der letzten sieben Tage: { $week }. Wer was teilt: { $shares }.
statistics-hidden = In der Statistik und im Punktestand dieses Servers nenne ich dich nicht mehr; deine Tracks zählen weiter, zusammen mit denen von anderen.
statistics-shown = Von nun an nenne ich dich in der Statistik und im Punktestand dieses Servers.
