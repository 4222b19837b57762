"""Identifiers in free text, in normal form. None is invented: a kind with a check digit must pass it, a kind without
one needs its word beside it and a plausible form; addresses and dockets have a form that is word enough.

`CUES` is the list to extend: write a reader, add a line with the words that it stands beside.
"""

import re
from bisect import bisect
from operator import attrgetter

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

_GATE = re.compile(
    r"[\d@:wx](?:(?<=\d)(?:(?<=[a-z-]\d)|\d(?:\d| \d\d)|-[a-z\d]|[a-z])|(?<=@)|(?<=:)//|(?<=w)ww\.|(?<=x)[abc]-)"
)
"""What every identifier has somewhere; "45 kilos" has it not. One set of signs comes first: half the time."""
_CODE = re.compile(r"[a-z]+\d")
_start = attrgetter("start")
_ORDER = {"url": 0, "email": 0}


_HEAD = re.compile(r"[a-z]+")
_MOST_SEEN = 65_536
"""Words whose cues are kept; about 6 MB."""
_Hit = tuple[int, int, int, Reader]
"""Of a cue in a text: its last character, its length below zero, its first character, what reads beside it."""


class _CueFinder:
    """Finds the cues of a text by its words; what may begin with a word is told once for each."""

    def __init__(self) -> None:
        self._stems: dict[str, list[tuple[str, str, Reader]]] = {}
        """Cues by their first letter, each with the word that it must begin with; empty for one of letters alone."""
        self._signs: dict[str, list[tuple[str, Reader]]] = {}
        """Cues that begin with a sign, by it: they stand anywhere."""
        for stem, read in {stem: read for read, stems in CUES for stem in stems}.items():
            if (head := _HEAD.match(stem)) is None:
                self._signs.setdefault(stem[0], []).append((stem, read))
            else:
                word = "" if head[0] == stem else head[0]
                self._stems.setdefault(stem[0], []).append((stem, word, read))
        self._begun: dict[str, list[tuple[str, Reader]]] = {}
        """The words that were seen, and the cues that may begin with each."""

    def find(self, text: Text) -> list[_Hit]:
        """The cues in the order of their ends, the longer ones first; those that begin with a letter stand at the
        beginning of a word, behind no digit. What begins like a code (SMSE1622692) is none.
        """
        plain, begun = text.plain, self._begun
        hits: list[_Hit] = []
        for at, word in enumerate(text.plains):
            stems = begun.get(word)
            if stems is None:
                stems = self._learn(word)
            if not stems:
                continue
            start = text.words[at][1]
            if start and plain[start - 1].isalnum():
                continue
            # In a code no gap stands between the letters and the digits.
            if not text.gaps[at + 1] and _CODE.match(plain, start) is not None:
                continue
            for stem, read in stems:
                if plain.startswith(stem, start):
                    hits.append((start + len(stem) - 1, -len(stem), start, read))
        for sign, stems in self._signs.items():
            start = plain.find(sign)
            while start >= 0:
                for stem, read in stems:
                    if plain.startswith(stem, start):
                        hits.append((start + len(stem) - 1, -len(stem), start, read))
                start = plain.find(sign, start + 1)
        if len(hits) > 1:
            # No two have the same end and length: no reader is compared.
            hits.sort()
        return hits

    def _learn(self, word: str) -> list[tuple[str, Reader]]:
        if len(self._begun) >= _MOST_SEEN:
            self._begun.clear()
        stems = self._begun[word] = [
            (stem, read)
            for stem, head, read in self._stems.get(word[0], ())
            if (word == head if head else word.startswith(stem))
        ]
        return stems


_CUE_FINDER = _CueFinder()


def find_identifiers(text: Text, reference: Reference) -> list[FoundIdentifier]:
    """The identifiers of a text in their order; where two overlap, the most specific: addresses, then what check digits
    prove, then what is longer.
    """
    plain = text.plain
    if _GATE.search(plain) is None:
        return []
    found = list(bare.find_bare(text, reference))
    for last, _, start, read in _CUE_FINDER.find(text):
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
