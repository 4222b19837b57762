"""Telephones in texts: numbers of both nations in E.164, and devices by their IMEI."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from processors.extraction.identifiers.found import BRIDGE, FoundIdentifier, is_amount, read_list
from processors.extraction.texts import Text
from processors.reference import Reference
from processors.reference.check_digits import hold_check_digits
from processors.reference.phones import is_assigned, read_phone

__all__ = ["read_imei", "read_international", "read_national", "read_numbered"]

_WINDOW = 60
"""Signs after a word like teléfono in which its number stands ("teléfono de denuncia anónima de la fiscalía: ...")."""
_NATIONAL = re.compile(
    r"(?<![\w$+.,/:-])(?:1[ .-]{1,2})?\(?\d{2,10}\)?(?:[ .-]{1,2}\(?\d{2,8}\)?){0,5}(?![\w/%]|[.,:-]\d)"
)
_INTERNATIONAL = re.compile(r"\+\d{1,3}(?:[ .-]{0,2}\(?\d{1,12}\)?){1,5}(?![\w/%])")
# How the ten digits of a number are grouped; another grouping is a date, an amount or a case number.
_GROUPS = frozenset(
    {(10,), (3, 7), (2, 8), (3, 3, 4), (2, 4, 4), (3, 3, 2, 2), (2, 4, 2, 2), (2, 2, 2, 2, 2), (3, 2, 2, 3), (6, 4)}
)
_PREFIXES = frozenset({"1", "01", "044", "045", "001", "52", "521"})
_MEXICAN = re.compile(r"\bmexic")
_AMERICAN = re.compile(r"\b(?:u\.s\.|american|estadounidense|texan|texas|california|arizona)")
_BARE = re.compile(r"(?<![a-z])(?:al|el|del|su|los|the|this|that|his|her|a)\s$")
_BARE_NUMBER = re.compile(r"(?:numero|number)s?(?: (?:is|es|was))?[ :]{1,2}(?=\(?\d{2,3}\)?[ .-]\d)")
_IMEI = re.compile(r"\d(?:[ -]?\d){14}(?![\d-])")
_OF_ANOTHER = re.compile(
    r"\b(?:series?|serial(?:es)?|s/n|placas?|plates?|matriculas?|vin|niv|chasis|chassis|motor|engine|pasaportes?|passports?"
    r"|visas?|licencias?|licen[cs]es?|cuentas?|accounts?|clabe|iban|tarjetas?|cards?|imei|curp|rfc|nss|ssn|folios?"
    r"|expedientes?|carpetas?|averiguacion|causa|docket|case|caso|oficios?|actas?|boletas?|facturas?|invoices?|recibos?"
    r"|receipts?|tickets?|guias?|tracking|lotes?|lot|batch|contenedor(?:es)?|containers?|sellos?|seals?|badge|registros?"
    r"|registration|permisos?|permits?|polizas?|policy|policies|contratos?|contracts?|codigos?|codes?|zip|cedula"
    r"|credencial(?:es)?|ids?|identificador|modelos?|models?|patente|pedimentos?|vuelo|flight|ordenes|orden|order|page"
    r"|pagina|articulos?|articles?|referencia|reference|wallet|billetera|imo|omi|nuc|ruc|ein|duns|item|sku)\b"
    # "Un celular y la pistola ...": what follows is another thing.
    r"|(?:\b(?:y|e|and|con|with|plus|mas)|,)\s+(?:una?|unos|unas|el|la|los|las|the|an?|its|his|her|sus?|otr[oa]s?"
    r"|another|two|dos|\d+)\s[a-z]"
)
"""Between a word like teléfono and a number: the number is another thing's."""
_PART_OF_PHONE = re.compile(
    r"(?:series?|serial|s/n|imei|model[o]?|folio|pin|codigo|code)\b[^a-z0-9]{0,3}(?:(?:number|numero|no|de|del|of|for|the|el|la"
    r"|un|una|a|su|his|her|telefono|cell|mobile)\b[^a-z0-9]{0,3}){1,5}$"
)
"""Before it, "número de serie del celular": so is this one."""


def read_international(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A telephone number with + and the prefix of a country whose numbering plan has it."""
    if start and (text.plain[start - 1].isalnum() or text.plain[start - 1] == "+"):
        return
    found = _INTERNATIONAL.match(text.plain, start)
    while found is not None:
        written = text.raw[start : found.end()].rstrip(" .-(")
        value = read_phone(written, "ZZ")
        if value is not None and is_assigned(value):
            yield FoundIdentifier(start, start + len(written), "phone", value, written, "phone_prefix")
            return
        # A figure that follows the number is no part of it.
        cut = max(written.rfind(" "), written.rfind("."), written.rfind("-"))
        found = _INTERNATIONAL.fullmatch(text.plain, start, start + cut) if cut > 8 else None


def read_national(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A telephone number of ten digits near a word like teléfono or call, of the one nation that has it in its
    plan; where both have it, of the nation that the text names, else of the publisher's, else both are candidates.
    """
    limit = min(len(text.plain), end + _WINDOW)
    starts = text.number_starts
    at = bisect_left(starts, end)
    if at == len(starts) or starts[at] > limit:
        return
    # A bracket may stand before the first figure.
    for found in _NATIONAL.finditer(text.plain, max(end, starts[at] - 1), min(len(text.plain), limit + 24)):
        if found.start() >= limit:
            return
        groups = tuple(re.findall(r"\d+", found[0]))
        if groups[0] in _PREFIXES and len(groups) > 1:
            prefix, groups = groups[0], groups[1:]
        else:
            prefix = ""
        if tuple(map(len, groups)) not in _GROUPS:
            continue
        digits = "".join(groups)
        if (
            len(set(digits)) > 2
            and not is_amount(text.plain, found.end())
            and not _is_of_another(text.plain, start, end, found.start())
            and (made := _decide(text, found, digits, prefix, start))
        ):
            yield made


def read_numbered(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A telephone number straight after "al número" or "the number", if it is written in a telephone's groups."""
    found = _BARE_NUMBER.match(text.plain, start)
    if found is not None and _BARE.search(text.plain, max(0, start - 5), start):
        for one in read_national(text, start, found.end(), reference):
            if one.start == found.end():
                yield one


def _is_of_another(plain: str, start: int, end: int, number: int) -> bool:
    """Whether the number at `number` is not the telephone's whose word stands at `start`:`end`."""
    # FAX-887-P is a code that begins like a cue.
    is_code = plain[end : end + 1] == "-" and plain[end + 1 : end + 2].isdigit()
    return (
        is_code
        or _OF_ANOTHER.search(plain, end, number) is not None
        or _PART_OF_PHONE.search(plain, max(0, start - 40), start) is not None
    )


def _decide(text: Text, found: re.Match[str], digits: str, prefix: str, cue: int) -> FoundIdentifier | None:
    first, last = found.span()
    last -= text.plain[first:last].endswith("(")
    written = text.raw[first:last]
    possible = {
        nation: number
        for nation, number in (("MX", f"+52{digits}"), ("US", f"+1{digits}"))
        if is_assigned(number, nation)
    }
    if prefix in {"01", "044", "045", "52", "521"}:
        possible.pop("US", None)
    elif prefix in {"1", "001"}:
        possible.pop("MX", None)
    if not possible:
        return None
    near = text.plain[max(0, cue - 24) : first]
    said = {nation for nation, words in (("MX", _MEXICAN), ("US", _AMERICAN)) if words.search(near)}
    if len(possible) == 1:
        [(nation, number)] = possible.items()
        rule = "phone_nation" if nation in said or prefix else "phone_plan"
        return FoundIdentifier(first, last, "phone", number, written, rule)
    named = said.pop() if len(said) == 1 else None
    for country, rule in ((named, "phone_nation"), (text.country, "phone_publisher")):
        if country in possible:
            return FoundIdentifier(first, last, "phone", possible[country], written, rule)
    return FoundIdentifier(
        first, last, "phone", digits, written, "phone_either", candidates=tuple(sorted(possible.values()))
    )


def read_imei(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A telephone device after the word IMEI, if its check digit holds; its first 14 digits name it."""
    bridge = BRIDGE.match(text.plain, end)
    for found in read_list(text.plain, bridge.end() if bridge else end, _IMEI):
        digits = "".join(filter(str.isdecimal, found[0]))
        if len(set(digits)) > 1 and hold_check_digits("imei", digits[:14], digits):
            written = text.raw[found.start() : found.end()]
            yield FoundIdentifier(*found.span(), "imei", digits[:14], written, "imei", True)
