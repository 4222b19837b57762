"""Identifiers that need no word beside them: their check digits, or their form, are word enough."""

import re
from collections.abc import Iterator

from processors.extraction.identifiers.found import FoundIdentifier
from processors.extraction.identifiers.people import make_checked
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.check_digits import hold_check_digits
from processors.reference.wallets import read_wallet

__all__ = ["find_bare", "read_email", "read_url"]

_LONG = re.compile(r"(?<![^\W_])[^\W_]{11,64}(?![^\W_])")
_SPLIT_RFC = re.compile(r"(?<![\w&-])[A-ZÑ&]{3,4}-?\d{6}-?[A-Z0-9]{3}(?![\w-])")
_DIGIT = re.compile(r"\d")
_WALLET_WORD = re.compile(
    r"wallet|billetera|cartera|monedero|ethereum|\beth\b|usdt|usdc|tether|erc-?20|cripto|crypto|blockchain|direccion|address"
)
_EMAIL = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+-]{0,63}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24}(?![\w@])"
)
_LOCAL_PART = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}$")
_URL = re.compile(
    r"(?:https?://|www\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24}(?::\d{2,5})?(?:[/?#][^\s<>\"'`{}|\\^]*)?"
)
_LAST_DIGITS = 4
_SHORTEST = 11
"""Signs of a container's number."""
_VIN_YEARS = frozenset("ABCDEFGHJKLMNPRSTVWXY123456789")
"""Signs of the model year at place ten (49 CFR 565.15, table VII)."""


def find_bare(text: Text, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """VINs, CURPs, RFCs, IBANs, containers and wallets in one piece whose check digits hold."""
    raw = text.raw
    done = 0
    # Only what stands around a number: 15 us for 5 kB, where sieving every word takes 40.
    for number in text.number_starts:
        if number < done:
            continue
        first, done = raw.rfind(" ", 0, number) + 1, raw.find(" ", number)
        if done < 0:
            done = len(raw)
        if done - first < _SHORTEST:
            continue
        position = first
        for piece in raw[first:done].split():
            position = raw.index(piece, position)
            if len(piece) >= _SHORTEST and _DIGIT.search(piece) is not None and "://" not in piece:
                yield from _read_piece(text, position, position + len(piece))
            position += len(piece)


def _read_piece(text: Text, first: int, last: int) -> Iterator[FoundIdentifier]:
    for found in _LONG.finditer(text.raw, first, last):
        start, end = found.span()
        made = _read_word(text, start, end)
        if made is not None:
            yield made
    for found in _SPLIT_RFC.finditer(text.raw, first, last):
        if (made := make_checked(text, *found.span(), "rfc", "rfc")) is not None:
            yield made


def _read_word(text: Text, start: int, end: int) -> FoundIdentifier | None:
    word, length = text.raw[start:end], end - start
    made: FoundIdentifier | None = None
    if word == word.upper() and not word.isdecimal():
        if length == 11 and word[3] in "UJZ" and word[:4].isalpha() and word[4:].isdecimal():
            made = make_checked(text, start, end, "container", "container")
        elif length == 17:
            made = _make_vin(text, start, end)
        elif length == 18 and word[:4].isalpha():
            made = make_checked(text, start, end, "curp", "curp")
        if made is None and 15 <= length <= 34 and word[:2].isalpha() and word[2:4].isdecimal():
            made = make_checked(text, start, end, "iban", "iban")
    return _make_wallet(text, start, end) if made is None and length >= 26 else made


def _make_vin(text: Text, start: int, end: int) -> FoundIdentifier | None:
    """Beyond the check digit, which one in eleven random words has, a VIN has a model year and ends in digits."""
    word = text.raw[start:end]
    if not word[-_LAST_DIGITS:].isdecimal() or word[9] not in _VIN_YEARS:
        return None
    return make_checked(text, start, end, "vin", "vin")


def _make_wallet(text: Text, start: int, end: int) -> FoundIdentifier | None:
    written = text.raw[start:end]
    wallet = read_wallet(written)
    if wallet is None or wallet.checked is False:
        return None
    if wallet.checked is None and not _WALLET_WORD.search(
        text.plain, max(0, start - 60), min(len(text.plain), end + 40)
    ):
        return None
    checked = hold_check_digits("wallet", wallet.value, written)
    return FoundIdentifier(start, end, "wallet", wallet.value, written, "wallet", checked, wallet.network)


def read_email(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """An e-mail address by its form, in small letters."""
    before = _LOCAL_PART.search(text.plain, max(0, start - 64), start)
    found = _EMAIL.match(text.plain, before.start()) if before else None
    if found is not None:
        written = text.raw[found.start() : found.end()]
        if written.isascii():
            yield FoundIdentifier(*found.span(), "email", written.lower(), written, "email")


def read_url(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A web address by its form; the name of the host in small letters, the rest as written."""
    found = _URL.match(text.plain, start)
    if found is None:
        return
    written = text.raw[start : found.end()].rstrip(".,;:!?)]*_")
    host, slash, path = written.partition("/") if written[:3].lower() == "www" else _part_host(written)
    yield FoundIdentifier(start, start + len(written), "url", f"{host.lower()}{slash}{path}", written, "url")


def _part_host(written: str) -> tuple[str, str, str]:
    scheme, _, rest = written.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}", slash, path
