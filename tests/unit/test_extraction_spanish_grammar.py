"""Finer grammar of Spanish mentions. All sentences here were invented; no person, place of a find or figure is real."""

import pytest

from processors.extraction.mentions import Mention, find_mentions
from processors.extraction.texts import Text
from processors.reference import default_reference


def read(raw: str) -> list[Mention]:
    return find_mentions(Text(raw, "es", country="MX"), default_reference())


def amounts(raw: str) -> list[tuple[str, float | None, str | None]]:
    return [(one.commodity, one.quantity, one.unit) for one in read(raw)]


FOUND: dict[str, tuple[str, list[tuple[str, float, str]]]] = {
    "thousands with an apostrophe": (
        "En el cateo aseguraron $2'350,000 en efectivo y 1’200,000 pastillas de fentanilo.",
        [("cash", 2_350_000, "MXN"), ("fentanyl", 1_200_000, "pill")],
    ),
    "kilos with grams": (
        "Aseguraron 2 kilos con 300 gramos de cocaína, 1 kilo 50 gramos de heroína y 300 gramos de cristal.",
        [("cocaine", 2.3, "kg"), ("heroin", 1.05, "kg"), ("methamphetamine", 300, "g")],
    ),
    "a make with a number": (
        "Aseguraron una avioneta Cessna 206, una camioneta marca Ford Lobo 150 y 40 armas.",
        [("vehicle", 1, "unit"), ("vehicle", 1, "unit"), ("firearm", 40, "unit")],
    ),
    "no make in capitals": (
        "ASEGURARON DOS VEHÍCULOS Y 28 CARGADORES.",
        [("vehicle", 2, "unit"), ("magazine", 28, "unit")],
    ),
    "some twenty": (
        "Aseguraron una veintena de armas largas y una treintena de cargadores.",
        [("firearm", 20, "unit"), ("magazine", 30, "unit")],
    ),
    "the price of what was not seized": (
        "No se aseguró droga alguna; un kilo de cocaína cuesta 300 mil pesos en la calle.",
        [],
    ),
    "rows on lines of their own": (
        "Operativo del día 3 de mayo:\nDetenidos: 3\nArmas: 5\nMetanfetamina: 20\nKilos de más no hubo.",
        [("person_detained", 3, "person"), ("firearm", 5, "unit"), ("methamphetamine", 20, "kg")],
    ),
    "plants behind their fields": (
        "En amapola se destruyeron 31 plantíos, con un total de 90 mil plantas.",
        [("opium_poppy", 31, "unit"), ("opium_poppy", 90_000, "plant")],
    ),
    "coca fields are cocaine": ("Se destruyeron siete plantíos de hoja de coca.", [("cocaine", 7, "unit")]),
    "an area between two counts": (
        "En marihuana se localizaron 81 plantíos en 12 hectáreas, 92 en el presente mes en 14 hectáreas.",
        [("marijuana", 81, "unit"), ("marijuana", 92, "unit")],
    ),
    "two areas": (
        "Se destruyeron 41 plantíos de amapola, en 12 y 300 hectáreas.",
        [("opium_poppy", 41, "unit")],
    ),
    "a unit between good and number": (
        "En amapola, en plantíos, 640 durante el mes.",
        [("opium_poppy", 640, "unit")],
    ),
    "the unit of the row before": (
        "Resaltar los plantíos de amapola, 640; los de marihuana, 71.",
        [("opium_poppy", 640, "unit"), ("marijuana", 71, "unit")],
    ),
    "a test names the drug": (
        "Aseguraron 52 bolsas de un polvo que dio positivo a cocaína.",
        [("cocaine", 52, "package")],
    ),
    "the unit corrected": (
        "Se decomisaron 31 mil toneladas, perdón, kilogramos de marihuana.",
        [("marijuana", 31_000, "kg")],
    ),
    "vessels have a size": (
        "Se destruyeron dos laboratorios con 41 tambos de 200 litros y nueve plantíos de marihuana.",
        [("laboratory", 2, "unit"), ("marijuana", 9, "unit")],
    ),
    "shares of what was named": (
        "Van los aseguramientos de laboratorios de droga sintética: tres en Sonora, 31 en Sinaloa y dos en Jalisco.",
        [("laboratory", 3, "unit"), ("laboratory", 31, "unit"), ("laboratory", 2, "unit")],
    ),
    "these things": (
        "Llevamos un total de 302 de estos carrotanques asegurados.",
        [("vehicle", 302, "unit")],
    ),
    "what is weighed is no boat": (
        "La lancha llevaba 900 kilos de cocaína. Hundieron la lancha. Se pudieron rescatar 70 kilogramos.",
        [("cocaine", 900, "kg"), ("cocaine", 70, "kg")],
    ),
    "a verb opens": (
        "Esta es la cantidad destruida de metanfetaminas. Fueron 7.5 toneladas y de sustancias químicas 12 toneladas.",
        [("methamphetamine", 7.5, "t"), ("precursor", 12, "t")],
    ),
    "a total of its own": (
        "En heroína, se aseguraron 13 kilogramos en la mar. En total, 640.",
        [("heroin", 13, "kg"), ("heroin", 640, "kg")],
    ),
    "not a mixture behind a semicolon": (
        "Aseguraron 70 kilos de cocaína; y heroína, 12 kilos.",
        [("cocaine", 70, "kg"), ("heroin", 12, "kg")],
    ),
    "events are no cartridges": (
        "Los aseguramientos de armas y cartuchos fueron 71 en este mes. Tenemos 90 armas.",
        [("firearm", 90, "unit")],
    ),
    "a hundred in words, the rest in digits": (
        "Aseguraron quinientos 32 cartuchos.",
        [("ammunition", 532, "unit")],
    ),
    "cash in hand": ("Se aseguraron tres millones 200 mil de numerario.", [("cash", 3_200_000, "MXN")]),
    "days between": (
        "En septiembre se aseguraron 12 armas de fuego y en los 20 días de octubre 69.",
        [("firearm", 12, "unit"), ("firearm", 69, "unit")],
    ),
    "vehicles detained": (
        "En lo que se refiere a vehículos detenidos, 45 en el mes.",
        [("vehicle", 45, "unit")],
    ),
    "a precursor of a drug": (
        "Aseguraron 90 kilos de precursores químicos de fentanilo. Son 14 bultos que se aseguraron.",
        [("precursor", 90, "kg")],
    ),
    "persons presented": (
        "En el periodo hubo 810 detenidos; de ellos, 790 puestos a disposición.",
        [("person_detained", 810, "person"), ("person_detained", 790, "person")],
    ),
    "persons seized": (
        "Se aseguraron dos personas y un vehículo.",
        [("person_detained", 2, "person"), ("vehicle", 1, "unit")],
    ),
    "persons by nation": (
        "Detuvieron a tres hombres. En otra lancha detuvieron a cinco personas, tres mexicanas, dos peruanas.",
        [
            ("person_detained", 3, "person"),
            ("person_detained", 5, "person"),
            ("person_detained", 3, "person"),
            ("person_detained", 2, "person"),
        ],
    ),
    "rescued although judges are named": (
        "En los cateos que autorizaron los jueces se logró rescatar a dos mujeres privadas de la libertad.",
        [("victim", 2, "person")],
    ),
    "one more": (
        "El día 5 se aseguró una aeronave con 90 kilos de cocaína. El día 6, también una aeronave más.",
        [("vehicle", 1, "unit"), ("cocaine", 90, "kg"), ("vehicle", 1, "unit")],
    ),
    "told again": (
        "Se aseguraron tres nuevos laboratorios. En estos tres laboratorios había químicos.",
        [("laboratory", 3, "unit")],
    ),
    "disarming a group is no campaign": (
        "Fue el desarme a este grupo delictivo: se aseguraron 22 armas largas.",
        [("firearm", 22, "unit")],
    ),
    "a list goes on behind a comma": (
        "Se aseguraron cajas con cartuchos dentro, un vehículo, además de nueve automóviles.",
        [("vehicle", 1, "unit"), ("vehicle", 9, "unit")],
    ),
    "to report is not to deploy": (
        "Como ha dado cuenta la secretaria, hay 22 detenidos.",
        [("person_detained", 22, "person")],
    ),
    "a clause behind": (
        "Se logró la detención de 17 personas, se afectaron tres grupos.",
        [("person_detained", 17, "person")],
    ),
    "a list goes on behind any word": (
        "Se recuperaron 900 litros de combustible, 84 vehículos empleados por los grupos, 16 detenidos, dos predios.",
        [("fuel", 900, "l"), ("vehicle", 84, "unit"), ("person_detained", 16, "person"), ("property", 2, "unit")],
    ),
    "in a list of one place": (
        "Se detuvo a 59 personas y se aseguró droga: en Mérida, Yucatán, dos personas con 65 kilos de cocaína.",
        [("person_detained", 59, "person"), ("person_detained", 2, "person"), ("cocaine", 65, "kg")],
    ),
}


@pytest.mark.parametrize(("raw", "expected"), FOUND.values(), ids=FOUND.keys())
def test_a_way_of_telling_is_read(raw: str, expected: list[tuple[str, float, str]]) -> None:
    assert amounts(raw) == expected


NOTHING = {
    "could be made": "Con esto se pueden producir tres millones de dosis de fentanilo.",
    "would be made": "Se estima que producirían siete mil kilos de metanfetamina.",
    "a price": "Un kilogramo de cocaína cuesta 40 mil dólares.",
    "enough to kill": "De fentanilo bastan dos miligramos.",
    "a reward": "Por la captura del líder se ofrecía una cantidad de 500 mil pesos.",
    "damage in money": "Se erradicó con una afectación de 900 millones de pesos.",
    "a massacre": "Fue detenido por la masacre de 12 personas.",
    "shot at": "Fue detenido en Tulum por disparar armas contra dos personas.",
    "held by others": "Los detenidos tenían privadas de la libertad a dos personas.",
    "set free by order": "El ahora detenido ordenó la liberación de un hombre preso.",
    "a paper": "Se le ejecutó la detención y se decretó un auto de formal prisión.",
    "damaged": "Tuvimos material dañado, vehículos 16 con impactos.",
    "rescue boats": "En la estación de rescate tienen dos embarcaciones.",
    "fuel carried": "Se transportaron 90 millones de litros de combustible en las pipas.",
    "a house visited": "La víctima acude a un inmueble donde el detenido la esperaba.",
    "coal": "El buque llevaba 36 mil kilogramos de carbón, quizá contaminado con cocaína.",
    "armed and killed": "Se acerca con una pistola y lo asesina con una pistola.",
    "lost by the group": "La afectación económica fue alta y lo que llevamos son 12 millones de pesos.",
    "broken off": "Se han detenido treinta y… Personas clave.",
}


@pytest.mark.parametrize("raw", NOTHING.values(), ids=NOTHING.keys())
def test_what_was_not_seized_is_not_read(raw: str) -> None:
    assert amounts(raw) == []


def test_doses_that_a_weight_corresponds_to_are_left_out() -> None:
    raw = "Se aseguraron, de cocaína, 14 millones de dosis, que son cuatro mil 600 kilos de cocaína."
    assert amounts(raw) == [("cocaine", 4600, "kg")]


@pytest.mark.parametrize(
    ("raw", "places"),
    [
        ("En el estado de Zacatecas detuvieron a cuatro personas en un domicilio en Fresnillo.", ["Fresnillo"]),
        ("Detuvieron a 47 hombres, destacando el caso de Jerez, Zacatecas, con 17 armas largas.", [None, "Jerez"]),
        ("Hay detenidos, destacando el caso de Tonalá y Zapopan, donde hubo ocho armas largas.", ["Tonalá y Zapopan"]),
        ("La avioneta aterrizó cerca de Navolato con 90 kilos de cocaína.", ["Navolato"]),
        ("En una empresa de Toluca, Estado de México, localizaron 20 kilos de fentanilo.", ["Toluca"]),
        ("Personas originarias de Toluca, Estado de México, llevaban 20 kilos de fentanilo.", [None]),
        ("Se aseguraron 90 armas. Esto se hizo aquí en el estado de Nayarit.", ["Nayarit"]),
        (
            "Hubo 24 detenidos, dos detenidos en Sonora, uno en Tamaulipas, en Jalisco cinco detenidos.",
            [None, "Sonora", "Tamaulipas", "Jalisco"],
        ),
        (
            "Hubo nueve detenidos. Es el caso de Sonora con tres, Durango con cuatro, Jalisco con dos.",
            [None, "Sonora", "Durango", "Jalisco"],
        ),
        ("En laboratorios, en Navolato se destruyeron 21.", ["Navolato"]),
        ("Iban con dirección al puerto de Salina Cruz, Oaxaca, y aseguraron dos kilos de heroína.", [None]),
        ("En una empresa de Salina Cruz, Oaxaca, aseguraron dos kilos de heroína.", ["Salina Cruz"]),
        ("Ayer hubo un operativo en Tala:\nDetenidos: 3\nArmas: 5", ["Tala", "Tala"]),
        ("En Tala aseguraron dos kilos de heroína. Se han asegurado 900 armas.", ["Tala", None]),
        (
            "En los estados de Hidalgo, México, Puebla y Jalisco se aseguraron 14 armas.",
            ["Hidalgo, México, Puebla y Jalisco"],
        ),
        ("En Tala aseguraron dos kilos de heroína. Siguiente. También aseguraron nueve armas.", ["Tala", None]),
        ("En Tala aseguraron dos kilos de heroína. En cuanto a armas, se aseguraron nueve armas.", ["Tala", None]),
    ],
)
def test_each_amount_has_its_own_place(raw: str, places: list[str | None]) -> None:
    assert [one.place for one in read(raw)] == places


@pytest.mark.parametrize(
    ("raw", "cumulative"),
    [
        ("Se les ha asegurado 22 millones de pesos en la administración.", [True]),
        ("Detuvieron a 30 hombres en diferentes puntos del país, a quienes se les aseguró droga.", [True]),
        ("Entre el 3 y el 9 de mayo se detuvo a 23 personas.", [True]),
        ("Entre el 3 y el 5 de mayo se detuvo a 23 personas.", [False]),
        ("Entre el 3 y 9 mayo se detuvo a 23 personas.", [True]),
        ("Entre el 3 y 5 mayo se detuvo a 23 personas.", [False]),
        ("En el periodo detuvieron a 35 personas; entre otras, en Monterrey dos personas.", [True, False]),
        ("En el periodo hubo 40 detenidos: En Tala, dos armas largas.", [True, False]),
        ("Ayer hubo un operativo en Tala. Detenidos: 3. Armas: 5. Vehículos: 2.", [False, False, False]),
        ("Operativo del día 3 de mayo:\nDetenidos: 3\nArmas: 5\nVehículos: 2", [False, False, False]),
        ("Resultados acumulados de enero a junio. Detenidos: 3. Armas: 5.", [True, True]),
        ("En lo que va del año:\nDetenidos: 3\nArmas: 5\nVehículos: 2", [True, True, True]),
        ("En el periodo hubo cuatro decomisos relevantes: en Tala, 59 kilos de cocaína.", [False]),
        ("En Tala aseguraron dos kilos de heroína. Esto se suma a los 90 kilos de heroína.", [False, True]),
        ("Uno de estos operativos fue en Sinaloa, donde se detuvo a tres hombres.", [False]),
    ],
)
def test_a_total_over_time_or_places_is_marked(raw: str, cumulative: list[bool]) -> None:
    assert [one.cumulative for one in read(raw)] == cumulative


@pytest.mark.parametrize(
    ("raw", "quantity"),
    [
        ("Se aseguraron cinco o seis armas largas.", 6),
        ("Se aseguraron una o dos armas.", 2),
        ("Se aseguraron 10 o 12 kilos de heroína.", 12),
    ],
)
def test_one_or_the_other_is_a_range(raw: str, quantity: float) -> None:
    (one,) = read(raw)
    assert (one.quantity, one.approximate, one.doubt) == (quantity, True, ("range",))


def test_chemicals_of_every_household_count_by_the_litre() -> None:
    assert amounts("Aseguraron 400 litros de amoníaco.") == [("precursor", 400, "l")]


def test_a_correction_is_no_range() -> None:
    assert amounts("Aseguraron 12 mil o 12 toneladas de cocaína.") == [("cocaine", 12, "t")]
