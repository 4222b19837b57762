"""Why a report's facts are what they are: each with the field or the span it was read from, the rule and its source."""

import re
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from processors.docstrings import docstring_of
from processors.enrichment import ENRICHERS
from processors.extraction.totals import sum_mentions
from processors.protection.events import text_of
from streams.reports import EnrichedReport

__all__ = ["explain_report"]

_RULES: tuple[Callable[..., Any], ...] = (*ENRICHERS, sum_mentions)
_SENTENCES = {rule.__name__: docstring_of(rule) for rule in _RULES}
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_BY_FACT = {
    "languages": "enrich_languages",
    "mentions": "enrich_mentions",
    "totals": "sum_mentions",
    "substances": "enrich_text_substances",
    "identifiers": "enrich_text_identifiers",
    "firearms": "enrich_text_firearms",
    "people": "enrich_text_people",
    "watch_list": "enrich_text_people",
    "organisations": "enrich_text_organisations",
    "places": "enrich_text_places",
    "fingerprints": "enrich_fingerprints",
    "origin": "enrich_origin",
}
"""Fact under `text` -> the rule that reads it, whose sentence is printed once."""
_HIDDEN = frozenset({"at", "rule", "text"})
"""Of an entry these stand in its second line."""


def explain_report(report: EnrichedReport) -> list[str]:
    """Lines for a reader: grade and handling, facts in the order in which they were found, what the texts gave, then
    the rules. Nothing is cut: a long value goes on in lines of its own.
    """
    facts: Mapping[str, Any] = report["facts"]
    lines = [f"{report['agency']} {report['report_id']} (revision {report['revision']})", *_explain_marks(report)]
    used: dict[str, None] = {}
    for origin in report["provenance"]:
        if origin["fact"].startswith("text"):
            continue
        rule = origin["rule"]
        used.setdefault(rule.partition(":")[0])
        source = f"; {origin['source']}" if "source" in origin else ""
        fields = ", ".join(origin["fields"]) or "the record's receipt"
        lines += _fact(origin["fact"], _find(facts, origin["fact"]))
        lines.append(f"      from {fields}; rule {rule}{source}")
    read: Mapping[str, Any] = facts.get("text") or {}
    lines += _explain_texts(report, read)
    used |= dict.fromkeys(_BY_FACT[name] for name in read if name in _BY_FACT)
    if used:
        lines.append("  rules:")
        lines += [f"    {name}: {_SENTENCES[name]}" for name in used if name in _SENTENCES]
    if "protection" in report:
        mark = report["protection"]
        lines.append(f"  protected people: {mark['people']}; texts: {mark['texts']}")
    return lines


def _explain_marks(report: EnrichedReport) -> Iterator[str]:
    grade, handling = report["grade"], report["handling"]
    yield f"  grade = {grade['reliability']}{grade['credibility']}"
    yield f"      reliability {grade['reliability']}, credibility {grade['credibility']}; {_giver(grade)}"
    released = ", ".join(handling["releasable_to"]) or "nobody"
    yield f"  handling = TLP:{handling['tlp']}; released to {released}"
    yield f"      {_giver(handling)}"


def _giver(mark: Mapping[str, Any]) -> str:
    return {"record": "given by the record", "registry": "given by the agency registry"}.get(
        mark.get("given_by", ""), "not said by whom"
    )


def _explain_texts(report: EnrichedReport, read: Mapping[str, Any]) -> Iterator[str]:
    for name, told in read.items():
        if isinstance(told, list):
            for number, entry in enumerate(told):
                yield from _explain_entry(report, name, f"text.{name}[{number}]", entry)
        elif isinstance(told, Mapping):
            for part, amounts in told.items():
                yield from _fact(f"text.{name}.{part}", amounts)
                yield f"      from the text.mentions of {part} that are single seizures; rule {sum_mentions.__name__}"
        else:
            origin = next((one for one in report["provenance"] if one["fact"] == f"text.{name}"), None)
            yield from _fact(f"text.{name}", told)
            if origin is not None:
                yield f"      from {', '.join(origin['fields'])}; rule {origin['rule']}"


def _explain_entry(report: EnrichedReport, name: str, path: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield from _fact(path, {key: value for key, value in entry.items() if key not in _HIDDEN and value is not None})
    rule = entry.get("rule") or f"{_BY_FACT.get(name, name)}{':' + entry['by'] if 'by' in entry else ''}"
    at = entry.get("at")
    if at is not None:
        text = text_of(report["event"], at["field"]) or ""
        span = text[at["start"] : at["end"]]
        yield f"      from {at['field']}[{at['start']}:{at['end']}] {span!r}; rule {rule}"
        return
    # A language and a fingerprint are of the whole text.
    field = str(entry.get("field", ""))
    text = text_of(report["event"], field) or ""
    yield f"      from {field}[0:{len(text)}], the whole text; rule {rule}"


def _find(facts: Any, path: str) -> Any:
    for name, place in _STEP.findall(path):
        step = int(place) if place else name
        try:
            facts = facts[step]
        except (KeyError, IndexError, TypeError):  # a part that was dropped after its origin was written down
            return None
    return facts


_LINE = 110
"""Characters of a value that still reads in one line."""


def _fact(path: str, value: Any, indent: str = "  ") -> Iterator[str]:
    """A value in one line; a longer one by its parts, those that are no lists themselves in running lines."""
    if len(str(value)) <= _LINE:
        yield f"{indent}{path} = {value}"
        return
    parts: list[tuple[str, Any]] = []
    if isinstance(value, Mapping):
        parts = [(str(name), part) for name, part in value.items()]
    elif isinstance(value, list):
        parts = [(f"[{number}]", part) for number, part in enumerate(value)]
    if not parts:
        yield f"{indent}{path} = {value}"
        return
    yield f"{indent}{path} ="
    inner = indent + "    "
    flat = [f"{name} = {part}" for name, part in parts if not isinstance(part, Mapping | list)]
    yield from wrap("; ".join(flat), _LINE, initial_indent=inner, subsequent_indent=inner, break_on_hyphens=False)
    for name, part in parts:
        if isinstance(part, Mapping | list):
            yield from _fact(name, part, inner)
