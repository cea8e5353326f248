## Uma playlist como um todo

command-playlist-fingerprint = impressão-digital
    .description = Seus gêneros ao longo do tempo e por membro
command-playlist-map = mapa
    .description = Suas faixas dispostas pelo som
command-playlist-odd-one-out = intrusa
    .description = A faixa que menos soa como as outras
command-playlist-smooth-order = ordem-suave
    .description = Uma sequência sem grandes saltos
command-playlist-neighbours = vizinhas
    .description = As faixas que mais soam como uma

look-other = outros
look-share = { $genre } { $share }
look-count = { $genre } { $count }
look-no-genre = sem gênero
look-unheard =
    { $count ->
        [one] Falta uma faixa: ainda não a ouvi.
       *[other] Faltam { $count } faixas: ainda não as ouvi.
    }

fingerprint-title = Gêneros de { $name }
fingerprint-all =
    { $count ->
        [one] Uma faixa: { $shares }.
       *[other] { $count } faixas: { $shares }.
    }
fingerprint-by-week = De semana em semana, pela segunda-feira em que cada uma começa.
fingerprint-by-month = De mês em mês.
fingerprint-by-year = De ano em ano.
fingerprint-by-order = Na ordem em que foram adicionadas, em partes iguais.
fingerprint-first = No começo, principalmente { $shares }.
fingerprint-lately = Ultimamente, principalmente { $shares }.
fingerprint-others = outros
fingerprint-member =
    { $count ->
        [one] { $who }: uma faixa, { $shares }
       *[other] { $who }: { $count } faixas, { $shares }
    }
fingerprint-over-time = Ao longo do tempo
fingerprint-by-member = Por membro
fingerprint-uncounted =
    { $count ->
        [one] Uma faixa não conta: ninguém disse o gênero dela ainda, ou ela não é música.
       *[other] { $count } faixas não contam: ninguém disse o gênero delas ainda, ou elas não são música.
    }
fingerprint-alt = Colunas empilhadas ao longo do tempo, e uma barra empilhada para cada membro.

map-title = Mapa de { $name }
map-about =
    { $count ->
        [one] Uma faixa.
       *[other] { $count } faixas: quanto mais perto duas estão, mais parecido é o som.
    }
map-genres = Gêneros: { $genres }.
map-together = Mais juntos: { $genres }.
map-mixed = Mais misturados com outros: { $genres }.
map-outliers = Não soam como nenhuma outra
map-outlier = **{ $number }** { $title } ({ $genre }), perto de: { $genres }
map-outlier-alt = { $title } ({ $genre }) não soa como nenhuma outra; está perto de: { $genres }.
map-no-outlier = Nenhuma faixa se destaca.
map-typical = As mais típicas do seu gênero
map-typical-alt = As mais típicas do seu gênero: { $tracks }.
map-typical-track-alt = { $title } ({ $genre })
map-typical-track = **{ $number }** { $title } ({ $genre })

odd-title = A intrusa de { $name }
odd-found = { $title } ({ $genre }) não soa como nenhuma outra: a distância até as faixas mais parecidas com ela é { $times } vezes a habitual nesta playlist. Os gêneros dessas faixas: { $genres }.
odd-none = Nenhuma se destaca. { $title } ({ $genre }) é a que menos soa como as outras, mas ficar a { $times } vezes a distância habitual das faixas mais próximas não é nada estranho.

neighbours-title = O que soa como { $title }
neighbours-line = { $number }. { $title } · { $genre } · { $alike }
neighbours-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM · { $alike }
neighbours-same = quase igual
neighbours-very = muito parecida
neighbours-somewhat = um pouco parecida
neighbours-hardly = quase nada parecida
neighbours-meaning = Quase igual: tão perto quanto duas partes de uma gravação. Quase nada parecida: tão longe quanto duas faixas quaisquer.

order-title = Sequência para { $name }
order-line = { $number }. { $title } · { $genre }
order-line-tempo = { $number }. { $title } · { $genre } · { $tempo } BPM
order-more =
    { "…" } e { $count ->
        [one] mais uma: todas estão nos arquivos.
       *[other] mais { $count }: todas estão nos arquivos.
    }
order-gain = De uma faixa para a seguinte, gênero, andamento, energia e som mudam em média { $after } do que poderiam. Na ordem em que foram adicionadas, são { $before }.
order-as-good = A ordem em que foram adicionadas é tão suave quanto qualquer uma que eu encontre: de uma faixa para a seguinte, gênero, andamento, energia e som mudam em média { $after } do que poderiam.
