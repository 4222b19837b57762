"""How far independent sources confirm each other, on the Admiralty scale. Pure."""

from collections.abc import Sequence
from itertools import combinations

from processors.correlation.features_events import repeats_text
from streams.facts import ComparisonRecord
from streams.links import DerivedGrade

__all__ = ["Grade", "best_first", "corroborate", "find_origins", "grade_of", "grade_origins"]

Grade = tuple[str, str]
"""Reliability A to F, credibility 1 to 6."""
_UNKNOWN, _UNJUDGED = "F", "6"
_CONFIRMING = frozenset("ABC")
_LIKELY = frozenset("123")


def corroborate(best: Grade, official: Sequence[Grade], news: Sequence[Grade]) -> DerivedGrade:
    """The grade of what several independent origins tell: `best` is that of the best graded one, which the others, of
    agencies and of news, confirm or not.

    Reliability stays, for it is the source's. Credibility rises by one step for each other origin that is fairly
    reliable or better (A to C) and itself tells what is possibly true or better (1 to 3): through agencies up to 1,
    confirmed by other independent sources; through news up to 2, for news may retell what an agency told it. A source
    whose reliability is unknown (F), and a credibility that can't be judged (6), neither raise nor are raised.
    """
    reliability, credibility = best
    if reliability == _UNKNOWN or credibility == _UNJUDGED:
        return {"reliability": reliability, "credibility": credibility}
    level = max(1, int(credibility) - sum(map(_confirms, official)))
    level = max(min(level, 2), level - sum(map(_confirms, news)))
    return {"reliability": reliability, "credibility": str(level)}


def _confirms(grade: Grade) -> bool:
    return grade[0] in _CONFIRMING and grade[1] in _LIKELY


def grade_of(record: ComparisonRecord) -> Grade:
    """Reliability and credibility; a record without a grade can't be judged."""
    grade = record.get("grade")
    return (grade["reliability"], grade["credibility"]) if grade is not None else (_UNKNOWN, _UNJUDGED)


def best_first(grade: Grade) -> tuple[bool, bool, str, str]:
    """What to sort grades by: the best first, those that can't be judged on an axis last."""
    reliability, credibility = grade
    return reliability == _UNKNOWN, credibility == _UNJUDGED, reliability, credibility


def grade_origins(origins: Sequence[Sequence[ComparisonRecord]]) -> DerivedGrade:
    """The grade of independent origins, each as its records: an origin has the grade of its best graded record, and is
    news if all of them are.
    """
    if len(origins) == len(origins[0]) == 1:  # as nearly all are
        reliability, credibility = grade_of(origins[0][0])
        return {"reliability": reliability, "credibility": credibility}
    graded = [
        (min(map(grade_of, records), key=best_first), all(record["kind"] == "news" for record in records))
        for records in origins
    ]
    # Of equal grades that of an agency is the best, and the news confirm it.
    best, *others = sorted(graded, key=lambda one: (best_first(one[0]), one[1]))
    return corroborate(
        best[0], [one for one, is_news in others if not is_news], [one for one, is_news in others if is_news]
    )


def find_origins(records: Sequence[ComparisonRecord]) -> list[list[ComparisonRecord]]:
    """The records by independent origin, in the order of each one's first record.

    The official records of one agency are one origin, and so are texts that repeat each other, wholly or in part, at
    any distance in time, and copies of one release: none of them confirms the other.
    """
    if len(records) == 1:
        return [list(records)]
    origin = list(range(len(records)))
    for one, other in combinations(range(len(records)), 2):
        if origin[one] != origin[other] and _is_one_origin(records[one], records[other]):
            kept, given_up = sorted((origin[one], origin[other]))
            origin = [kept if held == given_up else held for held in origin]
    return [[records[at] for at, held in enumerate(origin) if held == name] for name in sorted(set(origin))]


def _is_one_origin(one: ComparisonRecord, other: ComparisonRecord) -> bool:
    if one["agency"] == other["agency"] and "news" not in (one["kind"], other["kind"]):
        return True
    return bool(repeats_text(one, other).level)
