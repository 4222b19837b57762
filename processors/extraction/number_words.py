"""The words of numbers in English and Spanish (folded: lower case, without accents)."""

from typing import NamedTuple

__all__ = ["ENGLISH", "SPANISH", "NumberWords"]


class NumberWords(NamedTuple):
    """The words of one language. `small` are 1 to 29 as one word; `hundreds` are words of their own in Spanish, while
    English puts `hundred` behind a digit. `joins_scales`: the joiner stands behind hundreds and scales ("two hundred
    and five"); else between tens and units ("treinta y cinco"). `thousand_groups`: "mil 500 millones" is 1,500,000,000.
    `continuers`: words with which a number of one word may go on; without them it is read at once.
    """

    small: dict[str, float]
    tens: dict[str, float]
    hundreds: dict[str, float]
    hundred: str
    scales: dict[str, float]
    bare_scales: frozenset[str]
    collectives: dict[str, float]
    rough: frozenset[str]
    fractions: dict[str, float]
    quarters: dict[str, float]
    fraction_links: frozenset[str]
    articles: frozenset[str]
    no_unit: frozenset[str]
    joiner: str
    joins_scales: bool
    thousand_groups: bool
    scale_signs: bool
    of: str
    range_openers: dict[str, str]
    range_links: frozenset[str]
    range_or: str
    starts: frozenset[str]
    continuers: frozenset[str]


def _count(words: str, first: int = 1, step: int = 1) -> dict[str, float]:
    return {word: float(first + step * at) for at, word in enumerate(words.split())}


def _build_spanish() -> NumberWords:
    small = _count(
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
        " dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
        " veintiocho veintinueve"
    ) | {"cero": 0.0, "un": 1.0, "una": 1.0, "veintiun": 21.0, "veintiuna": 21.0}
    tens = _count("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    hundreds = {"cien": 100.0, "ciento": 100.0}
    for at, stem in enumerate(["dosc", "tresc", "cuatroc", "quin", "seisc", "setec", "ochoc", "novec"]):
        hundreds |= {f"{stem}ient{end}s": 200.0 + 100 * at for end in "oa"}
    fractions = {"medio": 0.5, "media": 0.5, "cuarto": 0.25, "½": 0.5, "¼": 0.25, "¾": 0.75}
    # No "quincena": it is a fortnight.
    collectives = {
        "docena": 12.0,
        "docenas": 12.0,
        "par": 2.0,
        "decena": 10.0,
        "veintena": 20.0,
        "treintena": 30.0,
        "cincuentena": 50.0,
        "centena": 100.0,
        "centenar": 100.0,
        "millar": 1000.0,
        "millares": 1000.0,
    }
    return NumberWords(
        small,
        tens,
        hundreds,
        "",
        {"mil": 1e3, "millon": 1e6, "millones": 1e6, "billon": 1e12, "billones": 1e12},
        frozenset({"mil"}),
        collectives,
        frozenset(collectives),
        fractions,
        {"cuarto": 0.25, "cuartos": 0.25, "tercio": 1 / 3, "tercios": 1 / 3},
        frozenset({"de"}),
        frozenset({"un", "una"}),
        frozenset(),
        "y",
        False,
        True,
        False,
        "",
        {"entre": "y"},
        frozenset({"a"}),
        "o",
        frozenset({*small, *tens, *hundreds, "mil", "medio", "media", "½", "¼", "¾", "entre"}),
        frozenset({"mil", "millon", "millones", "billon", "billones", "tercio", "tercios", "cuartos", "y", "a", "o"})
        | frozenset({*collectives, *fractions}),
    )


def _build_english() -> NumberWords:
    small = _count(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen"
    ) | {"zero": 0.0, "a": 1.0, "an": 1.0}
    tens = _count("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
    scales = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
    return NumberWords(
        small,
        tens,
        {},
        "hundred",
        scales,
        frozenset({"dozen"}),
        {"dozen": 12.0, "couple": 2.0, "pair": 2.0},
        frozenset({"couple"}),
        {"half": 0.5, "quarter": 0.25, "½": 0.5, "¼": 0.25, "¾": 0.75},
        {"quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3},
        frozenset({"a", "an", "of"}),
        frozenset({"a", "an"}),
        frozenset({"a", "an"}),
        "and",
        True,
        False,
        True,
        "of",
        {"between": "and", "from": "to"},
        frozenset({"to"}),
        "or",
        frozenset({*small, *tens, "dozen", "half", "½", "¼", "¾", "between", "from"}),
        frozenset(
            {*scales, "hundred", "dozen", "couple", "pair", "half", "quarter", "quarters", "third", "thirds", "k"}
        )
        | frozenset({"½", "¼", "¾", "and", "to", "or"}),
    )


SPANISH = _build_spanish()
ENGLISH = _build_english()
