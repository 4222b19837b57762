"""Words of both languages for what the facts hold as codes, so that "M30 Laredo abril" finds an English report."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from streams.reports import Commodity, Span

__all__ = ["COMMODITY_WORDS", "MONTH_WORDS", "MOVEMENT_WORDS", "month_words"]

COMMODITY_WORDS: dict[Commodity, str] = {
    "fentanyl": "fentanyl fentanilo",
    "methamphetamine": "methamphetamine metanfetamina",
    "cocaine": "cocaine cocaína",
    "heroin": "heroin heroína",
    "marijuana": "marijuana marihuana cannabis",
    "opium_poppy": "opium poppy amapola opio",
    "other_drug": "drug droga",
    "drugs_unspecified": "drug droga",
    "precursor": "precursor chemical químico",
    "laboratory": "laboratory laboratorio",
    "firearm": "firearm weapon gun arma fuego",
    "firearm_part": "firearm part pieza arma",
    "ammunition": "ammunition rounds munición cartuchos",
    "magazine": "magazine cargador",
    "grenade_explosive": "grenade explosive granada explosivo",
    "vehicle": "vehicle vehículo",
    "cash": "cash currency efectivo dinero",
    "fuel": "fuel combustible",
    "property": "property bien",
}
"""Commodity -> the words that find it in either language."""

MOVEMENT_WORDS: dict[str, str] = {
    "inbound": "inbound entrada",
    "outbound": "outbound salida",
    "northbound": "northbound norte",
    "southbound": "southbound sur",
}
"""Direction or flow -> the words that find it in either language; unknown has none."""

MONTH_WORDS = (
    "january enero",
    "february febrero",
    "march marzo",
    "april abril",
    "may mayo",
    "june junio",
    "july julio",
    "august agosto",
    "september septiembre",
    "october octubre",
    "november noviembre",
    "december diciembre",
)

_zone = lru_cache(maxsize=256)(ZoneInfo)


@lru_cache(maxsize=4096)
def _words_of(start: str, zone: str, with_month: bool) -> str:
    offset = zone.startswith(("+", "-"))
    moment = datetime.fromisoformat(start).astimezone(
        datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo if offset else _zone(zone)
    )
    return f"{MONTH_WORDS[moment.month - 1]} {moment.year}" if with_month else str(moment.year)


def month_words(when: Span) -> str:
    """Month (in both languages) and year of a time in its own zone; the year alone if no more is known."""
    try:
        return _words_of(when["start"], when["zone"], when["precision"] != "year")
    except (ValueError, OSError, KeyError):  # an unknown zone: the words are a help, not a fact
        return ""
