"""Near-duplicate fingerprints: MinHash of the folded words, our own and without numpy.

Shingles are runs of three words. Each is hashed to a point on a ring of 2^30 (the sum of its words' CRC-32, each times
a constant of its place); row i of the signature is the first shingle at or after the fixed point i/48 of the ring.
For a random hash that shingle is a uniformly drawn one of both texts' union, so two texts agree in a row with
probability J, their Jaccard similarity: MinHash with one hash a shingle instead of 48 (one-permutation hashing with
rotation: Li, Owen and Zhang 2012; Shrivastava and Li 2014). Measured on 7,000 pairs of 50 to 800 words (runs replaced,
tails cut, words scattered, figures changed): biases of at most 0.014, errors of 0.05 to 0.07, as the theory of 48 rows
has it. datasketch with 48 permutations takes 128 us for 300 characters and 630 us for 5 kB, this 28 and 190.

16 bands of three rows: P(at least one band is equal) = 1 - (1 - J^3)^16:
    J    0.1   0.2   0.3   0.4   0.5   0.6   0.7   0.8   0.9
    P    0.02  0.12  0.35  0.65  0.88  0.98  1.00  1.00  1.00
A copy with a tail of 30% cut has J 0.7, one of five paragraphs rewritten 0.67, two of five 0.43; a translation 0.

Similarity says "the same text"; it can't say "the same figures": a bulletin that differs from another in the kilos
alone may have J 0.9. So numbers and places are kept apart as details, each with the words beside it, and compared by
`details_conflict`. A protected person's token is the same word in every text here: tokens differ from report to report.
Everything is a function of the folded words and no more: no `hash()`, no byte order of the machine.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from operator import eq
from typing import NamedTuple
from zlib import crc32

from processors.extraction.kernels import BANDS, ROWS, hash_words, shingle_rows
from processors.extraction.texts import Text
from processors.extraction.word_lists import WordList

__all__ = [
    "BANDS",
    "MIN_WORDS",
    "SAME_TEXT",
    "TextFingerprint",
    "blocking_bands",
    "details_conflict",
    "estimate_similarity",
    "fingerprint",
]

MIN_WORDS = 8
"""Shorter texts have no fingerprint: "Aseguran metanfetamina en Tijuana" is written by many, independently."""
SAME_TEXT = 0.5
"""Estimated Jaccard similarity from which two texts are taken for one; the estimate's standard error is 0.07."""
MAX_DETAILS = 32

_NOT_SHOWN = "[texto reservado:"
"""How a text begins that enrichment withheld (`processors.protection.events.WITHHELD`): all of them are equal."""
_TOKEN = re.compile(r"\[p:[a-z0-9]{1,8}:[a-p]{14}\]")
_BEFORE_PLACE = WordList({"en", "in", "at", "near", "desde", "hacia", "from"})
_FEWEST_DETAILS = 3


class TextFingerprint(NamedTuple):
    """The fingerprint of one text.

    `exact`: 32 hex digits over the folded words in order: equal means equal but for case, accents, punctuation, blanks.
    `bands`: 16 of 12 hex digits (three rows of 4). `words`: how many. `details`: at most 32 of 12 hex digits: 8 stand
    for the words beside a number or a place, 4 for itself; each copy keeps the same 32 (the smallest).
    """

    exact: str
    bands: tuple[str, ...]
    words: int
    details: tuple[str, ...] = ()


def fingerprint(text: Text) -> TextFingerprint | None:
    """The fingerprint of a text of at least 8 words, else `None`; a withheld text has none."""
    if text.plain.startswith(_NOT_SHOWN):
        return None
    if "[p:" in text.plain:
        text = Text(_TOKEN.sub(lambda token: "persona".ljust(len(token[0])), text.plain))
    found = text.words
    if len(found) < MIN_WORDS:
        return None
    joined = "\n".join([*text.plains, ""]).encode("utf-8", "surrogatepass")
    rows = shingle_rows(text.plains)
    return TextFingerprint(
        exact=blake2b(joined, digest_size=16).hexdigest(),
        bands=tuple(rows.hex(" ", len(rows) // BANDS).split(" ")),
        words=len(found),
        details=_read_details(text),
    )


def _read_details(text: Text) -> tuple[str, ...]:
    """Each number under a hash of the word before and the two behind it, each place (a capitalised word behind a
    preposition) under one of the three words before it; where these are repeated with another value, none.

    A copy is stamped at another time of day ("Updated 10:45"), so times say nothing of what it reports.
    """
    plain, raw, words, plains = text.plain, text.raw, text.words, text.plains
    found: list[tuple[int, bytes]] = []
    for at in text.numbers:
        number, start, end = words[at]
        if plain[end : end + 1] == ":" or plain[start - 1 : start] == ":":
            continue
        context = hash_words(plains, at + 1, at + 3, hash_words(plains, max(at - 1, 0), at))
        written = number.encode("utf-8", "surrogatepass")
        found.append((context, written if written.isdigit() else _plain_number(written)))
    last = len(words) - 1
    found += [
        (hash_words(plains, max(at - 2, 0), at + 1), (plains[at + 1] + "\n").encode("utf-8", "surrogatepass"))
        for at in text.find_listed(_BEFORE_PLACE)
        if at < last and raw[words[at + 1][1]].isupper()
    ]
    values: dict[int, int | None] = {}
    for context, value in found:
        hashed = crc32(value) & 0xFFFF
        values[context] = hashed if values.get(context, hashed) == hashed else None
    kept = sorted([context << 16 | value for context, value in values.items() if value is not None])[:MAX_DETAILS]
    return tuple(("%012x " * len(kept) % tuple(kept)).split())


def _plain_number(written: bytes) -> bytes:
    """`12,400` and `12.400` are `12400`, `1,5` and `1.50` are `1.5`: groups of three go, a decimal mark is a point."""
    whole, *parts = written.replace(b",", b".").split(b".")
    if all(len(part) == 3 for part in parts):
        return whole + b"".join(parts)
    return (whole + b"".join(parts[:-1]) + b"." + parts[-1]).rstrip(b"0").rstrip(b".")


def blocking_bands(bands: Sequence[str]) -> tuple[str, ...]:
    """One blocking key a band, its number in front: a band meets only the same band of another text."""
    return tuple([f"{number:x}{band}" for number, band in enumerate(bands)])


def estimate_similarity(left: Sequence[str], right: Sequence[str]) -> float:
    """The estimated Jaccard similarity (0..1) of two texts by their bands: the share of equal rows."""
    one, other = _rows_of(left), _rows_of(right)
    return sum(map(eq, one, other)) / ROWS if len(one) == len(other) == ROWS else 0.0


def _rows_of(bands: Sequence[str]) -> list[int]:
    # In the machine's own byte order: only equality counts. A third of the time of slicing 48 strings.
    packed = bytes.fromhex("".join(bands))
    return memoryview(packed).cast("H").tolist() if len(packed) == 2 * ROWS else []


def details_conflict(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two texts report different things in the same words.

    They do if the same words stand beside another number or place in each ("aseguró 45 kilos" against "aseguró 52
    kilos"), or if each has three details or more and they share less than half of the fewer (the same boilerplate
    behind two different releases). A detail that only one has (a cut tail, an added paragraph) is no conflict. Numbers
    written as words aren't seen.
    """
    values = {detail[:8]: detail[8:] for detail in left}
    if any(values.get(detail[:8], detail[8:]) != detail[8:] for detail in right):
        return True
    fewer = min(len(left), len(right))
    return fewer >= _FEWEST_DETAILS and 2 * len(set(left) & set(right)) < fewer
