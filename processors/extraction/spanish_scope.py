"""Which amounts of a Spanish text are totals over time, which are rough, and who seized."""

import re

from processors.extraction.number_words import SPANISH
from processors.extraction.spanish_tokens import Sentence
from processors.extraction.spanish_words import APPROXIMATE, MONTHS
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = [
    "AGENCY_WORDS",
    "find_agency",
    "find_events",
    "find_periods",
    "is_approximate",
    "is_scope_word",
    "says_perfect",
    "says_several",
    "sums_places",
]

AGENCY_WORDS = word_set(
    "secretaria guardia ejercito armada fuerza sedena semar sspc fgr defensa centro fiscalia policia marina"
)
_PERIOD = word_set(
    "administracion sexenio periodo periodos llevamos llevan lleva acumulado acumulados semana semanas quincena "
    "trimestre semestre mensual anual bimestre ultimos primeros temporada estadistica comparacion lapso"
)
_TIME = word_set("suma suman ano anos mes meses fecha hoy va desde al dias ciento")
_BEFORE_YEAR = word_set("presente este del el al anos tres cinco seis pasado un")
_EVENT = word_set(
    "ayer hoy anoche madrugada cateo cateos evento domicilio inmueble flagrancia puesto reten persecucion"
)
_SPREAD = word_set("aduanas municipios estados entidades puertos ciudades alcaldias")
_SCATTERED = word_set("puntos lugares zonas estados entidades municipios partes operaciones operativos acciones cateos")
_DIFFERENT = word_set("diferentes distintos distintas diversos diversas varios varias")
_AGENCY = re.compile(
    r"secretaria de (?:la )?(?:marina|defensa(?: nacional)?|seguridad"
    r"(?: (?:publica|ciudadana|y proteccion ciudadana))?)"
    r"|guardia nacional|guardia estatal|ejercito mexicano|ejercito|armada de mexico|fuerza aerea mexicana"
    r"|\bsedena\b|\bsemar\b|\bsspc\b|\bfgr\b|defensa nacional|centro nacional de inteligencia"
    r"|fiscalia(?: general)?(?: de (?:la )?republica| de justicia| del estado| estatal| de la ciudad de mexico)?"
    r"(?: del? (?:estado de )?[a-z]+)?"
    r"|policia (?:estatal|municipal|federal|de investigacion)|\bmarina\b"
)
_HELPERS = re.compile(
    r"(?:coordinacion|apoyo|colaboracion|acompanamiento|disposicion|ante|entregados?) "
    r"(?:con|de|del|a|al)?(?: la| el| los| las)*\s*$"
)
_HELPING = ("coordinacion", "apoyo", "colaboracion", "acompanamiento", "disposicion", "ante", "entregado", "entregados")
"""Its first words, or their ends: "mediante la policía"."""
_PREPOSITIONS = frozenset(["con", "de", "del", "a", "al"])
_ARTICLES = frozenset(["la", "el", "los", "las"])
_JOINT = re.compile(r",? (?:y )?(?:con )?(?:de |con )?(?:la |el |los )?|, ?")


_SCOPE = (
    _PERIOD
    | _TIME
    | _EVENT
    | MONTHS
    | _SPREAD
    | _SCATTERED
    | word_set("dia le les aseguramiento han ha hemos tenemos resultados laboratorios casos operativos")
)


def is_scope_word(word: str) -> bool:
    """Whether a word may say something of time; the scan keeps such words for the functions below."""
    return word in _SCOPE or (len(word) == 4 and word.isdigit() and 2010 <= int(word) <= 2039)


def find_periods(text: Text, sentence: Sentence) -> list[int]:
    """Where a period or campaign is named: "en lo que va del año", "a la fecha", "del 22 al 30"."""
    words = text.words
    found: list[int] = []
    for at in sentence.scope:
        plain = words[at].plain
        if (
            plain in _PERIOD
            or (plain in _TIME and _is_period(text, at, sentence))
            or (plain in MONTHS and _ends_span(text, at, sentence))
            or (plain in _SCATTERED and _is_scattered(text, at, sentence))
            or (len(plain) == 4 and plain.isdigit() and 2010 <= int(plain) <= 2039 and _is_year(text, at, sentence))
        ):
            found.append(at)
    return found


def _is_period(text: Text, at: int, sentence: Sentence) -> bool:
    words = text.words
    plain = words[at].plain
    before = words[at - 1].plain if at > sentence.first else ""
    second = words[at - 2].plain if at > sentence.first + 1 else ""
    after = words[at + 1].plain if at + 1 < sentence.after else ""
    if plain in ("ano", "mes", "meses", "anos"):
        if before.isdigit():
            return not _is_age(text, at)
        return before in _BEFORE_YEAR and not _is_date_tail(text, at)
    if plain in ("fecha", "hoy"):
        return before in ("la", "hasta", "de") and second in ("a", "hasta", "hoy", "dia")
    if plain in ("suma", "suman"):
        return before == "se" and after in ("a", "al")  # "esto se suma a los 90 kilos"
    if plain == "va":
        return before == "que" and second == "lo"
    if plain == "desde":
        return after in ("el", "que", "enero", "diciembre", "inicio")
    if plain == "al":
        return _spans_days(text, at, sentence)
    if plain == "dias":
        return before.isdigit()
    return plain == "ciento" and before == "por" and after in ("mas", "menos")


def _is_year(text: Text, at: int, sentence: Sentence) -> bool:
    words = text.words
    if at == sentence.first or words[at - 1].plain not in ("en", "el", "durante", "del"):
        return False
    if at == sentence.first + 1:
        return True
    second = words[at - 2].plain
    return second not in MONTHS and (words[at - 1].plain != "del" or second in ("inicio", "ano"))


def _is_date_tail(text: Text, at: int) -> bool:
    """As in "5 de mayo de este año", "mayo del presente año": part of a date, not a period."""
    words = text.words
    return any(words[back].plain in MONTHS for back in range(max(0, at - 4), at))


def _is_age(text: Text, at: int) -> bool:
    """As in "15 años de prisión", "20 años de edad"."""
    words = text.words
    following = [word.plain for word in words[at + 1 : at + 3]]
    return bool(following) and (following[0] in ("y", "por") or following[-1] in ("prision", "edad", "carcel"))


def _spans_days(text: Text, at: int, sentence: Sentence) -> bool:
    """As in "del 14 al 27", "entre el 21 de mayo al 12 de julio"."""
    words = text.words
    if at + 1 >= sentence.after or not words[at + 1].plain.isdigit() or int(words[at + 1].plain[:6]) > 31:
        return False
    return any(words[back].plain.isdigit() for back in range(max(sentence.first, at - 6), at))


def sums_places(word: str) -> bool:
    """Whether a word found as a period is one of place: "en diferentes puntos"."""
    return word in _SCATTERED


def _is_scattered(text: Text, at: int, sentence: Sentence) -> bool:
    """As in "en diferentes puntos del país": several events are summed."""
    words = text.words
    return at > sentence.first + 1 and words[at - 1].plain in _DIFFERENT and words[at - 2].plain == "en"


def _ends_span(text: Text, at: int, sentence: Sentence) -> bool:
    """As in "entre el 3 y el 9 de mayo"; two or three days are one operation."""
    words = text.words
    near = [word.plain for word in words[max(sentence.first, at - 8) : at]]
    if len(near) < 5 or "entre" not in near or not {"y", "e"} & set(near):
        return False
    # "entre el 15 y 21 junio": some speak without "de".
    if near[-1] != "de" and not near[-1].isdigit():
        return False
    days = [int(plain) for plain in near if plain.isdigit() and len(plain) < 3]
    return len(days) == 2 and not 0 <= days[1] - days[0] <= 2


def find_events(text: Text, sentence: Sentence) -> list[int]:
    """Where one day or one event is named: "el 11 de febrero", "ayer", "les aseguraron", "en el aseguramiento de"."""
    words = text.words
    found: list[int] = []
    for at in sentence.scope:
        plain = words[at].plain
        before = words[at - 1].plain if at > sentence.first else ""
        after = words[at + 1].plain if at + 1 < sentence.after else ""
        if (
            (plain in _EVENT and not (plain == "hoy" and before in ("de", "hasta")))
            or (plain == "dia" and after.isdigit())
            or (
                plain in ("le", "les")
                and (before in ("se", "quienes", "quien") or at == sentence.first)
                and after not in ("ha", "han")
            )
            or (
                plain == "aseguramiento"
                and (
                    before in ("este", "un")
                    or (after == "de" and words[min(at + 2, sentence.after - 1)].plain in MONTHS)
                )
            )
            or (plain in MONTHS and before == "de" and _is_one_day(text, at, sentence))
        ):
            found.append(at)
    return found


def _is_one_day(text: Text, at: int, sentence: Sentence) -> bool:
    """As in "el 11 de febrero"; not the ends of "del 21 de mayo al 12 de julio" nor "desde el 1 de marzo"."""
    words = text.words
    if at - 2 < sentence.first or not words[at - 2].plain.isdigit():
        return False
    front = [word.plain for word in words[max(sentence.first, at - 4) : at - 2]]
    behind = [word.plain for word in words[at + 1 : min(sentence.after, at + 4)]]
    if "y" in front and "entre" in [word.plain for word in words[max(sentence.first, at - 7) : at]]:
        return False  # "entre el 8 y 12 de julio"
    return not {"al", "desde", "hasta", "entre"} & set(front) and "al" not in behind


def says_perfect(text: Text, sentence: Sentence) -> bool:
    """The perfect tense and the months, by which running totals are given: "se han recuperado", "en octubre"."""
    words = text.words
    for at in sentence.scope:
        plain = words[at].plain
        if plain in ("han", "ha", "hemos", "tenemos", "resultados"):
            return True
        before = words[at - 1].plain if at > sentence.first else ""
        if plain in MONTHS and before == "en":
            return True  # a month, not a day of it
        third = words[max(sentence.first, at - 3)].plain
        if plain in ("laboratorios", "casos", "operativos") and before in ("esos", "estos") and third != "uno":
            return True  # several cases, not "uno de estos operativos"
    return False


def says_several(text: Text, sentence: Sentence) -> bool:
    """Whether a total over several places opens a list of them: "en 21 aduanas", "en tres municipios"."""
    words = text.words
    for at in sentence.scope:
        if words[at].plain in _SPREAD and at > sentence.first + 1:
            number, before = words[at - 1].plain, words[at - 2].plain
            if before in ("en", "los", "las") and (number.isdigit() or number in SPANISH.small):
                return True
    return False


def is_approximate(plains: list[str], first: int, after: int) -> bool:
    """The words right before the number (at word `first`) make it rough: "más de", "cerca de", "casi"; or the one right
    behind the amount, at word `after`: "20 kilos aproximadamente".
    """
    if plains[after] == "aproximadamente":
        following = plains[after + 1]
        return not (following[:1].isdigit() or following in SPANISH.starts)
    for back in (1, 2):
        if first < back:
            return False
        last = plains[first - back]
        for front in APPROXIMATE.get(last, ()):
            if tuple(plains[max(0, first - back - len(front)) : first - back]) == front:
                return True
        if last not in ("los", "las", "un", "total"):
            return False
    return False


def _may_help(plains: list[str], at: int) -> bool:
    """Whether a word of helping stands before word `at`, "con apoyo de la": else the expression need not be tried."""
    before = at - 1
    while before > 0 and plains[before] in _ARTICLES:
        before -= 1
    if before > 0 and plains[before] in _PREPOSITIONS:
        before -= 1
    return before >= 0 and plains[before].endswith(_HELPING)


def find_agency(text: Text, sentence: Sentence) -> str | None:
    """The leading bodies that a sentence names, as written; not those that helped or took over."""
    words = text.words
    start, end = words[sentence.first].start, words[sentence.after - 1].end
    run: tuple[int, int] | None = None
    for at in sentence.agencies:
        found = _AGENCY.match(text.plain, words[at].start, end)
        if found is None or (run is not None and found.start() < run[1]):
            continue
        if run is None:
            if not (
                _may_help(text.plains, at)
                and _HELPERS.search(text.plain, max(start, found.start() - 40), found.start())
            ):
                run = found.span()
        elif _JOINT.fullmatch(text.plain, run[1], found.start()):
            run = (run[0], found.end())
        else:
            break
    return None if run is None else text.raw[run[0] : run[1]]
