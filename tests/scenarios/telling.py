"""One event as each agency writes it down: the fields it keeps, in its own form and language, still without errors."""

from dataclasses import dataclass
from datetime import timedelta

from deploy.demo.story.numbers import write_phone
from tests.scenarios.draw import Draw
from tests.scenarios.happenings import Happening, Load
from tests.scenarios.marks import Json, Mark, mark
from tests.scenarios.people import Person, write_name
from tests.scenarios.places import write_place
from tests.scenarios.values import spell_phone, spell_plate, spell_serial, spell_vin
from tests.scenarios.words import narrate
from tests.scenarios.world import Gun, Vehicle

__all__ = ["HABITS", "TELLERS", "Habit", "choose_tellers", "is_english", "tell"]


@dataclass(frozen=True, slots=True)
class Habit:
    """How often an agency writes down what it could: part of what reports lack, beside the errors of `noise.py`."""

    english: bool
    plate: float
    vin: float
    born: float
    identity: float
    phone: float
    docket: float


HABITS = {
    "bridge-customs": Habit(True, 0.97, 0.80, 0.88, 0.65, 0.30, 0.15),
    "lone-star-patrol": Habit(True, 0.97, 0.45, 0.85, 0.25, 0.30, 0.20),
    "mesquite-da": Habit(True, 0.70, 0.40, 0.90, 0.45, 0.40, 0.95),
    "arms-trace": Habit(True, 0.00, 0.00, 0.85, 0.20, 0.05, 0.25),
    "fiscalia-norte": Habit(False, 0.85, 0.65, 0.70, 0.65, 0.30, 0.95),
    "guardia-caminos": Habit(False, 0.97, 0.50, 0.60, 0.30, 0.15, 0.25),
    "policia-rio": Habit(False, 0.92, 0.40, 0.60, 0.35, 0.15, 0.25),
}
Teller = tuple[str, str]
"""Agency, and the form of its report: seizure, lab, trace, or the kind of a case event."""
TELLERS: dict[str, tuple[Teller, ...]] = {
    "port": (("bridge-customs", "seizure"), ("mesquite-da", "arrest"), ("lone-star-patrol", "seizure"),
             ("mesquite-da", "lab"), ("fiscalia-norte", "opened")),
    "us_road": (("lone-star-patrol", "seizure"), ("mesquite-da", "arrest"), ("mesquite-da", "lab"),
                ("bridge-customs", "seizure")),
    "mx_road": (("guardia-caminos", "seizure"), ("fiscalia-norte", "opened"), ("policia-rio", "seizure"),
                ("fiscalia-norte", "lab")),
    "mx_search": (("fiscalia-norte", "seizure"), ("guardia-caminos", "seizure"), ("policia-rio", "seizure")),
    "arrest": (("mesquite-da", "indictment"), ("lone-star-patrol", "arrest"), ("fiscalia-norte", "extradition")),
    "guns_mx": (("policia-rio", "seizure"), ("guardia-caminos", "seizure"), ("fiscalia-norte", "opened"),
                ("arms-trace", "trace")),
    "stash": (("lone-star-patrol", "opened"), ("mesquite-da", "arrest"), ("bridge-customs", "opened")),
    "sale": (("arms-trace", "trace"), ("mesquite-da", "opened")),
}  # fmt: skip
"""The first one always tells; which of the others do is drawn."""
_HOW_MANY = ((1, 3.2), (2, 3.8), (3, 2.0), (4, 1.0))


def is_english(agency: str) -> bool:
    """Whether an agency writes English."""
    return HABITS[agency].english


def choose_tellers(draw: Draw, happening: Happening) -> list[Teller]:
    """One to four reports of different agencies."""
    first, *others = TELLERS[happening.kind]
    if happening.guns and first[0] != "arms-trace" and ("arms-trace", "trace") not in others:
        others.append(("arms-trace", "trace"))
    chosen = [first]
    for agency, form in draw.sample(others, len(others)):
        able = {"lab": bool(happening.loads), "trace": bool(happening.guns)}.get(form, True)
        if able and agency not in {one for one, _ in chosen}:
            chosen.append((agency, form))
    return chosen[: draw.weighed(_HOW_MANY)]


def tell(draw: Draw, happening: Happening, teller: Teller, exhibit: str, first: str) -> tuple[str, Json]:
    """The kind of event (`seizure`, `case`) and its content; `exhibit` and the `first` agency are what a laboratory
    speaks of.
    """
    agency, form = teller
    habit = HABITS[agency]
    content = _frame(draw, happening, habit, agency)
    if form == "seizure":
        case = content.pop("case_numbers", None)
        if case is not None and draw.chance(0.3):
            content["references"] = [{"issuer": case[0]["issuer"], "number": _reference(case[0]["number"])}]
        return "seizure", content | _seizure(draw, happening, habit, exhibit)
    content["kind"] = {"lab": "laboratory_result", "trace": "trace_result"}.get(form, form)
    if form == "lab":
        content.pop("conveyances", None)
        content |= _laboratory(draw, happening.loads[0], exhibit, first)
        if draw.chance(0.6):
            content.pop("people", None)
    elif form == "trace":
        content |= _trace(draw, draw.pick(happening.guns), happening, first)
        if happening.kind != "sale" and draw.chance(0.5):
            content.pop("people", None)
    elif happening.moved and happening.kind != "arrest":
        content["smuggling"] = {"people_moved": len(happening.moved) + draw.number(0, 20)}
    return "case", content


def _frame(draw: Draw, happening: Happening, habit: Habit, agency: str) -> Json:
    found: Json = {"occurred": _moment(draw, happening), "place": write_place(draw, happening.spot, happening.road)}
    named = [person for person in happening.people if draw.chance(0.9)]
    charged = agency in {"mesquite-da", "fiscalia-norte"}
    people = [write_person(draw, one, habit, charged=charged, buyer=happening.kind == "sale") for one in named]
    people += [_protect(draw, one, habit) for one in happening.moved[:3] if draw.chance(0.7)]
    if people:
        found["people"] = people
    conveyances = [write_vehicle(draw, one, habit) for one in happening.vehicles if agency != "arms-trace"]
    if conveyances:
        found["conveyances"] = conveyances
    if named and draw.chance(habit.phone):
        found["phones"] = [_device(draw, draw.pick(named))]
    if draw.chance(habit.docket) and happening.dockets:
        docket = happening.dockets[0]
        system = "docket" if docket.country == "US" else "carpeta"
        issuer = "Mesquite County Court (fictional)" if docket.country == "US" else "Fiscalía Norte (ficticia)"
        row: Json = {"system": system, "number": mark("docket", docket.number, docket.owner), "issuer": issuer}
        found["case_numbers"] = [row]
    if happening.accounts and draw.chance(0.7):
        found["accounts"] = [{"kind": one.kind, "value": mark(one.kind, one.value, one.owner)} for one in
                             happening.accounts]  # fmt: skip
    if draw.chance(0.88):
        found["narrative"] = narrate(draw, happening, english=habit.english)
    return found


def _moment(draw: Draw, happening: Happening) -> Json:
    value = f"{happening.time:%Y-%m-%dT%H:%M}"
    return {"value": value[:10] if draw.chance(0.25) else value, "zone": happening.spot.zone}


def write_person(draw: Draw, person: Person, habit: Habit, *, charged: bool = False, buyer: bool = False) -> Json:
    """A subject: name, and as often as the agency keeps them, birth date, CURP or passport, phone and alias."""
    english = habit.english
    found = write_name(person, draw, english=english)
    found["roles"] = ["purchaser"] if buyer else ["defendant"] if charged else ["suspect"]
    found |= {"basis": "charged" if charged else "certified_suspicion", "review_date": "2027-06-30"}
    if draw.chance(habit.born):
        found["birth_date"] = person.born
    if draw.chance(0.5):
        found["sex"] = person.sex
    if draw.chance(habit.identity):
        if person.curp is not None and not (english and draw.chance(0.7)):
            found["identifiers"] = [{"kind": "curp", "value": mark("curp", person.curp, person.owner)}]
        else:
            number = mark("passport", person.passport, person.owner)
            found["identifiers"] = [{"kind": "passport", "value": number, "issuer": person.custom}]
    if person.alias is not None and draw.chance(0.5):
        found["aliases"] = [person.alias]
    if draw.chance(habit.phone * 0.5):
        found["phones"] = [_device(draw, person)]
    return found


def _protect(draw: Draw, person: Person, habit: Habit) -> Json:
    """Somebody who was moved. The text carries no mark: it must link nothing."""
    found: Json = {key: [str(part) for part in value] if isinstance(value, list) else str(value)
                   for key, value in write_name(person, draw, english=habit.english).items()}  # fmt: skip
    found["roles"] = [draw.pick(("smuggled_person", "victim"))]
    if draw.chance(0.3):
        found["phones"] = [{"number": write_phone(person.phone, "e164")}]
    return found


def _device(draw: Draw, person: Person) -> Json:
    number, country = spell_phone(draw, person.phone)
    found: Json = {"number": mark("phone", number, f"object:phone-{person.id}"), "role": "seized_device"}
    if country is not None:
        found["country"] = country
    if draw.chance(0.2):
        found["imei"] = mark("imei", person.imei, f"object:phone-{person.id}")
    return found


def write_vehicle(draw: Draw, vehicle: Vehicle, habit: Habit) -> Json:
    """A conveyance with plate, VIN or registration as the agency keeps them."""
    colour = vehicle.colour[0 if habit.english else 1]
    found: Json = {"kind": vehicle.kind, "make": vehicle.make, "model": vehicle.model, "colour": colour}
    if vehicle.registration is not None:
        found["registration"] = mark(vehicle.kind, vehicle.registration, vehicle.owner)
    if vehicle.plate is not None and draw.chance(habit.plate):
        plate: Json = {"number": mark("plate", spell_plate(draw, vehicle.plate), vehicle.owner)}
        if draw.chance(0.7):
            plate |= {"state": vehicle.state, "country": vehicle.country}
        found["plates"] = [plate]
    if vehicle.vin is not None and draw.chance(habit.vin):
        found["vin"] = mark("vin", spell_vin(draw, vehicle.vin), vehicle.owner)
    return found


def write_gun(draw: Draw, gun: Gun, *, english: bool) -> Json:
    """A firearm item with its serial."""
    make, model, calibre, kind_en, kind_es = gun.spec
    found: Json = {"kind": "firearm", "type": kind_en if english else kind_es, "make": make, "calibre": calibre,
                   "serial": mark("serial", spell_serial(draw, gun.serial), gun.owner),
                   "quantity": {"value": 1, "unit": "each" if english else "pieza"}}  # fmt: skip
    if draw.chance(0.75):
        found["model"] = model
    return found


def write_load(draw: Draw, load: Load, *, english: bool) -> Json:
    """A substance in the agency's own unit: pounds north of the border; each weighs a little otherwise."""
    amount = load.amount * (1 if load.unit == "pills" or draw.chance(0.7) else draw.number(97, 103) / 100)
    unit = ("pills" if english else "pastillas") if load.unit == "pills" else "lb" if english else "kg"
    if unit == "lb":
        amount /= 0.45359237
    value: float = round(amount) if load.unit == "pills" else round(amount, 2)
    found: Json = {"kind": "substance", "name": load.name_en if english else load.name_es,
                   "quantity": {"value": value, "unit": unit}}  # fmt: skip
    if load.unit != "pills":
        found["packages"] = {"value": load.packages, "unit": "packages" if english else "paquetes"}
    if load.stamps and draw.chance(0.8):
        found["press_marks"] = list(load.stamps)
    return found


def _seizure(draw: Draw, happening: Happening, habit: Habit, exhibit: str) -> Json:
    english = habit.english
    items = [write_load(draw, load, english=english) for load in happening.loads]
    if items:
        items[0]["exhibit"] = exhibit
    items += [write_gun(draw, gun, english=english) for gun in happening.guns]
    if happening.rounds:
        unit = "rounds" if english else "cartuchos"
        items.append({"kind": "ammunition", "quantity": {"value": happening.rounds, "unit": unit}})
    if happening.cash:
        items.append({"kind": "currency", "quantity": {"value": happening.cash, "unit": "USD"}})
    found: Json = {"mode": "Land" if english else "terrestre"}
    if items:
        found["items"] = items
    if happening.loads and draw.chance(0.7):
        found["concealment"] = happening.loads[0].hides[0 if english else 1]
    if happening.kind != "guns_mx" and draw.chance(0.5):
        found["direction"] = "northbound" if english else "hacia el norte"
    return found


def _reference(number: Mark) -> Mark:
    """A case number beside a seizure is another office's opaque reference: it says less than the case itself."""
    return mark("reference", str(number), number.owner)


def _laboratory(draw: Draw, load: Load, exhibit: str, first: str) -> Json:
    result: Json = {"amends": {"agency": first, "exhibit": exhibit}, "laboratory": "Laboratorio Muestra (ficticio)",
                    "laboratory_number": f"LM-{draw.number(10000, 99999)}",
                    "substances": [{"name": load.name_en, "purity_percent": draw.number(2, 96)}]}  # fmt: skip
    if load.unit != "pills":
        result["net_weight"] = {"value": round(load.amount * 0.96, 2), "unit": "kg", "measure": "net"}
    return {"laboratory_result": result}


def _trace(draw: Draw, gun: Gun, happening: Happening, first: str) -> Json:
    bought = gun.bought
    serial = mark("serial", spell_serial(draw, gun.serial), gun.owner)
    result: Json = {"amends": {"agency": first, "serial": serial}, "requester": "Fiscalía Norte (ficticia)",
                    "trace_number": f"T-{draw.number(100000, 999999)}",
                    "status": draw.pick(("traced_to_purchaser", "traced_to_dealer"))}  # fmt: skip
    if happening.kind != "sale":
        result["recovered"] = {"value": f"{happening.time:%Y-%m-%d}"}
    if draw.chance(0.8):
        result["purchased"] = {"value": f"{min(bought, happening.time.date() - timedelta(days=20)):%Y-%m-%d}"}
    return {"trace_result": result}
