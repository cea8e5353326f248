## /confidentialité : combien il y a de quoi

privacy-has-answers = { $count ->
    [one] Une réponse à toi : quel extrait (une somme de contrôle, pas le son), où et quand
   *[other] { $count } réponses à toi : quels extraits (des sommes de contrôle, pas le son), où et quand
}
privacy-has-votes = { $count ->
    [one] Un vote
   *[other] { $count } votes
}
privacy-has-playlists = { $count ->
    [one] Qu’une playlist est à toi
   *[other] Que { $count } playlists sont à toi
}
privacy-has-collaborations = { $count ->
    [one] Qu’une playlist est partagée avec toi
   *[other] Que { $count } playlists sont partagées avec toi
}
privacy-has-additions = { $count ->
    [one] Que tu as ajouté un morceau
   *[other] Que tu as ajouté { $count } morceaux
}
privacy-has-removals = { $count ->
    [one] Que tu as retiré un morceau
   *[other] Que tu as retiré { $count } morceaux
}
privacy-has-jobs = { $count ->
    [one] Que tu as lancé une importation
   *[other] Que tu as lancé { $count } importations
}
privacy-has-pages = { $count ->
    [one] Ce que tu cherches sur une page d’une playlist
   *[other] Ce que tu cherches sur { $count } pages de playlists
}
privacy-has-guesses = { $count ->
    [one] Une réponse en jouant contre moi
   *[other] { $count } réponses en jouant contre moi
}
privacy-has-opt-outs = { $count ->
    [one] Que les statistiques d’un serveur ne te nomment pas
   *[other] Que les statistiques de { $count } serveurs ne te nomment pas
}

## /confidentialité : pour combien de temps, et ce que ça devient

privacy-none = Je ne garde rien sur toi.
privacy-how-long = La musique est supprimée dès que je l’ai écoutée. Ni les messages ni ton nom ne sont enregistrés ; ton identifiant Discord l’est. Le nom d’un fichier n’est gardé que comme titre d’un morceau dans une playlist. Ce que j’ai entendu dans un extrait est gardé sans le nom de personne, pour répondre aussitôt au même extrait. Les réponses sont oubliées quand elles sont supprimées, ou { $days ->
    [one] un jour
   *[other] { $days } jours
} après le dernier envoi de l’extrait, par qui que ce soit ; les importations, { $days ->
    [one] un jour
   *[other] { $days } jours
} après leur fin ; les pages de playlists, { $pages ->
    [one] un jour
   *[other] { $pages } jours
} après que tu les as tournées pour la dernière fois. Les votes restent jusqu’à ce que tu les retires, et les playlists avec leurs morceaux jusqu’à leur suppression ; ce qui a été supprimé peut être rétabli pendant { $undo ->
    [one] un jour
   *[other] { $undo } jours
}, puis disparaît. D’un serveur qui me retire, tout est oublié { $grace ->
    [0] en moins d’un jour
    [one] au bout d’un jour
   *[other] au bout de { $grace } jours
}.
privacy-asks-sure = Ceci supprime ce que je garde sur toi. Les morceaux et les playlists restent pour les autres, mais personne ne pourra plus dire qu’ils sont à toi, et les admins s’occupent de tes playlists. Les boutons des réponses cessent de fonctionner. C’est irréversible.
privacy-is-gone = Supprimé. Il ne reste rien sur toi.
