"""Numbers of cases in texts: U.S. dockets by their form, other courts' and prosecutors' numbers after their words."""

import re
from collections.abc import Iterator

from processors.extraction.identifiers.found import FoundIdentifier, make_bridge, read_list
from processors.extraction.texts import Text
from processors.reference import Reference
from streams.text_facts import TextIdentifierKind

__all__ = ["read_carpeta", "read_docket", "read_federal_docket", "read_fgr_carpeta", "read_type_first"]

# CM/ECF: division, year, type of case, number, and the judges' initials.
_FEDERAL = re.compile(
    r"(?<![\w:-])(?P<office>\d{1,2}:)?(?:19|20)?\d{2}-(?:cr|cv|mj|mc|po|sw|ap|bk)-\d{3,6}(?:-[a-z]{1,4}\d{0,2}){0,3}(?![\w-])"
)
_WORD_BEFORE = re.compile(r"\b(?:case|docket|cause|no|nos|number|numero|caso|causa|expediente)\b[^a-z0-9]*$")
# The district of Arizona writes the type first and the division last.
_TYPE_FIRST = re.compile(
    r"(?<![\w:-])(?:cr|mj|cv)-?(?:19|20)?\d{2}-\d{3,6}-(?:tuc|phx|pct|yum)(?:-[a-z]{1,4}){0,3}(?![\w-])"
)
# Mexico City's prosecutor: unit, with or without detainee (C/D, S/D), number, month and year.
_CITY = re.compile(r"ci-[a-z]{2,10}(?:/[a-z0-9-]{1,10}){1,3}(?: [cs]/d)?/\d{3,7}/\d{2}-\d{4}(?![\w/-])")
_FGR = re.compile(r"fed/[a-z]{2,8}/[a-z0-9-]{2,12}/\d{3,8}/20\d{2}(?![\w/])")
_TOKEN = re.compile(r"(?=[a-z0-9/.:&()_-]*\d)[a-z0-9](?:[/.:&()_-]{0,2}[a-z0-9]){3,60}")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\d+[.,]\d+")
_SIGNS = re.compile(r"[/_-]|^\d{2,4}[a-z]{2,4}\d{4,}")
_CARPETA_NUMBER = re.compile(
    r"s?(?: (?:de )?(?:investigaci[a-z]+|judicial|penal|administrativa)\b|[^a-z0-9]{0,3}(?:con )?(?:el )?"
    r"(?:numero|num|nro|no|nuc|n)\b|\s?[:#])"
)
_OWN_FORM = re.compile(r"[A-Z]{2,12}[/-](?=.*[/-])")
"""FED/SON/..., CI-FXX/12/...: letters and two signs at least."""
_BRIDGE = make_bridge(
    "investigacion",
    "penal",
    "previa",
    "judicial",
    "iniciada",
    "radicada",
    "causa",
    "bajo",
    "file",
    "nuc",
    "cause",
    "case",
    "action",
    "indirecto",
    "directo",
    "en revision",
)


def read_federal_docket(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A U.S. federal docket by its form: division, year, type and number; without a division only after a word."""
    for found in _FEDERAL.finditer(text.plain, max(0, start - 8), min(len(text.plain), end + 24)):
        if found["office"] or _WORD_BEFORE.search(text.plain, max(0, found.start() - 16), found.start()):
            written = text.raw[found.start() : found.end()]
            yield FoundIdentifier(*found.span(), "docket", written.upper(), written, "docket_federal", None, "US")


def read_type_first(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A U.S. federal docket in Arizona's form: type, year, number and division (CR-21-01234-TUC)."""
    found = _TYPE_FIRST.match(text.plain, start)
    if found is not None:
        written = text.raw[found.start() : found.end()]
        yield FoundIdentifier(*found.span(), "docket", written.upper(), written, "docket_federal", None, "US")


def read_docket(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """The number of a court's case after a word like docket, cause no. or causa penal, kept as it is."""
    return _opaque("docket", "docket", text, end)


def read_carpeta(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """The number of a prosecutor's file after carpeta de investigación, averiguación previa or NUC, kept as it is. A
    carpeta alone is a folder: then the number itself must begin like a prosecutor's.
    """
    is_folder = text.plain.startswith("carpeta", start) and not _CARPETA_NUMBER.match(text.plain, end)
    found = _opaque("carpeta", "carpeta", text, end)
    return (one for one in found if _OWN_FORM.match(one.value)) if is_folder else found


def read_fgr_carpeta(text: Text, start: int, end: int, reference: Reference) -> Iterator[FoundIdentifier]:  # noqa: ARG001
    """A file of Mexico's federal prosecutor by its form: FED, delegation, unit, number and year."""
    found = _FGR.match(text.plain, start)
    if found is not None:
        written = text.raw[found.start() : found.end()]
        yield FoundIdentifier(*found.span(), "carpeta", written.upper(), written, "carpeta_fgr", None, "FGR")


def _opaque(kind: TextIdentifierKind, rule: str, text: Text, end: int) -> Iterator[FoundIdentifier]:
    bridge = _BRIDGE.match(text.plain, end)
    position = bridge.end() if bridge else end
    if (city := _CITY.match(text.plain, position)) is not None:
        written = text.raw[city.start() : city.end()]
        yield FoundIdentifier(*city.span(), "carpeta", "".join(written.upper().split()), written, "carpeta")
        return
    for found in read_list(text.plain, position, _TOKEN):
        written = text.raw[found.start() : found.end()]
        digits = sum(map(str.isdecimal, written))
        if digits < 3 or _DATE.fullmatch(found[0]) or not (_SIGNS.search(found[0]) or digits >= 8):
            return
        value = written.upper()
        # In a list of numbers each says itself what it is.
        if value.startswith(("FED/", "AP/", "CI-")):
            kind = rule = "carpeta"
        yield FoundIdentifier(*found.span(), kind, value, written, rule, None, _name_issuer(value))


def _name_issuer(value: str) -> str | None:
    """Who gave the number, where its own first letters say so: FED is the FGR, AP/PGR what was the PGR."""
    if value.startswith("FED/"):
        return "FGR"
    return "PGR" if "PGR/" in value else None
