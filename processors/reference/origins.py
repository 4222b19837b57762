"""Who texts are copied from: wire agencies and the authorities that issue releases."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml

__all__ = ["Source", "load_origins"]

_PATH = Path(__file__).parent / "data" / "origins.yaml"


class Source(NamedTuple):
    """A wire agency or an issuer of releases.

    `credited`: its name is enough behind "con información de"; `is_numbered`: a number names one of its releases.
    """

    id: str
    name: str
    is_wire: bool
    credited: bool
    is_numbered: bool


@cache
def load_origins(path: Path = _PATH) -> Mapping[str, Source]:
    """Each folded name or acronym with its source.

    Raises `ReferenceDataError` if an entry is incomplete or two share a name.
    """
    tree = read_yaml(path)
    named: dict[str, Source] = {}
    for group in ("wires", "issuers"):
        for entry in tree.get(group, ()):
            try:
                source = Source(
                    entry["id"], entry["name"], group == "wires", "credit" not in entry, "numbered" not in entry
                )
                written = entry["written"]
            except (KeyError, TypeError, AttributeError) as error:
                raise ReferenceDataError(
                    f"An entry of {group} in {path} lacks its id, name or written forms."
                ) from error
            for name in written:
                if named.setdefault(name, source) != source:
                    raise ReferenceDataError(f"Two origins in {path} are both written {name!r}: keep one.")
    return named
