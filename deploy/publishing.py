"""Publishing files: events (NDJSON) or tables through a mapping, with progress, counts and refusals."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy import settings
from deploy.checking import Checker
from streams.errors import ContractError, MappingError, OversizedEventError, PublishError, UnknownAgencyError
from streams.event_lines import EventLine, RefusedLine, is_event_file, read_event_lines
from streams.mapping import MappedEvent, RefusedRow, Row, SplitGroup, Table, load_mapping, map_tables, open_table
from streams.mapping import write_refusals as write_rows
from streams.mapping.model import TableFormat
from streams.publisher import Publisher
from streams.refusals import Reason, Refused, make_reason
from streams.registry import Registry
from streams.topics import INTAKE_LIMIT, Topics

__all__ = ["PublishSummary", "publish_files"]

_PROGRESS_STEP = 500


@dataclass(slots=True)
class PublishSummary:
    """What became of the files.

    `published` events were acknowledged by Kafka (with `check`: would be published); `refused` rows or lines were not
    sent. `versions` holds the newest version of each report by document id. `revisions` are those of the events.
    """

    published: int = 0
    refused: int = 0
    seconds: float = 0.0
    versions: dict[str, int] = field(default_factory=dict)
    refusals: list[RefusedRow] = field(default_factory=list)
    splits: list[SplitGroup] = field(default_factory=list)
    revisions: set[int] = field(default_factory=set)

    @property
    def events_per_second(self) -> float:
        """Over reading, mapping, validating and publishing."""
        return self.published / self.seconds if self.seconds else 0.0

    def to_json(self, *, most: int = 100) -> dict[str, Any]:
        """The summary as a JSON object, with at most `most` refusals and split groups."""
        return {
            "published": self.published,
            "refused": self.refused,
            "reports": len(self.versions),
            "split_groups": len(self.splits),
            "splits": [
                {
                    "source": split.source,
                    "report_id": split.report_id,
                    "parts": list(split.report_ids),
                    "columns": list(split.columns),
                    "lines": list(split.lines),
                }
                for split in self.splits[:most]
            ],
            "seconds": round(self.seconds, 3),
            "events_per_second": round(self.events_per_second, 1),
            "refusals": [
                {
                    "source": row.source,
                    "line": row.line,
                    "column": row.column,
                    "reasons": [{"code": r.code, "field": r.field, "en": r.en, "es": r.es} for r in row.reasons],
                }
                for row in self.refusals[:most]
            ],
        }


def publish_files(
    files: Sequence[Path],
    *,
    brokers: str | None,
    agency: str | None = None,
    mapping: str | Path | None = None,
    topics: Topics | None = None,
    revision: int | None = None,
    refusals_to: Path | None = None,
    registry: Registry | None = None,
    console: Console | None = None,
) -> PublishSummary:
    """Publish files as `agency`, all of one kind: NDJSON events, or tables through a mapping.

    Tables of a mapping with vintages are folded together (`streams.mapping.vintages`). Without `agency` every line of
    an NDJSON file names its own. `brokers` None is a dry run: everything is checked, the agency against `registry` (by
    default the one in force) and every event as enrichment would, and nothing is sent. Refused rows are
    listed in the summary and, if `refusals_to` is given, written there as CSV, ready for repair. Returns when Kafka has
    acknowledged every event; raises `PublishError` if it did not, `MappingError` or `ContractError` if a file is wrong,
    `RegistryError` or `UnknownAgencyError` if the agency is.
    """
    started = time.perf_counter()
    kinds = {is_event_file(path) for path in files}
    if len(kinds) != 1:
        raise ContractError("Publish tables and files of events (.ndjson, .jsonl) separately.")
    topics = topics or Topics()
    checker = None
    if brokers is None:
        known = registry or settings.resolve_registry()
        if agency is not None:
            known.require(agency)
        checker = Checker(topics, known)
    with _Sender(brokers, topics, agency, console, checker) as sender, _fewer_collections():
        if kinds == {True}:
            columns, form = _publish_lines(files, sender, revision), TableFormat()
        else:
            columns, form = _publish_tables(files, sender, mapping, revision)
    summary = sender.summary
    summary.seconds = time.perf_counter() - started
    if refusals_to is not None:
        write_rows(refusals_to, columns, summary.refusals, form)
    return summary


@contextmanager
def _fewer_collections() -> Iterator[None]:
    # Mapping holds some 100,000 rows at once; Python's default thresholds spend 40% of its time in walking over them
    # (CBP's five files: 4.0 s, and 2.2 s without). Nothing here makes cycles in number.
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Sender:
    """Sends events and keeps the account; without brokers it only keeps the account."""

    def __init__(
        self, brokers: str | None, topics: Topics, agency: str | None, console: Console | None, checker: Checker | None
    ) -> None:
        self.summary = PublishSummary()
        self.agency = agency
        self._brokers = brokers
        self._checker = checker
        self._topics = topics
        self._publishers: dict[str, Publisher] = {}
        self._unknown: set[str] = set()
        self._stack = ExitStack()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=console is None)
        self._task = self._progress.add_task("publishing" if brokers else "checking", total=None)

    def __enter__(self) -> "_Sender":
        if self.agency is not None and self._brokers is not None:
            self._publisher(self.agency)  # an unknown agency or an unreachable broker is told before any file is read
        self._stack.enter_context(self._progress)
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def expect(self, events: int) -> None:
        """The number of rows that have been read, once it is known."""
        self._progress.update(self._task, total=events)

    def refuse(self, row: RefusedRow) -> None:
        self.summary.refusals.append(row)
        self.summary.refused += 1

    def send(self, agency: str, event: Any, source: str, rows: Sequence[Row], **envelope: Any) -> None:
        """Publish one event; what does not fit is refused, with its rows."""
        try:
            if agency in self._unknown:
                raise Refused.because("unknown_agency", field="agency")
            if self._checker is not None:
                self._account(*self._checker.check(agency, event, **envelope))
            else:
                receipt = self._publisher(agency).publish(event, **envelope)
                self._account(receipt.document_id, receipt.version)
        except Refused as refused:
            self._refuse_rows(source, rows, refused.reasons)
            return
        except OversizedEventError:
            self._refuse_rows(source, rows, (make_reason("event_too_large", limit=INTAKE_LIMIT),))
            return
        except UnknownAgencyError:
            if self.agency is not None:
                raise
            self._unknown.add(agency)
            self._refuse_rows(source, rows, (make_reason("unknown_agency", field="agency"),))
            return
        self.summary.published += 1
        if self.summary.published % _PROGRESS_STEP == 0:
            self._progress.update(self._task, completed=self.summary.published)

    def _refuse_rows(self, source: str, rows: Sequence[Row], reasons: tuple[Reason, ...]) -> None:
        for row in rows:
            self.refuse(RefusedRow(source, row.line, "", reasons, row.cells))

    def _account(self, document: str, version: int) -> None:
        versions = self.summary.versions
        versions[document] = max(version, versions.get(document, 0))

    def _publisher(self, agency: str) -> Publisher:
        publisher = self._publishers.get(agency)
        if publisher is None:
            if self._brokers is None:
                raise PublishError("A dry run publishes nothing.")
            publisher = self._stack.enter_context(Publisher(agency, self._brokers, topics=self._topics))
            self._publishers[agency] = publisher
        return publisher


def _publish_tables(
    files: Sequence[Path], sender: _Sender, mapping: str | Path | None, revision: int | None
) -> tuple[tuple[str, ...], TableFormat]:
    if mapping is None:
        raise MappingError("A table needs --mapping: the path of a mapping file, or the name of a shipped one.")
    if sender.agency is None:
        raise PublishError("Say who publishes the table: --agency NAME.")
    rules = load_mapping(mapping)
    read = 0

    def count(table: Table) -> Iterator[Any]:
        nonlocal read
        for row in table.rows:
            read += 1
            if read % _PROGRESS_STEP == 0:
                sender.expect(read)
            yield row

    with ExitStack() as stack:
        opened = [stack.enter_context(open_table(path, rules.table)) for path in files]
        tables = [replace(table, rows=count(table)) for table in opened]
        for result in map_tables(rules, tables, revision=revision):
            if isinstance(result, MappedEvent):
                sender.send(sender.agency, result.parsed, result.source, result.rows)
                if result.parsed.event.revision is not None:
                    sender.summary.revisions.add(result.parsed.event.revision)
            elif isinstance(result, SplitGroup):
                sender.summary.splits.append(result)
            else:
                sender.refuse(result)
        return opened[0].columns, rules.table


def _publish_lines(files: Sequence[Path], sender: _Sender, revision: int | None) -> tuple[str, ...]:
    if revision is not None:
        raise ContractError("Events carry their own revision: leave --revision out.")
    for path in files:
        for line in read_event_lines(path):
            refused = line if isinstance(line, RefusedLine) else _judge_agency(line, sender.agency)
            if refused is not None:
                sender.refuse(RefusedRow(str(path), refused.line, "", refused.reasons, (refused.text,)))
            elif isinstance(line, EventLine):
                sender.send(
                    line.agency or sender.agency or "",
                    line.event,
                    str(path),
                    (Row(line.line, (line.text,)),),
                    event_type=line.type,
                    event_id=line.id,
                    time=line.time,
                )
    return ("event",)


def _judge_agency(line: EventLine, agency: str | None) -> RefusedLine | None:
    if line.agency is None and agency is None:
        return RefusedLine(line.line, (make_reason("missing_field", field="agency"),), line.text)
    if line.agency is not None and agency is not None and line.agency != agency:
        return RefusedLine(line.line, (make_reason("foreign_source", field="agency", agency=agency),), line.text)
    return None
