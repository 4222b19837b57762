"""Taking protected people out of texts and fields: what stands for them is their token."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from processors.extraction.people_words import CUES, TITLES
from processors.extraction.texts import fold_in_place
from processors.protection.dates import find_days
from processors.protection.keys import TOKEN
from processors.protection.plain_words import COMMON_WORDS, NAMED_PLACES
from processors.protection.shields import PARTICLES, Guard

__all__ = ["FREE_LINES", "WHOLE_OR_NONE", "mask_field", "mask_text", "mask_tree"]

_RUN = re.compile(r"[^\W_]+")
_NAME_GAP = re.compile(r"[\s.,'’\-\"“”«»]{0,4}")
"""What may stand between the words of one name."""
_ENDED = re.compile(r"[^\W\d_]{3,}\.\s")
_STOP = re.compile(r"\.\s")
_ADDRESS = re.compile(r"[\w.+-]*@[\w.-]*\w")
"""An address for mail, or a handle."""
_MOST_PIECES = 6
"""Pieces that a number may be written in: +52 (867) 555 01 42."""
_LONGEST_NUMBER = 34
_LONGEST_GAP = 40
_BEYOND = 1 << 40
_SHORTEST_WORD = 4
"""Letters of a word of a name that is taken out in small letters too."""


WHOLE_OR_NONE = frozenset(
    (
        *("organisations", "phones", "accounts", "social_handles", "references", "case_numbers"),
        *("identifiers", "plates", "targets", "codes"),
    )
)
"""Lists whose parts say one thing: with one value of a protected person the part is dropped, not the value alone."""


FREE_LINES = frozenset(
    (
        *("concealment", "discovery_method", "disposition", "description", "note", "as_written", "locality"),
        *("packaging", "title", "url", "contact"),
    )
)
"""Short fields in free words: one word of a name is enough, as in a text."""


class _Run(NamedTuple):
    """A run of letters and digits: folded, and where it stands."""

    plain: str
    start: int
    end: int
    raised: bool


def mask_text(
    text: str,
    guard: Guard,
    spared: Collection[str] = (),
    *,
    taken: Sequence[tuple[int, int, str]] = (),
    kept: Sequence[tuple[int, int]] = (),
) -> str:
    """A narrative, title or body without protected people: every word of their names, in any case, and their numbers
    give way to the token. `spared` are folded words that also belong to somebody who may be named: they are taken out
    only beside another word of the name. `taken` are places that give way to a token whatever stands there, `kept` the
    names of people who may be named, which stay whole.
    """
    return _mask(text, guard, spared, lone=True, taken=taken, kept=kept)


def mask_field(text: str, guard: Guard) -> str:
    """A short field: a family name alone stays ("Transportes Luna"), two words of a name or a number don't."""
    return _mask(text, guard, (), lone=False)


def mask_tree(tree: Any, guard: Guard, *, lone: bool = False) -> Any:
    """A part of an event with each string masked as a field (as a text if `lone`); the same object where nothing was
    found.
    """
    if isinstance(tree, str):
        return _mask_decoded(tree, guard, lone=lone)
    if isinstance(tree, list):
        masked = [mask_tree(part, guard, lone=lone) for part in tree]
        return tree if all(map(_same, masked, tree)) else masked
    if isinstance(tree, dict):
        parts = {name: _mask_part(name, part, guard) for name, part in tree.items()}
        return tree if all(parts[name] is tree[name] for name in tree) else parts
    return tree


def _mask_part(name: str, part: Any, guard: Guard) -> Any:
    if name not in WHOLE_OR_NONE or not isinstance(part, list):
        return mask_tree(part, guard, lone=name in FREE_LINES)
    kept = [one for one in part if mask_tree(one, guard) is one]
    return part if len(kept) == len(part) else kept


def _mask_decoded(text: str, guard: Guard, *, lone: bool) -> str:
    masked = _mask(text, guard, (), lone=lone)
    if "%" in text and (decoded := unquote(text)) != text:
        # An address may spell a name in signs of its own.
        again = _mask(decoded, guard, (), lone=lone)
        return again if again != decoded else masked
    return masked


def _same(one: object, other: object) -> bool:
    return one is other


def _mask(
    text: str,
    guard: Guard,
    spared: Collection[str],
    *,
    lone: bool,
    taken: Sequence[tuple[int, int, str]] = (),
    kept: Sequence[tuple[int, int]] = (),
) -> str:
    plain = fold_in_place(text)
    tokens = [match.span() for match in TOKEN.finditer(text)]
    runs = [
        _Run(match[0], match.start(), match.end(), text[match.start()].isupper())
        for match in _RUN.finditer(plain)
        if not any(start <= match.start() < end for start, end in tokens)
    ]
    if not runs:
        return text
    hits = _name_hits(text, runs, guard, spared, lone=lone)
    if kept:
        places = sorted(kept)
        hits = [hit for hit in hits if not _is_within(hit[0], places)]
    hits += _number_hits(plain, runs, guard)
    hits += taken
    if "@" in plain:
        hits += _address_hits(plain, guard)
    if lone and guard.has_born:
        hits += [(start, end, token) for start, end, days in find_days(plain) if (token := guard.born(days))]
    if not hits:
        return text
    pieces: list[str] = []
    done = 0
    last: tuple[str, int] | None = None
    for start, end, token in sorted(hits, key=_widest_first):
        if end <= done:
            continue
        joins = last is not None and last[0] == token and start <= _past_gap(plain, last[1])
        if not joins:
            pieces += [text[done : max(start, done)], token]
        done, last = end, (token, end)
    return "".join([*pieces, text[done:]])


def _is_within(at: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a place of these, in order, holds this offset; they overlap by little."""
    before = bisect_right(places, (at, _BEYOND))
    return any(end > at for _, end in places[max(before - 3, 0) : before])


def _widest_first(hit: tuple[int, int, str]) -> tuple[int, int, str]:
    return hit[0], -hit[1], hit[2]


def _address_hits(plain: str, guard: Guard) -> Iterator[tuple[int, int, str]]:
    for match in _ADDRESS.finditer(plain):
        if (token := guard.number("".join(_RUN.findall(match[0])))) is not None:
            yield *match.span(), token


def _past_gap(plain: str, at: int) -> int:
    """Where the next word of a name may begin after `at`, particles passed over."""
    while True:
        gap = _NAME_GAP.match(plain, at)
        at = gap.end() if gap else at
        word = _RUN.match(plain, at)
        if word is None or word[0] not in PARTICLES:
            return at
        at = word.end()


def _name_hits(
    text: str, runs: list[_Run], guard: Guard, spared: Collection[str], *, lone: bool
) -> list[tuple[int, int, str]]:
    hits: list[tuple[int, int, str]] = []
    named = [at for at, run in enumerate(runs) if guard.word(run.plain) is not None]
    hits += [(run.start, run.end, token) for run in runs if (token := guard.joined(run.plain)) is not None]
    for at, place in enumerate(named):
        run = runs[place]
        beside = None
        for other in [runs[near] for near in (*named[max(at - 2, 0) : at], *named[at + 1 : at + 3])]:
            left, right = (run, other) if run.start < other.start else (other, run)
            if (
                _is_close(left, text[left.end : right.start])
                and (token := guard.pair(run.plain, other.plain)) is not None
            ):
                beside = token
                break
        if beside is not None:
            hits.append((run.start, run.end, beside))
        elif lone and run.plain not in spared and _may_be_name(runs, place):
            hits.append((run.start, run.end, guard.word(run.plain) or ""))
        elif not lone and len(runs) == 1 and (token := guard.name(run.plain)) is not None:
            hits.append((run.start, run.end, token))
    if lone and guard.has_sounds:
        taken = {run.start for run in (runs[place] for place in named)}
        hits += [
            (run.start, run.end, token)
            for run in runs
            if run.raised and run.start not in taken and (token := guard.sound(run.plain)) is not None
        ]
    return hits


def _may_be_name(runs: list[_Run], at: int) -> bool:
    """Whether a word of a name that stands alone is one: no place called so, no common word in small letters."""
    run = runs[at]
    # Gustavo A. Madero: an initial between is passed over.
    near = [run.plain for run in runs[max(at - 2, 0) : at] if len(run.plain) > 1]
    before = near[-1] if near else ""
    after = next((run.plain for run in runs[at + 1 : at + 3] if len(run.plain) > 1), "")
    if run.raised:
        return f"{run.plain} {after}" not in NAMED_PLACES and f"{before} {run.plain}" not in NAMED_PLACES
    if len(run.plain) < _SHORTEST_WORD:
        return False
    return run.plain not in COMMON_WORDS or before in TITLES or before in CUES


def _is_close(left: _Run, between: str) -> bool:
    """Whether two words with this between them may be of one name: signs of a name, particles, two more names."""
    if len(between) > _LONGEST_GAP or not all(
        sign.isalnum() or sign.isspace() or sign in ".,'’-\"“”" for sign in between
    ):
        return False
    if "." in between and (_ENDED.search(between) or (len(left.plain) >= _SHORTEST_WORD and _STOP.match(between))):
        return False  # the end of a sentence, not of "Ma." or an initial
    others = [word for word in _RUN.findall(between) if word.lower() not in PARTICLES]
    return len(others) <= 2 and all(word[0].isupper() for word in others)


def _number_hits(plain: str, runs: list[_Run], guard: Guard) -> list[tuple[int, int, str]]:
    hits: list[tuple[int, int, str]] = []
    if not guard.has_numbers:
        return hits
    at = 0
    while at < len(runs):
        found = _number_at(plain, runs, at, guard)
        if found is None:
            at += 1
        else:
            last, token = found
            hits.append((runs[at].start, runs[last].end, token))
            at = last + 1
    return hits


def _number_at(plain: str, runs: list[_Run], at: int, guard: Guard) -> tuple[int, str] | None:
    """The last of the runs from `at` that make up a protected number, the longest such, and its token."""
    joined, found = "", None
    for last in range(at, min(at + _MOST_PIECES, len(runs))):
        if last > at and (
            runs[last].start - runs[last - 1].end > 3 or "\n" in plain[runs[last - 1].end : runs[last].start]
        ):
            break
        joined += runs[last].plain
        if len(joined) > _LONGEST_NUMBER:
            break
        if any(sign.isdigit() for sign in joined) and (token := guard.number(joined)) is not None:
            found = last, token
    return found
