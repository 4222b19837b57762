"""Where a text names places: capitalised words that the gazetteer knows, the longest name first, with what stands
around.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from processors.extraction.place_beside import has_twin_beside, name_crossing
from processors.extraction.texts import Text
from processors.extraction.word_lists import WordList
from processors.reference.gazetteer import Gazetteer, PlaceWords, Site

__all__ = ["LIST_GAP", "NameHit", "scan_names"]

_CAPITAL = re.compile(r"[A-ZÁÉÍÓÚÜÑ][^\W\d_]*")
# Names that begin with a small word: "puente del Comercio Mundial", "sector Laredo", "condado de Webb".
_SMALL_FIRST = WordList({"puente", "garita", "sector", "condado", "puerto", "port"})
_JOINT = r"(?:[ '/\n&-]|\. ?| & | - )"
_RUN = re.compile(rf"[0-9a-z]+(?:{_JOINT}[0-9a-z]+){{0,7}}")
_HEAD = re.compile(rf"([0-9a-z]+)(?:{_JOINT}([0-9a-z]+))?")
_TOKEN = re.compile(r"[0-9a-z]+")
# Words that end a name in small letters: "Webb county", "Laredo sector", "World Trade bridge".
_SMALL_LAST = frozenset({"county", "sector", "bridge", "entry", "crossing", "gate", "office", "port", "poe", "city"})
_BESIDE = re.compile(
    r" ?(?:, ?|\()(?:(?:en|in) )?(?:(?:el |the )?(?:estado de |state of ))?"
    r"| (?:en|in) (?:el |the )(?:estado de |state of )| (?:en|in) (?=[A-Z])|, "
)
_NEXT = re.compile(r"[ \n]([^\W\d_]+)")
LIST_GAP = re.compile(r"(?:, ?| ?/ ?|,? (?:y|e|o|u|and|or|a|to) |, (?:en|in|y en|and in) | - ?)?$")
_ALWAYS = frozenset({"port", "sector", "office", "county"})
_NO_CROSSING = frozenset({"country", "locality"})
_LARGE = 100_000
"""Inhabitants from which on a name needs no cue, unless it is a person's or a common word."""
_LINKING = frozenset({"de", "del", "of", "la", "las", "los", "el", "the"})


class NameHit(NamedTuple):
    """A name: `sites` may bear it; `beside` are the states or countries that stand beside it, written `beside_as`.

    `cue`: 2 a place must follow, 1 it may, 0 nothing says so.
    """

    start: int
    end: int
    key: str
    sites: tuple[Site, ...]
    cue: int
    beside: tuple[Site, ...] = ()
    beside_as: str = ""
    beside_end: int = 0


def scan_names(text: Text, gazetteer: Gazetteer) -> list[NameHit]:
    """The names of places in order, none inside another. 5 us a name that is known, next to nothing a word that is
    not.
    """
    raw, plain, longest = text.raw, text.plain, gazetteer.longest
    index = _index_of(gazetteer)
    starts: list[int] = []
    done = 0
    # All that `_CAPITAL` finds; the text knows where capitals stand.
    for start in text.capitals:
        if start < done:
            continue
        word = _CAPITAL.match(raw, start)
        if word is not None:
            done = word.end()
            if plain[start:done] in longest:
                starts.append(start)
    if small := _small_starts(text):
        starts = sorted({*starts, *small})
    hits: list[NameHit] = []
    done = 0
    for start in starts:
        if start < done or (start and plain[start - 1].isalpha()):
            continue
        found = _match(raw, plain, start, index)
        if found is None:
            continue
        end, key = found
        hit = _judge(raw, plain, start, end, key, hits, index)
        if hit is not None:
            hits.append(hit)
            done = max(end, hit.beside_end)
    return hits


class _Index(NamedTuple):
    """`seconds`: first word of a name -> the second words of the names that begin so, and "" where it is one itself.
    `states`: first word of a state's or country's name -> how many words the longest that begins so has.
    """

    gazetteer: Gazetteer
    seconds: dict[str, frozenset[str]]
    states: dict[str, int]


@lru_cache(maxsize=4)
def _index_of(gazetteer: Gazetteer) -> _Index:
    seconds: dict[str, set[str]] = {}
    for key in gazetteer.by_name:
        words = key.split(" ", 2)
        seconds.setdefault(words[0], set()).add(words[1] if len(words) > 1 else "")
    states: dict[str, int] = {}
    for key in gazetteer.state_names:
        words = key.split(" ")
        states[words[0]] = max(len(words), states.get(words[0], 0))
    return _Index(gazetteer, {first: frozenset(those) for first, those in seconds.items()}, states)


def _small_starts(text: Text) -> list[int]:
    """Where names may begin that begin with a small word."""
    raw, plain = text.raw, text.plain
    words = [text.words[at] for at in text.find_listed(_SMALL_FIRST)]
    return [
        start
        for word, start, end in words
        if raw[start].islower() and plain.startswith(" of " if word == "port" else " ", end)
    ]


def _match(raw: str, plain: str, start: int, index: _Index) -> tuple[int, str] | None:
    """End and key of the longest name that begins here."""
    head = _HEAD.match(plain, start)
    if head is None:
        return None
    first, second = head.groups()
    seconds = index.seconds.get(first)
    if seconds is None:
        return None
    # "The traffic": no name begins so, and nearly all are known by their second word (0.7 us instead of 2.5).
    found = _match_run(raw, plain, start, index.gazetteer) if second in seconds else None
    if found is None and "" in seconds:
        end = head.end(1)
        if (raw[start].isupper() or first.isdigit()) and not (end < len(raw) and plain[end].isalpha()):
            return end, first
    return found


def _match_run(raw: str, plain: str, start: int, gazetteer: Gazetteer) -> tuple[int, str] | None:
    """The same of names of two words and more."""
    run = _RUN.match(plain, start)
    if run is None:
        return None
    words = _TOKEN.findall(run[0])
    for count in range(min(gazetteer.longest[words[0]], len(words)), 1, -1):
        key = " ".join(words[:count])
        if key not in gazetteer.by_name:
            continue
        last = next(islice(_TOKEN.finditer(run[0]), count - 1, None))
        end = start + last.end()
        # A name's last word is capitalised, else "La paz" of a sentence would be a city.
        capital = raw[start + last.start()].isupper() or last[0].isdigit() or last[0] in _SMALL_LAST
        if capital and not (end < len(raw) and plain[end].isalpha()):
            return end, key
    return None


def _judge(raw: str, plain: str, start: int, end: int, key: str, hits: list[NameHit], index: _Index) -> NameHit | None:
    """Whether the name is a place's here."""
    words = index.gazetteer.words
    sites = index.gazetteer.by_name[key]
    if sites[0].kind in _NO_CROSSING and (crossing := name_crossing(plain, start, key, index.gazetteer)):
        return _make_hit(start, end, key, crossing, 2)
    beside, beside_as, beside_end = _find_beside(raw, plain, end, index)
    if beside and not any(_lies_in(site, beside) for site in sites):
        beside, beside_as, beside_end = (), "", 0
    if beside and sites[-1].kind in {"state", "country"} and _is_list(hits, plain, start):
        beside, beside_as, beside_end = (), "", 0
    cue, refused = _read_cue(plain, start, hits, words)
    if not cue and has_twin_beside(plain, end, sites, index.gazetteer):
        cue = 1
    if refused or _is_refused_after(raw, plain, end, words, key in words.person_or_word):
        return None
    hit = _make_hit(start, end, key, sites, cue, beside, beside_as, beside_end)
    if beside:
        return hit
    if key in words.state_needed:
        return None
    if key in words.person_or_word:
        return hit if cue == 2 or _is_unmistakable(sites) else None
    if sites[0].decides or any(site.kind in _ALWAYS or site.kind in {"state", "country"} for site in sites):
        return hit
    if cue or (sites[0].population >= _LARGE and key not in words.cue_will_do and not _follows_name(raw, start)):
        return hit
    return None


def _make_hit(
    start: int,
    end: int,
    key: str,
    sites: tuple[Site, ...],
    cue: int,
    beside: tuple[Site, ...] = (),
    beside_as: str = "",
    beside_end: int = 0,
) -> NameHit:
    # Past the named tuple's own constructor.
    made: NameHit = tuple.__new__(NameHit, (start, end, key, sites, cue, beside, beside_as, beside_end))
    return made


def _is_unmistakable(sites: tuple[Site, ...]) -> bool:
    return sites[0].decides or all(site.kind in _ALWAYS for site in sites)


def _lies_in(site: Site, beside: tuple[Site, ...]) -> bool:
    if site.kind in {"state", "country"}:
        return False
    return any(site.state == area.state if area.kind == "state" else site.country == area.code for area in beside)


def _find_beside(raw: str, plain: str, end: int, index: _Index) -> tuple[tuple[Site, ...], str, int]:
    """The state or country straight after a name: "Opodepe, Sonora", "Laredo (Texas)", "Nogales, Son."."""
    if plain[end : end + 1] not in {",", " ", "("}:
        return (), "", 0
    link = _BESIDE.match(raw, end)
    if link is None:
        return (), "", 0
    at = link.end()
    if at >= len(raw) or not raw[at].isupper():
        return (), "", 0
    run = _RUN.match(plain, at)
    if run is None:
        return (), "", 0
    gazetteer = index.gazetteer
    tokens = list(_TOKEN.finditer(run[0]))
    for count in range(min(index.states.get(tokens[0][0], 0), len(tokens)), 0, -1):
        key = " ".join(token[0] for token in tokens[:count])
        sites = gazetteer.state_names.get(key)
        if sites is None:
            continue
        stop = at + tokens[count - 1].end()
        written = raw[at:stop]
        if stop < len(raw) and plain[stop].isalpha():
            continue
        if key in gazetteer.short_states and key not in gazetteer.by_name:
            dotted = raw[stop : stop + 1] == "."
            # "Sin embargo" is not Sinaloa: an abbreviation has its dot, or is capitals where the name before is not.
            if not dotted and not (written.isupper() and not raw[max(0, end - 3) : end].isupper()) and len(key) != 2:
                continue
            if len(key) == 2 and not (written.isupper() or dotted):
                continue
        return sites, written, stop
    return (), "", 0


def _is_list(hits: list[NameHit], plain: str, start: int) -> bool:
    """Whether a state's name stands in a list of states, so that what follows is the next and not its own state."""
    if not hits:
        return False
    last = hits[-1]
    return last.sites[-1].kind in {"state", "country"} and not last.beside and bool(
        LIST_GAP.fullmatch(plain, last.end, start)
    )  # fmt: skip


def _read_cue(plain: str, start: int, hits: list[NameHit], words: PlaceWords) -> tuple[int, bool]:
    """What stands before a name: how surely a place follows, and whether it can't be one."""
    before = plain[max(0, start - 40) : start]
    pieces = before.replace("(", " ").replace("\n", " ").split(" ")
    while pieces and not pieces[-1]:
        pieces.pop()
    if hits:
        last = hits[-1]
        gap = plain[max(last.end, last.beside_end) : start] if max(last.end, last.beside_end) <= start else ""
        if len(gap) < 8 and LIST_GAP.fullmatch(gap) and gap.strip():
            return max(last.cue, 1), False
    if not pieces:
        return 0, False
    first = pieces[-1].strip("\"'.")
    if pieces[-1][-1] in ".;:,!?":
        return 0, first in words.not_before and pieces[-1][-1] == "."
    if first in words.not_before:
        return 0, True
    if first in words.straight:
        return 2, False
    if first in words.nouns:
        return 2, False
    # Up to two linking words: "municipio de la Paz", "avenida de los Heroes".
    depth = 1
    while depth < min(3, len(pieces)) and pieces[-depth].strip("\"'") in _LINKING:
        depth += 1
    if depth > 1:
        noun = pieces[-depth].strip("\"'")
        if noun in words.not_before_of or noun == "alias":
            return 0, True
        if noun in words.nouns:
            return 2, False
        if noun in words.straight and first in {"el", "la", "los", "las", "the"}:
            return 1, False
    return (1, False) if first in words.weak else (0, False)


def _is_refused_after(raw: str, plain: str, end: int, words: PlaceWords, is_person: bool) -> bool:
    match = _NEXT.match(plain, end)
    if match is None:
        return False
    if match[1] in words.not_after or plain.startswith(words.not_after_phrases, match.start(1)):
        return True
    # "Guerrero Martinez": a surname goes on.
    return (
        is_person and raw[match.start(1)].isupper() and match[1] not in words.nouns and match[1] not in words.straight
    )


def _follows_name(raw: str, start: int) -> bool:
    """Whether a capitalised word stands straight before: the name may be the end of another ("Sam Houston")."""
    if start < 2 or raw[start - 1] != " ":
        return False
    word = raw[max(0, start - 25) : start - 1].rsplit(" ", 1)[-1]
    return word[:1].isupper() and word[-1:].isalnum()
