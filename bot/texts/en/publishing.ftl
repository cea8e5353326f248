## Playlists that anybody may read who has the link

command-playlist-publish = publish
    .description = Get a link by which anybody can read a playlist
command-playlist-unpublish = unpublish
    .description = End the link of a published playlist

playlist-published =
    Whoever has this link can read **{ $name }**, without Discord:
    { $link }
    Only you see it, and you can pass it on. The page shows titles, genres, votes and pictures; it does not show who added or voted. `/playlist unpublish` ends the link at once.
playlist-unpublished = **{ $name }** is not published any more. Its link is dead and stays so: publishing it again makes a new one.
playlist-not-published = **{ $name }** is not published, so there is no link to end.
