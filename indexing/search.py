"""Searching one view: hits with their words marked, whose record each is, and whether a later revision was refused.

Every hit is a lead, not proof: it names its owner, from whom to obtain the original.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from indexing.elastic import Elastic, explain_answer, raise_for_answer
from indexing.errors import QueryRefusedError
from indexing.mappings import DEAD_LETTERS, REPORTS
from indexing.query import Filters, make_query

__all__ = ["MARK", "Filters", "Hit", "Hits", "RefusedRevision", "check_view", "search"]

NOTICE_EN = "A lead, not proof: obtain the original from the agency that owns the record."
NOTICE_ES = "Un indicio, no una prueba: obtenga el original de la dependencia dueña del registro."
MARK = ("\u2e22", "\u2e23")
"""What stands around marked words: brackets that no report uses, so that marked text needs no escaping."""
MAX_SIZE = 1_000
_VIEW = re.compile(r"[a-z][a-z0-9_-]*")
_FRAGMENT = 160
_MARKED = ("title", "text", "details")
_SOURCE = (
    *("id", "agency", "report_id", "revision", "version", "kind", "case_kind", "exercise", "received"),
    *("when", "when_end", "when_precision", "when_of", "place", "direction", "flow", "mode", "count_basis"),
    *("event_count", "items", "title", "outlet", "tlp", "releasable_to", "reliability", "credibility"),
    *("text_withheld", "protected_people", "text_facts.origin", "text_facts.fingerprints"),
)


@dataclass(frozen=True, slots=True)
class RefusedRevision:
    """An open dead letter: a later revision of the hit's report came in and was refused."""

    dead_letter: str
    stage: str
    received: str
    reasons_en: tuple[str, ...]
    reasons_es: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One report. Times are RFC 3339 in UTC; `grade` is the Admiralty grade as "B2"; `items` are `ItemFacts`.

    `origin` names the release that its text repeats, and `prints` are the fingerprints of its texts
    (`streams.text_facts.Fingerprint`): by them copies are told.
    `highlights` maps a field to passages in which the words found stand between `MARK`.
    `text_withheld`: the record names protected people, so its text is not in the index.
    """

    id: str
    agency: str
    report_id: str
    revision: int
    kind: str
    score: float
    grade: str
    tlp: str
    releasable_to: tuple[str, ...]
    exercise: bool
    received: str
    count_basis: str
    title: str | None = None
    case_kind: str | None = None
    when: str | None = None
    when_end: str | None = None
    when_precision: str | None = None
    when_of: str | None = None
    place: dict[str, Any] | None = None
    direction: str | None = None
    flow: str | None = None
    mode: str | None = None
    event_count: int | None = None
    items: tuple[dict[str, Any], ...] = ()
    text_withheld: bool = False
    protected_people: int = 0
    origin: str | None = None
    prints: tuple[dict[str, Any], ...] = ()
    highlights: dict[str, list[str]] = field(default_factory=dict)
    refused: tuple[RefusedRevision, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: `total` reports, the best of them in `hits`."""

    view: str
    total: int
    hits: tuple[Hit, ...]
    notice_en: str = NOTICE_EN
    notice_es: str = NOTICE_ES

    def as_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self)


async def search(
    elastic: Elastic,
    view: str,
    query: str,
    *,
    prefix: str = "",
    size: int = 10,
    filters: Filters | None = None,
    synonyms: Iterable[Sequence[str]] = (),
) -> Hits:
    """The best `size` reports of a view; see `indexing.query` for what may be typed.

    Raises QueryRefusedError, SearchUnreachableError, AccessRefusedError, IndexMissingError.
    """
    alias = REPORTS.alias(prefix, check_view(view))
    body = {
        "query": make_query(query, filters or Filters(), synonyms),
        "size": max(0, min(size, MAX_SIZE)),
        "track_total_hits": True,
        "sort": ["_score", {"when": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
        "_source": list(_SOURCE),
        "highlight": _highlight(),
    }
    answer = await elastic.request("POST", f"/{alias}/_search", body)
    if answer.status == 400:
        raise QueryRefusedError(
            f"Elasticsearch can't read this search ({explain_answer(answer)}): use plain words, and dates as "
            "YYYY-MM-DD."
        )
    if answer.status >= 300:
        raise_for_answer(answer, alias)
    found = answer.body["hits"]
    refused = await _refused_revisions(elastic, prefix, [hit["_source"]["id"] for hit in found["hits"]])
    hits = tuple(_hit(hit, refused.get(hit["_source"]["id"], [])) for hit in found["hits"])
    return Hits(view, found["total"]["value"], hits)


def check_view(view: str) -> str:
    """The view's name, which becomes a part of the path: "*" would reach past the alias, to tombstones and other views.

    Raises QueryRefusedError.
    """
    if not _VIEW.fullmatch(view):
        raise QueryRefusedError("A view's name is letters, digits and dashes: use joint, us or mx.")
    return view


def _highlight() -> dict[str, Any]:
    fields = {
        name: {"matched_fields": [name, f"{name}.en", f"{name}.es"], "number_of_fragments": 0 if name == "title" else 2}
        for name in _MARKED
    }
    return {"fields": fields, "pre_tags": [MARK[0]], "post_tags": [MARK[1]], "fragment_size": _FRAGMENT}


def _hit(hit: dict[str, Any], letters: list[dict[str, Any]]) -> Hit:
    source = hit["_source"]
    names = Hit.__dataclass_fields__
    values = {name: source[name] for name in source if name in names and source[name] is not None}
    values["items"] = tuple(source.get("items", ()))
    values["releasable_to"] = tuple(source["releasable_to"])
    read = source.get("text_facts") or {}
    values["origin"], values["prints"] = read.get("origin"), tuple(read.get("fingerprints", ()))
    later = [letter for letter in letters if letter["received"] > source["received"]]
    return Hit(
        **values,
        score=hit.get("_score") or 0.0,
        grade=f"{source['reliability']}{source['credibility']}",
        highlights=hit.get("highlight", {}),
        refused=tuple(_refused(letter) for letter in later),
    )


def _refused(letter: dict[str, Any]) -> RefusedRevision:
    return RefusedRevision(
        letter["id"],
        letter["stage"],
        letter["received"],
        tuple(reason["en"] for reason in letter["reasons"]),
        tuple(reason["es"] for reason in letter["reasons"]),
    )


async def _refused_revisions(elastic: Elastic, prefix: str, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Report id -> its open dead letters, in one query. "Later" is by the broker's clock, which both carry."""
    if not ids:
        return {}
    body = {
        "query": {"bool": {"filter": [{"terms": {"document_id": ids}}, {"term": {"state": "open"}}]}},
        "size": MAX_SIZE,
        "sort": [{"received": "desc"}],
        "_source": ["id", "document_id", "stage", "received", "reasons"],
    }
    answer = await elastic.expect("POST", f"/{DEAD_LETTERS.alias(prefix, None)}/_search", body)
    letters: dict[str, list[dict[str, Any]]] = {}
    for hit in answer["hits"]["hits"]:
        letters.setdefault(hit["_source"]["document_id"], []).append(hit["_source"])
    return letters
