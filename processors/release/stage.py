"""The release stage: enriched reports in, the renditions and comparison records of each view out; judgements too."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import cast

import orjson
from pydantic import TypeAdapter

from processors.correlation.facts import comparison_record
from processors.faults import refuse_fault
from processors.protection.keys import TokenKeys
from processors.protection.revisions import hide_others, may_name_people, shields_of
from processors.protection.shields import join_shields
from processors.reference.known_hubs import KnownHubs, default_known_hubs
from processors.release.judgements import forward_judgement, refuse_judgement
from processors.release.memory import Memory
from processors.release.renditions import released_views, rendition, tombstone
from processors.stages import Emitted, Row, State, measure_output
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.refusals import Refused
from streams.reports import EnrichedReport
from streams.topics import Topics

__all__ = ["ReleaseStage", "read_report", "render"]

_SHAPE: TypeAdapter[EnrichedReport] = TypeAdapter(EnrichedReport)


class ReleaseStage:
    """What each view may see of the enriched reports, and what it must forget.

    The newest revision of a report decides alone. It goes to the views that its marks name; a view that holds an
    earlier one, and isn't named any more, gets a tombstone, and so does every holder of a report that is retracted. A
    view that holds nothing of the report hears nothing of it, so that a record outside a view changes no byte there.
    For that the stage remembers, a row per report, what each view holds. A view that was switched off meanwhile is
    told when the record comes again (its intake is read anew).

    Whoever is protected in any revision, an older one or one that no view may see, is protected in the newest: the
    stage remembers what gives them away as keyed hashes.

    What analysts judge goes to the correlation of their view on the same way, and leaves nothing here.
    """

    name = "release"

    def __init__(self, topics: Topics, views: Sequence[str], keys: TokenKeys, hubs: KnownHubs | None = None) -> None:
        """`views` are those that are switched on; `keys` as the enrich workers have them; known `hubs` are not
        compared, by default those of the reference data.
        """
        self._hubs = hubs or default_known_hubs()
        self._keys = keys
        self._topics = topics
        self._judgements = topics.judgements
        self._views = tuple(views)
        self.counts: Counter[str] = Counter()
        """Reports `released` (to one view or more), `withheld` (from all), `superseded` (an older revision, or one seen
        before), `refused`; and `withdrawn`, the tombstones among the outputs. Judgements `judged`, or `refused`."""

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """Renditions and comparison records keyed by document id, and the memory of each report that changed."""
        outputs: list[Output] = []
        rows: dict[bytes, bytes] = {}
        for record in records:
            if record.topic == self._judgements:
                outputs += self._forward(record, state.output_limit)
                continue
            try:
                report = read_report(record.value)
            except ValueError:  # a fault of ours: the text may quote the record, so it stays out of the letter
                outputs += self._refuse(record, state.output_limit)
                continue
            key = report["id"].encode()
            row = rows.get(key) or state.get(key)
            told, memory = self._release(record, report, Memory.load(row), state.output_limit)
            outputs += told
            now = memory.dump()
            if now == row:
                self.counts["superseded"] += 1
            else:
                rows[key] = now
                self.counts["released" if memory.holdings else "withheld"] += 1
        return Emitted(outputs, [Row(key, value) for key, value in rows.items()])

    def _forward(self, record: Record, limit: int) -> list[Output]:
        """A judgement for its view, or the dead letter that says why not."""
        try:
            forwarded = forward_judgement(record, self._topics, self._views)
        except Refused as refused:
            self.counts["refused"] += 1
            return refuse_judgement(record, refused, self._topics, self.name, limit)
        self.counts["judged"] += 1
        return [forwarded]

    def _release(
        self, record: Record, report: EnrichedReport, held: Memory | None, limit: int
    ) -> tuple[list[Output], Memory]:
        """The outputs for one record, and the memory as it is afterwards."""
        value = record.value or b""
        digest = hashlib.blake2b(value, digest_size=8).hexdigest()
        shields = join_shields(held.shields if held is not None else (), shields_of(report))
        holdings = dict(held.holdings) if held is not None else {}
        content = held.content if held is not None else None
        memory = Memory(report["version"], report["received"], report["event_id"], digest, holdings, shields, content)
        if report.get("faulted"):
            memory = memory.without_content()
        if held is not None and memory.is_older_than(held):
            return self._protect_held(record, held._replace(shields=shields), limit, changed=shields != [*held.shields])
        named = () if report["retracted"] else released_views(report["handling"], self._views)
        gone = [view for view in self._views if view in holdings and view not in named]
        outputs = render(self._topics, tombstone(report), gone) if gone else []
        self.counts["withdrawn"] += len(gone)
        if not report.get("faulted"):
            rendered = self._render(report, named, memory, value, limit)
            if rendered is None:
                # The marks count all the same, so that no view keeps what it may not see any more.
                outputs += self._refuse(record, limit)
                memory = memory.without_content()
            else:
                outputs += rendered
                memory = memory._replace(content=self._keep(report, memory, value) if named else None)
        for view in gone:
            del holdings[view]
        return outputs, memory if holdings else memory._replace(content=None)

    def _protect_held(self, record: Record, held: Memory, limit: int, *, changed: bool) -> tuple[list[Output], Memory]:
        """What an older revision changes of a newer one: whom it protects is protected there too."""
        if not changed or held.content is None:
            return [], held
        report = read_report(held.content)
        outputs = self._render(report, tuple(held.holdings), held, held.content, limit)
        held = held._replace(content=self._keep(report, held, held.content))
        return (self._refuse(record, limit) if outputs is None else outputs), held

    def _render(
        self, report: EnrichedReport, named: Sequence[str], memory: Memory, value: bytes, limit: int
    ) -> list[Output] | None:
        """What the `named` views that hold something else are told, and that they hold it now, in `memory.holdings`.

        None if no topic takes it, or on a fault of ours, which must not hold up every other report.
        """
        try:
            hidden = hide_others(report, memory.shields, self._keys)
            if hidden is not report:
                value = canonical_json(hidden)
            digest = hashlib.blake2b(value, digest_size=8).hexdigest()
            new = [view for view in named if memory.holdings.get(view) != digest and view in self._views]
            rendered = render(self._topics, hidden, new, value, self._hubs)
        except (LookupError, TypeError, ValueError, AttributeError):
            return None
        if any(measure_output(output) > limit for output in rendered):
            return None
        memory.holdings.update(dict.fromkeys(new, digest))
        return rendered

    def _keep(self, report: EnrichedReport, memory: Memory, value: bytes) -> bytes | None:
        """What is kept of a report in which a revision that comes late could still protect somebody."""
        if not may_name_people(report):
            return None
        hidden = hide_others(report, memory.shields, self._keys)
        return value if hidden is report else canonical_json(hidden)

    def _refuse(self, record: Record, limit: int) -> list[Output]:
        self.counts["refused"] += 1
        return refuse_fault(self._topics, record, self.name, limit)


def read_report(value: bytes | None) -> EnrichedReport:
    """A record of `enriched`; `ValueError` if it has not the shape. Fields that we don't know are kept."""
    tree = orjson.loads(value or b"")
    _SHAPE.validate_python(tree, strict=True)
    return cast("EnrichedReport", tree)


def render(
    topics: Topics, report: EnrichedReport, views: Sequence[str], value: bytes = b"", hubs: KnownHubs | None = None
) -> list[Output]:
    """For each of `views` the rendition and its comparison record; `value` are the report's bytes, where known."""
    if not views:
        return []
    seen = rendition(report)
    key = report["id"].encode()
    whole = value if value and seen is report else canonical_json(seen)
    compared = canonical_json(comparison_record(seen, hubs))
    return [
        output
        for view in views
        for output in (Output(topics.reports(view), key, whole), Output(topics.facts(view), key, compared))
    ]
