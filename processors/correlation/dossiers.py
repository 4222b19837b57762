"""Who and what the members of a network tell of: people, vehicles, firearms, telephones, marks. Pure.

Each function takes the member records sorted by id and returns all entries, those that most records tell of first.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from processors.correlation.keys import identifier_key
from processors.reference.folding import fold
from streams.dossiers import NetworkFirearm, NetworkMark, NetworkPerson, NetworkPhone, NetworkVehicle
from streams.facts import ComparisonRecord

__all__ = ["list_firearms", "list_marks", "list_people", "list_phones", "list_vehicles"]

_OF_FIREARM = ("type", "make", "model", "calibre", "serial")
_Entry = TypeVar("_Entry")


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


def list_vehicles(members: Sequence[ComparisonRecord]) -> list[NetworkVehicle]:
    """The conveyances of which records give a plate, a VIN or the looks."""
    told: list[tuple[str, str, frozenset[tuple[str, str]]]] = []
    for record in members:
        looks = {one["field"]: _looks(one) for one in record.get("vehicles", ())}
        numbers: dict[str, set[tuple[str, str]]] = {}
        for one in record.get("identifiers", ()):
            if one["kind"] in ("plate", "vin"):
                # `conveyances[0].plates[1].number` and `conveyances[0].vin` stand on one conveyance.
                field = one["field"].partition(".")[0]
                numbers.setdefault(field, set()).add((one["kind"], one["value"]))
        told += [
            (record["id"], looks.get(field, ""), frozenset(numbers.get(field, ())))
            for field in looks.keys() | numbers.keys()
        ]
    vehicles = [_vehicle(part) for part in _together(told)]
    return sorted(
        vehicles,
        key=lambda one: (-one["reports"], one.get("plates", []), one.get("vins", []), one.get("looks", [])),
    )


def _looks(vehicle: Any) -> str:
    words = (vehicle.get(name, "") for name in ("colour", "make", "model"))
    return " ".join(filter(None, words)) or str(vehicle["kind"])


def _together(
    told: Iterable[tuple[str, str, frozenset[tuple[str, str]]]],
) -> list[list[tuple[str, str, frozenset[tuple[str, str]]]]]:
    """Those that share a number, however long the chain; those without one by their looks."""
    group_of: dict[Hashable, list[tuple[str, str, frozenset[tuple[str, str]]]]] = {}
    for one in told:
        keys: Iterable[Hashable] = one[2] or (one[1],)
        ours: list[tuple[str, str, frozenset[tuple[str, str]]]] = [one]
        for theirs in {id(group_of[key]): group_of[key] for key in keys if key in group_of}.values():
            ours += theirs
        for _, look, numbers in ours:
            group_of.update(dict.fromkeys(numbers or (look,), ours))
    return list({id(group): group for group in group_of.values()}.values())


def _vehicle(told: Sequence[tuple[str, str, frozenset[tuple[str, str]]]]) -> NetworkVehicle:
    vehicle: NetworkVehicle = {"reports": len({report for report, _, _ in told})}
    if looks := {look for _, look, _ in told if look}:
        vehicle["looks"] = sorted(looks)
    numbers = {number for _, _, carried in told for number in carried}
    if plates := sorted(value for kind, value in numbers if kind == "plate"):
        vehicle["plates"] = plates
    if vins := sorted(value for kind, value in numbers if kind == "vin"):
        vehicle["vins"] = vins
    return vehicle


def list_firearms(members: Sequence[ComparisonRecord]) -> list[NetworkFirearm]:
    """The firearms of which records say more than their number."""
    counted = _count(
        members,
        lambda record: (
            tuple(item["firearm"].get(name, "") for name in _OF_FIREARM)
            for item in record.get("items", ())
            if item["commodity"] == "firearm" and "firearm" in item
        ),
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
        lambda record: (
            one["value"]
            for one in record.get("identifiers", ())
            if one["kind"] == "phone"
            and not is_hub(identifier_key(record.get("exercise", False), "phone", one["value"]))
        ),
    )
    return [{"value": value, "reports": reports} for value, reports in counted]


def list_marks(members: Sequence[ComparisonRecord]) -> list[NetworkMark]:
    """The press marks."""
    counted = _count(members, lambda record: (one["value"] for one in record.get("press_marks", ())))
    return [{"value": value, "reports": reports} for value, reports in counted]


def _count(
    members: Sequence[ComparisonRecord], read: Callable[[ComparisonRecord], Iterable[Any]]
) -> list[tuple[Any, int]]:
    """What `read` finds, with the number of records that tell of it."""
    counted: Counter[Any] = Counter()
    for record in members:
        counted.update(set(read(record)))
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
