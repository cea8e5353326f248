## Imports and other long jobs

command-playlist-import = import
    .description = Add all tracks of a playlist, an album or a file
    .link = link
    .link-description = Where the tracks are listed
    .file = file
    .file-description = A list as M3U8, XSPF, JSPF, CSV or JSON Lines
command-playlist-retag = retag
    .description = Listen to what my present model has not heard
command-playlist-imports = imports
    .description = Show imports and how far they are

job-title-import = Import into { $playlist }
job-title-retag = Listening again to { $playlist }
job-listing = I am looking up which tracks there are…
job-now = 🎧 { $title }
job-left = About { $time } left
job-paused = ⏸️ Paused
job-paused-by-trouble = It may well be the same with the others, so I wait. **Resume** tries the track that I stopped at once more; if it fails again, I leave it out and go on.
job-added = { $count } added
job-heard = { $count } heard again
job-known = { $count } already there
job-failed = { $count } failed
job-waiting = { $count } to go
job-not-begun = { $count } not begun
job-is-done = **All done.**
job-was-cancelled = **Cancelled.** What was done until then stays.
job-has-failed = **I could not go on.** What was done until then stays.
job-left-out = { $count ->
    [one] One more was left out: it was there twice, or is private, live or on another site.
   *[other] { $count } more were left out: they were there twice, or are private, live or on other sites.
}
job-cut-off = There is more: I look at the first { $count } only. Import the rest from another list.
job-took = It took { $time }.
job-failures = { $count ->
    [one] One track failed:
   *[other] { $count } tracks failed:
}
job-more-failures = All of them are in { $file }.
job-state-listing = looking
job-state-running = running
job-state-paused = paused
job-state-cancelled = cancelled
job-state-done = done
job-state-failed = ended early
job-moved = This goes on in a newer message: { $link }

jobs-title = Imports of this server
jobs-none = Nothing was imported here yet. `/playlist import` begins it.
retag-nothing = I have heard every track of **{ $playlist }** as well as I can by now, so there is nothing to do.

button-job-pause = Pause
button-job-resume = Resume
button-job-cancel = Cancel
