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
# What news tells between two amounts.
_ES_AROUND = (
    "El operativo inició en la madrugada, luego de que vecinos de la zona reportaran movimientos raros en un predio.",
    "La vocera {name} señaló que las investigaciones continúan y que no se descartan nuevos cateos en la región.",
    "Según el comunicado, participaron elementos de tres órdenes de gobierno con apoyo de binomios caninos.",
    "El gobierno de {state_es} recordó que la línea de denuncia anónima atiende las veinticuatro horas del día.",
    "La carretera permaneció cerrada por varias horas y el tránsito fue desviado hacia caminos vecinales.",
    "Especialistas consultados por este diario creen que la ruta se usa desde hace años por su cercanía a la frontera.",
    "Al cierre de esta edición, las autoridades no habían informado de la situación jurídica de los implicados.",
    "En conferencia de prensa se presentó un mapa de la zona y se respondieron preguntas de los medios locales.",
    "El juez de control fijó fecha para la audiencia inicial, que se llevará a cabo en el centro de justicia.",
    "Comerciantes de {place_es} pidieron más vigilancia durante la temporada de fin de año.",
)
_EN_AROUND = (
    "The investigation began last spring, after neighbours told deputies about traffic at a rural property at night.",
    "A spokesperson, {name}, said the case remains open and that further search warrants have not been ruled out.",
    "According to the complaint, officers from several agencies took part, supported by a canine unit and an aircraft.",
    "The governor of {state_en} has asked the legislature to fund more inspection lanes before the end of the year.",
    "The highway was closed for several hours and motorists were sent around the scene on county roads.",
    "Analysts who follow the border say that the route has been in use for years because it avoids the larger towns.",
    "Court records did not list an attorney who could speak on behalf of the defendant on Tuesday afternoon.",
    "At a news conference the sheriff showed a map of the area and took questions from local reporters.",
    "The judge set a date for the preliminary hearing, which will be held at the federal courthouse.",
    "Merchants near {place_en} have asked for more patrols during the holiday season.",
)
_AROUND_SHARE = 2 / 3
"""Of the sentences of news: leaves 15 to 20 amounts in 5 kB. Mexican security briefings have 12 (150 of them measured).
"""
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


def _text(chance: random.Random, language: str, length: int, around: float = 0.0) -> str:
    """Sentences of `length` characters; of the share `around` tell nothing that was seized."""
    sentences: list[str] = []
    size = 0
    while size < length:
        words = {name: chance.choice(options) for name, options in _WORDS.items()}
        plate = f"{chance.choice('ABCFGH')}{chance.choice('KLMNP')}{chance.choice('RSTX')}-{chance.randint(10, 99)}-55"
        telling, between = (_ES, _ES_AROUND) if language == "es" else (_EN, _EN_AROUND)
        template = chance.choice(between if chance.random() < around else telling)
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


def news_event(number: int, length: int = 5_000, around: float = _AROUND_SHARE) -> dict[str, Any]:
    """A news item with a body of about `length` characters, its language not stated; with `around` 0 every sentence
    tells of a seizure.
    """
    chance = random.Random(-number - 1)
    language = "es" if number % 2 else "en"
    return {
        "report_id": f"NEWS-{number}",
        "exercise": True,
        "outlet": "The Example Gazette (fictional)",
        "title": _text(chance, language, 80),
        "body": _text(chance, language, length, around),
        "url": f"https://news.example/{number}",
        "published": {"value": "2025-04-08T10:00Z"},
        "handling": {"tlp": "GREEN", "releasable_to": ["joint"]},
    }
