"""Reading links, networks and alerts of one view from their indices: as they lay on their topics, nothing added.

Searches go through the read alias, which hides what is withdrawn or merged. Elasticsearch applies an alias's filter to
searches only, never to a document fetched by its id: so what became of an old id can still be told. Events are read by
`indexing.event_search`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_type_hints

from indexing.elastic import Elastic, raise_for_answer
from indexing.errors import DerivedUnknownError
from indexing.mappings import ALERTS, EVENTS, LINKS, NETWORKS, Kind
from indexing.search import check_view
from streams.alerts import AlertDocument
from streams.events import EventDocument
from streams.links import LinkDocument, NetworkDocument, link_id

__all__ = [
    "CONTRACTS",
    "AlertFilters",
    "FoundNetwork",
    "Listed",
    "find_document",
    "follow_redirects",
    "get_document",
    "link_between",
    "links_of",
    "list_alerts",
    "list_networks",
    "network_of",
    "read_link",
    "read_network",
    "search_documents",
]

MAX_SIZE = 10_000
PAGE = 1000
SHORTEST_ID = 6
MAX_REDIRECTS = 32
_ID = re.compile(rf"[0-9a-f]{{{SHORTEST_ID},32}}")
CONTRACTS: dict[str, tuple[str, ...]] = {
    LINKS.name: tuple(get_type_hints(LinkDocument)),
    NETWORKS.name: tuple(get_type_hints(NetworkDocument)),
    EVENTS.name: tuple(get_type_hints(EventDocument)),
    ALERTS.name: tuple(get_type_hints(AlertDocument)),
}
"""Kind of index -> the fields of its record as it lay on the topic."""
_LISTED_BY = {
    LINKS.name: "`puente network ID --links 1000`",
    NETWORKS.name: "`puente network --size 1000`",
    EVENTS.name: "`puente events --size 1000`",
}
"""Kind of index -> the command that lists it."""


@dataclass(frozen=True, slots=True)
class FoundNetwork:
    """A network, live or withdrawn, and the ids that led to it: the one asked for first, each merged into the next."""

    network: NetworkDocument
    followed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """`total` documents match, the first of them in `documents`."""

    total: int
    documents: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class AlertFilters:
    """Which standing alerts: each filter that is set must hold."""

    subscriber: str | None = None
    subscription: str | None = None
    subject: str | None = None


async def read_link(elastic: Elastic, view: str, wanted: str, *, prefix: str = "") -> LinkDocument:
    """One link, live or withdrawn, by its id or the first characters of it. Raises DerivedUnknownError."""
    return cast(LinkDocument, await find_document(elastic, LINKS, view, wanted, prefix))


async def link_between(elastic: Elastic, view: str, left: str, right: str, *, prefix: str = "") -> LinkDocument:
    """The link of two reports, given by their document ids in either order. Raises DerivedUnknownError."""
    link = await get_document(elastic, LINKS, view, link_id(left, right), prefix)
    if link is None:
        raise DerivedUnknownError(
            f"Nothing links these two reports in the view {view}: check both names, and whether the view may see them."
        )
    return cast(LinkDocument, link)


async def links_of(
    elastic: Elastic,
    view: str,
    reports: Iterable[str],
    *,
    within: bool = False,
    prefix: str = "",
    size: int | None = 100,
) -> list[LinkDocument]:
    """The live links of these reports (document ids), strongest first; `within`: only those that join them.

    `size` None gives all of them, page by page: a link that changes its score meanwhile may be missed.
    """
    ids = sorted(set(reports))
    sides = [{"terms": {"left": ids}}, {"terms": {"right": ids}}]
    query: dict[str, Any] = {"bool": {"should": sides, "minimum_should_match": 2 if within else 1}}
    if within:
        # What joins: strong links, and those that analysts judged so, but for what they judged apart.
        joins = [{"term": {"strength": "strong"}}, {"term": {"verdict": "same"}}]
        apart = {"term": {"verdict": "different"}}
        query["bool"]["filter"] = {"bool": {"should": joins, "minimum_should_match": 1, "must_not": apart}}
    sort = [{"score": "desc"}, {"id": "asc"}]
    if size is not None:
        found = await search_documents(elastic, LINKS, view, query, sort, size, prefix)
        return cast(list[LinkDocument], list(found.documents))
    links: list[LinkDocument] = []
    while True:
        after = [links[-1].get("score"), links[-1]["id"]] if links else None
        found = await search_documents(elastic, LINKS, view, query, sort, PAGE, prefix, after)
        links += found.documents
        if len(found.documents) < PAGE:
            return links


async def read_network(elastic: Elastic, view: str, wanted: str, *, prefix: str = "") -> FoundNetwork:
    """One network by its id or the first characters of it; a merged one is followed to where its report is now.

    Raises DerivedUnknownError if there is none, or several, or while a merger is on its way into the index.
    """
    network, followed = await follow_redirects(elastic, NETWORKS, view, wanted, prefix)
    return FoundNetwork(cast(NetworkDocument, network), followed)


async def follow_redirects(
    elastic: Elastic, kind: Kind, view: str, wanted: str, prefix: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The document of an id, or of the first characters of it, that is merged into none, and the ids that led there.

    Raises DerivedUnknownError if there is none, or several, or while a merger is on its way into the index.
    """
    document = await find_document(elastic, kind, view, wanted, prefix)
    followed: list[str] = []
    while document["state"] == "merged":
        followed.append(document["id"])
        target = document["redirect_to"]
        found = None if target in followed else await get_document(elastic, kind, view, target, prefix)
        if found is None or len(followed) > MAX_REDIRECTS:
            what = kind.name.removesuffix("s")
            raise DerivedUnknownError(
                f"The {what} {wanted} has just been merged into another that is not in the index yet: "
                "try again in a moment."
            )
        document = found
    return document, tuple(followed)


async def network_of(elastic: Elastic, view: str, report: str, *, prefix: str = "") -> NetworkDocument | None:
    """The live network that a report (document id) is in, or None; of an oversized one only listed members are found.

    For a moment while networks merge or split two may list it: then the one that was written last.
    """
    sort = [{"version": "desc"}, {"id": "asc"}]
    found = await search_documents(elastic, NETWORKS, view, {"term": {"member_ids": report}}, sort, 1, prefix)
    return cast(NetworkDocument, found.documents[0]) if found.documents else None


async def list_networks(elastic: Elastic, view: str, *, prefix: str = "", size: int = 20) -> Listed:
    """The live networks (`NetworkDocument`), those of most reports first."""
    sort = [{"member_count": "desc"}, {"link_count": "desc"}, {"id": "asc"}]
    return await search_documents(elastic, NETWORKS, view, {"match_all": {}}, sort, size, prefix)


async def list_alerts(
    elastic: Elastic, view: str, filters: AlertFilters | None = None, *, prefix: str = "", size: int = 50
) -> Listed:
    """The standing alerts (`AlertDocument`), those written last first."""
    chosen = filters or AlertFilters()
    clauses = [
        {"term": {field: value}}
        for field, value in (
            ("subscriber", chosen.subscriber),
            ("subscription", chosen.subscription),
            ("subject.id", chosen.subject),
        )
        if value is not None
    ]
    sort = [{"written": "desc"}, {"id": "asc"}]
    return await search_documents(elastic, ALERTS, view, {"bool": {"filter": clauses}}, sort, size, prefix)


async def search_documents(
    elastic: Elastic,
    kind: Kind,
    view: str,
    query: dict[str, Any],
    sort: Sequence[dict[str, Any]],
    size: int,
    prefix: str,
    after: Sequence[Any] | None = None,
) -> Listed:
    body: dict[str, Any] = {"query": query, "sort": list(sort), "size": max(0, min(size, MAX_SIZE))}
    body |= {"track_total_hits": True} if after is None else {"search_after": list(after)}
    answer = await elastic.expect("POST", f"/{kind.alias(prefix, check_view(view))}/_search", body)
    found = answer["hits"]
    total = found["total"]["value"]
    return Listed(total, tuple(_as_written(kind, hit["_source"]) for hit in found["hits"]))


async def find_document(elastic: Elastic, kind: Kind, view: str, wanted: str, prefix: str) -> dict[str, Any]:
    """One document, live or not, by its id or the first characters of it; a live one goes before others."""
    start = wanted.strip().lower()
    what = kind.name.removesuffix("s")
    if not _ID.fullmatch(start):
        raise DerivedUnknownError(
            f"{wanted!r} is no id of a {what}: give at least its first {SHORTEST_ID} characters, "
            f"as {_LISTED_BY[kind.name]} shows them."
        )
    ids = [start] if len(start) == 32 else await _begin_with(elastic, kind, view, start, prefix)
    if len(ids) > 1:
        raise DerivedUnknownError(f"Several of the {kind.name} begin with {start}: give more characters.")
    found = await get_document(elastic, kind, view, ids[0], prefix) if ids else None
    if found is None:
        raise DerivedUnknownError(
            f"There is no {what} {start} in the view {view}: {_LISTED_BY[kind.name]} lists those that there are."
        )
    return found


async def _begin_with(elastic: Elastic, kind: Kind, view: str, start: str, prefix: str) -> list[str]:
    """Ids that begin so: the live ones, else the others, for which the index behind the alias must be asked."""
    alias = kind.alias(prefix, check_view(view))
    body = {"query": {"prefix": {"id": start}}, "size": 2, "_source": False}
    found = (await elastic.expect("POST", f"/{alias}/_search", body))["hits"]["hits"]
    if not found:
        index = ",".join(sorted(await elastic.expect("GET", f"/_alias/{alias}")))
        found = (await elastic.expect("POST", f"/{index}/_search", body))["hits"]["hits"]
    return [hit["_id"] for hit in found]


async def get_document(elastic: Elastic, kind: Kind, view: str, name: str, prefix: str) -> dict[str, Any] | None:
    alias = kind.alias(prefix, check_view(view))
    answer = await elastic.request("GET", f"/{alias}/_doc/{name}")
    if answer.status == 404 and "error" not in answer.body:
        return None
    if answer.status >= 300:
        raise_for_answer(answer, alias)
    return _as_written(kind, answer.body["_source"])


def _as_written(kind: Kind, source: dict[str, Any]) -> dict[str, Any]:
    """The record as it lay on its topic: what was added for searching is left out."""
    return {name: source[name] for name in CONTRACTS[kind.name] if name in source}
