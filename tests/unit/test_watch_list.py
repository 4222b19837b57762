"""Watch-list hits, on a small fictional list in the shape of the real one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from processors.enrichment.draft import run_enrichers
from processors.enrichment.watch_list import enrich_watch_list, find_watch_hits
from processors.reference import Reference, ReferenceDataError, default_reference
from processors.reference.watch_list import load_watch_list
from streams.contracts import SeizureReport
from streams.registry import default_registry

HEAD = "entry,name,type,programs,aliases,born,mexico_linked,source\n"
ROWS = """\
900001,"MUESTRA SOTO, Jose Luis",individual,SDNTK|TCO,"MUESTRA, Chuy|EL EJEMPLO",1970-02-03|1971,1,fictional
900002,"SAMPLEFIELD, Walter Quincy",individual,TCO,,1960~,0,fictional
900004,"FICTIVALO HERNANDEZ, Jose",individual,SDNTK,,,1,fictional
900003,"TRANSPORTES EJEMPLO FICTICIO, S.A. DE C.V.",entity,SDNTK,TEFSA,,1,fictional
"""


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    path = tmp_path / "watch_list.csv"
    path.write_text("# fictional\n" + HEAD + ROWS, encoding="utf-8")
    return replace(default_reference(), watch_list=load_watch_list(path))


def test_a_name_alone_is_possible_and_no_more(reference: Reference) -> None:
    (hit,) = find_watch_hits("José Luis Muestra Soto", reference)
    assert (hit.entry.entry, hit.strength, hit.score) == ("900001", "possible", 1.0)
    assert "a lead, not an identity" in hit.en
    assert "un indicio, no una identidad" in hit.es


@pytest.mark.parametrize(
    ("born", "strength"),
    [
        ("1970-02-03", "strong"),
        ("1970", "possible"),
        ("1971-05-05", "possible"),
        ("1980-01-01", None),
        ("1970-02-04", None),
    ],
)
def test_the_date_of_birth_raises_or_takes_away(reference: Reference, born: str, strength: str | None) -> None:
    hits = find_watch_hits("José Luis Muestra Soto", reference, born)
    assert [hit.strength for hit in hits] == ([strength] if strength else [])


def test_a_date_about_a_year_is_never_strong(reference: Reference) -> None:
    assert [hit.strength for hit in find_watch_hits("Walter Samplefield", reference, "1963-01-01")] == ["possible"]
    assert find_watch_hits("Walter Samplefield", reference, "1980-01-01") == []


@pytest.mark.parametrize("name", ["Chuy Muestra", "Jesús Muestra", "Luis Muestra Soto", "Jose Luis Muestar Soto"])
def test_other_spellings_and_aliases_meet_the_entry(reference: Reference, name: str) -> None:
    assert [hit.entry.entry for hit in find_watch_hits(name, reference)] == ["900001"]


@pytest.mark.parametrize(
    "name", ["Pedro Muestra Soto", "El Ejemplo", "Chuy", "", "José Luis", 'José Luis "N"', "José Luis Hernández"]
)
def test_names_that_give_no_hit(reference: Reference, name: str) -> None:
    assert find_watch_hits(name, reference) == []


def test_an_organisation_in_another_spelling(reference: Reference) -> None:
    hits = find_watch_hits("Transportes Ejemplo Ficticio SA de CV", reference, kind="entity")
    assert [hit.entry.entry for hit in hits] == ["900003"]
    assert find_watch_hits("Transportes Ejemplo", reference, kind="entity") == []


def _facts(reference: Reference, *people: dict[str, Any]) -> list[dict[str, Any]]:
    body = {
        "report_id": "FICTION-W-1",
        "exercise": True,
        "seized": {"value": "2024-04-07", "zone": "America/Chicago"},
        "items": [{"kind": "currency", "quantity": {"value": 15000, "unit": "USD"}}],
        "people": list(people),
        "organisations": [{"name": "Transportes Ejemplo Ficticio"}],
    }
    event = SeizureReport.model_validate_json(orjson.dumps(body))
    agency = default_registry().get("cbp")
    assert agency is not None
    facts, provenance = run_enrichers([enrich_watch_list], event, agency, datetime(2025, 6, 1, tzinfo=UTC), reference)
    assert provenance
    hits: list[dict[str, Any]] = [dict(hit) for hit in facts["watch_list"]]
    return hits


def test_people_and_organisations_of_a_record(reference: Reference) -> None:
    subject = {"name": "José Luis Muestra Soto", "roles": ["suspect"], "birth_date": "1970-02-03"}
    hits = _facts(reference, subject)
    assert [(hit["field"], hit["strength"], hit.get("basis")) for hit in hits] == [
        ("people[0].name", "strong", "mentioned"),
        ("organisations[0].name", "possible", None),
    ]


@pytest.mark.parametrize("role", ["victim", "minor", "informant", "smuggled_person"])
def test_protected_people_are_never_looked_up(reference: Reference, role: str) -> None:
    hits = _facts(reference, {"name": "José Luis Muestra Soto", "roles": ["suspect", role]})
    assert [hit["field"] for hit in hits] == ["organisations[0].name"]


def test_the_real_list_finds_its_own_entries() -> None:
    reference = default_reference()
    for entry in reference.watch_list.entries[::25]:
        if entry.type in {"individual", "entity"} and " " in entry.names[0]:
            hits = find_watch_hits(entry.names[0], reference, kind=entry.type)
            assert entry.entry in [hit.entry.entry for hit in hits], entry.entry


@pytest.mark.parametrize(
    "row", ['900001,"A, B",individual,X,,,0,s\n900001,"A, B",individual,X,,,0,s\n', "1,A B,ghost,X,,,0,s\n"]
)
def test_a_broken_list_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "watch_list.csv"
    path.write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"watch_list\.csv"):
        load_watch_list(path)
