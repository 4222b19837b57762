"""Identifiers in free text, in normal form. None is invented: a kind with a check digit must pass it, a kind without
one needs its word beside it and a plausible form; addresses and dockets have a form that is word enough.

`CUES` is the list to extend: write a reader, add a line with the words that it stands beside.
"""

import re
from bisect import bisect
from operator import attrgetter

import ahocorasick  # type: ignore[import-not-found]

from processors.extraction.identifiers import bare, cases, money, people, phones, registrations, serials, vehicles
from processors.extraction.identifiers.found import FoundIdentifier, Reader
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["CUES", "find_identifiers"]

CUES: tuple[tuple[Reader, tuple[str, ...]], ...] = (
    (bare.read_url, ("http", "www.")),
    (bare.read_email, ("@",)),
    (people.read_curp, ("curp",)),
    (people.read_rfc, ("rfc",)),
    (people.read_passport, ("pasaporte", "passport")),
    (people.read_visa, ("visa",)),
    (money.read_clabe, ("clabe", "cuenta")),
    (money.read_iban, ("iban",)),
    (phones.read_imei, ("imei",)),
    (phones.read_international, ("+",)),
    (
        phones.read_national,
        ("telef", "teleph", "tel.", "tel:", "tel ", "phone", "cellphone", "cell ", "celular", "cel.", "movil",
         "whatsapp", "llamar", "llame", "llamo", "llamada", "marque", "marcar", "call ", "calls ", "called ",
         "calling ", "hotline", "tip line", "fax", "sms", "comunic", "denuncia", "contact",
         "reached at", "reach her", "reach him", "reach them", "reach us", "localiz"),
    ),
    (phones.read_numbered, ("numero", "number")),
    (cases.read_federal_docket, ("-cr-", "-cv-", "-mj-", "-mc-", "-po-", "-sw-")),
    (cases.read_type_first, ("cr-", "mj-", "cv-", "cr1", "cr2")),
    (cases.read_fgr_carpeta, ("fed/",)),
    (cases.read_carpeta, ("carpeta", "averiguacion", "nuc ", "nuc:")),
    (cases.read_docket, ("docket", "case no", "case number", "cause no", "causa penal", "expediente",
                         "criminal no", "criminal number", "criminal action no", "crim. no", "civil no", "amparo")),
    (vehicles.read_plate, ("placa", "plate")),
    (vehicles.read_short_plate, ("lp:", "lp ", "lp#")),
    (serials.read_serial, ("vin", "niv", "chasis", "chassis", "serie", "serial", "identificacion vehicular",
                            "identification number")),
    (serials.read_short_serial, ("s/n",)),
    (registrations.read_imo, ("imo ", "imo:", "imo-", "omi ", "omi:", "omi-")),
    (registrations.read_container, ("contenedor", "container")),
    (
        registrations.read_aircraft,
        ("aeronave", "avioneta", "avion ", "aircraft", "airplane", "tail n", "helicopter", "cessna", "piper",
         "beechcraft", "king air", "learjet", "gulfstream"),
    ),
    (registrations.read_boat, ("vessel", "boat", "lancha", "embarcacion", "panga", "yate", "yacht")),
    (registrations.read_registration, ("matricula", "registration")),
)  # fmt: skip
"""Each reader with the beginnings of words (folded) that it reads beside; on equal terms the first one wins."""

_GATE = re.compile(r"\d(?:(?<=[a-z-]\d)|\d(?:\d| \d\d)|-[a-z\d]|[a-z])|@|://|www\.|x[abc]-")
"""What every identifier has somewhere; "45 kilos" has it not. 4 us for 300 characters without."""
_CODE = re.compile(r"[a-z]+\d")
_start = attrgetter("start")
_ORDER = {"url": 0, "email": 0}


def _build_automaton() -> ahocorasick.Automaton:
    """One scan for all cues: 50 us for 5 kB, against 200 us by `str.find` of each and 270 us by one expression."""
    automaton = ahocorasick.Automaton()
    for read, stems in CUES:
        for stem in stems:
            automaton.add_word(stem, (read, len(stem), stem[0].isalpha()))
    automaton.make_automaton()
    return automaton


_AUTOMATON = _build_automaton()


def find_identifiers(text: Text, reference: Reference) -> list[FoundIdentifier]:
    """The identifiers of a text in their order; where two overlap, the most specific: addresses, then what check digits
    prove, then what is longer.
    """
    plain = text.plain
    if _GATE.search(plain) is None:
        return []
    found = list(bare.find_bare(text, reference))
    for last, (read, length, is_word) in _AUTOMATON.iter(plain):
        start = last + 1 - length
        # A code that begins like a cue (SMSE1622692) is no word.
        if is_word and ((start and plain[start - 1].isalnum()) or _CODE.match(plain, start) is not None):
            continue
        found += read(text, start, last + 1, reference)
    return _part(found) if len(found) > 1 else found


def _part(found: list[FoundIdentifier]) -> list[FoundIdentifier]:
    """Those that stay where some overlap. Sorting is stable: of equal ones the first of the list stays."""
    kept: list[FoundIdentifier] = []
    for one in sorted(found, key=_specificity):
        # Those that are kept overlap nowhere, so only the neighbours can be in the way.
        place = bisect(kept, one.start, key=_start)
        if place and kept[place - 1].end > one.start:
            continue
        if place == len(kept) or one.end <= kept[place].start:
            kept.insert(place, one)
    return kept


def _specificity(one: FoundIdentifier) -> tuple[int, int]:
    return _ORDER.get(one.kind, 1 if one.checked else 2), one.start - one.end
