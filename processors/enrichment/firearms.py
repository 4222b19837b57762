"""Enrichers of firearms: what each is in the codes of the reference tables, and how old its crime is since purchase."""

from collections.abc import Iterable
from datetime import date, timedelta

from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.moments import Interval, read_moment
from processors.enrichment.serials import read_serial, serial_variants
from processors.reference.firearms import Firearms
from processors.reference.folding import fold
from processors.reference.zones import find_zone
from streams.contracts import CaseEvent, Firearm, FirearmPart, SeizureReport
from streams.firearm_facts import TimeToCrime

__all__ = ["enrich_firearms", "enrich_time_to_crime"]

_SHORT_YEARS = 3
"""ATF, National Firearms Commerce and Trafficking Assessment: a short time-to-crime is under three years."""
_PRIVATELY_MADE = frozenset({"privately_made"})
_DEVICE = frozenset({"conversion_device"})
_CONVERTED = _DEVICE | {"converted"}
_ATF = "ATF National Firearms Commerce and Trafficking Assessment"


def enrich_firearms(draft: Draft) -> list[Finding]:
    """Type, maker, model and calibre of each firearm, part, magazine and ammunition in one code each, as the record's
    fields name them; the serial in one spelling, with what it may be if signs that look alike were misread, or why
    there is none; whether the gun is privately made or converted to fire automatically. What a model usually is stands
    in for the type alone, never for a calibre.
    """
    found: list[Finding] = []
    if not isinstance(draft.event, SeizureReport):
        return found
    for ordinal, item in enumerate(draft.event.items):
        field = f"items[{ordinal}]"
        own = _Found(ordinal)
        if item.kind == "firearm":
            _firearm(own, draft, item, field)
            _serial(own, draft, item.serial, item.obliterated, field)
        elif item.kind == "firearm_part":
            _part(own, draft, item, field)
            _serial(own, draft, item.serial, None, field)
        elif item.kind == "ammunition" or item.kind == "magazine":
            _calibre(own, draft, item.calibre, field)
        found += own.findings
    return found


class _Found:
    """What is found of one item; the first finding opens its part of the facts."""

    __slots__ = ("_ordinal", "findings")

    def __init__(self, ordinal: int) -> None:
        self._ordinal = ordinal
        self.findings: list[Finding] = []

    def add(self, fact: str, value: object, fields: tuple[str, ...] = (), how: str = "", source: str = "") -> None:
        if not self.findings:
            self.findings.append(finding(("items", self._ordinal, "firearm"), {}))
        self.findings.append(finding(("items", self._ordinal, "firearm", fact), value, fields, how, source))


def _firearm(found: _Found, draft: Draft, item: Firearm, field: str) -> None:
    firearms = draft.reference.firearms
    source = firearms.source
    kind = firearms.read_type(item.type) if item.type is not None else None
    make = firearms.read_make(item.make) if item.make is not None else None
    model = firearms.read_model(item.model, make.make if make is not None else None) if item.model is not None else None
    if model is not None and make is None and item.make is None and model.make is not None:
        make_of_model = next((one for one in firearms.makes.values() if one.make == model.make), None)
        if make_of_model is not None:
            found.add("make", make_of_model.make, (f"{field}.model",), "make_of_model", source)
            found.add("make_country", make_of_model.country)
    if make is not None:
        found.add("make", make.make, (f"{field}.make",), "make", source)
        found.add("make_country", make.country)
    if model is not None:
        found.add("model", model.model, (f"{field}.model",), "model", source)
    if kind is not None and kind != "firearm":
        found.add("type", kind, (f"{field}.type",), "type", source)
    elif model is not None:
        found.add("type", model.type, (f"{field}.model",), "type_of_model", source)
    _calibre(found, draft, item.calibre, field)
    fields = item.__dict__
    written = [(name, fields[name]) for name in ("type", "make", "model", "description") if fields[name]]
    written += [(f"markings[{place}]", marking) for place, marking in enumerate(item.markings)]
    for fact, said, kinds in (
        ("privately_made", item.privately_made, _PRIVATELY_MADE),
        ("converted", item.converted, _CONVERTED),
    ):
        if said is not None:
            found.add(fact, said, (f"{field}.{fact}",), fact)
        elif (named := _field_with(firearms, written, kinds)) is not None:
            found.add(fact, True, (f"{field}.{named}",), f"{fact}_in_words", source)


def _part(found: _Found, draft: Draft, item: FirearmPart, field: str) -> None:
    firearms = draft.reference.firearms
    written = [("part", item.part)] + ([("description", item.description)] if item.description else [])
    # A list of parts calls a conversion device a switch; elsewhere the word says nothing.
    if (named := _field_with(firearms, written, _DEVICE)) is not None:
        found.add("conversion_device", True, (f"{field}.{named}",), "conversion_device", firearms.source)
    elif fold(item.part) in {"switch", "switches", "selector"}:
        found.add("conversion_device", True, (f"{field}.part",), "conversion_device", firearms.source)


def _calibre(found: _Found, draft: Draft, written: str | None, field: str) -> None:
    firearms: Firearms = draft.reference.firearms
    if written is not None and (calibre := firearms.read_calibre(written)) is not None:
        found.add("calibre", calibre, (f"{field}.calibre",), "calibre", firearms.source)


def _serial(found: _Found, draft: Draft, written: str | None, obliterated: bool | None, field: str) -> None:
    if written is not None:
        serial = read_serial(written, draft.agency.country, draft.reference)
        if serial.value is not None:
            found.add("serial", serial.value, (f"{field}.serial",), "serial")
            if variants := serial_variants(serial.value):
                found.add("serial_variants", variants, (f"{field}.serial",), "signs_that_look_alike")
        elif obliterated:
            found.add("no_serial", "obliterated", (f"{field}.obliterated",), "no_serial")
        elif serial.reason is not None:
            source = draft.reference.placeholders.source
            found.add("no_serial", serial.reason, (f"{field}.serial",), "no_serial", source)
    elif obliterated:
        found.add("no_serial", "obliterated", (f"{field}.obliterated",), "no_serial")


def _field_with(firearms: Firearms, written: Iterable[tuple[str, str]], kinds: frozenset[str]) -> str | None:
    """The field whose words say one of `kinds`."""
    for name, text in written:
        said = firearms.find_words(text)
        if said and not kinds.isdisjoint(said):
            return name
    return None


def enrich_time_to_crime(draft: Draft) -> list[Finding]:
    """The time from a traced firearm's purchase to its recovery, as exact as the two dates are. A short one (under
    three years, as ATF counts) is an indicator of trafficking, never proof: guns are also stolen and resold.
    """
    event = draft.event
    if isinstance(event, SeizureReport) or not isinstance(event, CaseEvent) or event.trace_result is None:
        return []
    bought, found = event.trace_result.purchased, event.trace_result.recovered
    if bought is None or found is None:
        return []
    zone = draft.agency.zone
    first, last = _days(read_moment(bought, zone))
    start, end = _days(read_moment(found, zone))
    longest = (end - first).days
    # Recovered before it was bought: one of the dates is wrong, and the record doesn't say which.
    if longest < 0:
        return []
    shortest = max((start - last).days, 0)
    facts: TimeToCrime = {
        "indicator": "time_to_crime",
        "days_from": shortest,
        "days_to": longest,
        "years_from": round(shortest / 365.25, 2),
        "years_to": round(longest / 365.25, 2),
    }
    surely, perhaps = end < _years_after(first), start < _years_after(last)
    if surely or not perhaps:
        facts["short"] = surely
    fields = ("trace_result.purchased", "trace_result.recovered")
    return [finding(("time_to_crime",), facts, fields, "indicator", _ATF)]


def _days(interval: Interval) -> tuple[date, date]:
    """First and last day of an interval by the clock of its own zone."""
    zone = find_zone(interval.zone)
    last = interval.end - timedelta(microseconds=1)
    return interval.start.astimezone(zone).date(), last.astimezone(zone).date()


def _years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + _SHORT_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + _SHORT_YEARS, month=3, day=1)
