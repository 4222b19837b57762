"""What a feature says at one of its levels, in English and Spanish. Pure.

The docstring of a feature is its sentence; of a level that says something else, `LEVELS` has it.
"""

from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

__all__ = ["LEVELS", "sentences"]

_TIMES = {
    "hours": ("within three hours", "con menos de tres horas de diferencia"),
    "day": ("a few days apart at most", "con pocos días de diferencia"),
}
_PLACES = {"here": ("at the same place", "en el mismo lugar"), "near": ("in the same area", "en la misma zona")}
_GOODS = {
    "amount": ("the same amount of the same goods", "la misma cantidad de la misma mercancía"),
    "about": ("about the same amount of the same goods", "más o menos la misma cantidad de la misma mercancía"),
    "kind": ("the same goods", "la misma mercancía"),
}

LEVELS: dict[tuple[str, str], tuple[str, str]] = {
    ("look_same", "not_unlike"): (
        "Of the things that carry the number the reports have one thing in common to say, and it agrees",
        "De las cosas que llevan el número los informes dicen una sola cosa en común, y coincide",
    ),
    ("look_same", "differs"): (
        "The things that carry the number do not look alike, by what the reports say of model, type or calibre",
        "Las cosas que llevan el número no se parecen, por lo que los informes dicen de modelo, tipo o calibre",
    ),
    ("look_same", "other_make"): (
        "The things that carry the number are told to be of different makes",
        "Las cosas que llevan el número se describen de distinta marca",
    ),
    ("look_same", "other_colour"): (
        "The things that carry the number are told to be of different colours",
        "Las cosas que llevan el número se describen de distinto color",
    ),
    ("name_same_person", "born_other_day"): (
        "A subject of each report has a name that one person may bear, but they were born on different days",
        "Una persona señalada en cada informe tiene un nombre que puede ser de la misma persona, pero nacieron en días "
        "distintos",
    ),
    ("name_same_person", "born_near"): (
        "A subject of each report has a name that one person may bear, and birth dates that differ by one slip",
        "Una persona señalada en cada informe tiene un nombre que puede ser de la misma persona, y fechas de "
        "nacimiento que difieren en un solo error",
    ),
    ("name_same_person", "born_same_day"): (
        "A subject of each report has a full name that one person may bear, with the same birth date",
        "Una persona señalada en cada informe tiene un nombre completo que puede ser de la misma persona, con la misma "
        "fecha de nacimiento",
    ),
    ("name_same_person", "born_same_unsure"): (
        "A subject of each report has the same birth date and a name that one person may bear, but the name is not "
        "whole or is very common, or the date is one written where only the year is known",
        "Una persona señalada en cada informe tiene la misma fecha de nacimiento y un nombre que puede ser de la misma "
        "persona, pero el nombre no está completo o es muy común, o la fecha se escribe cuando sólo se conoce el año",
    ),
    ("name_same_person", "alias"): (
        "Subjects of the two reports are alike in an alias, not in their names",
        "Personas señaladas en los dos informes coinciden en un alias, no en sus nombres",
    ),
    ("share_misread", "look_alike_proved"): (
        "The reports write numbers that differ in signs that look alike, of which one alone is right by its check "
        "digits",
        "Los informes escriben números que difieren en signos parecidos, de los que uno solo es correcto según sus "
        "dígitos verificadores",
    ),
    ("share_misread", "slip_proved"): (
        "The reports write numbers one slip of the hand apart, of which one alone is right by its check digits",
        "Los informes escriben números que difieren en un solo error, de los que uno solo es correcto según sus "
        "dígitos verificadores",
    ),
    ("share_misread", "pasted"): (
        "The reports write case numbers or wallet addresses that are nearly the same; one may be the other miswritten, "
        "or they are two",
        "Los informes escriben números de expediente o direcciones de billetera casi iguales; uno puede ser el otro "
        "mal escrito, o son dos",
    ),
    ("share_misread", "same_end"): (
        "The reports write numbers with the same end: one may have another country's code, or be the last signs of the "
        "other",
        "Los informes escriben números con el mismo final: uno puede tener la clave de otro país, o ser los últimos "
        "signos del otro",
    ),
    ("share_docket", "no_office"): (
        "Both reports write a case number with the same characters, of which every court may have one, and do not both "
        "name the court",
        "Los dos informes escriben un número de expediente con los mismos caracteres, de los que cada juzgado puede "
        "tener uno, y no ambos nombran el juzgado",
    ),
    ("repeat_text", "release"): (
        "The texts of both reports repeat one release",
        "Los textos de los dos informes repiten un mismo comunicado",
    ),
    **{
        ("repeat_text", level): (
            "The texts of both reports are the same in part",
            "Los textos de los dos informes coinciden en parte",
        )
        for level in ("partly", "partly_later")
    },
    **{
        ("tell_event", f"{time}_{place}_{goods}"): (
            f"Both reports tell of a seizure {_PLACES[place][0]}, {_TIMES[time][0]}, of {_GOODS[goods][0]}",
            f"Los dos informes narran un aseguramiento {_PLACES[place][1]}, {_TIMES[time][1]}, de {_GOODS[goods][1]}",
        )
        for time, place, goods in product(_TIMES, _PLACES, _GOODS)
    },
    **{
        ("tell_event", f"{time}_{place}_untold"): (
            f"Both reports tell of something {_PLACES[place][0]}, {_TIMES[time][0]}; one of them names no goods",
            f"Los dos informes narran algo {_PLACES[place][1]}, {_TIMES[time][1]}; uno de ellos no nombra mercancías",
        )
        for time, place in product(_TIMES, _PLACES)
    },
    **{
        (f"share_{kind}", "other_issuer"): (
            f"Both reports write a {english} with the same characters, given out by different authorities",
            f"Los dos informes escriben {spanish} con los mismos caracteres, de autoridades distintas",
        )
        for kind, english, spanish in (
            ("plate", "licence plate", "una placa"),
            ("passport", "passport number", "un número de pasaporte"),
            ("visa", "visa number", "un número de visa"),
            ("vessel", "vessel's registration", "una matrícula de embarcación"),
            ("docket", "case number", "un número de expediente"),
        )
    },
}
"""(feature, level) -> the sentence, without the full stop."""


@cache
def sentences(feature: Callable[..., Any], level: str = "") -> tuple[str, str]:
    """The analyst's sentence in English and in Spanish, without the full stop; ValueError if one is missing."""
    if (feature.__name__, level) in LEVELS:
        return LEVELS[feature.__name__, level]
    english, spanish = (" ".join(part.split()).removesuffix(".") for part in (feature.__doc__ or "").split("\n\n"))
    return english, spanish
