"""The alert that one subscription makes of one subject, and its versions. Pure.

The content is a function of the subject's newest document alone, so that it is the same in any order of arrival. What
says which version was told last (`HISTORY`) is no part of it.
"""

import hashlib
from collections.abc import Mapping
from typing import Literal, cast

from processors.alerting.subjects import Subject
from processors.alerting.subscriptions import Subscriber, Subscription
from processors.alerting.words import Words
from streams.alerts import AlertDocument, AlertReason, AlertSubject, alert_id
from streams.links import CAUTION
from streams.parsing import canonical_json

__all__ = ["HISTORY", "Change", "Content", "describe", "digest_content", "tell", "withdraw", "without_history"]

HISTORY = ("version", "change", "received")
"""Fields that tell how the alert came to stand: not compared, and no part of the standing set."""

Content = Mapping[str, object]
"""An `AlertDocument` without its history."""
Change = Literal["new", "raised", "lowered", "updated"]


def describe(
    view: str,
    subscriber: Subscriber,
    subscription: Subscription,
    subject: Subject,
    reasons: list[AlertReason],
    level: float,
) -> Content:
    """The content of the alert; it holds facts in their normal form, and none of the publisher's free words."""
    titles = subscription.titles
    named = _name(subject)
    content: dict[str, object] = {
        "id": alert_id(view, subscriber.id, subscription.id, subject.on, subject.about["id"]),
        "state": "standing",
        "view": view,
        "subscriber": subscriber.id,
        "subscription": subscription.id,
        "subject": subject.about,
        "title_en": f"{titles[0]}: {named.en}",
        "title_es": f"{titles[1]}: {named.es}",
        "level": level,
        "reasons": reasons,
        "commodities": sorted(subject.commodities or ()),
        "agencies": list(subject.agencies),
        "exercise": subject.exercise,
        "caution": CAUTION,
    }
    known = {"place": subject.place, "when": subject.when, "grade": subject.grade, "handling": subject.handling}
    return content | {name: value for name, value in known.items() if value is not None}


def digest_content(content: Content) -> str:
    """16 hexadecimal digits; equal for equal contents."""
    return hashlib.blake2b(canonical_json(content), digest_size=8).hexdigest()


def tell(content: Content, subject: Subject, change: Change) -> AlertDocument:
    """The version of the alert that goes out."""
    document: dict[str, object] = {**content, "version": subject.version, "change": change}
    if subject.received:
        document["received"] = subject.received
    return cast("AlertDocument", document)


def withdraw(view: str, subscriber: str, subscription: str, about: AlertSubject, version: int) -> AlertDocument:
    """The version that takes an alert back; it ends after the subject."""
    return {
        "id": alert_id(view, subscriber, subscription, about["kind"], about["id"]),
        "version": version,
        "state": "withdrawn",
        "change": "withdrawn",
        "view": view,
        "subscriber": subscriber,
        "subscription": subscription,
        "subject": about,
    }


def without_history(document: Mapping[str, object]) -> Content:
    """The document's content."""
    return {name: value for name, value in document.items() if name not in HISTORY}


def _name(subject: Subject) -> Words:
    about = subject.about
    if about["kind"] == "report":
        # Whom to ask for the original; the agency's own number is an identity and travels as it is.
        name = f"{about['agency']} {about['report_id']}"
        return Words(name, name)
    agencies = len(subject.agencies)
    return Words(
        f"network of {subject.members:,} reports by {agencies} {'agency' if agencies == 1 else 'agencies'}",
        f"red de {subject.members:,} informes de {agencies} {'institución' if agencies == 1 else 'instituciones'}",
    )
