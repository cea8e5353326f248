## /datenschutz: wie viel wovon

privacy-has-answers = { $count ->
    [one] Eine Antwort an dich: welche Aufnahme (eine Prüfsumme, nicht der Ton), wo und wann
   *[other] { $count } Antworten an dich: welche Aufnahmen (Prüfsummen, nicht der Ton), wo und wann
}
privacy-has-votes = { $count ->
    [one] Eine Stimme
   *[other] { $count } Stimmen
}
privacy-has-playlists = { $count ->
    [one] Dass dir eine Playlist gehört
   *[other] Dass dir { $count } Playlists gehören
}
privacy-has-collaborations = { $count ->
    [one] Dass eine Playlist für dich freigegeben ist
   *[other] Dass { $count } Playlists für dich freigegeben sind
}
privacy-has-additions = { $count ->
    [one] Dass du einen Track hinzugefügt hast
   *[other] Dass du { $count } Tracks hinzugefügt hast
}
privacy-has-removals = { $count ->
    [one] Dass du einen Track entfernt hast
   *[other] Dass du { $count } Tracks entfernt hast
}
privacy-has-jobs = { $count ->
    [one] Dass du einen Import begonnen hast
   *[other] Dass du { $count } Importe begonnen hast
}
privacy-has-pages = { $count ->
    [one] Wonach du auf einer Seite einer Playlist suchst
   *[other] Wonach du auf { $count } Seiten von Playlists suchst
}
privacy-has-guesses = { $count ->
    [one] Ein Tipp gegen mich
   *[other] { $count } Tipps gegen mich
}
privacy-has-opt-outs = { $count ->
    [one] Dass dich die Statistik eines Servers nicht nennt
   *[other] Dass dich die Statistiken von { $count } Servern nicht nennen
}

## /datenschutz: wie lange, und was daraus wird

privacy-none = Ich speichere nichts über dich.
privacy-how-long = Musik wird gelöscht, sobald ich sie gehört habe. Nachrichten und dein Name werden nicht gespeichert, deine Discord-ID schon. Der Name einer Datei bleibt nur als Titel eines Tracks in einer Playlist. Was ich in einer Aufnahme gehört habe, speichere ich, ohne dass jemand dabei genannt wird, damit dieselbe Aufnahme sofort beantwortet ist. Antworten werden vergessen, wenn sie gelöscht werden, oder { $days ->
    [one] einen Tag
   *[other] { $days } Tage
}, nachdem zuletzt jemand die Aufnahme geschickt hat; Importe { $days ->
    [one] einen Tag
   *[other] { $days } Tage
} nach ihrem Ende; Seiten von Playlists { $pages ->
    [one] einen Tag
   *[other] { $pages } Tage
}, nachdem du zuletzt darin geblättert hast. Stimmen bleiben, bis du sie zurücknimmst, und Playlists mit ihren Tracks, bis sie gelöscht werden; Gelöschtes lässt sich { $undo ->
    [one] einen Tag
   *[other] { $undo } Tage
} lang zurückholen und ist dann weg. Entfernt mich ein Server, wird alles von ihm { $grace ->
    [0] binnen eines Tages
    [one] nach einem Tag
   *[other] nach { $grace } Tagen
} vergessen.
privacy-asks-sure = Das löscht, was ich über dich speichere. Tracks und Playlists bleiben für die anderen, aber niemand kann mehr sagen, dass sie von dir sind, und um deine Playlists kümmern sich die Admins. Die Knöpfe der Antworten funktionieren nicht mehr. Das lässt sich nicht rückgängig machen.
privacy-is-gone = Gelöscht. Über dich ist nichts mehr da.
