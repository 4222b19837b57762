"""Enriched reports for tests of the index: small ones by hand, any that the contract allows by hypothesis."""

import math
from datetime import datetime
from typing import Any, cast

from hypothesis import strategies as st

from streams.contracts import EVENT_TYPES
from streams.identity import document_id, version_number
from streams.parsing import canonical_json
from streams.reports import EnrichedReport, Facts, ItemFacts, Span

__all__ = ["MOMENT", "any_report", "from_schema", "make_item", "make_report"]

MOMENT: Span = {
    "start": "2024-04-07T18:05:00.000Z",
    "end": "2024-04-07T18:06:00.000Z",
    "precision": "minute",
    "zone": "America/Chicago",
    "zone_from": "record",
}


def make_item(ordinal: int, **facts: Any) -> ItemFacts:
    """A seized item, one kilogram of fentanyl unless told otherwise."""
    item = {"ordinal": ordinal, "kind": "substance", "commodity": "fentanyl", "mass_kg": 1.0, **facts}
    return cast(ItemFacts, item)


def make_report(
    report_id: str = "FICTION-1",
    *,
    agency: str = "cbp",
    revision: int = 1,
    items: int | list[ItemFacts] = 1,
    retracted: bool = False,
    received: str = "2024-04-08T12:00:00.000Z",
    event: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    **fields: Any,
) -> EnrichedReport:
    """A fictional seizure in Laredo as enrichment would hand it on."""
    seized = [make_item(ordinal) for ordinal in range(items)] if isinstance(items, int) else items
    if retracted:
        seized, event = [], {"retraction": {"reason": "Entered twice"}}
    content = {"report_id": report_id, "items": [{"kind": item["kind"]} for item in seized], **(event or {})}
    known: Facts = cast(
        Facts,
        {
            "times": {} if retracted else {"occurred": MOMENT},
            "count_basis": "incident",
            "direction": "inbound",
            "mode": "land",
            "items": seized,
            **({} if retracted else {"when": MOMENT, "when_of": "occurred"}),
            **(facts or {}),
        },
    )
    # As the hash of the published body: another content is another version.
    version = version_number(revision, canonical_json([content, seized, retracted]))
    report = {
        "id": document_id(agency, report_id),
        "version": version,
        "agency": agency,
        "report_id": report_id,
        "revision": revision,
        "kind": "seizure",
        "retracted": retracted,
        "exercise": True,
        "event_id": f"{report_id}-{revision}",
        "received": received,
        "event": content,
        "facts": known,
        "provenance": [{"fact": "when", "fields": ["occurred"], "rule": "times"}],
        "grade": {"reliability": "B", "credibility": "2", "given_by": "registry"},
        "handling": {"tlp": "GREEN", "releasable_to": ["joint"]},
        "versions": {"rules": "1", "reference": "1"},
        **fields,
    }
    return cast(EnrichedReport, report)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
_MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31))


def from_schema(schema: dict[str, Any], definitions: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a JSON Schema as pydantic writes it; null is left to absent fields, as on the wire."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return st.deferred(lambda: from_schema(definitions[name], definitions))
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            parts = [part for part in schema[choice] if part.get("type") != "null"]
            return st.one_of([from_schema(part, definitions) for part in parts])
    return _typed(schema, definitions)


def _typed(schema: dict[str, Any], definitions: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = schema["type"]
    if kind == "object":
        required = set(schema.get("required", ()))
        fields = {name: from_schema(part, definitions) for name, part in schema.get("properties", {}).items()}
        others = [name for name in fields if name not in required]
        # A few of the optional fields at a time: with half of them, most examples outgrow hypothesis's buffer.
        chosen = st.lists(st.sampled_from(others), max_size=4, unique=True) if others else st.just([])
        return chosen.flatmap(
            lambda names: st.fixed_dictionaries({name: fields[name] for name in fields if name in {*required, *names}})
        )
    if kind == "array":
        return st.lists(from_schema(schema["items"], definitions), min_size=schema.get("minItems", 0), max_size=2)
    if kind == "string":
        pattern = schema.get("pattern")
        return st.from_regex(pattern.replace("$", r"\Z"), fullmatch=False) if pattern else _TEXTS
    if kind == "integer":
        return st.integers(schema.get("minimum", 0), min(schema.get("maximum", 10**6), 2**31 - 1))
    if kind == "number":
        return st.floats(schema.get("minimum", 0), schema.get("maximum", 1e12), allow_nan=False)
    assert kind == "boolean"
    return st.booleans()


def _events(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    schema = EVENT_TYPES[f"puente.{kind}.v1"].model_json_schema()
    strategy: st.SearchStrategy[dict[str, Any]] = from_schema(schema, schema["$defs"])
    return strategy


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    first, second = sorted(draw(st.tuples(_MOMENTS, _MOMENTS)))
    start, end = (moment.isoformat(timespec="milliseconds") + "Z" for moment in (first, second.replace(year=2100)))
    zone = draw(st.sampled_from(["America/Chicago", "-07:00", "UTC", "Nowhere/Land"]))
    precision = draw(st.sampled_from(["year", "month", "day", "hour", "minute", "second"]))
    return cast(Span, {"start": start, "end": end, "precision": precision, "zone": zone, "zone_from": "record"})


_POINTS = st.builds(lambda lat, lon: {"lat": lat, "lon": lon}, st.floats(-90, 90), st.floats(-180, 180))


def _travels(value: object) -> bool:
    """Whether JSON carries it: enrichment hands on no NaN and no infinity."""
    return not isinstance(value, float) or math.isfinite(value)


@st.composite
def any_report(draw: st.DrawFn) -> EnrichedReport:
    """A report of any kind with any content and any facts that the contracts allow."""
    kind = draw(st.sampled_from(["seizure", "case", "news"]))
    items = draw(st.lists(st.from_type(ItemFacts), max_size=4))
    items = [
        cast(ItemFacts, {**{name: value for name, value in item.items() if _travels(value)}, "ordinal": ordinal})
        for ordinal, item in enumerate(items)
    ]
    spans = st.dictionaries(st.sampled_from(["occurred", "seized", "reported", "published", "period"]), _spans())
    facts: dict[str, Any] = {"times": draw(spans)}
    if draw(st.booleans()):
        facts |= {"when": draw(_spans()), "when_of": draw(st.sampled_from(["occurred", "received"]))}
    if draw(st.booleans()):
        place = {"kind": draw(st.sampled_from(["point", "port", "unresolved"])), "name": draw(_TEXTS)}
        place |= draw(
            st.dictionaries(st.sampled_from(["code", "country", "state", "office", "region", "corridor"]), _TEXTS)
        )
        facts["place"] = place | ({"location": draw(_POINTS)} if draw(st.booleans()) else {})
    if draw(st.booleans()):
        facts |= {"event_count": draw(st.integers(0, 10_000_000)), "flow": "southbound"}
    if draw(st.booleans()):
        facts["identifiers"] = [{"kind": "plate", "value": "555FICT", "field": "conveyances[0]", "as_written": "555"}]
    return make_report(
        draw(_TEXTS),
        revision=draw(st.integers(0, 2**42)),
        items=items,
        retracted=draw(st.booleans()),
        event=draw(_events(kind)),
        facts=facts,
        kind=kind,
    )
