## Eine Playlist im Ganzen

command-playlist-fingerprint = fingerabdruck
    .description = Ihre Genres im Zeitverlauf und nach Mitglied
command-playlist-map = karte
    .description = Ihre Tracks so angeordnet, wie sie klingen
command-playlist-odd-one-out = ausreißer
    .description = Der Track, der am wenigsten wie die anderen klingt
command-playlist-smooth-order = sanfte-folge
    .description = Eine Abfolge ohne große Sprünge
command-playlist-neighbours = nachbarn
    .description = Die Tracks, die einem am ähnlichsten klingen

look-other = andere
look-share = { $genre } { $share }
look-count = { $genre } { $count }
look-no-genre = ohne Genre
look-unheard =
    { $count ->
        [one] Ein Track fehlt: Ich habe ihn noch nicht angehört.
       *[other] { $count } Tracks fehlen: Ich habe sie noch nicht angehört.
    }

fingerprint-title = Genres von { $name }
fingerprint-all =
    { $count ->
        [one] Ein Track: { $shares }.
       *[other] { $count } Tracks: { $shares }.
    }
fingerprint-by-week = Von Woche zu Woche, benannt nach ihrem Montag.
fingerprint-by-month = Von Monat zu Monat.
fingerprint-by-year = Von Jahr zu Jahr.
fingerprint-by-order = In der Reihenfolge des Hinzufügens, in gleich großen Teilen.
fingerprint-first = Anfangs vor allem { $shares }.
fingerprint-lately = Zuletzt vor allem { $shares }.
fingerprint-others = andere
fingerprint-member =
    { $count ->
        [one] { $who }: ein Track, { $shares }
       *[other] { $who }: { $count } Tracks, { $shares }
    }
fingerprint-over-time = Im Zeitverlauf
fingerprint-by-member = Nach Mitglied
fingerprint-uncounted =
    { $count ->
        [one] Ein Track zählt nicht mit: Noch hat niemand sein Genre genannt, oder er ist keine Musik.
       *[other] { $count } Tracks zählen nicht mit: Noch hat niemand ihr Genre genannt, oder sie sind keine Musik.
    }
fingerprint-alt = Gestapelte Säulen im Zeitverlauf und ein gestapelter Balken für jedes Mitglied.

map-title = Karte von { $name }
map-about =
    { $count ->
        [one] Ein Track.
       *[other] { $count } Tracks: Je näher zwei beieinanderliegen, desto ähnlicher klingen sie.
    }
map-genres = Genres: { $genres }.
map-together = Am engsten beisammen: { $genres }.
map-mixed = Am meisten unter anderen verstreut: { $genres }.
map-outliers = Sie klingen wie keine anderen
map-outlier = **{ $number }** { $title } ({ $genre }), in der Nähe: { $genres }
map-outlier-alt = { $title } ({ $genre }) klingt wie kein anderer; in der Nähe: { $genres }.
map-no-outlier = Kein Track fällt aus dem Rahmen.
map-typical = Am typischsten für ihr Genre
map-typical-alt = Am typischsten für ihr Genre: { $tracks }.
map-typical-track-alt = { $title } ({ $genre })
map-typical-track = **{ $number }** { $title } ({ $genre })

odd-title = Ausreißer in { $name }
odd-found = { $title } ({ $genre }) klingt wie kein anderer: Von den Tracks, die ihm am ähnlichsten klingen, liegt er { $times }-mal so weit weg, wie es in dieser Playlist üblich ist. Deren Genres: { $genres }.
odd-none = Keiner fällt aus dem Rahmen. { $title } ({ $genre }) klingt am wenigsten wie die anderen, doch mit dem { $times }-Fachen des üblichen Abstands zu seinen nächsten Tracks ist das nicht ungewöhnlich.

neighbours-title = Was wie { $title } klingt
neighbours-line = { $number }. { $title } · { $genre } · { $alike }
neighbours-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM · { $alike }
neighbours-same = fast gleich
neighbours-very = sehr ähnlich
neighbours-somewhat = etwas ähnlich
neighbours-hardly = kaum ähnlich
neighbours-meaning = Fast gleich: so nah wie zwei Teile einer Aufnahme. Kaum ähnlich: so weit auseinander wie irgendwelche zwei Tracks.

order-title = Abfolge für { $name }
order-line = { $number }. { $title } · { $genre }
order-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM
order-more =
    { "…" } und { $count ->
        [one] noch einer: Alle stehen in den Dateien.
       *[other] noch { $count }: Alle stehen in den Dateien.
    }
order-gain = Von einem Track zum nächsten ändern sich Genre, Tempo, Energie und Klang im Durchschnitt um { $after } dessen, was möglich wäre. In der Reihenfolge des Hinzufügens sind es { $before }.
order-as-good = Die Reihenfolge des Hinzufügens ist so sanft wie jede, die ich finden kann: Von einem Track zum nächsten ändern sich Genre, Tempo, Energie und Klang im Durchschnitt um { $after } dessen, was möglich wäre.
