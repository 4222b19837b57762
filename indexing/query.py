"""A search as people type it, made into Elasticsearch's query. Pure functions.

Words must all be found, in any field and in either language; `"a phrase"`, `-not`, `a | b`, `fent*` and brackets work;
whatever else is typed is taken for words. Synonyms replace single words, in both directions, never inside a phrase.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["FIELDS", "Filters", "expand_synonyms", "make_query"]

FIELDS = (
    # A number typed exactly means that number, whatever else its digits occur in.
    "numbers^6",
    "title^3",
    "title.en^2",
    "title.es^2",
    "people^2",
    "organisations^2",
    "labels^2",
    "place.name.text^2",
    "text",
    "text.en^0.8",
    "text.es^0.8",
    "details",
    "details.en^0.8",
    "details.es^0.8",
)
"""Fields with their weights. A match of the word itself counts more than one of its stem."""

_FLAGS = "AND|OR|NOT|PHRASE|PRECEDENCE|PREFIX|WHITESPACE"
_PHRASE = re.compile(r'("[^"]*"?)')
_WORD = re.compile(r"(?P<not>-?)(?P<word>[^\s|+()\"*-][^\s|+()\"*]*)(?P<rest>\*?)")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be beside matching; times are RFC 3339 or ISO dates, `since` inclusive, `until` exclusive."""

    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


def make_query(text: str, filters: Filters, synonyms: Iterable[Sequence[str]] = ()) -> dict[str, Any]:
    """The query clause for what somebody typed; an empty text finds everything that the filters let through."""
    typed = unicodedata.normalize("NFC", text).strip()
    must: list[dict[str, Any]] = []
    if typed:
        must.append(
            {
                "simple_query_string": {
                    "query": expand_synonyms(typed, synonyms),
                    "fields": list(FIELDS),
                    "default_operator": "and",
                    "flags": _FLAGS,
                    "lenient": True,
                }
            }
        )
    return {"bool": {"must": must or [{"match_all": {}}], "filter": _filter(filters)}}


def _filter(filters: Filters) -> list[dict[str, Any]]:
    clauses: list[dict[str, Any]] = [
        {"terms": {field: list(values)}}
        for field, values in (
            ("agency", filters.agencies),
            ("kind", filters.kinds),
            ("commodities", filters.commodities),
        )
        if values
    ]
    if filters.since or filters.until:
        # A month that overlaps with the span asked for is a hit: nobody knows on which day of it.
        span = {"gte": filters.since, "lt": filters.until}
        wanted = {operator: value for operator, value in span.items() if value}
        clauses.append({"range": {"when_range": {**wanted, "relation": "intersects"}}})
    return clauses


def expand_synonyms(text: str, synonyms: Iterable[Sequence[str]]) -> str:
    """Put `(word | synonym | ...)` for each single word outside phrases that has synonyms, whatever case and accents.

    `synonyms` are groups of single words that mean the same: `[("fentanyl", "fentanilo", "m30")]`.
    """
    groups = {_fold(word): tuple(group) for group in synonyms for word in group}
    if not groups:
        return text

    def replace(match: re.Match[str]) -> str:
        group = groups.get(_fold(match["word"]))
        if group is None or match["rest"]:
            return match[0]
        words = dict.fromkeys((match["word"], *group))
        return f"{match['not']}({' | '.join(words)})"

    parts = _PHRASE.split(text)
    return "".join(part if part.startswith('"') else _WORD.sub(replace, part) for part in parts)


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
