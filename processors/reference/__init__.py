"""Reference data: units, substances, words and places, loaded once, with a version that goes on every report.

The files lie in `data/`; each cites its sources. A worker loads them when it is built and hands them down as a value.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from processors.reference.commodities import Commodities, load_commodities
from processors.reference.errors import ReferenceDataError
from processors.reference.firearms import Firearms, load_firearms
from processors.reference.gazetteer import Gazetteer, load_gazetteer
from processors.reference.goods_words import GoodsWords, load_goods_words
from processors.reference.organisations import Organisations, load_organisations
from processors.reference.person_names import PersonNames, load_person_names
from processors.reference.phones import PHONES_VERSION
from processors.reference.placeholders import Placeholders, load_placeholders
from processors.reference.places import PlaceTables, load_places
from processors.reference.plates import Plates, load_plates
from processors.reference.units import Units, load_units
from processors.reference.watch_list import WatchList, load_watch_list
from processors.reference.words import Words, load_words
from processors.reference.zones import ZONES_VERSION

__all__ = ["DATA_FOLDER", "Reference", "ReferenceDataError", "default_reference", "load_reference"]

DATA_FOLDER = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """All reference data. `version` hashes the files' bytes and the releases of the time zones and numbering plans.

    Compared and hashed as an object, so that a cache may be keyed by it.
    """

    units: Units
    commodities: Commodities
    directions: Words
    modes: Words
    regions: Words
    places: PlaceTables
    placeholders: Placeholders
    gazetteer: Gazetteer
    goods_words: GoodsWords
    plates: Plates
    firearms: Firearms
    person_names: PersonNames
    organisations: Organisations
    watch_list: WatchList
    version: str


def load_reference(folder: Path = DATA_FOLDER) -> Reference:
    """Read all files of a folder; raises `ReferenceDataError` if one is missing or contradicts itself."""
    words = folder / "words.yaml"
    try:
        return Reference(
            load_units(folder / "units.yaml"),
            load_commodities(folder / "substances.yaml"),
            load_words(words, "direction"),
            load_words(words, "mode"),
            load_words(words, "region"),
            load_places(folder),
            load_placeholders(folder / "placeholders.yaml"),
            load_gazetteer(folder),
            load_goods_words(folder / "goods_words.yaml"),
            load_plates(folder),
            load_firearms(folder / "firearms.yaml"),
            load_person_names(folder),
            load_organisations(folder / "organisations.yaml"),
            load_watch_list(folder / "watch_list.csv"),
            _hash_files(folder),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ReferenceDataError(f"A file in {folder} lacks {error}: restore it from the release.") from error


def _hash_files(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".yaml"}:
            raw = path.read_bytes()
            digest.update(f"{path.name}:{len(raw)}:".encode() + raw)
    digest.update(f"{ZONES_VERSION}/{PHONES_VERSION}".encode())
    return digest.hexdigest()


@cache
def default_reference() -> Reference:
    """The reference data that ships with the project."""
    return load_reference()
