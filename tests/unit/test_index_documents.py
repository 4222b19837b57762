"""Documents of the index: they fit the strict mapping, keep identity and version, and name no protected person."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexing.canary import canary_items, canary_letter, canary_report
from indexing.documents import item_documents, item_slots, item_tombstone, report_document
from indexing.labels import COMMODITY_WORDS, month_words
from indexing.mappings import DEAD_LETTERS, ITEMS, REPORTS
from streams.identity import document_id
from streams.protection import Protection
from streams.reports import Commodity, EnrichedReport, Span
from tests.indexed import MOMENT, any_report, make_item, make_report
from tests.unit.mapping_check import mapping_errors

VICTIM = {"name": "Juana Ficticia Ejemplo", "roles": ["victim"], "phones": [{"number": "+1 956 555 0142"}]}
SUSPECT = {"name": "Pedro Inventado", "aliases": ["El Ejemplo"], "roles": ["suspect"]}


def document_of(**event: Any) -> dict[str, Any]:
    return report_document(make_report(event=event), 1)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(report=any_report())
def test_every_document_fits_the_strict_mapping(report: EnrichedReport) -> None:
    assert not list(mapping_errors(report_document(report, 64), REPORTS.properties))
    for item in item_documents(report).values():
        assert not list(mapping_errors(item, ITEMS.properties))
    assert not list(mapping_errors(item_tombstone(report, 0)[1], ITEMS.properties))


def test_the_canary_fits_the_strict_mapping_and_is_hidden() -> None:
    assert not list(mapping_errors(canary_report(), REPORTS.properties))
    assert canary_report()["live"] is False
    for item in canary_items().values():
        assert not list(mapping_errors(item, ITEMS.properties))
        assert item["live"] is False
    assert not list(mapping_errors(dict(canary_letter()), DEAD_LETTERS.properties))


def test_the_check_itself_sees_what_does_not_fit() -> None:
    wrong = {"live": "yes", "place": {"nowhere": 1}, "version": 2**63, "when": "2024-04-07T00:00:00Z"}
    assert len(list(mapping_errors(wrong, REPORTS.properties))) == 3


@given(report=any_report())
def test_identity_and_version_are_the_reports_own(report: EnrichedReport) -> None:
    document = report_document(report, 7)
    assert document["id"] == document_id(report["agency"], report["report_id"])
    assert (document["version"], document["item_slots"]) == (report["version"], 7)
    assert document["live"] is not report["retracted"]
    assert set(item_documents(report)) == ({*range(item_slots(report))} if not report["retracted"] else set())


def test_a_retraction_is_a_tombstone_without_content() -> None:
    document = report_document(make_report(retracted=True), 3)
    assert set(document) == {
        *("live", "id", "version", "revision", "agency", "report_id", "kind", "retracted", "received", "item_slots")
    }
    assert item_slots(make_report(retracted=True)) == 0


def test_ordinals_that_the_facts_skip_still_take_a_slot() -> None:
    report = make_report(items=[make_item(0), make_item(3)])
    assert item_slots(report) == 4
    assert set(item_documents(report)) == {0, 3}


def test_items_carry_what_sums_need() -> None:
    place = {"kind": "port", "name": "Laredo", "corridor": "laredo", "location": {"lat": 27.5, "lon": -99.5}}
    report = make_report(facts={"place": place, "flow": "northbound", "event_count": 4, "count_basis": "period_total"})
    item = item_documents(report)[0]
    assert item["place"]["corridor"] == "laredo"
    assert (item["count_basis"], item["flow"], item["event_count"]) == ("period_total", "northbound", 4)
    assert (item["when"], item["mass_kg"], item["report"]) == (MOMENT["start"], 1.0, report["id"])


def test_protected_people_leave_no_trace() -> None:
    report = make_report(
        event={
            "people": [VICTIM, SUSPECT],
            "phones": [{"number": "(956) 555-0142"}, {"number": "956 555 0199"}],
            "narrative": {"text": "Juana Ficticia was found in the trailer."},
            "concealment": "behind Juana",
            "conveyances": [{"kind": "truck", "shipper": "FICTICIA EJEMPLO JUANA", "plates": [{"number": "555XYZ"}]}],
            "items": [{"kind": "substance", "name": "pills of Juana Ficticia", "form": "pill"}],
        },
        facts={"place": {"kind": "unresolved", "name": "Casa de Juana Ficticia"}},
    )
    documents = [report_document(report, 1), *item_documents(report).values()]
    written = orjson.dumps(documents).lower()
    for trace in (b"juana", b"ficticia", b"5550142", b"555-0142", b"555 0142"):
        assert trace not in written
    assert (documents[0]["protected_people"], documents[0]["text_withheld"]) == (1, True)
    assert documents[0]["people"] == ["Pedro Inventado", "El Ejemplo"]
    assert documents[0]["phones"] == ["956 555 0199"]
    assert documents[0]["plates"] == ["555XYZ"]
    assert documents[1]["form"] == "pill"


@pytest.mark.parametrize(
    "person",
    [
        {"roles": ["suspect", "victim"]},
        {"roles": ["suspect"], "age": 17},
        {"roles": ["suspect"], "birth_date": "2006-04-08"},  # 17 on the day before the birthday
        {"roles": ["suspect"], "birth_date": "2006-13-01"},
        {"roles": ["suspect"], "birth_year": 2006},
        {"roles": ["smuggled_person"], "age": 40},
    ],
)
def test_who_is_protected(person: dict[str, Any]) -> None:
    document = document_of(people=[{"name": "Persona Ficticia", **person}])
    assert document["protected_people"] == 1
    assert document["people"] == []


@pytest.mark.parametrize(
    "person",
    [
        {"roles": ["suspect"], "age": 18},
        {"roles": ["defendant"], "birth_date": "2006-04-07"},
        {"roles": ["suspect"], "birth_year": 2005},
        {"roles": ["officer"]},
    ],
)
def test_who_is_not(person: dict[str, Any]) -> None:
    document = document_of(people=[{"name": "Persona Ficticia", **person}], narrative={"text": "Una nota."})
    assert document["protected_people"] == 0
    assert document["people"] == ["Persona Ficticia"]
    assert document["text"] == "Una nota."


def test_a_person_named_twice_is_protected_both_times() -> None:
    twice = {"name": "Juana Ficticia Ejemplo", "roles": ["suspect"]}
    document = document_of(people=[VICTIM, twice, SUSPECT])
    assert document["people"] == ["Pedro Inventado", "El Ejemplo"]


def test_a_family_name_alone_hides_nobody_but_two_words_do() -> None:
    protection = Protection(1, frozenset({frozenset({"juana", "ficticia", "ejemplo"})}), frozenset({"9565550142"}))
    assert protection.allows("Luis Ejemplo Inventado")
    assert not protection.allows("Juana Ejemplo Inventado")
    assert not protection.allows("Ficticia")
    assert not protection.allows("+52 956 555 0142")
    assert not protection.allows("555-0142")
    assert protection.allows("0142-7")


NAMES = st.lists(
    st.sampled_from(["Ana", "Juana", "Ñañez", "Pérez", "Luz", "Ficticia", "Inventada"]), min_size=1, max_size=3
)


@given(protected=NAMES, others=st.lists(NAMES, max_size=3), role=st.sampled_from(["victim", "minor", "witness"]))
def test_no_full_name_of_a_protected_person_is_ever_in_a_document(
    protected: list[str], others: list[list[str]], role: str
) -> None:
    people = [{"name": " ".join(protected), "roles": [role]}] + [
        {"name": " ".join(name), "roles": ["suspect"]} for name in others
    ]
    document = document_of(people=people, organisations=[{"name": " ".join(protected)}])
    named = [frozenset(name.split()) for name in document["people"] + document["organisations"]]
    assert not any(set(protected) <= name for name in named)


def test_texts_are_composed_so_that_a_lone_accent_is_no_letter() -> None:
    assert document_of(narrative={"text": "Culiaca\u0301n"})["text"] == "Culiac\u00e1n"


def test_every_commodity_has_its_words() -> None:
    assert set(COMMODITY_WORDS) == set(Commodity.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("start", "precision", "zone", "words"),
    [
        ("2024-05-01T03:00:00.000Z", "minute", "America/Chicago", "april abril 2024"),
        ("2024-05-01T03:00:00.000Z", "minute", "-07:00", "april abril 2024"),
        ("2024-05-01T03:00:00.000Z", "minute", "UTC", "may mayo 2024"),
        ("2024-05-01T03:00:00.000Z", "year", "UTC", "2024"),
        ("2024-05-01T03:00:00.000Z", "day", "Nowhere/Land", ""),
    ],
)
def test_month_words_are_in_the_times_own_zone(start: str, precision: str, zone: str, words: str) -> None:
    span = {"start": start, "end": start, "precision": precision, "zone": zone, "zone_from": "record"}
    assert month_words(span) == words  # type: ignore[arg-type]


def test_spans_of_the_helper_are_spans() -> None:
    assert set(MOMENT) == set(Span.__annotations__)


def test_firearms_and_time_to_crime_fit_the_mapping() -> None:
    firearm: dict[str, Any] = dict.fromkeys(
        ("type", "make", "make_country", "model", "calibre", "serial", "no_serial"), "FICT01"
    )
    firearm |= dict.fromkeys(("privately_made", "converted", "conversion_device"), True)
    firearm["serial_variants"] = ["FICTO1"]
    item = make_item(0, kind="firearm", firearm=firearm, substance_candidates=["fentanyl"], cas="437-38-7")
    time_to_crime = {"indicator": "time_to_crime", "days_from": 1, "days_to": 2, "years_from": 0.0, "years_to": 0.01}
    report = make_report(items=[item])
    report["facts"]["time_to_crime"] = {**time_to_crime, "short": True}  # type: ignore[typeddict-item]
    document = report_document(report, 1)
    assert not list(mapping_errors(document, REPORTS.properties))
    assert document["time_to_crime"]["short"] is True
    assert item_documents(report)[0]["firearm"] == firearm
    assert not list(mapping_errors(item_documents(report)[0], ITEMS.properties))


def test_a_serial_that_is_a_protected_persons_number_is_in_no_document() -> None:
    firearm = {"type": "pistol", "serial": "19565550142", "serial_variants": ["1956S"]}
    item = make_item(0, kind="firearm", firearm=firearm)
    people = [{**VICTIM, "phones": [{"number": "1 956 555 0142"}]}]
    report = make_report(items=[item], event={"people": people})
    assert item_documents(report)[0]["firearm"] == {"type": "pistol"}
    assert report_document(report, 1)["items"][0]["firearm"] == {"type": "pistol"}
