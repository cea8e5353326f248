## Looking through playlists

command-playlist-open = open
    .description = Look through a playlist
    .genre = genre
    .genre-description = Only this genre
    .tag = tag
    .tag-description = Only what sounds like this, too
    .adder = adder
    .adder-description = Only what this member added
    .confidence = confidence
    .confidence-description = How sure I am
    .disputed = disputed
    .disputed-description = Only where members disagree with me
    .text = text
    .text-description = Words of the title
    .sort = sort
    .sort-description = What comes first
command-playlist-remove = remove
    .description = Take a track out of a playlist
command-playlist-edit = edit
    .description = Give a track another title
    .title = title
    .title-description = What to call it from now on
command-playlist-undo = undo
    .description = Bring back the track that was removed last

sort-newest = newest first
sort-oldest = oldest first
sort-title = by title
sort-genre = by genre
sort-energy = most energetic first
sort-calm = calmest first
sort-fast = fastest first
sort-slow = slowest first
confidence-clear = clear
confidence-close-call = close call
confidence-unsure = unsure

page-number = Page { $number } of { $all }
page-tracks = { $count ->
    [one] one track
   *[other] { $count } tracks
}
page-tracks-of = { $count } of { $all ->
    [one] one track
   *[other] { $all } tracks
}
page-only = 🔎 { $filters }
page-empty = There is nothing in here yet. Add a track with `/playlist add`, or with the button under one of my answers.
page-nothing-fits = No track is like that. Ask for less with **{ $filter }**, or see them all with **{ $everything }**.
page-choose-track = A track of this page
filter-genre = genre: { $genre }
filter-tag = sounds like: { $tag }
filter-adder = added by { $who }
filter-confidence = my answer: { $confidence }
filter-disputed = members disagree with me
filter-text = title: { $text }
filter-form-title = Which tracks?
filter-form-text = Words of the title
filter-form-genre = Genre
filter-form-tag = Sounds like
filter-form-confidence = How sure I am
filter-form-disputed = Only where members disagree with me
filter-form-any = Any

button-first = First
button-previous = Back
button-next = Next
button-last = Last
button-filter = Filter…
button-all-tracks = All tracks
button-unvote = Take vote back
button-remove = Remove
button-edit-title = Edit title
button-undo = Undo

## A track of a playlist

track-heard = { $genre } { $share }
track-heard-beside = I heard { $genre } ({ $share })
track-told = a file says { $genre } ({ $share })
track-not-music = not music
track-not-music-beside = I heard no music
track-unheard = not heard yet
track-settled = **{ $genre }** by vote
track-bpm = { $number } BPM
track-energy-share = energy { $share }
track-verdict-clear = That is clear.
track-verdict-close-call = That is a close call.
track-verdict-unsure = I am not sure at all.
track-verdict-not-music = This is not music.
track-card-unheard = I have not listened to this track yet. `/playlist retag` lets me do it.
track-card-told = I have not listened to this track yet; this is what a file says of it:
track-nobody-voted = Nobody has voted yet. { $count ->
    [one] One member settles the genre.
   *[other] { $count } members who agree settle the genre.
}
track-votes-missing = { $count ->
    [one] One more vote for { $genre } settles it.
   *[other] { $count } more votes for { $genre } settle it.
}
track-agreed = That settles it: { $genre }, as I heard it.
track-overruled = That settles it: the playlist shows { $genre }.
track-told-votes = Votes that a file told of
track-tempo = Tempo
track-energy = Energy
track-length = Length
track-added = Added
track-added-by = { $date } by { $who }

track-removed = **{ $track }** is not in **{ $playlist }** any more.
track-brought-back = **{ $track }** is back in **{ $playlist }**.
track-edited = **{ $track }** in **{ $playlist }** is called **{ $new }** now.
track-form-title = Edit the title
track-form-label = Title
