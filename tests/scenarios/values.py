"""Invented numbers in the form of real ones, their check digits right, each handed out once; and how they are written.

Two numbers of one kind stay apart even where signs that look alike are read as one, so that only bait and errors make
them meet.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256

from deploy.demo.story.numbers import PhoneLine, make_clabe, make_vin, write_phone
from tests.scenarios.draw import Draw
from tests.scenarios.reading import bare_form, fold_alike

__all__ = ["MX_SERIES", "Mint", "spell_phone", "spell_plate", "spell_serial", "spell_vin"]

CONSONANTS = "BCDFGHJKLMNPRSTVWXYZ"
MX_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
DIGITS = "0123456789"
_VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_US_AREAS = (
    "956", "361", "830", "210", "512", "915", "432", "520", "602", "480", "928", "619", "760", "858", "442", "714",
    "213", "310", "323", "505", "575", "713", "281", "832", "214", "469", "817", "972", "806", "325", "979", "254",
)  # fmt: skip
_MX_AREAS = (
    "867", "868", "899", "878", "826", "818", "656", "614", "639", "631", "662", "645", "686", "653", "664", "665",
    "667", "668", "669", "687", "694", "834", "833", "844", "871", "618", "333", "443", "722", "222",
)  # fmt: skip
# The first two letters of series that lie within the state's own (processors/reference/data/plates.yaml).
MX_SERIES = {
    "Tamaulipas": ("XA", "XB", "XD", "XF", "XH", "XK", "XM", "XP"),
    "Nuevo León": ("RL", "RN", "RT", "SA", "SD", "SK", "SR", "TB"),
    "Coahuila": ("EV", "EZ", "FB", "FD", "FH", "FM"),
    "Chihuahua": ("DV", "DZ", "EA", "EC", "EH", "EM"),
    "Sonora": ("VU", "VZ", "WA", "WC", "WF", "WJ"),
    "Baja California": ("AH", "AN", "BB", "BK", "BT", "CD"),
    "Sinaloa": ("VG", "VJ", "VL", "VN", "VR"),
}
_SERIALS: tuple[Callable[[Draw], str], ...] = (
    lambda draw: draw.signs(CONSONANTS, 4) + draw.signs(DIGITS, 3),
    lambda draw: draw.signs(CONSONANTS, 3) + draw.signs(DIGITS, 5),
    lambda draw: draw.signs(CONSONANTS, 2) + draw.signs(DIGITS, 6),
    lambda draw: draw.signs(CONSONANTS, 1) + draw.signs(DIGITS, 7),
    lambda draw: draw.signs(DIGITS, 4) + draw.signs(CONSONANTS, 2) + draw.signs(DIGITS, 3),
)


_WORKING = frozenset({"1212", "4334"})
"""The two lines behind 555 that somebody answers (ATIS-0300048, NANPA)."""


def _slips_of(digits: str) -> Iterator[str]:
    """What one wrong digit, or two neighbours exchanged, make of a number; its 555 is never mistaken."""
    for at in (0, 1, 2, 6, 7, 8, 9):
        for other in DIGITS:
            if other != digits[at]:
                yield digits[:at] + other + digits[at + 1 :]
        if at < 9:
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _container(stem: str) -> str:
    """ISO 6346: letters count 10 to 38 without the multiples of 11."""
    values = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
    total = sum((values[s] if s.isalpha() else int(s)) << at for at, s in enumerate(stem))
    return f"{stem}{total % 11 % 10}"


def _tron(payload: bytes) -> str:
    raw = b"\x41" + payload
    number = int.from_bytes(raw + sha256(sha256(raw).digest()).digest()[:4], "big")
    signs = ""
    while number:
        number, rest = divmod(number, 58)
        signs = _BASE58[rest] + signs
    return signs


class Mint:
    """Makes numbers; none comes twice."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._taken: set[str] = set()

    def _new(self, kind: str, make: Callable[[], str]) -> str:
        while True:
            value = make()
            folded = f"{kind} {fold_alike(value)}"
            if folded not in self._taken:
                self._taken.add(folded)
                return value

    def is_taken(self, kind: str, written: str) -> bool:
        """Whether a written number may be read as one that somebody has."""
        value = bare_form(kind, written)
        return value is not None and f"{kind} {fold_alike(value)}" in self._taken

    def claim(self, kind: str, value: str) -> bool:
        """Take a number that was made elsewhere; False if it is taken."""
        folded = f"{kind} {fold_alike(value)}"
        free = folded not in self._taken
        self._taken.add(folded)
        return free

    def plate(self, state: str) -> str:
        """A plate of a Mexican state, or of Texas, California or Arizona, letters and digits alone."""
        draw = self._draw
        if state in MX_SERIES:
            return self._new("plate", lambda: f"{draw.pick(MX_SERIES[state])}{draw.pick(MX_LETTERS)}"
                             f"{draw.signs(DIGITS, 3)}{draw.pick(MX_LETTERS)}")  # fmt: skip
        if state == "California":
            return self._new("plate", lambda: f"{draw.number(6, 9)}{draw.signs(CONSONANTS, 3)}{draw.signs(DIGITS, 3)}")
        return self._new("plate", lambda: draw.signs(CONSONANTS, 3) + draw.signs(DIGITS, 4))

    def vin(self, first_eight: str) -> str:
        """A VIN whose check digit holds."""
        draw = self._draw
        return self._new("vin", lambda: make_vin(
            first_eight, draw.pick("FGHJKLMNPR") + draw.pick(_VIN_SIGNS) + draw.signs(DIGITS, 6)
        ))  # fmt: skip

    def serial(self) -> str:
        """A firearm's serial of 7 to 9 signs."""
        style = self._draw.pick(_SERIALS)
        return self._new("serial", lambda: style(self._draw))

    def phone(self, country: str) -> PhoneLine:
        """A line whose middle digits are 555, one slip of the finger or more from every other while there is room."""
        draw, areas = self._draw, _US_AREAS if country == "US" else _MX_AREAS
        for attempt in range(200):
            area = draw.pick(areas) if attempt < 60 else str(draw.number(210, 989))
            line = draw.signs(DIGITS, 4)
            digits = f"{area}555{line}"
            if line in _WORKING or (attempt < 30 and any(f"phone {near}" in self._taken for near in _slips_of(digits))):
                continue
            if self.claim("phone", digits):
                return PhoneLine(country, digits)
        raise ValueError("There are no telephone numbers left: make a smaller scenario.")

    def passport(self, country: str) -> str:
        """Mexico: a letter and eight digits; the United States: nine digits."""
        draw = self._draw
        lead = "G" if country == "MX" else draw.pick("456")
        return self._new("passport", lambda: lead + draw.signs(DIGITS, 8))

    def imei(self) -> str:
        """Fifteen digits, the last one checked."""
        stem = self._new("imei", lambda: "35" + self._draw.signs(DIGITS, 12))
        return stem + _luhn(stem)

    def clabe(self) -> str:
        """A Mexican bank account of a bank code that nobody has (555)."""
        return make_clabe(self._new("clabe", lambda: "555" + self._draw.signs(DIGITS, 14)))

    def wallet(self) -> str:
        """A TRON address whose checksum holds; nobody knows a key to it."""
        return self._new("wallet", lambda: _tron(bytes(self._draw.number(0, 255) for _ in range(20))))

    def container(self) -> str:
        """An ISO 6346 number of an owner that does not exist."""
        return self._new("container", lambda: _container("ZZF" + "U" + self._draw.signs(DIGITS, 6)))

    def aircraft(self, country: str) -> str:
        """XB-ABC in Mexico, N555AB in the United States."""
        draw = self._draw
        if country == "MX":
            return self._new("aircraft", lambda: f"XB-{draw.signs(CONSONANTS, 3)}")
        return self._new("aircraft", lambda: f"N{draw.number(100, 999)}{draw.signs(CONSONANTS, 2)}")

    def vessel(self) -> str:
        """A small boat's registration in Texas."""
        return self._new("vessel", lambda: f"TX{self._draw.signs(DIGITS, 4)}{self._draw.signs(CONSONANTS, 2)}")

    def docket(self, country: str, year: int) -> str:
        """The number of a case: a county court's in Texas, a carpeta de investigación in Mexico."""
        draw = self._draw
        if country == "US":
            return self._new("docket", lambda: f"{year}-CR{draw.pick('BHKMT')}-{draw.number(1, 999999):06}-"
                             f"D{draw.number(1, 4)}")  # fmt: skip
        state = draw.pick(("TAMPS/NLD", "TAMPS/REY", "NL/MTY", "COAH/PN", "CHIH/JUA", "SON/NOG", "BC/TIJ", "SIN/CLN"))
        return self._new("docket", lambda: f"FED/{state}/{draw.number(1, 9999999):07}/{year}")


def spell_plate(draw: Draw, plate: str) -> str:
    """XGT482C, XGT-482-C, xgt 482 c."""
    runs = [plate[:3], plate[3:6], plate[6:]] if plate[-1].isalpha() else [plate[:3], plate[3:]]
    if plate[0].isdigit():
        runs = [plate[:4], plate[4:]]
    style = draw.number(0, 5)
    return plate if style < 2 else "-".join(runs) if style < 4 else " ".join(runs) if style == 4 else plate.lower()


def spell_vin(draw: Draw, vin: str) -> str:
    """In capitals, mostly."""
    return vin.lower() if draw.chance(0.1) else vin


def spell_serial(draw: Draw, serial: str) -> str:
    """KFX41075, KFX-41075, KFX 41075."""
    cut = next((at for at in range(1, len(serial)) if serial[at].isdigit() != serial[at - 1].isdigit()), 3)
    return serial if draw.chance(0.6) else serial[:cut] + draw.pick("- ") + serial[cut:]


_STYLES = {
    "US": ("e164", "spaced", "dashed", "hyphens", "dots", "brackets", "plain", "trunk_us"),
    "MX": ("e164", "spaced", "old_mobile", "local", "plain", "trunk_mx"),
}
_WITH_PREFIX = frozenset({"e164", "spaced", "dashed", "old_mobile"})


def spell_phone(draw: Draw, line: PhoneLine) -> tuple[str, str | None]:
    """One of the ways in which people write it, and the country that must stand beside it to read it."""
    style = draw.pick(_STYLES[line.country])
    return write_phone(line, style), None if style in _WITH_PREFIX else line.country
