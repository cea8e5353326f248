## Les playlists que peut lire quiconque a le lien

command-playlist-publish = publier
    .description = Te donne un lien par lequel tout le monde peut lire une playlist
command-playlist-unpublish = dépublier
    .description = Désactive le lien d’une playlist publiée

playlist-published =
    Quiconque a ce lien peut lire **{ $name }**, même sans Discord :
    { $link }
    Toi seul le vois, et tu peux le transmettre. La page montre les titres, les genres, les votes et les images, mais pas qui a ajouté des morceaux ni qui a voté. `/playlist dépublier` désactive le lien aussitôt.
playlist-unpublished = **{ $name }** n’est plus publiée. Son lien est désactivé et le reste : si elle est publiée de nouveau, elle en aura un autre.
playlist-not-published = **{ $name }** n’est pas publiée : il n’y a aucun lien à désactiver.
