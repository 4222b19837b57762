"""Names that are like one on the published list of designated parties. A hit is a lead: many people share a name."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import Literal, NamedTuple

from processors.correlation.name_parts import parse_name
from processors.correlation.name_tokens import given_forms, sound
from processors.correlation.names import SIMILAR, Comparison, compare_names
from processors.correlation.organisation_names import compare_organisations, significant_words
from processors.enrichment.draft import Draft, Finding, finding
from processors.enrichment.identifiers import is_protected
from processors.reference import Reference
from processors.reference.watch_list import WatchEntry, WatchList
from streams.contracts import NewsItem, SeizureReport
from streams.text_facts import WatchHit

__all__ = ["FoundWatchHit", "enrich_watch_list", "find_watch_hits", "make_watch_hit"]

Kind = Literal["individual", "entity"]
_STRONG = 0.9
"""The name's score from which an equal date of birth makes a hit strong."""
_KEPT = 5
"""Hits that one name may have; a name that is like more of them says nothing."""
_LETTERS = 4
"""Letters of a word's sound in the index: what differs after them is left to the comparison."""
_ABOUT = 5
"""Years by which a date of birth that the list gives as "about" may be off."""


class FoundWatchHit(NamedTuple):
    """One entry that a name is like. `score` is of the name; `en` and `es` are the reason, a sentence each."""

    entry: WatchEntry
    listed_as: str
    score: float
    strength: Literal["possible", "strong"]
    en: str
    es: str


_Key = tuple[str, str]


class _Index(NamedTuple):
    people: dict[_Key, tuple[tuple[WatchEntry, str], ...]]
    bodies: dict[_Key, tuple[tuple[WatchEntry, str], ...]]


def find_watch_hits(
    name: str, reference: Reference, birth_date: str | None = None, kind: Kind = "individual"
) -> list[FoundWatchHit]:
    """The entries that a name is like, the likest first, at most five; one hit an entry. Pure.

    `birth_date` is YYYY, YYYY-MM or YYYY-MM-DD: one that contradicts the list's takes the hit away, an equal full date
    beside a name score of 0.9 makes it `strong`; everything else is `possible`. Names of one word give none: half a
    city is called Chuy.
    """
    index = _index_of(reference.watch_list)
    table, keys = (index.people, _person_keys(name)) if kind == "individual" else (index.bodies, _body_keys(name))
    candidates = {row: None for key in keys for row in table.get(key, ())}
    best: dict[str, FoundWatchHit] = {}
    for entry, listed_as in candidates:
        compared = (
            compare_names(name, listed_as)
            if kind == "individual"
            else Comparison(*compare_organisations(name, listed_as))
        )
        if compared.score < SIMILAR or (kind == "entity" and compared.score < _STRONG):
            continue
        agreement = _compare_births(birth_date, entry.born)
        known = best.get(entry.entry)
        if agreement != "contradicts" and (known is None or compared.score > known.score):
            best[entry.entry] = _tell(reference.watch_list.name, entry, listed_as, compared, agreement)
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.entry.entry))[:_KEPT]


def make_watch_hit(found: FoundWatchHit, list_name: str, as_written: str, field: str) -> WatchHit:
    """The hit as it stands in `facts`; `reason` has both languages."""
    return {
        "list_name": list_name,
        "entry": found.entry.entry,
        "listed_as": found.listed_as,
        "programs": list(found.entry.programs),
        "as_written": as_written,
        "field": field,
        "strength": found.strength,
        "score": found.score,
        "reason": f"{found.en} / {found.es}",
        "rule": "name_and_birth" if found.strength == "strong" else "name",
    }


def enrich_watch_list(draft: Draft) -> list[Finding]:
    """Names of the record's own people and organisations that are like one on the OFAC list; on the name alone such
    a hit is possible and no more. Protected people are never looked up, and whoever is only mentioned gets no profile.
    """
    event = draft.event
    if (not isinstance(event, SeizureReport) and isinstance(event, NewsItem)) or event.retraction is not None:
        return []
    if not (event.people or event.organisations):
        return []
    hits: list[WatchHit] = []
    list_name = draft.reference.watch_list.name
    for at, person in enumerate(event.people):
        if is_protected(person, draft):
            continue
        spelled = " ".join(filter(None, (person.given_names, *person.surnames)))
        born = person.birth_date or (str(person.birth_year) if person.birth_year else None)
        written = [(person.name, "name"), (spelled or None, "surnames" if person.surnames else "given_names")]
        written += [(alias, f"aliases[{number}]") for number, alias in enumerate(person.aliases)]
        found = _first_hits(written, draft.reference, born, "individual")
        for hit, name, part in found:
            fact = make_watch_hit(hit, list_name, name, f"people[{at}].{part}")
            fact["basis"] = person.basis
            hits.append(fact)
    for at, body in enumerate(event.organisations):
        written = [(body.name, "name"), *((alias, f"aliases[{number}]") for number, alias in enumerate(body.aliases))]
        for hit, name, part in _first_hits(written, draft.reference, None, "entity"):
            hits.append(make_watch_hit(hit, list_name, name, f"organisations[{at}].{part}"))
    if not hits:
        return []
    fields = tuple(dict.fromkeys(hit["field"] for hit in hits))
    return [finding(("watch_list",), hits, fields, "", list_name)]


def _first_hits(
    written: Iterable[tuple[str | None, str]], reference: Reference, born: str | None, kind: Kind
) -> list[tuple[FoundWatchHit, str, str]]:
    """One hit an entry: by the name of the person that is likest."""
    best: dict[str, tuple[FoundWatchHit, str, str]] = {}
    for name, part in written:
        if name is None:
            continue
        for hit in find_watch_hits(name, reference, born, kind):
            known = best.get(hit.entry.entry)
            if known is None or hit.score > known[0].score:
                best[hit.entry.entry] = (hit, name, part)
    return list(best.values())


@lru_cache(maxsize=8)
def _index_of(watch_list: WatchList) -> _Index:
    people: dict[_Key, list[tuple[WatchEntry, str]]] = {}
    bodies: dict[_Key, list[tuple[WatchEntry, str]]] = {}
    for entry in watch_list.entries:
        table, keys_of = (people, _person_keys) if entry.type == "individual" else (bodies, _body_keys)
        for name in entry.names:
            for key in keys_of(name):
                table.setdefault(key, []).append((entry, name))
    return _Index({key: tuple(rows) for key, rows in people.items()}, {key: tuple(r) for key, r in bodies.items()})


def _person_keys(name: str) -> set[_Key]:
    """Each two words of a name by the beginning of their sound; a familiar form stands for its full names too."""
    parts = [part for part in parse_name(name).parts if len(part.text) > 1]
    if len(parts) < 2:
        return set()
    sounds = [(part.role == "given", {sound(form)[:_LETTERS] for form in given_forms(part.text)}) for part in parts]
    # Two given names are no key: José Luis is half the list.
    pairs = (
        (one, other)
        for left, right in combinations(sounds, 2)
        if not (left[0] and right[0])
        for one in left[1]
        for other in right[1]
    )
    return {(one, other) if one <= other else (other, one) for one, other in pairs}


def _body_keys(name: str) -> set[_Key]:
    words = significant_words(name)
    if len(words) == 1:
        return {(words[0], "")}
    return {(one, other) if one <= other else (other, one) for one, other in combinations(words[:4], 2)}


def _compare_births(written: str | None, listed: tuple[str, ...]) -> Literal["equal", "fits", "contradicts", "unknown"]:
    if written is None or not listed:
        return "unknown"
    if len(written) == 10 and written in listed:
        return "equal"
    for born in listed:
        if born.endswith("~"):
            if abs(int(born[:4]) - int(written[:4])) <= _ABOUT:
                return "fits"
        elif born.startswith(written) or written.startswith(born):
            return "fits"
    return "contradicts"


def _tell(
    list_name: str,
    entry: WatchEntry,
    listed_as: str,
    compared: Comparison,
    agreement: Literal["equal", "fits", "contradicts", "unknown"],
) -> FoundWatchHit:
    strong = agreement == "equal" and compared.score >= _STRONG
    said = {
        "equal": ("the date of birth is the same", "la fecha de nacimiento es la misma"),
        "fits": ("the year of birth fits", "el año de nacimiento concuerda"),
    }.get(agreement, ("no date of birth to compare", "sin fecha de nacimiento que comparar"))
    share = round(compared.score * 100)
    return FoundWatchHit(
        entry,
        listed_as,
        compared.score,
        "strong" if strong else "possible",
        f"Name {share}% like {listed_as} ({list_name} {entry.entry}), {said[0]}; a lead, not an identity.",
        f"Nombre {share}% similar a {listed_as} ({list_name} {entry.entry}), {said[1]}; un indicio, no una identidad.",
    )
