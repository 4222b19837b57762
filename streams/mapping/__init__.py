"""Tables of partners as events: a mapping file (YAML) says which column fills which field."""

from streams.mapping.grouping import SplitGroup
from streams.mapping.loading import load_mapping, shipped_mappings
from streams.mapping.mapper import Mapped, MappedEvent, map_rows, map_tables
from streams.mapping.model import Mapping
from streams.mapping.repair import write_refusals
from streams.mapping.rows import RefusedRow
from streams.mapping.tables import Row, Table, open_table

__all__ = [
    "Mapped",
    "MappedEvent",
    "Mapping",
    "RefusedRow",
    "Row",
    "SplitGroup",
    "Table",
    "load_mapping",
    "map_rows",
    "map_tables",
    "open_table",
    "shipped_mappings",
    "write_refusals",
]
