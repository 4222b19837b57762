"""Why a report's facts are what they are: each with the field or the span it was read from, the rule and its source."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from processors.enrichment import ENRICHERS
from processors.protection.events import text_of
from streams.reports import EnrichedReport

__all__ = ["explain_report"]

_SENTENCES = {enricher.__name__: " ".join((enricher.__doc__ or "").split()) for enricher in ENRICHERS}
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_SHOWN = 120


def explain_report(report: EnrichedReport) -> list[str]:
    """Lines for a reader: facts in the order in which they were found, then what the texts gave, then the rules."""
    facts: Mapping[str, Any] = report["facts"]
    lines = [f"{report['agency']} {report['report_id']} (revision {report['revision']})"]
    used: dict[str, None] = {}
    for origin in report["provenance"]:
        if origin["fact"].startswith("text"):
            continue
        rule = origin["rule"]
        used.setdefault(rule.partition(":")[0])
        source = f"; {origin['source']}" if "source" in origin else ""
        fields = ", ".join(origin["fields"]) or "the record's receipt"
        lines.append(f"  {origin['fact']} = {_shown(_find(facts, origin['fact']))}")
        lines.append(f"      from {fields}; rule {rule}{source}")
    lines += _explain_texts(report, facts.get("text") or {})
    if used:
        lines.append("  rules:")
        lines += [f"    {name}: {_SENTENCES[name]}" for name in used if name in _SENTENCES]
    if "protection" in report:
        mark = report["protection"]
        lines.append(f"  protected people: {mark['people']}; texts: {mark['texts']}")
    return lines


def _explain_texts(report: EnrichedReport, read: Mapping[str, Any]) -> Iterator[str]:
    for name, entries in read.items():
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            at = entry.get("at")
            told = {
                key: value for key, value in entry.items() if key not in {"at", "rule", "text"} and value is not None
            }
            yield f"  text.{name}[{number}] = {_shown(told)}"
            if at is not None:
                text = text_of(report["event"], at["field"]) or ""
                span = text[at["start"] : at["end"]]
                yield f"      from {at['field']}[{at['start']}:{at['end']}] {span!r}; rule {entry.get('rule', name)}"


def _find(facts: Any, path: str) -> Any:
    for name, place in _STEP.findall(path):
        step = int(place) if place else name
        try:
            facts = facts[step]
        except (KeyError, IndexError, TypeError):  # a part that was dropped after its origin was written down
            return None
    return facts


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
