"""Things to say: a dozen plain sentences in eight languages, and figures for all others."""

# ruff: noqa: RUF001 - Russian is written in Cyrillic

from __future__ import annotations

from typing import Final

import numpy as np

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "The train to the coast leaves from platform four in about ten minutes.",
        "I left my keys on the kitchen table, next to the blue cup.",
        "Could you tell me how to get to the library from here?",
        "Last winter was so cold that the lake froze over completely.",
        "She has been working on the report since early this morning.",
        "Please close the window before you leave, because it may rain tonight.",
        "We usually buy our bread at the small shop on the corner.",
        "The meeting has been moved to Thursday afternoon, in the large room upstairs.",
        "No, I have not seen that film yet. Is it any good?",
        "He repaired the old bicycle and painted it green.",
        "There are three cats living in the garden behind our house.",
        "First peel the potatoes, then cut them into thin slices.",
    ),
    "de": (
        "Der Zug nach Hamburg fährt heute von Gleis sieben ab.",
        "Ich habe meinen Schlüssel auf dem Küchentisch liegen lassen.",
        "Können Sie mir bitte sagen, wie ich zum Rathaus komme?",
        "Im letzten Winter war der See völlig zugefroren.",
        "Sie arbeitet schon seit dem frühen Morgen an dem Bericht.",
        "Mach bitte das Fenster zu, es soll heute Nacht regnen.",
        "Unser Brot kaufen wir meistens beim Bäcker an der Ecke.",
        "Die Besprechung wurde auf Donnerstag verschoben.",
        "Nein, den Film habe ich noch nicht gesehen. Ist er gut?",
        "Er hat das alte Fahrrad repariert und grün gestrichen.",
        "Im Garten hinter dem Haus wohnen drei Katzen.",
        "Zuerst schält man die Kartoffeln, dann schneidet man sie in Scheiben.",
    ),
    "fr": (
        "Le train pour Lyon part de la voie quatre dans dix minutes.",
        "J'ai laissé mes clés sur la table de la cuisine.",
        "Pourriez-vous me dire comment aller à la bibliothèque ?",
        "L'hiver dernier, le lac était complètement gelé.",
        "Elle travaille sur ce rapport depuis tôt ce matin.",
        "Ferme la fenêtre avant de partir, il va peut-être pleuvoir.",
        "Nous achetons notre pain à la boulangerie du coin.",
        "La réunion a été déplacée à jeudi après-midi.",
        "Non, je n'ai pas encore vu ce film. Est-il bon ?",
        "Il a réparé le vieux vélo et l'a peint en vert.",
        "Trois chats vivent dans le jardin derrière la maison.",
        "D'abord on épluche les pommes de terre, puis on les coupe.",
    ),
    "es": (
        "El tren a la costa sale del andén cuatro dentro de diez minutos.",
        "Dejé las llaves en la mesa de la cocina, junto a la taza azul.",
        "¿Podría decirme cómo se llega a la biblioteca?",
        "El invierno pasado el lago se heló por completo.",
        "Ella trabaja en el informe desde esta mañana temprano.",
        "Cierra la ventana antes de salir, puede que llueva esta noche.",
        "Solemos comprar el pan en la tienda de la esquina.",
        "La reunión se ha cambiado al jueves por la tarde.",
        "No, todavía no he visto esa película. ¿Es buena?",
        "Arregló la vieja bicicleta y la pintó de verde.",
        "Hay tres gatos en el jardín detrás de la casa.",
        "Primero se pelan las patatas y después se cortan en rodajas.",
    ),
    "it": (
        "Il treno per la costa parte dal binario quattro tra dieci minuti.",
        "Ho lasciato le chiavi sul tavolo della cucina.",
        "Mi saprebbe dire come si arriva alla biblioteca?",
        "L'inverno scorso il lago era completamente ghiacciato.",
        "Lavora alla relazione da stamattina presto.",
        "Chiudi la finestra prima di uscire, stanotte potrebbe piovere.",
        "Di solito compriamo il pane nel negozio all'angolo.",
        "La riunione è stata spostata a giovedì pomeriggio.",
        "No, non ho ancora visto quel film. È bello?",
        "Ha riparato la vecchia bicicletta e l'ha dipinta di verde.",
        "Nel giardino dietro la casa vivono tre gatti.",
        "Prima si sbucciano le patate, poi si tagliano a fette.",
    ),
    "pt": (
        "O comboio para a costa parte da linha quatro dentro de dez minutos.",
        "Deixei as chaves em cima da mesa da cozinha.",
        "Pode dizer-me como se chega à biblioteca?",
        "No inverno passado o lago gelou por completo.",
        "Ela trabalha no relatório desde manhã cedo.",
        "Fecha a janela antes de sair, talvez chova esta noite.",
        "Costumamos comprar o pão na loja da esquina.",
        "A reunião foi mudada para quinta-feira à tarde.",
        "Não, ainda não vi esse filme. É bom?",
        "Ele arranjou a velha bicicleta e pintou-a de verde.",
        "Há três gatos no jardim atrás da casa.",
        "Primeiro descascam-se as batatas, depois cortam-se às rodelas.",
    ),
    "ru": (
        "Поезд на север отправляется с четвёртого пути через десять минут.",
        "Я оставил ключи на кухонном столе рядом с синей чашкой.",
        "Скажите, пожалуйста, как пройти в библиотеку?",
        "Прошлой зимой озеро полностью замёрзло.",
        "Она работает над отчётом с раннего утра.",
        "Закрой окно перед уходом, ночью может пойти дождь.",
        "Обычно мы покупаем хлеб в магазине на углу.",
        "Собрание перенесли на четверг после обеда.",
        "Нет, я ещё не смотрел этот фильм. Он хороший?",
        "Он починил старый велосипед и покрасил его в зелёный цвет.",
        "В саду за домом живут три кошки.",
        "Сначала чистят картошку, потом режут её тонкими ломтиками.",
    ),
    "pl": (
        "Pociąg nad morze odjeżdża z toru czwartego za dziesięć minut.",
        "Zostawiłem klucze na stole w kuchni obok niebieskiego kubka.",
        "Czy może mi pan powiedzieć, jak dojść do biblioteki?",
        "Zeszłej zimy jezioro całkowicie zamarzło.",
        "Ona pracuje nad raportem od wczesnego rana.",
        "Zamknij okno przed wyjściem, w nocy może padać.",
        "Zwykle kupujemy chleb w sklepie na rogu.",
        "Spotkanie przełożono na czwartek po południu.",
        "Nie, jeszcze nie widziałem tego filmu. Czy jest dobry?",
        "Naprawił stary rower i pomalował go na zielono.",
        "W ogrodzie za domem mieszkają trzy koty.",
        "Najpierw obiera się ziemniaki, potem kroi się je w plasterki.",
    ),
}
"""By language. They were written for this project and say nothing of music."""


def things_to_say(rng: np.random.Generator, language: str, count: int) -> list[str]:
    """Draw sentences, or figures to read aloud where there are no sentences.

    Parameters
    ----------
    rng
        What is random.
    language
        Such as ``en`` or ``pt-br``: what stands before the hyphen decides.
    count
        How many.

    Returns
    -------
    list of str
        In random order; none comes again before all others have come.
    """
    sentences = SENTENCES.get(language.partition("-")[0])
    if sentences is None:
        return [_figures(rng) for _ in range(count)]
    rounds = [rng.permutation(len(sentences)) for _ in range(-(-count // len(sentences)))]
    return [sentences[index] for index in np.concatenate(rounds)[:count]]


def _figures(rng: np.random.Generator) -> str:
    """Return three to five numbers of one to four digits."""
    return ", ".join(str(rng.integers(10 ** rng.integers(1, 5))) for _ in range(rng.integers(3, 6))) + "."
