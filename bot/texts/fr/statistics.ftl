## Statistiques d’un serveur

command-statistics = stats-serveur
    .description = Montre ce que ce serveur rassemble et qui partage quoi
    .me = moi
    .me-description = Si les statistiques de ce serveur te nomment
    .me-show = m’afficher
    .me-hide = me masquer

statistics-title = Musique de ce serveur
statistics-empty = Rien n’est encore rassemblé ici. Crée une playlist avec `/playlist créer`, ajoutes-y des morceaux et vote sous mes réponses ; il y aura alors quelque chose à montrer.
statistics-numbers = { $playlists } · { $tracks } · { $votes }
statistics-playlists = { $count ->
    [one] { NUMBER($count) } playlist
   *[other] { NUMBER($count) } playlists
}
statistics-tracks = { $count ->
    [one] { NUMBER($count) } morceau
   *[other] { NUMBER($count) } morceaux
}
statistics-votes = { $count ->
    [one] { NUMBER($count) } vote
   *[other] { NUMBER($count) } votes
}
statistics-week-title = Genres de la semaine
statistics-week-none = Rien n’a été ajouté ces sept derniers jours.
statistics-week-no-genre = Rien de ce qui a été ajouté ces sept derniers jours n’a encore de genre.
statistics-genre = { $genre } ({ $count })
statistics-agreed-title = Les plus unanimes
statistics-agreed = { $track } · **{ $genre }**, selon { $count } sur { $all }
statistics-agreed-none = Il n’y a pas encore deux membres d’accord sur un morceau.
statistics-disputed-title = Les plus contestés
statistics-disputed-most = { $track } · j’ai entendu : { $heard } ; { $count } sur { $all } disent autre chose, surtout **{ $genre }**
statistics-disputed-few = { $track } · j’ai entendu : **{ $heard }** ; { $count } sur { $all } disent autre chose
statistics-disputed = { $track } · { $count } sur { $all } ne disent pas **{ $genre }** comme la plupart
statistics-disputed-none = Aucun morceau n’est contesté.
statistics-shares-title = Qui partage quoi
statistics-share = { $who } · { $tracks } : { $genres }
statistics-share-no-genre = { $who } · { $tracks }
statistics-others = tous les autres
statistics-footer = /stats-serveur moi te masque ou t’affiche ici.
statistics-picture = Barres dans une image. Genres des sept derniers jours : { $week }. Qui partage quoi : { $shares }.
statistics-hidden = Je ne te nomme plus dans les statistiques et les scores de ce serveur ; tes morceaux comptent toujours, avec ceux d’autres membres.
statistics-shown = Désormais, je te nomme dans les statistiques et les scores de ce serveur.
