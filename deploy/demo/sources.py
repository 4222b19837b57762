"""What the demo publishes: real CBP figures (`deploy/demo/data/SOURCES.md`), an invented story, invented briefings."""

from dataclasses import dataclass
from pathlib import Path

from deploy.demo.briefings import BRIEFINGS_FILE
from deploy.demo.make_scenario import SCENARIO_FILE

__all__ = ["BRIEFINGS", "CBP_SOURCES", "DATA", "STORY", "Source"]

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Source:
    """Files that are published together, as which agency and through which mapping; events name theirs themselves."""

    files: tuple[Path, ...]
    agency: str | None = None
    mapping: str | None = None


CBP_SOURCES = (
    Source(tuple(sorted(DATA.glob("cbp_drug_seizures_*"))), "cbp", "cbp_drugs"),
    Source(tuple(sorted(DATA.glob("cbp_weapons_seizures_*"))), "cbp", "cbp_weapons"),
)
STORY = Source((SCENARIO_FILE,))
BRIEFINGS = Source((BRIEFINGS_FILE,))
