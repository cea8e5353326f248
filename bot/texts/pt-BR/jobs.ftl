## Importações e outras tarefas longas

command-playlist-import = importar
    .description = Adiciona as faixas de playlist, álbum ou arquivo
    .link = link
    .link-description = Onde as faixas estão listadas
    .file = arquivo
    .file-description = Uma lista em M3U8, XSPF, JSPF, CSV ou JSON Lines
command-playlist-retag = reouvir
    .description = Ouve o que meu modelo atual ainda não ouviu
command-playlist-imports = importações
    .description = Mostra as importações e como estão indo

job-title-import = Importação para { $playlist }
job-title-retag = Ouvindo de novo: { $playlist }
job-listing = Estou vendo quais faixas há…
job-now = 🎧 { $title }
job-left = Faltam cerca de { $time }
job-paused = ⏸️ Em pausa
job-paused-by-trouble = Com as outras faixas provavelmente seria o mesmo, então espero. **Retomar** tenta mais uma vez a faixa em que parei; se falhar de novo, eu a deixo de fora e continuo.
job-added = { $count ->
    [0] { $count } adicionadas
    [one] { $count } adicionada
   *[other] { $count } adicionadas
}
job-heard = { $count ->
    [0] { $count } ouvidas de novo
    [one] { $count } ouvida de novo
   *[other] { $count } ouvidas de novo
}
job-known = { $count } já na playlist
job-failed = { $count ->
    [one] { $count } falhou
   *[other] { $count } falharam
}
job-waiting = { $count ->
    [one] falta { $count }
   *[other] faltam { $count }
}
job-not-begun = { $count } sem começar
job-is-done = **Tudo pronto.**
job-was-cancelled = **Cancelado.** O que já estava feito fica.
job-has-failed = **Não consegui continuar.** O que já estava feito fica.
job-left-out = { $count ->
    [one] Outra ficou de fora: estava repetida, ou é privada, ao vivo ou de outro site.
   *[other] Outras { $count } ficaram de fora: estavam repetidas, ou são privadas, ao vivo ou de outros sites.
}
job-cut-off = Há mais: só vejo as primeiras { $count }. Importe o resto de outra lista.
job-took = Demorou { $time }.
job-failures = { $count ->
    [one] Uma faixa falhou:
   *[other] { $count } faixas falharam:
}
job-more-failures = Todas estão em { $file }.
job-state-listing = verificando
job-state-running = em andamento
job-state-paused = em pausa
job-state-cancelled = cancelada
job-state-done = concluída
job-state-failed = interrompida
job-moved = Isto continua em uma mensagem mais recente: { $link }

jobs-title = Importações deste servidor
jobs-none = Nada foi importado aqui ainda. Comece com `/playlist importar`.
retag-nothing = Já ouvi todas as faixas de **{ $playlist }** tão bem quanto posso, então não há nada a fazer.

button-job-pause = Pausar
button-job-resume = Retomar
button-job-cancel = Cancelar
