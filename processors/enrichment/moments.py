"""From a `Moment` to an interval in UTC. Zones come from the pinned database, never from the machine."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple

from processors.reference.zones import find_zone
from streams.contracts import EVENT_TYPES, MONTHS, AnyEvent, Moment
from streams.contracts.times import Month, Precision
from streams.envelope import format_time
from streams.reports import Span

__all__ = ["BadMomentError", "Interval", "own_moments", "read_moment", "to_span"]

_OWN = {
    model: [name for name in ("occurred", "seized", "reported", "published", "period") if name in model.model_fields]
    for model in EVENT_TYPES.values()
}


class BadMomentError(ValueError):
    """A moment that is no point in time; `code` is the refusal's (`absurd_time`, `unknown_zone`)."""

    def __init__(self, code: Literal["absurd_time", "unknown_zone"]) -> None:
        super().__init__(code)
        self.code = code


class Interval(NamedTuple):
    """`start` inclusive, `end` exclusive, both UTC, also as they travel; `how` is the rule that made it."""

    start: datetime
    end: datetime
    start_text: str
    end_text: str
    precision: Precision
    zone: str
    zone_from: Literal["record", "place", "agency"]
    how: str


def own_moments(event: AnyEvent) -> list[tuple[str, Moment]]:
    """The times of an event itself, by their fields."""
    fields = event.__dict__
    return [(name, fields[name]) for name in _OWN[type(event)] if fields[name] is not None]


def read_moment(moment: Moment, agency_zone: str, place_zone: str | None = None) -> Interval:
    """The interval that a moment names; raises `BadMomentError`.

    - The zone is the record's (the name, else the value's offset), else the place's, else the agency's.
    - A U.S. fiscal year begins in October of the year before: 2019 with OCT is October 2018.
    - A value that is finer than its precision is cut in local time.
    - A local time that the clocks skipped is read with the offset that held before the change; one that they ran
      through twice spans both.
    """
    return _read(moment.value, moment.fiscal_year, moment.month, moment.precision, moment.zone, agency_zone, place_zone)


def to_span(interval: Interval) -> Span:
    """An interval as it travels."""
    return {
        "start": interval.start_text,
        "end": interval.end_text,
        "precision": interval.precision,
        "zone": interval.zone,
        "zone_from": interval.zone_from,
    }


# Months and days repeat endlessly in agencies' files; without the cache a moment costs 8 us, with it 0.3.
@lru_cache(maxsize=65_536)
def _read(
    value: str | None,
    fiscal_year: int | None,
    month: Month | None,
    precision: Precision | None,
    zone: str | None,
    agency_zone: str,
    place_zone: str | None,
) -> Interval:
    moment = Moment.model_construct(value=value, fiscal_year=fiscal_year, month=month, precision=precision, zone=zone)
    written = moment.written_precision()
    cut = precision or written
    if fiscal_year is not None:
        cut = "year" if precision == "year" else written
    text, offset = _split_offset(value) if value is not None else ("", None)
    name = zone or offset or place_zone or agency_zone
    place = _zone(name)
    try:
        if fiscal_year is not None:
            start, end = _fiscal(fiscal_year, month if cut == "month" else None)
            how = "fiscal_" + cut
        else:
            local = _local(text, written)
            if offset is not None:
                # The offset fixes the instant; a zone beside it says in whose clock to cut.
                local = local.replace(tzinfo=_zone(offset)).astimezone(place).replace(tzinfo=None, fold=0)
            start, end = _cut(local, cut)
            how = "calendar"
        if offset is not None and cut in {"hour", "minute", "second"}:
            first, last = _by_offset(text, _zone(offset), place, cut)
        else:
            first, last = _in_zone(start, end, place)
    except (ValueError, OverflowError):
        raise BadMomentError("absurd_time") from None
    zone_from: Literal["record", "place", "agency"] = "agency"
    if zone or offset:
        zone_from = "record"
    elif place_zone:
        zone_from = "place"
    return Interval(first, last, format_time(first), format_time(last), cut, name, zone_from, how)


def _zone(name: str) -> tzinfo:
    found = find_zone(name)
    if found is None:
        raise BadMomentError("unknown_zone")
    return found


def _split_offset(value: str) -> tuple[str, str | None]:
    _day, mark, clock = value.partition("T")
    if not mark:
        return value, None
    if clock.endswith("Z"):
        return value[:-1], "Z"
    if clock[-6:-5] in {"+", "-"}:
        return value[:-6], value[-6:]
    return value, None


def _local(text: str, written: Precision) -> datetime:
    if written == "year":
        return datetime(int(text), 1, 1)
    if written == "month":
        return datetime(int(text[:4]), int(text[5:7]), 1)
    return datetime.fromisoformat(text)


def _cut(local: datetime, precision: Precision) -> tuple[datetime, datetime]:
    """Start and end of the unit of `precision` that holds `local`, in local time."""
    day = datetime(local.year, local.month, local.day)
    if precision == "year":
        return datetime(local.year, 1, 1), datetime(local.year + 1, 1, 1)
    if precision == "month":
        start = day.replace(day=1)
        return start, (start + timedelta(days=31)).replace(day=1)
    if precision == "day":
        return day, day + timedelta(days=1)
    if precision == "hour":
        start = local.replace(minute=0, second=0, microsecond=0)
        return start, start + timedelta(hours=1)
    if precision == "minute":
        start = local.replace(second=0, microsecond=0)
        return start, start + timedelta(minutes=1)
    start = local.replace(microsecond=0)
    return start, start + timedelta(seconds=1)


def _fiscal(year: int, month: str | None) -> tuple[datetime, datetime]:
    if month is None:
        return datetime(year - 1, 10, 1), datetime(year, 10, 1)
    number = next(at for at, name in enumerate(MONTHS, 1) if name == month)
    return _cut(datetime(year - 1 if number >= 10 else year, number, 1), "month")


def _in_zone(start: datetime, end: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Local start and end as instants: from the first reading of start to the last reading before end."""
    instant = timedelta(microseconds=1)
    last = end - instant
    first, first_again = _readings(start, zone)
    once, again = _readings(last, zone)
    if once > again and first <= first_again:
        # The clocks skipped the end of it: it ends where the next begins.
        return first, _readings(end, zone)[0]
    return first, max(max(once, again) + instant, first + timedelta(seconds=1))


def _readings(local: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Both readings of a local time as instants: the first is the earlier one, unless the clocks skipped the time."""
    once, again = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return once, again


def _by_offset(text: str, offset: tzinfo, zone: tzinfo, precision: Precision) -> tuple[datetime, datetime]:
    """An instant with its own offset is never ambiguous; it is cut in `zone`, which may lie on a half hour."""
    moment = datetime.fromisoformat(text).replace(tzinfo=offset).astimezone(zone)
    start, end = _cut(moment.replace(tzinfo=None, fold=0), precision)
    into = moment.replace(tzinfo=None, fold=0) - start
    first = moment.astimezone(UTC) - into
    return first, first + (end - start)
