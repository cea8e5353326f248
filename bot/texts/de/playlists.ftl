## Playlists: die Befehle

command-playlist = playlist
    .description = Playlists dieses Servers, die sich selbst einordnen
    .playlist = playlist
    .playlist-description = Welche Playlist
    .track = track
    .track-description = Welcher Track; tipp den Anfang des Titels
command-playlist-create = erstellen
    .description = Erstellt eine Playlist
    .name = name
    .name-description = Wie sie heißen soll
    .text = beschreibung
    .text-description = Worum es darin geht
command-playlist-rename = umbenennen
    .description = Gibt einer Playlist einen anderen Namen
    .name = name
    .name-description = Wie sie von nun an heißt
command-playlist-describe = beschreiben
    .description = Sagt, worum es in einer Playlist geht
    .text = beschreibung
    .text-description = Worum es darin geht; ohne Angabe keine mehr
command-playlist-delete = löschen
    .description = Löscht eine Playlist; sie lässt sich zurückholen
command-playlist-list = liste
    .description = Zeigt die Playlists dieses Servers
command-playlist-share = teilen
    .description = Lässt andere zu deiner Playlist beitragen
    .who = mit
    .who-description = Ein Mitglied, eine Rolle oder @everyone
    .stop = stopp
    .stop-description = Sie nichts mehr hinzufügen lassen
command-playlist-channel = kanal
    .description = Sammelt alle Tracks aus einem Kanal in einer Playlist
    .channel = kanal
    .channel-description = Welcher; ohne Angabe dieser hier
    .stop = stopp
    .stop-description = Dort nicht mehr sammeln
command-playlist-add = hinzufügen
    .description = Hört einen Track an und fügt ihn hinzu
    .link-description = Statt einer Datei: ein Link zu einem Track
    .title = titel
    .title-description = Wie er heißen soll

## Playlists: was aus ihnen wird

playlist-created = Die Playlist **{ $name }** ist da. Füll sie mit `/playlist hinzufügen` oder mit **{ $button }** unter einer Antwort von mir.
playlist-renamed = **{ $name }** heißt jetzt **{ $new }**.
playlist-described = Die Beschreibung von **{ $name }** ist geändert.
playlist-deleted =
    { $tracks ->
        [0] **{ $name }** ist gelöscht.
        [one] **{ $name }** ist samt ihrem Track gelöscht.
       *[other] **{ $name }** ist samt ihren { $tracks } Tracks gelöscht.
    } Zurückholen lässt sie sich noch { $days ->
        [one] einen Tag
       *[other] { $days } Tage
    } lang.
playlist-back =
    { $tracks ->
        [0] **{ $name }** ist wieder da.
        [one] **{ $name }** ist samt ihrem Track wieder da.
       *[other] **{ $name }** ist samt ihren { $tracks } Tracks wieder da.
    }
playlist-shared = **{ $name }** ist jetzt zum Hinzufügen freigegeben für { $who }.
playlist-unshared = **{ $name }** ist nicht mehr zum Hinzufügen freigegeben für { $who }.
playlist-everyone = alle
playlist-channel-on = Jeder Track, der in { $channel } geteilt wird, kommt von nun an in **{ $name }**. Ich markiere ihn mit 📥.
playlist-channel-off = Was in { $channel } geteilt wird, kommt nicht mehr in **{ $name }**.
playlist-added = Zu **{ $name }** hinzugefügt.
playlist-known = Das ist schon in **{ $name }**.
card-playlist = Playlist

playlists-title = Playlists dieses Servers
playlists-none = Es gibt noch keine. Erstell eine mit `/playlist erstellen`.
playlists-line =
    { $tracks ->
        [one] **{ $name }** · 1 Track · { $owner }
       *[other] **{ $name }** · { $tracks } Tracks · { $owner }
    }
playlists-nobody = gehört niemandem
playlists-shared = freigegeben für { $who }
playlists-fed = aus { $channels }

## Aus einer Antwort hinzufügen

button-add = In eine Playlist
button-bring-back = Zurückholen
add-title = Zu einer Playlist hinzufügen
add-to = Playlist
add-more = Nur die ersten 25. Für die anderen: /playlist hinzufügen.
add-placeholder = Wähle eine Playlist
add-called = Titel
