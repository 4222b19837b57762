"""A pair of reports -> the link between them with its reasons, or None. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from processors.correlation.features import FEATURES, Feature, Shared, Side, sentences
from processors.correlation.marks import combine_grade, combine_handling, name_report
from processors.reference.folding import fold
from streams.facts import ComparisonRecord
from streams.links import CAUTION, LinkDocument, LinkedField, LinkReason, Strength, link_id
from streams.reports import IdentifierFacts

__all__ = ["MAX_REASONS", "STRONG_FROM", "Weighed", "compare", "issuers_differ", "weigh", "withdrawn_link"]

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


def issuers_differ(left: str, right: str) -> bool:
    """Whether both records name an issuer, and not by the same words."""
    return bool(left and right) and fold(left) != fold(right)


def _explain(
    feature: Feature, weight: float, detail: tuple[Shared, ...], left: ComparisonRecord, right: ComparisonRecord
) -> Iterator[LinkReason]:
    english, spanish = sentences(feature)
    for shared in detail:
        differ_en, differ_es = _tell_issuers(shared)
        yield {
            "feature": feature.__name__,
            "kind": shared.kind,
            "value": shared.value,
            "weight": weight,
            "left": _locate(left, shared.left),
            "right": _locate(right, shared.right),
            "sentence_en": f"{english}: {shared.value}.{differ_en}",
            "sentence_es": f"{spanish}: {shared.value}.{differ_es}",
        }


def _tell_issuers(shared: Shared) -> tuple[str, str]:
    """That the records name different issuers, in both languages; it takes nothing from the weight."""
    left, right = shared.left.get("issuer", ""), shared.right.get("issuer", "")
    if not issuers_differ(left, right):
        return "", ""
    # "TX" and "Texas, US" are one issuer: that the names differ is all that is known.
    return (
        f" The records name the issuer differently: {left} and {right}.",
        f" Los informes nombran al emisor de distinta forma: {left} y {right}.",
    )


def _locate(record: ComparisonRecord, identifier: IdentifierFacts) -> LinkedField:
    located: LinkedField = {
        "agency": record["agency"],
        "report_id": record["report_id"],
        "field": identifier["field"],
        "as_written": identifier["as_written"],
    }
    if identifier.get("issuer"):
        located["issuer"] = identifier["issuer"]
    return located
