## Statistics of a server

command-statistics = server-stats
    .description = Show what this server collects, and who shares what
    .me = me
    .me-description = Whether to name you in the statistics of this server
    .me-show = show me
    .me-hide = hide me

statistics-title = Music of this server
statistics-empty = Nothing is collected here yet. Make a playlist with `/playlist create`, add tracks to it, and vote under my answers; then there is something to show.
statistics-numbers = { $playlists } · { $tracks } · { $votes }
statistics-playlists = { $count ->
    [one] 1 playlist
   *[other] { NUMBER($count) } playlists
}
statistics-tracks = { $count ->
    [one] 1 track
   *[other] { NUMBER($count) } tracks
}
statistics-votes = { $count ->
    [one] 1 vote
   *[other] { NUMBER($count) } votes
}
statistics-week-title = Genres of the week
statistics-week-none = Nothing was added in the last seven days.
statistics-week-no-genre = None of what was added in the last seven days has a genre yet.
statistics-genre = { $genre } ({ $count })
statistics-agreed-title = Most agreed
statistics-agreed = { $track } · **{ $genre }**, say { $count } of { $all }
statistics-agreed-none = No two members have agreed on a track yet.
statistics-disputed-title = Most disputed
statistics-disputed-most = { $track } · I heard { $heard }; { $count } of { $all } say something else, most of all **{ $genre }**
statistics-disputed-few = { $track } · I heard **{ $heard }**; { $count } of { $all } say something else
statistics-disputed = { $track } · { $count } of { $all } do not say **{ $genre }**, as the most do
statistics-disputed-none = Nobody disagrees about a track.
statistics-shares-title = Who shares what
statistics-share = { $who } · { $tracks }: { $genres }
statistics-share-no-genre = { $who } · { $tracks }
statistics-others = everybody else
statistics-footer = /server-stats me hides or shows you here.
statistics-picture = Bars in a picture. Genres of the last seven days: { $week }. Who shares what: { $shares }.
statistics-hidden = I do not name you in the statistics and scores of this server any more; your tracks still count, together with those of others.
statistics-shown = I name you in the statistics and scores of this server from now on.
