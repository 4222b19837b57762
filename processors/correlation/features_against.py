"""What can't be of one person or vehicle: numbers that each of them has one of, and names of two generations."""

from collections.abc import Mapping

from processors.correlation.features_people import are_two_generations, find_alike
from processors.correlation.sides import NOTHING, Found, Shared, Side, Where, where
from streams.reports import IdentifierFacts, IdentifierKind

__all__ = ["differ_in_unique"]


def differ_in_unique(left: Side, right: Side) -> Found:
    """What looks like one person or vehicle has two numbers of which each has one alone, both right by their check
    digits, or two generations of a family in the name.

    Lo que parece una misma persona o un mismo vehículo tiene dos números de los que cada quien tiene uno solo, ambos
    correctos según sus dígitos verificadores, o dos generaciones de una familia en el nombre.
    """
    people = _two_people(left, right)
    if people:
        return Found("two_people", tuple(people))
    vehicles = _two_vehicles(left, right)
    return Found("two_vehicles", tuple(vehicles)) if vehicles else NOTHING


def _two_people(left: Side, right: Side) -> list[Shared]:
    """What tells apart all subjects whose names are alike; nothing as soon as two of them may be one."""
    against: list[Shared] = []
    for one, other in find_alike(left, right):
        ours, theirs = (_checked("curp", side, who["field"]) for side, who in ((left, one), (right, other)))
        if ours and theirs and ours.keys().isdisjoint(theirs):
            against.append(_two("curp", ours, theirs))
        elif are_two_generations(one["name"], other["name"]):
            mine, their = (Where(field=f"{who['field']}.name", as_written=who["name"]) for who in (one, other))
            against.append(Shared(None, f"{one['name']} / {other['name']}", mine, their))
        else:
            return []
    return against


def _two_vehicles(left: Side, right: Side) -> list[Shared]:
    against: list[Shared] = []
    mine, their = left.written.get("plate", {}), right.written.get("plate", {})
    for plate in sorted(mine.keys() & their.keys()):
        carriers = (facts["field"].partition(".")[0] for facts in (mine[plate], their[plate]))
        ours, theirs = (_checked("vin", side, field) for side, field in zip((left, right), carriers, strict=True))
        if ours and theirs and ours.keys().isdisjoint(theirs):
            against.append(_two("vin", ours, theirs))
    return against


def _checked(kind: IdentifierKind, side: Side, carrier: str) -> Mapping[str, IdentifierFacts]:
    """The numbers of one kind that a person or conveyance of a record has and whose check digits hold."""
    return {
        value: facts
        for value, facts in side.written.get(kind, {}).items()
        if facts.get("checked") and facts["field"].startswith(f"{carrier}.")
    }


def _two(kind: IdentifierKind, ours: Mapping[str, IdentifierFacts], theirs: Mapping[str, IdentifierFacts]) -> Shared:
    one, other = min(ours), min(theirs)
    return Shared(kind, f"{one} / {other}", where(ours[one]), where(theirs[other]))
