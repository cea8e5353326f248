## Percorrer playlists

command-playlist-open = abrir
    .description = Percorre uma playlist
    .genre = gênero
    .genre-description = Só este gênero
    .tag = característica
    .tag-description = Só o que também tem esta característica
    .adder = membro
    .adder-description = Só o que este membro adicionou
    .confidence = certeza
    .confidence-description = O quanto minha resposta é clara
    .disputed = contestado
    .disputed-description = Só onde membros discordam de mim
    .text = texto
    .text-description = Palavras do título
    .sort = ordem
    .sort-description = O que vem primeiro
command-playlist-remove = remover
    .description = Tira uma faixa de uma playlist
command-playlist-edit = editar
    .description = Dá outro título a uma faixa
    .title = título
    .title-description = Como ela vai se chamar agora
command-playlist-undo = desfazer
    .description = Recupera a última faixa removida

sort-newest = mais novas primeiro
sort-oldest = mais antigas primeiro
sort-title = por título
sort-genre = por gênero
sort-energy = mais enérgicas primeiro
sort-calm = mais calmas primeiro
sort-fast = mais rápidas primeiro
sort-slow = mais lentas primeiro
confidence-clear = clara
confidence-close-call = quase empate
confidence-unsure = incerta

page-number = Página { $number } de { $all }
page-tracks = { $count ->
    [0] nenhuma faixa
    [one] uma faixa
   *[other] { $count } faixas
}
page-tracks-of = { $count } de { $all ->
    [0] { $all } faixas
    [one] { $all } faixa
   *[other] { $all } faixas
}
page-only = 🔎 { $filters }
page-empty = Ainda não há nada aqui. Adicione uma faixa com `/playlist adicionar`, ou com o botão embaixo de uma das minhas respostas.
page-nothing-fits = Nenhuma faixa é assim. Peça menos com **{ $filter }**, ou veja todas com **{ $everything }**.
page-choose-track = Uma faixa desta página
filter-genre = gênero: { $genre }
filter-tag = característica: { $tag }
filter-adder = adicionada por { $who }
filter-confidence = minha resposta: { $confidence }
filter-disputed = membros discordam de mim
filter-text = título: { $text }
filter-form-title = Quais faixas?
filter-form-text = Palavras do título
filter-form-genre = Gênero
filter-form-tag = Característica
filter-form-confidence = Minha resposta
filter-form-disputed = Só onde membros discordam de mim
filter-form-any = Tanto faz

button-first = Primeira
button-previous = Anterior
button-next = Próxima
button-last = Última
button-filter = Filtrar…
button-all-tracks = Todas as faixas
button-unvote = Retirar voto
button-remove = Remover
button-edit-title = Editar título
button-undo = Desfazer

## Uma faixa de uma playlist

track-heard = { $genre } { $share }
track-heard-beside = ouvi { $genre } ({ $share })
track-told = um arquivo diz { $genre } ({ $share })
track-not-music = não é música
track-not-music-beside = não ouvi música
track-unheard = ainda não ouvida
track-settled = **{ $genre }** por votação
track-bpm = { $number } BPM
track-energy-share = energia { $share }
track-verdict-clear = Está claro.
track-verdict-close-call = É difícil decidir.
track-verdict-unsure = Não tenho certeza nenhuma.
track-verdict-not-music = Isso não é música.
track-card-unheard = Ainda não ouvi esta faixa. Com `/playlist reouvir`, eu ouço.
track-card-told = Ainda não ouvi esta faixa; isto é o que um arquivo diz dela:
track-nobody-voted = Ninguém votou ainda. { $count ->
    [one] Um membro decide o gênero.
   *[other] { $count } membros que concordem decidem o gênero.
}
track-votes-missing = { $count ->
    [one] Mais um voto para { $genre } decide.
   *[other] Mais { $count } votos para { $genre } decidem.
}
track-agreed = Está decidido: { $genre }, como eu ouvi.
track-overruled = Está decidido: a playlist mostra { $genre }.
track-told-votes = Votos segundo um arquivo
track-tempo = Andamento
track-energy = Energia
track-length = Duração
track-added = Adicionada
track-added-by = { $date } por { $who }

track-removed = **{ $track }** não está mais em **{ $playlist }**.
track-brought-back = **{ $track }** está de volta em **{ $playlist }**.
track-edited = **{ $track }**, em **{ $playlist }**, agora se chama **{ $new }**.
track-form-title = Editar o título
track-form-label = Título
