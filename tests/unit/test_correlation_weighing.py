"""What is weighed: misread numbers, names, events, marks and texts; what may merge; and how the weights are learned."""

import math
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.features import FEATURES
from processors.correlation.features_people import is_full, rarity_of
from processors.correlation.keys import blocking_keys
from processors.correlation.links import compare
from processors.correlation.misreadings import are_near, blur, compare_written, slipped_keys
from processors.correlation.person_keys import person_keys
from processors.correlation.scoring import POSSIBLE_FROM, STRONG_FROM, observe, weigh
from processors.correlation.sides import find_common, make_side, name_parts
from processors.correlation.training import CONTRADICTIONS, count_levels, learn_weights
from processors.correlation.weights import PRIOR, WEIGHTS
from processors.reference.person_names import default_person_names
from tests.unit.correlating import MARKS, PEOPLE, PLACES, TEXTS, make_record, record_sets

NUMBERS = st.text("ABCDEFGHKMNPRSTWX0123456789", min_size=6, max_size=17)


def weighed(left: Any, right: Any, live: int = 2) -> Any:
    return compare(make_side(left, lambda _key: live), make_side(right, lambda _key: live))


def levels(left: Any, right: Any) -> dict[str, str]:
    sides = [make_side(one, lambda _key: 2) for one in (left, right)]
    return {feature.__name__: found.level for feature, found in observe(sides[0], sides[1])}


def at(hour: int, place: int = 0, **parts: Any) -> dict[str, Any]:
    span = {"start": f"2026-03-05T{hour:02}:00:00.000Z", "end": f"2026-03-05T{hour:02}:01:00.000Z"}
    when = {**span, "precision": "minute", "zone": "UTC", "zone_from": "record"}
    return {"when": when, "place": PLACES[place], **parts}


def load(kilos: float) -> list[dict[str, Any]]:
    return [{"ordinal": 0, "kind": "substance", "commodity": "fentanyl", "mass_kg": kilos}]


@settings(max_examples=100, deadline=None)
@given(record_sets(2))
def test_a_feature_that_is_not_asked_finds_nothing(records: list[Any]) -> None:
    sides = [make_side(record, lambda _key: 2) for record in records if record["live"]]
    for left, right in combinations(sides, 2):
        common = find_common(left, right)
        assert common == find_common(right, left)
        for feature, parts in FEATURES:
            assert common & name_parts(parts) or not feature(left, right).level


@settings(max_examples=200, deadline=None)
@given(st.permutations(["I.", "Iván", "Pruebino", "Rodrígues", "Rodríguez", "Flores", "Benavides", "María"]), st.data())
def test_a_pair_weighs_the_same_from_either_side(words: list[str], data: st.DataObject) -> None:
    names = [" ".join(words[: data.draw(st.integers(2, 4))]), " ".join(data.draw(st.permutations(words))[:3])]
    born = data.draw(st.sampled_from([{}, {"born": "1990-02-03"}]))
    left, right = (
        make_side(make_record(at, people=[{"field": "people[0]", "name": name, **born}]), lambda _key: 2)
        for at, name in enumerate(names)
    )
    told, back = weigh(left, right), weigh(right, left)
    assert (told and told[:3]) == (back and back[:3])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("I. Pruebino Benavides", "PRUEBINO BENAVIDES, Iván"),  # one reads a given name where the other has a surname
        ("María Rodrígues Flores", "María Rodríguez Flores"),  # a slip is no rare surname
    ],
)
def test_of_two_readings_of_a_name_the_weaker_one_counts(left: str, right: str) -> None:
    assert rarity_of(left, right) == rarity_of(right, left)
    assert is_full(left, right) == is_full(right, left)
    assert not is_full("I. Pruebino Benavides", "PRUEBINO BENAVIDES, Iván")
    assert rarity_of("María Rodrígues Flores", "María Rodríguez Flores") == "two_surnames"


def test_a_passport_read_as_another_joins_nobody_without_a_name() -> None:
    def carry(at: int, value: str, name: str | None) -> Any:
        people = [] if name is None else [{"field": "people[0]", "name": name}]
        return make_side(make_record(at, ("passport", value), people=people), lambda _key: 2)

    for left, right, strength in (
        (None, None, "possible"),
        ("Ana Inventada Soto", "Juan Ficticio Lopez", "possible"),
        ("Ana Inventada Soto", "SOTO INVENTADA, Ana", "possible"),
        ("Ana Inventada Soto", "INVENTADA SOTO, Ana", "strong"),
    ):
        found = weigh(carry(1, "G12345678", left), carry(2, "612345678", right))
        assert found is not None
        assert found.strength == strength, (left, right)


@given(NUMBERS, st.data())
def test_a_slip_or_look_alike_sign_is_found_under_a_key_and_told(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    sign = data.draw(st.sampled_from("ABCDEFGHKMNPRSTWX0123456789"))
    other = number[:place] + sign + number[place + 1 :]
    told = compare_written(number, other)
    assert told == compare_written(other, number)
    if told is not None:
        assert are_near((number,), (other,))
        assert blur(number) == blur(other) or len(number) > 12 or slipped_keys(number) & slipped_keys(other)
    assert compare_written(number, number) is None


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("TX0O124", "TXOO124", "look_alike"),
        ("ABC8124", "ABCB124", "look_alike"),
        ("ABC1234K", "ABC7234K", "slip"),
        ("FIC204881", "FIC20481", "slip"),
        ("FIC204881", "FIC204882", None),  # the next gun of the series
        ("2026-CRX-000707-D1", "2026-CRX-000706-D1", None),
        ("ABC123", "XYZ789", None),
        ("48B", "488", None),
    ],
)
def test_neighbours_in_a_series_are_no_slips(left: str, right: str, told: str | None) -> None:
    assert compare_written(left, right) == told


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Dario Ejemplar Quilmes", "QUILMES EJEMPLAR, DARIO"),
        ("Pepe Inventado", "José Inventado"),
        ("Brenda Ficticia Ochoa", "Ficticia Ochoa, Brenda"),
    ],
)
def test_names_meet_however_they_are_ordered(left: str, right: str) -> None:
    assert person_keys(left) & person_keys(right)


def test_common_names_bring_nobody_together_but_with_a_birth_date() -> None:
    assert not person_keys("Juan Hernández")
    assert person_keys("Juan Hernández", (), "1990-01-02") & person_keys("J. Hernandez", (), "1990-01-02")


def people(*names: str) -> list[Any]:
    return [make_record(at, people=[{"field": "people[0]", "name": name}]) for at, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Dario Quilmes", "Quilmes, Dario", "rare_name"),
        ("Dario Inventado Supuestegui", "Dario Inventado Supuestegui", "rare_surnames"),
        ("Dario Acevedo Baldwin", "Dario Acevedo Baldwin", "two_surnames"),  # in the census, not in the table by hand
        ("Juan Hernández", "HERNANDEZ JUAN", "common_name"),
    ],
)
def test_how_rare_a_name_is_follows_from_the_table_and_not_from_who_is_there(left: str, right: str, level: str) -> None:
    few = people(left, right)
    assert levels(*few)["name_same_person"] == level
    crowd = [make_side(one, lambda _key: 60) for one in few]
    assert next(found for feature, found in observe(*crowd) if feature.__name__ == "name_same_person").level == level


def test_the_explanation_names_the_version_of_the_table_of_names_where_that_was_asked() -> None:
    version = default_person_names().version
    reason = weighed(*people("Dario Inventado Supuestegui", "Dario Inventado Supuestegui"))["reasons"][0]
    assert reason["sentence_en"].endswith(f": name table {version}.")
    assert reason["sentence_es"].endswith(f": tabla de nombres {version}.")
    born = weighed(*(make_record(number, people=[PEOPLE[0]]) for number in (1, 2)))["reasons"][0]
    assert version not in born["sentence_en"]


def test_a_full_name_with_its_birth_date_merges_and_a_name_alone_never() -> None:
    both = [make_record(number, people=[PEOPLE[0]]) for number in (1, 2)]
    assert weighed(*both)["strength"] == "strong"
    name_alone = weighed(make_record(1, people=[PEOPLE[0]]), make_record(2, people=[PEOPLE[1]]))
    assert name_alone["strength"] == "possible"
    assert weighed(make_record(1, people=[PEOPLE[0]]), make_record(2, people=[PEOPLE[2]])) is None


def test_an_event_told_twice_is_possible_and_two_reports_of_one_agency_are_two_events() -> None:
    left, right = (
        make_record(number, agency=f"a-{number}", items=load(10 + number / 10), **at(8)) for number in (1, 2)
    )
    assert levels(left, right)["tell_event"] == "hours_here_amount"
    assert weighed(left, right)["strength"] == "possible"
    right["agency"] = left["agency"]
    assert "tell_event" not in levels(left, right)


@pytest.mark.parametrize(("kind", "day", "meets"), [("news", 8, True), ("news", 9, False), ("seizure", 7, False)])
def test_news_meets_the_event_that_it_tells_of_three_days_later(kind: str, day: int, meets: bool) -> None:
    seized, told = (make_record(number, agency=f"a-{number}", items=load(10), **at(8)) for number in (1, 2))
    told["kind"] = kind
    told["when"] = {**told["when"], "start": f"2026-03-0{day}T08:00:00.000Z", "end": f"2026-03-0{day}T08:01:00.000Z"}
    common = set(blocking_keys(seized)) & set(blocking_keys(told))
    assert bool([key for key in common if "/event/" in key]) is meets


def test_news_of_a_seizure_meets_the_arrest_that_names_no_goods_and_a_seizure_does_not() -> None:
    arrest = make_record(1, agency="a-1", **at(8))
    filed = {key for key in blocking_keys(arrest) if "/event/" in key}
    for kind, meets in (("news", True), ("seizure", False)):
        told = make_record(2, agency="a-2", items=load(10), **at(8)) | {"kind": kind}
        assert filed.isdisjoint(blocking_keys(told)) is not meets


def test_one_thing_can_not_be_at_two_ends_of_the_border_within_an_hour() -> None:
    plate = ("plate", "TST1001")
    left, right = make_record(1, plate, **at(8)), make_record(2, plate, **at(9, place=1))
    assert levels(left, right)["be_impossible"] == "apart"
    assert weighed(left, right) is None, "the plate was cloned or misread"
    assert weighed(left, make_record(2, plate, **at(9)))["strength"] == "strong"


def test_a_slip_alone_says_nothing_and_with_the_same_subject_it_merges() -> None:
    left, right = make_record(1, ("serial", "FIC204881")), make_record(2, ("serial", "FIC20481"))
    assert levels(left, right) == {"share_misread": "slip"}
    assert weighed(left, right) is None
    for record in (left, right):
        record["people"] = [PEOPLE[1]]
    assert weighed(left, right)["strength"] == "strong"


def test_a_telephone_of_many_needs_support_and_a_vin_of_many_does_not() -> None:
    phone, vin = ("phone", "+19565550142"), ("vin", "1FTFW1ET0EFA00001")
    of_many = weighed(make_record(1, phone), make_record(2, phone), live=9)
    assert of_many is None or of_many["strength"] == "possible"
    assert weighed(make_record(1, phone), make_record(2, phone), live=8)["strength"] == "strong"
    assert weighed(make_record(1, vin), make_record(2, vin), live=60)["strength"] == "strong"
    assert weighed(make_record(1, vin), make_record(2, vin), live=65) is None


def test_marks_and_texts_never_merge() -> None:
    told: list[dict[str, Any]] = [{"press_marks": [MARKS[1]]}, {"texts": [TEXTS[0]]}]
    for parts in told:
        link = weighed(make_record(1, **at(8), **parts), make_record(2, agency="other", **at(9), **parts))
        assert link is None or link["strength"] == "possible"


def test_a_common_mark_is_not_shown_beside_a_rare_one() -> None:
    def live(key: str) -> int:
        return 65 if key.endswith("/m30") else 2

    left, right = (make_side(make_record(one, press_marks=MARKS), live) for one in (1, 2))
    found = next(found for feature, found in observe(left, right) if feature.__name__ == "share_mark")
    assert (found.level, [shared.value for shared in found.detail]) == ("rare", ["toro"])


def test_the_weights_are_complete_and_probabilities_follow_from_them() -> None:
    assert set(WEIGHTS) == {feature.__name__ for feature, _ in FEATURES}
    assert all(math.isfinite(weight) for table in WEIGHTS.values() for weight in table.values())
    assert 1 / (1 + math.exp(-PRIOR)) < POSSIBLE_FROM < STRONG_FROM < 1, "to have met is no reason"
    negative = {(name, level) for name, table in WEIGHTS.items() for level, weight in table.items() if weight < 0}
    assert negative <= CONTRADICTIONS
    link = weighed(make_record(1, ("plate", "TST1001")), make_record(2, ("plate", "TST1001")))
    assert link["score"] == pytest.approx(PRIOR + WEIGHTS["share_plate"]["rare"], abs=1e-3)
    assert link["probability"] == pytest.approx(1 / (1 + math.exp(-link["score"])), abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_learning_does_not_hang_on_the_order_of_the_cases(dice: Any) -> None:
    records = [
        make_record(number, ("plate", f"TST10{number // 3}1"), people=[PEOPLE[number % 4]]) for number in range(12)
    ]
    ids = [record["id"] for record in records]
    groups = [ids[:3], ids[3:6], ids[6:9]]
    learned = learn_weights(count_levels(records, groups))
    dice.shuffle(records)
    dice.shuffle(groups)
    assert learn_weights(count_levels(records, groups)) == learned
    assert learned.weights["share_plate"]["rare"] > learned.weights["name_same_person"].get("born_other_day", -1)


@pytest.mark.parametrize(("published", "told"), [(6, True), (5, False), (23, True)])
def test_what_was_published_before_does_not_tell_of_it(published: int, told: bool) -> None:
    """Six hours' grace, from the end of the text's time to the beginning of the event's."""
    event = make_record(1, **at(12, items=load(5.0)))
    event["when"]["start"], event["when"]["end"] = "2026-03-05T12:01:00.000Z", "2026-03-05T12:02:00.000Z"
    news = make_record(2, kind="news", agency="press", **at(published, items=load(5.0)))
    for pair in ((event, news), (news, event)):
        assert ("tell_event" in levels(*pair)) is told
