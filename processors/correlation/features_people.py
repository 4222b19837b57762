"""Features of people: the name, weighed by how common it is, and the birth date."""

from collections.abc import Iterator
from functools import lru_cache

from processors.correlation.name_parts import parse_name
from processors.correlation.name_tokens import sound
from processors.correlation.names import SIMILAR, compare_names
from processors.correlation.sides import NOTHING, Found, Shared, Side
from processors.reference.person_names import default_person_names
from streams.facts import ComparedPerson

__all__ = ["RARITIES", "are_two_generations", "find_alike", "is_full", "name_same_person", "rarity_of"]

RARITIES = frozenset({"rare_surnames", "rare_name", "two_surnames", "full_name", "common_name"})
"""The levels that `rarity_of` finds."""
_FULL = 0.9
"""`compare_names` from which a name is the same but for custom, accents and one slip."""


def name_same_person(left: Side, right: Side) -> Found:
    """A subject of each report has a name that one person may bear.

    Una persona señalada en cada informe tiene un nombre que puede ser de la misma persona.
    """
    pairs = list(_alike(left, right))
    if not pairs:
        return NOTHING
    level, shared = min(pairs, key=lambda pair: (_ORDER.index(pair[0]), pair[1].value))
    return Found(level, (shared,))


_ORDER = (
    "born_same_day",
    "born_same_unsure",
    "rare_surnames",
    "born_near",
    "rare_name",
    "two_surnames",
    "full_name",
    "common_name",
    "like_name",
    "alias",
    "born_other_day",
)
"""Levels from the strongest; subjects born on different days speak against a pair only if no others agree."""


def _alike(left: Side, right: Side) -> Iterator[tuple[str, Shared]]:
    for one, heard in zip(left.record.get("people", ()), left.heard, strict=True):
        for other, sounds in zip(right.record.get("people", ()), right.heard, strict=True):
            if heard.isdisjoint(sounds):
                continue
            if are_two_generations(one["name"], other["name"]):
                continue
            score = _similarity(one["name"], other["name"])
            if score >= SIMILAR:
                yield _level(one, other, score), _shared(one, other, one["name"], other["name"])
            elif (names := _alike_by_alias(one, other)) is not None:
                yield _level_of_alias(one, other), _shared(one, other, *names)


def _shared(one: ComparedPerson, other: ComparedPerson, name: str, name_: str) -> Shared:
    return Shared(
        None,
        f"{name} / {name_}" if name != name_ else name,
        {"field": f"{one['field']}.name", "as_written": _tell(one, name)},
        {"field": f"{other['field']}.name", "as_written": _tell(other, name_)},
    )


def _alike_by_alias(one: ComparedPerson, other: ComparedPerson) -> tuple[str, str] | None:
    """The likest two of the names, an alias at least among them, if they are similar enough."""
    names = [
        (_similarity(name, name_), name, name_)
        for name in (one["name"], *_full_aliases(one))
        for name_ in (other["name"], *_full_aliases(other))
    ]
    score, name, name_ = max(names, key=lambda found: (found[0], found[1:]))
    return (name, name_) if score >= SIMILAR else None


def _level_of_alias(one: ComparedPerson, other: ComparedPerson) -> str:
    if "born" in one and "born" in other and one["born"] != other["born"]:
        return "born_other_day"
    return "alias"


def _level(one: ComparedPerson, other: ComparedPerson, score: float) -> str:
    if "born" in one and "born" in other:
        if one["born"] == other["born"]:
            is_sure = one["born"][5:] not in _BY_DEFAULT and score >= _FULL and is_full(one["name"], other["name"])
            return "born_same_day" if is_sure else "born_same_unsure"
        return "born_near" if _are_one_date(one["born"], other["born"]) else "born_other_day"
    if score < _FULL:
        return "like_name"
    return rarity_of(one["name"], other["name"])


def _are_one_date(one: str, other: str) -> bool:
    """Whether two dates are one with day and month swapped, or one digit another. Ten years lie between father and son,
    not between a date and its slip.
    """
    swapped = f"{other[:5]}{other[8:]}-{other[5:7]}"
    return one == swapped or (one[:3] == other[:3] and sum(a != b for a, b in zip(one, other, strict=False)) == 1)


_BY_DEFAULT = frozenset({"01-01"})
"""Days that are written where only the year is known."""


def is_full(left: str, right: str) -> bool:
    """Whether two names agree in a whole given name and in a surname, as either of them is read, and not in one of each
    that thousands bear.
    """
    return _is_full(left, right) and _is_full(right, left) and rarity_of(left, right) != "common_name"


@lru_cache(maxsize=65_536)
def _is_full(left: str, right: str) -> bool:
    one, other = ({sound(part.text): part for part in parse_name(name).parts} for name in (left, right))
    agreeing = [part for heard, part in one.items() if heard in other]
    given = any(part.role != "surname" and len(part.text) > 1 for part in agreeing)
    family = any(part.role != "given" for part in agreeing)
    return given and family and len(agreeing) > 1


def find_alike(left: Side, right: Side) -> list[tuple[ComparedPerson, ComparedPerson]]:
    """The subjects of both records whose own names may be one person's, or would be but for junior and senior."""
    return [
        (one, other)
        for one, heard in zip(left.record.get("people", ()), left.heard, strict=True)
        for other, sounds in zip(right.record.get("people", ()), right.heard, strict=True)
        if not heard.isdisjoint(sounds)
        and (_similarity(one["name"], other["name"]) >= SIMILAR or are_two_generations(one["name"], other["name"]))
    ]


@lru_cache(maxsize=65_536)
def are_two_generations(left: str, right: str) -> bool:
    """Whether names that are one otherwise say junior and senior, or the second and the third: father and son."""
    one, other = parse_name(left), parse_name(right)
    if not one.generation or not other.generation or one.generation == other.generation:
        return False
    mine, their = (" ".join(part.text for part in name.parts) for name in (one, other))
    return _similarity(mine, their) >= SIMILAR


@lru_cache(maxsize=65_536)
def _counted(alias: str) -> int:
    return len(parse_name(alias).parts)


def _full_aliases(person: ComparedPerson) -> list[str]:
    """Aliases that are names of two words; "El Güero" is one word, and a thousand men are called so."""
    return [
        alias
        for alias in person.get("aliases", ())
        if _counted(alias) > 1 and alias.split()[0].lower() not in _ARTICLES
    ]


_ARTICLES = frozenset({"el", "la", "los", "las", "the"})


@lru_cache(maxsize=131_072)
def _similarity(left: str, right: str) -> float:
    """The score of `compare_names`; the same two names meet again whenever their pair is weighed anew."""
    return compare_names(left, right).score


def rarity_of(left: str, right: str) -> str:
    """How much the agreement of two names says, by the reference tables of names that are common in either country
    (`PersonNames.is_common`), never by what the reports hold.

    `rare_surnames`: two surnames agree, one of them not in the table. `rare_name`: one does, and is not in the table.
    `two_surnames`: two that are in it. `common_name`: all that agrees is in the table, one given name and one surname.
    `full_name`: anything between. Which word is a surname, and how rare, is read off both names, and the weaker reading
    counts: of a name misspelt, or with an initial, one side would say more than is known.
    """
    return max(_rarity(left, right), _rarity(right, left), key=_ORDER.index)


@lru_cache(maxsize=65_536)
def _rarity(left: str, right: str) -> str:
    names = default_person_names()
    one, other = ({part.text: part.role for part in parse_name(name).parts} for name in (left, right))
    sounds = {sound(word) for word in other}
    agreeing = [word for word in one if sound(word) in sounds]
    surnames = [word for word in agreeing if one[word] != "given"]
    unusual = not all(names.is_common(word) for word in surnames)
    if len(surnames) > 1:
        return "rare_surnames" if unusual else "two_surnames"
    if unusual:
        return "rare_name"
    return "common_name" if len(agreeing) <= 2 else "full_name"


def _tell(person: ComparedPerson, name: str) -> str:
    written = name if name == person["name"] else f"{person['name']} (alias {name})"
    return f"{written}, {person['born']}" if "born" in person else written
