## Una playlist en su conjunto

command-playlist-fingerprint = huella
    .description = Sus géneros a lo largo del tiempo y por miembro
command-playlist-map = mapa
    .description = Sus temas ordenados por cómo suenan
command-playlist-odd-one-out = intruso
    .description = El tema que menos suena como los demás
command-playlist-smooth-order = orden-suave
    .description = Una secuencia sin grandes saltos
command-playlist-neighbours = vecinos
    .description = Los temas que más suenan como uno

look-other = otros
look-share = { $genre } { $share }
look-count = { $genre } { $count }
look-no-genre = sin género
look-unheard =
    { $count ->
        [one] Falta un tema: todavía no lo he escuchado.
       *[other] Faltan { $count } temas: todavía no los he escuchado.
    }

fingerprint-title = Géneros de { $name }
fingerprint-all =
    { $count ->
        [one] Un tema: { $shares }.
       *[other] { $count } temas: { $shares }.
    }
fingerprint-by-week = Semana a semana, según el lunes en que empieza cada una.
fingerprint-by-month = Mes a mes.
fingerprint-by-year = Año a año.
fingerprint-by-order = En el orden en que se añadieron, en partes iguales.
fingerprint-first = Al principio, sobre todo { $shares }.
fingerprint-lately = Últimamente, sobre todo { $shares }.
fingerprint-others = otros
fingerprint-member =
    { $count ->
        [one] { $who }: un tema, { $shares }
       *[other] { $who }: { $count } temas, { $shares }
    }
fingerprint-over-time = A lo largo del tiempo
fingerprint-by-member = Por miembro
fingerprint-uncounted =
    { $count ->
        [one] Un tema no cuenta: nadie ha dicho su género todavía, o no es música.
       *[other] { $count } temas no cuentan: nadie ha dicho su género todavía, o no son música.
    }
fingerprint-alt = Columnas apiladas a lo largo del tiempo, y una barra apilada por cada miembro.

map-title = Mapa de { $name }
map-about =
    { $count ->
        [one] Un tema.
       *[other] { $count } temas: cuanto más cerca están dos, más se parece su sonido.
    }
map-genres = Géneros: { $genres }.
map-together = Los más juntos: { $genres }.
map-mixed = Los más mezclados con otros: { $genres }.
map-outliers = No suenan como ningún otro
map-outlier = **{ $number }** { $title } ({ $genre }), cerca de: { $genres }
map-outlier-alt = { $title } ({ $genre }) no suena como ningún otro; está cerca de: { $genres }.
map-no-outlier = Ningún tema destaca.
map-typical = Los más típicos de su género
map-typical-alt = Los más típicos de su género: { $tracks }.
map-typical-track-alt = { $title } ({ $genre })
map-typical-track = **{ $number }** { $title } ({ $genre })

odd-title = El intruso de { $name }
odd-found = { $title } ({ $genre }) no suena como ningún otro: su distancia a los temas que más se le parecen es { $times } veces la habitual en esta playlist. Los géneros de esos temas: { $genres }.
odd-none = Ninguno destaca. { $title } ({ $genre }) es el que menos suena como los demás, pero estar a { $times } veces la distancia habitual de los temas más cercanos no es nada raro.

neighbours-title = Lo que suena como { $title }
neighbours-line = { $number }. { $title } · { $genre } · { $alike }
neighbours-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM · { $alike }
neighbours-same = casi igual
neighbours-very = muy parecido
neighbours-somewhat = algo parecido
neighbours-hardly = apenas parecido
neighbours-meaning = Casi igual: tan cerca como dos partes de una grabación. Apenas parecido: tan lejos como dos temas cualesquiera.

order-title = Secuencia para { $name }
order-line = { $number }. { $title } · { $genre }
order-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM
order-more =
    { "…" } y { $count ->
        [one] uno más: todos están en los archivos.
       *[other] { $count } más: todos están en los archivos.
    }
order-gain = De un tema al siguiente, el género, el tempo, la energía y el sonido cambian en promedio un { $after } de lo que podrían. En el orden en que se añadieron, es un { $before }.
order-as-good = El orden en que se añadieron es tan suave como cualquiera que yo encuentre: de un tema al siguiente, el género, el tempo, la energía y el sonido cambian en promedio un { $after } de lo que podrían.
