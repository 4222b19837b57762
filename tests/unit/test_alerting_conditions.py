"""Every condition: what meets it, what does not, and what a supervisor reads."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.alerting.batch import standing
from processors.alerting.conditions import CONDITIONS, MAX_REASONS
from processors.alerting.matching import FILED_UNDER
from processors.alerting.subscriptions import ASKED_OF, Filter
from processors.alerting.words import COMMODITIES, IDENTIFIERS, KINDS, UNITS, name_corridor, write_number
from streams.reports import Commodity, IdentifierKind, ReportKind
from tests.unit.alerting import VIEW, make_network, make_report, make_subscribers

LAREDO = {"kind": "port", "name": "Laredo", "country": "US", "state": "US-TX", "corridor": "laredo-nuevo_laredo"}


def item(commodity: str = "fentanyl", ordinal: int = 0, **measured: Any) -> dict[str, Any]:
    return {"ordinal": ordinal, "kind": "substance", "commodity": commodity, **measured}


def carried(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, "field": "x", "as_written": f"as {value} was written", **more}


def alert_on(record: dict[str, Any], exercises: bool | str = True, **asked: Any) -> Any:
    """The alert that a filter makes of a record, or None."""
    on = "report" if "report_id" in record else "network"
    found = standing([record], make_subscribers(on, exercises, **asked), VIEW)
    return next(iter(found.values()), None)


def reasons(record: dict[str, Any], **asked: Any) -> Any:
    return [
        (one["condition"], one["field"], one["value"], one["sentence_en"])
        for one in alert_on(record, **asked)["reasons"]
    ]


def test_the_lists_agree_and_every_word_is_there() -> None:
    assert [condition.part for condition in CONDITIONS] == list(ASKED_OF) == list(Filter.model_fields)
    assert {part for filing in FILED_UNDER for part in filing.parts} < set(ASKED_OF)
    assert all(condition.meet.__doc__ for condition in CONDITIONS)
    assert set(COMMODITIES) == set(get_args(Commodity))
    assert set(IDENTIFIERS) == set(get_args(IdentifierKind))
    assert set(KINDS) == set(get_args(ReportKind))


@pytest.mark.parametrize("kind", ["seizure", "case", "news"])
def test_kinds(kind: str) -> None:
    report = make_report(kind=kind)
    assert reasons(report, kinds=[kind]) == [("kinds", "kind", kind, f"It is {KINDS[kind].en}.")]  # type: ignore[index]
    assert alert_on(report, kinds=[one for one in KINDS if one != kind]) is None


def test_commodities_of_a_report_and_of_a_network() -> None:
    report = make_report(items=[item("cash"), item("firearm", 1)])
    assert reasons(report, commodities=["firearm", "fentanyl"]) == [
        ("commodities", "items[1].commodity", "firearm", "It names firearms.")
    ]
    assert alert_on(report, commodities=["fentanyl"]) is None
    network = make_network(
        goods=[{"commodity": "cocaine", "mass_kg": 1.0}], counts={"firearms": 0, "rounds": 9, "pills": 7}
    )
    assert reasons(network, commodities=["ammunition"])[0][:3] == ("commodities", "counts.rounds", "ammunition")
    assert reasons(network, commodities=["cocaine"])[0][:3] == ("commodities", "goods", "cocaine")
    assert alert_on(network, commodities=["firearm", "fentanyl"]) is None


def test_substances() -> None:
    report = make_report(items=[item(), item("precursor", 1, substance="4-anpp")])
    assert reasons(report, substances=["4-anpp"])[0][:3] == ("substances", "items[1].substance", "4-anpp")
    assert alert_on(report, substances=["npp"]) is None


def test_corridors_of_a_report_and_of_a_network() -> None:
    sentence = "It lies in the corridor Laredo - Nuevo Laredo."
    assert reasons(make_report(place=LAREDO), corridors=["laredo-nuevo_laredo"]) == [
        ("corridors", "place.corridor", "laredo-nuevo_laredo", sentence)
    ]
    assert alert_on(make_report(place=LAREDO), corridors=["hidalgo-reynosa"]) is None
    assert alert_on(make_report(), corridors=["hidalgo-reynosa"]) is None
    network = make_network(places=[{"kind": "state", "name": "Texas"}, {"kind": "port", "corridor": "naco-naco"}])
    assert reasons(network, corridors=["naco-naco"])[0][1:3] == ("places", "naco-naco")


def test_identifiers_show_the_normal_form_and_say_what_is_doubtful() -> None:
    watched = [{"kind": "plate", "value": "TST1001"}, {"kind": "vin", "value": "TSTVIN00000000001"}]
    report = make_report(
        identifiers=[
            carried("phone", "+19565550142"),
            carried("plate", "TST1001"),
            carried("vin", "TSTVIN00000000001", checked=False),
        ]
    )
    alert = alert_on(report, identifiers=watched)
    assert [(one["field"], one["identifier_kind"], one["sentence_en"]) for one in alert["reasons"]] == [
        ("identifiers[1]", "plate", "It carries the licence plate TST1001."),
        (
            "identifiers[2]",
            "vin",
            "It carries the vehicle identification number TSTVIN00000000001, whose check digits do not hold.",
        ),
    ]
    assert "no coinciden" in alert["reasons"][1]["sentence_es"]
    assert "as TST1001 was written" not in str(alert)
    # The same number of another kind means another thing.
    assert alert_on(make_report(identifiers=[carried("serial", "TST1001")]), identifiers=watched) is None
    network = make_network(identifiers=[{"kind": "plate", "value": "TST1001", "reports": 2}])
    assert reasons(network, identifiers=watched)[0][:3] == ("identifiers", "identifiers", "TST1001")


def test_no_more_reasons_than_a_reader_can_take() -> None:
    values = [f"TST{number:04d}" for number in range(100)]
    report = make_report(identifiers=[carried("plate", value) for value in values])
    alert = alert_on(report, identifiers=[{"kind": "plate", "value": value} for value in values])
    assert len(alert["reasons"]) == MAX_REASONS


def test_an_amount_is_summed_in_its_unit_over_the_items_that_fit() -> None:
    report = make_report(
        items=[
            item(count=600.0, count_unit="pill"),
            item(ordinal=1, count=500.0, count_unit="pill"),
            item("heroin", 2, count=9000.0, count_unit="pill"),
            item(ordinal=3, mass_kg=50.0),
            item(ordinal=4, count=9000.0, count_unit="package"),
        ]
    )
    alert = alert_on(report, commodities=["fentanyl"], amount={"at_least": 1000, "unit": "pill"})
    assert alert["level"] == 1100.0
    reason = alert["reasons"][-1]
    assert (reason["field"], reason["value"]) == ("items", "1,100 pill")
    assert reason["sentence_en"] == "It reports 1,100 pills (fentanyl); asked for 1,000 pills or more."
    assert reason["sentence_es"] == "Informa de 1,100 pastillas (fentanilo); se pidieron 1,000 pastillas o más."
    assert alert_on(report, commodities=["fentanyl"], amount={"at_least": 1101, "unit": "pill"}) is None
    assert alert_on(report, commodities=["fentanyl"], amount={"at_least": 1, "unit": "dose"}) is None
    assert alert_on(report, amount={"at_least": 10_100, "unit": "pill"})["level"] == 10_100.0


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("kg", item(mass_kg=2.0)),
        ("l", item(volume_l=2.0)),
        ("ha", item("opium_poppy", area_ha=2.0)),
        ("pill", item(count=2.0, count_unit="pill")),
        ("dose", item(count=2.0, count_unit="dose")),
        ("round", item("ammunition", count=2.0, count_unit="round")),
        ("firearm", item("firearm", count=2.0, count_unit="unit")),
        ("magazine", item("magazine", count=2.0, count_unit="unit")),
        ("plant", item("marijuana", count=2.0, count_unit="plant")),
        ("package", item(count=2.0, count_unit="package")),
        ("usd", item("cash", amount=2.0, currency="USD")),
        ("mxn", item("cash", amount=2.0, currency="MXN")),
    ],
)
def test_each_unit_measures_its_own_fact_alone(unit: str, one: dict[str, Any]) -> None:
    met = {
        other
        for other in UNITS
        if alert_on(make_report(items=[one]), amount={"at_least": 2, "unit": other}) is not None
    }
    assert met == {unit}


def test_totals_of_a_period_raise_no_alert_on_an_amount() -> None:
    asked: dict[str, Any] = {"amount": {"at_least": 1, "unit": "kg"}}
    for basis in ("period_total", "running_total"):
        assert alert_on(make_report(count_basis=basis, items=[item(mass_kg=9e6)]), **asked) is None
    assert alert_on(make_report(items=[item(mass_kg=1.0)]), **asked) is not None


def test_what_is_approximate_or_could_not_be_read_is_said() -> None:
    # An item that is counted is no item that could not be read, whatever else of it could not.
    counted = item(mass_kg=2.5, approximate=True, unit_unknown=True)
    report = make_report(items=[counted, item(ordinal=1, unit_unknown=True)])
    alert = alert_on(report, amount={"at_least": 1, "unit": "kg"})
    assert alert["reasons"][0]["field"] == "items[0].mass_kg"
    assert alert["reasons"][0]["sentence_en"] == (
        "It reports about 2.5 kg (fentanyl); asked for 1 kg or more. "
        "The quantity of 1 more of its items could not be read and is left out."
    )
    assert "cerca de 2.5 kg" in alert["reasons"][0]["sentence_es"]


def test_a_unit_of_one_thing_alone_leaves_nothing_else_out() -> None:
    report = make_report(items=[item("firearm", count=4.0, count_unit="unit"), item("cash", 1, unit_unknown=True)])
    alert = alert_on(report, amount={"at_least": 1, "unit": "firearm"})
    assert alert["reasons"][0]["sentence_en"] == "It reports 4 firearms; asked for 1 firearms or more."
    assert alert["reasons"][0]["sentence_es"] == "Informa de 4 armas de fuego; se pidió 1 armas de fuego o más."


def test_a_sum_says_of_what_it_is() -> None:
    report = make_report(items=[item(mass_kg=1.0), item("cocaine", 1, mass_kg=2.0), item("cash", 2, amount=5.0)])
    reason = alert_on(report, amount={"at_least": 1, "unit": "kg"})["reasons"][0]
    assert reason["sentence_en"] == "It reports 3 kg (cocaine, fentanyl); asked for 1 kg or more."
    assert reason["sentence_es"] == "Informa de 3 kg (cocaína, fentanilo); se pidió 1 kg o más."


def test_small_amounts_are_neither_lost_nor_written_as_nothing() -> None:
    report = make_report(items=[item(mass_kg=0.0000004)])
    alert = alert_on(report, amount={"at_least": 0.0000003, "unit": "kg"})
    assert (alert["level"], alert["reasons"][0]["value"]) == (0.0000004, "0.0000004 kg")
    assert "0.0000004 kg (fentanyl); asked for 0.0000003 kg" in alert["reasons"][0]["sentence_en"]


def test_a_report_of_several_events_is_no_incident_of_its_amount() -> None:
    asked: dict[str, Any] = {"amount": {"at_least": 1, "unit": "kg"}}
    assert alert_on(make_report(event_count=2, items=[item(mass_kg=9.0)]), **asked) is None
    assert alert_on(make_report(event_count=1, items=[item(mass_kg=9.0)]), **asked) is not None
    assert alert_on(make_report(event_count=2, items=[item(mass_kg=9.0)]), commodities=["fentanyl"]) is not None


@given(st.permutations([1e10, 0.1, 0.1, 0.1, 0.2, 0.3, 0.7, 7.7]))
def test_the_order_of_the_items_moves_no_digit(masses: list[float]) -> None:
    report = make_report(items=[item(mass_kg=mass, ordinal=at) for at, mass in enumerate(masses)])
    alert = alert_on(report, amount={"at_least": 1, "unit": "kg"})
    assert alert["level"] == 10_000_000_009.2


def test_members() -> None:
    network = make_network(member_count=5)
    alert = alert_on(network, members={"at_least": 5})
    assert (alert["level"], alert["reasons"][0]["sentence_en"]) == (5.0, "It joins 5 reports; asked for 5 or more.")
    assert alert["title_en"] == "Wanted: network of 5 reports by 1 agency"
    assert alert["title_es"] == "Wanted: red de 5 informes de 1 institución"
    assert alert["reasons"][0]["sentence_es"] == "Reúne 5 informes; se pidieron 5 o más."
    assert alert_on(network, members={"at_least": 6}) is None


def test_all_parts_of_a_filter_must_hold() -> None:
    report = make_report(place=LAREDO, items=[item(mass_kg=2.0)], kind="seizure")
    whole: dict[str, Any] = {
        "kinds": ["seizure"],
        "commodities": ["fentanyl"],
        "corridors": ["laredo-nuevo_laredo"],
        "amount": {"at_least": 2, "unit": "kg"},
    }
    assert alert_on(report, **whole) is not None
    wrong: dict[str, Any] = {
        "kinds": ["news"],
        "commodities": ["cash"],
        "corridors": ["naco-naco"],
        "amount": {"at_least": 3, "unit": "kg"},
    }
    for part, value in wrong.items():
        assert alert_on(report, **{**whole, part: value}) is None


@pytest.mark.parametrize(("exercises", "of_exercise", "of_real"), [(False, 0, 1), (True, 1, 1), ("only", 1, 0)])
def test_exercises(exercises: bool | str, of_exercise: int, of_real: int) -> None:
    asked: dict[str, Any] = {"kinds": ["seizure"]}
    for exercise, expected in ((True, of_exercise), (False, of_real)):
        alert = alert_on(make_report(exercise=exercise), exercises, **asked)
        assert (alert is not None) == bool(expected)
        assert alert is None or alert["exercise"] is exercise


def test_the_content_names_the_owner_the_grade_the_marks_and_the_place_as_the_gazetteer_knows_it() -> None:
    when = {"start": "2026-03-01T06:00:00.000Z", "end": "2026-03-02T06:00:00.000Z", "precision": "day"}
    span = {**when, "zone": "UTC", "zone_from": "record"}
    alert = alert_on(make_report(place=LAREDO, when=span, when_of="occurred"), kinds=["seizure"])
    assert alert["subject"] == {
        "kind": "report",
        "id": make_report()["id"],
        "agency": "fiction-agency",
        "report_id": "F-1",
    }
    assert alert["grade"] == {"reliability": "B", "credibility": "2"}
    assert alert["handling"] == {"tlp": "GREEN", "releasable_to": ["joint"]}
    assert alert["place"] == {name: LAREDO[name] for name in ("name", "country", "state", "corridor")}
    assert (alert["when"], alert["agencies"]) == (when["start"], ["fiction-agency"])
    assert "lead, not proof" in alert["caution"]["en"]
    # The publisher's own words for a place may be an address; and when a record came in is no time of the event.
    bare = alert_on(
        make_report(place={"kind": "unresolved", "name": "12 Muestra St"}, when=span, when_of="received"),
        kinds=["seizure"],
    )
    assert "place" not in bare
    assert "when" not in bare
    assert "Words that no alert may hold" not in str(alert)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1000.0, "1,000"),
        (12.5, "12.5"),
        (0.001, "0.001"),
        (1e6, "1,000,000"),
        (2.26796, "2.268"),
        (0.00025, "0.00025"),
        (3e-9, "0.000000003"),
        (0.5, "0.5"),
        (0.0, "0"),
    ],
)
def test_figures_are_written_for_a_reader(value: float, written: str) -> None:
    assert write_number(value) == written


def test_corridors_are_written_for_a_reader() -> None:
    assert name_corridor("san_luis-san_luis_rio_colorado") == "San Luis - San Luis Rio Colorado"
