"""Twenty kinds of bad input and more, each with the reason that it must get. Names are fictional."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streams.envelope import source_of
from streams.records import StoredRecord
from tests.unit.enriching import TOPICS, headers_of, store

SECRET = "Quetzalcoatl-Ficticio"
"""Stands in every readable body; it must stand in no dead letter."""


def body(**fields: Any) -> dict[str, Any]:
    return {"report_id": "FICTION-BAD", "narrative": {"text": f"A fictional text with {SECRET}."}, **fields}


def raw(text: str) -> bytes:
    """A body that JSON encoders would not write; `@` stands for what every body here begins with."""
    return text.replace("@", f'"report_id":"FICTION-BAD","narrative":{{"text":"{SECRET}"}}').encode()


def substance(**fields: Any) -> dict[str, Any]:
    return body(items=[{"kind": "substance", "name": "Fentanyl", **fields}])


def weighing(value: float, unit: str = "kg") -> dict[str, Any]:
    return substance(quantity={"value": value, "unit": unit})


def without(name: str) -> list[tuple[str, bytes]]:
    return [(key, value) for key, value in headers_of() if key != name]


def nested(depth: int) -> bytes:
    return raw('{@,"x":' + "[" * depth + "]" * depth + "}")


@dataclass(frozen=True)
class Bad:
    """One kind of bad input: a record, the reason's code, and its field; `named` if the report id can be read."""

    record: Callable[[], StoredRecord]
    code: str
    field: str = ""
    named: bool = True


ENVELOPE = {
    "missing header": Bad(lambda: store(body(), headers=without("ce_id")), "missing_header", "ce_id"),
    "no headers at all": Bad(lambda: store(body(), headers=[]), "missing_header", "ce_specversion"),
    "empty header": Bad(lambda: store(body(), headers=headers_of(ce_id=b"")), "missing_header", "ce_id"),
    "null header": Bad(lambda: store(body(), headers=[*without("ce_id"), ("ce_id", None)]), "missing_header", "ce_id"),
    "null foreign header": Bad(lambda: store(b"{", headers=[*headers_of(), ("x", None)]), "invalid_json", named=False),
    "repeated header": Bad(
        lambda: store(body(), headers=[*headers_of(), ("ce_source", b"urn:puente:agency:atf")]),
        "repeated_header",
        "ce_source",
    ),
    "header not UTF-8": Bad(lambda: store(body(), headers=headers_of(ce_id=b"\xff")), "unreadable_header", "ce_id"),
    "another specversion": Bad(
        lambda: store(body(), headers=headers_of(ce_specversion=b"0.3")), "unreadable_header", "ce_specversion"
    ),
    "unreadable time": Bad(lambda: store(body(), headers=headers_of(ce_time=b"soon")), "unreadable_header", "ce_time"),
    "time without zone": Bad(
        lambda: store(body(), headers=headers_of(ce_time=b"2025-06-01T11:00:00")), "unreadable_header", "ce_time"
    ),
    "published two days ahead": Bad(
        lambda: store(body(), headers=headers_of(ce_time=b"2025-06-03T12:00:01Z")), "future_time", "ce_time"
    ),
    "published before the epoch": Bad(
        lambda: store(body(), headers=headers_of(ce_time=b"1969-12-31T23:59:59Z")), "absurd_time", "ce_time"
    ),
    "another agency's source": Bad(
        lambda: store(body(), headers=headers_of(ce_source=source_of("atf").encode())), "foreign_source", "ce_source"
    ),
    "unknown type": Bad(
        lambda: store(body(), headers=headers_of(ce_type=b"puente.rumour.v1")), "unknown_type", "ce_type"
    ),
    "topic of an unknown agency": Bad(lambda: store(body(), agency="atlantis"), "unknown_agency"),
}
BODY = {
    "empty value": Bad(lambda: store(b""), "empty_value", named=False),
    "no value": Bad(
        lambda: StoredRecord(TOPICS.intake("cbp"), 3, 7, 1748779200000, None, None, tuple(headers_of())),
        "empty_value",
        named=False,
    ),
    "broken JSON": Bad(lambda: store(raw("{@,")), "invalid_json", named=False),
    "no JSON": Bad(lambda: store(SECRET.encode()), "invalid_json", named=False),
    "not an object": Bad(lambda: store([body()]), "not_an_object", named=False),
    "invalid UTF-8": Bad(lambda: store(raw("{@}").replace(b"Quetz", b"Qu\xe9tz")), "invalid_utf8", named=False),
    "duplicate key": Bad(lambda: store(raw('{@,"report_id":"FICTION-2"}')), "duplicate_key", named=False),
    "NaN": Bad(
        lambda: store(raw('{@,"items":[{"kind":"ammunition","quantity":{"value":NaN,"unit":"rounds"}}]}')),
        "invalid_json",
        named=False,
    ),
    "1e999": Bad(
        lambda: store(raw('{@,"items":[{"kind":"ammunition","quantity":{"value":1e999,"unit":"rounds"}}]}')),
        "invalid_json",
        named=False,
    ),
    "deep nesting": Bad(lambda: store(nested(5000)), "invalid_json", named=False),
    "NUL in a text": Bad(lambda: store(body(disposition="held\x00back")), "control_character"),
    "bidirectional control": Bad(lambda: store(body(disposition="held\u202ekcab")), "control_character"),
    "NUL in the report id": Bad(lambda: store(body() | {"report_id": "F\x00"}), "control_character", named=False),
    "unknown field": Bad(lambda: store(body(colour="azul")), "unknown_field", "?"),
    "data where a field's name belongs": Bad(lambda: store(body(**{f"{SECRET} 1": 1})), "unknown_field", "?"),
    "missing report id": Bad(lambda: store({"narrative": {"text": SECRET}}), "missing_field", "report_id", named=False),
    "report id is a number": Bad(lambda: store(body() | {"report_id": 7}), "wrong_type", "report_id", named=False),
    "wrong type": Bad(lambda: store(weighing("many")), "wrong_type", "items[0].quantity.value"),  # type: ignore[arg-type]
    "list instead of object": Bad(lambda: store(body(place=[])), "wrong_type", "place"),
    "unknown kind of item": Bad(lambda: store(body(items=[{"kind": "unicorn"}])), "not_allowed", "items[0]"),
    "negative quantity": Bad(lambda: store(weighing(-1.0)), "out_of_range", "items[0].quantity.value"),
    "latitude of 91 degrees": Bad(
        lambda: store(body(place={"latitude": 91.0, "longitude": 0.0})), "out_of_range", "place.latitude"
    ),
    "latitude alone": Bad(lambda: store(body(place={"latitude": 9.0})), "coordinates_incomplete", "place"),
    "too many items": Bad(lambda: store(body(items=[{"kind": "ammunition"}] * 65)), "too_many", "items"),
    "report without content": Bad(lambda: store({"report_id": "FICTION-BAD"}), "report_empty"),
    "total without period": Bad(lambda: store(body(count_basis="period_total")), "period_missing"),
    "retraction with content": Bad(lambda: store(body(retraction={"reason": "x"})), "retraction_with_content"),
    "narrative over 256 KiB": Bad(
        lambda: store(body() | {"narrative": {"text": SECRET + "x" * 262_144}}), "too_long", "narrative.text"
    ),
    "narrative over 256 KiB in bytes": Bad(
        lambda: store(body() | {"narrative": {"text": SECRET + "ñ" * 140_000}}), "narrative_too_long", "narrative.text"
    ),
    "over a mebibyte": Bad(lambda: store(body(disposition="x" * 1_048_577)), "event_too_large"),
    "asylum claim": Bad(
        lambda: store(body(disposition="The driver applied for asylum.")),
        "asylum_confidential",
        "disposition",
        named=False,
    ),
    "fear claim in Spanish": Bad(
        lambda: store(body(disposition="Solicitante de asilo")), "asylum_confidential", "disposition", named=False
    ),
    "A-number": Bad(
        lambda: store(body(disposition="Alien number A 055 555 555")), "asylum_confidential", "disposition", named=False
    ),
}
SENSE = {
    "future date": Bad(lambda: store(body(occurred={"value": "2025-06-03"})), "future_time", "occurred"),
    "period to come": Bad(
        lambda: store(body(count_basis="period_total", period={"value": "2025-07"})), "future_time", "period"
    ),
    "impossible date": Bad(lambda: store(body(seized={"value": "2025-02-30"})), "absurd_time", "seized"),
    "impossible hour": Bad(lambda: store(body(seized={"value": "2025-02-03T25:00"})), "absurd_time", "seized"),
    "year 9999": Bad(lambda: store(body(seized={"value": "9999"})), "absurd_time", "seized"),
    "before 1900": Bad(lambda: store(body(reported={"value": "1899-12-31"})), "absurd_time", "reported"),
    "no ISO date": Bad(lambda: store(body(seized={"value": "3/4/2025"})), "moment_form", "seized"),
    "unknown zone": Bad(
        lambda: store(body(occurred={"value": "2025-05-01T10:00", "zone": "America/Atlantis"})),
        "unknown_zone",
        "occurred",
    ),
    "impossible offset": Bad(
        lambda: store(body(occurred={"value": "2025-05-01T10:00+19:00"})), "unknown_zone", "occurred"
    ),
    "impossible birth date": Bad(
        lambda: store(body(people=[{"roles": ["suspect"], "birth_date": "1990-02-31"}])),
        "absurd_time",
        "people[0].birth_date",
    ),
    "1,001 tonnes": Bad(lambda: store(weighing(1001.0, "toneladas")), "absurd_quantity", "items[0].quantity.value"),
    "2.3 million pounds": Bad(lambda: store(weighing(2.3e6, "lb")), "absurd_quantity", "items[0].quantity.value"),
    "over 1e9 pills": Bad(lambda: store(weighing(1.1e9, "pastillas")), "absurd_quantity", "items[0].quantity.value"),
    "over 1e9 rounds": Bad(
        lambda: store(body(items=[{"kind": "ammunition", "quantity": {"value": 1.1e9, "unit": "rounds"}}])),
        "absurd_quantity",
        "items[0].quantity.value",
    ),
    "over 1e11 pesos": Bad(
        lambda: store(body(items=[{"kind": "currency", "quantity": {"value": 2e11, "unit": "MXN"}}])),
        "absurd_quantity",
        "items[0].quantity.value",
    ),
}  # fmt: skip
BAD = ENVELOPE | BODY | SENSE
