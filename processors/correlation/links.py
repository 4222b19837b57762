"""A pair of reports -> the link between them with its reasons, or None. Pure."""

from collections.abc import Iterator

from processors.correlation.features_people import RARITIES
from processors.correlation.marks import combine_grade, combine_handling, name_report
from processors.correlation.scoring import Spoken, Weighed, weigh
from processors.correlation.sentences import sentences
from processors.correlation.sides import Shared, Side, Where
from processors.correlation.wording import WORDED, word_value
from processors.reference.folding import fold
from processors.reference.person_names import default_person_names
from streams.facts import ComparisonRecord
from streams.judgements import LinkJudgement
from streams.links import CAUTION, LinkDocument, LinkedField, LinkReason, link_id

__all__ = ["MAX_REASONS", "compare", "describe", "issuers_differ", "withdrawn_link"]

MAX_REASONS = 32
"""Reasons that a link lists; it counts all."""


def compare(left: Side, right: Side, version: int = 0) -> LinkDocument | None:
    """The link of two live records, left with the smaller id, or None as `weigh` says."""
    weighed = weigh(left, right)
    return None if weighed is None else describe(left, right, weighed, version)


def describe(
    left: Side, right: Side, weighed: Weighed, version: int = 0, judged: LinkJudgement | None = None
) -> LinkDocument:
    """The link of two live records, left with the smaller id, of which `weighed` was found, and how it was judged."""
    both = (left.record, right.record)
    reasons = [reason for spoken in weighed.spoke for reason in _explain(spoken, *both)]
    document: LinkDocument = {
        "id": link_id(left.record["id"], right.record["id"]),
        "version": version,
        "state": "live",
        "left": left.record["id"],
        "right": right.record["id"],
        "strength": weighed.strength,
        "score": weighed.score,
        "probability": weighed.probability,
        "reports": [name_report(record) for record in both],
        "reasons": reasons[:MAX_REASONS],
        "reason_count": len(reasons),
        "exercise": left.record.get("exercise", False),
        "grade": combine_grade(both),
        "handling": combine_handling(both),
        "caution": CAUTION,
    }
    if judged is not None:
        document["judged"] = judged
    return document


def withdrawn_link(left: str, right: str, version: int) -> LinkDocument:
    """What remains of a link that no longer holds: nothing of the records, one of which may be retracted."""
    return {"id": link_id(left, right), "version": version, "state": "withdrawn", "left": left, "right": right}


def issuers_differ(left: str, right: str) -> bool:
    """Whether both records name an issuer, and not by the same words."""
    return bool(left and right) and fold(left) != fold(right)


def _explain(spoken: Spoken, left: ComparisonRecord, right: ComparisonRecord) -> Iterator[LinkReason]:
    name = spoken.feature.__name__
    english, spanish = sentences(spoken.feature, spoken.found.level)
    by_en, by_es = _tell_table(spoken)
    for shared in spoken.found.detail:
        said_en = said_es = shared.value
        if name in WORDED:
            said_en, said_es = word_value(name, shared.value, "en"), word_value(name, shared.value, "es")
        more_en, more_es = _tell_issuers(shared)
        if name == "share_misread":
            wrong_en, wrong_es = _tell_wrong(shared)
            more_en, more_es = more_en + wrong_en, more_es + wrong_es
        reason: LinkReason = {
            "feature": name,
            "level": spoken.found.level,
            "value": shared.value,
            "weight": round(spoken.weight, 4),
            "left": _locate(left, shared.left),
            "right": _locate(right, shared.right),
            "sentence_en": f"{_end(english, said_en)}{by_en}{more_en}",
            "sentence_es": f"{_end(spanish, said_es)}{by_es}{more_es}",
        }
        if shared.kind is not None:
            reason["kind"] = shared.kind
        yield reason


def _end(sentence: str, value: str) -> str:
    return f"{sentence}: {value}." if value else f"{sentence}."


def _tell_table(spoken: Spoken) -> tuple[str, str]:
    """Which table of names says how common a name is, in both languages; of other levels none is asked."""
    if spoken.feature.__name__ != "name_same_person" or spoken.found.level not in RARITIES:
        return "", ""
    version = default_person_names().version
    return f" How common it is: name table {version}.", f" Qué tan común es: tabla de nombres {version}."


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


def _tell_wrong(shared: Shared) -> tuple[str, str]:
    """Which of two numbers that are alike is wrong by its check digits, in both languages."""
    wrong = sorted({side["as_written"] for side in (shared.left, shared.right) if side.get("checked") is False})
    if not wrong:
        return "", ""
    named = ", ".join(wrong)
    return f" Wrong by its check digits: {named}.", f" No cumple sus dígitos verificadores: {named}."


def _locate(record: ComparisonRecord, where: Where) -> LinkedField:
    located: LinkedField = {
        "agency": record["agency"],
        "report_id": record["report_id"],
        "field": where["field"],
        "as_written": where["as_written"],
    }
    if where.get("issuer"):
        located["issuer"] = where["issuer"]
    return located
