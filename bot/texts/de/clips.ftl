### Deutsch, per Du. Vor Einheiten und Auslassungspunkten stehen geschützte Leerzeichen.
### Was hier fehlt, erscheint auf Englisch.

## Genres

genre-blues = Blues
genre-classical = Klassik
genre-country = Country
genre-disco = Disco
genre-hiphop = Hip-Hop
genre-jazz = Jazz
genre-metal = Metal
genre-pop = Pop
genre-reggae = Reggae
genre-rock = Rock

## Was keine Musik ist: nach „es klingt nach“

sound-speech = Sprache
sound-noise = Geräuschen
sound-tone = einem Ton

## Zahlen

percent = { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
tenths-of-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
whole-seconds = { $seconds } s
list-and = { $most } und { $last }

## Die Antwort in einer Zeile

headline-clear = Eindeutig { $genre }
headline-ahead = { $first }, vielleicht { $second }
headline-close = { $first } oder { $second }: kaum zu entscheiden
headline-unsure = Das kann ich nicht sagen
headline-not-music = Das ist keine Musik
headline-sound = Das ist keine Musik: Es klingt nach { $sound }

## Die Karte

card-clip = Aufnahme
card-heard-all = ganz gehört
card-heard-parts = davon gehört: { $parts }
card-or-more = { $length } oder mehr
card-not-music = Also gibt es auch kein Genre. Falls es doch Musik ist, drück auf **{ $button }** und wähl das Genre.
card-sounds-like = Das höre ich heraus
card-votes = Das sagen die Mitglieder
card-votes-first = { $genre } ({ $votes } von { $all })
card-votes-other = { $genre } ({ $votes })
card-took = { $model } · { $time }
card-recalled = { $model } · aus dem Gedächtnis beantwortet

## Worauf die Antwort beruht

reason-measured-clear = So eindeutige Antworten stimmen zu { $share } bei { $unheard ->
    [artists] Interpreten, die ich noch nie gehört hatte.
   *[clips] Aufnahmen, die ich noch nie gehört hatte, auch wenn ich die Interpreten vielleicht kannte.
}
reason-measured-close-call = Wahrscheinlich eins der ersten beiden: Bei { $unheard ->
    [artists] Interpreten, die ich noch nie gehört hatte, war das richtige Genre in { $share } der Fälle dabei.
   *[clips] Aufnahmen, die ich noch nie gehört hatte, war das richtige Genre in { $share } der Fälle dabei, auch wenn ich die Interpreten vielleicht kannte.
}
reason-unknown-clear = Wie oft solche Antworten stimmen, weiß ich nicht: Dafür gab es beim Training zu wenige Aufnahmen zum Prüfen.
reason-unknown-close-call = Vielleicht eins der ersten beiden. Wie oft das stimmt, weiß ich nicht: Dafür gab es beim Training zu wenige Aufnahmen zum Prüfen.
reason-changes = Das Genre wechselt unterwegs: { $parts }. Kein einzelnes passt zum ganzen Stück.
reason-nothing-stands-out = Kein Genre sticht heraus: Vielleicht ist das ein Stil, den ich nicht gelernt habe.
reason-not-music = Das ist keine Musik.
reason-not-music-sound = Das ist keine Musik: Es klingt nach { $sound }.
reason-short = Sei hier vorsichtiger: Das sind viel weniger als 30 s Musik.

## Das Bild in Worten

picture-title = Genre im Zeitverlauf: { $course }.
picture-throughout = durchgehend { $genre }
picture-changes = { $changes } Wechsel; meist { $first }, zwischendurch { $others }
picture-others = andere
picture-until = { $genre } bis { $end }
picture-then = , dann { $genre }
picture-from = , { $genre } ab { $start }
picture-then-until = { " " }bis { $end }
picture-average = Im Durchschnitt { $shares }.
picture-share = { $genre } { $share }
picture-parts = Von { $length } wurden { $parts } Abschnitte gehört.

## Knöpfe unter der Karte

button-why = Warum?
button-agree = Stimmt
button-wrong = Falsch?
button-know = Ich weiß es
button-delete = Löschen
button-cancel = Abbrechen

why-title = Warum { $genre }?
why-title-unsure = Warum kann ich es nicht sagen?
why-title-not-music = Warum ist das keine Musik?
why-evidence = Für { $genre } spricht (auf Englisch): { $reasons }.
why-nearest = Am nächsten kam { $genre } (Gründe auf Englisch): { $reasons }.
why-confused = Von den Aufnahmen, die ich { $genre } genannt habe, waren manche in Wahrheit { $others }.
why-nothing = Nichts sticht so heraus, dass ich es in einfache Worte fassen könnte.
why-not-music = Ich vergleiche jede Aufnahme mit der Musik und mit der Sprache, den Geräuschen und den Tönen, die ich gelernt habe; diese hier liegt näher bei Letzteren.
why-footer = { $model } · { $digest }

vote-title = Was ist es?
vote-label = Das Genre, das du hörst
vote-placeholder = Wähle ein Genre
vote-none = Keins: meine Stimme zurücknehmen
vote-unknown = Dieses Genre steht hier nicht zur Wahl. Drück den Knopf noch einmal und wähl eins aus dem Menü.
vote-taken = Notiert. Deine Stimme zählt hier neben meiner Antwort; trainiert wird damit nichts.
vote-gone = Notiert. Deine Stimme zählt nicht mehr.

click-forgotten = An diese Antwort erinnere ich mich nicht mehr. Schick die Aufnahme noch einmal, dann höre ich neu hin.
click-not-yours = Löschen kann das nur, wer gefragt hat, oder die Moderation.
cancel-not-yours = Abbrechen kann das nur, wer gefragt hat, oder die Moderation.
cancel-over = Diese Aufnahme höre ich gerade nicht mehr an, es gibt also nichts abzubrechen.
cancelled = Ich wurde gebeten aufzuhören und höre diese Aufnahme nicht weiter an.

## Wenn es keine Antwort gibt

failure-title = Das konnte ich mir nicht anhören
failure-title-other = Das hat nicht geklappt

## Während eine Aufnahme unterwegs ist

progress-fetching = Aufnahme wird geholt …
progress-next = Du bist als Nächstes dran.
progress-next-in = Du bist als Nächstes dran, in ungefähr { $wait }.
progress-place = Platz { $position } in der Warteschlange.
progress-place-in = Platz { $position } in der Warteschlange, noch ungefähr { $wait }.
progress-decoding = Ton wird dekodiert …
progress-listening = Ich höre zu …
progress-voting = Ich stimme ab …
progress-seconds = { $seconds } s
progress-minutes = { $minutes } min
progress-of = { $number } von { $all }: { $text }
progress-answered-below = Das hat etwas gedauert: Die Antwort steht in einer eigenen Nachricht.

## Befehle: Namen, wie man sie tippt, und was sie tun

command-genre = genre
    .description = Bestimmt das Genre eines Musikstücks
    .file = datei
    .file-description = Eine Audio- oder Videodatei
    .link = link
    .link-description = Statt einer Datei: ein Link dazu oder zu einem Titel auf SoundCloud, Bandcamp, YouTube und Co.
    .genres = genres
    .genres-description = Wie viele Genres ich zeige: sonst die ersten drei und zwei weitere, wenn sie wahrscheinlich sind
    .private = privat
    .private-description = Die Antwort nur dir zeigen
command-classify = Genre bestimmen
command-about = info
    .description = Was ich bin, wie gut ich bin und wo meine Grenzen liegen
command-help = hilfe
    .description = Wie du mich nach dem Genre eines Musikstücks fragst
command-privacy = datenschutz
    .description = Was ich über dich speichere
command-privacy-show = anzeigen
    .description = Zeigt, was ich über dich speichere
command-privacy-export = exportieren
    .description = Gibt dir alles, was ich über dich speichere, als Datei
command-privacy-delete = löschen
    .description = Löscht alles, was ich über dich speichere
command-settings = genre-einstellungen
    .description = Was ich in einem Kanal dieses Servers tue und was ich dort darf
    .channel = kanal
    .channel-description = Der Kanal; ohne Angabe dieser hier

## /hilfe

help-title = So fragst du mich nach einem Genre
help-command = **/genre** nimmt eine Datei oder einen Link. Mit `privat` siehst nur du die Antwort.
help-menu = **Bei einer Nachricht** mit Dateien oder Links: Rechtsklick (am Handy: gedrückt halten), **Apps**, **{ $menu }**.
help-mention = **Erwähne mich** mit Datei oder Link, oder als Antwort auf eine Nachricht, die so etwas enthält.
help-direct = **Schreib mir direkt** mit einer Datei oder einem Link.
help-drop-on = **Lade eine Audiodatei** in diesem Kanal hoch: Hier antworte ich von selbst, außer auf Videos und Sprachnachrichten.
help-drop-off = **Lade eine Audiodatei** in einem Kanal hoch, in dem mich Admins eingeschaltet haben (hier nicht).
help-drop-direct = **Lade eine Audiodatei** in einem Kanal hoch, in dem mich Admins eingeschaltet haben.
help-drop-blind = **Auf Audiodateien in Kanälen** antworte ich noch nicht: Wer mich betreibt, muss mich erst Nachrichten lesen lassen.
help-buttons = Unter einer Antwort: **{ $why }** nennt Gründe, **{ $agree }** und **{ $wrong }** nehmen deine Stimme, **{ $delete }** entfernt die Antwort.
help-more = **/info** sagt, wie gut ich bin und was ich annehme, **/datenschutz**, was ich speichere. Admins: **/genre-einstellungen**.

## /info

about-what = Ich höre mir ein Musikstück an und sage, nach welchem von { $count } Genres es am ehesten klingt: { $genres }. Wo ich es nicht sagen kann, sage ich das.
about-good = Wie gut ich bin
about-good-card = Bei { $clips } Aufnahmen von Interpreten, die ich noch nie gehört hatte, habe ich in { $accuracy } der Fälle das richtige Genre genannt (95-%-Intervall: { $low } bis { $high }); in { $top3 } war es unter den ersten drei. { $clear } meiner Antworten waren eindeutig, und davon stimmten { $clear-right }. Meine Prozentangaben lagen im Schnitt um { $points ->
    [one] einen Prozentpunkt
   *[other] { $points } Prozentpunkte
} daneben.
about-good-own = Bei { $clips } Aufnahmen, die beim Training dieses Modells zurückgehalten wurden, hat es in { $accuracy } der Fälle das richtige Genre genannt; in { $top3 } war es unter den ersten drei. Seine Prozentangaben lagen im Schnitt um { $points ->
    [one] einen Prozentpunkt
   *[other] { $points } Prozentpunkte
} daneben.
about-limits = Was ich annehme
about-limits-files = Dateien bis { $megabytes } MB: wav, mp3, flac, ogg, opus, m4a, aac, aiff, webm, mka und den Ton von mp4 und mov.
about-limits-links = Links zu solchen Dateien und zu Titeln auf { $sites }.
about-limits-no-sites = Links zu solchen Dateien.
about-limits-length = Bis zu { $minutes } Minuten werden dekodiert; von langen Stücken höre ich fünf Abschnitte von 30 Sekunden.
about-limits-queue = { $member } Aufnahmen je Mitglied und { $all } von allen zugleich; die eines Mitglieds eine nach der anderen.
about-limits-cooldown-member = Zwischen zwei Aufnahmen eines Mitglieds: { $seconds } s.
about-limits-cooldown-server = Zwischen zwei Aufnahmen eines Servers: { $seconds } s.
about-faults = Wo ich danebenliege
about-faults-text = Ich habe zehn grobe Genres aus Aufnahmen bis zum Jahr 2001 gelernt. Für andere Stile gibt es keine richtige Antwort: In etwa zwei von drei Fällen nenne ich dann zwei Genres oder sage, dass ich es nicht sagen kann; im dritten nenne ich ein falsches, als wäre es eindeutig. Ungewöhnliche Musik halte ich vielleicht nicht für Musik.
about-data = Was mit deiner Musik geschieht
about-data-text = Sie liegt in einer privaten Datei, solange ich zuhöre, und wird dann gelöscht. Weder was du schickst noch deine Klicks und Stimmen trainieren mich. Siehe **/datenschutz**.
about-model = Modell { $name } { $version } · { $digest }

## /datenschutz

privacy-title = Was ich über dich speichere
privacy-ways = **/datenschutz exportieren** gibt dir alles davon als Datei, **/datenschutz löschen** löscht es.
privacy-export = Hier ist alles, was ich über dich speichere.
privacy-delete-button = Alles löschen
privacy-nothing = Ich speichere nichts über dich, es gibt also nichts zu löschen.

## Was sonst zu hören ist

tag-1960s = 1960er
tag-1970s = 1970er
tag-1980s = 1980er
tag-1990s = 1990er
tag-2000s = 2000er
tag-acoustic = akustisch
tag-alternative = Alternative
tag-alternative-rock = Alternative Rock
tag-ambient = Ambient
tag-beautiful = schön
tag-blues = Blues
tag-catchy = eingängig
tag-chill = entspannt
tag-classic-rock = Classic Rock
tag-country = Country
tag-dance = Dance
tag-easy-listening = Easy Listening
tag-electronic = elektronisch
tag-experimental = experimentell
tag-female-vocals = Frauenstimme
tag-folk = Folk
tag-funk = Funk
tag-guitar = Gitarre
tag-happy = fröhlich
tag-hard-rock = Hard Rock
tag-heavy-metal = Heavy Metal
tag-hip-hop = Hip-Hop
tag-house = House
tag-indie = Indie
tag-indie-pop = Indie-Pop
tag-indie-rock = Indie-Rock
tag-jazz = Jazz
tag-male-vocals = Männerstimme
tag-mellow = sanft
tag-metal = Metal
tag-oldies = Oldies
tag-party = Party
tag-pop = Pop
tag-progressive-rock = Progressive Rock
tag-punk = Punk
tag-rock = Rock
tag-sad = traurig
tag-soul = Soul
