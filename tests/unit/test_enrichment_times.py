"""Times: expected instants are worked out by hand from the calendar and the zones' published rules."""

import calendar
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.enrichment.moments import BadMomentError, read_moment
from processors.reference.zones import find_zone
from streams.contracts import MONTHS, Moment
from streams.registry import default_registry
from tests.unit.enriching import enrich, facts_of

NARRATIVE = {"narrative": {"text": "Fictional."}}

ZONES = ["America/Tijuana", "America/New_York", "America/Mexico_City", "America/Chicago", "UTC", "-07:00", "+05:30"]

LOCAL_AGENCY = next(agency.id for agency in default_registry().values() if agency.level not in {"federal", "press"})


def interval(agency_zone: str = "America/New_York", **moment: Any) -> tuple[str, str]:
    read = read_moment(Moment(**moment), agency_zone)
    return read.start.isoformat(), read.end.isoformat()


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        # New York keeps UTC-4 from 10 March to 3 November 2024 and UTC-5 otherwise.
        ({"value": "2024"}, "2024-01-01T05:00:00+00:00", "2025-01-01T05:00:00+00:00"),
        ({"value": "2024-03"}, "2024-03-01T05:00:00+00:00", "2024-04-01T04:00:00+00:00"),
        ({"value": "2024-12"}, "2024-12-01T05:00:00+00:00", "2025-01-01T05:00:00+00:00"),
        ({"value": "2024-02-29"}, "2024-02-29T05:00:00+00:00", "2024-03-01T05:00:00+00:00"),
        ({"value": "2024-03-10"}, "2024-03-10T05:00:00+00:00", "2024-03-11T04:00:00+00:00"),  # 23 hours
        ({"value": "2024-11-03"}, "2024-11-03T04:00:00+00:00", "2024-11-04T05:00:00+00:00"),  # 25 hours
        ({"value": "2024-07-04T13"}, "2024-07-04T17:00:00+00:00", "2024-07-04T18:00:00+00:00"),
        ({"value": "2024-07-04T13:05"}, "2024-07-04T17:05:00+00:00", "2024-07-04T17:06:00+00:00"),
        ({"value": "2024-07-04T13:05:07"}, "2024-07-04T17:05:07+00:00", "2024-07-04T17:05:08+00:00"),
        ({"value": "2024-07-04T13:05:07.250"}, "2024-07-04T17:05:07+00:00", "2024-07-04T17:05:08+00:00"),
        ({"value": "2024-07-04T13:05", "precision": "hour"}, "2024-07-04T17:00:00+00:00", "2024-07-04T18:00:00+00:00"),
        ({"value": "2024-07-04T13:05", "precision": "year"}, "2024-01-01T05:00:00+00:00", "2025-01-01T05:00:00+00:00"),
        # The offset fixes the instant ...
        ({"value": "2024-07-04T13:05Z"}, "2024-07-04T13:05:00+00:00", "2024-07-04T13:06:00+00:00"),
        ({"value": "2024-07-04T13:05-07:00"}, "2024-07-04T20:05:00+00:00", "2024-07-04T20:06:00+00:00"),
        # ... and the day is cut in its clock: 23:30 at -07:00 is the 4th there.
        (
            {"value": "2024-07-04T23:30-07:00", "precision": "day"},
            "2024-07-04T07:00:00+00:00",
            "2024-07-05T07:00:00+00:00",
        ),
        # With a zone beside it, in the zone's: 23:30 at -07:00 is 01:30 on the 5th in Chicago (UTC-5 in July).
        (
            {"value": "2024-07-04T23:30-07:00", "precision": "day", "zone": "America/Chicago"},
            "2024-07-05T05:00:00+00:00",
            "2024-07-06T05:00:00+00:00",
        ),
        # U.S. fiscal years begin in October of the year before.
        ({"fiscal_year": 2019, "month": "OCT"}, "2018-10-01T04:00:00+00:00", "2018-11-01T04:00:00+00:00"),
        ({"fiscal_year": 2019, "month": "SEP"}, "2019-09-01T04:00:00+00:00", "2019-10-01T04:00:00+00:00"),
        ({"fiscal_year": 2024, "month": "DEC"}, "2023-12-01T05:00:00+00:00", "2024-01-01T05:00:00+00:00"),
        ({"fiscal_year": 2024, "month": "JAN"}, "2024-01-01T05:00:00+00:00", "2024-02-01T05:00:00+00:00"),
        ({"fiscal_year": 2024}, "2023-10-01T04:00:00+00:00", "2024-10-01T04:00:00+00:00"),
        (
            {"fiscal_year": 2024, "month": "OCT", "precision": "year"},
            "2023-10-01T04:00:00+00:00",
            "2024-10-01T04:00:00+00:00",
        ),
    ],
)
def test_moments(moment: dict[str, Any], start: str, end: str) -> None:
    assert interval(**moment) == (start, end)


def test_a_time_that_the_clocks_skipped_is_read_with_the_offset_before() -> None:
    # Tijuana went from 02:00 PST (UTC-8) to 03:00 PDT on 10 March 2024: 02:30 never came; read as PST it is 10:30 UTC.
    assert interval("America/Tijuana", value="2024-03-10T02:30") == (
        "2024-03-10T10:30:00+00:00",
        "2024-03-10T10:31:00+00:00",
    )


def test_a_time_that_came_twice_spans_both() -> None:
    # 01:30 on 3 November 2024 came at 08:30 UTC (PDT) and at 09:30 UTC (PST).
    assert interval("America/Tijuana", value="2024-11-03T01:30") == (
        "2024-11-03T08:30:00+00:00",
        "2024-11-03T09:31:00+00:00",
    )
    # With an offset there is no doubt.
    assert interval("America/Tijuana", value="2024-11-03T01:30-08:00") == (
        "2024-11-03T09:30:00+00:00",
        "2024-11-03T09:31:00+00:00",
    )


def test_a_day_whose_end_the_clocks_skipped_ends_where_the_next_begins() -> None:
    # Tijuana's first clock change came at 07:00 UTC on 1 January 1922, 23:11:56 of its local mean time.
    assert interval("America/Tijuana", value="1921-12-31")[1] == "1922-01-01T07:00:00+00:00"
    assert interval("America/Tijuana", value="1922-01-01")[0] == "1922-01-01T07:00:00+00:00"


def test_mexico_gave_up_summer_time_but_its_border_strip_did_not() -> None:
    july = {"value": "2024-07-01T12:00"}
    assert interval("America/Mexico_City", **july)[0] == "2024-07-01T18:00:00+00:00"
    assert interval("America/Tijuana", **july)[0] == "2024-07-01T19:00:00+00:00"
    assert interval("America/Matamoros", **july)[0] == "2024-07-01T17:00:00+00:00"
    assert interval("America/Mexico_City", value="2022-07-01T12:00")[0] == "2022-07-01T17:00:00+00:00"


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ({"value": "2023-02-29"}, "absurd_time"),
        ({"value": "2023-13"}, "absurd_time"),
        ({"value": "2023-00"}, "absurd_time"),
        ({"value": "0000"}, "absurd_time"),
        ({"value": "9999-12-31"}, "absurd_time"),
        ({"value": "2023-01-01T24:30"}, "absurd_time"),
        ({"value": "2023-01-01T10:61"}, "absurd_time"),
        ({"value": "2023-01-01T10:00", "zone": "Mars/Olympus"}, "unknown_zone"),
        ({"value": "2023-01-01T10:00", "zone": "+15:00"}, "unknown_zone"),
        ({"value": "2023-01-01T10:00-10:75"}, "unknown_zone"),
    ],
)
def test_moments_that_are_none(moment: dict[str, Any], code: str) -> None:
    with pytest.raises(BadMomentError) as caught:
        read_moment(Moment(**moment), "America/New_York")
    assert caught.value.code == code


def test_the_zone_says_where_it_comes_from() -> None:
    times = facts_of(
        {"occurred": {"value": "2024-04-07T13:05", "zone": "America/Tijuana"}, "reported": {"value": "2024-04-08"}},
        agency="fgr",
    )["times"]
    assert times["occurred"] == {
        "start": "2024-04-07T20:05:00.000Z",
        "end": "2024-04-07T20:06:00.000Z",
        "precision": "minute",
        "zone": "America/Tijuana",
        "zone_from": "record",
    }
    assert (times["reported"]["zone"], times["reported"]["zone_from"]) == ("America/Mexico_City", "agency")


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        (("occurred", "seized", "period", "reported"), "occurred"),
        (("seized", "period", "reported"), "seized"),
        (("period", "reported"), "period"),
        (("reported",), "reported"),
    ],
)
def test_the_time_to_sort_by(given: tuple[str, ...], chosen: str) -> None:
    days = {"occurred": "2024-04-01", "seized": "2024-04-02", "period": "2024-04", "reported": "2024-04-04"}
    facts = facts_of({name: {"value": days[name]} for name in given})
    assert facts["when_of"] == chosen
    assert facts["when"] == facts["times"][chosen]


def test_without_any_time_it_is_the_receipt() -> None:
    facts = facts_of({})
    assert facts["times"] == {}
    assert facts["when_of"] == "received"
    assert facts["when"] == {
        "start": "2025-06-01T12:00:00.000Z",
        "end": "2025-06-01T12:00:01.000Z",
        "precision": "second",
        "zone": "UTC",
        "zone_from": "broker",
    }


def test_news_has_its_publication_and_a_case_its_occurrence() -> None:
    news = {"outlet": "El Ejemplo Ficticio", "title": "Nota ficticia", "published": {"value": "2024-05-01"}}
    report = enrich(news, agency="press", event_type="puente.news.v1")
    assert (report["kind"], report["facts"]["when_of"]) == ("news", "published")
    case = {"kind": "arrest", "occurred": {"value": "2024-05-01"}, "reported": {"value": "2024-05-02"}}
    report = enrich(case, agency="hsi", event_type="puente.case.v1")
    assert (report["kind"], report["facts"]["when_of"]) == ("case", "occurred")
    assert sorted(report["facts"]["times"]) == ["occurred", "reported"]


def test_totals_keep_their_basis() -> None:
    facts = facts_of({"count_basis": "period_total", "period": {"value": "2024-04"}, "event_count": 4})
    assert (facts["count_basis"], facts["event_count"]) == ("period_total", 4)
    facts = facts_of({})
    assert facts["count_basis"] == "incident"
    assert "event_count" not in facts


@given(year=st.integers(1901, 2099), month=st.sampled_from(MONTHS), zone=st.sampled_from(ZONES))
def test_fiscal_months_are_calendar_months(year: int, month: str, zone: str) -> None:
    number = MONTHS.index(month) + 1
    calendar_year = year - 1 if month in {"OCT", "NOV", "DEC"} else year
    fiscal = read_moment(Moment(fiscal_year=year, month=month), zone)  # type: ignore[arg-type]
    plain = read_moment(Moment(value=f"{calendar_year}-{number:02}"), zone)
    assert (fiscal.start, fiscal.end) == (plain.start, plain.end)
    days = calendar.monthrange(calendar_year, number)[1]
    assert abs((fiscal.end - fiscal.start) - timedelta(days=days)) <= timedelta(hours=2)


@given(year=st.integers(1901, 2098), zone=st.sampled_from(ZONES))
def test_the_months_of_a_fiscal_year_fill_it_without_gap(year: int, zone: str) -> None:
    order = [*MONTHS[9:], *MONTHS[:9]]
    months = [read_moment(Moment(fiscal_year=year, month=month), zone) for month in order]
    whole = read_moment(Moment(fiscal_year=year), zone)
    assert months[0].start == whole.start
    assert months[-1].end == whole.end
    assert all(one.end == other.start for one, other in pairwise(months))


@given(
    instant=st.datetimes(datetime(1930, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(["America/Tijuana", "America/Denver", "America/Phoenix", "Australia/Lord_Howe", "UTC"]),
    written=st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    agency=st.sampled_from(ZONES),
)
def test_the_interval_holds_the_instant(instant: datetime, zone: str, written: str, agency: str) -> None:
    # The machine's own zones may be of another release: Tijuana in 1975 differs between two of them.
    value = instant.astimezone(find_zone(zone)).strftime(written)
    read = read_moment(Moment(value=value, zone=zone), agency)
    assert read.start < read.end
    assert read.start <= instant < read.end


@given(instant=st.datetimes(datetime(1930, 1, 1), datetime(2090, 1, 1)), precision=st.sampled_from(
    ["year", "month", "day", "hour", "minute", "second"]), zone=st.none() | st.sampled_from(ZONES))  # fmt: skip
def test_a_coarser_precision_still_holds_the_instant(instant: datetime, precision: Any, zone: str | None) -> None:
    moment = Moment(value=instant.strftime("%Y-%m-%dT%H:%M:%S") + "-06:00", precision=precision, zone=zone)
    read = read_moment(moment, "America/Chicago")
    exact = (instant.replace(microsecond=0) + timedelta(hours=6)).replace(tzinfo=UTC)
    assert read.start <= exact < read.end
    assert read.precision == precision


OTAY_MESA = {"port_of_entry": "Otay Mesa"}


@pytest.mark.parametrize(
    ("place", "zone", "start"),
    [
        # 13:05 on 1 March is 21:05 UTC at UTC-8, 20:05 at UTC-7, 19:05 at UTC-6, 18:05 at UTC-5.
        (OTAY_MESA, "America/Los_Angeles", "21:05"),
        ({**OTAY_MESA, "latitude": 32.55, "longitude": -116.94}, "America/Los_Angeles", "21:05"),
        ({"port_of_entry": "Douglas"}, "America/Phoenix", "20:05"),
        ({"port_of_entry": "Santa Teresa"}, "America/Denver", "20:05"),
        ({"port_of_entry": "Tornillo"}, "America/Denver", "20:05"),
        ({"port_of_entry": "Presidio"}, "America/Chicago", "19:05"),
        ({"state": "California"}, "America/Los_Angeles", "21:05"),
        ({"state": "Sonora"}, "America/Hermosillo", "20:05"),
    ],
)
def test_a_time_without_a_zone_is_read_in_the_place_s(place: dict[str, Any], zone: str, start: str) -> None:
    report = enrich({**NARRATIVE, "seized": {"value": "2025-03-01T13:05"}, "place": place})
    seized = report["facts"]["times"]["seized"]
    assert (seized["start"], seized["precision"]) == (f"2025-03-01T{start}:00.000Z", "minute")
    assert (seized["zone"], seized["zone_from"]) == (zone, "place")
    [origin] = [origin for origin in report["provenance"] if origin["fact"] == "times.seized"]
    assert origin["rule"] == "enrich_times:calendar_zone_of_place"
    assert origin["fields"] == ["seized", "place"]


@pytest.mark.parametrize("place", [{"state": "Texas"}, {"state": "Tamaulipas"}, {"office": "Laredo Sector"}])
def test_a_place_that_spans_zones_leaves_the_agency_s_and_says_that_it_is_a_guess(place: dict[str, Any]) -> None:
    report = enrich(
        {**NARRATIVE, "seized": {"value": "2025-03-01T13:05"}, "occurred": {"value": "2025-03-01"}, "place": place}
    )
    seized = report["facts"]["times"]["seized"]
    assert (seized["start"], seized["zone_from"]) == ("2025-03-01T18:05:00.000Z", "agency")
    rules = {origin["fact"]: origin["rule"] for origin in report["provenance"]}
    assert rules["times.seized"] == "enrich_times:calendar_zone_guessed_from_agency"
    assert rules["times.occurred"] == "enrich_times:calendar"


def test_the_record_s_zone_outranks_the_place_s() -> None:
    for value in ({"value": "2025-03-01T13:05", "zone": "UTC"}, {"value": "2025-03-01T13:05Z"}):
        seized = facts_of({"seized": value, "place": OTAY_MESA})["times"]["seized"]
        assert (seized["start"], seized["zone_from"]) == ("2025-03-01T13:05:00.000Z", "record")


def test_a_period_keeps_the_agency_s_zone_so_that_totals_share_boundaries() -> None:
    event = {"period": {"value": "2025-03"}, "count_basis": "period_total", "place": OTAY_MESA}
    period = facts_of(event)["times"]["period"]
    assert (period["start"], period["zone_from"]) == ("2025-03-01T05:00:00.000Z", "agency")


def test_a_local_agency_s_zone_is_no_guess() -> None:
    report = enrich({**NARRATIVE, "seized": {"value": "2025-03-01T13:05"}}, agency=LOCAL_AGENCY)
    [origin] = [origin for origin in report["provenance"] if origin["fact"] == "times.seized"]
    assert origin["rule"] == "enrich_times:calendar"
