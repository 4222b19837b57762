"""Alerts in tests: the demo's subscriptions, what a reader of the topics ends up with, and small subjects by hand."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson

import deploy.demo
from processors.alerting.documents import Content, without_history
from processors.alerting.stage import AlertStage
from processors.alerting.subjects import read_network, read_report
from processors.alerting.subscriptions import Subscriber, load_subscriptions
from processors.correlation.batch import correlate
from processors.reference import default_reference
from processors.stages import StateView
from streams.parsing import canonical_json
from streams.records import Output, StoredRecord
from streams.topics import Topics
from tests.unit.telling import comparison_records, renditions

__all__ = [
    "DEMO_SUBSCRIPTIONS",
    "VIEW",
    "FoldedAlerts",
    "Reader",
    "demo_subscribers",
    "make_network",
    "make_report",
    "make_subscribers",
    "store",
    "story",
]

VIEW = "joint"
_TOPICS = Topics("t-")
DEMO_SUBSCRIPTIONS = Path(deploy.demo.__file__).with_name("subscriptions.yaml")


@cache
def demo_subscribers() -> tuple[Subscriber, ...]:
    """The subscribers of the demo."""
    return load_subscriptions(DEMO_SUBSCRIPTIONS, default_reference())


@cache
def story() -> tuple[dict[str, Any], ...]:
    """The scenario's renditions in `joint`, and the networks that come of it."""
    _, networks, _ = correlate(comparison_records()[VIEW])
    return (*renditions()[VIEW], *(dict(network) for network in networks.values()))


def make_subscribers(on: str = "report", exercises: bool | str = False, **asked: Any) -> tuple[Subscriber, ...]:
    """One subscriber with one subscription."""
    row = {"id": "one", "title": "Wanted", "on": on, "exercises": exercises, "filter": asked}
    subscriber = {"id": "desk", "name": "Desk (fictional)", "view": VIEW, "fictional": True, "subscriptions": [row]}
    return (Subscriber.model_validate(subscriber),)


def _name(number: int) -> str:
    return hashlib.blake2b(str(number).encode(), digest_size=16).hexdigest()


def make_report(number: int = 1, *, version: int = 1, retracted: bool = False, **parts: Any) -> dict[str, Any]:
    """A rendition; `parts` replace facts, or `kind`, `received` and `exercise`."""
    head = {name: parts.pop(name) for name in ("kind", "received", "exercise") if name in parts}
    facts = {"times": {}, "count_basis": "incident", "direction": "unknown", "mode": "unknown", "items": []}
    report = {
        "id": _name(number),
        "version": version,
        "agency": "fiction-agency",
        "report_id": f"F-{number}",
        "revision": version,
        "kind": "seizure",
        "retracted": retracted,
        "exercise": False,
        "event_id": f"F-{number}/{version}",
        "received": "2026-03-01T00:00:00.000Z",
        "event": {"narrative": {"text": "Words that no alert may hold (fictional)."}},
        "facts": facts | parts,
        "provenance": [],
        "grade": {"reliability": "B", "credibility": "2", "given_by": "registry"},
        "handling": {"tlp": "GREEN", "releasable_to": [VIEW]},
        "versions": {"rules": "1", "reference": "0"},
    }
    return report | head


def make_network(number: int = 1, *, version: int = 1, state: str = "live", **parts: Any) -> dict[str, Any]:
    """A network document; `parts` replace fields."""
    network: dict[str, Any] = {"id": _name(number), "version": version, "state": state}
    if state != "live":
        return network | parts
    network |= {
        "members": [],
        "member_count": 2,
        "oversized": False,
        "link_count": 1,
        "identifiers": [],
        "identifier_count": 0,
        "agencies": ["fiction-agency"],
        "places": [],
        "goods": [],
        "counts": {"firearms": 0, "rounds": 0, "pills": 0},
        "counted": "per_report",
        "exercise": False,
        "grade": {"reliability": "C", "credibility": "3"},
        "handling": {"tlp": "AMBER", "releasable_to": [VIEW]},
        "last": "2026-03-02T00:00:00.000Z",
        "caution": {"en": "-", "es": "-"},
    }
    return network | parts


def store(records: Iterable[Mapping[str, Any]], topics: Topics, start: int = 0) -> list[StoredRecord]:
    """The records as the broker has them: reports and networks on their topics, in the order given."""
    stored = []
    for offset, record in enumerate(records, start):
        value = canonical_json(record)
        topic = topics.reports(VIEW) if "report_id" in record else topics.networks(VIEW)
        (read_report if "report_id" in record else read_network)(value)
        stored.append(StoredRecord(topic, 0, offset, 1_770_000_000_000, record["id"].encode(), value))
    return stored


class FoldedAlerts:
    """What a reader of the alert topics holds: of each id the document that came last of its highest version."""

    def __init__(self) -> None:
        """Nothing read."""
        self.documents: dict[str, dict[str, Any]] = {}
        self.told: list[dict[str, Any]] = []

    def take(self, document: dict[str, Any]) -> None:
        """Read one document."""
        self.told.append(document)
        held = self.documents.get(document["id"])
        if held is None or held["version"] <= document["version"]:
            self.documents[document["id"]] = document

    def read(self, outputs: Sequence[Output], topics: Topics) -> None:
        """Read a stage's outputs."""
        for output in outputs:
            document = orjson.loads(output.value or b"")
            assert output.key == document["id"].encode()
            assert output.topic == topics.alerts(document["subscriber"])
            self.take(document)

    def standing(self) -> dict[str, Content]:
        """What stands, without its history, as the oracle has it."""
        return {name: without_history(one) for name, one in self.documents.items() if one["state"] == "standing"}


class Reader:
    """One stage over one partition's state, and what a reader of its topics holds."""

    def __init__(self, subscribers: Sequence[Subscriber]) -> None:
        self.stage = AlertStage(_TOPICS, VIEW, subscribers)
        self.rows: dict[bytes, bytes] = {}
        self.folded = FoldedAlerts()
        self.offset = 0

    def read(self, *records: Any) -> list[tuple[str, float | None]]:
        """Changes and levels of what the records make the stage write."""
        told = len(self.folded.told)
        stored = store(records, _TOPICS, self.offset)
        self.offset += len(stored)
        emitted = self.stage.process(stored, StateView(self.rows.get, 8_000_000))
        self.rows |= {row.key: row.value for row in emitted.rows if row.value is not None}
        self.folded.read(emitted.outputs, _TOPICS)
        return [(one["change"], one.get("level")) for one in self.folded.told[told:]]
