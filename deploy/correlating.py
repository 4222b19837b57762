"""Linking a file of enriched reports in one process, with judgements, as the release and correlate workers do it."""

from collections.abc import Iterable, Iterator

import orjson

from processors.correlation.batch import Correlated
from processors.correlation.engine import Engine
from processors.correlation.stage import read_comparison, read_judgement
from processors.protection.keys import TokenKeys
from processors.reference.known_hubs import KnownHubs
from processors.release.stage import ReleaseStage, read_report
from processors.stages import OUTPUT_LIMIT_BYTES, StateView
from streams.errors import ContractError
from streams.facts import ComparisonRecord
from streams.judgements import JudgementRecord
from streams.records import StoredRecord
from streams.topics import Topics

__all__ = ["compared_records", "correlate_lines", "judgement_records"]


def compared_records(
    lines: Iterable[bytes], view: str, keys: TokenKeys, hubs: KnownHubs | None = None
) -> Iterator[ComparisonRecord]:
    """What the release stage hands to correlation of enriched reports, one a line; `ContractError` names a bad line."""
    topics = Topics()
    stage = ReleaseStage(topics, (view,), keys, hubs)
    state = StateView(lambda _key: None, OUTPUT_LIMIT_BYTES)
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            read_report(raw)
        except ValueError as exc:
            raise ContractError(
                f"Line {number} is no enriched report: make the lines with puente enrich FILE."
            ) from exc
        emitted = stage.process([StoredRecord(topics.enriched, 0, number, 0, None, raw)], state)
        state.lay(emitted.rows)
        yield from (read_comparison(one.value) for one in emitted.outputs if one.topic == topics.facts(view))


def judgement_records(lines: Iterable[bytes], view: str) -> Iterator[JudgementRecord]:
    """The judgements of a view, one a line: receipts of `puente judge --json`, or records as `facts.<view>` holds them.

    `ContractError` names a bad line.
    """
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            tree = orjson.loads(raw)
            is_receipt = isinstance(tree, dict) and "judgement" in tree
            if not is_receipt or tree.get("view") == view:
                yield read_judgement(orjson.dumps(tree["judgement"] if is_receipt else tree))
        except ValueError as exc:
            raise ContractError(
                f"Line {number} is no judgement: take the lines that puente judge --json printed."
            ) from exc


def correlate_lines(
    lines: Iterable[bytes],
    view: str,
    keys: TokenKeys,
    hubs: KnownHubs | None = None,
    judgements: Iterable[JudgementRecord] = (),
) -> Correlated:
    """The live links, networks and events of enriched reports, by id: the stream's for the same set of reports.

    Known `hubs` link nothing, by default those of the reference data; `judgements` are those of the view. Documents
    have version 0, for a file has no offsets.
    """
    engine = Engine()
    for offset, record in enumerate(compared_records(lines, view, keys, hubs)):
        engine.absorb(record, offset)
    for judgement in judgements:
        engine.judge(judgement, 0)
    engine.drain()
    return Correlated(engine.links(), engine.networks(), engine.events())
