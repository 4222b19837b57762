"""What an enricher reads and returns, and the runner that makes `facts` and `provenance` of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from processors.extraction.texts import Text
from processors.reference import Reference
from streams.contracts import AnyEvent, SeizureReport
from streams.errors import PuenteError
from streams.registry import Agency
from streams.reports import Facts, ItemFacts, Provenance

__all__ = ["Draft", "Enricher", "EnricherFailedError", "FactPath", "Finding", "run_enrichers"]

FactPath = tuple[str | int, ...]
"""Where a fact stands in `facts`: `("direction",)`, `("times", "occurred")`, `("items", 0, "mass_kg")`."""


class Finding(NamedTuple):
    """One fact: its path, its value, the event's fields that it was read from, how, and by which source.

    `how` tells apart the cases of one rule (`name`, `mixture`); `source` cites the reference data that was used.
    """

    path: FactPath
    value: object
    fields: tuple[str, ...] = ()
    how: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A valid event on its way through the enrichers.

    `facts` holds what the enrichers before this one found; an enricher reads it and never writes it. `received` is the
    broker's clock.
    """

    event: AnyEvent
    agency: Agency
    received: datetime
    reference: Reference
    facts: Facts
    texts: tuple[Text, ...] = ()
    """The texts of the event, each with its language; read once for all enrichers."""


Enricher = Callable[[Draft], Iterable[Finding]]
"""A pure function; its docstring is the sentence that an analyst reads in an explanation."""


class EnricherFailedError(PuenteError):
    """An enricher raised on a valid event: a fault of ours. `enricher` is its name."""

    def __init__(self, enricher: str) -> None:
        super().__init__(f"The enricher {enricher} failed on a valid record: mend it and resubmit the record.")
        self.enricher = enricher


def run_enrichers(
    enrichers: Sequence[Enricher],
    event: AnyEvent,
    agency: Agency,
    received: datetime,
    reference: Reference,
    texts: Sequence[Text] = (),
) -> tuple[Facts, list[Provenance]]:
    """Apply `enrichers` in their order to an event and its `texts`; `EnricherFailedError` if one of them raises."""
    items: list[ItemFacts] = []
    if isinstance(event, SeizureReport):
        # `enrich_commodity` finds a commodity for every item; until then there is none to misread.
        items = [cast("ItemFacts", {"ordinal": ordinal, "kind": item.kind}) for ordinal, item in enumerate(event.items)]
    facts: Facts = {"times": {}, "count_basis": "incident", "direction": "unknown", "mode": "unknown", "items": items}
    draft = Draft(event, agency, received, reference, facts, tuple(texts))
    provenance: list[Provenance] = []
    for enricher in enrichers:
        try:
            for finding in enricher(draft):
                _place(cast("dict[str, Any]", facts), finding)
                if finding.fields or finding.how:
                    provenance.append(_origin(enricher, finding))
        except MemoryError:
            raise
        except Exception as error:
            raise EnricherFailedError(enricher.__name__) from error
    return facts, provenance


def _place(facts: dict[str, Any], finding: Finding) -> None:
    target: Any = facts
    for step in finding.path[:-1]:
        target = target[step]
    target[finding.path[-1]] = finding.value


def _origin(enricher: Enricher, finding: Finding) -> Provenance:
    origin: Provenance = {
        "fact": _path_text(finding.path),
        "fields": list(finding.fields),
        "rule": _rule(enricher.__name__, finding.how),
    }
    if finding.source:
        origin["source"] = finding.source
    return origin


@lru_cache(maxsize=4096)
def _path_text(path: FactPath) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@lru_cache(maxsize=1024)
def _rule(name: str, how: str) -> str:
    return f"{name}:{how}" if how else name
