## Looking at a playlist as a whole

command-playlist-fingerprint = fingerprint
    .description = Its genres over time and by member
command-playlist-map = map
    .description = Its tracks laid out by how they sound
command-playlist-odd-one-out = odd-one-out
    .description = The track that sounds least like the others
command-playlist-smooth-order = smooth-order
    .description = A running order without large jumps
command-playlist-neighbours = neighbours
    .description = The tracks that sound most like one

look-other = other
look-share = { $genre } { $share }
look-count = { $genre } { $count }
look-no-genre = no genre
look-unheard =
    { $count ->
        [one] One track is missing: I have not listened to it yet.
       *[other] { $count } tracks are missing: I have not listened to them yet.
    }

fingerprint-title = Genres of { $name }
fingerprint-all =
    { $count ->
        [one] One track: { $shares }.
       *[other] { $count } tracks: { $shares }.
    }
fingerprint-by-week = From week to week, by the Monday it begins with.
fingerprint-by-month = From month to month.
fingerprint-by-year = From year to year.
fingerprint-by-order = In the order of adding, in parts of equal size.
fingerprint-first = At first mostly { $shares }.
fingerprint-lately = Lately mostly { $shares }.
fingerprint-others = others
fingerprint-member =
    { $count ->
        [one] { $who }: one track, { $shares }
       *[other] { $who }: { $count } tracks, { $shares }
    }
fingerprint-over-time = Over time
fingerprint-by-member = By member
fingerprint-uncounted =
    { $count ->
        [one] One track does not count: nobody has said its genre yet, or it is no music.
       *[other] { $count } tracks do not count: nobody has said their genre yet, or they are no music.
    }
fingerprint-alt = Stacked columns over time, and a stacked bar for each member.

map-title = Map of { $name }
map-about =
    { $count ->
        [one] One track.
       *[other] { $count } tracks: the closer two lie, the more alike they sound.
    }
map-genres = Genres: { $genres }.
map-together = Closest together: { $genres }.
map-mixed = Most among others: { $genres }.
map-outliers = They sound like no other
map-outlier = **{ $number }** { $title } ({ $genre }), next to { $genres }
map-outlier-alt = { $title } ({ $genre }) sounds like no other, and is next to { $genres }.
map-no-outlier = No track stands out.
map-typical = Most typical of their genre
map-typical-alt = Most typical of their genre: { $tracks }.
map-typical-track-alt = { $title } ({ $genre })
map-typical-track = **{ $number }** { $title } ({ $genre })

odd-title = Odd one out of { $name }
odd-found = { $title } ({ $genre }) sounds like no other: it is { $times } times as far from the tracks that sound most like it as is usual in this playlist. Those are { $genres }.
odd-none = None stands out. { $title } ({ $genre }) sounds least like the others, but at { $times } times the usual distance from the tracks nearest to it, that is nothing odd.

neighbours-title = What sounds like { $title }
neighbours-line = { $number }. { $title } · { $genre } · { $alike }
neighbours-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM · { $alike }
neighbours-same = almost the same
neighbours-very = very alike
neighbours-somewhat = somewhat alike
neighbours-hardly = hardly alike
neighbours-meaning = Almost the same: as near as two parts of one recording. Hardly alike: as far apart as any two tracks.

order-title = Running order for { $name }
order-line = { $number }. { $title } · { $genre }
order-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM
order-more =
    { $count ->
        [one] … and one more: all are in the files.
       *[other] … and { $count } more: all are in the files.
    }
order-gain = From one track to the next, genre, tempo, energy and sound change by { $after } of what they could on average. In the order of adding, it is { $before }.
order-as-good = The order of adding is as smooth as any that I can find: from one track to the next, genre, tempo, energy and sound change by { $after } of what they could on average.
