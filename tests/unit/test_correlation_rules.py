"""The rules that one line each decides: features, keys, marks, comparison records, what a network lists."""

from typing import Any, get_args

import pytest

from processors.correlation.facts import MAX_IDENTIFIERS, comparison_record, encode_record, supersedes
from processors.correlation.features import FEATURES
from processors.correlation.keys import KEYS, LINKING_KINDS, blocking_keys
from processors.correlation.links import MAX_REASONS, compare
from processors.correlation.marks import combine_grade, combine_handling
from processors.correlation.networks import MAX_LISTED
from processors.correlation.sentences import sentences
from processors.correlation.sides import make_side
from processors.correlation.weights import PRIOR, WEIGHTS
from streams.links import CAUTION, link_id
from streams.reports import IdentifierKind
from tests.unit.correlating import GOODS, identifier, make_record, report_name, summarise
from tests.unit.enriching import enrich

PLATE = ("plate", "TST1001")


def _compare(left: Any, right: Any) -> Any:
    return compare(make_side(left, lambda _key: 2), make_side(right, lambda _key: 2))


@pytest.mark.parametrize("feature", [feature for feature, _ in FEATURES], ids=lambda one: one.__name__)
def test_a_feature_says_in_both_languages_what_it_means(feature: Any) -> None:
    english, spanish = sentences(feature)
    for sentence in (english, spanish):
        assert len(sentence) > 20
        assert sentence[0].isupper()
        assert not sentence.endswith((".", ":"))
    assert english != spanish
    assert feature.__name__ in WEIGHTS


def test_registries_are_literal_and_name_nothing_twice() -> None:
    assert isinstance(FEATURES, tuple)
    assert isinstance(KEYS, tuple)
    assert len({feature for feature, _ in FEATURES}) == len(FEATURES)
    assert all(key.__doc__ for key in KEYS)


def test_every_kind_of_identifier_has_a_feature() -> None:
    for kind in sorted(LINKING_KINDS):
        link = _compare(make_record(1, (kind, "VALUE1")), make_record(2, (kind, "VALUE1")))
        assert [reason["kind"] for reason in link["reasons"]] == [kind]
        assert _compare(make_record(1, (kind, "VALUE1")), make_record(2, (kind, "VALUE2"))) is None
    assert _compare(make_record(1, ("plate", "V1")), make_record(2, ("serial", "V1"))) is None


def test_a_container_files_and_links_nothing() -> None:
    """It serves another shipper every few weeks."""
    assert set(get_args(IdentifierKind)) - LINKING_KINDS == {"container"}
    pair = [make_record(number, ("container", "CSQU3054383")) for number in (1, 2)]
    assert _compare(*pair) is None
    assert blocking_keys(pair[0]) == ()


@pytest.mark.parametrize("side", [0, 1])
def test_a_number_whose_check_digits_fail_makes_no_strong_link(side: int) -> None:
    values = (("curp", "VALUE1"), ("vin", "VALUE2"), ("wallet", "VALUE3"))
    records = [make_record(number, *values) for number in (1, 2)]
    for one in records[side]["identifiers"]:
        one["checked"] = False
    link = _compare(*records)
    assert link["strength"] == "possible"
    assert [reason["kind"] for reason in link["reasons"]] == ["curp", "vin", "wallet"]
    assert {reason["feature"] for reason in link["reasons"]} == {"share_doubtful"}
    records[side]["identifiers"][0]["checked"] = True
    assert _compare(*records)["strength"] == "strong"


def test_an_exercise_and_a_real_record_are_no_pair_whatever_they_share() -> None:
    assert _compare(make_record(1, PLATE), make_record(2, PLATE, exercise=False)) is None


def test_a_link_names_whose_fields_it_rests_on() -> None:
    left, right = make_record(1), make_record(2)
    left["identifiers"] = [identifier("plate", "TST1001", "conveyances[0].plates[0].number")]
    right["identifiers"] = [identifier("plate", "TST1001", "conveyances[3].plates[1].number")]
    link = _compare(left, right)
    assert link["reasons"] == [
        {
            "feature": "share_plate",
            "kind": "plate",
            "value": "TST1001",
            "level": "rare",
            "weight": WEIGHTS["share_plate"]["rare"],
            "left": {
                "agency": "agency-1",
                "report_id": "T-1",
                "field": "conveyances[0].plates[0].number",
                "as_written": "tst1001",
            },
            "right": {
                "agency": "agency-2",
                "report_id": "T-2",
                "field": "conveyances[3].plates[1].number",
                "as_written": "tst1001",
            },
            "sentence_en": "Both reports write a licence plate with the same characters: TST1001.",
            "sentence_es": "Los dos informes escriben una placa con los mismos caracteres: TST1001.",
        }
    ]
    assert link["id"] == link_id(report_name(2), report_name(1))
    assert link["strength"] == "strong"
    assert link["caution"] == CAUTION
    assert [report["report_id"] for report in link["reports"]] == ["T-1", "T-2"]


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("Texas, US", "TEXAS US", None),
        ("TX", "Texas, US", "TX and Texas, US"),
        ("Texas, US", None, None),
        (None, None, None),
    ],
)
def test_a_link_says_who_issued_a_number_and_no_more_than_the_records_do(left: Any, right: Any, told: Any) -> None:
    records = [make_record(1, PLATE), make_record(2, PLATE)]
    for record, issuer in zip(records, (left, right), strict=True):
        record["identifiers"][0] |= {"issuer": issuer} if issuer else {}
    link, [reason] = (found := _compare(*records)), found["reasons"]
    assert (reason["left"].get("issuer"), reason["right"].get("issuer")) == (left, right)
    assert ("differently" in reason["sentence_en"]) is (told is not None)
    if told is not None:
        assert reason["sentence_en"].endswith(f": TST1001. The records name the issuer differently: {told}.")
        assert "Los informes nombran al emisor de distinta forma: " in reason["sentence_es"]
    # What the issuers are called takes nothing from the score.
    assert (link["score"], link["strength"]) == (round(PRIOR + WEIGHTS["share_plate"]["rare"], 4), "strong")


@pytest.mark.parametrize("kind", ["plate", "serial", "passport", "docket"])
def test_numbers_that_several_may_give_out_are_told_as_the_same_characters(kind: str) -> None:
    [reason] = _compare(make_record(1, (kind, "VALUE1")), make_record(2, (kind, "VALUE1")))["reasons"]
    assert "with the same characters: VALUE1." in reason["sentence_en"]
    assert "con los mismos caracteres: VALUE1." in reason["sentence_es"]


def test_a_network_names_the_local_days_on_which_it_began_and_ended() -> None:
    def span(start: str, end: str, zone: str) -> dict[str, str]:
        return {"start": start, "end": end, "precision": "day", "zone": zone, "zone_from": "record"}

    days = [
        span("2026-03-01T08:00:00.000Z", "2026-03-02T08:00:00.000Z", "America/Tijuana"),
        span("2026-03-04T06:00:00.000Z", "2026-03-05T06:00:00.000Z", "America/Chicago"),
    ]
    network = summarise([make_record(at, PLATE, when=when) for at, when in enumerate(days)], 1)
    assert (network["first_day"], network["last_day"]) == ("2026-03-01", "2026-03-04")
    # Late in the evening, when it is the next day in UTC; an offset, and a zone that is none.
    evening = [
        span("2026-03-02T05:30:00.000Z", "2026-03-02T05:31:00.000Z", "-06:00"),
        span("2026-03-02T06:10:00.000Z", "2026-03-02T06:11:00.000Z", "Nowhere/Town"),
    ]
    network = summarise([make_record(at, PLATE, when=when) for at, when in enumerate(evening)], 1)
    assert (network["first_day"], network["last_day"]) == ("2026-03-01", "2026-03-02")


def test_a_link_lists_so_many_reasons_and_counts_all() -> None:
    values = [("plate", f"TST{number}") for number in range(MAX_REASONS + 5)]
    link = _compare(make_record(1, *values), make_record(2, *values))
    assert len(link["reasons"]) == MAX_REASONS
    assert link["reason_count"] == MAX_REASONS + 5


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([("GREEN", ["joint", "us"]), ("AMBER", ["joint"])], ("AMBER", ["joint"])),
        ([("AMBER+STRICT", ["us"]), ("AMBER", ["us", "mx"])], ("AMBER+STRICT", ["us"])),
        ([("GREEN", ["us"]), ("GREEN", ["mx"])], ("GREEN", [])),
        ([("GREEN", ["us"]), None], ("RED", [])),
        ([("PURPLE", ["us"]), ("GREEN", ["us"])], ("RED", ["us"])),
        ([], ("CLEAR", [])),
    ],
)
def test_a_derived_thing_is_as_restricted_as_its_most_restricted_source(marks: Any, expected: Any) -> None:
    records: list[Any] = [
        {"handling": {"tlp": mark[0], "releasable_to": mark[1]}} if mark is not None else {} for mark in marks
    ]
    assert combine_handling(records) == {"tlp": expected[0], "releasable_to": expected[1]}


def test_the_weaker_grade_counts_on_each_axis() -> None:
    def graded(*grades: str) -> Any:
        return [{"grade": {"reliability": grade[0], "credibility": grade[1], "given_by": "record"}} for grade in grades]

    assert combine_grade(graded("A2", "C1")) == {"reliability": "C", "credibility": "2"}
    assert combine_grade(graded("A1", "F6")) == {"reliability": "F", "credibility": "6"}
    assert combine_grade([*graded("A1"), {}]) == {"reliability": "F", "credibility": "6"}  # type: ignore[typeddict-item]
    assert combine_grade([]) == {"reliability": "F", "credibility": "6"}


def test_sums_take_incidents_only() -> None:
    members = [
        make_record(1, PLATE, items=GOODS),
        make_record(2, PLATE, items=GOODS[:1]),
        make_record(3, PLATE, items=GOODS, count_basis="period_total"),
        make_record(4, PLATE, items=GOODS, count_basis="running_total"),
    ]
    network = summarise(members, 6)
    assert network["goods"] == [{"commodity": "fentanyl", "mass_kg": 0.4}]
    assert network["counts"] == {"firearms": 2, "rounds": 50, "pills": 300}
    assert network["counted"] == "per_event"
    assert network["identifiers"] == [{"kind": "plate", "value": "TST1001", "reports": 4}]
    assert "first" not in network
    assert "first_day" not in network


def test_a_large_network_lists_some_members_and_counts_all() -> None:
    count = MAX_LISTED + 1
    network = summarise([make_record(number, PLATE) for number in range(count)], 0)
    assert (len(network["members"]), network["member_count"], network["oversized"]) == (MAX_LISTED, count, True)
    assert network["id"] == network["members"][0]["id"] == min(report_name(number) for number in range(count))


def test_keys_of_exercises_are_their_own_and_a_retraction_has_none() -> None:
    exercise, real = blocking_keys(make_record(1, PLATE)), blocking_keys(make_record(1, PLATE, exercise=False))
    assert "x/plate/TST1001" in exercise
    assert "r/plate/TST1001" in real
    assert all(key.startswith("x/") for key in exercise)
    assert {key[1:] for key in exercise} == {key[1:] for key in real}
    assert blocking_keys(make_record(1, live=False)) == ()


def test_versions_decide_and_of_one_version_the_first_received() -> None:
    assert supersedes((2, "b", b"x"), (1, "a", b"y"))
    assert not supersedes((1, "a", b"x"), (2, "b", b"y"))
    assert supersedes((1, "a", b"y"), (1, "b", b"x"))
    assert not supersedes((1, "b", b"x"), (1, "b", b"x"))
    # Enriched or released anew: the last one counts.
    assert supersedes((1, "b", b"x"), (1, "b", b"y"))
    assert supersedes((1, "b", b"y"), (1, "b", b"x"))


SEIZURE: dict[str, Any] = {
    "occurred": {"value": "2025-04-07", "zone": "America/Chicago"},
    "place": {"as_written": "house of Ana Ficticia, Calle Inventada 5", "latitude": 27.5, "longitude": -99.5},
    "conveyances": [{"kind": "vehicle", "plates": [{"number": "TST-1001", "state": "Texas", "country": "US"}]}],
    "people": [{"name": "Ana Ficticia", "roles": ["victim"], "phones": [{"number": "956-555-0177"}]}],
    "items": [
        {"kind": "substance", "name": "Fentanyl", "description": "Ana's bag", "quantity": {"value": 1, "unit": "kg"}}
    ],
    "narrative": {"text": "Ana Ficticia called from 956-555-0177."},
}


def test_a_comparison_record_holds_figures_and_identifiers_and_no_words_of_the_publisher() -> None:
    record: Any = comparison_record(enrich(SEIZURE))  # type: ignore[arg-type]
    assert [(one["kind"], one["value"], one["issuer"]) for one in record["identifiers"]] == [
        ("plate", "TST1001", "Texas, US")
    ]
    assert record["items"][0]["mass_kg"] == 1.0
    assert record["when"]["start"].startswith("2025-04-07")
    assert record["place"]["location"] == {"lat": 27.5, "lon": -99.5}
    text = encode_record(record).decode()
    assert "Ana" not in text
    assert "555" not in text
    assert "Inventada" not in text


def test_the_time_of_arrival_is_no_time_of_the_event() -> None:
    record = comparison_record(enrich({"narrative": {"text": "Fictional."}}))  # type: ignore[arg-type]
    assert "when" not in record


def test_identifiers_are_cut_at_their_limit_the_same_way_each_time() -> None:
    cars = [
        {"kind": "vehicle", "plates": [{"number": f"TS{number:02d}{plate}A"} for plate in range(8)]}
        for number in range(64)
    ]
    event = {"narrative": {"text": "Fictional."}, "conveyances": cars}
    there: Any = comparison_record(enrich(event))  # type: ignore[arg-type]
    back: Any = comparison_record(enrich({**event, "conveyances": cars[::-1]}))  # type: ignore[arg-type]
    assert len(there["identifiers"]) == MAX_IDENTIFIERS
    assert [one["value"] for one in there["identifiers"]] == [one["value"] for one in back["identifiers"]]
