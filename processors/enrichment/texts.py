"""Enrichers of free text: what narratives, titles and bodies say, each thing with its span and rule.

All of it goes under `facts.text`, apart from what the record's own fields say: it can be searched in this source, and
links nothing. The finders are in `processors/extraction/`.
"""

from typing import Any

from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.reading import stated_language
from processors.enrichment.serials import serial_variants
from processors.enrichment.watch_list import find_watch_hits, make_watch_hit
from processors.extraction.fingerprints import fingerprint
from processors.extraction.firearm_serials import join_serials
from processors.extraction.firearms import find_firearms
from processors.extraction.lineage import find_origin
from processors.extraction.mentions import Mention, find_mentions
from processors.extraction.organisations import find_organisations
from processors.extraction.places import agency_home, find_places
from processors.extraction.readings import identifiers_in, people_in
from processors.extraction.substances import find_substances
from processors.extraction.texts import Text
from processors.extraction.totals import sum_mentions
from processors.protection.keys import TOKEN
from streams.contracts import NewsItem, SeizureReport

__all__ = [
    "enrich_fingerprints",
    "enrich_languages",
    "enrich_mentions",
    "enrich_origin",
    "enrich_text_firearms",
    "enrich_text_identifiers",
    "enrich_text_organisations",
    "enrich_text_people",
    "enrich_text_places",
    "enrich_text_substances",
]


def enrich_languages(draft: Draft) -> list[Finding]:
    """The language of each text: as the record states it, else as its words show; "und" where they don't."""
    if not draft.texts:
        return []
    by = "record" if stated_language(draft.event) else "recognised"
    found = [{"field": text.field, "language": text.language, "by": by} for text in draft.texts]
    return [finding(("text",), {"languages": found})]


def enrich_mentions(draft: Draft) -> list[Finding]:
    """Each amount of goods that a text says was seized, with its unit, place and agency as written, whether it is
    approximate, and whether it is a total over a period or campaign, which is never added to single seizures.
    """
    mentions = [_write(text, one) for text in draft.texts for one in find_mentions(text, draft.reference)]
    findings = _told("mentions", mentions)
    if mentions and (totals := sum_mentions(mentions)):
        findings.append(finding(("text", "totals"), totals))
    return findings


def enrich_text_substances(draft: Draft) -> list[Finding]:
    """Substances that a text names, by the names of the reference table; slang counts only beside words of drugs."""
    found: list[dict[str, Any]] = []
    for text in draft.texts:
        found += [_entry(text, one) for one in find_substances(text, draft.reference)]
    return _told("substances", found)


def enrich_text_firearms(draft: Draft) -> list[Finding]:
    """Firearms that a text describes: type, make, model and calibre as far as it says them; the serial that stands
    behind one, with what it may be if signs that look alike were misread, or why there is none.
    """
    found: list[dict[str, Any]] = []
    for text in draft.texts:
        if guns := find_firearms(text, draft.reference):
            serials = identifiers_in(text, draft.reference)
            for gun in join_serials(text, guns, serials, draft.reference):
                entry = _entry(text, gun)
                if gun.serial is not None and (variants := serial_variants(gun.serial)):
                    entry["serial_variants"] = variants
                found.append(entry)
    return _told("firearms", found)


def enrich_text_identifiers(draft: Draft) -> list[Finding]:
    """Numbers and addresses in a text: those with check digits only where these hold, others only with their word
    beside them; they can be searched, and link nothing.
    """
    found: list[dict[str, Any]] = []
    for text in draft.texts:
        found += [_entry(text, one) for one in identifiers_in(text, draft.reference)]
    return _told("identifiers", found)


def enrich_text_people(draft: Draft) -> list[Finding]:
    """Names of people in a text, and published lists that they are like, on the name alone "possible"; protected people
    are tokens by then, and whoever is only mentioned gets no profile, link or alert.
    """
    people: list[dict[str, Any]] = []
    hits: list[dict[str, Any]] = []
    for text in draft.texts:
        for one in people_in(text, draft.reference):
            if one.confidence != "high" or TOKEN.search(one.name):
                continue
            entry = _entry(text, one)
            del entry["confidence"]
            people.append(entry)
            for found in find_watch_hits(one.name, draft.reference):
                hit = make_watch_hit(found, draft.reference.watch_list.name, one.name, text.field)
                hits.append({**hit, "at": {"field": text.field, "start": one.start, "end": one.end}})
    return [*_told("people", people), *_told("watch_list", hits)] if people else []


def enrich_text_organisations(draft: Draft) -> list[Finding]:
    """Criminal organisations, their factions, and agencies that a text names, under one name in both languages."""
    found: list[dict[str, Any]] = []
    for text in draft.texts:
        found += [_entry(text, one) for one in find_organisations(text, draft.reference)]
    return _told("organisations", found)


def enrich_text_places(draft: Draft) -> list[Finding]:
    """Places that a text names; a name that several places share is decided by what stands near it or by the agency's
    own area, and otherwise kept with all its candidates.
    """
    if not draft.texts:
        return []
    home = agency_home(draft.agency, draft.reference)
    found: list[dict[str, Any]] = []
    for text in draft.texts:
        found += [_entry(text, one) for one in find_places(text, draft.reference, home)]
    return _told("places", found)


def enrich_fingerprints(draft: Draft) -> list[Finding]:
    """What tells near-duplicates of a text, after protected people were taken out of it."""
    prints: list[dict[str, Any]] = []
    for text in draft.texts:
        found = fingerprint(text) if text.field != "title" else None
        if found is not None:
            prints.append({"field": text.field, "exact": found.exact, "minhash": list(found.bands),
                           "words": found.words, "details": list(found.details)})  # fmt: skip
    return _told("fingerprints", prints)


def enrich_origin(draft: Draft) -> list[Finding]:
    """The release or wire agency that a news item repeats, so that its copies count as one origin."""
    if isinstance(draft.event, SeizureReport) or not isinstance(draft.event, NewsItem) or not draft.texts:
        return []
    told = {"lineage": [entry.model_dump(exclude_none=True) for entry in draft.event.lineage]}
    origin = find_origin(told, draft.texts)
    if origin is None or origin.key is None:
        return []
    return [finding(("text", "origin"), origin.key, (origin.field,), origin.rule)]


def _told(name: str, found: list[dict[str, Any]]) -> list[Finding]:
    return [finding(("text", name), found)] if found else []


def _write(text: Text, mention: Mention) -> dict[str, Any]:
    """A seizure mention as a dictionary; quantity, place and agency stand there even where they are unknown."""
    (start, end, said, commodity, quantity, unit, qty_si, approximate, cumulative, place, state, agency, rule,
     substance, doubt) = mention  # fmt: skip
    entry: dict[str, Any] = {
        "at": {"field": text.field, "start": start, "end": end},
        "text": said,
        "commodity": commodity,
        "quantity": quantity,
        "unit": unit,
        "qty_si": qty_si,
        "approximate": approximate,
        "cumulative": cumulative,
        "place": place,
        "state": state,
        "agency": agency,
        "rule": rule,
    }
    if substance is not None:
        entry["substance"] = substance
    if doubt:
        entry["doubt"] = list(doubt)
    return entry


def _entry(text: Text, found: Any) -> dict[str, Any]:
    """A finding as a dictionary: its span, and what else it says; empty parts are left out."""
    values: tuple[Any, ...] = found
    names: tuple[str, ...] = found._fields
    entry: dict[str, Any] = {"at": {"field": text.field, "start": values[0], "end": values[1]}}
    for at in range(2, len(names)):
        name, value = names[at], values[at]
        if value is None:
            continue
        if value is False:
            if name not in _QUIET:
                entry[name] = False
        elif type(value) is not tuple:
            entry[name] = value
        elif value:
            entry[name] = list(value)
    return entry


_QUIET = frozenset({"withheld_surname", "presumptive", "privately_made", "converted", "obliterated"})
"""Marks that say something only where they are true."""
