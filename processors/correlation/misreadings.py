"""Numbers that were misread or mistyped: which written values may be one. Pure.

Three ways: signs that look alike (0 and O, 1 and I, 8 and B ...); one slip of the hand (a sign too much, too few,
another, or two swapped); and the same end, where a telephone number was read by another country's plan, or of a VIN the
last eight signs alone were written. A slip by itself says little: plates and serials are given out in series, so the
neighbour of a number is another car or gun more often than a slip.
"""

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from streams.reports import IdentifierKind

__all__ = [
    "MISREAD_KINDS",
    "PASTED_KINDS",
    "SHORTEST",
    "Likeness",
    "are_near",
    "blur",
    "compare_written",
    "find_misread",
    "misread_keys",
    "slipped_keys",
]

Likeness = Literal["look_alike", "slip", "same_end"]

MISREAD_KINDS: frozenset[IdentifierKind] = frozenset(
    [
        "plate", "vin", "serial", "passport", "visa", "curp", "imei", "aircraft", "vessel", "wallet", "phone", "clabe",
        "docket",
    ]
)  # fmt: skip
"""Kinds whose values are copied by hand or read off things by eye."""
PASTED_KINDS: frozenset[IdentifierKind] = frozenset({"docket", "wallet"})
"""Kinds that are pasted rather than typed. A docket like another is another case as easily; of two wallets one is wrong
by its check digits, or both exist: they are worth a look, and never one.
"""
SHORTEST = 6
"""Signs from which a value is compared with others like it; "48-B" is like half of all plates."""
_SERIES = 20
"""How far apart two numbers of a series may be to be its neighbours rather than a slip."""
_DIALLED = 10
_WHOLE_VIN = 17
_RUNS = re.compile(r"(\d+)")
_LONGEST = 12
_TAIL = 8
"""Signs at the end of a long value (a VIN, a CURP, a wallet) by whose slips it is found."""
_LOOK_ALIKE = str.maketrans("OQDILZSGBUVT", "00011256BVVT")


@lru_cache(maxsize=65_536)
def blur(value: str) -> str:
    """The value with one sign for all that look alike: `O0QD` 0, `IL1` 1, `Z2` 2, `S5` 5, `G6` 6, `8B` B, `UV` V."""
    return value.upper().translate(_LOOK_ALIKE).replace("8", "B")


def misread_keys(value: str) -> tuple[str, ...]:
    """Under what a value meets those that look alike, and those with the same end: the blurred value, of a telephone
    number in the plan of either country the ten digits that are dialled within it, and of a VIN its end too.
    """
    if len(value) < SHORTEST:
        return ()
    blurred = blur(_dial(value))
    return (blurred, blurred[-_TAIL:]) if len(value) == _WHOLE_VIN else (blurred,)


def slipped_keys(value: str) -> frozenset[str]:
    """Under what a value meets those that are one slip away: the blurred value without one sign; of values over 12
    signs only the last 8.
    """
    if len(value) < SHORTEST:
        return frozenset()
    tail = blur(value)
    if len(tail) > _LONGEST:
        tail = f"~{tail[-_TAIL:]}"
    return frozenset(tail[:at] + tail[at + 1 :] for at in range(tail.startswith("~"), len(tail)))


def _dial(value: str) -> str:
    """The ten digits of a telephone number of the U.S. or Mexico; any other value as it is."""
    if value[0] != "+":
        return value
    digits = value.removeprefix("+52" if value.startswith("+52") else "+1")
    return digits if len(digits) == _DIALLED else value


@lru_cache(maxsize=65_536)
def compare_written(left: str, right: str) -> Likeness | None:
    """How two different values may be one, or None; a neighbour in a series (`_are_neighbours`) is not.

    Symmetric.
    """
    if left == right or min(len(left), len(right)) < SHORTEST:
        return None
    if _has_same_end(left, right):
        return "same_end"
    one, other = blur(left), blur(right)
    if one == other and not _is_letter_for_letter(left, right):
        return "look_alike"
    if OSA.distance(one, other, score_cutoff=1) > 1 or _are_neighbours(left, right):
        return None
    return "slip"


def are_near(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether any of two reports' values of one kind, blurred, lie at most one slip apart or have the same end."""
    for value in ours:
        one = blur(value)
        first, last = one[0], one[-1]
        for written in theirs:
            other = blur(written)
            # A slip and a same end leave the first sign or the last as it is; of most values that meet neither is.
            if (first == other[0] or last == other[-1]) and (
                OSA.distance(one, other, score_cutoff=1) <= 1 or _has_same_end(value, written)
            ):
                return True
    return False


@lru_cache(maxsize=4_096)
def find_misread(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[tuple[str, str, Likeness], ...]:
    """The pairs of two reports' values of one kind that may be one, in order; kept for a while, for more than one
    feature asks of a pair of reports.
    """
    found: list[tuple[str, str, Likeness]] = []
    for value in ours:
        one = blur(value)
        for other in theirs:
            # Nearly all end here.
            if OSA.distance(one, blur(other), score_cutoff=1) > 1 and not _has_same_end(value, other):
                continue
            likeness = compare_written(value, other)
            if likeness is not None:
                found.append((value, other, likeness))
    return tuple(found)


def _has_same_end(left: str, right: str) -> bool:
    """Whether two telephone numbers are the same digits in the plans of the U.S. and Mexico, or one value is the last
    eight signs of a VIN, as police note it down.
    """
    if len(left) == len(right):
        return False
    if left[0] == right[0] == "+":
        return _dial(left) == _dial(right)
    short, whole = sorted((left, right), key=len)
    return len(short) == _TAIL and len(whole) == _WHOLE_VIN and whole.endswith(short)


def _is_letter_for_letter(left: str, right: str) -> bool:
    """Whether a letter stands where another letter does: `BXUK` and `BXVK` are two series, not one misread."""
    return any(a != b and a.isalpha() and b.isalpha() for a, b in zip(left, right, strict=True))


def _are_neighbours(left: str, right: str) -> bool:
    """Whether only one run of digits differs, by so little that both numbers were given out one after the other, or
    only the last letter does, as in plates of one series.
    """
    if left[:-1] == right[:-1] and left[-1].isalpha() and right[-1].isalpha():
        return True
    ours, theirs = _RUNS.split(left), _RUNS.split(right)
    differ = [(one, other) for one, other in zip(ours, theirs, strict=False) if one != other]
    if len(ours) != len(theirs) or len(differ) != 1:
        return False
    one, other = differ[0]
    return one.isdigit() and other.isdigit() and len(one) == len(other) and abs(int(one) - int(other)) <= _SERIES
