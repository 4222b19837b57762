"""Invented drivers and vehicles for the background; none shares an identifier with another."""

from deploy.demo.story.draw import Draw
from deploy.demo.story.marks import Json, hub, mark
from deploy.demo.story.numbers import make_vin, phone
from deploy.demo.story.people import person, plate, subject, vehicle

__all__ = ["invent_driver", "invent_vehicle"]

_GIVEN_EN = ("Travis", "Denise", "Caleb", "Yolanda", "Kurt", "Melinda", "Jared", "Tanya")
_GIVEN_ES = ("José Luis", "Marisol", "Abelardo", "Guadalupe", "Iván", "Verónica", "Rogelio", "Itzel", "Saúl", "Perla")
_MARKERS = ("Ejemplo", "Muestra", "Prueba", "Inventado", "Simulado", "Ficticio")
_SURNAMES = ("Arredondo", "Benavides", "Cepeda", "Dávila", "Elizondo", "Farías", "Gámez", "Hinojosa", "Leal",
             "Maldonado", "Peña", "Quintanilla", "Rangel", "Saldívar", "Tijerina", "Uribe", "Zamora")  # fmt: skip
_CARS = (("Dodge", "Ram 1500", "3C6RR7KT"), ("Toyota", "Camry", "4T1B11HK"), ("Honda", "CR-V", "2HKRW2H5"),
         ("Nissan", "Sentra", "3N1AB8CV"), ("GMC", "Sierra", "3GTU9DED"), ("Kia", "Forte", "3KPF24AD"))  # fmt: skip
_COLOURS = {"US": ("white", "black", "red", "blue", "grey"), "MX": ("blanco", "negro", "rojo", "azul", "gris")}
_STYLES = {"US": ("brackets", "hyphens", "spaced", "plain"), "MX": ("local", "spaced", "old_mobile", "e164")}


def invent_driver(draw: Draw, country: str) -> Json:
    """A suspect with a phone of their own."""
    known = [phone(draw.phone(country), draw.pick(_STYLES[country]))]
    age = draw.number(19, 61)
    if country == "US":
        name = f"{draw.pick(_GIVEN_EN)} {draw.pick(_MARKERS)} {draw.pick(_SURNAMES)}"
        return person(name, "suspect", "certified_suspicion", age=age, phones=known)
    return subject(draw.pick(_GIVEN_ES), draw.pick(_MARKERS), draw.pick(_SURNAMES), age=age, phones=known)


def invent_vehicle(draw: Draw, country: str, *, without_plate: bool = False) -> Json:
    """A car with plate and VIN of its own, or with a plate field that says that there is none."""
    make, model, first = draw.pick(_CARS)
    turn = draw.count("vehicle")
    vin = make_vin(first, f"NYZ{56000 + turn}")
    if without_plate:
        plates: list[Json] = [{"number": hub("plate", "no plate", draw.pick(("S/P", "SIN PLACAS", "sin placas")))}]
    elif country == "US":
        plates = [plate(f"SMP{4000 + turn}", f"SMP-{4000 + turn}", "Texas", "US")]
    else:
        plates = [plate(f"YEJ{400 + turn}F", f"YEJ-{400 + turn}-F", "Tamaulipas", "MX")]
    written = draw.pick((vin, vin.lower()))
    return vehicle(make, model, draw.pick(_COLOURS[country]), plates, mark("vin", vin, written))
