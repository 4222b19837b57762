"""An event without its protected people: what leaves enrichment. Pure; the same event and keys give the same tokens."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from processors.protection.keys import TokenKey, TokenKeys
from processors.protection.masking import mask_text, mask_tree
from processors.protection.shields import Guard, join_shields, make_shield, name_words, person_names, person_numbers
from streams.protection import count_moved, fold_words, is_protected
from streams.reports import ProtectionMark, Shield

__all__ = [
    "TEXT_FIELDS",
    "WITHHELD",
    "NameFinder",
    "Protected",
    "Unlisted",
    "map_texts",
    "mask_event",
    "protect_event",
    "text_of",
]

TEXT_FIELDS = ("narrative.text", "title", "body")
"""The texts of an event, by their paths."""
WITHHELD = "[texto reservado: puede nombrar a personas protegidas / withheld: it may name protected people]"
"""Stands where a text could not be read surely enough to let it go."""
_APART = frozenset(
    (
        *("report_id", "revision", "retraction", "handling", "grade", "exercise"),
        *("people", "narrative", "title", "body"),
    )
)
"""Identity and marks, which stay, and what is masked in its own way."""


class Unlisted(NamedTuple):
    """What a text says of people whom the record does not list: names to protect, or that it can't be told."""

    names: Sequence[str]
    unsure: bool = False


NameFinder = Callable[[bool, Sequence[str]], Mapping[str, Unlisted]]
"""(whether the record has protected people, names that may be named) -> field -> names to protect in its text."""


class Protected(NamedTuple):
    """The body as it may go on, the same object where nobody is protected, and the mark that says what was done."""

    body: dict[str, Any]
    mark: ProtectionMark | None


def protect_event(body: dict[str, Any], scope: str, day: date, keys: TokenKeys, find_unlisted: NameFinder) -> Protected:
    """The event `body` of the report `scope` (its document id) with every protected person as a token.

    Protected is whoever `streams.protection` says is, at `day` (the earliest that the record names), and whom a text
    names as such or, in a record with protected people, without saying what else they are.
    """
    key = keys.current
    people: list[dict[str, Any]] = body.get("people") or []
    hidden = [is_protected(person, day) for person in people]
    strict = any(hidden) or count_moved(body) > 0
    listed = [person for person, hide in zip(people, hidden, strict=True) if hide]
    made = [_shield_of(key, scope, person) for person in listed]
    own = Guard(keys, scope, filter(None, made))
    known = [name for person, hide in zip(people, hidden, strict=True) if not hide for name in person_names(person)]
    unsure: set[str] = set()
    for field, found in find_unlisted(strict, known).items():
        if found.unsure:
            unsure.add(field)
        # Whom the record lists has one token already, under the longest of their names.
        made += [make_shield(key, scope, [name]) for name in found.names if own.name(name) is None]
    shields = join_shields((), [shield for shield in made if shield is not None])
    if not strict and not shields and not unsure:
        return Protected(body, None)
    guard = Guard(keys, scope, shields)
    masked = mask_event(body, guard, hidden, dict.fromkeys(unsure, WITHHELD))
    mark: ProtectionMark = {
        "people": max(len({shield["token"] for shield in shields}), sum(hidden)),
        "texts": "withheld" if unsure else "tokenised",
        "shields": shields,
    }
    return Protected(masked, mark)


def _shield_of(key: TokenKey, scope: str, person: Mapping[str, Any]) -> Shield | None:
    return make_shield(key, scope, person_names(dict(person)), person_numbers(dict(person)))


def mask_event(
    body: dict[str, Any], guard: Guard, hidden: Sequence[bool], replaced: Mapping[str, str]
) -> dict[str, Any]:
    """The body with the people at the `hidden` places as tokens, and everybody whom `guard` knows taken out of all
    else; `replaced` gives texts that stand instead of those of the body. The same object where nothing was found.
    """
    people: list[dict[str, Any]] = body.get("people") or []
    told = [_mask_person(person, guard, hide) for person, hide in zip(people, hidden, strict=True)]
    spared = {
        word
        for person in told
        if not person.get("protected")
        for name in person_names(person)
        for word in name_words(name)
    }

    def mask(field: str, text: str) -> str:
        return replaced.get(field) or mask_text(text, guard, spared)

    # The parts of a tree that nothing was found in stay the same objects.
    rest = {**body, **mask_tree({name: part for name, part in body.items() if name not in _APART}, guard)}
    if "people" in body:
        rest["people"] = told if any(one is not other for one, other in zip(told, people, strict=True)) else people
    masked = map_texts(rest, mask)
    return body if all(masked[name] is body[name] for name in body) else masked


def _mask_person(person: dict[str, Any], guard: Guard, hide: bool) -> dict[str, Any]:
    names, numbers = person_names(person), person_numbers(person)
    token = next(filter(None, map(guard.name, names)), None)
    token = token or next((one for one in (guard.number(_joined(number)) for number in numbers) if one), None)
    if not hide and token is None:
        return mask_tree(person, guard)  # type: ignore[no-any-return]
    kept: dict[str, Any] = {"roles": person["roles"], "protected": True}
    if token is not None:
        kept["name"] = token
    return kept if kept != person else person


def _joined(number: str) -> str:
    return "".join(fold_words(number))


def text_of(body: Mapping[str, Any], field: str) -> str | None:
    """One of the `TEXT_FIELDS` of an event's body."""
    if field == "narrative.text":
        narrative = body.get("narrative")
        return narrative.get("text") if narrative else None
    return body.get(field)


def map_texts(body: dict[str, Any], change: Callable[[str, str], str]) -> dict[str, Any]:
    """The body with each text changed; the same object, or part of it, where no text changes."""
    changed = body
    for field in TEXT_FIELDS:
        text = text_of(body, field)
        if text is None or (new := change(field, text)) == text:
            continue
        if field == "narrative.text":
            changed = {**changed, "narrative": {**body["narrative"], "text": new}}
        else:
            changed = {**changed, field: new}
    return changed
