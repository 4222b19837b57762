"""What analysts said of one link -> the verdict that holds. Pure, and a function of the set of judgements.

Of one judge on one link the newest judgement counts. Judges who contradict each other leave the reports apart: joining
two people wrongly does more harm than leaving two records unjoined.
"""

from collections.abc import Iterable

from processors.correlation.scoring import Spoken
from streams.judgements import JudgementRecord, LinkJudgement, ShownJudgement, Verdict
from streams.links import LinkReason
from streams.parsing import canonical_json

__all__ = [
    "EVENT_FEATURES",
    "MAX_SHOWN",
    "PERSON_KINDS",
    "Evidence",
    "declares_people_the_same",
    "evidence_of",
    "evidence_of_reasons",
    "judge_link",
    "newest_judgements",
    "replaces",
]

Evidence = tuple[str, str | None]
"""A feature that spoke for a link, and the kind of the identifier that it rests on (None if on none)."""

MAX_SHOWN = 16
"""Judgements of each side that a link lists, the last ones; it counts all."""
PERSON_KINDS = frozenset({"curp", "rfc", "passport", "visa"})
"""Identifiers that name a person. An RFC may be a company's: which, the number alone doesn't always say."""
EVENT_FEATURES = frozenset({"tell_event", "repeat_text"})
"""Features by which two reports tell of one event."""
_PERSON_FEATURE = "name_same_person"


def declares_people_the_same(evidence: Iterable[Evidence]) -> bool:
    """Whether `same` on a link with this evidence says that two PEOPLE are one, and nothing else: it takes two judges.

    So it is where a subject's name or a person's own number (`PERSON_KINDS`) speaks for the link, and neither a thing's
    number (a plate, a telephone, a gun's serial, a case ...) nor one event does. Marks on goods and ways of hiding them
    don't count: they tell of a way of working, which many people share.
    """
    people = False
    for feature, kind in evidence:
        if feature in EVENT_FEATURES or (kind is not None and kind not in PERSON_KINDS):
            return False
        people = people or feature == _PERSON_FEATURE or kind in PERSON_KINDS
    return people


def evidence_of(spoke: Iterable[Spoken]) -> list[Evidence]:
    """What speaks for a pair, as `weigh` found it; what speaks against it is left out."""
    return [(one.feature.__name__, shared.kind) for one in spoke if one.weight > 0 for shared in one.found.detail]


def evidence_of_reasons(reasons: Iterable[LinkReason]) -> list[Evidence]:
    """The same from the reasons of a link's document, as far as it lists them."""
    return [(reason["feature"], reason.get("kind")) for reason in reasons if reason["weight"] > 0]


def replaces(new: JudgementRecord, held: JudgementRecord) -> bool:
    """Whether a record takes the place of the one held under the same id: it was appended later.

    Of two appended in one millisecond the higher event id does. One event appended twice is received twice: the later
    copy counts, so that a judge who repeats what they had taken back is heard.
    """
    return _rank(new) > _rank(held)


def newest_judgements(records: Iterable[JudgementRecord]) -> dict[str, JudgementRecord]:
    """Of each judge on each link the record that counts, by its id; any order, duplicates included."""
    current: dict[str, JudgementRecord] = {}
    for record in records:
        held = current.get(record["id"])
        if held is None or replaces(record, held):
            current[record["id"]] = record
    return current


def judge_link(records: Iterable[JudgementRecord], evidence: Iterable[Evidence]) -> LinkJudgement | None:
    """What holds of a link by all judgements on it; None where none stands.

    `evidence` is what speaks for the link now: whether `same` needs a second judge follows from it.
    """
    standing = sorted(
        (one for one in newest_judgements(records).values() if one["said"] != "withdrawn"), key=_rank, reverse=True
    )
    if not standing:
        return None
    same = [one for one in standing if one["said"] == "same"]
    different = [one for one in standing if one["said"] == "different"]
    awaiting = len(same) == 1 and not different and declares_people_the_same(evidence)
    shown = sorted([*same[:MAX_SHOWN], *different[:MAX_SHOWN]], key=_rank, reverse=True)
    judged: LinkJudgement = {
        "disputed": bool(same and different),
        "awaiting_second": awaiting,
        "judgements": [_show(one) for one in shown],
        "judgement_count": len(standing),
    }
    if not awaiting:
        verdict: Verdict = "different" if different else "same"
        judged["verdict"] = verdict
    return judged


def _show(record: JudgementRecord) -> ShownJudgement:
    return {
        "judge": record["judge"],
        "known_by": record["known_by"],
        "said": "same" if record["said"] == "same" else "different",
        "why": record["why"],
        "received": record["received"],
    }


def _rank(record: JudgementRecord) -> tuple[str, str, bytes]:
    # The bytes settle what can't be: two contents of one event in one millisecond.
    return record["received"], record["event_id"], canonical_json(record)
