"""Telephone numbers in E.164, by Google's numbering plans; the only file that knows the library."""

import re
from functools import lru_cache
from importlib import metadata

import phonenumbers

__all__ = ["PHONES_VERSION", "is_assigned", "read_phone"]

PHONES_VERSION = metadata.version("phonenumbers")
"""Release of the numbering plans; part of the reference version."""

# Before August 2019 Mexico dialled 01 (trunk), 044 and 045 (mobile) and wrote +52 1; the plans have dropped them, and
# records still carry them (IFT, Plan Técnico Fundamental de Numeración, DOF 11 May 2018).
_OLD_MEXICAN = re.compile(r"\+52(?:01|044|045|1)(\d{10})")


@lru_cache(maxsize=65_536)
def read_phone(written: str, country: str) -> str | None:
    """E.164 of a number as written, `country` (ISO 3166) reading one without a prefix; extensions are left out.

    None for what is no full number: local numbers without area code, service numbers, too many digits, one digit
    repeated, two numbers in one field. Cached: 14 us otherwise.
    """
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if old := _OLD_MEXICAN.fullmatch(found):
        found = f"+52{old[1]}"
        number = phonenumbers.parse(found)
    full = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    national = found.removeprefix(f"+{number.country_code}")
    return found if full and len(set(national)) > 1 else None


@lru_cache(maxsize=65_536)
def is_assigned(number: str, country: str | None = None) -> bool:
    """Whether the numbering plan of `country`, or of any, has such an E.164 number in use: area codes and all."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    if country is None:
        return phonenumbers.is_valid_number(parsed)
    return phonenumbers.is_valid_number_for_region(parsed, country)
