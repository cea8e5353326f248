### Français, en tutoyant. Espaces insécables devant les unités et devant : ; ? !
### Ce qui manque ici s’affiche en anglais.

## Genres

genre-classical = classique

## Ce qui n’est pas de la musique : après « on dirait »

sound-speech = de la parole
sound-noise = du bruit
sound-tone = un son pur

## Nombres

percent = { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
tenths-of-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
whole-seconds = { $seconds } s
list-and = { $most } et { $last }

## La réponse en une ligne

headline-clear = Clairement { $genre }
headline-ahead = { $first }, peut-être { $second }
headline-close = { $first } ou { $second } : trop serré pour trancher
headline-unsure = Je ne saurais pas dire
headline-not-music = Ce n’est pas de la musique
headline-sound = Ce n’est pas de la musique : on dirait { $sound }

## La carte

card-clip = Extrait
card-heard-all = écouté en entier
card-heard-parts = passages écoutés : { $parts }
card-or-more = { $length } ou plus
card-not-music = Il n’y a donc pas de genre à donner. Si c’est bien de la musique, appuie sur **{ $button }** et choisis le genre.
card-sounds-like = Autres caractéristiques
card-votes = Selon les membres
card-votes-first = { $genre } ({ $votes } sur { $all })
card-votes-other = { $genre } ({ $votes })
card-took = { $model } · { $time }
card-recalled = { $model } · réponse donnée de mémoire

## Ce sur quoi repose la réponse

reason-measured-clear = Quand ma réponse est aussi claire, elle est juste dans { $share } des cas { $unheard ->
    [artists] avec des artistes que je n’avais jamais entendus.
   *[clips] avec des extraits que je n’avais jamais entendus, même si je connaissais peut-être les artistes.
}
reason-measured-close-call = C’est sans doute l’un des deux premiers : le bon genre en fait partie dans { $share } des cas comme celui-ci, { $unheard ->
    [artists] avec des artistes que je n’avais jamais entendus.
   *[clips] avec des extraits que je n’avais jamais entendus, même si je connaissais peut-être les artistes.
}
reason-unknown-clear = Je ne sais pas à quelle fréquence ce type de réponse est juste : trop peu d’extraits étaient réservés aux tests pendant mon entraînement.
reason-unknown-close-call = C’est peut-être l’un des deux premiers. Je ne sais pas à quelle fréquence c’est juste : trop peu d’extraits étaient réservés aux tests pendant mon entraînement.
reason-changes = Le genre change en route : { $parts }. Aucun ne convient à l’ensemble.
reason-nothing-stands-out = Aucun genre ne se démarque : c’est peut-être un style que je n’ai pas appris.
reason-not-music = Ce n’est pas de la musique.
reason-not-music-sound = Ce n’est pas de la musique : on dirait { $sound }.
reason-short = Ici, fie-t’y moins : c’est bien moins que 30 s de musique.

## L’image en mots

picture-title = Le genre au fil du temps : { $course }.
picture-throughout = { $genre } du début à la fin
picture-changes = { $changes } changements ; surtout { $first }, par moments { $others }
picture-others = d’autres
picture-until = { $genre } jusqu’à { $end }
picture-then = , puis { $genre }
picture-from = , { $genre } à partir de { $start }
picture-then-until = { " " }jusqu’à { $end }
picture-average = En moyenne : { $shares }.
picture-share = { $genre } { $share }
picture-parts = Sur { $length }, { $parts } passages ont été écoutés.

## Boutons sous la carte

button-why = Pourquoi ?
button-agree = D’accord
button-wrong = Pas d’accord ?
button-know = Moi, je sais
button-delete = Supprimer
button-cancel = Annuler

why-title = Pourquoi { $genre } ?
why-title-unsure = Pourquoi je ne sais pas ?
why-title-not-music = Pourquoi ce n’est pas de la musique ?
why-evidence = Ce qui évoque le genre « { $genre } » (en anglais) : { $reasons }.
why-nearest = Le genre le plus proche était « { $genre } » (raisons en anglais) : { $reasons }.
why-confused = Parmi les extraits que j’ai classés « { $genre } », certains relevaient en fait d’un autre genre : { $others }.
why-nothing = Rien ne ressort que je puisse expliquer avec des mots simples.
why-not-music = Je compare chaque extrait à de la musique et à de la parole, du bruit et des sons purs que j’ai appris ; celui-ci est plus proche de ces derniers.
why-footer = { $model } · { $digest }

vote-title = Qu’est-ce que c’est ?
vote-label = Le genre que tu entends
vote-placeholder = Choisis un genre
vote-none = Aucun : retirer mon vote
vote-unknown = Ce genre ne peut pas être choisi ici. Appuie de nouveau sur le bouton et choisis-en un dans le menu.
vote-taken = C’est noté. Ton vote compte ici, à côté de ma réponse ; il n’entraîne rien.
vote-gone = C’est noté. Ton vote ne compte plus.

click-forgotten = Je ne me souviens plus de cette réponse. Renvoie l’extrait et je le réécoute.
click-not-yours = Seules la personne qui a demandé et la modération peuvent supprimer cette réponse.
cancel-not-yours = Seules la personne qui a demandé et la modération peuvent annuler cette écoute.
cancel-over = Je n’écoute plus cet extrait : il n’y a rien à annuler.
cancelled = On m’a demandé d’arrêter : je n’écoute plus cet extrait.

## Quand il n’y a pas de réponse

failure-title = Je n’ai pas pu écouter ça
failure-title-other = Ça n’a pas marché

## Pendant qu’un extrait est en cours

progress-fetching = Récupération de l’extrait…
progress-next = Ton extrait est le prochain.
progress-next-in = Ton extrait est le prochain, dans environ { $wait }.
progress-place = Ton extrait est numéro { $position } dans la file.
progress-place-in = Ton extrait est numéro { $position } dans la file, encore environ { $wait }.
progress-decoding = Décodage du son…
progress-listening = J’écoute…
progress-voting = Je vote…
progress-seconds = { $seconds } s
progress-minutes = { $minutes } min
progress-of = { $number } sur { $all } : { $text }
progress-answered-below = Ça a pris un moment : la réponse est dans un message à part.

## Commandes : leurs noms tels qu’on les tape, et ce qu’elles font

command-genre = genre
    .description = Trouve le genre d’un morceau de musique
    .file = fichier
    .file-description = Un fichier audio ou vidéo
    .link = lien
    .link-description = Au lieu d’un fichier : un lien vers lui, ou vers un titre sur SoundCloud, Bandcamp, YouTube, etc.
    .genres = genres
    .genres-description = Combien de genres montrer : sinon les trois premiers, et deux autres s’ils sont probables
    .private = privé
    .private-description = Ne montrer la réponse qu’à toi
command-classify = Trouver le genre
command-about = à-propos
    .description = Ce que je suis, ce que je vaux et quelles sont mes limites
command-help = aide
    .description = Comment me demander le genre d’un morceau de musique
command-privacy = confidentialité
    .description = Ce que je garde sur toi
command-privacy-show = afficher
    .description = Montre ce que je garde sur toi
command-privacy-export = exporter
    .description = Te donne dans un fichier tout ce que je garde sur toi
command-privacy-delete = supprimer
    .description = Supprime tout ce que je garde sur toi
command-settings = réglages-genre
    .description = Ce que je fais dans un salon de ce serveur, et ce que j’ai le droit d’y faire
    .channel = salon
    .channel-description = Le salon ; celui-ci si tu n’en dis pas d’autre

## /aide

help-title = Comment me demander un genre
help-command = **/genre** prend un fichier ou un lien. Avec `privé`, personne d’autre que toi ne voit la réponse.
help-menu = **Sur un message** avec des fichiers ou des liens : clic droit (sur mobile : appui long), **Applications**, **{ $menu }**.
help-mention = **Mentionne-moi** avec un fichier ou un lien, ou en réponse à un message qui en contient.
help-direct = **Écris-moi en privé** avec un fichier ou un lien.
help-drop-on = **Dépose un fichier audio** dans ce salon : ici, je réponds de moi-même. Je laisse de côté les vidéos et les messages vocaux.
help-drop-off = **Dépose un fichier audio** dans un salon où les admins m’ont activé ; ce n’est pas le cas ici.
help-drop-direct = **Dépose un fichier audio** dans un salon où les admins m’ont activé.
help-drop-blind = **Aux fichiers audio** d’un salon, je ne réponds pas encore : ceux qui me gèrent doivent d’abord me laisser lire les messages.
help-buttons = Sous une réponse : **{ $why }** donne les raisons, **{ $agree }** et **{ $wrong }** prennent ton vote, **{ $delete }** retire la réponse.
help-more = **/à-propos** dit ce que je vaux et ce que j’accepte, **/confidentialité** ce que je garde. Admins : **/réglages-genre**.

## /à-propos

about-what = J’écoute un morceau de musique et je dis duquel de mes { $count } genres il se rapproche le plus : { $genres }. Quand je ne sais pas, je le dis.
about-good = Ce que je vaux
about-good-card = Sur { $clips } extraits d’artistes que je n’avais jamais entendus, j’ai donné le bon genre dans { $accuracy } des cas (intervalle à 95 % : de { $low } à { $high }), et il était parmi les trois premiers dans { $top3 } des cas. { $clear } de mes réponses étaient claires ; parmi celles-ci, { $clear-right } étaient justes. Mes pourcentages s’écartaient en moyenne de { $points ->
    [one] { $points } point
   *[other] { $points } points
} de pourcentage.
about-good-own = Sur { $clips } extraits mis de côté lors de la création de ce modèle, il a donné le bon genre dans { $accuracy } des cas, et il était parmi les trois premiers dans { $top3 } des cas. Ses pourcentages s’écartaient en moyenne de { $points ->
    [one] { $points } point
   *[other] { $points } points
} de pourcentage.
about-limits = Ce que j’accepte
about-limits-files = Des fichiers jusqu’à { $megabytes } Mo : wav, mp3, flac, ogg, opus, m4a, aac, aiff, webm, mka, et le son de mp4 et mov.
about-limits-links = Des liens vers ces fichiers, et vers des titres sur { $sites }.
about-limits-no-sites = Des liens vers ces fichiers.
about-limits-length = Jusqu’à { $minutes } minutes sont décodées ; pour les morceaux longs, j’écoute cinq passages de 30 secondes.
about-limits-queue = { $member } extraits par membre et { $all } en tout à la fois ; ceux d’un même membre l’un après l’autre.
about-limits-cooldown-member = Entre deux extraits d’un membre : { $seconds } s.
about-limits-cooldown-server = Entre deux extraits d’un serveur : { $seconds } s.
about-faults = Là où je me trompe
about-faults-text = J’ai appris dix grands genres avec des enregistrements datant de 2001 au plus tard. Pour les autres styles, il n’y a pas de bonne réponse : dans environ deux cas sur trois, je cite alors deux genres ou je dis que je ne sais pas ; dans le troisième, j’en donne un mauvais comme s’il était clair. Une musique inhabituelle peut ne pas me sembler être de la musique.
about-data = Ce que devient ta musique
about-data-text = Elle reste dans un fichier privé pendant que j’écoute, puis elle est supprimée. Ni tes envois, ni tes clics, ni tes votes ne m’entraînent. Voir **/confidentialité**.
about-model = Modèle { $name } { $version } · { $digest }

## /confidentialité

privacy-title = Ce que je garde sur toi
privacy-ways = **/confidentialité exporter** te donne le tout dans un fichier, **/confidentialité supprimer** le supprime.
privacy-export = Voici tout ce que je garde sur toi.
privacy-delete-button = Tout supprimer
privacy-nothing = Je ne garde rien sur toi, il n’y a donc rien à supprimer.

## Ce qu’on entend d’autre

tag-1960s = années 60
tag-1970s = années 70
tag-1980s = années 80
tag-1990s = années 90
tag-2000s = années 2000
tag-acoustic = acoustique
tag-alternative-rock = rock alternatif
tag-beautiful = belle
tag-catchy = entraînante
tag-chill = détendue
tag-electronic = électronique
tag-experimental = expérimentale
tag-female-vocals = voix de femme
tag-guitar = guitare
tag-happy = joyeuse
tag-indie = indé
tag-indie-pop = pop indé
tag-indie-rock = rock indé
tag-instrumental = instrumentale
tag-male-vocals = voix d’homme
tag-mellow = douce
tag-oldies = vieux tubes
tag-party = fête
tag-progressive-rock = rock progressif
tag-sad = triste
