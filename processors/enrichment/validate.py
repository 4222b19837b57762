"""The door of enrichment: from a record to a valid event of a known agency, or to the reasons why not."""

import contextlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import orjson

from processors.enrichment.goods import measure
from processors.enrichment.limits import is_absurd
from processors.enrichment.moments import BadMomentError, own_moments, read_moment
from processors.reference import Reference
from streams.contracts import EVENT_TYPES, AnyEvent, CaseEvent, Moment, NewsItem, Quantity, SeizureReport
from streams.door import is_confidential
from streams.envelope import Envelope, source_of
from streams.parsing import ParsedEvent, parse_event
from streams.records import Record
from streams.refusals import Reason, Refused, make_reason
from streams.registry import Agency
from streams.topics import INTAKE_LIMIT, Topics

__all__ = ["Claims", "ValidRecord", "read_claims", "validate_record"]

_SLACK = timedelta(days=1)
"""A day of zone slack: a local date without a zone may lie up to 14 hours ahead of UTC."""
_EARLIEST_YEAR = 1900
_EPOCH_YEAR = 1970
_MAX_REASONS = 20


class ValidRecord(NamedTuple):
    """A record that may be enriched; `received` is the broker's clock, UTC, and `starts` holds by its field where each
    time of the event begins, UTC.
    """

    agency: Agency
    envelope: Envelope
    parsed: ParsedEvent
    received: datetime
    starts: dict[str, datetime]


def validate_record(
    record: Record, topics: Topics, registry: Mapping[str, Agency], reference: Reference
) -> ValidRecord:
    """Check a record of an intake topic, cheapest and most telling checks first; raises `Refused` with the reasons.

    A topic that is no intake topic is a fault of the deployment: `ValueError`.
    """
    try:
        # `get` would ask for it by the same way, and then some.
        agency = registry[topics.agency_of(record.topic)]
    except KeyError:
        raise Refused.because("unknown_agency") from None
    value = record.value
    if not value:
        raise Refused.because("empty_value")
    if len(value) > INTAKE_LIMIT:
        raise Refused.because("event_too_large", limit=INTAKE_LIMIT)
    envelope = Envelope.from_headers(record.headers)
    if envelope.source != source_of(agency.id):
        raise Refused.because("foreign_source", field="ce_source", agency=agency.id)
    parsed = parse_event(envelope.type, value, limit=INTAKE_LIMIT)
    event = parsed.event
    if is_confidential(envelope.id, news=isinstance(event, NewsItem)):
        # The id of the event travels with the report into every view.
        raise Refused.because("asylum_confidential", field="ce_id")
    received = _from_milliseconds(record.timestamp)
    starts: dict[str, datetime] = {}
    reasons = _odd_times(envelope, event, agency, received, starts) + _odd_quantities(event, reference)
    if reasons:
        raise Refused(tuple(reasons[:_MAX_REASONS]))
    # Through the class itself it takes five times as long in compiled code.
    return tuple.__new__(ValidRecord, (agency, envelope, parsed, received, starts))


# The broker stamps all records of a batch alike.
@lru_cache(maxsize=1024)
def _from_milliseconds(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1000, UTC)


def _odd_times(
    envelope: Envelope, event: AnyEvent, agency: Agency, received: datetime, starts: dict[str, datetime]
) -> list[Reason]:
    """What is wrong with the times; `starts` is filled."""
    odd: list[Reason] = []
    latest, zone = received + _SLACK, agency.zone
    if envelope.time > latest:
        odd.append(make_reason("future_time", field="ce_time"))
    if envelope.time.year < _EPOCH_YEAR:
        # The time orders revisions, in milliseconds since 1970.
        odd.append(make_reason("absurd_time", field="ce_time"))
    for field, moment, may_be_ahead in _moments(event):
        try:
            interval = read_moment(moment, zone)
        except BadMomentError as error:
            odd.append(make_reason(error.code, field=field))
            continue
        start = starts[field] = interval.start
        if start.year < _EARLIEST_YEAR or interval.end <= starts.get("operation.start", start):
            odd.append(make_reason("absurd_time", field=field))
        elif not may_be_ahead and start > latest:
            odd.append(make_reason("future_time", field=field))
    for field, day in _dates(event):
        try:
            parsed = date.fromisoformat(day)
        except ValueError:
            odd.append(make_reason("absurd_time", field=field))
            continue
        if field.endswith("birth_date") and parsed > latest.date():
            odd.append(make_reason("future_time", field=field))
    return odd


def _moments(event: AnyEvent) -> list[tuple[str, Moment, bool]]:
    """Every moment of an event: its field, itself, and whether it may lie in the future."""
    found = [(name, moment, False) for name, moment in own_moments(event)]
    if isinstance(event, SeizureReport) or not isinstance(event, CaseEvent):
        return found
    if event.operation is not None:
        # An operation is announced ahead; that is what the notice is for.
        found.append(("operation.start", event.operation.start, True))
        found.append(("operation.end", event.operation.end, True))
    if event.laboratory_result is not None and event.laboratory_result.analysed is not None:
        found.append(("laboratory_result.analysed", event.laboratory_result.analysed, False))
    if event.trace_result is not None:
        for name, traced in (("recovered", event.trace_result.recovered), ("purchased", event.trace_result.purchased)):
            if traced is not None:
                found.append((f"trace_result.{name}", traced, False))
    return found


def _dates(event: AnyEvent) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if not isinstance(event, SeizureReport) and isinstance(event, NewsItem):
        return found
    for at, person in enumerate(event.people):
        if person.birth_date is not None:
            found.append((f"people[{at}].birth_date", person.birth_date))
        if person.review_date is not None:
            found.append((f"people[{at}].review_date", person.review_date))
    return found


def _odd_quantities(event: AnyEvent, reference: Reference) -> list[Reason]:
    odd: list[Reason] = []
    if isinstance(event, SeizureReport):
        for at, item in enumerate(event.items):
            quantities: list[tuple[str, Quantity | None]] = [("quantity", item.quantity), ("packages", item.packages)]
            if item.kind == "laboratory":
                quantities.append(("capacity", item.capacity))
            for name, quantity in quantities:
                measured = measure(item, quantity, reference) if quantity is not None else None
                if measured is not None and is_absurd(measured.dimension, measured.value, event.count_basis):
                    odd.append(make_reason("absurd_quantity", field=f"items[{at}].{name}.value"))
    elif isinstance(event, CaseEvent):
        for field, quantity in (
            ("smuggling.fee", event.smuggling.fee if event.smuggling else None),
            ("laboratory_result.net_weight", event.laboratory_result.net_weight if event.laboratory_result else None),
        ):
            unit = reference.units.read(quantity.unit) if quantity is not None else None
            if quantity is None or unit is None:
                continue
            if is_absurd(unit.dimension, quantity.value * unit.factor, "incident"):
                odd.append(make_reason("absurd_quantity", field=f"{field}.value"))
    return odd


class Claims(NamedTuple):
    """What a refused record still says of itself, for its dead letter."""

    event_id: str | None
    report_id: str | None


def read_claims(record: Record, reasons: tuple[Reason, ...]) -> Claims:
    """The event id and report id of a refused record, as far as they can be read and shown.

    A body with a doubled field may name two reports, and names none here. A record that is confidential (8 CFR 208.6)
    is not named at all, nor is an id shown that itself is.
    """
    if any(reason.code == "asylum_confidential" for reason in reasons):
        return Claims(None, None)
    event_id: str | None = None
    news = False
    with contextlib.suppress(Refused):
        envelope = Envelope.from_headers(record.headers)
        event_id, news = envelope.id, EVENT_TYPES.get(envelope.type) is NewsItem
    report_id: object = None
    if record.value and not any(reason.code == "duplicate_key" for reason in reasons):
        try:
            tree = orjson.loads(record.value)
        except orjson.JSONDecodeError:
            tree = None
        report_id = tree.get("report_id") if isinstance(tree, dict) else None
    return Claims(_shown(event_id, 512, news=news), _shown(report_id, 256, news=news))


def _shown(name: object, longest: int, *, news: bool) -> str | None:
    # The contract strips names, so the dead letter must, or it would not find its report. Controls and bidirectional
    # marks are not printable.
    stripped = name.strip() if isinstance(name, str) else ""
    if not stripped or len(stripped) > longest or not stripped.isprintable():
        return None
    return None if is_confidential(stripped, news=news) else stripped
