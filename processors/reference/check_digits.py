"""Whether the check digits of an identifier hold; the only file that knows python-stdnum.

vininfo is left aside: its check digit is five lines, and of its tables of makers and plants nothing is needed here.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from stdnum import iban, imo, iso6346, luhn
from stdnum.exceptions import ValidationError
from stdnum.mx import curp, rfc

from processors.reference.wallets import read_wallet

__all__ = ["CHECKED_KINDS", "GENERIC_RFCS", "hold_check_digits", "is_nobodys", "must_hold_vin"]

GENERIC_RFCS = frozenset({"XAXX010101000", "XEXX010101000"})
"""Nobody's: SAT's for sales to the public at large and to foreigners (Resolución Miscelánea Fiscal, rule 2.7.1.23)."""

_TEST_IMEIS = frozenset({"12345678901234", "01234567890123", "98765432109876", "00499901064000", "35353535353535"})
"""The first 14 digits of what is typed from the keyboard, and of handsets that all have one number."""
_RUN = "01234567890123456789"


def is_nobodys(kind: str, value: str) -> bool:
    """Whether a number in its normal form is nobody's: generic, made for tests, or typed to fill a field.

    A generic CURP is somebody's paper: it stays, and links nothing (`processors.reference.known_hubs`).
    """
    if kind == "rfc":
        return value in GENERIC_RFCS
    if kind == "imei":
        return value in _TEST_IMEIS or len(set(value)) < _FEWEST_SIGNS
    if kind == "phone":
        national = value[-10:]
        return national in _RUN or national in _RUN[::-1] or len(set(national)) < _FEWEST_SIGNS
    if kind == "vin":
        # Half of it zeros or X: what was not read.
        return max(map(value.count, "0X")) * 2 > len(value) and len(value) > _SHORTEST_VIN
    if kind == "serial":
        return len(value.lstrip("0")) < _SHORTEST_SERIAL
    return kind == "docket" and _YEAR.fullmatch(value) is not None


_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST_SERIAL = 2
_FEWEST_SIGNS = 3
_SHORTEST_VIN = 8
_VIN_VALUES: Mapping[str, int] = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def must_hold_vin(vin: str) -> bool:
    """Whether a VIN is of North America, where the check digit is mandatory (49 CFR 565.15, NOM-131-SCFI): by ISO 3780
    its first sign is 1 to 5, or its first two are 7F to 70.
    """
    return len(vin) == 17 and (vin[0] in "12345" or (vin[0] == "7" and vin[1] in "FGHJKLMNPRSTUVWXYZ1234567890"))


def _check_vin(value: str) -> bool | None:
    if not must_hold_vin(value):
        return None
    if not _VIN_VALUES.keys() >= set(value):
        return False
    total = sum(_VIN_VALUES[sign] * weight for sign, weight in zip(value, _VIN_WEIGHTS, strict=True))
    return value[8] == "0123456789X"[total % 11]


def _check_curp(value: str) -> bool | None:
    if value[10] == "X":
        # python-stdnum knows no X, which RENAPO has given since 2023; everything else is looked at as in others.
        return value[-1] == curp.calc_check_digit(value) and curp.is_valid(
            f"{value[:10]}H{value[11:]}", validate_check_digits=False
        )
    return curp.is_valid(value)


def _check_rfc(value: str) -> bool | None:
    return len(value) >= 12 and rfc.is_valid(value, validate_check_digits=True)


def _check_clabe(value: str) -> bool | None:
    """Banco de México, Circular 3/2012, annex on the CLABE: weights 3, 7, 1, each product modulo 10."""
    if len(value) != 18 or not value.isdecimal():
        return False
    total = sum(int(digit) * weight % 10 for digit, weight in zip(value[:17], (3, 7, 1) * 6, strict=False))
    return int(value[17]) == -total % 10


def _check_imei(written: str) -> bool | None:
    digits = "".join(filter(str.isdecimal, written))
    # Without its 15th digit, or with a software version instead, an IMEI has none (3GPP TS 23.003, 6.2).
    return luhn.is_valid(digits) if len(digits) == 15 else None


def _check_vessel(value: str) -> bool | None:
    return imo.is_valid(value) if value.startswith("IMO") else None


def _check_wallet(written: str) -> bool | None:
    found = read_wallet(written.strip())
    if found is not None:
        return found.checked
    # Base58 leaves out 0, O, I and l, which are easily misread: an address with one of them is wrong.
    return None if read_wallet(written.strip().translate(_NOT_BASE58)) is None else False


_NOT_BASE58 = str.maketrans("0OIl", "1111")


_OF_VALUE: Mapping[str, Callable[[str], bool | None]] = {
    "vin": _check_vin,
    "curp": _check_curp,
    "rfc": _check_rfc,
    "clabe": _check_clabe,
    "iban": partial(iban.is_valid, check_country=False),
    "container": iso6346.is_valid,
    "vessel": _check_vessel,
}
# The check digit of an IMEI and the capitals of an ETH address are no part of the value.
_OF_WRITTEN: Mapping[str, Callable[[str], bool | None]] = {"imei": _check_imei, "wallet": _check_wallet}
CHECKED_KINDS = _OF_VALUE.keys() | _OF_WRITTEN.keys()
"""Kinds of which some numbers have check digits."""


@lru_cache(maxsize=16_384)
def hold_check_digits(kind: str, value: str, written: str) -> bool | None:
    """Whether the check digits of `value` (normal form) hold, `written` being how the record has it; None where its
    kind, form or issuer knows none.
    """
    try:
        if kind in _OF_WRITTEN:
            return _OF_WRITTEN[kind](written)
        return _OF_VALUE[kind](value) if kind in _OF_VALUE else None
    except (ValidationError, ValueError, IndexError):
        return False
