"""The real data of the demo: seizure figures of U.S. Customs and Border Protection (`deploy/demo/data/SOURCES.md`)."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["CBP_SOURCES", "DATA", "Source"]

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Source:
    """Files that are published together, as which agency and through which mapping."""

    files: tuple[Path, ...]
    agency: str
    mapping: str


CBP_SOURCES = (
    Source(tuple(sorted(DATA.glob("cbp_drug_seizures_*"))), "cbp", "cbp_drugs"),
    Source(tuple(sorted(DATA.glob("cbp_weapons_seizures_*"))), "cbp", "cbp_weapons"),
)
