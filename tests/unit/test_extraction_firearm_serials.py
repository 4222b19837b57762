"""The serials of the firearms that a text describes, and why one has none; all values are invented."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from processors.enrichment.draft import run_enrichers
from processors.enrichment.reading import read_texts
from processors.enrichment.texts import enrich_languages, enrich_text_firearms
from processors.extraction.firearm_serials import join_serials
from processors.extraction.firearms import find_firearms
from processors.extraction.readings import identifiers_in
from processors.extraction.texts import Text
from processors.reference import default_reference
from streams.contracts import SeizureReport
from streams.registry import default_registry

REFERENCE = default_reference()


def read(raw: str) -> list[tuple[str | None, str | None]]:
    text = Text(raw)
    guns = join_serials(text, find_firearms(text, REFERENCE), identifiers_in(text, REFERENCE), REFERENCE)
    return [(gun.serial, gun.no_serial) for gun in guns]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Glock 19, S/N: 98O0123", [("98O0123", None)]),
        ("una pistola, serie 123456, y un fusil AR-15 S/N", [("123456", None), (None, "none")]),
        ("fusil AK-47 calibre 7.62x39 mm, matrícula 1234567", [("1234567", None)]),
        ("escopeta calibre 12 sin número de serie (S/N)", [(None, "none")]),
        ("rifle (no serial)", [(None, "none")]),
        ("an unserialized pistol", [(None, "none")]),
        ("pistola con matrícula borrada / serie limado", [(None, "obliterated")]),
        ("a pistol whose serial number had been partially obliterated", [(None, "obliterated")]),
        ("pistola con la serie ilegible", [(None, "not_legible")]),
        ("pistola calibre 9 mm", [(None, None)]),
        # Which of the two it would be is not said.
        ("dos fusiles con número de serie HC01234", [(None, None)]),
        ("a pistol. The truck bore serial number HC01234", [(None, None)]),
        ("rifle, serial number HC01234 and serial number HC01235", [(None, None)]),
    ],
)
def test_a_gun_has_the_serial_behind_it(raw: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert read(raw) == expected


def test_the_wire_has_what_the_serial_may_be_if_misread() -> None:
    body = {
        "report_id": "FICTION-F-1",
        "exercise": True,
        "seized": {"value": "2024-04-07", "zone": "America/Chicago"},
        "items": [{"kind": "currency", "quantity": {"value": 15000, "unit": "USD"}}],
        "narrative": {"text": "Agents found a pistol, serial number HC98O123.", "language": "en"},
    }
    event = SeizureReport.model_validate_json(orjson.dumps(body))
    agency = default_registry()["cbp"]
    received = datetime(2025, 6, 1, tzinfo=UTC)
    texts = read_texts(event, agency)
    facts, _ = run_enrichers([enrich_languages, enrich_text_firearms], event, agency, received, REFERENCE, texts)
    told: Mapping[str, Any] = facts
    [gun] = told["text"]["firearms"]
    assert gun["serial"] == "HC98O123"
    assert "HC980123" in gun["serial_variants"]
    assert len(gun["serial_variants"]) <= 8
