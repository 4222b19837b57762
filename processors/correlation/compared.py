"""The parts of a comparison record that are no identifiers: people, vehicles, marks, texts. Pure.

Each function takes an enriched report and returns the fields that it fills; a field without a value is left out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from processors.reference.folding import fold
from streams.contracts import FIRM_BASES, SUBJECT_ROLES
from streams.facts import (
    ComparedAmount,
    ComparedPerson,
    ComparedText,
    ComparedVehicle,
    ComparedWord,
    ComparisonRecord,
)
from streams.reports import EnrichedReport

__all__ = ["MAX_PEOPLE", "compare_people", "compare_texts", "compare_vehicles", "compare_words"]

MAX_PEOPLE = 32
"""Subjects, vehicles and words of one record that are compared, the first ones: more are a list, not an event."""
_MIN_WORDS = 15
"""Words from which a text is compared: "A driver was referred to secondary inspection." is written every day."""
_NOT_TOLD = frozenset({"person_detained", "migrant", "victim", "property", "vehicle"})
_COLOURS = {
    "blanco": "white", "blanca": "white", "negro": "black", "negra": "black", "gris": "grey", "gray": "grey",
    "plata": "silver", "plateado": "silver", "plateada": "silver", "rojo": "red", "roja": "red", "azul": "blue",
    "verde": "green", "amarillo": "yellow", "amarilla": "yellow", "cafe": "brown", "marron": "brown", "beis": "beige",
    "dorado": "gold", "dorada": "gold", "naranja": "orange", "anaranjado": "orange", "morado": "purple",
    "purpura": "purple", "guinda": "maroon", "vino": "maroon", "burgundy": "maroon", "tinto": "maroon", "rosa": "pink",
}  # fmt: skip
"""Colours in Spanish and other spellings -> English: each nation's clerks write their own."""
_MAKES = {
    "vw": "volkswagen", "chevy": "chevrolet", "mercedes": "mercedes benz", "mb": "mercedes benz",
    "int": "international",
    "internacional": "international", "landrover": "land rover", "harley": "harley davidson",
    "dodge ram": "ram",
}  # fmt: skip
"""Short and customary names of makes, folded -> the full one."""
_PROTECTED = "[P:"
"""How the token of a protected person begins; it is bound to one report and says nothing of how a thing looks."""
_SIGNS = re.compile(r"[^a-z0-9]+")


def compare_people(report: EnrichedReport) -> ComparisonRecord:
    """`people`: the subjects who may be compared, as the rendition names them."""
    people: list[ComparedPerson] = []
    for at, person in enumerate(report["event"].get("people") or ()):
        name = _name_of(person)
        if not name or person.get("protected") or person.get("basis") not in FIRM_BASES:
            continue
        if SUBJECT_ROLES.isdisjoint(person.get("roles", ())):
            continue
        compared: ComparedPerson = {"field": f"people[{at}]", "name": name}
        if person.get("aliases"):
            compared["aliases"] = list(person["aliases"])
        if person.get("birth_date"):
            compared["born"] = person["birth_date"]
        people.append(compared)
    return _filled(people=people[:MAX_PEOPLE])


def _name_of(person: Mapping[str, Any]) -> str:
    spelled = " ".join(filter(None, (person.get("given_names"), *person.get("surnames", ()))))
    name = spelled or person.get("name") or ""
    return "" if name.startswith(_PROTECTED) else name


def compare_vehicles(report: EnrichedReport) -> ComparisonRecord:
    """`vehicles`: how each conveyance looks, where the record says more than its kind."""
    vehicles: list[ComparedVehicle] = []
    for at, conveyance in enumerate(report["event"].get("conveyances") or ()):
        looks = {
            name: fold(conveyance[name])
            for name in ("make", "model", "colour")
            if conveyance.get(name) and _PROTECTED not in conveyance[name]
        }
        if "make" in looks:
            looks["make"] = _MAKES.get(looks["make"], looks["make"])
        if "colour" in looks:
            looks["colour"] = _COLOURS.get(looks["colour"], looks["colour"])
        if looks:
            vehicles.append({"field": f"conveyances[{at}]", "kind": conveyance["kind"], **looks})  # type: ignore[typeddict-item]
    return _filled(vehicles=vehicles[:MAX_PEOPLE])


def compare_words(report: EnrichedReport) -> ComparisonRecord:
    """`press_marks` on pills and packages, and `concealment`: where the goods were hidden."""
    event = report["event"]
    items = event.get("items") or ()
    marks = [
        _word(f"items[{at}].press_marks[{place}]", written)
        for at, item in enumerate(items)
        for place, written in enumerate(item.get("press_marks", ()))
        if _PROTECTED not in written
    ]
    hidden = [
        _word(field, written) for field, written in _hiding_places(event) if written and _PROTECTED not in written
    ]
    return _filled(
        press_marks=[one for one in marks if one["value"]][:MAX_PEOPLE],
        concealment=[one for one in hidden if one["value"]][:MAX_PEOPLE],
    )


def _hiding_places(event: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    yield "concealment", event.get("concealment")
    for at, item in enumerate(event.get("items") or ()):
        yield f"items[{at}].concealment", item.get("concealment")


def _word(field: str, written: str) -> ComparedWord:
    return {"field": field, "value": " ".join(_SIGNS.sub(" ", fold(written)).split()), "as_written": written}


def compare_texts(report: EnrichedReport) -> ComparisonRecord:
    """`texts` that copies are told by; and of news what it tells: `told` amounts of single events, `told_places`, and
    the `origin` that it repeats.
    """
    read: Mapping[str, Any] = report["facts"].get("text") or {}  # type: ignore[assignment]
    texts: list[ComparedText] = [
        {name: one[name] for name in ("field", "exact", "minhash", "words", "details") if name in one}  # type: ignore[misc]
        for one in read.get("fingerprints", ())
        if one["words"] >= _MIN_WORDS
    ]
    filled = _filled(texts=texts)
    if report["kind"] != "news":
        return filled
    told: list[ComparedAmount] = [
        {
            "field": one["at"]["field"],
            "as_written": one["text"],
            "commodity": one["commodity"],
            "qty_si": one["qty_si"],
            "unit": one["unit"],
        }
        for one in read.get("mentions", ())
        if not one["cumulative"] and one["qty_si"] and one["unit"] and one["commodity"] not in _NOT_TOLD
    ]
    known = [one["candidates"][0] for one in read.get("places", ()) if len(one["candidates"]) == 1]
    # The area by which `keys.area_of` files a report with a place of its own.
    places = {place.get("corridor") or place["code"] for place in known if place["kind"] != "country"}
    filled.update(_filled(told=told[:MAX_PEOPLE], told_places=sorted(places)[:MAX_PEOPLE], origin=read.get("origin")))
    return filled


def _filled(**fields: Any) -> ComparisonRecord:
    return {name: value for name, value in fields.items() if value}  # type: ignore[return-value]
