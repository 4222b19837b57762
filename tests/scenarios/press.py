"""What outlets write: text alone, and one release printed by several of them."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from tests.scenarios.draw import Draw
from tests.scenarios.happenings import Happening, happen_alone
from tests.scenarios.ledger import Book
from tests.scenarios.marks import Json
from tests.scenarios.places import Spot, write_place
from tests.scenarios.words import release, sign
from tests.scenarios.world import World

__all__ = ["print_boilerplate", "print_news"]

DESK = "mesa-prensa"
_OUTLETS = {
    True: ("The Example Gazette (fictional)", "Valley Sample News (fictional)", "Border Mock Tribune (fictional)",
           "Mesquite Test Herald (fictional)"),
    False: ("El Diario de Ejemplo (ficticio)", "Noticias del Río (ficticio)", "La Voz Inventada (ficticio)",
            "Portal Frontera Muestra (ficticio)"),
}  # fmt: skip
_WIRE = "Agencia Ejemplo / Example Wire (fictional)"
_WEEKLY = {
    True: "{place}. The agency's weekly patrol in {place} ended on {day} with {count} inspections, {stops} stops and "
    "{arrests} arrests. Its spokesman said that operations go on around the clock, that the safety of families is the "
    "first concern, and asked the public to call the tip line. Nobody was hurt. {sign}",
    False: "{place}. El operativo semanal en {place} concluyó el {day} con {count} inspecciones, {stops} revisiones y "
    "{arrests} detenciones. El vocero dijo que las acciones continúan las 24 horas, que la seguridad de las familias "
    "es la prioridad, y pidió a la ciudadanía reportar. No hubo lesionados. {sign}",
}


def print_news(book: Book, draw: Draw, happening: Happening) -> None:
    """One release, printed by one to four outlets, in one language; copies differ in a word or two."""
    english = happening.spot.country == "US" if draw.chance(0.8) else draw.chance(0.5)
    title, body = release(draw, happening, english=english)
    happened = happening.time.replace(tzinfo=ZoneInfo(happening.spot.zone)).astimezone(UTC)
    outlets = draw.sample(_OUTLETS[english], draw.weighed(((1, 4.0), (2, 3.0), (3, 2.0), (4, 1.0))))
    for at, outlet in enumerate(outlets):
        delay = timedelta(hours=draw.number(3, 30) + at, minutes=draw.number(0, 59))
        printed = happened + delay
        text = body if at == 0 else _edit(draw, body, outlet, english=english)
        content: Json = {"outlet": outlet, "language": "en" if english else "es-MX", "title": title, "body": text,
                         "published": {"value": f"{printed:%Y-%m-%dT%H:%MZ}"}}  # fmt: skip
        if draw.chance(0.7):
            content["place"] = write_place(draw, happening.spot)
        if len(outlets) > 1 and draw.chance(0.6):
            content["lineage"] = [{"origin": _WIRE, "origin_id": f"wire-{happening.id}", "relation": "copy"}]
        book.publish(
            DESK, "news", content, happened, delay, event=happening.owner, noise=["news"] + ["copy"] * (at > 0)
        )


def _edit(draw: Draw, body: str, outlet: str, *, english: bool) -> str:
    changed = body.replace("Authorities", "Officers") if english else body.replace("Autoridades", "Elementos")
    credit = f"With reports from {_WIRE}." if english else f"Con información de {_WIRE}."
    return f"{changed if draw.chance(0.3) else body} {credit}" if draw.chance(0.7) else f"{outlet}. {body}"


def print_boilerplate(book: Book, world: World, group: str) -> None:
    """The same words week for week about other places: no two are one event."""
    draw = world.draw
    english = draw.chance(0.5)
    for _ in range(draw.number(4, 6)):
        happening = happen_alone(world, "arrest" if english else "mx_search")
        spot: Spot = happening.spot
        day = f"{happening.time:%B} {happening.time.day}" if english else f"{happening.time:%d-%m-%Y}"
        body = _WEEKLY[english].format(place=spot.name, day=day, count=draw.number(40, 900), stops=draw.number(9, 90),
                                       arrests=draw.number(0, 9), sign=sign(english=english))  # fmt: skip
        title = f"Weekly patrol in {spot.name}" if english else f"Operativo semanal en {spot.name}"
        happened = happening.time.replace(tzinfo=UTC)
        content: Json = {"outlet": draw.pick(_OUTLETS[english]), "language": "en" if english else "es-MX",
                         "title": title, "body": body, "place": write_place(draw, spot),
                         "published": {"value": f"{happened + timedelta(hours=20):%Y-%m-%dT%H:%MZ}"}}  # fmt: skip
        book.publish(DESK, "news", content, happened, timedelta(hours=20), event=happening.owner, noise=["news"],
                     bait=group)  # fmt: skip
