## Une playlist dans son ensemble

command-playlist-fingerprint = empreinte
    .description = Ses genres au fil du temps et par membre
command-playlist-map = carte
    .description = Ses morceaux placés selon leur son
command-playlist-odd-one-out = intrus
    .description = Le morceau qui ressemble le moins aux autres
command-playlist-smooth-order = ordre-fluide
    .description = Un enchaînement sans grands sauts
command-playlist-neighbours = voisins
    .description = Les morceaux qui ressemblent le plus à un autre

look-other = autres
look-share = { $genre } { $share }
look-count = { $genre } { $count }
look-no-genre = sans genre
look-unheard =
    { $count ->
        [one] Il manque { $count } morceau : je ne l’ai pas encore écouté.
       *[other] Il manque { $count } morceaux : je ne les ai pas encore écoutés.
    }

fingerprint-title = Genres de { $name }
fingerprint-all =
    { $count ->
        [one] { $count } morceau : { $shares }.
       *[other] { $count } morceaux : { $shares }.
    }
fingerprint-by-week = Semaine par semaine, d’après le lundi où chacune commence.
fingerprint-by-month = Mois par mois.
fingerprint-by-year = Année par année.
fingerprint-by-order = Dans l’ordre d’ajout, en parts égales.
fingerprint-first = Au début, surtout { $shares }.
fingerprint-lately = Dernièrement, surtout { $shares }.
fingerprint-others = autres
fingerprint-member =
    { $count ->
        [one] { $who } : { $count } morceau, { $shares }
       *[other] { $who } : { $count } morceaux, { $shares }
    }
fingerprint-over-time = Au fil du temps
fingerprint-by-member = Par membre
fingerprint-uncounted =
    { $count ->
        [one] { $count } morceau ne compte pas : personne n’a encore dit son genre, ou ce n’est pas de la musique.
       *[other] { $count } morceaux ne comptent pas : personne n’a encore dit leur genre, ou ce n’est pas de la musique.
    }
fingerprint-alt = Des colonnes empilées au fil du temps, et une barre empilée pour chaque membre.

map-title = Carte de { $name }
map-about =
    { $count ->
        [one] { $count } morceau.
       *[other] { $count } morceaux : plus deux sont proches, plus leur son se ressemble.
    }
map-genres = Genres : { $genres }.
map-together = Les plus groupés : { $genres }.
map-mixed = Les plus mêlés aux autres : { $genres }.
map-outliers = Ils ne ressemblent à aucun autre
map-outlier = **{ $number }** { $title } ({ $genre }), à proximité : { $genres }
map-outlier-alt = { $title } ({ $genre }) ne ressemble à aucun autre ; à proximité : { $genres }.
map-no-outlier = Aucun morceau ne se démarque.
map-typical = Les plus typiques de leur genre
map-typical-alt = Les plus typiques de leur genre : { $tracks }.
map-typical-track-alt = { $title } ({ $genre })
map-typical-track = **{ $number }** { $title } ({ $genre })

odd-title = L’intrus de { $name }
odd-found = { $title } ({ $genre }) ne ressemble à aucun autre : sa distance aux morceaux qui lui ressemblent le plus est { $times } fois celle qui est habituelle dans cette playlist. Leurs genres : { $genres }.
odd-none = Aucun ne se démarque. { $title } ({ $genre }) est celui qui ressemble le moins aux autres, mais à { $times } fois la distance habituelle des morceaux les plus proches, ce n’est rien d’étrange.

neighbours-title = Ce qui ressemble à { $title }
neighbours-line = { $number }. { $title } · { $genre } · { $alike }
neighbours-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM · { $alike }
neighbours-same = presque identique
neighbours-very = très ressemblant
neighbours-somewhat = assez ressemblant
neighbours-hardly = à peine ressemblant
neighbours-meaning = Presque identique : aussi proche que deux parties d’un même enregistrement. À peine ressemblant : aussi éloigné que deux morceaux quelconques.

order-title = Enchaînement pour { $name }
order-line = { $number }. { $title } · { $genre }
order-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM
order-more =
    { "…" } et { $count ->
        [one] { $count } autre : tous sont dans les fichiers.
       *[other] { $count } autres : tous sont dans les fichiers.
    }
order-gain = D’un morceau au suivant, le genre, le tempo, l’énergie et le son changent en moyenne de { $after } de ce qui est possible. Dans l’ordre d’ajout, c’est { $before }.
order-as-good = L’ordre d’ajout est aussi fluide que tous ceux que je peux trouver : d’un morceau au suivant, le genre, le tempo, l’énergie et le son changent en moyenne de { $after } de ce qui est possible.
