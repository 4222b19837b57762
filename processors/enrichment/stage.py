"""The enrich stage: intake records in, enriched reports or dead letters out."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache

from processors.enrichment import ENRICHERS, RULES_VERSION
from processors.enrichment.draft import Enriched, Enricher, EnricherFailedError, enrich_drafts, start_draft
from processors.enrichment.shielding import ProtectedSoFar
from processors.enrichment.validate import ValidRecord, read_claims, validate_record
from processors.enrichment.whom import Hidden, hide_protected
from processors.faults import drop_oversized_original
from processors.protection.keys import TokenKeys
from processors.reference import Reference
from processors.release.renditions import released_views, tombstone
from processors.stages import Emitted, State, measure_output
from streams.contracts import AnyEvent, CaseEvent, Grade, SeizureReport
from streams.dead_letters import make_dead_letter
from streams.envelope import format_time
from streams.identity import document_id, lowest_version, revision_number, version_number
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.refusals import Refused
from streams.registry import Agency
from streams.reports import EnrichedReport, GradeMark, HandlingMark, ReportKind
from streams.topics import Topics

__all__ = ["EnrichStage", "enrich_record", "enrich_records"]

_BLOCK_RECORDS = 128
_BLOCK_BYTES = 1 << 20
"""Records of at most so many, and bytes, go through each step together: news of 5 kB take a sixth less time in blocks
of 128 than in blocks of 12, for the code of a step stays in the processor's caches.
"""


def enrich_record(
    valid: ValidRecord, reference: Reference, keys: TokenKeys, enrichers: Sequence[Enricher] = ENRICHERS
) -> EnrichedReport:
    """The enriched report of a valid record, its protected people tokens before anything is read from it; the same
    record, keys and versions give the same report.

    Raises `EnricherFailedError` if an enricher has a fault.
    """
    [report] = enrich_records([valid], reference, keys, enrichers)
    if isinstance(report, EnricherFailedError):
        raise report
    return report


def enrich_records(
    records: Sequence[ValidRecord], reference: Reference, keys: TokenKeys, enrichers: Sequence[Enricher] = ENRICHERS
) -> list[EnrichedReport | EnricherFailedError]:
    """As `enrich_record`, each step over all records before the next."""
    frames = [_frame(valid, reference) for valid in records]
    hidden = [_hide(valid, frame["id"], reference, keys) for valid, frame in zip(records, frames, strict=True)]
    drafts = [
        start_draft(done.event, valid.agency, valid.received, reference, done.texts)
        for valid, done in zip(records, hidden, strict=True)
        if not isinstance(done, EnricherFailedError)
    ]
    enriched = iter(enrich_drafts(enrichers, drafts))
    return [
        done if isinstance(done, EnricherFailedError) else _join(frame, done, next(enriched))
        for frame, done in zip(frames, hidden, strict=True)
    ]


def _hide(valid: ValidRecord, identity: str, reference: Reference, keys: TokenKeys) -> Hidden | EnricherFailedError:
    try:
        return hide_protected(valid, identity, reference, keys)
    except EnricherFailedError as error:
        return error


def _join(
    frame: EnrichedReport, hidden: Hidden, enriched: Enriched | EnricherFailedError
) -> EnrichedReport | EnricherFailedError:
    if isinstance(enriched, EnricherFailedError):
        return enriched
    frame["event"] = hidden.body
    frame["facts"], frame["provenance"] = enriched
    if hidden.mark is not None:
        frame["protection"] = hidden.mark
    return frame


def _frame(valid: ValidRecord, reference: Reference) -> EnrichedReport:
    """What a report is apart from its content: identity, version, grade and marks."""
    agency, envelope, parsed, received, _starts = valid
    event = parsed.event
    revision = revision_number(event.revision, envelope.time)
    return {
        "id": document_id(agency.id, event.report_id),
        "version": version_number(revision, parsed.canonical),
        "agency": agency.id,
        "report_id": event.report_id,
        "revision": revision,
        "kind": _kind_of(event),
        "retracted": event.retraction is not None,
        "exercise": event.exercise,
        "event_id": envelope.id,
        "received": _written(received),
        "event": {},
        "facts": {"times": {}, "count_basis": "incident", "direction": "unknown", "mode": "unknown", "items": []},
        "provenance": [],
        "grade": _grade_of(event.grade, agency),
        "handling": _handling_of(event, agency),
        "versions": {"rules": RULES_VERSION, "reference": reference.version},
    }


# The broker stamps all records of a batch alike.
@lru_cache(maxsize=1024)
def _written(received: datetime) -> str:
    return format_time(received)


class EnrichStage:
    """Validate and enrich the records of intake topics.

    A bad record becomes a dead letter with its original; an original too large to be written again stays in the intake
    alone. A record on which an enricher has a fault is refused too: stopping would let one record hold up every agency,
    and skipping would lose it; the dead letter names the enricher, is counted, and can be resubmitted once the fault is
    mended. The content of a record that no switched-on view may see stays in its agency's intake; what goes on is a
    tombstone, so that the release stage takes earlier revisions out of the views.

    Whoever a revision protects is protected in those that come after it, whatever they say: the stage remembers what
    gives them away as keyed hashes, a row for each report that protects somebody. All revisions of a report lie in one
    partition. What a revision that comes late changes of those before it is the release stage's part.
    """

    name = "enrich"

    def __init__(
        self,
        topics: Topics,
        registry: Mapping[str, Agency],
        reference: Reference,
        views: Sequence[str],
        keys: TokenKeys,
        enrichers: Sequence[Enricher] = ENRICHERS,
    ) -> None:
        """`registry` is looked up for each record, so that a reread registry holds at once."""
        self._keys = keys
        self._topics = topics
        self._enriched = topics.enriched
        self._registry = registry
        self._reference = reference
        self._views = tuple(views)
        self._enrichers = tuple(enrichers)
        self.counts: Counter[str] = Counter()
        """Records by what became of them: `enriched`, `withheld`, `refused`, and `refused.<code>`; for metrics."""

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """The enriched report, keyed by document id, or a dead letter with its original, for each record in order."""
        outputs: list[Output] = []
        protected = ProtectedSoFar(state)
        with _collector_paused():
            for block in _blocks(records):
                outputs += self._process_block(block, protected, state.output_limit)
        return Emitted(outputs, protected.rows())

    def _process_block(self, records: Sequence[Record], protected: ProtectedSoFar, limit: int) -> list[Output]:
        checked = [self._check(record) for record in records]
        valid = [one for one in checked if not isinstance(one, Refused)]
        reports = iter(enrich_records(valid, self._reference, self._keys, self._enrichers))
        outputs: list[Output] = []
        for record, one in zip(records, checked, strict=True):
            if isinstance(one, Refused):
                outputs += self._refuse(record, one, limit)
            else:
                outputs += self._finish(record, one, next(reports), protected, limit)
        return outputs

    def _check(self, record: Record) -> ValidRecord | Refused:
        try:
            return validate_record(record, self._topics, self._registry, self._reference)
        except Refused as refusal:
            return refusal

    def _finish(
        self,
        record: Record,
        valid: ValidRecord,
        report: EnrichedReport | EnricherFailedError,
        protected: ProtectedSoFar,
        limit: int,
    ) -> list[Output]:
        # Enriched even if nobody may see it: its publisher learns of a fault all the same.
        fault: Refused
        if isinstance(report, EnricherFailedError):
            fault = Refused.because("enrichment_failed", expected=report.enricher)
        else:
            report = protected.hide(report, self._keys)
            is_shared = bool(released_views(report["handling"], self._views))
            output = self._hand_on(report if is_shared else _without_content(report))
            if measure_output(output) <= limit:
                self.counts["enriched" if is_shared else "withheld"] += 1
                return [output]
            fault = Refused.because("enriched_too_large", limit=limit)
        return [*self._refuse(record, fault, limit), self._hand_on(self._marks_of(valid))]

    def _marks_of(self, valid: ValidRecord) -> EnrichedReport:
        """What counts of a record that is refused for a fault of ours: a view that its marks take the report from must
        not keep an earlier revision.
        """
        marks = _without_content(_frame(valid, self._reference))
        marks["handling"] = _handling_of(valid.parsed.event, valid.agency)
        marks["retracted"] = valid.parsed.event.retraction is not None
        marks["faulted"] = True
        # Below every whole copy of this revision, so that a repaired one counts whatever its hash.
        marks["version"] = lowest_version(marks["revision"])
        return marks

    def _hand_on(self, report: EnrichedReport) -> Output:
        # Through the class itself it takes five times as long in compiled code.
        return tuple.__new__(Output, (self._enriched, report["id"].encode(), canonical_json(report), ()))

    def _refuse(self, record: Record, refusal: Refused, limit: int) -> list[Output]:
        agency = self._topics.agency_of(record.topic)
        claims = read_claims(record, refusal.reasons)
        self.counts["refused"] += 1
        self.counts.update(f"refused.{reason.code}" for reason in refusal.reasons)
        letter = make_dead_letter(
            self._topics,
            record,
            stage=self.name,
            agency=agency,
            reasons=refusal.reasons,
            report_id=claims.report_id,
            document_id=document_id(agency, claims.report_id) if claims.report_id else None,
            event_id=claims.event_id,
        )
        return drop_oversized_original(self._topics, letter, limit)


def _without_content(report: EnrichedReport) -> EnrichedReport:
    # The topic is restricted, and release tells copies of one event apart by the publisher's id. Whom this revision
    # protects, it protects in every other one, whoever may see those.
    kept: EnrichedReport = {**tombstone(report), "event_id": report["event_id"]}
    if "protection" in report:
        kept["protection"] = report["protection"]
    return kept


def _handling_of(event: AnyEvent, agency: Agency) -> HandlingMark:
    is_marked = "handling" in event.__pydantic_fields_set__
    given = event.handling if is_marked else agency.handling
    return {
        "tlp": given.tlp,
        "releasable_to": sorted(set(given.releasable_to)),
        "given_by": "record" if is_marked else "registry",
    }


def _kind_of(event: AnyEvent) -> ReportKind:
    if isinstance(event, SeizureReport):
        return "seizure"
    return "case" if isinstance(event, CaseEvent) else "news"


def _grade_of(grade: Grade | None, agency: Agency) -> GradeMark:
    given = grade or agency.grade
    return {
        "reliability": given.reliability,
        "credibility": given.credibility,
        "given_by": "record" if grade is not None else "registry",
    }


def _blocks(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    start = size = 0
    for at, record in enumerate(records):
        size += len(record.value or b"")
        if size > _BLOCK_BYTES or at - start == _BLOCK_RECORDS:
            if at > start:
                yield records[start:at]
            start, size = at, len(record.value or b"")
    if start < len(records):
        yield records[start:]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without looks for cycles: a block has tens of thousands of live objects and no cycles, and the looks ate all that
    blocks save.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
