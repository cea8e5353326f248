## Playlists: os comandos

command-playlist = playlist
    .description = Playlists deste servidor que se organizam sozinhas
    .playlist = playlist
    .playlist-description = Qual playlist
    .track = faixa
    .track-description = Qual faixa; comece a digitar o título
command-playlist-create = criar
    .description = Cria uma playlist
    .name = nome
    .name-description = Como ela vai se chamar
    .text = descrição
    .text-description = Do que ela trata
command-playlist-rename = renomear
    .description = Dá outro nome a uma playlist
    .name = nome
    .name-description = Como ela vai se chamar agora
command-playlist-describe = descrever
    .description = Diz do que trata uma playlist
    .text = descrição
    .text-description = Do que ela trata; sem nada, fica sem texto
command-playlist-delete = excluir
    .description = Exclui uma playlist; dá para recuperar
command-playlist-list = lista
    .description = Mostra as playlists deste servidor
command-playlist-share = compartilhar
    .description = Deixa outros adicionarem à sua playlist
    .who = com
    .who-description = Um membro, um cargo ou @everyone
    .stop = parar
    .stop-description = Não deixar mais adicionarem
command-playlist-channel = canal
    .description = Reúne em uma playlist as faixas de um canal
    .channel = canal
    .channel-description = Qual; este aqui, se você não disser outro
    .stop = parar
    .stop-description = Parar de reunir ali
command-playlist-add = adicionar
    .description = Ouve uma faixa e a adiciona
    .link-description = Em vez de um arquivo: um link para uma faixa
    .title = título
    .title-description = Como chamá-la

## Playlists: o que acontece com elas

playlist-created = A playlist **{ $name }** está pronta. Adicione faixas com `/playlist adicionar`, ou com **{ $button }** embaixo de uma resposta minha.
playlist-renamed = **{ $name }** agora se chama **{ $new }**.
playlist-described = A descrição de **{ $name }** foi alterada.
playlist-deleted =
    { $tracks ->
        [0] **{ $name }** foi excluída.
        [one] **{ $name }** foi excluída, com sua faixa.
       *[other] **{ $name }** foi excluída, com suas { $tracks } faixas.
    } Dá para recuperar durante { $days ->
        [one] um dia
       *[other] { $days } dias
    }.
playlist-back =
    { $tracks ->
        [0] **{ $name }** está de volta.
        [one] **{ $name }** está de volta, com sua faixa.
       *[other] **{ $name }** está de volta, com suas { $tracks } faixas.
    }
playlist-shared = **{ $name }** agora está compartilhada com { $who } para adicionar faixas.
playlist-unshared = **{ $name }** não está mais compartilhada com { $who }.
playlist-everyone = todo mundo
playlist-channel-on = A partir de agora, toda faixa compartilhada em { $channel } vai para **{ $name }**. Eu marco com 📥.
playlist-channel-off = O que for compartilhado em { $channel } não vai mais para **{ $name }**.
playlist-added = Adicionado a **{ $name }**.
playlist-known = Já está em **{ $name }**.
card-playlist = Playlist

playlists-title = Playlists deste servidor
playlists-none = Ainda não há nenhuma. Crie uma com `/playlist criar`.
playlists-line =
    { $tracks ->
        [0] **{ $name }** · { $tracks } faixas · { $owner }
        [one] **{ $name }** · { $tracks } faixa · { $owner }
       *[other] **{ $name }** · { $tracks } faixas · { $owner }
    }
playlists-nobody = sem dono
playlists-shared = compartilhada com { $who }
playlists-fed = de { $channels }

## Adicionar a partir de uma resposta

button-add = Pôr na playlist
button-bring-back = Recuperar
add-title = Adicionar a uma playlist
add-to = Playlist
add-more = Só as 25 primeiras. Para as outras, use /playlist adicionar.
add-placeholder = Escolha uma playlist
add-called = Título
