"""Invented narratives and news bodies of a wanted length, each different, in both languages; seeded."""

import random
from typing import Any

__all__ = ["news_event", "report_event"]

_ES = (
    "Elementos de la guardia aseguraron {n} kilos de {drug_es} y {m} cartuchos útiles en {place_es}.",
    "Durante la revisión de un {vehicle_es} con placas {plate} localizaron {n} paquetes de {drug_es}.",
    "Fueron detenidos {few} hombres, entre ellos {name}, quien portaba un arma corta calibre 9 milímetros.",
    "En la carretera {road} kilómetro {m}, se localizaron {n} mil pastillas de {drug_es} ocultas en la defensa.",
    "El inmueble quedó a disposición de la fiscalía junto con {n} mil pesos en efectivo y {few} teléfonos.",
    "La unidad fue trasladada al corralón sin que se reportaran personas lesionadas en el lugar de los hechos.",
    "En lo que va del año se han asegurado más de {n} toneladas de {drug_es} en el estado de {state_es}.",
)
_EN = (
    "Officers seized {n} pounds of {drug_en} and {m} rounds of ammunition near {place_en}.",
    "A search of the {vehicle_en} with plate {plate} revealed {n} packages of {drug_en} in the quarter panels.",
    "The driver, {name}, was arrested without incident and had a 9mm handgun with an obliterated serial number.",
    "The traffic stop took place on Interstate 35 at mile marker {m}; {n} thousand pills of {drug_en} were found.",
    "Investigators also recovered ${n},000 in cash, {few} firearms and several cell phones from the residence.",
    "The vehicle was released to its owner after a second inspection and nothing else of interest was found.",
    "Since last October the task force has seized more than {n} kilograms of {drug_en} in {state_en}.",
)
_WORDS: dict[str, tuple[str, ...]] = {
    "drug_es": ("fentanilo", "metanfetamina", "cocaína", "heroína", "marihuana"),
    "drug_en": ("fentanyl", "methamphetamine", "cocaine", "heroin", "marijuana"),
    "place_es": ("Culiacán, Sinaloa", "Nogales, Sonora", "Reynosa", "Tijuana, Baja California", "Opodepe, Sonora"),
    "place_en": ("Laredo, Texas", "Nogales, Arizona", "Hemet", "Eagle Pass", "Webb County"),
    "state_es": ("Sinaloa", "Sonora", "Tamaulipas", "Chihuahua"),
    "state_en": ("Texas", "Arizona", "California", "New Mexico"),
    "vehicle_es": ("tractocamión", "vehículo Nissan", "camioneta gris"),
    "vehicle_en": ("pickup truck", "white Toyota Camry", "commercial tractor"),
    "road": ("México-Nogales", "Monterrey-Nuevo Laredo", "federal 2"),
    "name": ("Bruno Inventado Luna", "Camilo Ficticio", "Dario Ejemplar Paz", "John Fictional", "Mark Invented"),
    "few": ("dos", "tres", "4", "cinco"),
}


def _text(chance: random.Random, language: str, length: int) -> str:
    sentences: list[str] = []
    size = 0
    while size < length:
        words = {name: chance.choice(options) for name, options in _WORDS.items()}
        plate = f"{chance.choice('ABCFGH')}{chance.choice('KLMNP')}{chance.choice('RSTX')}-{chance.randint(10, 99)}-55"
        template = chance.choice(_ES if language == "es" else _EN)
        sentence = template.format(**words, plate=plate, n=chance.randint(2, 900), m=chance.randint(1, 250))
        sentences.append(sentence)
        size += len(sentence) + 1
    return " ".join(sentences)[:length].strip()


def report_event(number: int, length: int = 300) -> dict[str, Any]:
    """A structured incident with a narrative of about `length` characters; none if it is 0."""
    chance = random.Random(number)
    language = "es" if number % 2 else "en"
    event: dict[str, Any] = {
        "report_id": f"FICTION-{number}",
        "exercise": True,
        "occurred": {"value": f"2025-04-{1 + number % 28:02}T13:05", "zone": "America/Chicago"},
        "place": {"as_written": "World Trade Bridge, Laredo", "country": "US", "port_of_entry": "Laredo"},
        "direction": "OUTBOUND",
        "mode": "Land",
        "conveyances": [{"kind": "truck", "plates": [{"number": f"{number:04}FIC", "state": "TX", "country": "US"}]}],
        "items": [
            {"kind": "substance", "name": "Fentanyl", "quantity": {"value": 12.5, "unit": "lb"}, "form": "powder"},
            {"kind": "firearm", "type": "pistol", "make": "Fictional Arms", "serial": f"FICT{number:05}"},
        ],
        "handling": {"tlp": "GREEN", "releasable_to": ["joint"]},
    }
    if length:
        event["narrative"] = {"text": _text(chance, language, length), "language": language}
    return event


def news_event(number: int, length: int = 5_000) -> dict[str, Any]:
    """A news item with a body of about `length` characters, its language not stated."""
    chance = random.Random(-number - 1)
    language = "es" if number % 2 else "en"
    return {
        "report_id": f"NEWS-{number}",
        "exercise": True,
        "outlet": "The Example Gazette (fictional)",
        "title": _text(chance, language, 80),
        "body": _text(chance, language, length),
        "url": f"https://news.example/{number}",
        "published": {"value": "2025-04-08T10:00Z"},
        "handling": {"tlp": "GREEN", "releasable_to": ["joint"]},
    }
