"""The press desk: what outlets wrote about the story, copies of one wire text, and news of other things.

News names nobody by an exact identifier: whoever is only mentioned joins no network.
"""

from typing import Any

from deploy.demo.story.draw import Draw
from deploy.demo.story.ledger import Ledger
from deploy.demo.story.places import place

__all__ = ["tell_press"]

_DESK = "mesa-prensa"

# (slug, about, first time, language, place, title, body, outlets): the outlets after the first copy the wire's text.
_WIRE = "Agencia Ejemplo / Example Wire (fictional)"
_STORIES = (
    ("pildoras-puente", "pills-bridge", "03-06 13:00", "es-MX", "laredo", "Hallan 12 mil pastillas azules en el puente",
     "Agentes hallaron unas 12,400 pastillas con la leyenda M30 en una camioneta que cruzaba a Laredo. "
     "Agencia Ejemplo (ficticia).",
     ("El Diario de Ejemplo (ficticio)", "Noticias del Río (ficticio)", "La Voz Inventada (ficticio)")),
    ("pills-bridge", "pills-bridge", "03-06 22:30", "en", "laredo", "Officers find pills under a truck bed in Laredo",
     "Officers at a Laredo bridge found about 12,400 blue pills. Names were not released. (fictional)",
     ("The Example Gazette (fictional)",)),
    ("prensas-cateo", "pills-press", "03-20 14:10", "es-MX", "nuevo_laredo", "Aseguran prensas en un cateo",
     "La fiscalía informó del aseguramiento de dos prensas y 61 mil pastillas en Nuevo Laredo. (ficticio)",
     ("El Diario de Ejemplo (ficticio)", "Portal Frontera Muestra (ficticio)")),
    ("pastillas-carretera", "pills-road", "03-15 12:00", "es-MX", "anahuac", "Pastillas en la llanta de refacción",
     "Un retén en la carretera a Monterrey localizó 24 mil pastillas en un auto compacto. (ficticio)",
     ("Noticias del Río (ficticio)",)),
    ("guns-outbound", "guns-bridge", "03-13 16:00", "en", "hidalgo", "Pistols stopped on the way south at Hidalgo",
     "Two pistols and 1,500 rounds were found in an SUV leaving for Mexico. Example Wire (fictional).",
     ("The Example Gazette (fictional)", "Valley Sample News (fictional)", "Border Mock Tribune (fictional)")),
    ("armas-san-fernando", "guns-san-fernando", "04-07 15:00", "es-MX", "san_fernando", "Recuperan tres armas",
     "Tres armas quedaron a disposición de la fiscalía, que pidió rastrearlas. (ficticio)",
     ("La Voz Inventada (ficticio)",)),
    ("trailer-i35", "trailer", "03-13 20:00", "en", "webb", "Dozens found alive in a trailer north of Laredo",
     "Forty-seven people, some of them children, were found alive in a trailer on Interstate 35. Example Wire "
     "(fictional).",
     ("Valley Sample News (fictional)", "The Example Gazette (fictional)", "Border Mock Tribune (fictional)")),
    ("trailer-migrantes", "trailer", "03-14 14:00", "es-MX", "webb", "Rescatan a 47 personas de un tráiler en Texas",
     "Cuarenta y siete personas, seis de ellas menores, fueron rescatadas en la I-35. (ficticio)",
     ("Portal Frontera Muestra (ficticio)",)),
)  # fmt: skip

_OTHER = (
    ("es-MX", "piedras_negras", "Aumentan filas en el puente", "Las filas superaron dos horas el fin de semana."),
    ("en", "eagle_pass", "Bridge lanes close for repairs", "Two lanes close for a week while the deck is repaired."),
    ("es-MX", "tijuana", "Aseguran metanfetamina en paquetería", "Un paquete con metanfetamina fue asegurado."),
    ("en", "otay_mesa", "Drug dogs get a new kennel", "The port's dogs move to a new kennel by the cargo dock."),
    ("es-MX", "caborca", "Localizan vehículo con ponchallantas", "La camioneta quedó a disposición de la autoridad."),
    ("en", "bexar", "Council debates gun storage rule", "The council heard two hours of public comment."),
    ("es-MX", "matamoros", "Decomisan combustible robado", "Ocho mil litros de combustible fueron asegurados."),
    ("en", "nogales_az", "Produce season sets a record", "Trucks waited up to three hours at the cargo port."),
    ("es-MX", "culiacan", "Destruyen plantío de amapola", "El plantío medía media hectárea."),
    ("en", "starr", "Deputies find a bundle on the river bank", "The bundle weighed some forty pounds."),
)
_OUTLETS = {
    "en": ("The Example Gazette (fictional)", "Valley Sample News (fictional)"),
    "es-MX": ("El Diario de Ejemplo (ficticio)", "La Voz Inventada (ficticio)"),
}


def tell_press(book: Ledger, draw: Draw) -> None:
    """Publish the news: stories with their copies, then the rest."""
    for slug, about, time, language, where, title, body, outlets in _STORIES:
        hour = int(time[6:8])
        for number, outlet in enumerate(outlets):
            origin = {"origin": _WIRE, "origin_id": f"wire-{slug}", "relation": "copy"}
            copied: dict[str, Any] = {"lineage": [origin]} if len(outlets) > 1 else {}
            published = f"{time[:6]}{hour + number:02}{time[8:]}"
            book.publish(
                "news", _DESK, f"{slug}-{number + 1}", published, about=about, outlet=outlet, language=language,
                title=title, body=body, url=f"https://news.example/{slug}/{number + 1}", place=place(where),
                published={"value": f"2026-{published.replace(' ', 'T')}Z"}, **copied,
            )  # fmt: skip
    for number in range(1, 29):
        language, where, title, body = _OTHER[(number - 1) % len(_OTHER)]
        sign = "(fictional)" if language == "en" else "(ficticio)"
        time = draw.time()
        book.publish(
            "news", _DESK, f"daily-{number:03}", time, outlet=draw.pick(_OUTLETS[language]), language=language,
            title=title, body=f"{body} {sign}", url=f"https://news.example/daily/{number}", place=place(where),
            published={"value": f"2026-{time.replace(' ', 'T')}Z"},
        )  # fmt: skip
