### Everything that members and admins read, but for the sentences of errors, which stand with the errors.
### A message that another language does not have is shown in English.

## Genres: only those that people write otherwise than the training table. Languages add their own.

genre-hiphop = hip-hop

## Numbers

percent = { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
tenths-of-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
whole-seconds = { $seconds } s
list-and = { $most } and { $last }
list-comma = { ", " }
between-sentences = { " " }

## The answer in a line

headline-clear = { $genre }, clearly
headline-ahead = { $first }, perhaps { $second }
headline-close = { $first } or { $second }: too close to call
headline-unsure = I can't tell
headline-not-music = This isn't music
headline-sound = This isn't music: it sounds like { $sound }

## The card

card-clip = Clip
card-heard-all = all of it heard
card-heard-parts = heard: { $parts }
card-or-more = { $length } or more
card-not-music = So there is no genre to tell. If it is music after all, press **{ $button }** and choose the genre.
card-sounds-like = Sounds like
card-votes = Members say
card-votes-first = { $genre } ({ $votes } of { $all })
card-votes-other = { $genre } ({ $votes })
card-took = { $model } · { $time }
card-recalled = { $model } · answered from memory

## The picture of the genre over time, in words

picture-title = Genre over time: { $course }.
picture-throughout = { $genre } throughout
picture-changes = it changes { $changes } times; mostly { $first }, at times { $others }
picture-others = others
picture-until = { $genre } until { $end }
picture-then = , then { $genre }
picture-from = , { $genre } from { $start }
picture-then-until = { " " }until { $end }
picture-average = On average { $shares }.
picture-share = { $genre } { $share }
picture-parts = Of { $length }, { $parts } parts were heard.

## Buttons under the card

button-why = Why?
button-agree = Agree
button-wrong = Wrong?
button-know = I know it
button-delete = Delete
button-cancel = Cancel

why-title = Why { $genre }?
why-title-unsure = Why can't I tell?
why-title-not-music = Why is this not music?
why-evidence = What speaks for { $genre }: { $reasons }.
why-nearest = The nearest was { $genre }: { $reasons }.
why-confused = Of clips called { $genre }, some were really { $others }.
why-nothing = Nothing stands out that I could put into plain words.
why-not-music = I compare a clip with music and with speech, noise and tones that I learnt; this one is nearer to those.
why-footer = { $model } · { $digest }

vote-title = What is it?
vote-label = The genre, as you hear it
vote-placeholder = Choose a genre
vote-none = None: take my vote back
vote-unknown = That is not a genre that can be chosen here. Press the button again and choose one from the menu.
vote-taken = Noted. Your vote counts here, beside my answer; it trains nothing.
vote-gone = Noted. Your vote does not count any more.

click-forgotten = I do not remember this answer any more. Send the clip again, and I listen anew.
click-not-yours = Only the one who asked and the moderators can delete this.
cancel-not-yours = Only the one who asked and the moderators can cancel this.
cancel-over = This clip is not being listened to any more, so there is nothing to cancel.
cancelled = I was asked to stop, and no longer listen to this clip.

## When there is no answer

failure-title = I could not listen to that
failure-title-other = That did not work

## While a clip is under way

progress-fetching = Fetching the clip…
progress-next = You are next.
progress-next-in = You are next, in about { $wait }.
progress-place = You are number { $position } in the queue.
progress-place-in = You are number { $position } in the queue, in about { $wait }.
progress-decoding = Decoding the audio…
progress-listening = Listening…
progress-voting = Voting…
progress-seconds = { $seconds } s
progress-minutes = { $minutes } min
progress-of = { $number } of { $all }: { $text }
progress-answered-below = This took a while: the answer is a message of its own.

## Commands: names as they are typed, and what they do

command-genre = genre
    .description = Tell the genre of a piece of music
    .file = file
    .file-description = An audio or video file
    .link = link
    .link-description = Instead of a file: a link to one, or to a track on SoundCloud, Bandcamp, YouTube and the like
    .genres = genres
    .genres-description = How many genres to show: otherwise the first three, and two more that are likely
    .private = private
    .private-description = Show the answer to nobody but you
command-classify = Classify genre
command-about = about
    .description = What I am, how good I am, and what my limits are
command-help = help
    .description = How to ask me for the genre of a piece of music
command-privacy = privacy
    .description = What I keep about you
command-privacy-show = show
    .description = Show what I keep about you
command-privacy-export = export
    .description = Get all that I keep about you as a file
command-privacy-delete = delete
    .description = Delete all that I keep about you
command-settings = genre-settings
    .description = What I do in a channel of this server, and what I may do there
    .channel = channel
    .channel-description = The channel; this one unless you say so

## /help

help-title = How to ask me for a genre
help-command = **/genre** takes a file or a link. With `private: True`, nobody but you sees the answer.
help-menu = **On a message** with files or links: right-click it (on a phone: hold it), **Apps**, **{ $menu }**.
help-mention = **Mention me** with a file or a link, or in reply to a message that has one.
help-direct = **Write to me directly** with a file or a link.
help-drop-on = **Drop an audio file** into this channel: I answer by myself here. Videos and voice messages I leave alone.
help-drop-off = **Drop an audio file** into a channel where an admin has switched me on; this one is not.
help-drop-direct = **Drop an audio file** into a channel where an admin has switched me on.
help-drop-blind = **Drop an audio file** into a channel: not possible yet. The people who run me must let me read messages first.
help-buttons = Under an answer: **{ $why }** gives reasons, **{ $agree }** and **{ $wrong }** take your vote, **{ $delete }** removes the answer.
help-more = **/about** says how good I am and what I take, **/privacy** what I keep. Admins: **/genre-settings**.

## /about

about-title = Genre Bot { $version }
about-what = I listen to a piece of music and say which of { $count } genres it sounds most like: { $genres }. Where I cannot tell, I say so.
about-good = How good I am
about-good-card = Of { $clips } clips by artists that I had never heard, I named the right genre for { $accuracy } (95% interval { $low } to { $high }), and had it among the first three for { $top3 }. { $clear } of my answers were clear, and { $clear-right } of those were right. My percentages were off by { $points ->
    [one] 1 percentage point
   *[other] { $points } percentage points
} on average.
about-good-own = On { $clips } clips held out when this model was made, it named the right genre for { $accuracy }, and had it among the first three for { $top3 }. Its percentages were off by { $points ->
    [one] 1 percentage point
   *[other] { $points } percentage points
} on average.
about-limits = What I take
about-limits-files = Files up to { $megabytes } MB: wav, mp3, flac, ogg, opus, m4a, aac, aiff, webm, mka, and the sound of mp4 and mov.
about-limits-links = Links to such files, and to tracks on { $sites }.
about-limits-no-sites = Links to such files.
about-limits-length = Up to { $minutes } minutes are decoded; of long pieces I hear five windows of 30 seconds.
about-limits-queue = { $member } clips of one member and { $all } of everybody at a time; a member's clips one after the other.
about-limits-cooldown-member = A member's clips { $seconds } s apart.
about-limits-cooldown-server = A server's clips { $seconds } s apart.
about-faults = What I get wrong
about-faults-text = I learnt ten broad genres from recordings of the year 2001 and before. Other styles have no right answer: in about two of three cases I then name two genres or say that I can't tell; in the third I name a wrong one as if it were clear. Unusual music may pass for no music.
about-data = What becomes of your music
about-data-text = It lies in a private file while I listen, and is deleted then. Nothing that you send, press or vote trains me. See **/privacy**.
about-model = Model { $name } { $version } · { $digest }

## /privacy

privacy-title = What I keep about you
privacy-ways = **/privacy export** gives you all of it as a file, **/privacy delete** deletes it.
privacy-export = Here is all that I keep about you.
privacy-delete-button = Delete it all
privacy-nothing = I keep nothing about you, so there is nothing to delete.

## /genre-settings

settings-title = Genre Bot in #{ $channel }
settings-dropped = Audio that is dropped here
settings-off = I leave it alone.
settings-reply = I answer with a reply.
settings-thread = I answer in a thread of its own.
settings-reaction = I react with the emoji of the genre; a click on it brings the details.
settings-links-on = Links to tracks count, too.
settings-links-off = Links are left alone.
settings-blind = Nothing of this works yet: Discord does not show me what is written. The people who run me must switch on the **Message Content Intent** (developer portal, your application, Bot) and restart me.
settings-may = What I may do here
settings-may-yes = ✅ { $what }
settings-may-no = ❌ { $what }: give me **{ $permissions }**
settings-elsewhere = Other channels where I am switched on
settings-nowhere = None.
settings-choose = What to do with audio that is dropped here
settings-option-off = Nothing
settings-option-reply = Reply
settings-option-thread = A thread for each file
settings-option-reaction = Only a reaction
settings-links-button-on = Take links, too
settings-links-button-off = Leave links alone
