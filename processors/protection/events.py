"""An event without its protected people: what leaves enrichment. Pure; the same event and keys give the same tokens."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from processors.protection.keys import TokenKey, TokenKeys
from processors.protection.masking import mask_text, mask_tree
from processors.protection.shields import Guard, join_shields, make_shield, name_words, person_names, person_numbers
from streams.protection import count_moved, fold_words, hides_phone, is_protected, is_protected_phone
from streams.reports import ProtectionMark, Shield

__all__ = [
    "TEXT_FIELDS",
    "WITHHELD",
    "NameFinder",
    "Protected",
    "Trait",
    "Unlisted",
    "catch_people",
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
_NAMES = frozenset({"name", "given_names", "surnames", "aliases"})


class Trait(NamedTuple):
    """What a text says of somebody protected beside a name: where it stands, `values` (a number as written, or the days
    that a date of birth may be), the name of whose it is if the sentence has one, and where that sentence begins.
    """

    start: int
    end: int
    kind: Literal["number", "born", "place"]
    values: tuple[str, ...]
    owner: str | None = None
    sentence: int = 0


class Unlisted(NamedTuple):
    """What a text says of people whom the record does not list: names to protect, or that it can't be told.

    `also`: other names of those; `traits`: what else gives somebody away; `kept`: where names stand that may be named.
    """

    names: Sequence[str]
    unsure: bool = False
    also: Mapping[str, Sequence[str]] = {}
    traits: Sequence[Trait] = ()
    kept: Sequence[tuple[int, int]] = ()


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
    phones: list[dict[str, Any]] = body.get("phones") or []
    strict = any(hidden) or count_moved(body) > 0 or any(is_protected_phone(one.get("role")) for one in phones)
    made = [
        shield
        for person, hide in zip(people, hidden, strict=True)
        if hide and (shield := _shield_of(key, scope, person)) is not None
    ]
    made += _shields_of_phones(phones, strict, key, scope)
    own = Guard(keys, scope, made)
    made += catch_people(people, hidden, own, key, scope)
    known = [name for person, hide in zip(people, hidden, strict=True) if not hide for name in person_names(person)]
    unsure: set[str] = set()
    taken: dict[str, list[tuple[int, int, str]]] = {}
    unlisted = find_unlisted(strict, known)
    for field, found in unlisted.items():
        if found.unsure:
            unsure.add(field)
        if found.names:
            made += _shields_of_text(found, own, key, scope)
        if found.traits:
            taken[field], more = _traits_of(found.traits, own, key, scope)
            made += more
    if not strict and not made and not unsure and not taken:
        return Protected(body, None)
    shields = join_shields((), made)
    kept: dict[str, Sequence[tuple[int, int]]] = {}
    for field, found in unlisted.items():
        # Whoever is listed as protected under that very name is, whatever the text says of them.
        text = text_of(body, field) or ""
        kept[field] = [span for span in found.kept if own.name(text[slice(*span)]) is None]
    guard = Guard(keys, scope, shields)
    masked = mask_event(body, guard, hidden, dict.fromkeys(unsure, WITHHELD), taken, kept)
    tokens = {shield["token"] for shield in shields} | {token for spans in taken.values() for *_, token in spans}
    mark: ProtectionMark = {
        "people": max(len(tokens), sum(hidden)),
        "texts": "withheld" if unsure else "tokenised",
        "shields": shields,
    }
    return Protected(masked, mark)


def catch_people(
    people: Sequence[Mapping[str, Any]], hidden: list[bool], guard: Guard, key: TokenKey, scope: str
) -> list[Shield]:
    """The shields of the people not `hidden` yet whom `guard` knows by name or number: they are hidden from then on,
    and what else they carry is held against the others, until nobody more is found.
    """
    made: list[Shield] = []
    waiting = [at for at, hide in enumerate(hidden) if not hide]
    while waiting:
        left: list[int] = []
        for at in waiting:
            token = _token_of(people[at], guard)
            if token is None:
                left.append(at)
                continue
            hidden[at] = True
            if (shield := _shield_of(key, scope, people[at], token)) is not None:
                made.append(shield)
                guard.add(shield)
        if len(left) == len(waiting):
            break
        waiting = left
    return made


def _token_of(person: Mapping[str, Any], guard: Guard) -> str | None:
    named = next(filter(None, map(guard.person, person_names(person))), None)
    return named or next(filter(None, map(guard.number, map(_joined, person_numbers(person)))), None)


def _shield_of(key: TokenKey, scope: str, person: Mapping[str, Any], token: str | None = None) -> Shield | None:
    born = filter(None, (person.get("birth_date"),))
    return make_shield(key, scope, person_names(person), person_numbers(person), born, token=token, listed=True)


def _shields_of_phones(phones: list[dict[str, Any]], strict: bool, key: TokenKey, scope: str) -> Iterator[Shield]:
    """Of the telephones that the record lists by themselves and that are somebody's who is protected."""
    for phone in phones:
        if hides_phone(phone.get("role"), strict=strict):
            numbers = [phone[name] for name in ("number", "imei") if phone.get(name)]
            shield = make_shield(key, scope, (), numbers)
            if shield is not None:
                yield shield


def _shields_of_text(found: Unlisted, own: Guard, key: TokenKey, scope: str) -> Iterator[Shield]:
    for name in found.names:
        names = [name, *found.also.get(name, ())]
        # Whom the record lists has one token already, under the longest of their names.
        words = name_words(name)
        token = own.name(name) or (own.word(words[0]) if len(words) == 1 else None)
        if token is None or any(own.word(word) is None for one in names for word in name_words(one)):
            shield = make_shield(key, scope, names, token=token)
            if shield is not None:
                yield shield


def _traits_of(
    traits: Sequence[Trait], own: Guard, key: TokenKey, scope: str
) -> tuple[list[tuple[int, int, str]], list[Shield]]:
    """Where the traits of a text stand, each with the token of whose they are, and the shields that hold them."""
    spans: list[tuple[int, int, str]] = []
    shields: list[Shield] = []
    # Whoever has no name is one person in one sentence.
    nameless: dict[int, str] = {}
    for trait in traits:
        words = " ".join(name_words(trait.owner)) if trait.owner else nameless.get(trait.sentence)
        words = words or nameless.setdefault(trait.sentence, _joined(" ".join(trait.values)) or "?")
        token = (own.name(trait.owner) if trait.owner else None) or key.token(scope, words)
        spans.append((trait.start, trait.end, token))
        numbers = trait.values if trait.kind == "number" else ()
        born = trait.values if trait.kind == "born" else ()
        if (shield := make_shield(key, scope, (), numbers, born, token=token)) is not None:
            shields.append(shield)
    return spans, shields


def mask_event(
    body: dict[str, Any],
    guard: Guard,
    hidden: Sequence[bool],
    replaced: Mapping[str, str],
    taken: Mapping[str, Sequence[tuple[int, int, str]]] | None = None,
    kept: Mapping[str, Sequence[tuple[int, int]]] | None = None,
) -> dict[str, Any]:
    """The body with the people at the `hidden` places as tokens, and everybody whom `guard` knows taken out of all
    else; `replaced` gives texts that stand instead of those of the body, `taken` and `kept` places in texts as
    `mask_text` reads them. The same object where nothing was found.
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
        if field in replaced:
            return replaced[field]
        return mask_text(text, guard, spared, taken=(taken or {}).get(field, ()), kept=(kept or {}).get(field, ()))

    # The parts of a tree that nothing was found in stay the same objects.
    rest = {**body, **mask_tree({name: part for name, part in body.items() if name not in _APART}, guard)}
    if "people" in body:
        rest["people"] = told if any(one is not other for one, other in zip(told, people, strict=True)) else people
    masked = map_texts(rest, mask)
    return body if all(masked[name] is body[name] for name in body) else masked


def _mask_person(person: dict[str, Any], guard: Guard, hide: bool) -> dict[str, Any]:
    token = _token_of(person, guard)
    if not hide and token is None:
        # Of relatives, who have their surnames in common, each keeps the name that tells them apart.
        rest = {name: part for name, part in person.items() if name not in _NAMES}
        masked = mask_tree(rest, guard)
        return person if masked is rest else {name: masked.get(name, part) for name, part in person.items()}
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
