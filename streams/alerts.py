"""What a subscriber is told: alerts on `alerts.<subscriber>`, keyed by alert id.

An alert says that something a subscriber waits for stands in one report or one network. It is a version of a stable
id: a later report may raise, lower or withdraw it. It is a lead, not proof, and says so (`caution`).
"""

import hashlib
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from streams.links import Caution, DerivedGrade
from streams.reports import HandlingMark, IdentifierKind

__all__ = ["AlertDocument", "AlertPlace", "AlertReason", "AlertSubject", "alert_id"]


class AlertSubject(TypedDict):
    """What the alert is about: a report (`agency` and `report_id` say whom to ask for the original) or a network."""

    kind: Literal["report", "network"]
    id: str
    agency: NotRequired[str]
    report_id: NotRequired[str]


class AlertReason(TypedDict):
    """One condition of the subscription and what met it; `field` is the path in the report's facts or the network.

    `value` is what stands there, as text; `identifier_kind` says what kind of number it is, where it is one.
    """

    condition: str
    field: str
    value: str
    identifier_kind: NotRequired[IdentifierKind]
    sentence_en: str
    sentence_es: str


class AlertPlace(TypedDict, total=False):
    """Where, as far as the gazetteer knows it."""

    name: str
    country: str
    state: str
    corridor: str


class AlertDocument(TypedDict):
    """One version of an alert; the highest `version` of an `id` counts, and a withdrawn one ends after `subject`.

    `version` is that of the subject's document. `level` is what makes an alert higher or lower: the amount that met
    the subscription's amount, a network's reports, else 1. `change` tells what this version did to the one before it:
    that is history, and no part of the standing set. `titles` are one line for a reader in each language. `received`
    is when the broker took in the report that the alert is about; a network's alert has none.
    """

    id: str
    version: int
    state: Literal["standing", "withdrawn"]
    change: Literal["new", "raised", "lowered", "updated", "withdrawn"]
    view: str
    subscriber: str
    subscription: str
    subject: AlertSubject
    title_en: NotRequired[str]
    title_es: NotRequired[str]
    level: NotRequired[float]
    reasons: NotRequired[list[AlertReason]]
    commodities: NotRequired[list[str]]
    agencies: NotRequired[list[str]]
    place: NotRequired[AlertPlace]
    when: NotRequired[str]
    received: NotRequired[str]
    exercise: NotRequired[bool]
    grade: NotRequired[DerivedGrade]
    handling: NotRequired[HandlingMark]
    caution: NotRequired[Caution]


def alert_id(view: str, subscriber: str, subscription: str, kind: str, subject: str) -> str:
    """The id of what `subscription` says about one subject (document id or network id): 32 hexadecimal digits."""
    name = "/".join((view, subscriber, subscription, kind, subject))
    return hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
