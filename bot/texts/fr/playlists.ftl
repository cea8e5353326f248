## Playlists : les commandes

command-playlist = playlist
    .description = Playlists de ce serveur qui se classent seules
    .playlist = playlist
    .playlist-description = Quelle playlist
    .track = morceau
    .track-description = Quel morceau ; commence à taper son titre
command-playlist-create = créer
    .description = Crée une playlist
    .name = nom
    .name-description = Comment l’appeler
    .text = description
    .text-description = De quoi il s’agit
command-playlist-rename = renommer
    .description = Donne un autre nom à une playlist
    .name = nom
    .name-description = Comment elle s’appellera désormais
command-playlist-describe = décrire
    .description = Dit de quoi il s’agit dans une playlist
    .text = description
    .text-description = De quoi il s’agit ; sans rien, plus de texte
command-playlist-delete = supprimer
    .description = Supprime une playlist ; on peut la rétablir
command-playlist-list = liste
    .description = Montre les playlists de ce serveur
command-playlist-share = partager
    .description = Laisse d’autres membres enrichir ta playlist
    .who = avec
    .who-description = Un membre, un rôle ou @everyone
    .stop = arrêter
    .stop-description = Ne plus les laisser ajouter
command-playlist-channel = salon
    .description = Rassemble dans une playlist les morceaux d’un salon
    .channel = salon
    .channel-description = Lequel ; celui-ci si tu n’en dis pas d’autre
    .stop = arrêter
    .stop-description = Ne plus rien y rassembler
command-playlist-add = ajouter
    .description = Écoute un morceau et l’ajoute
    .link-description = Au lieu d’un fichier : un lien vers un morceau
    .title = titre
    .title-description = Comment l’appeler

## Playlists : ce qu’elles deviennent

playlist-created = La playlist **{ $name }** est là. Ajoutes-y des morceaux avec `/playlist ajouter`, ou avec **{ $button }** sous une de mes réponses.
playlist-renamed = **{ $name }** s’appelle maintenant **{ $new }**.
playlist-described = La description de **{ $name }** est modifiée.
playlist-deleted =
    { $tracks ->
        [0] **{ $name }** est supprimée.
        [one] **{ $name }** est supprimée, avec son morceau.
       *[other] **{ $name }** est supprimée, avec ses { $tracks } morceaux.
    } On peut la rétablir pendant { $days ->
        [one] un jour
       *[other] { $days } jours
    }.
playlist-back =
    { $tracks ->
        [0] **{ $name }** est de retour.
        [one] **{ $name }** est de retour, avec son morceau.
       *[other] **{ $name }** est de retour, avec ses { $tracks } morceaux.
    }
playlist-shared = **{ $name }** est maintenant partagée avec { $who } pour y ajouter des morceaux.
playlist-unshared = **{ $name }** n’est plus partagée avec { $who }.
playlist-everyone = tout le monde
playlist-channel-on = Désormais, chaque morceau partagé dans { $channel } va dans **{ $name }**. Je le marque avec 📥.
playlist-channel-off = Ce qui est partagé dans { $channel } ne va plus dans **{ $name }**.
playlist-added = Ajouté à **{ $name }**.
playlist-known = Déjà dans **{ $name }**.
card-playlist = Playlist

playlists-title = Playlists de ce serveur
playlists-none = Il n’y en a pas encore. Crées-en une avec `/playlist créer`.
playlists-line =
    { $tracks ->
        [one] **{ $name }** · { $tracks } morceau · { $owner }
       *[other] **{ $name }** · { $tracks } morceaux · { $owner }
    }
playlists-nobody = sans propriétaire
playlists-shared = partagée avec { $who }
playlists-fed = depuis { $channels }

## Ajouter depuis une réponse

button-add = Ajout playlist
button-bring-back = Rétablir
add-title = Ajouter à une playlist
add-to = Playlist
add-more = Seulement les 25 premières. Pour les autres : /playlist ajouter.
add-placeholder = Choisis une playlist
add-called = Titre
