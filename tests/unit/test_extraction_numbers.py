"""Numbers and amounts: what is spelt is read again, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.measures import join_smaller, read_measure
from processors.extraction.numbers import Number, parse_digits, read_number, read_numbers
from processors.extraction.texts import Language, Text

SPANISH_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete"
    " veintiocho veintinueve"
)
SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
SPANISH_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
ENGLISH_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def spell_spanish(value: int) -> str:
    if value < 30:
        return SPANISH_UNITS.split()[value]
    if value < 100:
        tens, unit = divmod(value, 10)
        return SPANISH_TENS.split()[tens - 3] + (f" y {SPANISH_UNITS.split()[unit]}" if unit else "")
    if value == 100:
        return "cien"
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return SPANISH_HUNDREDS.split()[hundreds - 1] + (f" {spell_spanish(rest)}" if rest else "")
    if value < 1_000_000:
        thousands, rest = divmod(value, 1000)
        head = "mil" if thousands == 1 else f"{spell_spanish(thousands)} mil"
        return head + (f" {spell_spanish(rest)}" if rest else "")
    millions, rest = divmod(value, 1_000_000)
    head = "un millón" if millions == 1 else f"{spell_spanish(millions)} millones"
    return head + (f" {spell_spanish(rest)}" if rest else "")


def spell_english(value: int, joiner: str) -> str:
    if value < 20:
        return ENGLISH_UNITS.split()[value]
    if value < 100:
        tens, unit = divmod(value, 10)
        return ENGLISH_TENS.split()[tens - 2] + (f"-{ENGLISH_UNITS.split()[unit]}" if unit else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= size:
            head, rest = divmod(value, size)
            return f"{spell_english(head, joiner)} {name}" + (f" {spell_english(rest, joiner)}" if rest else "")
    hundreds, rest = divmod(value, 100)
    return f"{ENGLISH_UNITS.split()[hundreds]} hundred" + (f"{joiner}{spell_english(rest, joiner)}" if rest else "")


def spell_mixed(value: int) -> str:
    """As briefings write: digits in each group, the scales in words."""
    millions, rest = divmod(value, 1_000_000)
    thousands, units = divmod(rest, 1000)
    parts = [f"{millions} millones"] if millions else []
    parts += [f"{thousands} mil"] if thousands else []
    return " ".join([*parts, str(units)] if units or not parts else parts)


def read_whole(written: str, language: Language) -> float:
    found = read_numbers(Text(written, language))
    assert [(one.start, one.end) for one in found] == [(0, len(written))], found
    return found[0].value


@given(st.integers(0, 999_999_999_999))
def test_spanish_words_are_read_again(value: int) -> None:
    assert read_whole(spell_spanish(value), "es") == value


@given(st.integers(0, 999_999_999))
def test_mixed_spanish_is_read_again(value: int) -> None:
    assert read_whole(spell_mixed(value), "es") == value


@given(st.integers(0, 999_999_999_999), st.sampled_from([" ", " and "]))
def test_english_words_are_read_again(value: int, joiner: str) -> None:
    assert read_whole(spell_english(value, joiner), "en") == value


@given(st.integers(0, 10**12))
def test_digits_with_thousands_are_read_again(value: int) -> None:
    assert parse_digits(f"{value:,}") == value
    # Mexico writes millions with an apostrophe, straight or curly.
    assert read_whole(f"{value:,}".replace(",", "'", 1), "es") == value
    assert read_whole(f"{value:,}".replace(",", "’", 1), "en") == value
    assert parse_digits(str(value)) == value


@given(st.text(), st.sampled_from(["en", "es", "und"]))
def test_any_text_is_read_without_a_crash(raw: str, language: Language) -> None:
    text = Text(raw, language)
    after = 0
    for one in read_numbers(text):
        assert 0 <= one.start < one.end <= len(raw)
        assert after <= one.first < one.after
        after = one.after
    for at in range(-1, len(text.words) + 1):
        measure = read_measure(text, at) if at >= 0 else None
        assert measure is None or (measure.start <= measure.end <= len(raw) and measure.quantity >= 0)


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("1,5", "es", 1.5),
        ("1,500", "es", 1500),
        ("1.500", "es", 1.5),
        ("10.299.786", "es", 10_299_786),
        ("18 mil 712", "es", 18_712),
        ("tres millones y medio", "es", 3_500_000),
        ("un millón 695 mil 990", "es", 1_695_990),
        ("3.8 millones", "es", 3_800_000),
        ("mil 515.7", "es", 1515.7),
        ("cuatro mil 300 millones", "es", 4_300_000_000),
        ("media docena", "es", 6),
        ("tres cuartos", "es", 0.75),
        ("un centenar", "es", 100),
        ("a dozen", "en", 12),
        ("half a", "en", 0.5),
        ("a half", "en", 0.5),
        ("50.6 million", "en", 50_600_000),
        ("two and a half million", "en", 2_500_000),
        ("1 1/2", "en", 1.5),
        ("50K", "en", 50_000),
        ("2.5M", "en", 2_500_000),
        ("una veintena", "es", 20),
        ("una centena", "es", 100),
    ],
)
def test_a_way_of_writing_is_read(written: str, language: Language, value: float) -> None:
    assert read_whole(written, language) == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "language", "low", "high"),
    [
        ("entre 10 y 12 kilos", "es", 10, 12),
        ("entre dos y tres millones", "es", 2_000_000, 3_000_000),
        ("44 to 66 pounds", "en", 44, 66),
        ("between ten and twelve", "en", 10, 12),
        ("10-12 kilos", "es", 10, 12),
        ("cinco o seis", "es", 5, 6),
        ("una o dos", "es", 1, 2),
        ("30 o 31 mil", "es", 30_000, 31_000),
        ("ten or fifteen", "en", 10, 15),
    ],
)
def test_a_range_keeps_both_ends(written: str, language: Language, low: float, high: float) -> None:
    number = read_number(Text(written, language), 0)
    assert isinstance(number, Number)
    assert (number.low, number.value, number.how) == (low, high, "range")


@pytest.mark.parametrize("written", ["2019-2020", "from 2019 to 2021", "del 3, 340 kilos", "en 2019 mil 200 armas"])
def test_neighbours_that_are_no_number_stay_apart(written: str) -> None:
    language: Language = "en" if "from" in written else "es"
    assert len(read_numbers(Text(written, language))) == 2


@pytest.mark.parametrize(
    ("written", "language", "quantity", "unit", "si"),
    [
        ("tonelada y media", "es", 1.5, "t", 1500),
        ("dos kilos y medio", "es", 2.5, "kg", 2.5),
        ("media tonelada", "es", 0.5, "t", 500),
        ("12 millones de dólares", "es", 12_000_000, "USD", 12_000_000),
        ("1.695 pastillas", "es", 1695, "pill", 1695),
        ("$5,000", "es", 5000, "MXN", 5000),
        ("$5,000", "en", 5000, "USD", 5000),
        ("a half-pound", "en", 0.5, "lb", 0.226796185),
        ("a pound and a half", "en", 1.5, "lb", 0.680388555),
        ("17-kilo", "en", 17, "kg", 17),
        ("8kg", "en", 8, "kg", 8),
        ("2 metric tons", "en", 2, "t", 2000),
        ("2 short tons", "en", 1.81436948, "t", 1814.36948),
        ("10 gallons", "en", 37.85411784, "l", 37.85411784),
    ],
)
def test_an_amount_has_its_unit(written: str, language: Language, quantity: float, unit: str, si: float) -> None:
    text = Text(written, language)
    measure = next(found for at in range(len(text.words)) if (found := read_measure(text, at)))
    assert measure.unit is not None
    assert measure.unit.unit == unit
    assert (measure.quantity, measure.qty_si) == pytest.approx((quantity, si))
    assert written[measure.start : measure.end] == written


def test_a_ton_in_english_is_doubted() -> None:
    measure = read_measure(Text("3 tons of it", "en"), 0)
    assert measure is not None
    assert measure.unit is not None
    assert measure.unit.doubt == "short_ton_assumed"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from([("es", "o"), ("en", "or")]))
def test_two_numbers_are_one_only_if_they_are_near(low: int, high: int, said: tuple[Language, str]) -> None:
    language, either = said
    number = read_number(Text(f"{low} {either} {high} kilos", language), 0)
    years = 1900 <= low <= 2100 and 1900 <= high <= 2100
    near = low < high <= 2 * low and not years
    assert number is not None
    assert (number.low, number.value) == ((low, high) if near else (None, low))


@pytest.mark.parametrize("raw", ["5'11", "2'5000", "12'35,000", "2.5m pills", "2.5 M"])
def test_other_signs_between_digits_are_no_thousands(raw: str) -> None:
    assert read_numbers(Text(raw, "en"))[0].value < 20


@given(st.integers(1, 900), st.integers(1, 15))
def test_pounds_and_ounces_are_one_weight(pounds: int, ounces: int) -> None:
    for raw in (f"{pounds} lbs. {ounces} oz.", f"{pounds} pounds, {ounces} ounces", f"{pounds} lb and {ounces} oz"):
        measure = read_measure(Text(raw, "en"), 0)
        assert measure is not None
        joined = join_smaller(Text(raw, "en"), measure)
        assert joined.quantity == pytest.approx(pounds + ounces / 16)
        assert joined.qty_si == pytest.approx(pounds * 0.45359237 + ounces * 0.028349523125)


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("2 pounds, 907 grams", "en"),  # the same weight again
        ("2 pounds, 32 ounces", "en"),
        ("2 kilos, 300 gramos", "es"),  # two rows read out
        ("2.5 kilos 300 gramos", "es"),
        ("2 kilos\n300 gramos", "es"),
    ],
)
def test_another_weight_behind_is_no_part(raw: str, language: Language) -> None:
    text = Text(raw, language)
    measure = read_measure(text, 0)
    assert measure is not None
    assert join_smaller(text, measure) == measure
