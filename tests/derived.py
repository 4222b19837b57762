"""Links, networks and alerts for tests: the scenario's history, small ones by hand, any that the contract allows."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from hypothesis import strategies as st
from pydantic import TypeAdapter

from indexing.derived_canary import CANARY_ALERT, CANARY_EVENT, CANARY_LINK, CANARY_NETWORK
from processors.correlation.engine import Engine
from streams.alerts import AlertDocument, alert_id
from streams.events import EventDocument
from streams.links import LinkDocument, NetworkDocument
from tests.indexed import from_schema
from tests.unit.correlating import Folded
from tests.unit.telling import comparison_records

__all__ = [
    "Told",
    "any_alert",
    "any_event",
    "any_link",
    "any_network",
    "make_alert",
    "make_event",
    "make_link",
    "make_network",
    "told_scenario",
]

_MOMENT = st.datetimes().map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z")
_TIMES = ("first", "last", "when", "received")


@dataclass(frozen=True, slots=True)
class Told:
    """All versions that correlation writes of the scenario, one record after the other, and what stands in the end."""

    links: tuple[LinkDocument, ...]
    networks: tuple[NetworkDocument, ...]
    folded: Folded


@cache
def told_scenario(view: str = "joint") -> Told:
    """The scenario through the engine, as its worker would write it."""
    engine, folded = Engine(), Folded()
    links: list[LinkDocument] = []
    networks: list[NetworkDocument] = []
    for offset, record in enumerate(comparison_records()[view]):
        emitted = engine.apply(record, offset)
        folded.take(emitted.links, emitted.networks, emitted.events)
        links += emitted.links.values()
        networks += emitted.networks.values()
    return Told(tuple(links), tuple(networks), folded)


def make_link(**parts: Any) -> LinkDocument:
    """A small link that nobody has judged."""
    canary = {name: value for name, value in CANARY_LINK.items() if name != "judged"}
    return cast(LinkDocument, {**canary, **parts})


def make_network(**parts: Any) -> NetworkDocument:
    """A small network."""
    return cast(NetworkDocument, {**CANARY_NETWORK, **parts})


def make_event(**parts: Any) -> EventDocument:
    """A small event."""
    return cast(EventDocument, {**CANARY_EVENT, **parts})


def make_alert(subject: str, *, subscriber: str = "desk", view: str = "joint", **parts: Any) -> AlertDocument:
    """An alert of `subscriber` about the report or network called `subject`."""
    about = hashlib.blake2b(subject.encode(), digest_size=16).hexdigest()
    named = {
        "id": alert_id(view, subscriber, "pills", "report", about),
        "view": view,
        "subscriber": subscriber,
        "subscription": "pills",
        "subject": {"kind": "report", "id": about, "agency": "fiction", "report_id": subject},
    }
    if parts.get("state") == "withdrawn":
        return cast(AlertDocument, {"version": 1, "change": "withdrawn", **named, **parts})
    return cast(AlertDocument, {**CANARY_ALERT, **named, **parts})


@st.composite
def _any_of(draw: st.DrawFn, contract: Any) -> Any:
    schema = TypeAdapter(contract).json_schema()
    document = draw(from_schema(schema, schema["$defs"]))
    # What the contract says in words: ids, versions, moments, degrees, and goods summed once a commodity.
    document |= {"id": draw(st.binary(min_size=16, max_size=16)).hex(), "version": draw(st.integers(0, 2**63 - 1))}
    document |= {name: draw(_MOMENT) for name in _TIMES if name in document}
    if "span" in document:
        document["span"] |= {"start": draw(_MOMENT), "end": draw(_MOMENT)}
    for place in [
        *document.get("places", []),
        *([document["place"]] if "location" in document.get("place", {}) else []),
    ]:
        place.pop("location", None)
        if draw(st.booleans()):
            place["location"] = {"lat": draw(st.floats(-90, 90)), "lon": draw(st.floats(-180, 180))}
    return document


def any_link() -> st.SearchStrategy[LinkDocument]:
    """A link of any state with any content."""
    return cast("st.SearchStrategy[LinkDocument]", _any_of(LinkDocument))


def any_network() -> st.SearchStrategy[NetworkDocument]:
    """A network of any state with any content."""
    return cast("st.SearchStrategy[NetworkDocument]", _any_of(NetworkDocument))


def any_event() -> st.SearchStrategy[EventDocument]:
    """An event of any state with any content."""
    return cast("st.SearchStrategy[EventDocument]", _any_of(EventDocument))


def any_alert() -> st.SearchStrategy[AlertDocument]:
    """An alert of any state with any content."""
    return cast("st.SearchStrategy[AlertDocument]", _any_of(AlertDocument))
