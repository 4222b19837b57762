"""Who and what the members of a network tell of: people, vehicles, firearms, telephones, marks. Pure.

Each function takes the members sorted by id and returns all entries, those that most records tell of first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from processors.correlation.keys import identifier_key
from processors.correlation.members import OF_FIREARM, Member, ToldPerson, ToldVehicle
from streams.dossiers import NetworkFirearm, NetworkMark, NetworkPerson, NetworkPhone, NetworkVehicle

__all__ = ["list_firearms", "list_marks", "list_people", "list_phones", "list_vehicles"]


def list_people(members: Sequence[Member]) -> list[NetworkPerson]:
    """The names of subjects. A birth date that only some records have is that of the name, if they agree on it."""
    found: dict[tuple[str, ...], list[ToldPerson]] = {}
    for member in members:
        for person in member.people:
            found.setdefault(person.words, []).append(person)
    people: list[NetworkPerson] = []
    for told in found.values():
        born = {one.born for one in told if one.born}
        split = [[one for one in told if one.born == date] for date in ("", *sorted(born))] if len(born) > 1 else [told]
        people += [_person(part) for part in split if part]
    return sorted(people, key=lambda one: (-one["reports"], one["names"], one.get("born", "")))


def _person(told: Sequence[ToldPerson]) -> NetworkPerson:
    person: NetworkPerson = {
        "names": sorted({one.name for one in told}),
        "reports": len({one.report for one in told}),
    }
    if aliases := {alias for one in told for alias in one.aliases}:
        person["aliases"] = sorted(aliases)
    if born := max(one.born for one in told):
        person["born"] = born
    return person


def list_vehicles(members: Sequence[Member]) -> list[NetworkVehicle]:
    """The conveyances of which records give a plate, a VIN or the looks."""
    vehicles = [_vehicle(part) for part in _together(one for member in members for one in member.vehicles)]
    return sorted(
        vehicles,
        key=lambda one: (-one["reports"], one.get("plates", []), one.get("vins", []), one.get("looks", [])),
    )


def _together(told: Iterable[ToldVehicle]) -> list[list[ToldVehicle]]:
    """Those that share a number, however long the chain; those without one by their looks."""
    group_of: dict[tuple[str, str], list[ToldVehicle]] = {}
    for one in told:
        keys = one.numbers or (("", one.looks),)
        groups = list({id(group): group for key in keys if (group := group_of.get(key)) is not None}.values())
        # Into the largest: a number that a thousand records carry costs a thousand steps.
        ours = max(groups, key=len) if groups else []
        for theirs in groups:
            if theirs is not ours:
                ours += theirs
                group_of.update((number, ours) for other in theirs for number in other.numbers)
        ours.append(one)
        for key in keys:
            group_of[key] = ours
    return list({id(group): group for group in group_of.values()}.values())


def _vehicle(told: Sequence[ToldVehicle]) -> NetworkVehicle:
    vehicle: NetworkVehicle = {"reports": len({one.report for one in told})}
    if looks := {one.looks for one in told if one.looks}:
        vehicle["looks"] = sorted(looks)
    numbers = sorted(frozenset().union(*(one.numbers for one in told)))
    if plates := [value for kind, value in numbers if kind == "plate"]:
        vehicle["plates"] = plates
    if vins := [value for kind, value in numbers if kind == "vin"]:
        vehicle["vins"] = vins
    return vehicle


def list_firearms(members: Sequence[Member]) -> list[NetworkFirearm]:
    """The firearms of which records say more than their number."""
    firearms: list[NetworkFirearm] = []
    for said, reports in _count(member.firearms for member in members):
        if any(said):
            named = {name: value for name, value in zip(OF_FIREARM, said, strict=True) if value}
            firearms.append({**named, "reports": reports})  # type: ignore[typeddict-item]
    return firearms


def list_phones(members: Sequence[Member], is_hub: Callable[[str], bool]) -> list[NetworkPhone]:
    """The telephone numbers, but for those that too many live reports carry to mean anybody."""
    return [
        {"value": value, "reports": reports}
        for (exercise, value), reports in _count(member.phones for member in members)
        if not is_hub(identifier_key(exercise, "phone", value))
    ]


def list_marks(members: Sequence[Member]) -> list[NetworkMark]:
    """The press marks."""
    return [{"value": value, "reports": reports} for value, reports in _count(one.press_marks for one in members)]


def _count(found: Iterable[Iterable[Any]]) -> list[tuple[Any, int]]:
    """What the records tell of, each thing with the number of records that do."""
    counted = Counter(chain.from_iterable(found))
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
