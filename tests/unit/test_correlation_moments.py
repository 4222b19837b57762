"""Local days worked out from offsets, against the calendar."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from processors.correlation.moments import local_day
from processors.reference.zones import find_zone

ZONES = st.sampled_from(
    [
        "America/Tijuana",
        "America/Mexico_City",
        "America/Chicago",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "-06:00",
        "Z",
    ]
)


@given(st.datetimes(datetime(1974, 1, 1), datetime(2100, 1, 1)), ZONES, st.booleans())
@example(datetime(2026, 3, 8, 10, 0), "America/Tijuana", True)  # the clocks go forward
@example(datetime(2026, 3, 5, 8, 0), "America/Tijuana", True)  # midnight
def test_a_local_day_is_that_of_the_calendar(moment: datetime, zone: str, exclusive: bool) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
    written = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    instant = moment - timedelta(milliseconds=1 if exclusive else 0)
    assert local_day(written, zone, exclusive=exclusive) == instant.astimezone(find_zone(zone)).date().isoformat()


def test_without_a_zone_it_is_utc() -> None:
    assert local_day("2026-03-02T23:59:59.999Z", "Nowhere/Town") == "2026-03-02"
