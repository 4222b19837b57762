"""Features of people: the name, weighed by how common it is, and the birth date."""

from collections.abc import Iterator
from functools import lru_cache

from processors.correlation.name_parts import parse_name
from processors.correlation.name_tokens import sound
from processors.correlation.names import SIMILAR, compare_names
from processors.correlation.sides import NOTHING, Found, Shared, Side
from processors.reference.person_names import default_person_names
from streams.facts import ComparedPerson

__all__ = ["RARITIES", "name_same_person", "rarity_of"]

RARITIES = frozenset({"rare_surnames", "rare_name", "two_surnames", "full_name", "common_name"})
"""The levels that `rarity_of` finds."""
_FULL = 0.9
"""`compare_names` from which a name is the same but for custom, accents and one slip."""


def name_same_person(left: Side, right: Side) -> Found:
    """A subject of each report has a name that one person may bear.

    Una persona señalada en cada informe tiene un nombre que puede ser de la misma persona.
    """
    pairs = list(_alike(left.record.get("people", []), right.record.get("people", [])))
    if not pairs:
        return NOTHING
    level, shared = min(pairs, key=lambda pair: (_ORDER.index(pair[0]), pair[1].value))
    return Found(level, (shared,))


_ORDER = (
    "born_same_day",
    "rare_surnames",
    "born_near",
    "rare_name",
    "two_surnames",
    "full_name",
    "common_name",
    "like_name",
    "born_other_day",
)
"""Levels from the strongest; subjects born on different days speak against a pair only if no others agree."""


def _alike(ours: list[ComparedPerson], theirs: list[ComparedPerson]) -> Iterator[tuple[str, Shared]]:
    for one in ours:
        heard = _sounds(one["name"], tuple(one.get("aliases", ())))
        for other in theirs:
            if heard.isdisjoint(_sounds(other["name"], tuple(other.get("aliases", ())))):
                continue
            score = max(
                _similarity(name, name_)
                for name in (one["name"], *_full_aliases(one))
                for name_ in (other["name"], *_full_aliases(other))
            )
            if score < SIMILAR:
                continue
            level = _level(one, other, score)
            yield (
                level,
                Shared(
                    None,
                    f"{one['name']} / {other['name']}" if one["name"] != other["name"] else one["name"],
                    {"field": f"{one['field']}.name", "as_written": _tell(one)},
                    {"field": f"{other['field']}.name", "as_written": _tell(other)},
                ),
            )


def _level(one: ComparedPerson, other: ComparedPerson, score: float) -> str:
    if "born" in one and "born" in other:
        if one["born"] == other["born"]:
            return "born_same_day"
        return "born_near" if _are_one_date(one["born"], other["born"]) else "born_other_day"
    if score < _FULL:
        return "like_name"
    return rarity_of(one["name"], other["name"])


def _are_one_date(one: str, other: str) -> bool:
    """Whether two dates are one with day and month swapped, or one digit another."""
    swapped = f"{other[:5]}{other[8:]}-{other[5:7]}"
    return one == swapped or sum(a != b for a, b in zip(one, other, strict=False)) == 1


def _full_aliases(person: ComparedPerson) -> list[str]:
    return [alias for alias in person.get("aliases", ()) if len(alias.split()) > 1]


@lru_cache(maxsize=131_072)
def _similarity(left: str, right: str) -> float:
    """The score of `compare_names`; the same two names meet again whenever their pair is weighed anew."""
    return compare_names(left, right).score


@lru_cache(maxsize=65_536)
def _sounds(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    """The words of a name as they sound; two names without one in common are not compared."""
    return frozenset(sound(part.text) for written in (name, *aliases) for part in parse_name(written).parts)


@lru_cache(maxsize=65_536)
def rarity_of(left: str, right: str) -> str:
    """How much the agreement of two names says, by the reference tables of names that are common in either country
    (`PersonNames.is_common`), never by what the reports hold.

    `rare_surnames`: two surnames agree, one of them not in the table. `rare_name`: one does, and is not in the table.
    `two_surnames`: two that are in it. `common_name`: all that agrees is in the table, one given name and one surname.
    `full_name`: anything between.
    """
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


def _tell(person: ComparedPerson) -> str:
    return f"{person['name']}, {person['born']}" if "born" in person else person["name"]
