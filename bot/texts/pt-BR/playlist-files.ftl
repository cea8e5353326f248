## Playlists como arquivos

command-playlist-export = exportar
    .description = Entrega uma playlist em um arquivo para players
    .format = formato
    .format-description = O tipo de arquivo; M3U8, se você não disser outro

playlist-exported =
    { $tracks ->
        [0] Aqui está **{ $name }** em { $kind }, ainda sem faixas.
        [one] Aqui está **{ $name }** em { $kind }, com sua faixa.
       *[other] Aqui está **{ $name }** em { $kind }, com suas { $tracks } faixas.
    }
import-notes =
    { $count ->
        [one] Há uma coisa nesse arquivo que não pude aceitar como está (em inglês):
       *[other] Há { $count } coisas nesse arquivo que não pude aceitar como estão (em inglês):
    }
import-more-notes = Tudo o que anotei está em { $file }.
