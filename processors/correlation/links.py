"""A pair of reports -> the link between them with its reasons, or None. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from processors.correlation.features import FEATURES, Feature, Shared, Side, sentences
from processors.correlation.marks import combine_grade, combine_handling, name_report
from streams.facts import ComparisonRecord
from streams.links import CAUTION, LinkDocument, LinkedField, LinkReason, Strength, link_id
from streams.reports import IdentifierFacts

__all__ = ["MAX_REASONS", "STRONG_FROM", "Weighed", "compare", "weigh", "withdrawn_link"]

STRONG_FROM = 1.0
"""Score from which a link is strong, and joins networks."""
MAX_REASONS = 32
"""Reasons that a link lists; it counts all."""


class Weighed(NamedTuple):
    """What the features made of a pair: the strength, the score, and each feature that spoke with its weight."""

    strength: Strength
    score: float
    spoke: list[tuple[Feature, float, tuple[Shared, ...]]]


def weigh(left: Side, right: Side) -> Weighed | None:
    """How strongly two live records belong together, or None if nothing speaks for it.

    Records of exercises and real ones never link.
    """
    if left.identifiers.keys().isdisjoint(right.identifiers):
        return None
    if left.record.get("exercise", False) != right.record.get("exercise", False):
        return None
    spoke: list[tuple[Feature, float, tuple[Shared, ...]]] = []
    for feature, weight in FEATURES:
        found = feature(left, right)
        if found.score > 0:
            spoke.append((feature, weight * found.score, found.detail))
    if not spoke:
        return None
    score = sum(weight for _, weight, _ in spoke)
    return Weighed("strong" if score >= STRONG_FROM else "possible", round(score, 6), spoke)


def compare(left: Side, right: Side, version: int = 0) -> LinkDocument | None:
    """The link of two live records, left with the smaller id, or None as `weigh` says."""
    weighed = weigh(left, right)
    if weighed is None:
        return None
    both = (left.record, right.record)
    reasons = [reason for found in weighed.spoke for reason in _explain(*found, *both)]
    return {
        "id": link_id(left.record["id"], right.record["id"]),
        "version": version,
        "state": "live",
        "left": left.record["id"],
        "right": right.record["id"],
        "strength": weighed.strength,
        "score": weighed.score,
        "reports": [name_report(record) for record in both],
        "reasons": reasons[:MAX_REASONS],
        "reason_count": len(reasons),
        "exercise": left.record.get("exercise", False),
        "grade": combine_grade(both),
        "handling": combine_handling(both),
        "caution": CAUTION,
    }


def withdrawn_link(left: str, right: str, version: int) -> LinkDocument:
    """What remains of a link that no longer holds: nothing of the records, one of which may be retracted."""
    return {"id": link_id(left, right), "version": version, "state": "withdrawn", "left": left, "right": right}


def _explain(
    feature: Feature, weight: float, detail: tuple[Shared, ...], left: ComparisonRecord, right: ComparisonRecord
) -> Iterator[LinkReason]:
    english, spanish = sentences(feature)
    for shared in detail:
        yield {
            "feature": feature.__name__,
            "kind": shared.kind,
            "value": shared.value,
            "weight": weight,
            "left": _locate(left, shared.left),
            "right": _locate(right, shared.right),
            "sentence_en": f"{english}: {shared.value}.",
            "sentence_es": f"{spanish}: {shared.value}.",
        }


def _locate(record: ComparisonRecord, identifier: IdentifierFacts) -> LinkedField:
    return {
        "agency": record["agency"],
        "report_id": record["report_id"],
        "field": identifier["field"],
        "as_written": identifier["as_written"],
    }
