"""What an enricher reads and returns, and the runner that makes `facts` and `provenance` of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from processors.extraction.texts import Text
from processors.reference import Reference
from streams.contracts import AnyEvent, SeizureReport
from streams.errors import PuenteError
from streams.registry import Agency
from streams.reports import Facts, ItemFacts, Provenance

__all__ = [
    "Draft",
    "Enriched",
    "Enricher",
    "EnricherFailedError",
    "FactPath",
    "Finding",
    "enrich_drafts",
    "finding",
    "run_enrichers",
    "start_draft",
]

FactPath = tuple[str | int, ...]
"""Where a fact stands in `facts`: `("direction",)`, `("times", "occurred")`, `("items", 0, "mass_kg")`."""


Finding = tuple[FactPath, Any, tuple[str, ...], str, str]
"""One fact: its path, its value, the event's fields that it was read from, how, and by which source."""


def finding(path: FactPath, value: Any, fields: tuple[str, ...] = (), how: str = "", source: str = "") -> Finding:
    """One fact. `how` tells apart the cases of one rule (`name`, `mixture`); `source` cites the reference data used.

    A plain tuple: a record has thirty, and a named one takes three times as long to make.
    """
    return path, value, fields, how, source


class Draft:
    """A valid event on its way through the enrichers.

    `facts` holds what the enrichers before this one found; an enricher reads it and never writes it. `received` is the
    broker's clock. `texts` are the texts of the event, each with its language, read once for all enrichers.
    """

    __slots__ = ("agency", "event", "facts", "received", "reference", "texts")

    def __init__(
        self,
        event: AnyEvent,
        agency: Agency,
        received: datetime,
        reference: Reference,
        facts: Facts,
        texts: tuple[Text, ...] = (),
    ) -> None:
        # Written out: a frozen dataclass takes four times as long to make.
        self.event: Final = event
        self.agency: Final = agency
        self.received: Final = received
        self.reference: Final = reference
        self.facts: Final = facts
        self.texts: Final = texts


Enricher = Callable[[Draft], Iterable[Finding]]
"""A pure function; its docstring is the sentence that an analyst reads in an explanation."""


Enriched = tuple[Facts, list[Provenance]]
"""What the enrichers found in an event, and where each fact comes from."""


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
) -> Enriched:
    """Apply `enrichers` in their order to an event and its `texts`; `EnricherFailedError` if one of them raises."""
    [found] = enrich_drafts(enrichers, [start_draft(event, agency, received, reference, texts)])
    if isinstance(found, EnricherFailedError):
        raise found
    return found


def start_draft(
    event: AnyEvent, agency: Agency, received: datetime, reference: Reference, texts: Sequence[Text] = ()
) -> Draft:
    """An event of which nothing has been found yet."""
    items: list[ItemFacts] = []
    if isinstance(event, SeizureReport):
        # `enrich_commodity` finds a commodity for every item; until then there is none to misread.
        for ordinal, item in enumerate(event.items):
            so_far: Any = {"ordinal": ordinal, "kind": item.kind}
            items.append(so_far)
    facts: Facts = {"times": {}, "count_basis": "incident", "direction": "unknown", "mode": "unknown", "items": items}
    return Draft(event, agency, received, reference, facts, tuple(texts))


def enrich_drafts(enrichers: Sequence[Enricher], drafts: Sequence[Draft]) -> list[Enriched | EnricherFailedError]:
    """What `enrichers` find in each draft, or which of them failed on it.

    An enricher goes over all drafts before the next one begins: its code and tables stay in the processor's caches,
    which takes a fifth off the time of reports with a text.
    """
    found: list[Enriched | EnricherFailedError] = [(draft.facts, []) for draft in drafts]
    for enricher in enrichers:
        name = enricher.__name__
        for at, draft in enumerate(drafts):
            so_far = found[at]
            if isinstance(so_far, EnricherFailedError):
                continue
            try:
                findings = _as_list(enricher(draft))
                if not findings:
                    continue
                facts, provenance = so_far
                for path, value, fields, how, source in findings:
                    _place(facts, path, value)
                    if fields or how:
                        provenance.append(_origin(name, path, fields, how, source))
            except MemoryError:
                raise
            except Exception as error:
                failure = EnricherFailedError(name)
                failure.__cause__ = error
                found[at] = failure
    return found


def _as_list(findings: Iterable[Finding]) -> list[Finding]:
    # Compiled code goes through a list fast, and ours are lists.
    return findings if isinstance(findings, list) else list(findings)


def _place(facts: Any, path: FactPath, value: object) -> None:
    last = len(path) - 1
    for at in range(last):
        facts = facts[path[at]]
    facts[path[last]] = value


# Most reports have the same origins: made once, they are a fifth of the cost, and nobody writes into them.
@lru_cache(maxsize=8192)
def _origin(enricher: str, path: FactPath, fields: tuple[str, ...], how: str, source: str) -> Provenance:
    fact = ""
    for step in path:
        fact += f"[{step}]" if isinstance(step, int) else f".{step}" if fact else step
    origin: Provenance = {"fact": fact, "fields": list(fields), "rule": f"{enricher}:{how}" if how else enricher}
    if source:
        origin["source"] = source
    return origin
