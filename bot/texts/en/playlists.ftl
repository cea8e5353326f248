## Playlists: the commands

command-playlist = playlist
    .description = Playlists of this server that tag themselves
    .playlist = playlist
    .playlist-description = Which playlist
    .track = track
    .track-description = Which track; begin to type its title
command-playlist-create = create
    .description = Make a playlist
    .name = name
    .name-description = What to call it
    .text = description
    .text-description = What it is about
command-playlist-rename = rename
    .description = Give a playlist another name
    .name = name
    .name-description = What to call it from now on
command-playlist-describe = describe
    .description = Say what a playlist is about
    .text = description
    .text-description = What it is about; leave it out to have none
command-playlist-delete = delete
    .description = Delete a playlist; it can be brought back
command-playlist-list = list
    .description = Show the playlists of this server
command-playlist-share = share
    .description = Let others add to a playlist of yours
    .who = who
    .who-description = A member, a role, or @everyone
    .stop = stop
    .stop-description = Let them add no more
command-playlist-channel = channel
    .description = Put every track shared in a channel into a playlist
    .channel = channel
    .channel-description = Which one; this one unless you say so
    .stop = stop
    .stop-description = Collect there no more
command-playlist-add = add
    .description = Listen to a track and add it
    .link-description = Instead of a file: a link to a track
    .title = title
    .title-description = What to call it

## Playlists: what becomes of them

playlist-created = The playlist **{ $name }** is there. Add to it with `/playlist add`, or with **{ $button }** under an answer of mine.
playlist-renamed = **{ $name }** is called **{ $new }** now.
playlist-described = The description of **{ $name }** is changed.
playlist-deleted =
    { $tracks ->
        [0] **{ $name }** is deleted.
        [one] **{ $name }** is deleted, with its track.
       *[other] **{ $name }** is deleted, with its { $tracks } tracks.
    } It can be brought back for { $days ->
        [one] a day
       *[other] { $days } days
    }.
playlist-back =
    { $tracks ->
        [0] **{ $name }** is back.
        [one] **{ $name }** is back, with its track.
       *[other] **{ $name }** is back, with its { $tracks } tracks.
    }
playlist-shared = **{ $name }** is shared with { $who } now: they may add tracks to it.
playlist-unshared = **{ $name }** is not shared with { $who } any more.
playlist-everyone = everyone
playlist-channel-on = Every track that is shared in { $channel } goes into **{ $name }** from now on. I mark it with 📥.
playlist-channel-off = What is shared in { $channel } does not go into **{ $name }** any more.
playlist-added = Added to **{ $name }**.
playlist-known = It is in **{ $name }** already.
card-playlist = Playlist

playlists-title = Playlists of this server
playlists-none = There is none yet. Make one with `/playlist create`.
playlists-line =
    { $tracks ->
        [one] **{ $name }** · 1 track · { $owner }
       *[other] **{ $name }** · { $tracks } tracks · { $owner }
    }
playlists-nobody = nobody's
playlists-shared = shared with { $who }
playlists-fed = from { $channels }

## Adding from an answer

button-add = Add to playlist
button-bring-back = Bring it back
add-title = Add to a playlist
add-to = Playlist
add-more = Only the first 25. For the others, use /playlist add.
add-placeholder = Choose a playlist
add-called = Title
