## /privacy: how much there is of what

privacy-has-answers = { $count ->
    [one] One answer to you: which clip (a checksum, not the sound), where and when
   *[other] { $count } answers to you: which clips (checksums, not the sound), where and when
}
privacy-has-votes = { $count ->
    [one] One vote
   *[other] { $count } votes
}
privacy-has-playlists = { $count ->
    [one] That one playlist is yours
   *[other] That { $count } playlists are yours
}
privacy-has-collaborations = { $count ->
    [one] That one playlist is shared with you
   *[other] That { $count } playlists are shared with you
}
privacy-has-additions = { $count ->
    [one] That you added one track
   *[other] That you added { $count } tracks
}
privacy-has-removals = { $count ->
    [one] That you removed one track
   *[other] That you removed { $count } tracks
}
privacy-has-jobs = { $count ->
    [one] That you began one import
   *[other] That you began { $count } imports
}
privacy-has-pages = { $count ->
    [one] What you look for on one page of a playlist
   *[other] What you look for on { $count } pages of playlists
}
privacy-has-guesses = { $count ->
    [one] One guess against me
   *[other] { $count } guesses against me
}
privacy-has-opt-outs = { $count ->
    [one] That one server's statistics do not name you
   *[other] That the statistics of { $count } servers do not name you
}

## /privacy: for how long, and what becomes of it

privacy-none = I keep nothing about you.
privacy-how-long = Music is deleted as soon as I have heard it. Messages and your name are not stored; your Discord id is. A file's name is kept only as the title of a track in a playlist. What I heard in a clip is kept without anybody's name, so that the same clip is answered at once. Answers are forgotten when they are deleted, or { $days ->
    [one] a day
   *[other] { $days } days
} after anybody last sent the clip; imports, { $days ->
    [one] a day
   *[other] { $days } days
} after their end; pages of playlists, { $pages ->
    [one] a day
   *[other] { $pages } days
} after you last turned them. Votes stay until you take them back, and playlists with their tracks until they are deleted; what was deleted can be brought back for { $undo ->
    [one] a day
   *[other] { $undo } days
} and is gone then. Of a server that removes me, everything is forgotten { $grace ->
    [0] within a day
    [one] after a day
   *[other] after { $grace } days
}.
privacy-asks-sure = This deletes what I keep about you. Tracks and playlists stay for the others, but nobody can tell any more that they are yours, and the admins look after your playlists. The buttons of the answers stop working. It cannot be undone.
privacy-is-gone = Deleted. Nothing about you is left.
