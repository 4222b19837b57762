"""The loops over every character and every word of every text, in Python: what they find is defined here.

`kernels.pyx` has the same functions in Cython, and the copy of `make compiled` runs those (a text of 300 characters:
8 us less to cut, 12 less to fingerprint); a property test holds them to these. Cython, for it alone writes loops over
machine integers that read like Python and can't lose a reference.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate, count, repeat
from operator import add, itemgetter
from struct import pack, unpack
from zlib import crc32

from processors.extraction.words import Word

__all__ = [
    "BANDS",
    "ROWS",
    "ROWS_PER_BAND",
    "capital_offsets",
    "cut_words",
    "hash_words",
    "places_of_lists",
    "shingle_rows",
]

_WORD = re.compile(r"([^\W\d_]+|\d+(?:[.,]\d+|'\d{3}(?!\d))*)")
"""A number with its separators (`1,500.25`, in Mexico also `2'350,000`), or a run of letters; `M30` is two words,
`half-pound` too.
"""
_ASCII_WORD = re.compile(r"([a-zA-Z]+|[0-9]+(?:[.,][0-9]+|'[0-9]{3}(?![0-9]))*)")
"""The same in a folded text of ASCII, as nearly all are: 100 us for 5 kB instead of 165. A few signs (ᴬ) fold to
capitals.
"""
_CAPITALS = bytes([1 if 0x41 <= sign <= 0x5A or 0xC0 <= sign <= 0xDE else 0 for sign in range(256)])
"""The capitals of Latin-1 marked with ones."""


def cut_words(plain: str) -> tuple[list[Word], list[str], list[str], list[int]]:
    """The words of a folded text in order; the same without their offsets; what stands before each of them and behind
    the last; and which of them are numbers (begin with an ASCII digit), by their places in the first list.
    """
    # What stands between words, a word, what stands between, ...
    pieces = (_ASCII_WORD if plain.isascii() else _WORD).split(plain)
    ends = list(accumulate(map(len, pieces)))
    plains, gaps = pieces[1::2], pieces[::2]
    # All of it in C, past the named tuple's own constructor: 215 us for 5 kB, by matches 330.
    words = list(map(tuple.__new__, repeat(Word), zip(plains, ends[::2], ends[1::2], strict=False)))
    # ASCII digits come before all letters, and words begin with a digit or a letter.
    return words, plains, gaps, [at for at, word in enumerate(plains) if word < ":"]


def capital_offsets(raw: str) -> list[int]:
    """The offsets of all capital letters of Latin-1 (and ×) in a text."""
    # Byte by byte: 5 kB take 8 us, by an expression 40. What is outside of the page becomes a question mark.
    gaps = raw.encode("latin-1", "replace").translate(_CAPITALS).split(b"\1")
    return list(map(add, accumulate(map(len, gaps[:-1])), count()))


def places_of_lists(lists: Mapping[str, tuple[int, ...]], plains: list[str]) -> dict[int, list[int]]:
    """Where in `plains` the words of each list stand, by the lists' numbers; `lists` has the numbers of each word's."""
    places: dict[int, list[int]] = {}
    for at, numbers in enumerate(map(lists.get, plains)):
        if numbers is not None:
            for number in numbers:
                if number in places:
                    places[number].append(at)
                else:
                    places[number] = [at]
    return places


# --- fingerprints (`fingerprints.py` says what they are) -------------------------------------------------------------


def hash_words(words: list[str], start: int, end: int, so_far: int = 0) -> int:
    """The CRC-32 of the words `start` to `end` in UTF-8, a line feed behind each, going on from the one `so_far`."""
    return crc32("\n".join([*words[start:end], ""]).encode("utf-8", "surrogatepass"), so_far)


BANDS = 16
ROWS_PER_BAND = 3
ROWS = BANDS * ROWS_PER_BAND
_RING = 1 << 30
"""Integers under 2^30 are one digit in CPython: they sort in half the time."""
# The rows of a band lie a third of the ring apart: neighbours repeat each other in short texts.
_POINTS = tuple((band + BANDS * row) * _RING // ROWS for band in range(BANDS) for row in range(ROWS_PER_BAND))
_PLACES = (0x2545F491, 0x1B873593, 0x3C6EF373)
"""Odd constants under 2^30, one for each word of a shingle: three products of 62 bits fit into a lane of 64."""
_MOST_HASHES = 16_384
_SHIFT = 16
"""The low bits of a product depend on the low bits of its word's hash alone."""


def shingle_rows(words: list[str]) -> bytes:
    """The signature of a text of three words or more: 16 bits a row, the rows of a band together, each row the first
    shingle at or behind its point of the ring.
    """
    ring = _make_ring(words)
    ring.append(ring[0] + _RING)
    points = itemgetter(*map(bisect_left, repeat(ring), _POINTS))(ring)
    # 16 bits a row: rows of different shingles agree by chance once in 65,536.
    return memoryview(pack(f">{ROWS}I", *points)).cast("H")[1::2].tobytes()


class _Hashes(dict[str, int]):
    """The CRC-32 of each word, made as words come: texts repeat the same few thousand."""

    def __missing__(self, word: str) -> int:
        if len(self) == _MOST_HASHES:
            self.clear()
        self[word] = hashed = crc32(word.encode("utf-8", "surrogatepass"))
        return hashed


_HASHES = _Hashes()


def _make_ring(words: list[str]) -> list[int]:
    """The points of a text's shingles in order, some perhaps twice.

    All shingles at once: the words' hashes are the lanes of one long integer, and a product of it by a constant is one
    of every lane (5 kB: 35 us; a hash a shingle takes 150).
    """
    count = len(words)
    lanes = int.from_bytes(pack(f"<{count}Q", *itemgetter(*words)(_HASHES)), "little")
    first, second, third = _PLACES
    mixed = (lanes * first + (lanes >> 64) * second + (lanes >> 128) * third) >> _SHIFT
    count -= 2
    points = mixed & int.from_bytes((_RING - 1).to_bytes(8, "little") * count, "little")
    return sorted(unpack(f"<{count}Q", points.to_bytes(8 * count, "little")))
