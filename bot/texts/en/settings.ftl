## /genre-settings: votes that settle a genre

settings-votes = When members' votes count more than my ear
settings-votes-needed = In the playlists of this server, a track is shown with the members' genre once { $votes ->
    [one] one member says so
   *[other] { $votes } members say so
}, who have to be more than half of those who voted.
settings-choose-votes = How many members have to agree on a genre
settings-option-votes = { $votes ->
    [one] One member is enough
   *[other] { $votes } members have to agree on a genre
}
