"""Taking protected people out of texts and fields: what stands for them is their token."""

import re
from collections.abc import Collection
from typing import Any, NamedTuple
from urllib.parse import unquote

from processors.extraction.texts import fold_in_place
from processors.protection.keys import TOKEN
from processors.protection.shields import PARTICLES, Guard

__all__ = ["WHOLE_OR_NONE", "mask_field", "mask_text", "mask_tree"]

_RUN = re.compile(r"[^\W_]+")
_NAME_GAP = re.compile(r"[\s.,'’\-\"“”«»]{0,4}")
"""What may stand between the words of one name."""
_MOST_PIECES = 6
"""Pieces that a number may be written in: +52 (867) 555 01 42."""
_LONGEST_NUMBER = 34
_LONGEST_GAP = 40
_SHORTEST_WORD = 4
"""Letters of a word of a name that is taken out in small letters too."""


WHOLE_OR_NONE = frozenset(
    (
        *("organisations", "phones", "accounts", "social_handles", "references", "case_numbers"),
        *("identifiers", "plates", "targets", "codes"),
    )
)
"""Lists whose parts say one thing: with one value of a protected person the part is dropped, not the value alone."""


_FREE_LINES = frozenset(
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


def mask_text(text: str, guard: Guard, spared: Collection[str] = ()) -> str:
    """A narrative, title or body without protected people: every word of their names, in any case, and their numbers
    give way to the token. `spared` are folded words that also belong to somebody who may be named: they are taken out
    only beside another word of the name.
    """
    return _mask(text, guard, spared, lone=True)


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
        return mask_tree(part, guard, lone=name in _FREE_LINES)
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


def _mask(text: str, guard: Guard, spared: Collection[str], *, lone: bool) -> str:
    plain = fold_in_place(text)
    tokens = [match.span() for match in TOKEN.finditer(text)]
    runs = [
        _Run(match[0], match.start(), match.end(), text[match.start()].isupper())
        for match in _RUN.finditer(plain)
        if not any(start <= match.start() < end for start, end in tokens)
    ]
    if not runs:
        return text
    hits = [*_name_hits(text, runs, guard, spared, lone=lone), *_number_hits(plain, runs, guard)]
    if not hits:
        return text
    pieces: list[str] = []
    done = 0
    last: tuple[str, int] | None = None
    for start, end, token in sorted(hits):
        if end <= done:
            continue
        joins = last is not None and last[0] == token and start <= _past_gap(plain, last[1])
        if not joins:
            pieces += [text[done : max(start, done)], token]
        done, last = end, (token, end)
    return "".join([*pieces, text[done:]])


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
    named = [run for run in runs if guard.word(run.plain) is not None]
    hits += [(run.start, run.end, token) for run in runs if (token := guard.joined(run.plain)) is not None]
    for at, run in enumerate(named):
        beside = None
        for other in named[max(at - 2, 0) : at] + named[at + 1 : at + 3]:
            left, right = (run, other) if run.start < other.start else (other, run)
            if _is_close(text[left.end : right.start]) and (token := guard.pair(run.plain, other.plain)) is not None:
                beside = token
                break
        if beside is not None:
            hits.append((run.start, run.end, beside))
        elif lone and run.plain not in spared and (run.raised or len(run.plain) >= _SHORTEST_WORD):
            hits.append((run.start, run.end, guard.word(run.plain) or ""))
        elif not lone and len(runs) == 1 and (token := guard.name(run.plain)) is not None:
            hits.append((run.start, run.end, token))
    return hits


def _is_close(between: str) -> bool:
    """Whether two words with this between them may be of one name: signs of a name, particles, two more names."""
    if len(between) > _LONGEST_GAP or not all(
        sign.isalnum() or sign.isspace() or sign in ".,'’-\"“”" for sign in between
    ):
        return False
    others = [word for word in _RUN.findall(between) if word.lower() not in PARTICLES]
    return len(others) <= 2 and all(word[0].isupper() for word in others)


def _number_hits(plain: str, runs: list[_Run], guard: Guard) -> list[tuple[int, int, str]]:
    hits: list[tuple[int, int, str]] = []
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
