"""Words for a reader in English and Spanish: goods and amounts, and how things look. Pure.

Comparison records hold codes (`methamphetamine`, `pill`, `submachine_gun`) and colours in English, whoever wrote them.
What features and summaries make of them is put into words here, for the sentences of links and for explanations.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from streams.reports import Commodity

__all__ = [
    "COLOURS",
    "COMMODITIES",
    "CONVEYANCES",
    "GUN_TYPES",
    "UNITS",
    "WORDED",
    "Lang",
    "figure",
    "word",
    "word_count",
    "word_goods",
    "word_looks",
    "word_value",
    "word_vehicle",
]

Lang = Literal["en", "es"]

COMMODITIES: dict[Commodity, tuple[str, str]] = {
    "fentanyl": ("fentanyl", "fentanilo"),
    "methamphetamine": ("methamphetamine", "metanfetamina"),
    "cocaine": ("cocaine", "cocaína"),
    "heroin": ("heroin", "heroína"),
    "marijuana": ("marijuana", "marihuana"),
    "opium_poppy": ("opium poppy", "amapola"),
    "other_drug": ("other drugs", "otras drogas"),
    "drugs_unspecified": ("drugs, unspecified", "drogas sin especificar"),
    "precursor": ("precursors", "precursores"),
    "laboratory": ("laboratory equipment", "equipo de laboratorio"),
    "firearm": ("firearms", "armas de fuego"),
    "firearm_part": ("firearm parts", "partes de armas"),
    "ammunition": ("ammunition", "municiones"),
    "magazine": ("magazines", "cargadores"),
    "grenade_explosive": ("grenades and explosives", "granadas y explosivos"),
    "vehicle": ("vehicles", "vehículos"),
    "cash": ("cash", "efectivo"),
    "fuel": ("fuel", "combustible"),
    "property": ("property", "bienes"),
}
UNITS: dict[str, tuple[str, str]] = {
    "pill": ("pill|pills", "pastilla|pastillas"),
    "round": ("round|rounds", "cartucho|cartuchos"),
    "unit": ("piece|pieces", "pieza|piezas"),
    "plant": ("plant|plants", "planta|plantas"),
    "package": ("package|packages", "paquete|paquetes"),
    "dose": ("dose|doses", "dosis|dosis"),
    "person": ("person|people", "persona|personas"),
}
"""What is counted: the word for one, and for several. Kilograms, litres and currencies are the same in both."""
COLOURS: dict[str, tuple[str, str]] = {
    "white": ("white", "blanco"),
    "black": ("black", "negro"),
    "grey": ("grey", "gris"),
    "silver": ("silver", "plata"),
    "red": ("red", "rojo"),
    "blue": ("blue", "azul"),
    "green": ("green", "verde"),
    "yellow": ("yellow", "amarillo"),
    "brown": ("brown", "café"),
    "beige": ("beige", "beis"),
    "gold": ("gold", "dorado"),
    "orange": ("orange", "naranja"),
    "purple": ("purple", "morado"),
    "maroon": ("maroon", "guinda"),
    "pink": ("pink", "rosa"),
}
GUN_TYPES: dict[str, tuple[str, str]] = {
    "pistol": ("pistol", "pistola"),
    "revolver": ("revolver", "revólver"),
    "derringer": ("derringer", "derringer"),
    "handgun": ("handgun", "arma corta"),
    "rifle": ("rifle", "rifle"),
    "carbine": ("carbine", "carabina"),
    "shotgun": ("shotgun", "escopeta"),
    "long_gun": ("long gun", "arma larga"),
    "submachine_gun": ("submachine gun", "subametralladora"),
    "machine_gun": ("machine gun", "ametralladora"),
    "firearm": ("firearm", "arma de fuego"),
}
CONVEYANCES: dict[str, tuple[str, str]] = {
    "vehicle": ("vehicle", "vehículo"),
    "motorcycle": ("motorcycle", "motocicleta"),
    "truck": ("truck", "camioneta o camión"),
    "trailer": ("trailer", "remolque"),
    "bus": ("bus", "autobús"),
    "train": ("train", "tren"),
    "vessel": ("vessel", "embarcación"),
    "aircraft": ("aircraft", "aeronave"),
    "drone": ("drone", "dron"),
    "container": ("container", "contenedor"),
    "parcel": ("parcel", "paquete"),
    "other": ("conveyance", "medio de transporte"),
}
_LAST_OF_LOOKS: dict[str, tuple[str, str]] = {**COLOURS, **GUN_TYPES}
_GOOD = re.compile(r"(?:(?P<good>[a-z_]+)(?: |$))?(?:(?P<figure>[0-9][0-9.,]*) (?P<unit>[A-Za-z_]+))?")


def word(table: Mapping[Any, tuple[str, str]], name: str, lang: Lang) -> str:
    """The word for a code; a code that is newer than the table stands for itself."""
    return table[name][lang == "es"] if name in table else name.replace("_", " ")


def figure(amount: float) -> str:
    """An amount as both countries write it: 1,234,567 or 2.268 or 0.00025."""
    if 0 < abs(amount) < 1:
        return f"{amount:.6f}".rstrip("0") if abs(amount) >= 1e-6 else f"{amount:g}"
    return f"{amount:,.3f}".rstrip("0").rstrip(".")


def word_count(unit: str, amount: str, lang: Lang) -> str:
    """What an amount, as `figure` writes it, counts: `1`, `pill` is a pill, `40` are pills."""
    one, _, many = word(UNITS, unit, lang).partition("|")
    return one if amount == "1" or not many else many


@lru_cache(maxsize=4_096)
def word_goods(said: str, lang: Lang) -> str:
    """What `tell_event` says of an event, with its goods and units in words: of `Laredo, fentanyl 40 pill, 5 kg` is
    made `Laredo, fentanilo 40 pastillas, 5 kg`. Times and names of places stay as they are.
    """
    return ", ".join(_word_good(part, lang) for part in said.split(", "))


def _word_good(part: str, lang: Lang) -> str:
    read = _GOOD.fullmatch(part)
    if read is None or (read["good"] is not None and read["good"] not in COMMODITIES):
        return part
    good = [word(COMMODITIES, read["good"], lang)] if read["good"] else []
    amount = [read["figure"], word_count(read["unit"], read["figure"], lang)] if read["figure"] else []
    return " ".join(good + amount)


@lru_cache(maxsize=4_096)
def word_looks(said: str, lang: Lang) -> str:
    """What `look_same` says of things, with colours and types of guns, which stand last, in words: `ford f 150 rojo`,
    `glock 19 pistola`.
    """
    return " / ".join(_word_last(look, lang) for look in said.split(" / "))


def _word_last(look: str, lang: Lang) -> str:
    before, space, last = look.rpartition(" ")
    return f"{before}{space}{word(_LAST_OF_LOOKS, last, lang)}" if last in _LAST_OF_LOOKS else look


def word_vehicle(looks: str, lang: Lang) -> str:
    """How a network says that a conveyance looks: `red ford f 150`, `ford f 150 rojo`; of some it says the kind."""
    if looks in CONVEYANCES:
        return word(CONVEYANCES, looks, lang)
    first, _, rest = looks.partition(" ")
    return f"{rest} {word(COLOURS, first, lang)}".strip() if first in COLOURS and lang == "es" else looks


WORDED = frozenset({"tell_event", "look_same"})
"""Features whose values are codes."""


def word_value(feature: str, said: str, lang: Lang) -> str:
    """What a feature found, or says of one record, in words; of most features it needs none."""
    if feature == "tell_event":
        return word_goods(said, lang)
    return word_looks(said, lang) if feature == "look_same" else said
