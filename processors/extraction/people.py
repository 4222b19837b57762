"""People named in a text, in both naming customs: capitalised words that a given name, title or cue supports."""

import re
from typing import Literal, NamedTuple

from processors.extraction.people_aliases import aliases_after, lone_aliases
from processors.extraction.people_words import COMPOUNDS, CUES, NEVER, PARTICLES, PLACE_HEADS, TAILS, TITLES
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.person_names import PersonNames

__all__ = ["FoundPerson", "find_people"]


class FoundPerson(NamedTuple):
    """`start` and `end` are offsets in `text.raw`, `name` what stands there; `aliases` as written.

    `rule`: `given_name` (a known given name and a surname), `title` or `cue` (the words before it say that it is a
    person), `withheld` (Germán "N"), `alias` (only an alias is named). `confidence` is high where a given name and
    a surname are known, or a cue says so; low is for protection alone, where a miss harms: there an unknown pair of
    capitalised words beside a victim, minor or migrant is taken for a name too.
    """

    start: int
    end: int
    name: str
    rule: str
    aliases: tuple[str, ...]
    withheld_surname: bool
    confidence: Literal["high", "low"]


_SPEAKS_OF_PROTECTED = re.compile(
    # By first letters: 2.5 us around a name, 3.5 as a plain list.
    r"\b(?:adolescente|child|d(?:aughter|eceased|esaparecid)|fallecid|hij[oa]s?\b|informant|kidnapp"
    r"|m(?:enor|inors?\b|i(?:grant|ssing))|nin[oa]s?\b|occis[oa]|pas(?:ajer|senger)|resc(?:at|ued)"
    r"|s(?:ecuestrad|ons?\b|urvivor)|testigo|victim|witness)"
)
"""Beside these an unknown name is taken for one: a miss would harm."""
_CAPITALS = "A-ZÁÉÍÓÚÜÑÀ-Þ"
_WORD = (
    rf"(?:[{_CAPITALS}][a-zß-öø-ÿ]+(?:['’][A-ZÁÉÍÓÚÜÑ]?[a-zß-öø-ÿ]+)?(?:[A-Z][a-zß-öø-ÿ]+)?"
    r"|[A-ZÁÉÍÓÚÜÑ]{3,}(?!\w)|[DO]['’][A-Z][a-z]+)"
)
_SHORT = "Ma Mª Gpe Fco Fca Ant Alej Fdo Gmo Jse Mtz Hdz Hdez Glz Glez Gzz Rdz Rmz Lpz"
_STOP = rf"(?:\.(?:{'|'.join(rf'(?<={word}[.])' for word in _SHORT.split())}))?"
"""The full stop of a name as records shorten it: Ma. Gpe. Ejemplo."""
_LINK = r"(?:(?:de|del|la|las|los|y|e|da|do|dos|von|van|der|Del|De|La|Las|Los|DE|DEL|LA|LOS|Y)[ \u00a0]+){1,3}"
_AHEAD = (
    r"(?=[ \u00a0\t\r\n]+"
    rf"(?:(?:(?:d(?:el?|a|os?|er)|l(?:as?|os)|[ye]|v[oa]n)[ \u00a0]+){{0,3}}[{_CAPITALS}]|[\"“‘']))"
)
"""What every further word of a name begins with, small links and all: next to all words that follow one fail here."""
_GAP = r"(?:[ \u00a0\t]+|[ \t]*\r?\n[ \t]*)(?:[\"“‘'](?!N{1,2}[\"”’'])[A-ZÁÉÍÓÚÜÑ]\w{0,15}[\"”’'][ \u00a0]+)?"
"""Between two words of a name: blanks, the end of one line, and a familiar name in quotes."""
_RUN = re.compile(
    rf"{_WORD}(?:\.?[-][A-ZÁÉÍÓÚÜÑ][a-zß-öø-ÿ]+)?{_STOP}"
    rf"(?:{_AHEAD}{_GAP}(?:{_LINK})?"
    rf"(?:{_WORD}(?:-{_WORD})?{_STOP}|[A-ZÑ]\.?(?=[ \u00a0]+[A-ZÁÉÍÓÚÜÑ])|[A-MO-Z]\.(?!\w)))"
    r"{0,6}"
)
"""Capitalised words in a row, joined by blanks and particles alone; a full stop or comma ends it."""
_SHAPED = re.compile(r"(?:La|De|Da|Le|Ja|Ke|Sha|O|D|Mc|Mac)['’]?[A-Z][a-z]+")
"""A word that only a name looks like: De'Andre, LaShawn, O'Malley."""
_WITHHELD = re.compile(r"^[ \u00a0]*,?[ \u00a0]*[\"“'‘«(]?N{1,2}\.?[\"”'’»)]?(?![\w])")
_CUE_LINKS = frozenset({"como", "as", "a", "al", "por", "by", "de", "that", "que"})
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def find_people(text: Text, reference: Reference) -> list[FoundPerson]:
    """The people whom a text names, in order and without overlap; never organisations, places, agencies or months."""
    raw, plain = text.raw, text.plain
    names = reference.person_names
    given, surnames = names.given, names.surnames
    found: list[FoundPerson] = []
    after = 0
    # A capital first: the search of runs takes 110 us for 5 kB.
    for start in text.capitals:
        if start < after:
            continue
        run = _RUN.match(raw, start)
        if run is None:
            continue
        after = end = run.end()
        # Half of all runs are one word, the head of a sentence: 12 of 30 us for 300 characters went there.
        word = plain[start:end]
        if word.isalpha() and word not in given and word not in surnames:
            continue
        before = len(found)
        _read_run(text, start, end, names, found)
        if len(found) > before:
            after = max(after, found[-1].end)
    if aliases := lone_aliases(text):
        found += _lone_aliases(text, aliases, found)
        found.sort(key=_start_of)
    return found


def _start_of(person: FoundPerson) -> int:
    return person.start


class _Piece:
    __slots__ = ("end", "plain", "start")

    def __init__(self, plain: str, start: int, end: int) -> None:
        self.plain = plain
        self.start = start
        self.end = end


def _read_run(text: Text, start: int, end: int, names: PersonNames, found: list[FoundPerson]) -> None:
    """Add the names in one run of capitalised words; words that are never names cut it."""
    plain = text.plain
    stretch: list[_Piece] = []
    for match in _PIECE.finditer(plain, start, end):
        word = match[0]
        if stretch and "\n" in plain[stretch[-1].end : match.start()] and not _goes_on(plain, stretch, match, names):
            _judge(text, stretch, names, found)
            stretch = []
        if word in NEVER and word not in PARTICLES and not (stretch and _may_be_surname(word, stretch, names)):
            if stretch:
                _judge(text, stretch, names, found)
            # "Ciudad Juárez", "San Luis": what follows the head of a place's name belongs to it.
            stretch = []
            if word in PLACE_HEADS:
                return
            continue
        if word in TAILS and stretch:
            return  # a school, law or street that is named after somebody
        if word in {"y", "e"} and stretch and _starts_name(plain[match.end() : end], len(stretch), names):
            # "Juan Ejemplo y Pedro Muestra" are two people, "Ortega y Gasset" is one.
            _judge(text, stretch, names, found)
            stretch = []
            continue
        if word.endswith("'s"):
            stretch.append(_Piece(word[:-2], match.start(), match.end() - 2))
            _judge(text, stretch, names, found)
            stretch = []
            continue
        stretch.append(_Piece(word, match.start(), match.end()))
    if stretch:
        _judge(text, stretch, names, found)


def _goes_on(plain: str, stretch: list[_Piece], match: re.Match[str], names: PersonNames) -> bool:
    """Whether a name goes on in the next line: it has no surname yet, or a surname that is no given name follows."""
    word = match[0]
    if plain[match.end() : match.end() + 1] == ":" or word in names.given or word in TITLES or word in CUES:
        return False
    return word in names.surnames or all(piece.plain in names.given or piece.plain in PARTICLES for piece in stretch)


def _may_be_surname(word: str, stretch: list[_Piece], names: PersonNames) -> bool:
    """A surname, or the second half of a given name: María de los Ángeles."""
    if word in names.surnames or word not in COMPOUNDS or stretch[-1].plain not in PARTICLES:
        return word in names.surnames
    return next((piece.plain in names.given for piece in reversed(stretch) if piece.plain not in PARTICLES), False)


def _starts_name(rest: str, before: int, names: PersonNames) -> bool:
    """Whether another person's name follows "y": a given name, or two words where two stood before it."""
    words = [word for word in _PIECE.findall(rest) if word not in PARTICLES]
    return bool(words) and (words[0] in names.given or (before > 1 and len(words) > 1))


def _judge(text: Text, pieces: list[_Piece], names: PersonNames, found: list[FoundPerson]) -> None:
    """Add the name that a stretch of words is, if it is one."""
    before = _word_before(text.plain, pieces[0].start)
    titled = before in TITLES
    # A title may stand capitalised within the run: "Secretario Luis Gómez Prado".
    while len(pieces) > 1 and (pieces[0].plain in TITLES or pieces[0].plain in CUES or pieces[0].plain in PARTICLES):
        titled = titled or pieces[0].plain in TITLES or pieces[0].plain in CUES
        pieces = pieces[1:]
    while pieces and pieces[-1].plain in PARTICLES:
        pieces = pieces[:-1]
    if not pieces:
        return
    cued = not titled and _is_cued(text.plain, pieces[0].start, before)
    given, surnames = names.given, names.surnames
    # A sentence's first word is capitalised anyway: the name begins at its first given name.
    words = [piece for piece in pieces if piece.plain not in PARTICLES]
    known = [at for at, piece in enumerate(pieces) if piece.plain in given or _is_short(text, piece, names)]
    first = known[0] if known else None
    rest = text.raw[pieces[-1].end : pieces[-1].end + 8]
    withheld = _WITHHELD.match(rest) if "N" in rest and (first is not None or titled or cued) else None
    if withheld is not None or (pieces[-1].plain in {"n", "nn"} and first is not None and len(words) > 1):
        begin = pieces[first or 0].start
        end = pieces[-1].end + (withheld.end() if withheld is not None else 0)
        _add(found, text, begin, end, "withheld", True, "high")
        return
    if first is not None and first > 0 and not titled and not cued:
        lead = pieces[first - 1].plain
        starts = all(piece.plain in surnames or piece.plain in PARTICLES for piece in pieces[:first])
        if not starts or lead in PARTICLES:
            if lead in PARTICLES and first > 1:
                return  # "Valle de Guadalupe", "Paseo de Carlos": a thing named after somebody
            pieces = pieces[first:]
            words = [piece for piece in pieces if piece.plain not in PARTICLES]
    if before in PLACE_HEADS or _place_before(text.plain, pieces[0].start, before):
        return
    known_given = first is not None
    if len(words) < 2:
        if (
            words
            and (titled or cued)
            and (known_given or words[0].plain in surnames)
            and text.raw[pieces[0].start :][1:2].islower()
        ):
            _add(found, text, pieces[0].start, pieces[-1].end, "title" if titled else "cue", False, "low")
        elif words and known_given and aliases_after(text, pieces[-1].end):
            _add(found, text, pieces[0].start, pieces[-1].end, "given_name", False, "low")
        return
    if known_given and (words[0].plain in given or _is_short(text, words[0], names)):
        known_surname = words[1].plain in surnames and words[1].plain not in given
        sure = known_surname or len(words) > 2 or titled or cued
        _add(found, text, pieces[0].start, pieces[-1].end, "given_name", False, "high" if sure else "low")
    elif titled or cued:
        sure = known_given or words[-1].plain in surnames
        rule = "title" if titled else "cue"
        _add(found, text, pieces[0].start, pieces[-1].end, rule, False, "high" if sure else "low")
    elif (
        known_given
        or all(piece.plain in surnames for piece in words)
        or any(_SHAPED.match(text.raw, piece.start) for piece in words)
        or _is_beside_protected(text, pieces)
    ):
        _add(found, text, pieces[0].start, pieces[-1].end, "given_name", False, "low")


def _is_short(text: Text, piece: _Piece, names: PersonNames) -> bool:
    return text.raw[piece.end : piece.end + 1] == "." and names.abbreviations.get(piece.plain, "") in names.given


def _is_beside_protected(text: Text, pieces: list[_Piece]) -> bool:
    start, end = pieces[0].start, pieces[-1].end
    return _SPEAKS_OF_PROTECTED.search(text.plain, max(0, start - 80), end + 40) is not None


def _add(
    found: list[FoundPerson],
    text: Text,
    start: int,
    end: int,
    rule: str,
    withheld: bool,
    confidence: Literal["high", "low"],
) -> None:
    # Past the named tuple's own constructor.
    made = (start, end, text.raw[start:end], rule, aliases_after(text, end), withheld, confidence)
    found.append(tuple.__new__(FoundPerson, made))


def _lone_aliases(text: Text, aliases: list[tuple[int, int]], found: list[FoundPerson]) -> list[FoundPerson]:
    """Of these aliases those that follow no name: "detuvieron a alias El Ejemplo"."""
    taken = [(person.start, person.end + 40) for person in found if person.aliases]
    alone: list[FoundPerson] = []
    for start, end in aliases:
        apart = all(end <= person.start or person.end <= start for person in found)
        if apart and not any(begin <= start < close for begin, close in taken):
            name = text.raw[start:end]
            alone.append(FoundPerson(start, end, name, "alias", (name,), False, "low"))
    return alone


def _word_before(plain: str, start: int) -> str:
    head = plain[max(0, start - 24) : start].rstrip(' ."“(:,')
    cut = max(head.rfind(" "), head.rfind("\n"), head.rfind("("))
    return head[cut + 1 :]


def _is_cued(plain: str, start: int, before: str) -> bool:
    if before in CUES:
        return plain[start - 1 : start] != "." and ". " not in plain[max(0, start - 3) : start]
    if before in _CUE_LINKS:
        head = plain[max(0, start - 40) : start].split()
        return any(word.strip(",.;:") in CUES for word in head[-3:-1])
    return False


def _place_before(plain: str, start: int, before: str) -> bool:
    if before not in {"de", "del", "of"}:
        return False
    head = plain[max(0, start - 30) : start].split()
    return len(head) > 1 and head[-2].strip(",.;") in PLACE_HEADS
