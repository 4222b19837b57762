"""Direction, mode and flow."""

from typing import Any

import pytest

from tests.unit.enriching import facts_of

PORT = {"codes": [{"system": "cbp_port", "value": "2304"}]}
OFFICE = {"office": "TUCSON FIELD OFFICE"}
NORTHERN = {"office": "Detroit Field Office"}
INTERIOR = {"office": "Miami Field Office"}


def moved(
    direction: str | None, mode: str | None, place: dict[str, Any] | None, agency: str = "cbp"
) -> tuple[Any, ...]:
    fields = {"direction": direction, "mode": mode, "place": place}
    facts = facts_of({name: value for name, value in fields.items() if value is not None}, agency=agency)
    return facts["direction"], facts["mode"], facts.get("flow")


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("Land", "land"),
        ("Land Only", "land"),
        ("terrestre", "land"),
        ("Air", "air"),
        ("AÉREA", "air"),
        ("Sea", "sea"),
        ("marítimo", "sea"),
        ("ferrocarril", "rail"),
        ("Mail", "mail"),
        ("paquetería", "mail"),
        ("peatonal", "pedestrian"),
        ("Other", "other"),
        ("Desconocido", "unknown"),
        ("teleportation", "unknown"),
        (None, "unknown"),
    ],
)
def test_modes(written: str | None, mode: str) -> None:
    assert moved(None, written, None)[1] == mode


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("INBOUND", "inbound"),
        ("Outbound", "outbound"),
        ("entrada", "inbound"),
        ("Salida", "outbound"),
        ("OTHER", "unknown"),
        ("desconocida", "unknown"),
        ("sideways", "unknown"),
        ("northbound", "unknown"),  # of an interstate in Ohio, for all we know
        (None, "unknown"),
    ],
)
def test_directions(written: str | None, direction: str) -> None:
    assert moved(written, "Land", None)[0] == direction


@pytest.mark.parametrize(
    ("direction", "mode", "place", "flow"),
    [
        ("OUTBOUND", "Land", PORT, "southbound"),
        ("OUTBOUND", "Land", OFFICE, "southbound"),
        ("OUTBOUND", "Land", {"office": "Laredo Sector"}, "southbound"),
        ("INBOUND", "Land", OFFICE, "northbound"),
        ("OUTBOUND", "rail", PORT, "southbound"),
        ("OUTBOUND", "pedestrian", PORT, "southbound"),
        # outbound is not the same as southbound
        ("OUTBOUND", "Air", OFFICE, None),
        ("OUTBOUND", "Sea", OFFICE, None),
        ("OUTBOUND", "Mail", OFFICE, None),
        ("OUTBOUND", "Other", OFFICE, None),
        ("OUTBOUND", None, OFFICE, None),
        ("OUTBOUND", "Land", NORTHERN, None),
        ("OUTBOUND", "Land", INTERIOR, None),
        ("OUTBOUND", "Land", {"state": "Texas"}, None),
        ("OUTBOUND", "Land", None, None),
        ("OTHER", "Land", OFFICE, None),
        (None, "Land", OFFICE, None),
    ],
)
def test_flow(direction: str | None, mode: str | None, place: dict[str, Any] | None, flow: str | None) -> None:
    assert moved(direction, mode, place)[2] == flow


def test_a_point_of_the_compass_counts_at_the_border_alone() -> None:
    assert moved("southbound", "Land", PORT) == ("outbound", "land", "southbound")
    assert moved("hacia el norte", "terrestre", PORT) == ("inbound", "land", "northbound")
    assert moved("southbound", "Land", NORTHERN) == ("unknown", "land", None)


def test_a_mexican_agency_s_entry_leads_south() -> None:
    assert moved("entrada", "terrestre", PORT, "fgr") == ("inbound", "land", "southbound")
    assert moved("salida", "terrestre", PORT, "fgr") == ("outbound", "land", "northbound")
    assert moved("hacia el sur", "terrestre", PORT, "fgr") == ("inbound", "land", "southbound")
    assert moved("northbound", "Land", PORT, "fgr") == ("outbound", "land", "northbound")
