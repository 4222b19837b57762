"""Extracted amounts are added up once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.totals import sum_mentions


def mention(commodity: str, amount: float | None, unit: str, place: str | None = None, **more: Any) -> dict[str, Any]:
    return {"commodity": commodity, "qty_si": amount, "unit": unit, "place": place, "cumulative": False, **more}


def test_a_figure_told_twice_counts_once() -> None:
    told = [mention("cocaine", 3634, "kg"), mention("cocaine", 3600, "t"), mention("cocaine", 3634, "kg")]
    assert sum_mentions(told) == {"cocaine": {"mass_kg": 3634}}


def test_places_add_up_and_dimensions_stay_apart() -> None:
    told = [
        mention("fentanyl", 6.3, "kg", "Uno"),
        mention("fentanyl", 6.3, "kg", "Dos"),
        mention("fentanyl", 58_000, "pill", "Uno"),
    ]
    assert sum_mentions(told) == {"fentanyl": {"mass_kg": 12.6, "pills": 58_000}}


def test_a_total_and_its_parts_count_as_the_total() -> None:
    assert sum_mentions([mention("firearm", n, "unit") for n in (10, 6, 4)]) == {"firearm": {"units": 10}}
    assert sum_mentions([mention("firearm", n, "unit") for n in (10, 6)]) == {"firearm": {"units": 16}}


def test_totals_over_a_period_people_and_amounts_without_a_number_are_left_out() -> None:
    told = [
        mention("fentanyl", 500, "kg", cumulative=True),
        mention("migrant", 40, "person"),
        mention("cocaine", None, "package"),
    ]
    assert sum_mentions(told) == {}


def test_a_headline_without_a_place_repeats_the_body() -> None:
    told = [mention("heroin", 9, "kg"), mention("heroin", 9, "kg", "Navolato")]
    assert sum_mentions(told) == {"heroin": {"mass_kg": 9}}
    split = [mention("heroin", 9, "kg"), mention("heroin", 4, "kg", "Uno"), mention("heroin", 5, "kg", "Dos")]
    assert sum_mentions(split) == {"heroin": {"mass_kg": 9}}


_MENTIONS = st.lists(
    st.builds(
        mention,
        st.sampled_from(["fentanyl", "cocaine"]),
        st.floats(0.001, 1e6) | st.none(),
        st.sampled_from(["kg", "t", "pill"]),
        st.sampled_from([None, "Uno", "Dos"]),
    ),
    max_size=8,
)


@given(_MENTIONS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(told: list[dict[str, Any]], chance: Any) -> None:
    mixed = [*told, *told]
    chance.shuffle(mixed)
    assert sum_mentions(mixed) == sum_mentions(told)


@given(_MENTIONS)
def test_no_more_than_everything_together(told: list[dict[str, Any]]) -> None:
    for commodity, amounts in sum_mentions(told).items():
        for dimension, amount in amounts.items():
            units = {"mass_kg": {"kg", "t"}, "pills": {"pill"}}[dimension]
            most = sum(one["qty_si"] or 0 for one in told if one["commodity"] == commodity and one["unit"] in units)
            assert 0 < amount <= most * 1.000001


def test_a_load_told_as_drugs_and_again_by_name_counts_by_name() -> None:
    parts = [mention("cocaine", 60, "kg"), mention("heroin", 40, "kg")]
    assert sum_mentions([mention("drugs_unspecified", 100, "kg"), *parts]) == sum_mentions(parts)
    told = sum_mentions([mention("drugs_unspecified", 300, "kg"), *parts])
    assert told["drugs_unspecified"] == {"mass_kg": 300}
    other = sum_mentions([mention("drugs_unspecified", 100, "package"), *parts])
    assert other["drugs_unspecified"] == {"packages": 100}
