"""Releases and their copies, invented, for fingerprints and origins. Nothing and nobody in them is real."""

__all__ = [
    "BOILERPLATE",
    "COPY_WITH_CHANGED_PARAGRAPH",
    "COPY_WITH_CUT_TAIL",
    "COPY_WITH_HEADLINE",
    "ENGLISH_RELEASE",
    "OTHER_FIGURES",
    "OTHER_PLACE",
    "RELEASE",
    "RELEASE_ABOUT_SOMETHING_ELSE",
    "TRANSLATION",
]

_HEAD = (
    "Elementos de la Guardia Ejemplar (ficticia) aseguraron 45 kilogramos de metanfetamina y 12,400 pastillas azules "
    "en Villa Inventada, durante un recorrido de vigilancia en el kilómetro 24 de la carretera Muestra. "
)
_TRUCK = (
    "Los agentes marcaron el alto a una camioneta blanca cuyo conductor mostró nerviosismo. Al revisar la caja, un "
    "binomio canino marcó el doble fondo, donde estaban ocultos 38 paquetes envueltos en cinta. "
)
_CHANGED = (
    "Según la versión oficial, la unidad circulaba de madrugada sin luces y trató de evadir el filtro. El hallazgo se "
    "hizo con ayuda de un perro entrenado, que señaló la parte trasera del vehículo. "
)
_AFTER = (
    "El conductor, la camioneta y la sustancia quedaron a disposición de la fiscalía ficticia, que determinará el peso "
    "y la composición química. El decomiso afecta la economía de la delincuencia en más de 9 millones de pesos. "
)
_TAIL = (
    "Con estas acciones la Guardia Ejemplar refrenda su compromiso de trabajar por la paz y la seguridad de las "
    "familias. Para denuncias está a disposición de la ciudadanía el número 555 0100. (Texto ficticio.)"
)

RELEASE = _HEAD + _TRUCK + _AFTER + _TAIL
COPY_WITH_HEADLINE = "¡Golpe al crimen! Hallan droga en una camioneta\nRedacción, 10:45 horas\n" + RELEASE
COPY_WITH_CUT_TAIL = _HEAD + _TRUCK + _AFTER
COPY_WITH_CHANGED_PARAGRAPH = _HEAD + _CHANGED + _AFTER + _TAIL
OTHER_FIGURES = RELEASE.replace("45 kilogramos", "52 kilogramos").replace("12,400", "3,000")
OTHER_PLACE = RELEASE.replace("Villa Inventada", "Puerto Imaginario").replace("carretera Muestra", "autopista Ejemplo")

TRANSLATION = (
    "Members of the Example Guard (fictional) seized 45 kilograms of methamphetamine and 12,400 blue pills in Villa "
    "Inventada, on a patrol at kilometre 24 of the Muestra highway. The agents stopped a white pickup whose driver was "
    "nervous. When they searched the bed, a dog alerted to the false floor, where 38 taped packages were hidden. "
)

BOILERPLATE = (
    "This case is part of a fictional task force that identifies, disrupts and dismantles the highest-level invented "
    "criminal organizations by a prosecutor-led, intelligence-driven approach. An indictment is merely an allegation, "
    "and all defendants are presumed innocent until proven guilty beyond a reasonable doubt in a court of law. Call "
    "555-0100 with information. (Fictional.)"
)
ENGLISH_RELEASE = (
    "EXAMPLE CITY - A fictional driver was charged after officers found 27 kilos of fentanyl and 3 pistols in "
    "Sampleton. According to the invented complaint, the packages were in the quarter panels of a sedan with 4 new "
    "tires. "
)
RELEASE_ABOUT_SOMETHING_ELSE = (
    "MOCKVILLE - A made-up jury convicted two people of smuggling 61 migrants through Fakeburg in a trailer. The trial "
    "lasted 9 days, and the sentencing was set for a later date by the judge, who heard 14 witnesses. "
)
