## Importe und anderes, was lange dauert

command-playlist-import = importieren
    .description = Holt alle Tracks einer Playlist, eines Albums, einer Datei
    .link = link
    .link-description = Wo die Tracks aufgelistet sind
    .file = datei
    .file-description = Eine Liste als M3U8, XSPF, JSPF, CSV oder JSON Lines
command-playlist-retag = neu-hören
    .description = Hört an, was mein jetziges Modell nicht gehört hat
command-playlist-imports = importe
    .description = Zeigt Importe und wie weit sie sind

job-title-import = Import in { $playlist }
job-title-retag = Neu hören: { $playlist }
job-listing = Ich sehe nach, welche Tracks es gibt …
job-now = 🎧 { $title }
job-left = Noch ungefähr { $time }
job-paused = ⏸️ Pausiert
job-paused-by-trouble = Den anderen Titeln ginge es wohl genauso, deshalb warte ich. **Fortsetzen** versucht es mit dem Titel, bei dem ich angehalten habe, noch einmal; geht es wieder schief, lasse ich ihn aus und mache weiter.
job-added = { $count } hinzugefügt
job-heard = { $count } neu gehört
job-known = { $count } schon da
job-failed = { $count } fehlgeschlagen
job-waiting = noch { $count }
job-not-begun = { $count } nicht begonnen
job-is-done = **Alles fertig.**
job-was-cancelled = **Abgebrochen.** Was bis dahin geschafft war, bleibt.
job-has-failed = **Ich konnte nicht weitermachen.** Was bis dahin geschafft war, bleibt.
job-left-out = { $count ->
    [one] Einer fehlt: Er war doppelt, ist privat, live oder auf einer anderen Website.
   *[other] { $count } fehlen: Sie waren doppelt oder sind privat, live oder auf anderen Websites.
}
job-cut-off = Es gibt noch mehr: Ich sehe mir nur die ersten { $count } an. Importier den Rest aus einer anderen Liste.
job-took = Das hat { $time } gedauert.
job-failures = { $count ->
    [one] Bei einem Track hat es nicht geklappt:
   *[other] Bei { $count } Tracks hat es nicht geklappt:
}
job-more-failures = Alle stehen in { $file }.
job-state-listing = sieht nach
job-state-running = läuft
job-state-paused = pausiert
job-state-cancelled = abgebrochen
job-state-done = fertig
job-state-failed = vorzeitig beendet
job-moved = Das geht in einer neueren Nachricht weiter: { $link }

jobs-title = Importe dieses Servers
jobs-none = Hier wurde noch nichts importiert. `/playlist importieren` fängt damit an.
retag-nothing = Ich habe jeden Track von **{ $playlist }** schon so gut gehört, wie ich kann; es gibt also nichts zu tun.

button-job-pause = Pausieren
button-job-resume = Fortsetzen
button-job-cancel = Abbrechen
