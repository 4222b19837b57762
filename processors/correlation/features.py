"""What speaks for and against two reports belonging together. `FEATURES` is the list to extend: write a function, add a
line here and its levels to `processors.correlation.weights`.

The docstring of a feature is the sentence that an analyst reads, in English and, after an empty line, in Spanish.
"""

from collections.abc import Callable
from functools import cache

from processors.correlation.features_against import differ_in_unique
from processors.correlation.features_events import be_impossible, hide_alike, repeat_text, share_mark, tell_event
from processors.correlation.features_identifiers import (
    share_aircraft,
    share_clabe,
    share_curp,
    share_docket,
    share_doubtful,
    share_iban,
    share_imei,
    share_misread,
    share_passport,
    share_phone,
    share_plate,
    share_rfc,
    share_serial,
    share_vessel,
    share_vin,
    share_visa,
    share_wallet,
)
from processors.correlation.features_people import name_same_person
from processors.correlation.features_things import look_same
from processors.correlation.sides import Found, Side

__all__ = ["FEATURES", "Feature", "sentences"]

Feature = Callable[[Side, Side], Found]

FEATURES: tuple[tuple[Feature, frozenset[str]], ...] = (
    (share_plate, frozenset({"plate"})),
    (share_vin, frozenset({"vin"})),
    (share_phone, frozenset({"phone"})),
    (share_imei, frozenset({"imei"})),
    (share_serial, frozenset({"serial"})),
    (share_curp, frozenset({"curp"})),
    (share_rfc, frozenset({"rfc"})),
    (share_passport, frozenset({"passport"})),
    (share_visa, frozenset({"visa"})),
    (share_clabe, frozenset({"clabe"})),
    (share_iban, frozenset({"iban"})),
    (share_wallet, frozenset({"wallet"})),
    (share_docket, frozenset({"docket"})),
    (share_aircraft, frozenset({"aircraft"})),
    (share_vessel, frozenset({"vessel"})),
    (share_doubtful, frozenset({"doubtful"})),
    (share_misread, frozenset({"misread"})),
    (look_same, frozenset({"plate", "vin", "serial", "misread"})),
    (differ_in_unique, frozenset({"unique"})),
    (name_same_person, frozenset({"people"})),
    (tell_event, frozenset({"when"})),
    (share_mark, frozenset({"press_marks"})),
    (hide_alike, frozenset({"concealment"})),
    (repeat_text, frozenset({"texts", "origin"})),
    (be_impossible, frozenset({"place"})),
)
"""Each feature with what two records must have in common (`PARTS`) for it to find anything: one of these."""


_OF_LEVELS: dict[tuple[str, str], tuple[str, str]] = {
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
    **{
        ("tell_event", f"{time}_{place}_untold"): (
            "Both reports tell of something at about the same place and time; one of them names no goods",
            "Los dos informes narran algo en más o menos el mismo lugar y momento; uno de ellos no nombra mercancías",
        )
        for time in ("hours", "day")
        for place in ("here", "near")
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
        )
    },
}
"""Sentences of levels that say something else than their feature's docstring."""


@cache
def sentences(feature: Feature, level: str = "") -> tuple[str, str]:
    """The analyst's sentence in English and in Spanish, without the full stop; ValueError if one is missing."""
    if (feature.__name__, level) in _OF_LEVELS:
        return _OF_LEVELS[feature.__name__, level]
    english, spanish = (" ".join(part.split()).removesuffix(".") for part in (feature.__doc__ or "").split("\n\n"))
    return english, spanish
