"""Amounts with their unit, in English and Spanish: `dos kilos y medio`, `tonelada y media`, `$79,000`, `2 gallons`."""

import re
from typing import Literal, NamedTuple

from processors.extraction.number_words import SPANISH
from processors.extraction.numbers import Number, read_half_after, read_number
from processors.extraction.texts import Language, Text
from processors.extraction.word_sets import word_set
from streams.text_facts import MentionUnit

__all__ = [
    "Dimension",
    "Measure",
    "UnitAt",
    "UnitOf",
    "ends_row",
    "join_smaller",
    "make_measure",
    "plain_units",
    "read_measure",
    "read_unit",
    "read_unit_after",
    "unit_starts",
    "whole_count",
]

Dimension = Literal["mass", "volume", "count", "money"]


class UnitOf(NamedTuple):
    """A unit of the wire. One stated unit is `scale` of `unit` (a gallon: 3.785 `l`); one `unit` is `si` in kilograms,
    litres, pieces or money. `doubt` says why the factor may be wrong.
    """

    unit: MentionUnit
    dimension: Dimension
    si: float
    scale: float = 1.0
    doubt: str | None = None


class UnitAt:
    """A unit at the words `first` to `after` (exclusive) of a text; it ends at the character `end`."""

    __slots__ = ("after", "end", "first", "of")

    def __init__(self, first: int, after: int, end: int, of: UnitOf) -> None:
        self.first, self.after, self.end, self.of = first, after, end, of


class Measure:
    """A number with its unit at the words `first` to `after`, characters `start` to `end`.

    `quantity` is in the wire `unit`, `qty_si` in kilograms, litres, pieces or money. `unit` is None for a bare number.
    """

    __slots__ = ("after", "end", "first", "number", "qty_si", "quantity", "start", "unit")

    def __init__(
        self,
        first: int,
        after: int,
        start: int,
        end: int,
        number: Number,
        quantity: float,
        unit: UnitOf | None,
        qty_si: float,
    ) -> None:
        self.first, self.after, self.start, self.end = first, after, start, end
        self.number, self.quantity, self.unit, self.qty_si = number, quantity, unit, qty_si


_TONNE = UnitOf("t", "mass", 1000.0)
_KILO = UnitOf("kg", "mass", 1.0)
_GRAM = UnitOf("g", "mass", 0.001)
_MILLIGRAM = UnitOf("g", "mass", 0.001, 0.001)
_POUND = UnitOf("lb", "mass", 0.45359237)
_OUNCE = UnitOf("oz", "mass", 0.028349523125)
_SHORT_TON = UnitOf("t", "mass", 1000.0, 0.90718474)
# In the U.S. a ton is 907.18474 kg unless "metric" is said, but agencies also write ton for tonne: a reader must know.
_TON = UnitOf("t", "mass", 1000.0, 0.90718474, "short_ton_assumed")
_LITRE = UnitOf("l", "volume", 1.0)
_MILLILITRE = UnitOf("ml", "volume", 0.001)
_GALLON = UnitOf("l", "volume", 1.0, 3.785411784)
_OIL_BARREL = UnitOf("l", "volume", 1.0, 158.987294928)
_PILL, _DOSE, _PACKAGE = UnitOf("pill", "count", 1.0), UnitOf("dose", "count", 1.0), UnitOf("package", "count", 1.0)
_PIECE, _PLANT, _PERSON = UnitOf("unit", "count", 1.0), UnitOf("plant", "count", 1.0), UnitOf("person", "count", 1.0)
_PESO, _DOLLAR = UnitOf("MXN", "money", 1.0), UnitOf("USD", "money", 1.0)

# NIST SP 811 (2008), appendix B, for the factors. "M" and "T" alone are no units in prose.
_NAMES: list[tuple[UnitOf, str]] = [
    (_TONNE, "tonelada toneladas tonne tonnes metric_ton metric_tons tonelada_metrica toneladas_metricas ton_metrica"),
    (_SHORT_TON, "short_ton short_tons us_ton us_tons tonelada_corta toneladas_cortas"),
    (_KILO, "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramo kilogramos"),
    (_GRAM, "g gr grs gram grams gramme grammes gramo gramos"),
    (_MILLIGRAM, "mg milligram milligrams miligramo miligramos"),
    (_POUND, "lb lbs pound pounds libra libras"),
    (_OUNCE, "oz ounce ounces onza onzas"),
    (_LITRE, "l lt lts liter liters litre litres litro litros"),
    (_MILLILITRE, "ml milliliter milliliters millilitre millilitres mililitro mililitros"),
    (_GALLON, "gal gallon gallons galon galones"),
    (_OIL_BARREL, "barriles_de_petroleo barriles_de_crudo barrels_of_oil barrels_of_crude"),
    (_PILL, "pill pills tablet tablets pastilla pastillas tableta tabletas comprimido comprimidos capsule capsules"),
    (_PILL, "capsula capsulas grageas pastillitas"),
    (_DOSE, "dose doses dosis dosage_unit dosage_units"),
    (
        _PACKAGE,
        "package packages packet packets bundle bundles brick bricks bag bags baggie baggies box boxes vial vials",
    ),
    (
        _PACKAGE,
        "parcel parcels paquete paquetes bulto bultos envoltorio envoltorios ladrillo ladrillos tabique tabiques",
    ),
    (_PACKAGE, "bolsa bolsas bolsita bolsitas caja cajas costal costales frasco frascos paca pacas jar jars envoltura"),
    (_PIECE, "unit units unidad unidades piece pieces pieza piezas plantio plantios"),
    (_PIECE, "ampolleta ampolletas ampoule ampoules cartucheras"),
    (_PLANT, "plant plants planta plantas mata matas"),
    (_PESO, "pesos mxn pesos_mexicanos pesos_moneda_nacional moneda_nacional mexican_peso mexican_pesos"),
    (_DOLLAR, "dollar dollars usd dolar dolares dolares_americanos dolares_estadounidenses us_dollars us_dollar"),
]
_ENGLISH_ONLY = {"ton": _TON, "tons": _TON}
_SPANISH_ONLY = {"ton": _TONNE, "tons": _TONNE}
_SCALES = word_set("millon millones billones million") | frozenset(SPANISH.collectives)
_SMALLER: dict[MentionUnit, MentionUnit] = {"t": "kg", "kg": "g", "lb": "oz"}
"""What is said behind a greater unit, of the same system: "1 kilo, 2 libras" is the same amount twice."""
_WITH = frozenset({"con", "y", "and"})
_BEFORE_SMALLER = frozenset({" ", ". ", ", "})
_FOREIGN = word_set("canadienses colombianos cubanos chilenos argentinos canadian australian hongkoneses")


def _index_names() -> dict[str, list[tuple[tuple[str, ...], UnitOf]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], UnitOf]]] = {}
    for unit, names in _NAMES:
        for name in names.split():
            parts = tuple(name.split("_"))
            by_first.setdefault(parts[0], []).append((parts[1:], unit))
    for rows in by_first.values():
        rows.sort(key=lambda row: -len(row[0]))
    return by_first


_BY_FIRST = _index_names()
_DOTTED_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def unit_starts(language: Language) -> frozenset[str]:
    """The folded words with which a unit may begin; a gate for scans."""
    return frozenset({*_BY_FIRST, *(_ENGLISH_ONLY if language == "en" else _SPANISH_ONLY)})


def plain_units(language: Language) -> dict[str, UnitOf]:
    """The units of one word that begins no longer name, by that word; no money: a foreign currency may follow."""
    own = _ENGLISH_ONLY if language == "en" else _SPANISH_ONLY
    single = {first: rows[0][1] for first, rows in _BY_FIRST.items() if len(rows) == 1 and not rows[0][0]}
    return own | {first: unit for first, unit in single.items() if unit.dimension != "money"}


def read_unit(text: Text, index: int) -> UnitAt | None:
    """The unit that begins at word `index`, the longest name first; None if there is none."""
    words = text.words
    if index >= len(words):
        return None
    plain = words[index].plain
    rows = _BY_FIRST.get(plain)
    if rows is None:
        ton = (_ENGLISH_ONLY if text.language == "en" else _SPANISH_ONLY).get(plain)
        return UnitAt(index, index + 1, words[index].end, ton) if ton else None
    for rest, unit in rows:
        after = index + 1 + len(rest)
        if not rest or tuple(word.plain for word in words[index + 1 : after]) == rest:
            if unit.dimension == "money" and after < len(words) and words[after].plain in _FOREIGN:
                return None
            return UnitAt(index, after, words[after - 1][2], unit)
    return None


def read_measure(text: Text, index: int) -> Measure | None:
    """The amount that begins at word `index`: number and unit, "kilo y medio", "$79,000", or a bare number.

    None if neither a number nor a unit with its half begins there. An article alone ("un", "a") is an amount only with
    a unit: "una tonelada".
    """
    number = read_number(text, index)
    if number is None:
        unit = read_unit(text, index)
        half = read_half_after(text, unit.after) if unit else None
        if unit is None or half is None:
            return None
        word = text.words[index]
        one = Number(index, unit.after, word.start, unit.end, 1.0, "words")
        return make_measure(text, one, unit)
    return make_measure(text, number, read_unit_after(text, number))


def read_unit_after(text: Text, number: Number) -> UnitAt | None:
    """The unit right behind a number: blanks, a hyphen ("17-kilo") or nothing ("8kg") between them."""
    words = text.words
    after = number.after
    if after >= len(words):
        return None
    gap = text.gaps[after]
    if gap and gap != " " and gap != "-" and (gap.strip(" \n") or ends_row(text, after)):
        return None
    # "tres millones de pesos", "a million of litres"
    at = after
    if words[after].plain in ("de", "of") and any(words[one].plain in _SCALES for one in range(number.first, after)):
        at += 1
    return read_unit(text, at)


def make_measure(text: Text, number: Number, unit: UnitAt | None) -> Measure:
    """Number and unit as one amount, with the half said behind the unit and the currency sign before the number."""
    value, after, end = number.value, number.after, number.end
    if unit is None:
        sign = _read_sign(text, number)
        start = number.start
        if sign:
            start = text.plain.rindex("$", 0, start)
        return Measure(number.first, after, start, end, number, value, sign, value)
    if unit.first >= number.first:
        after, end = max(after, unit.after), max(end, unit.end)
        half = read_half_after(text, unit.after)
        if half and number.value == int(number.value) and unit.of.dimension in ("mass", "volume"):
            value, after = value + half[0], half[1]
            end = text.words[after - 1].end
    if unit.of.dimension == "count":
        value = whole_count(text, number)
    quantity = value * unit.of.scale
    of = unit.of
    return Measure(number.first, after, number.start, end, number, quantity, of, quantity * of.si)


def whole_count(text: Text, number: Number) -> float:
    """A count cannot be broken: "1.695 cartuchos" has its thousands behind the dot."""
    written = text.plain[number.start : number.end]
    if number.value != int(number.value) and _DOTTED_THOUSANDS.fullmatch(written):
        return float(written.replace(".", ""))
    return number.value


def ends_row(text: Text, index: int) -> bool:
    """Whether word `index` begins a new line with a capital: the line before is a row ("Detenidos: 3"), not wrapped."""
    start = text.words[index].start
    return "\n" in text.plain[text.words[index - 1].end : start] and text.raw[start].isupper()


def join_smaller(text: Text, measure: Measure) -> Measure:
    """A weight with its smaller unit behind it as one amount, "2 lbs. 3 oz.", "dos kilos con 300 gramos"; any other
    measure as it is. The smaller part is less than one of the greater unit, else it says something else.
    """
    unit, after = measure.unit, measure.after
    plains, gaps = text.plains, text.gaps
    if unit is None or unit.unit not in _SMALLER or after + 1 >= len(plains):
        return measure
    gap = gaps[after]
    if gap == " " and plains[after] in _WITH:
        gap, after = gaps[after + 1], after + 1
    if gap not in _BEFORE_SMALLER or (gap == ", " and text.language != "en"):
        return measure
    part = read_number(text, after)
    of = read_unit_after(text, part) if part is not None else None
    if part is None or of is None or of.of.unit != _SMALLER[unit.unit] or of.first < part.after:
        return measure
    si = part.value * of.of.scale * of.of.si
    if part.how in ("article", "range") or si >= unit.scale * unit.si or measure.number.value % 1:
        return measure
    quantity = round(measure.quantity + si / unit.si, 6)
    first, start, qty_si = measure.first, measure.start, measure.qty_si + si
    return Measure(first, of.after, start, of.end, measure.number, quantity, unit, qty_si)


def _read_sign(text: Text, number: Number) -> UnitOf | None:
    """The sign before the number: "$" is pesos in Spanish text unless its publisher is a U.S. one, else dollars."""
    start = number.start
    if start == 0 or (text.plain[start - 1] != "$" and not (start > 1 and text.plain[start - 2 : start] == "$ ")):
        return None
    before = text.plain[max(0, start - 5) : start]
    if "us$" in before or "u$s" in before:
        return _DOLLAR
    return _PESO if "mx$" in before or (text.language == "es" and text.country != "US") else _DOLLAR
