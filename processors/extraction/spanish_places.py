"""Where a Spanish sentence says that something happened: "en Navolato, Sinaloa", "en el municipio de Cajeme"."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any, NamedTuple

from processors.extraction.spanish_names import PlaceName, PlaceNames, continues_name, read_known
from processors.extraction.spanish_place_words import (
    ELSEWHERE,
    HEADS,
    JOINED,
    LEADING,
    LIST_LEADING,
    NEED_OF,
    OFFICES,
    OWN_KINDS,
    PLACE_OPENERS,
    TOWARDS,
)
from processors.extraction.spanish_tokens import Amount, Sentence
from processors.extraction.spanish_words import MONTHS
from processors.extraction.texts import Text

__all__ = ["PLACE_OPENERS", "PlaceAt", "find_named", "find_places", "opens_with_place"]

_FIRST_OF = itemgetter(0)
_NEW: Callable[..., Any] = tuple.__new__
"""Past the named tuple's own constructor, at a third of the time."""


class PlaceAt(NamedTuple):
    """A place phrase at the words `first` to `after`. `place` is as written: the municipality or city if one is named,
    else the state; `state` is the state's name if it is written or follows from the municipality alone.
    """

    first: int
    after: int
    place: str
    state: str | None
    fine: bool


_Part = tuple[int, int, PlaceName | None]


def find_places(text: Text, plains: list[str], sentence: Sentence, names: PlaceNames) -> list[PlaceAt]:
    """The places of a sentence that are said to be where something happened, in order; "Culiacán, Sinaloa" is one.
    Items of a list ("...; Ameca, Jalisco, con dos") and the first words of a sentence need a name that is known.
    """
    found: list[PlaceAt] = []
    reached = sentence.first
    starts: list[tuple[int, int, bool]] = []
    for item in (reached, *sentence.items):
        if plains[item] in names or plains[item] in LIST_LEADING:
            index = _item_start(text, plains, item, sentence)
            if index is not None and plains[index] in names:
                starts.append((item, index, True))
    for opener in sentence.openers:
        index = _find_start(text, plains, opener, sentence)
        if index is not None:
            starts.append((opener, index, False))
    if sentence.items:
        starts.sort(key=_FIRST_OF)
    for opener, index, known_only in starts:
        if index < reached:
            continue
        group = _read_group(text, plains, index, opener, sentence, names, known_only)
        if group:
            found.append(_make_place(text, group))
            reached = group[-1][1]
    if found and len(sentence.tokens) > 2:
        _add_listed(text, plains, sentence, names, found)
    return found


def find_named(text: Text, plains: list[str], sentence: Sentence, names: PlaceNames) -> list[PlaceAt]:
    """A municipality with its state behind another noun, "una empresa de Toluca, Estado de México", for sentences that
    say no place otherwise; not where persons or loads come from or go to, nor a body's seat.
    """
    words, raw = text.words, text.raw
    for at in range(sentence.first + 2, sentence.after - 1):
        if plains[at - 1] != "de" or plains[at] not in names or not raw[words[at].start].isupper():
            continue
        if plains[at - 2].startswith(ELSEWHERE) or raw[words[at - 2].start].isupper():
            continue
        if at > sentence.first + 3 and plains[at - 3] in ("a", "al") and plains[at - 4] in TOWARDS:
            continue  # "con dirección al puerto de Salina Cruz, Oaxaca"
        part = read_known(text, plains, at, sentence.after, names)
        if part is None or part[1] is None or part[1].is_state:
            continue
        group = _read_group(text, plains, at, at - 1, sentence, names, False)
        if any(one[2] is not None and one[2].is_state for one in group):
            return [_make_place(text, group)]
    return []


def _add_listed(text: Text, plains: list[str], sentence: Sentence, names: PlaceNames, found: list[PlaceAt]) -> None:
    """Add the known names right before a number that a list gives without "en": "en Tala 13, Jerez con nueve"."""
    words, raw = text.words, text.raw
    more: list[PlaceAt] = []
    for token in sentence.tokens:
        if not isinstance(token, Amount) or token.first <= found[0].after:
            continue
        after = token.first - (plains[token.first - 1] == "con")
        if not raw[words[after - 1].start].isupper() or any(one.first < after <= one.after for one in found):
            continue
        for index in range(after - 1, max(found[0].after, after - 5) - 1, -1):
            if text.plain[words[index - 1].end] == "," or plains[index - 1] in ("y", "e"):
                part = read_known(text, plains, index, after, names)
                if part is not None and part[0] == after:
                    more.append(_make_place(text, [(index, *part)]))
                break
    if more:
        found += more
        found.sort()


def opens_with_place(text: Text, plains: list[str], sentence: Sentence) -> bool:
    """Whether a place or day stands among the first words: "En Tala, ...", "El día 4, ...", "Y el 5 de julio en"."""
    words, raw = text.words, text.raw
    first = sentence.first
    near = plains[first : min(first + 4, sentence.after)]
    if "dia" in near or any(word in MONTHS for word in near):
        return True
    opener = next((at for at in sentence.openers if at < first + 3), None)
    start = None if opener is None else _find_start(text, plains, opener, sentence)
    return start is not None and raw[words[start].start].isupper()


def _item_start(text: Text, plains: list[str], index: int, sentence: Sentence) -> int | None:
    """The capitalised word with which an item begins, behind "y", "también"; None if none."""
    words, raw = text.words, text.raw
    for at in range(index, min(index + 3, sentence.after)):
        if raw[words[at].start].isupper() and (at > sentence.first or plains[at] not in LIST_LEADING):
            return at
        if plains[at] not in LIST_LEADING:
            return None
    return None


def _find_start(text: Text, plains: list[str], opener: int, sentence: Sentence) -> int | None:
    """The capitalised word behind "en", "en la", "en el municipio de", "frente a las costas de"; None if none is."""
    words, raw = text.words, text.raw
    index = opener + 1
    plain = plains[opener]
    if plain in NEED_OF and (index >= sentence.after or plains[index] not in ("de", "del", "y")):
        return None
    for at in range(index, min(index + 7, sentence.after)):
        word = words[at]
        if raw[word.start].isupper() and not (
            word.plain in OFFICES
            and at + 1 < sentence.after
            and plains[at + 1] in ("de", "del", "internacional", "aereo", "maritima")
        ):
            # "estado de México", in whatever case
            return at - 2 if word.plain == "mexico" and plains[at - 2] == "estado" else at
        if word.plain not in LEADING and not (word.plain == "y" and plain in NEED_OF):
            return None
    return None


def _read_group(
    text: Text, plains: list[str], index: int, opener: int, sentence: Sentence, names: PlaceNames, known_only: bool
) -> list[_Part]:
    """The names from word `index` on that are joined: "Culiacán, Sinaloa", "Salamanca, Irapuato y Celaya"."""
    # Behind "en el caso de" a person may be named.
    known_only = known_only or plains[opener] in ("destaca", "destacan", "caso")
    of_case = not known_only and "caso" in plains[opener:index]
    group: list[_Part] = []
    at: int | None = index
    while at is not None and at < sentence.after:
        if not text.raw[text.words[at].start].isupper() and plains[at] != "estado":
            break
        part = read_known(text, plains, at, sentence.after, names)
        if part is None and not known_only and not of_case:
            part = _read_unknown(text, plains, at, opener, sentence, names)
        if part is None or text.plain[text.words[part[0] - 1].end : text.words[part[0] - 1].end + 1] == "-":
            break  # "Tala-Jerez" is a road
        if known_only and not group and not _is_item(text, plains, part[0], sentence, names):
            break
        group.append((at, *part))
        is_state = part[1] is not None and part[1].is_state
        if is_state and _begins_item(text, part[0], sentence):
            break
        at = _skip_joint(text, plains, part[0], sentence)
        if is_state and at is not None and plains[part[0]] == "en":
            following = read_known(text, plains, at, sentence.after, names)
            if following is not None and following[1] is not None and following[1].is_state:
                break  # "dos en Puebla, en Jalisco uno"
    return group


def _is_item(text: Text, plains: list[str], after: int, sentence: Sentence, names: PlaceNames) -> bool:
    """Whether a bare name is the head of an item: a comma, colon, "con", a number or "y" with another name behind it,
    or nothing.
    """
    if after >= sentence.after:
        return True
    words = text.words
    if text.plain[words[after - 1].end] in ",:(":
        return True
    plain = plains[after]
    if plain == "y":
        return read_known(text, plains, after + 1, sentence.after, names) is not None
    return plain in ("con", "donde", "que", "ahi", "tiene", "tenemos") or plain[0].isdigit()


def _begins_item(text: Text, after: int, sentence: Sentence) -> bool:
    """Whether a semicolon follows: the next name is of the next item."""
    return after < sentence.after and text.plain[text.words[after - 1].end] == ";"


def _read_unknown(
    text: Text, plains: list[str], index: int, opener: int, sentence: Sentence, names: PlaceNames
) -> tuple[int, None] | None:
    """A capitalised name that is no known place but is told as one: behind "municipio de", with a state behind it, in
    a dated item ("el día 4 en X, dos ..."), or by its first word ("Puerto X").
    """
    words, raw = text.words, text.raw
    after = index + 1
    while after < sentence.after and after < index + 6 and continues_name(text, plains, after):
        after += 1
    before, second = plains[index - 1], plains[index - 2]
    if (before == "de" and second in OWN_KINDS) or before in ("alcaldia", "municipio", "poblado", "localidad"):
        return after, None
    if after > index + 1 and plains[index] in HEADS:
        return after, None
    if after < sentence.after and text.plain[words[after - 1].end] == ",":
        if opener + 1 == index and plains[opener] == "en" and _is_dated(plains, opener, sentence):
            return after, None
        following = _skip_joint(text, plains, after, sentence)
        if following is not None and raw[words[following].start].isupper():
            state = read_known(text, plains, following, sentence.after, names)
            if state is not None and state[1] is not None and state[1].is_state:
                return after, None
    return None


def _is_dated(plains: list[str], opener: int, sentence: Sentence) -> bool:
    """Whether a day stands right before the word: "el día 4 en", "el 3 de mayo, también en"."""
    first = max(sentence.first, opener - 4)
    near = plains[first:opener]
    return ("dia" in near and any(plain.isdigit() for plain in near)) or any(plain in MONTHS for plain in near[-2:])


def _skip_joint(text: Text, plains: list[str], index: int, sentence: Sentence) -> int | None:
    """The word behind ", " or " y " or ", en" or ", de" if a place may go on there."""
    words = text.words
    if index >= sentence.after:
        return None
    gap = text.plain[words[index - 1].end : words[index].start].strip()
    plain = plains[index]
    if (gap == "," and plain in ("en", "de")) or (gap == "" and plain == "en"):
        # "en Zapotlán, en el estado de Jalisco"
        at = index + 1
        while at < sentence.after and plains[at] in JOINED:
            at += 1
        return at if at < sentence.after and text.raw[words[at].start].isupper() else None
    if gap in (",", ""):
        if plain in ("y", "e"):
            return index + 1 if index + 1 < sentence.after else None
        return index if gap == "," else None
    return index if gap == "(" else None


def _make_place(text: Text, group: list[_Part]) -> PlaceAt:
    words, raw = text.words, text.raw
    first, after = group[0][0], group[-1][1]
    fine = [part for part in group if part[2] is None or not part[2].is_state]
    if len(group) > 2 and len(fine) == 1 and words[fine[0][0]].plain == "mexico":
        fine = []  # "en los estados de Hidalgo, México y Puebla"
    states = [part[2].states[0] for part in group if part[2] is not None and part[2].is_state]
    if len(fine) == 1:
        place = raw[words[fine[0][0]].start : words[fine[0][1] - 1].end]
        own = fine[0][2]
        state = states[0] if states else own.states[0] if own is not None and len(own.states) == 1 else None
        located: PlaceAt = _NEW(PlaceAt, (first, after, place, state, True))
        return located
    place = raw[words[first].start : words[after - 1].end]
    return PlaceAt(first, after, place, states[0] if len(states) == 1 and not fine else None, bool(fine))
