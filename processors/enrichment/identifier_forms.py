"""The normal form of each kind of identifier: two spellings of one number become equal, two numbers never do.

`None` means that the text holds no whole number of that kind; it is then simply no identifier. Check digits are not
looked at here (`processors.reference.check_digits`): a number that was misread is still the number that was written.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from processors.reference import Reference
from processors.reference.check_digits import is_nobodys
from processors.reference.phones import read_phone
from processors.reference.wallets import read_wallet
from streams.reports import IdentifierKind

__all__ = ["FORMS", "Form", "normalise"]

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


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
    # SAT: three letters of a company or four of a person (Ñ and & among them), a date, three signs.
    "rfc": Form(re.compile(r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}"), digit=True),
    "passport": Form(re.compile(r"[A-Z0-9]{6,12}"), digit=True),
    # The number printed in red on a U.S. visa, or the control number.
    "visa": Form(re.compile(r"[A-Z0-9]{8,14}"), digit=True),
    "clabe": Form(re.compile(r"\d{18}"), digit=True),
    # ISO 13616.
    "iban": Form(re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}"), digit=True),
    # Base58 tells capitals from small letters, so most wallets stay as written.
    "wallet": Form(re.compile(r"[A-Za-z0-9:]{20,128}"), digit=False),
    "docket": Form(re.compile(r"[A-Z0-9/.:()&_-]{4,128}"), digit=True),
    # ISO 6346: owner, category (U, J or Z), serial number, check digit.
    "container": Form(re.compile(r"[A-Z]{3}[UJZ]\d{7}"), digit=True),
    # ICAO Annex 7: N12345 and N123AB (U.S.), XA-, XB- and XC-ABC (Mexico), HK-4321 and others.
    "aircraft": Form(
        re.compile(r"N[1-9]\d{0,4}|N[1-9]\d{0,3}[A-Z]|N[1-9]\d{0,2}[A-Z]{2}|(?!N)[A-Z0-9]{4,7}"), digit=False
    ),
    # IMO number, or a registration: state, number and letters (33 CFR 173.27); in Mexico the port's.
    "vessel": Form(re.compile(r"IMO\d{7}|(?!IMO)[A-Z0-9]{5,16}"), digit=True),
    # 3GPP TS 23.003: 14 digits name the device; a check digit or two digits of software version may follow.
    "imei": Form(re.compile(r"\d{14}"), digit=True),
    "phone": Form(re.compile(r"\+\d{8,15}"), digit=True),
}


# A serial is read as an identifier and as part of a firearm.
@lru_cache(maxsize=4_096)
def normalise(kind: IdentifierKind, written: str, country: str, reference: Reference) -> str | None:
    """The normal form of `written`, or None; `country` (ISO 3166) reads telephone numbers without a prefix.

    Letters and digits in capitals without accents (rfc: with Ñ and &), but docket: capitals without white space;
    wallet: as written, or in small letters where capitals tell nothing; imei: its first 14 digits; phone: E.164.
    What is nobody's (a generic RFC or CURP, 123 456 7890) is no identifier, nor is a serial that is a model or calibre.
    """
    if "?" in written or "*" in written or "…" in written or reference.placeholders.stands_for_none(written):
        # Signs that stand for what could not be read: ???4107 is no serial.
        return None
    value = _reduce(kind, written, country)
    form = FORMS[kind]
    if value is None or not form.sign.fullmatch(value) or (form.digit and not _has_digit(value)):
        return None
    if is_nobodys(kind, value) or (kind == "serial" and _is_model(written, value, reference)):
        return None
    # 00000, XXXX-XXX: a field that was filled in order not to be empty.
    signs = value if value.isalnum() else "".join(filter(str.isalnum, value))
    return value if signs and signs.count(signs[0]) < len(signs) else None


def _has_digit(value: str) -> bool:
    # Letters and digits alone are told by two calls.
    return not value.isalpha() if value.isalnum() else any(map(str.isdigit, value))


def _reduce(kind: IdentifierKind, written: str, country: str) -> str | None:
    if kind == "phone":
        return read_phone(written, country)
    if kind == "wallet":
        wallet = read_wallet(written.strip())
        return written.strip() if wallet is None else wallet.value
    if kind == "rfc":
        return "".join(sign for sign in unicodedata.normalize("NFC", written).upper() if sign.isalnum() or sign == "&")
    plain = _capitals(written)
    if kind == "docket":
        return "".join(plain.split())
    kept = plain if plain.isalnum() else "".join(filter(str.isalnum, plain))
    if kind == "imei":
        return kept[:14] if kept.isdigit() and 14 <= len(kept) <= 16 else None
    return kept


def _is_model(written: str, value: str, reference: Reference) -> bool:
    """Whether what stands for a serial says what gun it is: AR-15, GLOCK 19, 9MM, .45 ACP, 1911."""
    firearms = reference.firearms
    if firearms.read_calibre(written) or value in _MODELS_ONLY:
        return True
    if _JOINED_CALIBRE.search(written) and firearms.read_calibre(_JOINED_CALIBRE.sub(r"\1 \2", written)):
        return True
    maker = firearms.read_make(written)
    return firearms.read_model(written, maker.make if maker is not None else None) is not None


_JOINED_CALIBRE = re.compile(r"(\d)([A-Za-z])")
_MODELS_ONLY = frozenset({"1911", "P80", "G19", "G17", "G43"})
"""Models that a text must not be read for, without a maker beside them."""


def _capitals(written: str) -> str:
    if written.isascii():
        return written.upper()
    # Compatibility forms (full-width digits) and accents go; another alphabet stays and then fits no form.
    decomposed = unicodedata.normalize("NFKD", written.translate(_DASHES)).upper()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
