## Importations et autres longues tâches

command-playlist-import = importer
    .description = Ajoute toute une playlist, un album ou un fichier
    .link = lien
    .link-description = Là où les morceaux sont listés
    .file = fichier
    .file-description = Une liste en M3U8, XSPF, JSPF, CSV ou JSON Lines
command-playlist-retag = réécouter
    .description = Écoute ce que mon modèle actuel n’a pas entendu
command-playlist-imports = importations
    .description = Montre les importations et où elles en sont

job-title-import = Importation dans { $playlist }
job-title-retag = Réécoute de { $playlist }
job-listing = Je regarde quels morceaux il y a…
job-now = 🎧 { $title }
job-left = Encore environ { $time }
job-paused = ⏸️ En pause
job-paused-by-trouble = Il en irait sans doute de même pour les autres, alors j’attends. **Reprendre** essaie encore une fois le morceau où je me suis arrêté ; s’il échoue de nouveau, je le laisse de côté et je continue.
job-added = { $count ->
    [one] { $count } ajouté
   *[other] { $count } ajoutés
}
job-heard = { $count ->
    [one] { $count } réécouté
   *[other] { $count } réécoutés
}
job-known = { $count } déjà là
job-failed = { $count ->
    [one] { $count } échec
   *[other] { $count } échecs
}
job-waiting = encore { $count }
job-not-begun = { $count ->
    [one] { $count } pas commencé
   *[other] { $count } pas commencés
}
job-is-done = **Tout est fait.**
job-was-cancelled = **Annulé.** Ce qui était déjà fait reste.
job-has-failed = **Je n’ai pas pu continuer.** Ce qui était déjà fait reste.
job-left-out = { $count ->
    [one] Un autre a été laissé de côté : il était en double, ou est privé, en direct ou sur un autre site.
   *[other] { $count } autres ont été laissés de côté : ils étaient en double, ou sont privés, en direct ou sur d’autres sites.
}
job-cut-off = Il y en a d’autres : je ne regarde que les { $count } premiers. Importe le reste depuis une autre liste.
job-took = Ça a pris { $time }.
job-failures = { $count ->
    [one] Pour un morceau, ça n’a pas marché :
   *[other] Pour { $count } morceaux, ça n’a pas marché :
}
job-more-failures = Ils sont tous dans { $file }.
job-state-listing = recherche
job-state-running = en cours
job-state-paused = en pause
job-state-cancelled = annulée
job-state-done = terminée
job-state-failed = interrompue
job-moved = La suite est dans un message plus récent : { $link }

jobs-title = Importations de ce serveur
jobs-none = Rien n’a encore été importé ici. Commence avec `/playlist importer`.
retag-nothing = J’ai déjà écouté chaque morceau de **{ $playlist }** aussi bien que je le peux : il n’y a donc rien à faire.

button-job-pause = Mettre en pause
button-job-resume = Reprendre
button-job-cancel = Annuler
