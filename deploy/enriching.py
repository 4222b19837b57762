"""Enriching files of events in one process, as the enrich workers do it: the same validation, the same list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from processors.enrichment.draft import EnricherFailedError
from processors.enrichment.shielding import ProtectedSoFar
from processors.enrichment.stage import enrich_record
from processors.enrichment.validate import validate_record
from processors.protection.keys import TokenKeys
from processors.reference import Reference
from streams.envelope import Envelope, source_of
from streams.errors import ContractError
from streams.event_lines import EventLine, RefusedLine, read_event_line, read_event_lines
from streams.parsing import canonical_json
from streams.records import StoredRecord
from streams.refusals import Reason, Refused, make_reason
from streams.registry import Agency
from streams.reports import EnrichedReport
from streams.topics import Topics

__all__ = ["Enriched", "Enricher", "read_lines"]


class Enriched(NamedTuple):
    """What became of a line: the report, or the reasons why it was refused."""

    line: int
    report: EnrichedReport | None
    reasons: tuple[Reason, ...] = ()


def read_lines(path: Path | None, stdin: BinaryIO) -> Iterator[EventLine | RefusedLine]:
    """The events of a file, or of standard input where `path` is None; `ContractError` if it can't be read."""
    if path is not None:
        yield from read_event_lines(path)
        return
    for number, raw in enumerate(stdin, start=1):
        if raw.strip():
            yield read_event_line(number, raw.strip())


@dataclass(frozen=True, slots=True)
class Enricher:
    """Enriches lines; `received` stands for the broker's clock, which a file has not."""

    registry: Mapping[str, Agency]
    reference: Reference
    keys: TokenKeys
    agency: str | None
    received: datetime
    protected: ProtectedSoFar = field(default_factory=ProtectedSoFar)
    """Whom the earlier lines protect, for the revisions that follow."""

    def enrich(self, lines: Iterable[EventLine | RefusedLine]) -> Iterator[Enriched]:
        """Each line's report or refusal, in order; `ContractError` where nobody says whose a line is."""
        for line in lines:
            yield Enriched(line.line, None, line.reasons) if isinstance(line, RefusedLine) else self._one(line)

    def _one(self, line: EventLine) -> Enriched:
        agency = self.agency or line.agency
        if agency is None:
            raise ContractError(f"Line {line.line} names no agency: add it to the line, or give --agency.")
        time = line.time or self.received
        topics = Topics()
        envelope = Envelope(line.id or f"line-{line.line}", source_of(agency), line.type, time)
        body = canonical_json(line.event)
        stamp = int(max(self.received, time).astimezone(UTC).timestamp() * 1000)
        record = StoredRecord(
            topics.intake(agency), 0, line.line, stamp, None, body, tuple(envelope.to_headers())
        )  # fmt: skip
        try:
            valid = validate_record(record, topics, self.registry, self.reference)
            report = self.protected.hide(enrich_record(valid, self.reference, self.keys), self.keys)
        except Refused as refusal:
            return Enriched(line.line, None, refusal.reasons)
        except EnricherFailedError as error:
            return Enriched(line.line, None, (make_reason("enrichment_failed", expected=error.enricher),))
        mark = report.get("protection")
        if mark is not None:
            # What gives protected people away, even as hashes, is for the release stage alone.
            report["protection"] = {"people": mark["people"], "texts": mark["texts"]}
        return Enriched(line.line, report)
