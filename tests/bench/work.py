"""The fixed work of the batch path's benchmark: about 20 us of pure CPU on a seizure report of 1.1 KB.

It stands for an enricher (validate, convert units, look for 2,000 terms in the text, write JSON) and is the same for
every way of running it; it must not change, or figures of different days can't be compared.
"""

import random
import unicodedata
from typing import Any

import ahocorasick  # type: ignore[import-not-found]
import orjson
from pydantic import BaseModel, ConfigDict

__all__ = ["enrich_report", "make_report", "make_reports"]

_GRAMS = {"kg": 1000.0, "g": 1.0, "lb": 453.59237, "oz": 28.349523125, "pill": 0.11}
_SYLLABLES = ("ba", "co", "du", "fen", "ga", "li", "mor", "na", "per", "quo", "ra", "sol", "ta", "vi", "xa", "zu")
_WORDS = (  # noqa: SIM905 - a text reads better than a list of its words
    "officers referred the vehicle to secondary inspection where a canine alerted to the rear quarter panel and "
    "packages wrapped in tape were removed from a compartment behind the bumper"
).split()


def _make_terms(count: int) -> list[str]:
    source = random.Random(20_000)
    terms: set[str] = set()
    while len(terms) < count:
        terms.add("".join(source.choices(_SYLLABLES, k=source.randint(3, 5))))
    return sorted(terms)


_TERMS = _make_terms(2_000)


def _make_automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for index, term in enumerate(_TERMS):
        automaton.add_word(term, index)
    automaton.make_automaton()
    return automaton


_AUTOMATON = _make_automaton()


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    substance: str
    quantity: float
    unit: str
    purity: float | None = None


class _Person(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    role: str
    basis: str
    name: str


class _Conveyance(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: str
    plate: str
    state: str


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    report_id: str
    revision: int
    agency: str
    seized_at: str
    port: str
    direction: str
    latitude: float
    longitude: float
    items: tuple[_Item, ...]
    people: tuple[_Person, ...]
    conveyances: tuple[_Conveyance, ...]
    narrative: str
    tags: tuple[str, ...]
    tlp: str


def make_report(number: int) -> bytes:
    """Report `number` as JSON, about 1.1 KB, the same bytes for the same number."""
    source = random.Random(number)
    words = source.choices(_WORDS, k=62)
    for place in source.sample(range(62), 3):
        words[place] = source.choice(_TERMS)
    return orjson.dumps(
        {
            "report_id": f"CBP-2026-{number:07d}",
            "revision": 1,
            "agency": "cbp",
            "seized_at": f"2026-{source.randint(1, 12):02d}-{source.randint(1, 28):02d}T12:00:00-06:00",
            "port": "Laredo, Texas",
            "direction": "inbound",
            "latitude": 27.5 + source.random(),
            "longitude": -99.5 + source.random(),
            "items": [
                {
                    "substance": source.choice(("fentanyl", "cocaine", "heroin")),
                    "quantity": round(source.random() * 40, 3),
                    "unit": source.choice(tuple(_GRAMS)),
                    "purity": round(source.random(), 2),
                }
                for _ in range(3)
            ],
            "people": [
                {"role": "suspect", "basis": "charged", "name": f"Ejemplo Ficticio {source.randint(1, 999)}"},
                {"role": "driver", "basis": "mentioned", "name": f"Fictional Example {source.randint(1, 999)}"},
            ],
            "conveyances": [{"kind": "car", "plate": f"FIC{source.randint(1000, 9999)}", "state": "TX"}],
            "narrative": " ".join(words),
            "tags": ["vehicle", "canine", "port-of-entry"],
            "tlp": "AMBER",
        }
    )


def make_reports(count: int) -> list[tuple[bytes, bytes]]:
    """`count` reports as (key, value)."""
    return [(f"CBP-2026-{number:07d}".encode(), make_report(number)) for number in range(count)]


def enrich_report(value: bytes) -> bytes:
    """The work on one report: the enriched report as JSON."""
    report = _Report.model_validate_json(value)
    enriched = report.model_dump()
    enriched["grams"] = [round(item.quantity * _GRAMS[item.unit], 6) for item in report.items]
    text = unicodedata.normalize("NFKD", report.narrative).lower()
    enriched["terms"] = [_TERMS[index] for _, index in _AUTOMATON.iter(text)]
    return orjson.dumps(enriched)
