## /privacidade: quanto há de quê

privacy-has-answers = { $count ->
    [one] Uma resposta a você: qual áudio (uma soma de verificação, não o som), onde e quando
   *[other] { $count } respostas a você: quais áudios (somas de verificação, não o som), onde e quando
}
privacy-has-votes = { $count ->
    [one] Um voto
   *[other] { $count } votos
}
privacy-has-playlists = { $count ->
    [one] Que uma playlist é sua
   *[other] Que { $count } playlists são suas
}
privacy-has-collaborations = { $count ->
    [one] Que uma playlist está compartilhada com você
   *[other] Que { $count } playlists estão compartilhadas com você
}
privacy-has-additions = { $count ->
    [one] Que você adicionou uma faixa
   *[other] Que você adicionou { $count } faixas
}
privacy-has-removals = { $count ->
    [one] Que você removeu uma faixa
   *[other] Que você removeu { $count } faixas
}
privacy-has-jobs = { $count ->
    [one] Que você começou uma importação
   *[other] Que você começou { $count } importações
}
privacy-has-pages = { $count ->
    [one] O que você procura em uma página de uma playlist
   *[other] O que você procura em { $count } páginas de playlists
}
privacy-has-guesses = { $count ->
    [one] Um palpite contra mim
   *[other] { $count } palpites contra mim
}
privacy-has-opt-outs = { $count ->
    [one] Que as estatísticas de um servidor não citam você
   *[other] Que as estatísticas de { $count } servidores não citam você
}

## /privacidade: por quanto tempo, e o que acontece depois

privacy-none = Não guardo nada sobre você.
privacy-how-long = A música é excluída assim que a ouço. Mensagens e seu nome não são guardados; seu ID do Discord, sim. O nome de um arquivo só é guardado como título de uma faixa em uma playlist. O que ouvi em um áudio é guardado sem o nome de ninguém, para que o mesmo áudio seja respondido na hora. As respostas são esquecidas quando são excluídas, ou { $days ->
    [one] um dia
   *[other] { $days } dias
} depois que alguém enviou o áudio pela última vez; as importações, { $days ->
    [one] um dia
   *[other] { $days } dias
} depois do fim; as páginas de playlists, { $pages ->
    [one] um dia
   *[other] { $pages } dias
} depois que você as virou pela última vez. Os votos ficam até você retirá-los, e as playlists com suas faixas, até serem excluídas; o que foi excluído pode ser recuperado durante { $undo ->
    [one] um dia
   *[other] { $undo } dias
} e depois some. De um servidor que me remove, tudo é esquecido { $grace ->
    [0] em menos de um dia
    [one] depois de um dia
   *[other] depois de { $grace } dias
}.
privacy-asks-sure = Isto exclui o que guardo sobre você. As faixas e as playlists ficam para os outros, mas ninguém mais poderá saber que são suas, e a administração cuida das suas playlists. Os botões das respostas param de funcionar. Não dá para desfazer.
privacy-is-gone = Excluído. Não resta nada sobre você.
