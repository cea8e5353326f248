## Parcourir les playlists

command-playlist-open = ouvrir
    .description = Parcourt une playlist
    .genre = genre
    .genre-description = Seulement ce genre
    .tag = sonorité
    .tag-description = Seulement ce qui a aussi cette sonorité
    .adder = membre
    .adder-description = Seulement ce que ce membre a ajouté
    .confidence = certitude
    .confidence-description = À quel point ma réponse est claire
    .disputed = contesté
    .disputed-description = Seulement là où des membres me contredisent
    .text = texte
    .text-description = Mots du titre
    .sort = tri
    .sort-description = Ce qui vient en premier
command-playlist-remove = retirer
    .description = Retire un morceau d’une playlist
command-playlist-edit = modifier
    .description = Donne un autre titre à un morceau
    .title = titre
    .title-description = Comment il s’appellera désormais
command-playlist-undo = rétablir
    .description = Rétablit le dernier morceau retiré

sort-newest = les plus récents d’abord
sort-oldest = les plus anciens d’abord
sort-title = par titre
sort-genre = par genre
sort-energy = les plus énergiques d’abord
sort-calm = les plus calmes d’abord
sort-fast = les plus rapides d’abord
sort-slow = les plus lents d’abord
confidence-clear = claire
confidence-close-call = serrée
confidence-unsure = incertaine

page-number = Page { $number } sur { $all }
page-tracks = { $count ->
    [one] { $count } morceau
   *[other] { $count } morceaux
}
page-tracks-of = { $count } sur { $all ->
    [one] { $all } morceau
   *[other] { $all } morceaux
}
page-only = 🔎 { $filters }
page-empty = Il n’y a encore rien ici. Ajoute un morceau avec `/playlist ajouter`, ou avec le bouton sous une de mes réponses.
page-nothing-fits = Aucun morceau ne correspond. Demandes-en moins avec **{ $filter }**, ou vois-les tous avec **{ $everything }**.
page-choose-track = Un morceau de cette page
filter-genre = genre : { $genre }
filter-tag = sonorité : { $tag }
filter-adder = ajouté par { $who }
filter-confidence = ma réponse : { $confidence }
filter-disputed = des membres me contredisent
filter-text = titre : { $text }
filter-form-title = Quels morceaux ?
filter-form-text = Mots du titre
filter-form-genre = Genre
filter-form-tag = Sonorité
filter-form-confidence = Ma réponse
filter-form-disputed = Seulement là où des membres me contredisent
filter-form-any = Peu importe

button-first = Première
button-previous = Précédente
button-next = Suivante
button-last = Dernière
button-filter = Filtrer…
button-all-tracks = Tout afficher
button-unvote = Retirer mon vote
button-remove = Retirer
button-edit-title = Changer le titre
button-undo = Rétablir

## Un morceau d’une playlist

track-heard = { $genre } { $share }
track-heard-beside = j’ai entendu : { $genre } ({ $share })
track-told = un fichier dit : { $genre } ({ $share })
track-not-music = pas de la musique
track-not-music-beside = je n’ai pas entendu de musique
track-unheard = pas encore écouté
track-settled = **{ $genre }** par vote
track-bpm = { $number } BPM
track-energy-share = énergie { $share }
track-verdict-clear = La réponse est claire.
track-verdict-close-call = C’est très serré.
track-verdict-unsure = Je n’en suis pas sûr du tout.
track-verdict-not-music = Ce n’est pas de la musique.
track-card-unheard = Je n’ai pas encore écouté ce morceau. Avec `/playlist réécouter`, je le fais.
track-card-told = Je n’ai pas encore écouté ce morceau ; voici ce qu’en dit un fichier :
track-nobody-voted = Personne n’a encore voté. { $count ->
    [one] Un seul membre suffit à fixer le genre.
   *[other] { $count } membres d’accord suffisent à fixer le genre.
}
track-votes-missing = { $count ->
    [one] Encore un vote pour { $genre }, et c’est fixé.
   *[other] Encore { $count } votes pour { $genre }, et c’est fixé.
}
track-agreed = C’est fixé : { $genre }, comme je l’ai entendu.
track-overruled = C’est fixé : la playlist affiche { $genre }.
track-told-votes = Votes selon un fichier
track-tempo = Tempo
track-energy = Énergie
track-length = Durée
track-added = Ajouté
track-added-by = { $date } par { $who }

track-removed = **{ $track }** n’est plus dans **{ $playlist }**.
track-brought-back = **{ $track }** est de retour dans **{ $playlist }**.
track-edited = **{ $track }**, dans **{ $playlist }**, s’appelle maintenant **{ $new }**.
track-form-title = Changer le titre
track-form-label = Titre
