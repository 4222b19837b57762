"""What the tests of mappings share: a small invented mapping, and short ways to run it."""

import io
from collections.abc import Sequence
from typing import Any

import orjson
from hypothesis import strategies as st

from streams.mapping import (
    Mapped,
    MappedEvent,
    Mapping,
    RefusedRow,
    Table,
    map_rows,
)
from streams.mapping.tables import read_csv

BASE: dict[str, Any] = {
    "name": "fictional",
    "source": "invented for this test",
    "columns": {
        "Folio": {"to": "incident_number", "type": "id", "empty": ["S/N"]},
        "Fecha": {"to": "seized", "type": "moment", "formats": ["%d/%m/%Y", "%m/%Y"], "zone": "America/Mexico_City"},
        "Lugar": {"to": "place.as_written", "required": True},
        "Droga": {
            "to": ["items[].description",
                   {"field": "items[].name", "values": {"CRISTAL": "metanfetamina"}, "otherwise": "keep"}],
            "required": True,
        },
        "Kilos": {"to": "items[].quantity.value", "type": "number", "unit": "kg"},
    },
    "constants": {"items[].kind": "substance", "place.country": "MX"},
    "report_id": {"template": "{Folio}"},
    "table": {"separator": ";", "decimal": ",", "thousands": "."},
}  # fmt: skip
HEADING = "Folio;Fecha;Lugar;Droga;Kilos"


def mapping(**changes: Any) -> Mapping:
    return Mapping.model_validate({**BASE, **changes}, strict=False)


def table(rows: Sequence[str], rules: Mapping, heading: str = HEADING, source: str = "t.csv") -> Table:
    text = io.StringIO("\n".join([heading, *rows]) + "\n", newline="")
    return Table(source, *read_csv(text, rules.table))


def run(rows: Sequence[str], rules: Mapping, **options: Any) -> list[Mapped]:
    return list(map_rows(rules, table(rows, rules), **options))


def events(results: Sequence[Mapped]) -> list[dict[str, Any]]:
    return [orjson.loads(result.parsed.canonical) for result in results if isinstance(result, MappedEvent)]


def refused(results: Sequence[Mapped]) -> list[tuple[int, str, str]]:
    return [(r.line, r.column, r.reasons[0].code) for r in results if isinstance(r, RefusedRow)]


rows_of_a_table = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "S/N", ""]),
        st.just("07/04/2024"),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["goma", "polvo", ""]),
        st.sampled_from(["1", "2,5", "", "x"]),
    ).map(";".join),
    max_size=9,
)
