"""How alike two words of a name are: the same, a familiar form, an initial, the same sound, or a slip of the pen."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from processors.reference.person_names import GivenName, default_person_names

__all__ = ["Likeness", "given_forms", "like", "sound"]


class Likeness(NamedTuple):
    """`score` 0..1; `how` is the analyst's word for it; empty where the two are different."""

    score: float
    how: str


SAME = Likeness(1.0, "the same")
DIFFERENT = Likeness(0.0, "")
_SHORT_FORM = Likeness(0.93, "a familiar form")
_OTHER_LANGUAGE = Likeness(0.85, "the same name in another language or spelling")
_SOUND = Likeness(0.95, "the same sound in Spanish")
_INITIAL = Likeness(0.75, "an initial")
_CUT_OFF = Likeness(0.82, "cut short")

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"ph", "f"),
        (r"(?:ch|sh|tch)", "ç"),
        (r"th", "t"),
        (r"^hu(?=[aei])|^w(?=[aeiou])|g[uü](?=a)", "ġ"),  # Huadalupe, Wadalupe, Guadalupe
        (r"qu(?=[ei])|ck|c(?=[^eiyç]|$)|q", "k"),
        (r"gu(?=[ei])", "ğ"),
        (r"g(?=[ei])|x", "j"),
        (r"ğ", "g"),
        (r"[zç]?c(?=[eiy])|z", "s"),
        (r"(?:ll|y)(?=[aeiou])|^hi(?=[aeou])", "ỳ"),
        (r"y", "i"),
        (r"h", ""),
        (r"v", "b"),
        (r"[mn](?=[bp])", "m"),
        (r"(.)\1+", r"\1"),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_PATRONYMIC = re.compile(r"[a-z]{0,2}(?:[oe]v[iy]ch|ovna|evna|ivna)")
_WORTH_SOUNDING = 4
"""Letters from which an equal sound says something; Kim and Qim are another matter."""


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The word as it sounds in Mexican Spanish: b and v, s, c and z, ll and y, g, j and x are one, h is silent."""
    for pattern, spelling in _SOUNDS:
        word = pattern.sub(spelling, word)
    return word


@cache
def _forms() -> tuple[dict[str, GivenName], frozenset[str]]:
    names = default_person_names()
    return names.given, names.surnames


def given_forms(word: str) -> frozenset[str]:
    """The full names that a given name may stand for, itself included."""
    name = _forms()[0].get(word)
    return frozenset({word}) if name is None else frozenset({word, *name.short_for, *name.variant_of})


@lru_cache(maxsize=262_144)
def like(left: str, right: str) -> Likeness:
    """How alike two folded words are. Symmetric. Two known names that differ are different, however near."""
    if left == right:
        return SAME
    if right < left:
        left, right = right, left
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) == 1:
        return _INITIAL if long[0] == short else DIFFERENT
    given, surnames = _forms()
    one, other = given.get(left), given.get(right)
    if one is not None or other is not None:
        found = _related(left, one, right, other)
        if found is not None:
            return found
    if _gendered(short, long):
        return DIFFERENT
    if sound(left) == sound(right) and (len(short) >= _WORTH_SOUNDING or _undouble(left) == _undouble(right)):
        return _SOUND
    if _PATRONYMIC.fullmatch(long, len(short) - 1) and long.startswith(short[:-1]):
        # Oleksandrovych is the son of an Oleksandr.
        return DIFFERENT
    if (one is not None and other is not None) or (left in surnames and right in surnames):
        return DIFFERENT
    # Two known words of any kind, Martin and Martinez, are no slip of the pen either.
    known = one is not None or left in surnames, other is not None or right in surnames
    return DIFFERENT if all(known) else _slips(short, long, any(known))


def _related(left: str, one: GivenName | None, right: str, other: GivenName | None) -> Likeness | None:
    short_left = one.short_for if one is not None else frozenset[str]()
    short_right = other.short_for if other is not None else frozenset[str]()
    if right in short_left or left in short_right:
        return _SHORT_FORM
    alike_left = one.variant_of if one is not None else frozenset[str]()
    alike_right = other.variant_of if other is not None else frozenset[str]()
    if right in alike_left or left in alike_right:
        return _OTHER_LANGUAGE
    # Pancho and Paco, both Francisco; Mike and Miguel over Michael are listed outright.
    if not short_left.isdisjoint(short_right):
        return _OTHER_LANGUAGE
    return None


def _gendered(short: str, long: str) -> bool:
    """Mario and Maria, Luis and Luisa, Angel and Angela: one letter, another person."""
    if len(short) == len(long):
        return short[:-1] == long[:-1] and {short[-1], long[-1]} == {"a", "o"}
    return len(long) == len(short) + 1 and long[-1] == "a" and long[:-1] == short and short[-1] not in "aeiou"


def _slips(short: str, long: str, is_known: bool) -> Likeness:
    """`is_known`: one of the two is a common name. Then the other is rather a rarer name than that one misspelt
    (Menendez beside Mendez, Lunn beside Luna), unless only a letter of a longer word differs or two changed places.
    """
    length = len(long)
    if length < _WORTH_SOUNDING or (is_known and length == _WORTH_SOUNDING and sorted(short) != sorted(long)):
        return DIFFERENT
    if len(short) > _WORTH_SOUNDING and length - len(short) >= 3 and long.startswith(short):
        return _CUT_OFF
    allowed = 1 if length < (10 if is_known else 8) else 2
    found = OSA.distance(short, long, score_cutoff=allowed)
    if found > allowed:
        # A scanner reads rn for m and cl for d, and that is one slip.
        found = OSA.distance(_seen(short), _seen(long), score_cutoff=allowed)
    if found > allowed:
        return DIFFERENT
    # A name's first letter is the one that is seldom mistaken.
    cost = 0.6 * found / length + (0.08 if short[0] != long[0] else 0.0)
    return Likeness(0.96 - cost, "one letter apart" if found <= 1 else f"{found} letters apart")


def _undouble(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _seen(word: str) -> str:
    return word.replace("rn", "m").replace("vv", "w").replace("cl", "d")
