"""The normal form of each kind of identifier: two spellings of one number become equal, two numbers never do.

`None` means that the text holds no whole number of that kind; it is then simply no identifier. Check digits are not
looked at here.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from processors.reference import Reference
from processors.reference.phones import read_phone
from streams.reports import IdentifierKind

__all__ = ["FORMS", "Form", "normalise"]

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_PARTIAL = re.compile(r"[?*…]")
"""Signs that stand for what could not be read: ???4107 is no serial."""


class Form(NamedTuple):
    """How a kind is written: `sign` matches the normal form; `digit`: a value without a digit is none."""

    sign: re.Pattern[str]
    digit: bool


FORMS: Mapping[IdentifierKind, Form] = {
    # Shorter plates are pieces of plates more often than vanity plates.
    "plate": Form(re.compile(r"[A-Z0-9]{4,12}"), digit=False),
    # 17 signs since 1981 (49 CFR 565, NOM-131-SCFI); older and foreign ones are shorter.
    "vin": Form(re.compile(r"[A-Z0-9]{8,17}"), digit=True),
    "serial": Form(re.compile(r"[A-Z0-9]{3,32}"), digit=True),
    # RENAPO: sign 17 is a digit for people born before 2000, a letter after.
    "curp": Form(re.compile(r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d"), digit=True),
    "passport": Form(re.compile(r"[A-Z0-9]{6,12}"), digit=True),
    # Base58 tells capitals from small letters, so a wallet stays as written.
    "wallet": Form(re.compile(r"[A-Za-z0-9:]{20,128}"), digit=False),
    "docket": Form(re.compile(r"[A-Z0-9/.:()&_-]{4,128}"), digit=True),
    # 3GPP TS 23.003: 14 digits name the device; a check digit or two digits of software version may follow.
    "imei": Form(re.compile(r"\d{14}"), digit=True),
    "phone": Form(re.compile(r"\+\d{8,15}"), digit=True),
}


def normalise(kind: IdentifierKind, written: str, country: str, reference: Reference) -> str | None:
    """The normal form of `written`, or None; `country` (ISO 3166) reads telephone numbers without a prefix.

    plate, vin, serial, curp, passport: letters and digits in capitals without accents; docket: capitals without white
    space; wallet: as written; imei: its first 14 digits; phone: E.164.
    """
    if _PARTIAL.search(written) or reference.placeholders.stands_for_none(written):
        return None
    value = _reduce(kind, written, country)
    form = FORMS[kind]
    if value is None or not form.sign.fullmatch(value) or (form.digit and not any(map(str.isdigit, value))):
        return None
    # 00000, XXXX-XXX: a field that was filled in order not to be empty.
    letters = set(filter(str.isalnum, value))
    return value if len(letters) > 1 else None


def _reduce(kind: IdentifierKind, written: str, country: str) -> str | None:
    if kind == "phone":
        return read_phone(written, country)
    if kind == "wallet":
        return written.strip()
    plain = _capitals(written)
    if kind == "docket":
        return "".join(plain.split())
    kept = "".join(sign for sign in plain if sign.isalnum())
    if kind == "imei":
        return kept[:14] if kept.isdigit() and 14 <= len(kept) <= 16 else None
    return kept


def _capitals(written: str) -> str:
    # Compatibility forms (full-width digits) and accents go; another alphabet stays and then fits no form.
    decomposed = unicodedata.normalize("NFKD", written.translate(_DASHES)).upper()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
