### Español neutro, para España y Latinoamérica, de tú. Ante las unidades hay espacios duros.
### Lo que falta aquí sale en inglés.

## Géneros

genre-classical = clásica
genre-hiphop = hip hop

## Lo que no es música: después de «suena a»

sound-speech = alguien hablando
sound-noise = ruido
sound-tone = un tono puro

## Números

percent = { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
tenths-of-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
whole-seconds = { $seconds } s
list-and = { $most } y { $last }

## La respuesta en una línea

headline-clear = Claramente { $genre }
headline-ahead = { $first }, quizá { $second }
headline-close = { $first } o { $second }: está muy reñido
headline-unsure = No sabría decirte
headline-not-music = Esto no es música
headline-sound = Esto no es música: suena a { $sound }

## La tarjeta

card-clip = Audio
card-heard-all = lo escuché entero
card-heard-parts = escuché: { $parts }
card-or-more = { $length } o más
card-not-music = Así que no tiene género. Si resulta que sí es música, pulsa **{ $button }** y elige el género.
card-sounds-like = Otros rasgos
card-votes = Los miembros dicen
card-votes-first = { $genre } ({ $votes } de { $all })
card-votes-other = { $genre } ({ $votes })
card-took = { $model } · { $time }
card-recalled = { $model } · respondido de memoria

## En qué se basa la respuesta

reason-measured-clear = De las respuestas tan claras como esta, acierto el { $share } { $unheard ->
    [artists] con artistas que nunca había escuchado.
   *[clips] con audios que nunca había escuchado, aunque quizá conociera a sus artistas.
}
reason-measured-close-call = Probablemente sea uno de los dos primeros: en casos así, el género correcto está entre ellos el { $share } de las veces { $unheard ->
    [artists] con artistas que nunca había escuchado.
   *[clips] con audios que nunca había escuchado, aunque quizá conociera a sus artistas.
}
reason-unknown-clear = No sé con qué frecuencia acierto en respuestas así: al entrenarme quedaron muy pocos audios para comprobarlo.
reason-unknown-close-call = Quizá sea uno de los dos primeros. No sé con qué frecuencia acierto en casos así: al entrenarme quedaron muy pocos audios para comprobarlo.
reason-changes = El género cambia por el camino: { $parts }. Ninguno encaja con todo.
reason-nothing-stands-out = Ningún género destaca: puede que sea un estilo que no aprendí.
reason-not-music = Esto no es música.
reason-not-music-sound = Esto no es música: suena a { $sound }.
reason-short = Aquí fíate menos: son mucho menos de 30 s de música.

## La imagen en palabras

picture-title = El género a lo largo del tiempo: { $course }.
picture-throughout = { $genre } de principio a fin
picture-changes = cambia { $changes } veces; sobre todo { $first }, a ratos { $others }
picture-others = otros
picture-until = { $genre } hasta { $end }
picture-then = , luego { $genre }
picture-from = , { $genre } desde { $start }
picture-then-until = { " " }hasta { $end }
picture-average = En promedio: { $shares }.
picture-share = { $genre } { $share }
picture-parts = De { $length } se escucharon { $parts } partes.

## Botones bajo la tarjeta

button-why = ¿Por qué?
button-agree = De acuerdo
button-wrong = ¿Me equivoqué?
button-know = Yo lo sé
button-delete = Eliminar
button-cancel = Cancelar

why-title = ¿Por qué { $genre }?
why-title-unsure = ¿Por qué no lo sé?
why-title-not-music = ¿Por qué esto no es música?
why-evidence = Lo que apunta a { $genre } (en inglés): { $reasons }.
why-nearest = Lo más parecido fue { $genre } (razones en inglés): { $reasons }.
why-confused = De los audios que tomé por { $genre }, algunos eran en realidad { $others }.
why-nothing = No destaca nada que pueda explicar con palabras sencillas.
why-not-music = Comparo cada audio con música y con voces, ruidos y tonos que aprendí; este se parece más a estos últimos.
why-footer = { $model } · { $digest }

vote-title = ¿Qué es?
vote-label = El género, tal como lo oyes
vote-placeholder = Elige un género
vote-none = Ninguno: retirar mi voto
vote-unknown = Ese género no se puede elegir aquí. Pulsa el botón otra vez y elige uno del menú.
vote-taken = Anotado. Tu voto cuenta aquí, junto a mi respuesta; no entrena nada.
vote-gone = Anotado. Tu voto ya no cuenta.

click-forgotten = Ya no recuerdo esta respuesta. Envía el audio otra vez y lo vuelvo a escuchar.
click-not-yours = Solo puede eliminarlo quien preguntó o la moderación.
cancel-not-yours = Solo puede cancelarlo quien preguntó o la moderación.
cancel-over = Ya no estoy escuchando este audio, así que no hay nada que cancelar.
cancelled = Me pidieron que parara y ya no escucho este audio.

## Cuando no hay respuesta

failure-title = No pude escuchar eso
failure-title-other = Eso no funcionó

## Mientras un audio está en camino

progress-fetching = Obteniendo el audio…
progress-next = Tu audio es el siguiente.
progress-next-in = Tu audio es el siguiente, en unos { $wait }.
progress-place = Tu audio es el número { $position } de la cola.
progress-place-in = Tu audio es el número { $position } de la cola, faltan unos { $wait }.
progress-decoding = Decodificando el audio…
progress-listening = Escuchando…
progress-voting = Votando…
progress-seconds = { $seconds } s
progress-minutes = { $minutes } min
progress-of = { $number } de { $all }: { $text }
progress-answered-below = Esto tardó un poco: la respuesta está en un mensaje aparte.

## Comandos: los nombres tal como se escriben, y qué hacen

command-genre = género
    .description = Dice el género de una pieza de música
    .file = archivo
    .file-description = Un archivo de audio o video
    .link = enlace
    .link-description = En vez de un archivo: un enlace a uno, o a un tema en SoundCloud, Bandcamp, YouTube y demás
    .genres = géneros
    .genres-description = Cuántos géneros mostrar: si no, los tres primeros y dos más que sean probables
    .private = privado
    .private-description = Mostrarte la respuesta solo a ti
command-classify = Identificar género
command-about = acerca-de
    .description = Qué soy, qué tan bien acierto y cuáles son mis límites
command-help = ayuda
    .description = Cómo preguntarme el género de una pieza de música
command-privacy = privacidad
    .description = Qué guardo sobre ti
command-privacy-show = mostrar
    .description = Muestra qué guardo sobre ti
command-privacy-export = exportar
    .description = Te da en un archivo todo lo que guardo sobre ti
command-privacy-delete = eliminar
    .description = Elimina todo lo que guardo sobre ti
command-settings = ajustes-género
    .description = Qué hago en un canal de este servidor y qué se me permite allí
    .channel = canal
    .channel-description = El canal; si no dices otro, este

## /ayuda

help-title = Cómo preguntarme por un género
help-command = **/género** acepta un archivo o un enlace. Con `privado`, la respuesta solo la ves tú.
help-menu = **En un mensaje** con archivos o enlaces: clic derecho (en el teléfono: mantenlo pulsado), **Aplicaciones**, **{ $menu }**.
help-mention = **Mencióname** con un archivo o un enlace, o al responder a un mensaje que lo tenga.
help-direct = **Escríbeme por privado** con un archivo o un enlace.
help-drop-on = **Sube un archivo de audio** a este canal: aquí respondo sin que me llamen. Los videos y mensajes de voz los dejo pasar.
help-drop-off = **Sube un archivo de audio** a un canal donde la administración me haya activado; este no es uno de ellos.
help-drop-direct = **Sube un archivo de audio** a un canal donde la administración me haya activado.
help-drop-blind = **A los archivos de audio** de un canal aún no respondo: antes, quienes me gestionan deben dejarme leer los mensajes.
help-buttons = Bajo una respuesta: **{ $why }** da razones, **{ $agree }** y **{ $wrong }** recogen tu voto, **{ $delete }** quita la respuesta.
help-more = **/acerca-de** dice qué tan bien acierto y qué acepto; **/privacidad**, qué guardo. Administración: **/ajustes-género**.

## /acerca-de

about-what = Escucho una pieza de música y digo a cuál de { $count } géneros suena más: { $genres }. Cuando no lo sé, lo digo.
about-good = Qué tan bien acierto
about-good-card = Con { $clips } audios de artistas que nunca había escuchado, dije el género correcto el { $accuracy } de las veces (intervalo del 95 %: de { $low } a { $high }), y el { $top3 } de las veces estaba entre los tres primeros. El { $clear } de mis respuestas fueron claras, y de esas acerté el { $clear-right }. Mis porcentajes se desviaron { $points ->
    [one] un punto porcentual
   *[other] { $points } puntos porcentuales
} en promedio.
about-good-own = Con { $clips } audios apartados cuando se hizo este modelo, dijo el género correcto el { $accuracy } de las veces, y el { $top3 } de las veces estaba entre los tres primeros. Sus porcentajes se desviaron { $points ->
    [one] un punto porcentual
   *[other] { $points } puntos porcentuales
} en promedio.
about-limits = Qué acepto
about-limits-files = Archivos de hasta { $megabytes } MB: wav, mp3, flac, ogg, opus, m4a, aac, aiff, webm, mka, y el sonido de mp4 y mov.
about-limits-links = Enlaces a archivos así y a temas en { $sites }.
about-limits-no-sites = Enlaces a archivos así.
about-limits-length = Se decodifican hasta { $minutes } minutos; de las piezas largas escucho cinco fragmentos de 30 segundos.
about-limits-queue = { $member } audios por miembro y { $all } entre todos a la vez; los de un mismo miembro, uno tras otro.
about-limits-cooldown-member = Entre dos audios de un miembro: { $seconds } s.
about-limits-cooldown-server = Entre dos audios de un servidor: { $seconds } s.
about-faults = En qué fallo
about-faults-text = Aprendí diez géneros amplios con grabaciones de hasta el año 2001. Otros estilos no tienen respuesta correcta: unas dos de cada tres veces nombro entonces dos géneros o digo que no lo sé; la tercera doy por claro uno equivocado. La música poco común puede parecerme que no es música.
about-data = Qué pasa con tu música
about-data-text = Está en un archivo privado mientras la escucho, y luego se elimina. Ni lo que envías, ni lo que pulsas, ni lo que votas me entrena. Mira **/privacidad**.
about-model = Modelo { $name } { $version } · { $digest }

## /privacidad

privacy-title = Qué guardo sobre ti
privacy-ways = **/privacidad exportar** te lo da todo en un archivo, **/privacidad eliminar** lo elimina.
privacy-export = Aquí está todo lo que guardo sobre ti.
privacy-delete-button = Eliminarlo todo
privacy-nothing = No guardo nada sobre ti, así que no hay nada que eliminar.

## Qué más se oye

tag-1960s = años 60
tag-1970s = años 70
tag-1980s = años 80
tag-1990s = años 90
tag-2000s = años 2000
tag-acoustic = acústica
tag-alternative = alternativa
tag-alternative-rock = rock alternativo
tag-beautiful = bonita
tag-catchy = pegadiza
tag-chill = relajada
tag-classic-rock = rock clásico
tag-easy-listening = música ligera
tag-electronic = electrónica
tag-female-vocals = voz femenina
tag-guitar = guitarra
tag-happy = alegre
tag-hip-hop = hip hop
tag-male-vocals = voz masculina
tag-mellow = suave
tag-oldies = éxitos de antes
tag-party = fiesta
tag-progressive-rock = rock progresivo
tag-sad = triste
tag-sexy = sensual
