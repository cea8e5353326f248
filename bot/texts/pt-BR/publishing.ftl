## Playlists que qualquer pessoa com o link pode ler

command-playlist-publish = publicar
    .description = Dá um link com o qual qualquer pessoa pode ler uma playlist
command-playlist-unpublish = despublicar
    .description = Desativa o link de uma playlist publicada

playlist-published =
    Quem tiver este link pode ler **{ $name }**, mesmo sem o Discord:
    { $link }
    Só você o vê, e pode passá-lo adiante. A página mostra títulos, gêneros, votos e imagens; não mostra quem adicionou faixas nem quem votou. `/playlist despublicar` desativa o link na hora.
playlist-unpublished = **{ $name }** não está mais publicada. O link foi desativado e continua assim: se ela for publicada de novo, terá outro.
playlist-not-published = **{ $name }** não está publicada: não há link para desativar.
