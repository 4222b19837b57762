"""How the things look that carry a number. Pure."""

from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from processors.correlation.misreadings import find_misread
from processors.correlation.sides import NOTHING, Found, Looks, Shared, Side, Where
from streams.reports import IdentifierFacts, IdentifierKind

__all__ = ["look_same"]


def look_same(left: Side, right: Side) -> Found:
    """The things that carry the number look alike, by what the reports say of make, model, colour or calibre.

    Las cosas que llevan el número se parecen, por lo que los informes dicen de marca, modelo, color o calibre.
    """
    told = [
        one
        for kind, looks in _LOOKS
        for mine, their in _carried(kind, left, right)
        if (one := _compare_looks(mine, looks(left, mine["field"]), their, looks(right, their["field"]))) is not None
    ]
    return min(told, key=lambda one: (_LOOKS_BEST.index(one.level), one.detail[0].value)) if told else NOTHING


_LOOKS_BEST = ("alike", "not_unlike", "other_colour", "differs", "other_make")


def _compare_looks(mine: IdentifierFacts, ours: Looks, their: IdentifierFacts, theirs: Looks) -> Found | None:
    told = _tell_looks(ours, theirs)
    if told is None:
        return None
    level, one, other = told
    left, right = Where(field=mine["field"], as_written=one), Where(field=their["field"], as_written=other)
    said = one if level in ("alike", "not_unlike") else f"{one} / {other}"
    return Found(level, (Shared(None, said, left, right),))


@lru_cache(maxsize=16_384)
def _tell_looks(ours: Looks, theirs: Looks) -> tuple[str, str, str] | None:
    """Whether two looks agree in what is told of both, and how each tells it; None if nothing is.

    A colour is told by eye, often at night, and a model in two languages: another one says less than another make.
    """
    one, other = dict(ours), dict(theirs)
    both = [name for name in one if name in other]
    if not both:
        return None
    differ = [name for name in both if not _spell_alike(one[name], other[name])]
    level = "alike" if len(both) > 1 else "not_unlike"
    if differ:
        level = "other_make" if "make" in differ else "other_colour" if differ == ["colour"] else "differs"
    return level, " ".join(one[name] for name in both), " ".join(other[name] for name in both)


def _spell_alike(one: str, other: str) -> bool:
    """`f 150` and `F-150`, `chevrolet` and `chevrolet silverado`, `toyota` and `toyotta`."""
    # A word of the other is enough, a piece of one is not: .22 is no .223.
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return True
    one, other = one.replace(" ", ""), other.replace(" ", "")
    if one == other:
        return True
    return min(len(one), len(other)) >= _WORTH_SPELLING and OSA.distance(one, other, score_cutoff=1) <= 1


_WORTH_SPELLING = 5


def _carried(kind: IdentifierKind, left: Side, right: Side) -> list[tuple[IdentifierFacts, IdentifierFacts]]:
    ours, theirs = left.written.get(kind), right.written.get(kind)
    if ours is None or theirs is None:
        return []
    same = ours.keys() & theirs.keys()
    if same:
        return [(ours[value], theirs[value]) for value in sorted(same)]
    return [
        (ours[value], theirs[other])
        for value, other, _ in find_misread(left.misread.get(kind, ()), right.misread.get(kind, ()))
    ]


def _vehicles(side: Side, field: str) -> Looks:
    found = side.looks.get(field)
    if found is None:
        found = side.looks[field] = ()
        for vehicle in side.record.get("vehicles", ()):
            if field.startswith(f"{vehicle['field']}."):
                names = ("make", "model", "colour")
                found = side.looks[field] = tuple((name, vehicle[name]) for name in names if name in vehicle)  # type: ignore[literal-required]
                break
    return found


def _firearms(side: Side, field: str) -> Looks:
    for item in side.record.get("items", ()):
        if field.startswith(f"items[{item['ordinal']}].") and "firearm" in item:
            gun = item["firearm"]
            return tuple((name, gun[name]) for name in ("make", "model", "calibre", "type") if name in gun)
    return ()


_LOOKS: tuple[tuple[IdentifierKind, Callable[[Side, str], Looks]], ...] = (
    ("plate", _vehicles),
    ("vin", _vehicles),
    ("serial", _firearms),
)
