### Português do Brasil, com você. Antes das unidades há espaços inseparáveis.
### O que falta aqui aparece em inglês.

## Gêneros

genre-classical = clássica

## O que não é música: depois de “parece”

sound-speech = alguém falando
sound-noise = ruído
sound-tone = um tom puro

## Números

percent = { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
tenths-of-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
whole-seconds = { $seconds } s
list-and = { $most } e { $last }

## A resposta em uma linha

headline-clear = Claramente { $genre }
headline-ahead = { $first }, talvez { $second }
headline-close = { $first } ou { $second }: difícil decidir
headline-unsure = Não sei dizer
headline-not-music = Isso não é música
headline-sound = Isso não é música: parece { $sound }

## O cartão

card-clip = Áudio
card-heard-all = ouvi inteiro
card-heard-parts = ouvi: { $parts }
card-or-more = { $length } ou mais
card-not-music = Então não há gênero. Se for música mesmo, aperte **{ $button }** e escolha o gênero.
card-sounds-like = Outras características
card-votes = Os membros dizem
card-votes-first = { $genre } ({ $votes } de { $all })
card-votes-other = { $genre } ({ $votes })
card-took = { $model } · { $time }
card-recalled = { $model } · respondido de memória

## Em que a resposta se baseia

reason-measured-clear = Em respostas claras como esta, acerto { $share } das vezes com { $unheard ->
    [artists] artistas que nunca tinha ouvido.
   *[clips] áudios que nunca tinha ouvido, mesmo que já conhecesse os artistas.
}
reason-measured-close-call = Provavelmente é um dos dois primeiros: em casos assim, o gênero certo está entre eles { $share } das vezes com { $unheard ->
    [artists] artistas que nunca tinha ouvido.
   *[clips] áudios que nunca tinha ouvido, mesmo que já conhecesse os artistas.
}
reason-unknown-clear = Não sei com que frequência acerto em respostas assim: no meu treino sobraram poucos áudios para conferir.
reason-unknown-close-call = Talvez seja um dos dois primeiros. Não sei com que frequência acerto em casos assim: no meu treino sobraram poucos áudios para conferir.
reason-changes = O gênero muda no meio do caminho: { $parts }. Nenhum serve para tudo.
reason-nothing-stands-out = Nenhum gênero se destaca: talvez seja um estilo que eu não aprendi.
reason-not-music = Isso não é música.
reason-not-music-sound = Isso não é música: parece { $sound }.
reason-short = Aqui, confie menos: é bem menos de 30 s de música.

## A imagem em palavras

picture-title = O gênero ao longo do tempo: { $course }.
picture-throughout = { $genre } do começo ao fim
picture-changes = muda { $changes } vezes; principalmente { $first }, às vezes { $others }
picture-others = outros
picture-until = { $genre } até { $end }
picture-then = , depois { $genre }
picture-from = , { $genre } a partir de { $start }
picture-then-until = { " " }até { $end }
picture-average = Em média: { $shares }.
picture-share = { $genre } { $share }
picture-parts = De { $length }, ouvi { $parts } partes.

## Botões embaixo do cartão

button-why = Por quê?
button-agree = Concordo
button-wrong = Errei?
button-know = Eu sei
button-delete = Excluir
button-cancel = Cancelar

why-title = Por que { $genre }?
why-title-unsure = Por que não sei dizer?
why-title-not-music = Por que isso não é música?
why-evidence = O que indica { $genre } (em inglês): { $reasons }.
why-nearest = O mais próximo foi { $genre } (motivos em inglês): { $reasons }.
why-confused = Dos áudios que chamei de { $genre }, alguns eram na verdade { $others }.
why-nothing = Nada se destaca que eu consiga explicar em palavras simples.
why-not-music = Comparo cada áudio com música e com falas, ruídos e tons que aprendi; este se parece mais com estes últimos.
why-footer = { $model } · { $digest }

vote-title = O que é?
vote-label = O gênero que você ouve
vote-placeholder = Escolha um gênero
vote-none = Nenhum: retirar meu voto
vote-unknown = Esse gênero não pode ser escolhido aqui. Aperte o botão de novo e escolha um do menu.
vote-taken = Anotado. Seu voto conta aqui, ao lado da minha resposta; ele não treina nada.
vote-gone = Anotado. Seu voto não conta mais.

click-forgotten = Não me lembro mais desta resposta. Envie o áudio de novo e eu ouço outra vez.
click-not-yours = Só quem perguntou e a moderação podem excluir isto.
cancel-not-yours = Só quem perguntou e a moderação podem cancelar isto.
cancel-over = Não estou mais ouvindo este áudio, então não há nada para cancelar.
cancelled = Pediram que eu parasse, e não estou mais ouvindo este áudio.

## Quando não há resposta

failure-title = Não consegui ouvir isso
failure-title-other = Isso não deu certo

## Enquanto um áudio está a caminho

progress-fetching = Buscando o áudio…
progress-next = Seu áudio é o próximo.
progress-next-in = Seu áudio é o próximo, em cerca de { $wait }.
progress-place = Seu áudio é o número { $position } da fila.
progress-place-in = Seu áudio é o número { $position } da fila, faltam cerca de { $wait }.
progress-decoding = Decodificando o áudio…
progress-listening = Ouvindo…
progress-voting = Votando…
progress-seconds = { $seconds } s
progress-minutes = { $minutes } min
progress-of = { $number } de { $all }: { $text }
progress-answered-below = Demorou um pouco: a resposta está em uma mensagem à parte.

## Comandos: os nomes como se digitam, e o que fazem

command-genre = gênero
    .description = Diz o gênero de uma música
    .file = arquivo
    .file-description = Um arquivo de áudio ou vídeo
    .link = link
    .link-description = Em vez de um arquivo: um link para um, ou para uma faixa no SoundCloud, Bandcamp, YouTube etc.
    .genres = gêneros
    .genres-description = Quantos gêneros mostrar: senão, os três primeiros e mais dois que sejam prováveis
    .private = privado
    .private-description = Mostrar a resposta só para você
command-classify = Identificar gênero
command-about = sobre
    .description = O que eu sou, o quanto acerto e quais são os meus limites
command-help = ajuda
    .description = Como me perguntar o gênero de uma música
command-privacy = privacidade
    .description = O que guardo sobre você
command-privacy-show = mostrar
    .description = Mostra o que guardo sobre você
command-privacy-export = exportar
    .description = Entrega em um arquivo tudo o que guardo sobre você
command-privacy-delete = excluir
    .description = Exclui tudo o que guardo sobre você
command-settings = ajustes-gênero
    .description = O que faço em um canal deste servidor e o que posso fazer nele
    .channel = canal
    .channel-description = O canal; este aqui, se você não disser outro

## /ajuda

help-title = Como me perguntar o gênero
help-command = **/gênero** aceita um arquivo ou um link. Com `privado`, só você vê a resposta.
help-menu = **Em uma mensagem** com arquivos ou links: clique com o botão direito (no celular: segure), **Apps**, **{ $menu }**.
help-mention = **Me mencione** com um arquivo ou um link, ou em resposta a uma mensagem que tenha um.
help-direct = **Me mande uma mensagem direta** com um arquivo ou um link.
help-drop-on = **Envie um arquivo de áudio** neste canal: aqui eu respondo por conta própria. Vídeos e mensagens de voz eu deixo de lado.
help-drop-off = **Envie um arquivo de áudio** em um canal onde a administração me ativou; este não é um deles.
help-drop-direct = **Envie um arquivo de áudio** em um canal onde a administração me ativou.
help-drop-blind = **A arquivos de áudio** em um canal ainda não respondo: antes, quem cuida de mim precisa me deixar ler as mensagens.
help-buttons = Embaixo de uma resposta: **{ $why }** dá os motivos, **{ $agree }** e **{ $wrong }** recebem seu voto, **{ $delete }** remove a resposta.
help-more = **/sobre** diz o quanto acerto e o que aceito, **/privacidade** o que guardo. Administração: **/ajustes-gênero**.

## /sobre

about-what = Ouço uma música e digo com qual de { $count } gêneros ela mais se parece: { $genres }. Quando não sei dizer, eu aviso.
about-good = O quanto acerto
about-good-card = Em { $clips } áudios de artistas que nunca tinha ouvido, disse o gênero certo em { $accuracy } dos casos (intervalo de 95%: de { $low } a { $high }), e em { $top3 } ele estava entre os três primeiros. { $clear } das minhas respostas foram claras, e dessas { $clear-right } estavam certas. Minhas porcentagens erraram, em média, por { $points ->
    [one] { $points } ponto percentual
   *[other] { $points } pontos percentuais
}.
about-good-own = Em { $clips } áudios separados quando este modelo foi feito, ele disse o gênero certo em { $accuracy } dos casos, e em { $top3 } ele estava entre os três primeiros. Suas porcentagens erraram, em média, por { $points ->
    [one] { $points } ponto percentual
   *[other] { $points } pontos percentuais
}.
about-limits = O que aceito
about-limits-files = Arquivos de até { $megabytes } MB: wav, mp3, flac, ogg, opus, m4a, aac, aiff, webm, mka, e o som de mp4 e mov.
about-limits-links = Links para arquivos assim e para faixas em { $sites }.
about-limits-no-sites = Links para arquivos assim.
about-limits-length = Até { $minutes } minutos são decodificados; de músicas longas, ouço cinco trechos de 30 segundos.
about-limits-queue = { $member } áudios por membro e { $all } de todos ao mesmo tempo; os de um mesmo membro, um após o outro.
about-limits-cooldown-member = Entre dois áudios de um membro: { $seconds } s.
about-limits-cooldown-server = Entre dois áudios de um servidor: { $seconds } s.
about-faults = Onde erro
about-faults-text = Aprendi dez gêneros amplos com gravações de até 2001. Outros estilos não têm resposta certa: umas duas em cada três vezes cito dois gêneros ou digo que não sei; na terceira, dou um errado como se fosse claro. Músicas incomuns podem não me parecer música.
about-data = O que acontece com sua música
about-data-text = Ela fica em um arquivo privado enquanto ouço, e depois é excluída. Nem seus envios, nem seus cliques, nem seus votos me treinam. Veja **/privacidade**.
about-model = Modelo { $name } { $version } · { $digest }

## /privacidade

privacy-title = O que guardo sobre você
privacy-ways = **/privacidade exportar** entrega tudo em um arquivo, **/privacidade excluir** exclui tudo.
privacy-export = Aqui está tudo o que guardo sobre você.
privacy-delete-button = Excluir tudo
privacy-nothing = Não guardo nada sobre você, então não há nada para excluir.

## O que mais se ouve

tag-1960s = anos 60
tag-1970s = anos 70
tag-1980s = anos 80
tag-1990s = anos 90
tag-2000s = anos 2000
tag-acoustic = acústica
tag-alternative = alternativa
tag-alternative-rock = rock alternativo
tag-beautiful = bonita
tag-catchy = contagiante
tag-chill = relaxante
tag-classic-rock = rock clássico
tag-electronic = eletrônica
tag-female-vocals = voz feminina
tag-guitar = guitarra
tag-happy = alegre
tag-male-vocals = voz masculina
tag-mellow = suave
tag-oldies = sucessos antigos
tag-party = festa
tag-progressive-rock = rock progressivo
tag-sad = triste
