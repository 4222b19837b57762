"""What goes wrong between the event and the report. `NOISE` is the list to extend: write a function, add a line.

Each function changes a report in place and says whether it did; what was done is recorded for each report, so that
results can be told apart by kind of noise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.scenarios.draw import Draw
from tests.scenarios.marks import Json, Mark, Slot, find_slots, mark
from tests.scenarios.people import Person
from tests.scenarios.places import coarsen
from tests.scenarios.slips import NAME_SLIPS, mask, misread, mistype, respell
from tests.scenarios.values import Mint

__all__ = ["FIRM", "NOISE", "Telling", "add_noise", "name_parts"]

FIRM = frozenset({"certified_suspicion", "charged", "convicted"})


@dataclass(frozen=True, slots=True)
class Telling:
    """What a slip may need to know: whose names the marks stand for, and the report's language."""

    draw: Draw
    people: dict[str, Person]
    english: bool
    mint: Mint


Noise = Callable[[Json, Telling], bool]
_NUMBERS = frozenset({"plate", "vin", "serial", "phone", "imei", "curp", "passport", "docket", "aircraft", "vessel",
                      "clabe", "wallet"})  # fmt: skip
_SCANNED = frozenset({"plate", "vin", "serial"})


def _numbers(tree: Json, kinds: frozenset[str]) -> list[Slot]:
    return [slot for slot in find_slots(tree) if slot.mark.kind in kinds and not slot.mark.is_bait]


def typing_error(tree: Json, telling: Telling) -> bool:
    """One identifier with a slip of the pen; a docket and a wallet are pasted, not typed."""
    slots = _numbers(tree, _NUMBERS - {"docket", "wallet"})
    if not slots:
        return False
    slot = telling.draw.pick(slots)
    while True:
        written = mistype(telling.draw, slot.mark)
        # Invented numbers lie closer than real ones: a slip must not make one of them another's.
        if not telling.mint.is_taken(slot.mark.kind, written):
            slot.write(written)
            return True


def ocr_error(tree: Json, telling: Telling) -> bool:
    """A scanner took a sign of a plate, serial or VIN for one that looks like it."""
    slots = _numbers(tree, _SCANNED)
    for slot in telling.draw.sample(slots, len(slots)):
        written = misread(telling.draw, slot.mark)
        if written is not None:
            slot.write(written)
            return True
    return False


def partial_plate(tree: Json, telling: Telling) -> bool:
    """A plate of which some signs were not seen."""
    slots = _numbers(tree, frozenset({"plate"}))
    if not slots:
        return False
    slot = telling.draw.pick(slots)
    slot.write(mask(telling.draw, slot.mark, english=telling.english))
    return True


def name_parts(person: Json) -> str:
    """The name of a person as a report writes it, in one line."""
    if "name" in person:
        return str(person["name"])
    return " ".join((str(person.get("given_names", "")), *person.get("surnames", ()))).strip()


def _named(tree: Json) -> list[Json]:
    return [one for one in tree.get("people", ()) if isinstance(one.get("name", one.get("given_names")), Mark)]


def _name_slip(kind: str) -> Noise:
    def slip(tree: Json, telling: Telling) -> bool:
        people = _named(tree)
        if not people:
            return False
        one = telling.draw.pick(people)
        key = "name" if "name" in one else "given_names"
        held: Mark = one[key]
        person = telling.people.get(held.owner)
        written = respell(telling.draw, person, kind) if person is not None else None
        if written is None:
            return False
        given, surnames = written
        if key == "given_names":
            one[key], one["surnames"] = held.rewrite(given), surnames
        elif "," in held:
            one[key] = held.rewrite(f"{' '.join(surnames).upper()}, {given}")
        else:
            one[key] = held.rewrite(" ".join((given, *surnames)))
        return True

    slip.__doc__ = f"A name with this wrong: {kind.replace('_', ' ')}."
    return slip


def birth_date_slip(tree: Json, telling: Telling) -> bool:
    """Day and month exchanged, or the year one off."""
    people = [one for one in _named(tree) if "birth_date" in one]
    if not people:
        return False
    one = telling.draw.pick(people)
    year, month, day = one["birth_date"].split("-")
    if int(day) <= 12 and day != month:
        one["birth_date"] = f"{year}-{day}-{month}"
    else:
        # 29 February does not come every year.
        one["birth_date"] = (
            f"{int(year) + telling.draw.pick((-1, 1))}-{month}-{'28' if (month, day) == ('02', '29') else day}"
        )
    return True


def mentioned_only(tree: Json, telling: Telling) -> bool:
    """Somebody is named without being suspected of anything yet: that joins no network."""
    people = _named(tree)
    if not people:
        return False
    one = telling.draw.pick(people)
    one["basis"] = "mentioned"
    one.pop("review_date", None)
    return True


def missing_field(tree: Json, telling: Telling) -> bool:
    """One or two things are not there at all."""
    draw = telling.draw
    done = False
    for _ in range(draw.weighed(((1, 3.0), (2, 1.0)))):
        ways: list[tuple[Json, str]] = []
        for one in tree.get("conveyances", ()):
            ways += [(one, key) for key in ("plates", "vin", "colour", "make", "model") if key in one]
        for one in _named(tree):
            ways += [(one, key) for key in ("birth_date", "identifiers", "phones") if key in one]
        for one in tree.get("items", ()):
            ways += [(one, key) for key in ("quantity", "press_marks", "make", "calibre") if key in one]
        ways += [(tree, key) for key in ("phones", "place", "concealment", "accounts") if key in tree]
        if not ways:
            break
        holder, key = draw.pick(ways)
        del holder[key]
        done = True
    return done


def only_in_text(tree: Json, telling: Telling) -> bool:
    """A plate stands in the narrative alone; a text can be searched, and links nothing."""
    slots = _numbers(tree, frozenset({"plate"}))
    if not slots or "narrative" not in tree:
        return False
    slot = slots[0]
    for one in tree["conveyances"]:
        if slot.holder in one.get("plates", ()):
            del one["plates"]
    word = "Plate" if telling.english else "Placas"
    tree["narrative"]["text"] = mark("text", f"{tree['narrative']['text']} {word} {slot.mark}.", slot.mark.owner)
    return True


_UNITS = {
    "lb": ("kg", 0.45359237),
    "kg": ("lb", 1 / 0.45359237),
    "pills": ("kg", 0.00011),
    "pastillas": ("kg", 0.00011),
}


def units_changed(tree: Json, telling: Telling) -> bool:
    """Kilograms for pounds, pounds for kilograms, or pills weighed instead of counted."""
    items = [one for one in tree.get("items", ()) if one.get("quantity", {}).get("unit") in _UNITS]
    if not items:
        return False
    quantity = telling.draw.pick(items)["quantity"]
    unit, factor = _UNITS[quantity["unit"]]
    quantity |= {"value": round(quantity["value"] * factor, 2), "unit": unit}
    return True


def time_shifted(tree: Json, telling: Telling) -> bool:
    """Another time of the same event: minutes, hours or a day beside it."""
    when, draw = tree.get("occurred"), telling.draw
    if when is None:
        return False
    minutes = draw.weighed(((draw.number(2, 50), 4.0), (draw.number(60, 600), 3.0), (1440, 2.0)))
    shift = timedelta(minutes=minutes * draw.pick((-1, 1)))
    if len(when["value"]) == 10:
        shift = timedelta(days=draw.pick((-1, 1)))
    form = "%Y-%m-%d" if len(when["value"]) == 10 else "%Y-%m-%dT%H:%M"
    when["value"] = (datetime.strptime(when["value"], form) + shift).strftime(form)
    return True


def other_zone(tree: Json, telling: Telling) -> bool:
    """The same instant by other clocks."""
    when = tree.get("occurred")
    if when is None or len(when["value"]) == 10:
        return False
    there = telling.draw.pick(("America/Mexico_City", "America/New_York", "America/Denver", "UTC"))
    if there == when["zone"]:
        return False
    local = datetime.strptime(when["value"], "%Y-%m-%dT%H:%M").replace(tzinfo=ZoneInfo(when["zone"]))
    when |= {"value": f"{local.astimezone(ZoneInfo(there)):%Y-%m-%dT%H:%M}", "zone": there}
    return True


def place_coarser(tree: Json, telling: Telling) -> bool:
    """The state, or a name without its code."""
    return "place" in tree and coarsen(telling.draw, tree["place"])


NOISE: tuple[tuple[str, float, Noise], ...] = (
    ("only_in_text", 0.015, only_in_text),
    ("missing_field", 0.30, missing_field),
    ("typing", 0.065, typing_error),
    ("ocr", 0.075, ocr_error),
    ("partial_plate", 0.03, partial_plate),
    ("surnames_swapped", 0.03, _name_slip("surnames_swapped")),
    ("surname_dropped", 0.07, _name_slip("surname_dropped")),
    ("initials", 0.03, _name_slip("initials")),
    ("accents_missing", 0.10, _name_slip("accents_missing")),
    ("nickname", 0.04, _name_slip("nickname")),
    ("name_typing", 0.05, _name_slip("name_typing")),
    ("name_by_ear", 0.04, _name_slip("name_by_ear")),
    ("birth_date_slip", 0.015, birth_date_slip),
    ("mentioned_only", 0.02, mentioned_only),
    ("units_changed", 0.06, units_changed),
    ("time_shifted", 0.12, time_shifted),
    ("other_zone", 0.05, other_zone),
    ("place_coarser", 0.08, place_coarser),
)
"""Each kind, and in which share of the reports it is tried; a report that has nothing of the sort is left as it is."""


def add_noise(tree: Json, telling: Telling) -> list[str]:
    """Let go wrong what goes wrong in this report; the kinds that did. A report never ends up empty."""
    done = [kind for kind, rate, slip in NOISE if telling.draw.chance(rate) and slip(tree, telling)]
    if not any(tree.get(key) for key in ("items", "narrative", "people", "conveyances")):
        tree["narrative"] = {"text": "Fictional record. Registro ficticio.", "language": "en"}
    return done


assert set(NAME_SLIPS) <= {kind for kind, _, _ in NOISE}
