"""Reading the dead letters from their index: which records were refused, why, and what has become of them."""

import re
from dataclasses import dataclass
from typing import Any, cast

from indexing.elastic import Elastic, raise_for_answer
from indexing.errors import DeadLetterUnknownError
from indexing.mappings import DEAD_LETTERS
from streams.reports import DeadLetter

__all__ = ["LetterFilters", "Letters", "find_letter", "list_letters"]

MAX_SIZE = 10_000
SHORTEST_ID = 6
_ID = re.compile(rf"[0-9a-f]{{{SHORTEST_ID},32}}")


@dataclass(frozen=True, slots=True)
class LetterFilters:
    """Which letters: each filter that is set must hold. `states` empty means all of them."""

    states: tuple[str, ...] = ("open",)
    agency: str | None = None
    stage: str | None = None
    code: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """`total` letters match, the newest of them in `letters`."""

    total: int
    letters: tuple[DeadLetter, ...]


async def list_letters(
    elastic: Elastic, filters: LetterFilters | None = None, *, prefix: str = "", size: int = 50
) -> Letters:
    """The newest letters first. Raises SearchUnreachableError, AccessRefusedError, IndexMissingError."""
    chosen = filters or LetterFilters()
    clauses: list[dict[str, Any]] = [
        {"term": {field: value}}
        for field, value in (
            ("agency", chosen.agency),
            ("stage", chosen.stage),
            ("reasons.code", chosen.code),
            ("report_id", chosen.report_id),
        )
        if value is not None
    ]
    if chosen.states:
        clauses.append({"terms": {"state": list(chosen.states)}})
    body = {
        "query": {"bool": {"filter": clauses}},
        "size": max(0, min(size, MAX_SIZE)),
        "track_total_hits": True,
        "sort": [{"received": "desc"}, {"id": "asc"}],
    }
    answer = await elastic.expect("POST", f"/{DEAD_LETTERS.alias(prefix, None)}/_search", body)
    return Letters(answer["hits"]["total"]["value"], tuple(hit["_source"] for hit in answer["hits"]["hits"]))


async def find_letter(elastic: Elastic, letter_id: str, *, prefix: str = "") -> DeadLetter:
    """One letter by its id, or by the first characters of it if no other begins so; its newest state.

    Raises DeadLetterUnknownError if there is none or more than one.
    """
    alias = DEAD_LETTERS.alias(prefix, None)
    wanted = letter_id.strip().lower()
    if not _ID.fullmatch(wanted):
        raise DeadLetterUnknownError(
            f"{letter_id!r} is no id of a dead letter: give at least its first {SHORTEST_ID} characters, as "
            "`puente dead-letters list` shows them."
        )
    if len(wanted) < 32:
        body = {"query": {"prefix": {"id": wanted}}, "size": 2, "_source": False}
        hits = (await elastic.expect("POST", f"/{alias}/_search", body))["hits"]["hits"]
        if len(hits) > 1:
            raise DeadLetterUnknownError(f"Several dead letters begin with {wanted}: give more characters.")
        wanted = hits[0]["_id"] if hits else wanted
    answer = await elastic.request("GET", f"/{alias}/_doc/{wanted}")
    if answer.status == 404 and "error" not in answer.body:
        raise DeadLetterUnknownError(
            f"There is no dead letter {wanted}: look for it with `puente dead-letters list --state all`."
        )
    if answer.status >= 300:
        raise_for_answer(answer, alias)
    return cast(DeadLetter, answer.body["_source"])
