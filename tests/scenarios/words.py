"""What narratives and press releases say, in English and Spanish. Every text says that it is fictional."""

from tests.scenarios.draw import Draw
from tests.scenarios.happenings import Happening, Load
from tests.scenarios.marks import Json

__all__ = ["amount_in_words", "narrate", "release", "sign"]

_SCENES = {
    "port": (
        ("Officers at {place} referred {vehicle} for a second inspection.", "A dog alerted to {vehicle} at {place}.",
         "Images of {vehicle} showed anomalies during inspection at {place}."),
        ("Personal de la aduana en {place} revisó {vehicle}.",),
    ),
    "us_road": (
        ("{vehicle} was stopped near {place} for a lane violation.",
         "Troopers stopped {vehicle} in {place} after a call.", "Consent search of {vehicle} at a fuel station."),
        ("{vehicle} fue detenido en {place} por una falta de tránsito.",),
    ),
    "mx_road": (
        ("{vehicle} was inspected at a checkpoint near {place}.",),
        ("En un puesto de revisión en {place} se inspeccionó {vehicle}.",
         "Elementos en recorrido por {place} marcaron el alto a {vehicle}."),
    ),
    "mx_search": (
        ("A house in {place} was searched on a judge's order.",),
        ("Se cumplimentó una orden de cateo en un domicilio de {place}.",
         "En un inmueble de {place} se ejecutó una técnica de investigación."),
    ),
    "arrest": (("An arrest warrant was served in {place}.", "The defendant was taken before a judge in {place}."),
               ("Se cumplimentó una orden de aprehensión en {place}.",)),
    "guns_mx": (("Weapons were recovered in {place}.",),
                ("Tras un reporte se localizó armamento en {place}.", "En {place} se aseguraron armas de fuego.")),
    "stash": (("A house in {place} was found with people held inside.", "Neighbours in {place} reported a full house."),
              ("En una casa de {place} se localizó a personas retenidas.",)),
    "sale": (("A multiple sale was reported in {place}.",), ("Se informó de una venta múltiple en {place}.",)),
}  # fmt: skip
_FOUND = ("{amount} of {drug} in {packages} packages were found in the {hide}.",
          "Se localizaron {amount} de {drug} en {packages} paquetes ocultos en {hide}.")  # fmt: skip
_CASH = ("Currency was seized.", "Se aseguró dinero en efectivo.")
_TAIL = ("The investigation goes on.", "La investigación continúa.")
_CLOSINGS = (
    ("Officials said that the case was turned over to prosecutors.", "No further details were given.",
     "The office thanked the public for its calls.", "Names were not released.", "A hearing is set for next week."),
    ("Lo asegurado quedó a disposición de la autoridad ministerial.", "No se dieron a conocer más detalles.",
     "La dependencia agradeció los reportes ciudadanos.", "No se revelaron nombres.", "Habrá audiencia en los próximos "
     "días."),
)  # fmt: skip


def sign(*, english: bool) -> str:
    """What marks a text as invented."""
    return "(fictional)" if english else "(ficticio)"


def amount_in_words(load: Load, *, english: bool) -> str:
    """12,400 pills, 12,400 pastillas, 45.2 kilograms, 45.2 kilogramos."""
    if load.unit == "pills":
        return f"{load.amount:,.0f} {'pills' if english else 'pastillas'}"
    return f"{load.amount:,.1f} {'kilograms' if english else 'kilogramos'}"


def _vehicle(happening: Happening, *, english: bool) -> str:
    if not happening.vehicles:
        return "a pedestrian" if english else "a una persona a pie"
    one = happening.vehicles[0]
    if english:
        return f"a {one.colour[0]} {one.make} {one.model}"
    return f"un vehículo {one.make} {one.model} color {one.colour[1]}"


def narrate(draw: Draw, happening: Happening, *, english: bool) -> Json:
    """A narrative of two to four sentences; it holds no number that identifies anything."""
    tongue = 0 if english else 1
    place = happening.spot.name
    said = [
        draw.pick(_SCENES[happening.kind][tongue]).format(place=place, vehicle=_vehicle(happening, english=english))
    ]
    said[0] = said[0][0].upper() + said[0][1:]
    for load in happening.loads[:1]:
        name = load.name_en.lower() if english else load.name_es
        said.append(_FOUND[tongue].format(amount=amount_in_words(load, english=english), drug=name,
                                          packages=load.packages, hide=load.hides[tongue]))  # fmt: skip
    if happening.cash:
        said.append(_CASH[tongue])
    if draw.chance(0.4):
        said.append(_TAIL[tongue])
    return {"text": f"{' '.join(said)} {sign(english=english)}", "language": "en" if english else "es-MX"}


def release(draw: Draw, happening: Happening, *, english: bool) -> tuple[str, str]:
    """Title and body of what the press writes; nobody is named, and no plate or serial either."""
    tongue = 0 if english else 1
    place, state = happening.spot.name, happening.spot.state
    goods = "; ".join(f"{amount_in_words(load, english=english)} {'of' if english else 'de'} "
                      f"{load.name_en.lower() if english else load.name_es}" for load in happening.loads)  # fmt: skip
    if not goods and happening.guns:
        count = len(happening.guns)
        goods = f"{count} firearms" if english else f"{count} armas de fuego"
    goods = goods or ("evidence" if english else "diversos indicios")
    day = f"{happening.time:%d-%m-%Y}" if not english else f"{happening.time:%B} {happening.time.day}"
    if english:
        title = f"{goods[0].upper()}{goods[1:]} seized in {place}"
        lead = f"{place}, {state}. Authorities seized {goods} on {day}, according to a statement by the agency."
        scene = f"The find followed an inspection of {_vehicle(happening, english=True)}." if happening.vehicles else ""
    else:
        title = f"Aseguran {goods} en {place}"
        lead = f"{place}, {state}. Autoridades aseguraron {goods} el {day}, de acuerdo con un comunicado oficial."
        scene = (
            f"El hallazgo siguió a la revisión de {_vehicle(happening, english=False)}." if happening.vehicles else ""
        )
    if happening.people:
        count = len(happening.people)
        scene += f" {count} arrested." if english else f" Hay {count} detenidos."
    closing = " ".join(draw.sample(_CLOSINGS[tongue], 3))
    return title, f"{lead} {scene.strip()} {closing} {sign(english=english)}"
