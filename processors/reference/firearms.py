"""Firearms by the words that agencies write: types, makes, models, calibres, and what says that there is no serial."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold

__all__ = ["Firearms", "Make", "Model", "fold_calibre", "load_firearms"]

_SIGNS = str.maketrans({"×": "x", "*": "x"})
_AROUND = " \t\r\n,;:()-"
_STEPS = (
    ((",",), re.compile(r"(?<=\d),(?=\d)"), "."),
    (("cal", "bore", "de"), re.compile(r"\b(?:calibre|caliber|cal|bore|de)\b\.?"), " "),
    (
        ("mm", "milim", "millim"),
        re.compile(r"\s*\b(?:mm|milimetros?|millimet(?:er|re)s?)\b\.?|(?<=\d)\s*mm\b\.?"),
        "mm",
    ),
    (("x", "por", "by"), re.compile(r"(?<=\d)(?:mm)?\s*(?:x|por|by)\s*(?=\d)"), "x"),
    (("0.",), re.compile(r"(?<![\d.])0\.(?=\d{2,3}(?!\d))"), "."),
    (("/",), re.compile(r"\s*/\s*"), "/"),
)
"""From what agencies write to one spelling, in this order: signs of which one at least stands in all that the
expression finds, the expression, and what is put. Every serial number is tried as a calibre, and has none of the signs.
"""
_LOOSE = re.compile(r"\d{2,3}(?:[ -].*)?|\d{2}-\d{2}")


def fold_calibre(written: str) -> str:
    """One spelling of a calibre: `Cal. 9 mm` -> `9mm`, `762 por 39` -> `762x39`, `5,56 x 45 mm` -> `5.56x45mm`."""
    if written.isascii():
        # Composed as it is.
        text = written.replace("*", "x").lower()
    else:
        decomposed = unicodedata.normalize("NFKD", written.translate(_SIGNS)).lower()
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    for signs, pattern, by in _STEPS:
        if any(sign in text for sign in signs):
            text = pattern.sub(by, text)
    # The dot in front of ".38" belongs to it.
    return " ".join(text.strip(_AROUND).rstrip("." + _AROUND).split())


class Make(NamedTuple):
    """A maker; `country` is ISO 3166; `is_distinct`: its name means nothing else."""

    make: str
    country: str
    is_distinct: bool
    source: str


class Model(NamedTuple):
    """A model, its maker (None where many make it), type and usual calibres; `needs` is `nothing`, `gun` or `make`."""

    model: str
    make: str | None
    type: str
    calibres: tuple[str, ...]
    needs: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Firearms:
    """All of `firearms.yaml`; keys are folded, those of calibres by `fold_calibre`.

    `models` has several rows under a name that several makers use. `serial_words` are why a serial can't be read.
    """

    types: Mapping[str, str]
    narrower: Mapping[str, frozenset[str]]
    makes: Mapping[str, Make]
    models: Mapping[str, tuple[Model, ...]]
    calibres: Mapping[str, str]
    privately_made: frozenset[str]
    converted: frozenset[str]
    conversion_devices: frozenset[str]
    obliterated_phrases: frozenset[str]
    serial_words: Mapping[str, frozenset[str]]
    source: str

    def read_type(self, written: str) -> str | None:
        """The type's code; of several words the last known part counts: "semi-auto pistol" is a pistol."""
        return _read_type(self, written)

    def read_make(self, written: str) -> Make | None:
        """The maker that a field names, also with words behind it ("Glock Ges.m.b.H.")."""
        return _read_make(self, written)

    def read_model(self, written: str, make: str | None) -> Model | None:
        """The model that a field names; one that is only known of one maker needs that maker beside it, or in front."""
        return _read_model_name(self, written, make)

    def find_words(self, written: str) -> frozenset[str]:
        """Which of `privately_made`, `converted` and `conversion_device` a field says in words."""
        return _find_words(self, written)

    def read_calibre(self, written: str) -> str | None:
        """The calibre's code, or None if it is not known."""
        return _read_calibre(self, written)


# Agencies repeat the same few words: without these caches two firearms cost enrichment 79 us.
@lru_cache(maxsize=4096)
def _read_type(firearms: Firearms, written: str) -> str | None:
    words = fold(written).split()
    for first in range(len(words)):
        if (found := firearms.types.get(" ".join(words[first:]))) is not None:
            return found
    for after in range(len(words) - 1, 0, -1):
        if (found := firearms.types.get(" ".join(words[:after]))) is not None:
            return found
    return None


@lru_cache(maxsize=4096)
def _read_make(firearms: Firearms, written: str) -> Make | None:
    words = fold(written).split()
    for after in range(len(words), 0, -1):
        if (found := firearms.makes.get(" ".join(words[:after]))) is not None:
            return found
    return None


@lru_cache(maxsize=4096)
def _read_model_name(firearms: Firearms, written: str, make: str | None) -> Model | None:
    words = fold(written).split()
    if len(words) > 1 and (maker := firearms.makes.get(words[0])) is not None:
        words, make = words[1:], maker.make
    for one in firearms.models.get(" ".join(words), ()):
        if one.make == make or (one.needs != "make" and (one.make is None or make is None)):
            return one
    return None


@lru_cache(maxsize=4096)
def _find_words(firearms: Firearms, written: str) -> frozenset[str]:
    folded = f" {fold(written)} "
    kinds = {
        "privately_made": firearms.privately_made,
        "converted": firearms.converted,
        "conversion_device": firearms.conversion_devices,
    }
    return frozenset(kind for kind, words in kinds.items() if any(f" {word} " in folded for word in words))


@lru_cache(maxsize=4096)
def _read_calibre(firearms: Firearms, written: str) -> str | None:
    key = fold_calibre(written)
    calibres = firearms.calibres
    if key in calibres:
        return calibres[key]
    # "38 super", "calibre 50", "45": the dot is often left out.
    return calibres.get("." + key) if _LOOSE.fullmatch(key) else None


def load_firearms(path: Path) -> Firearms:
    """Read `firearms.yaml`; raises `ReferenceDataError` where a name stands twice or a row cites no source."""
    tree = read_yaml(path)
    for part in ("types", "makes", "models", "calibres"):
        for row in tree[part]:
            if not row.get("source"):
                raise ReferenceDataError(f"A row under {part} in {path} cites no source: {row}.")
    types: dict[str, str] = {}
    for row in tree["types"]:
        _add(types, map(fold, row["names"]), row["type"], path)
    makes: dict[str, Make] = {}
    for row in tree["makes"]:
        make = Make(row["make"], row["country"], row["text"] == "distinct", row["source"])
        _add(makes, map(fold, row["names"]), make, path)
    calibres: dict[str, str] = {}
    for row in tree["calibres"]:
        _add(calibres, (fold_calibre(str(name)) for name in row["names"]), str(row["code"]), path)
    codes = set(calibres.values())
    models: dict[str, tuple[Model, ...]] = {}
    known = {make.make for make in makes.values()}
    for row in tree["models"]:
        model = _read_model(row, codes, known, path)
        for name in dict.fromkeys(fold(str(name)) for name in row["names"]):
            there = models.get(name, ())
            if any(one.make == model.make for one in there):
                raise ReferenceDataError(f"The model name {name!r} stands twice for one maker in {path}: keep one.")
            models[name] = (*there, model)
    return Firearms(
        types,
        {kind: frozenset(kinds) for kind, kinds in tree["narrower"].items()},
        makes,
        models,
        calibres,
        _fold_all(tree["privately_made"]),
        _fold_all(tree["converted"]),
        _fold_all(tree["conversion_devices"]),
        _fold_all(tree["obliterated_phrases"]),
        {reason: _fold_all(words) for reason, words in tree["serial_words"].items()},
        tree["source"],
    )


def _add(names: dict[str, Any], keys: Iterable[str], value: object, path: Path) -> None:
    for key in keys:
        if not key or names.get(key, value) != value:
            raise ReferenceDataError(f"The name {key!r} of a firearm stands twice in {path}: keep one.")
        names[key] = value


def _read_model(row: Mapping[str, Any], codes: set[str], makes: set[str], path: Path) -> Model:
    calibres = tuple(str(calibre) for calibre in row.get("calibres", ()))
    make = row.get("make")
    if not codes.issuperset(calibres) or (make is not None and make not in makes):
        raise ReferenceDataError(f"The model {row['model']!r} has an unknown maker or calibre: correct {path}.")
    if row["needs"] not in {"nothing", "gun", "make"}:
        raise ReferenceDataError(f"The model {row['model']!r} has an unknown need {row['needs']!r}: correct {path}.")
    return Model(str(row["model"]), make, row["type"], calibres, row["needs"], row["source"])


def _fold_all(words: Iterable[object]) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in words)
