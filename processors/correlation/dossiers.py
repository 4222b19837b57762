"""Who and what the members of a network tell of: people, vehicles, firearms, telephones, marks. Pure.

Each function takes the member records sorted by id and returns all entries, those that most records tell of first.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from processors.correlation.keys import identifier_key
from processors.reference.folding import fold
from streams.dossiers import NetworkFirearm, NetworkMark, NetworkPerson, NetworkPhone, NetworkVehicle
from streams.facts import ComparedVehicle, ComparisonRecord

__all__ = ["list_firearms", "list_marks", "list_people", "list_phones", "list_vehicles"]

_OF_FIREARM = ("type", "make", "model", "calibre", "serial")


def list_people(members: Sequence[ComparisonRecord]) -> list[NetworkPerson]:
    """The names of subjects. A birth date that only some records have is that of the name, if they agree on it."""
    found: dict[tuple[str, ...], list[tuple[str, str, str, Sequence[str]]]] = {}
    for record in members:
        for person in record.get("people", ()):
            words = tuple(sorted(fold(person["name"]).replace(",", " ").split()))
            said = (record["id"], person.get("born", ""), person["name"], person.get("aliases", ()))
            found.setdefault(words, []).append(said)
    people: list[NetworkPerson] = []
    for told in found.values():
        born = sorted({date for _, date, _, _ in told if date})
        split = [[one for one in told if one[1] == date] for date in ("", *born)] if len(born) > 1 else [told]
        people += [_person(part) for part in split if part]
    return sorted(people, key=lambda one: (-one["reports"], one["names"], one.get("born", "")))


def _person(told: Sequence[tuple[str, str, str, Sequence[str]]]) -> NetworkPerson:
    person: NetworkPerson = {
        "names": sorted({name for _, _, name, _ in told}),
        "reports": len({report for report, _, _, _ in told}),
    }
    if aliases := {alias for _, _, _, others in told for alias in others}:
        person["aliases"] = sorted(aliases)
    if born := max(date for _, date, _, _ in told):
        person["born"] = born
    return person


class _Told(NamedTuple):
    """One conveyance of one record: how it looks, and the kinds and values of its numbers."""

    report: str
    looks: str
    numbers: frozenset[tuple[str, str]]


_NO_NUMBERS: frozenset[tuple[str, str]] = frozenset()


def list_vehicles(members: Sequence[ComparisonRecord]) -> list[NetworkVehicle]:
    """The conveyances of which records give a plate, a VIN or the looks."""
    told: list[_Told] = []
    for record in members:
        numbers: dict[str, list[tuple[str, str]]] = {}
        for one in record.get("identifiers", ()):
            if one["kind"] in ("plate", "vin"):
                # `conveyances[0].plates[1].number` and `conveyances[0].vin` stand on one conveyance.
                numbers.setdefault(one["field"].partition(".")[0], []).append((one["kind"], one["value"]))
        for vehicle in record.get("vehicles", ()):
            carried = numbers.pop(vehicle["field"], None)
            told.append(_Told(record["id"], _looks(vehicle), frozenset(carried) if carried else _NO_NUMBERS))
        told += [_Told(record["id"], "", frozenset(carried)) for carried in numbers.values()]
    vehicles = [_vehicle(part) for part in _together(told)]
    return sorted(
        vehicles,
        key=lambda one: (-one["reports"], one.get("plates", []), one.get("vins", []), one.get("looks", [])),
    )


def _looks(vehicle: ComparedVehicle) -> str:
    words = (vehicle.get("colour"), vehicle.get("make"), vehicle.get("model"))
    return " ".join([word for word in words if word]) or vehicle["kind"]


def _together(told: Iterable[_Told]) -> list[list[_Told]]:
    """Those that share a number, however long the chain; those without one by their looks."""
    group_of: dict[tuple[str, str], list[_Told]] = {}
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


def _vehicle(told: Sequence[_Told]) -> NetworkVehicle:
    vehicle: NetworkVehicle = {"reports": len({one.report for one in told})}
    if looks := {one.looks for one in told if one.looks}:
        vehicle["looks"] = sorted(looks)
    numbers = sorted(frozenset().union(*(one.numbers for one in told)))
    if plates := [value for kind, value in numbers if kind == "plate"]:
        vehicle["plates"] = plates
    if vins := [value for kind, value in numbers if kind == "vin"]:
        vehicle["vins"] = vins
    return vehicle


def list_firearms(members: Sequence[ComparisonRecord]) -> list[NetworkFirearm]:
    """The firearms of which records say more than their number."""
    counted = _count(
        members,
        lambda record: [
            tuple(item["firearm"].get(name, "") for name in _OF_FIREARM)
            for item in record.get("items", ())
            if "firearm" in item and item["commodity"] == "firearm"
        ],
    )
    firearms: list[NetworkFirearm] = []
    for said, reports in counted:
        if any(said):
            named = {name: value for name, value in zip(_OF_FIREARM, said, strict=True) if value}
            firearms.append({**named, "reports": reports})  # type: ignore[typeddict-item]
    return firearms


def list_phones(members: Sequence[ComparisonRecord], is_hub: Callable[[str], bool]) -> list[NetworkPhone]:
    """The telephone numbers, but for those that too many live reports carry to mean anybody."""
    counted = _count(
        members,
        lambda record: [
            (record.get("exercise", False), one["value"])
            for one in record.get("identifiers", ())
            if one["kind"] == "phone"
        ],
    )
    return [
        {"value": value, "reports": reports}
        for (exercise, value), reports in counted
        if not is_hub(identifier_key(exercise, "phone", value))
    ]


def list_marks(members: Sequence[ComparisonRecord]) -> list[NetworkMark]:
    """The press marks."""
    counted = _count(members, lambda record: [one["value"] for one in record.get("press_marks", ())])
    return [{"value": value, "reports": reports} for value, reports in counted]


def _count(
    members: Sequence[ComparisonRecord], read: Callable[[ComparisonRecord], Iterable[Any]]
) -> list[tuple[Any, int]]:
    """What `read` finds, with the number of records that tell of it."""
    counted: dict[Any, int] = {}
    for record in members:
        for one in set(read(record)):
            counted[one] = counted.get(one, 0) + 1
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
