"""Invented numbers in the form of real ones: VINs and CURPs with true check digits, phones of the 555 ranges."""

from dataclasses import dataclass

from deploy.demo.story.marks import Json, hub, mark

__all__ = ["PhoneLine", "make_clabe", "make_curp", "make_vin", "phone", "tip_line"]

_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CURP_SIGNS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def make_vin(first_eight: str, last_eight: str) -> str:
    """A 17-character VIN with its check digit in place nine (49 CFR 565.15)."""
    blank = f"{first_eight}0{last_eight}"
    total = sum(w * (int(s) if s.isdigit() else _VIN_VALUES[s]) for s, w in zip(blank, _VIN_WEIGHTS, strict=True))
    return f"{first_eight}{'0123456789X'[total % 11]}{last_eight}"


def _inner(word: str, signs: str) -> str:
    return next((sign for sign in word[1:] if sign in signs), "X")


def make_curp(given: str, paternal: str, maternal: str, born: str, sex: str, state: str) -> str:
    """A CURP of 18 characters (RENAPO's rules): capitals without accents, `born` YYYY-MM-DD before 2000, sex H or M."""
    vowels, consonants = "AEIOU", "BCDFGHJKLMNPQRSTVWXYZ"
    head = paternal[0] + _inner(paternal, vowels) + maternal[0] + given[0]
    tail = "".join(_inner(word, consonants) for word in (paternal, maternal, given))
    stem = f"{head}{born[2:4]}{born[5:7]}{born[8:10]}{sex}{state}{tail}0"
    total = sum(_CURP_SIGNS.index(sign) * (18 - place) for place, sign in enumerate(stem))
    return f"{stem}{-total % 10}"


def make_clabe(first_seventeen: str) -> str:
    """An 18-digit CLABE with its check digit."""
    total = sum(int(digit) * weight % 10 for digit, weight in zip(first_seventeen, (3, 7, 1) * 6, strict=False))
    return f"{first_seventeen}{-total % 10}"


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """An invented telephone line: country and ten national digits, of which the middle three are 555."""

    country: str
    digits: str

    @property
    def e164(self) -> str:
        """The number in E.164."""
        return f"+{'1' if self.country == 'US' else '52'}{self.digits}"


_STYLES = {
    # with the country's prefix: nothing else is needed to read them
    "e164": "{e164}",
    "spaced": "+{cc} {a} {b} {c}",
    "dashed": "+{cc}-{a}-{b}-{c}",
    "old_mobile": "+52 1 {a} {b} {c}",  # Mexico's mobile prefix until 2019; still written
    # without: the country field reads them
    "local": "{a} {b} {c}",
    "hyphens": "{a}-{b}-{c}",
    "dots": "{a}.{b}.{c}",
    "brackets": "({a}) {b}-{c}",
    "plain": "{a}{b}{c}",
    "trunk_us": "1-{a}-{b}-{c}",
    "trunk_mx": "01 {a} {b} {c}",  # Mexico's trunk prefix until 2019
    "dialled_us": "011 52 {a} {b} {c}",  # a Mexican number as dialled in the United States
}
_WITH_PREFIX = {"e164", "spaced", "dashed", "old_mobile"}


def write_phone(line: PhoneLine, style: str) -> str:
    """The number in one of the ways people write it."""
    cc = "1" if line.country == "US" else "52"
    return _STYLES[style].format(e164=line.e164, cc=cc, a=line.digits[:3], b=line.digits[3:6], c=line.digits[6:])


def phone(line: PhoneLine, style: str, role: str | None = None) -> Json:
    """A phone of the contract; the country stands beside a number that has no prefix."""
    found: Json = {"number": mark("phone", line.e164, write_phone(line, style))}
    if style == "dialled_us":
        found["country"] = "US"
    elif style not in _WITH_PREFIX:
        found["country"] = line.country
    if role:
        found["role"] = role
    return found


_TIP = PhoneLine("US", "9565550100")


def tip_line(style: str) -> Json:
    """The public tip line that stands in many unrelated reports: bait."""
    found: Json = {"number": hub("phone", _TIP.e164, write_phone(_TIP, style)), "role": "contact"}
    if style not in _WITH_PREFIX:
        found["country"] = "US"
    return found
