## In Playlists blättern

command-playlist-open = öffnen
    .description = Blättert durch eine Playlist
    .genre = genre
    .genre-description = Nur dieses Genre
    .tag = klang
    .tag-description = Nur, was auch so klingt
    .adder = mitglied
    .adder-description = Nur, was dieses Mitglied hinzugefügt hat
    .confidence = sicherheit
    .confidence-description = Wie sicher ich mir bin
    .disputed = umstritten
    .disputed-description = Nur, wo Mitglieder mir widersprechen
    .text = text
    .text-description = Wörter aus dem Titel
    .sort = sortierung
    .sort-description = Was zuerst kommt
command-playlist-remove = entfernen
    .description = Nimmt einen Track aus einer Playlist
command-playlist-edit = bearbeiten
    .description = Gibt einem Track einen anderen Titel
    .title = titel
    .title-description = Wie er von nun an heißt
command-playlist-undo = rückgängig
    .description = Holt den zuletzt entfernten Track zurück

sort-newest = neueste zuerst
sort-oldest = älteste zuerst
sort-title = nach Titel
sort-genre = nach Genre
sort-energy = energiereichste zuerst
sort-calm = ruhigste zuerst
sort-fast = schnellste zuerst
sort-slow = langsamste zuerst
confidence-clear = eindeutig
confidence-close-call = knapp
confidence-unsure = unsicher

page-number = Seite { $number } von { $all }
page-tracks = { $count ->
    [one] ein Track
   *[other] { $count } Tracks
}
page-tracks-of = { $count } von { $all ->
    [one] einem Track
   *[other] { $all } Tracks
}
page-only = 🔎 { $filters }
page-empty = Hier ist noch nichts. Füg mit `/playlist hinzufügen` einen Track hinzu, oder mit dem Knopf unter einer meiner Antworten.
page-nothing-fits = So ein Track ist nicht dabei. Verlang mit **{ $filter }** weniger, oder lass dir mit **{ $everything }** alle zeigen.
page-choose-track = Ein Track dieser Seite
filter-genre = Genre: { $genre }
filter-tag = Klang: { $tag }
filter-adder = hinzugefügt von { $who }
filter-confidence = meine Antwort: { $confidence }
filter-disputed = Mitglieder widersprechen mir
filter-text = Titel: { $text }
filter-form-title = Welche Tracks?
filter-form-text = Wörter aus dem Titel
filter-form-genre = Genre
filter-form-tag = Klang
filter-form-confidence = Wie sicher ich mir bin
filter-form-disputed = Nur, wo Mitglieder mir widersprechen
filter-form-any = Egal

button-first = Erste
button-previous = Zurück
button-next = Weiter
button-last = Letzte
button-filter = Filtern …
button-all-tracks = Alle Tracks
button-unvote = Stimme zurück
button-remove = Entfernen
button-edit-title = Titel ändern
button-undo = Rückgängig

## Ein Track einer Playlist

track-heard = { $genre } { $share }
track-heard-beside = ich habe { $genre } gehört ({ $share })
track-told = laut einer Datei { $genre } ({ $share })
track-not-music = keine Musik
track-not-music-beside = ich habe keine Musik gehört
track-unheard = noch nicht gehört
track-settled = **{ $genre }** per Abstimmung
track-bpm = { $number } BPM
track-energy-share = Energie { $share }
track-verdict-clear = Das ist eindeutig.
track-verdict-close-call = Das ist kaum zu entscheiden.
track-verdict-unsure = Da bin ich mir gar nicht sicher.
track-verdict-not-music = Das ist keine Musik.
track-card-unheard = Diesen Track habe ich noch nicht angehört. Mit `/playlist neu-hören` hole ich das nach.
track-card-told = Diesen Track habe ich noch nicht angehört; das sagt eine Datei über ihn:
track-nobody-voted = Noch hat niemand abgestimmt. { $count ->
    [one] Ein Mitglied legt das Genre fest.
   *[other] { $count } Mitglieder, die sich einig sind, legen das Genre fest.
}
track-votes-missing = { $count ->
    [one] Noch eine Stimme für { $genre }, dann steht es fest.
   *[other] Noch { $count } Stimmen für { $genre }, dann steht es fest.
}
track-agreed = Damit steht es fest: { $genre }, wie ich es gehört habe.
track-overruled = Damit steht es fest: Die Playlist zeigt { $genre }.
track-told-votes = Stimmen laut einer Datei
track-tempo = Tempo
track-energy = Energie
track-length = Länge
track-added = Hinzugefügt
track-added-by = { $date } von { $who }

track-removed = **{ $track }** ist nicht mehr in **{ $playlist }**.
track-brought-back = **{ $track }** ist wieder in **{ $playlist }**.
track-edited = **{ $track }** in **{ $playlist }** heißt jetzt **{ $new }**.
track-form-title = Titel ändern
track-form-label = Titel
