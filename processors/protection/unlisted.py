"""People whom only a text names: which of them must be taken for protected. Unsure means protected."""

import re
from collections.abc import Mapping, Sequence

from processors.extraction.language import recognise_language
from processors.extraction.people import FoundPerson, find_people
from processors.extraction.texts import Language, Text, fold_in_place
from processors.protection.events import NameFinder, Unlisted
from processors.protection.shields import name_words
from processors.reference import Reference
from streams.registry import Agency

__all__ = ["CUES", "name_finder"]

CUES = re.compile(
    r"\b(?:"
    # victims, minors, moved people, informants, witnesses, bystanders: in either language, singular and plural
    r"victim\w*|menor(?:es)?|nin[oa]s?|adolescentes?|juveniles?|minors?|child(?:ren)?|infants?|infantes?|bebes?|babies"
    r"|baby|teen\w*|toddlers?|kids?|girls?|boys?|joven(?:es|cit[oa]s?)?|estudiantes?|alumn[oa]s?|students?"
    r"|recien nacid\w*|migrant\w*|indocumentad\w*|undocumented|noncitizens?|illegal aliens?|smuggled|traficad[oa]s?"
    r"|trafficked|stowaways?|polizon(?:es)?|rescat\w*|rescu\w+"
    r"|asylum|asilo|refugiad\w*|refugees?|unaccompanied|no acompanad\w*|hacinad\w*"
    r"|secuestrad\w*|secuestro|kidnapp\w*|desaparecid\w*|missing|ofendid\w*|agraviad\w*|quejos[oa]s?|levantad[oa]s?"
    r"|privad[oa]s? de (?:la|su) libertad|extorsionad\w*|reclutad\w*|violad[oa]s?|abusad[oa]s?|raped|abused|assaulted"
    r"|testig\w*|witness\w*|informant\w*|informador\w*|informers?|denunciante\w*|complainant\w*|tipsters?"
    r"|confidential source|colaborador(?:es|as?)?|transeuntes?|bystanders?|vecin[oa]s?|neighbou?rs?"
    r"|fallec\w*|deceased|decedents?|muert[oa]s?|muri\w+|died|dead|death|killed|slain|occis[oa]s?|asesin\w*|ahogad\w*"
    r"|drown\w*|cuerpo sin vida|body of|bodies|overdos\w*|sobredosis|survivors?|sobrevivientes?|herid[oa]s?|wounded"
    r"|injured|lesionad\w*|hospitali[sz]\w*|shot|baleado|baleada"
    r"|hij[oa]s?|(?:his|her|their) sons?|daughters?|espos[oa]s?|wife|husband|madre|padre|mother|father|sister|brother"
    r"|herman[oa]s?|embarazada|pregnant|pasajer\w*|passengers?|huerfan\w*|orphans?|famili(?:a|es|ares)"
    r"|(?:de )?(?:[0-9]|1[0-7]) anos(?: de edad)?|(?:[0-9]|1[0-7])[- ]?(?:years?|y/?o)[- ]?(?:old)?"
    r"|aged? (?:[0-9]|1[0-7])"
    r"|[0-9]{1,2}[- ]months?[- ]old|[0-9]{1,2} meses"
    r")\b|,\s?(?:[0-9]|1[0-7])(?=[,.)\s])|\((?:[0-9]|1[0-7])\)"
)
"""Words by which a text speaks of somebody who may have to be protected; over folded text."""
_SUBJECT = re.compile(
    r"\b(?:detenid\w*|detuvi\w*|detencion|arrest\w*|imputad\w*|acusad\w*|defendants?|charged|indict\w*|convict\w*"
    r"|sentenc\w*|plead\w*|pled|vinculad\w*|procesad\w*|suspects?|sospechos\w*|presunt[oa]s? (?:responsable|delincuente"
    r"|traficante|lider|integrante)s?|alias|a\.?k\.?a\.?|capturad\w*|aprehendid\w*|apprehended|smugglers?|traffickers?"
    r"|traficantes?|poller[oa]s?|coyotes?|lider|leader|jefe|capo|fugitiv\w*|culpable|guilty)\b"
)
"""Words by which a text says that somebody is a subject of the case."""
_OFFICIAL = re.compile(
    r"(?:\b(?:president[ea]?|secretari[oa]|secretary|governor|gobernador\w*|fiscal|procurador\w*|attorney|sheriff|chief"
    r"|director\w*|commissioner|comisionad[oa]|general|almirante|admiral|captain|capitan|comandante|commander|coronel"
    r"|colonel|senator|senador\w*|judge|juez|jueza|mayor|alcalde\w*|vocer[oa]|spokes\w+|agent|agente|special agent"
    r"|detective|lieutenant|sergeant|prosecutor|ministro|ministra|embajador\w*|ambassador|canciller)\b[\s.,]*(?:\w+[\s.,]+)"
    r"{0,4})$"
)
"""Words right before a name by which a text says that somebody holds an office."""
_SENTENCE = re.compile(r"[.!?;\n]+\s+(?=[^a-z])")
_LEAST_LETTERS = 24
_ODD_SHARE = 0.6


def name_finder(reference: Reference, agency: Agency, language: str | None = None) -> NameFinder:
    """The finder of one record; `language` is what the record says of its texts."""

    def find(texts: Mapping[str, str], strict: bool, known: Sequence[str]) -> Mapping[str, Unlisted]:
        """Each name is protected that is not that of somebody listed, of an official by title, or of a subject by the
        words nearest to it. Where the texts, or the record, speak of people who may have to be protected, that holds
        for everything that may be a name, and a text without the usual capitals, which can't be read so, is withheld.
        """
        plains = {field: fold_in_place(raw) for field, raw in texts.items()}
        cued = strict or any(CUES.search(plain) is not None for plain in plains.values())
        unsure = {field for field, raw in texts.items() if cued and field != "title" and _is_oddly_written(raw)}
        readable = {
            # Headlines in capitals are usual: names are told by their words alone.
            field: Text(_title_case(raw), _language(language, plains[field]), field, agency.country)
            for field, raw in texts.items()
            if field not in unsure
        }
        named = [(text, person) for text in readable.values() for person in find_people(text, reference)]
        told = [frozenset(name_words(name)) for name in known]
        told += [frozenset(name_words(one.name)) for text, one in named if _is_told_of(one, text)]
        unlisted: dict[str, Unlisted] = {field: Unlisted((), unsure=True) for field in unsure}
        for field, text in readable.items():
            names = [
                one.name
                for its, one in named
                if its is text and (cued or one.confidence == "high") and not _is_one_of(one.name, told)
            ]
            if names:
                unlisted[field] = Unlisted(names)
        return unlisted

    return find


def _title_case(raw: str) -> str:
    return raw.title() if _is_oddly_written(raw) else raw


def _language(tag: str | None, plain: str) -> Language:
    prefix = (tag or "")[:2]
    if prefix == "en":
        return "en"
    return "es" if prefix == "es" else recognise_language(plain)


def _is_one_of(name: str, told: Sequence[frozenset[str]]) -> bool:
    words = frozenset(name_words(name))
    return any(words <= other or len(words & other) > 1 for other in told)


def _is_told_of(person: FoundPerson, text: Text) -> bool:
    """Whether the text says what else the person is: an official by title, or a subject by the nearest such word."""
    if person.withheld_surname or _OFFICIAL.search(text.plain, max(0, person.start - 60), person.start):
        return True
    start, end = _sentence_around(text.plain, person.start, person.end)
    subject = _nearest(_SUBJECT, text.plain, start, end, person)
    if subject is None:
        return False
    protected = _nearest(CUES, text.plain, start, end, person)
    return protected is None or subject < protected


def _nearest(words: re.Pattern[str], plain: str, start: int, end: int, person: FoundPerson) -> int | None:
    """Characters between the name and the nearest of `words` in its sentence."""
    gaps = [
        person.start - match.end() if match.end() <= person.start else max(match.start() - person.end, 0)
        for match in words.finditer(plain, start, end)
    ]
    return min(gaps, default=None)


def _sentence_around(plain: str, start: int, end: int) -> tuple[int, int]:
    begin = max((match.end() for match in _SENTENCE.finditer(plain, 0, start)), default=0)
    close = _SENTENCE.search(plain, end)
    return begin, close.start() if close else len(plain)


def _is_oddly_written(raw: str) -> bool:
    """Whether capitals don't tell names: a text in capitals, or in small letters throughout."""
    letters = [sign for sign in raw if sign.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return False
    capitals = sum(sign.isupper() for sign in letters)
    return capitals == 0 or capitals / len(letters) > _ODD_SHARE
