# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The loops of `kernels.py` over machine integers: the same functions with the same results, of which that file tells.

Only the copy of `make compiled` has them; `tests/unit/test_kernels.py` builds them and compares. No index leaves what
it was bounded by: each loop over characters runs to the text's own length, each list is built by append.
"""

from cpython.object cimport PyObject
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_SET_ITEM
from libc.stdint cimport uint8_t, uint32_t, uint64_t

from zlib import crc32 as crc32_of_bytes

from processors.extraction.words import Word


cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    void *PyUnicode_DATA(object text)
    uint32_t PyUnicode_READ(int kind, const void *data, Py_ssize_t at)
    bint PyUnicode_IS_ASCII(object text)
    str PyUnicode_Substring(str text, Py_ssize_t start, Py_ssize_t end)
    bint Py_UNICODE_ISALNUM(uint32_t sign)
    bint Py_UNICODE_ISDECIMAL(uint32_t sign)
    object PyType_GenericAlloc(type kind, Py_ssize_t items)


# --- words -----------------------------------------------------------------------------------------------------------

cdef enum:
    OTHER = 0
    LETTER = 1
    DIGIT = 2

cdef uint8_t[256] KINDS
"""The kinds of the characters of Latin-1."""


cdef inline int kind_of_any(uint32_t sign) noexcept:
    if Py_UNICODE_ISDECIMAL(sign):
        return DIGIT
    return LETTER if Py_UNICODE_ISALNUM(sign) else OTHER


cdef inline int kind_at(int width, const void *text, Py_ssize_t at) noexcept:
    cdef uint32_t sign = PyUnicode_READ(width, text, at)
    return KINDS[sign] if sign < 256 else kind_of_any(sign)


cdef int number
for number in range(256):
    KINDS[number] = kind_of_any(number)


cdef Py_ssize_t end_of_number(int width, const void *text, Py_ssize_t at, Py_ssize_t length) noexcept:
    """Where the number ends that `at` stands in."""
    cdef Py_ssize_t ahead
    cdef uint32_t sign
    while True:
        while at < length and kind_at(width, text, at) == DIGIT:
            at += 1
        if at == length:
            return at
        sign = PyUnicode_READ(width, text, at)
        ahead = at + 1
        if sign == c"." or sign == c",":
            if ahead == length or kind_at(width, text, ahead) != DIGIT:
                return at
        elif sign == c"'":
            while ahead < length and kind_at(width, text, ahead) == DIGIT:
                ahead += 1
            if ahead - at != 4:  # three digits
                return at
        else:
            return at
        at = ahead


cdef inline tuple make_word(str plain, Py_ssize_t start, Py_ssize_t end):
    cdef object first = start, last = end
    # Past the constructor, which makes a tuple first and copies it. `PyTuple_SET_ITEM` takes a reference of ours.
    cdef tuple word = <tuple>PyType_GenericAlloc(<type>Word, 3)
    Py_INCREF(plain)
    PyTuple_SET_ITEM(word, 0, plain)
    Py_INCREF(first)
    PyTuple_SET_ITEM(word, 1, first)
    Py_INCREF(last)
    PyTuple_SET_ITEM(word, 2, last)
    return word


def cut_words(str plain not None):
    cdef int width = PyUnicode_KIND(plain)
    cdef const void *text = PyUnicode_DATA(plain)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(plain), at = 0, start, end = 0
    cdef list words = [], plains = [], gaps = [], numbers = []
    cdef str word
    while True:
        while at < length and kind_at(width, text, at) == OTHER:
            at += 1
        gaps.append(PyUnicode_Substring(plain, end, at))
        if at == length:
            return words, plains, gaps, numbers
        start = at
        if kind_at(width, text, at) == DIGIT:
            if PyUnicode_READ(width, text, at) <= c"9":
                numbers.append(len(plains))
            at = end_of_number(width, text, at, length)
        else:
            while at < length and kind_at(width, text, at) == LETTER:
                at += 1
        end = at
        word = PyUnicode_Substring(plain, start, end)
        plains.append(word)
        words.append(make_word(word, start, end))


def capital_offsets(str raw not None):
    cdef int width = PyUnicode_KIND(raw)
    cdef const void *text = PyUnicode_DATA(raw)
    cdef Py_ssize_t at
    cdef uint32_t sign
    cdef list found = []
    for at in range(PyUnicode_GET_LENGTH(raw)):
        sign = PyUnicode_READ(width, text, at)
        if c"A" <= sign <= c"Z" or 0xC0 <= sign <= 0xDE:
            found.append(at)
    return found


def places_of_lists(dict lists not None, list plains not None):
    cdef dict places = {}
    cdef Py_ssize_t at = 0
    cdef object word, numbers, one, there
    for word in plains:
        numbers = lists.get(word)
        if numbers is not None:
            for one in <tuple?>numbers:
                there = places.get(one)
                if there is None:
                    places[one] = [at]
                else:
                    (<list>there).append(at)
        at += 1
    return places


# --- fingerprints ----------------------------------------------------------------------------------------------------

cdef uint32_t[256] REMAINDERS
"""The CRC-32 (ISO 3309, reflected) of each byte."""

cdef uint32_t remainder
for number in range(256):
    remainder = number
    for _ in range(8):
        remainder = (remainder >> 1) ^ (0xEDB88320 if remainder & 1 else 0)
    REMAINDERS[number] = remainder


cdef uint32_t crc32_of(str word, uint32_t so_far) except? 0:
    cdef const uint8_t *text
    cdef uint32_t left = ~so_far
    cdef Py_ssize_t at
    if word is None:  # a list may hold it, and it has no characters to read
        raise TypeError("a word must be a text")
    if not PyUnicode_IS_ASCII(word):
        return crc32_of_bytes(word.encode("utf-8", "surrogatepass"), so_far)
    text = <const uint8_t *>PyUnicode_DATA(word)
    for at in range(PyUnicode_GET_LENGTH(word)):
        left = REMAINDERS[(left ^ text[at]) & 0xFF] ^ (left >> 8)
    return ~left


def hash_words(list words not None, Py_ssize_t start, Py_ssize_t end, uint32_t so_far=0):
    cdef Py_ssize_t at
    cdef uint32_t left
    if start < 0:
        raise IndexError("words are counted from 0")
    for at in range(start, min(end, len(words))):
        left = ~crc32_of(words[at], so_far)
        so_far = ~(REMAINDERS[(left ^ c"\n") & 0xFF] ^ (left >> 8))
    return so_far


cdef enum:
    BAND_COUNT = 16
    BAND_ROWS = 3
    ROW_COUNT = 48
    RING = 1 << 30
    SHIFT = 16

BANDS, ROWS_PER_BAND, ROWS = BAND_COUNT, BAND_ROWS, ROW_COUNT

cdef uint32_t NONE = ~<uint32_t>0
"""Where no shingle lies: behind the ring."""
cdef uint32_t[ROW_COUNT] POINTS
"""The fixed points in the order of the ring."""

for number in range(ROW_COUNT):
    POINTS[number] = <uint32_t>(<uint64_t>number * RING // ROW_COUNT)


def shingle_rows(list words not None):
    cdef uint32_t[ROW_COUNT] least
    cdef uint8_t[2 * ROW_COUNT] rows
    cdef uint64_t first, second, third
    cdef uint32_t point, nearest = NONE
    cdef int part, at
    cdef Py_ssize_t place
    if len(words) < 3:
        raise IndexError("a shingle has three words")
    # The least shingle of each part of the ring, from one fixed point to the next: no need to sort them.
    for part in range(ROW_COUNT):
        least[part] = NONE
    first, second = crc32_of(words[0], 0), crc32_of(words[1], 0)
    for place in range(2, len(words)):
        third = crc32_of(words[place], 0)
        point = ((first * 0x2545F491 + second * 0x1B873593 + third * 0x3C6EF373) >> SHIFT) & (RING - 1)
        part = <int>(<uint64_t>point * ROW_COUNT // RING)
        # The points are rounded down: one may stand in the part before its own.
        if part + 1 < ROW_COUNT and POINTS[part + 1] <= point:
            part += 1
        if point < least[part]:
            least[part] = point
        first, second = second, third
    # A part without a shingle has the first one of those behind it, twice around the ring to meet it.
    for at in range(2 * ROW_COUNT - 1, -1, -1):
        part = at % ROW_COUNT
        if least[part] == NONE:
            least[part] = nearest
        nearest = least[part]
    for at in range(ROW_COUNT):
        point = least[at // BAND_ROWS + BAND_COUNT * (at % BAND_ROWS)]
        rows[2 * at] = (point >> 8) & 0xFF
        rows[2 * at + 1] = point & 0xFF
    return (<char *>rows)[:2 * ROW_COUNT]
