"""The table of substances: rows, names in English and Spanish, slang with the context that it needs, marks on pills."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml
from processors.reference.folding import fold
from streams.reports import Commodity

__all__ = ["CONTEXTS", "Meaning", "Role", "SlangReading", "SubstanceRow", "SubstanceTable", "load_substances"]

Meaning = tuple[Commodity, str]
"""Commodity and substance."""
Role = Literal["drug", "adulterant", "precursor", "reagent", "cutting_agent"]

CONTEXTS = ("none", "unit", "drug", "naming")
"""What a slang term needs, weakest first, as `substances.yaml` explains; a reading's `context` is the index."""

_UNKNOWN: Meaning = ("drugs_unspecified", "unspecified")
_OTHER: Meaning = ("other_drug", "other")


class SubstanceRow(NamedTuple):
    """One substance. `international` is its INN or common IUPAC name, `cas` its CAS Registry Number, where known."""

    substance: str
    commodity: Commodity
    role: Role
    international: str | None
    cas: str | None
    source: str


class SlangReading(NamedTuple):
    """One meaning of a slang term, the context that it needs at least (index in `CONTEXTS`), language and source."""

    meaning: Meaning
    context: int
    language: Literal["en", "es"]
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class SubstanceTable:
    """All of `substances.yaml`; every key and word is folded.

    `plain` names mean their substance wherever they stand; `everyday` ones are everyday words too; `field_only` say
    something in a field alone ("unknown"). `marks` are pill marks and what such pills may be.
    """

    rows: Mapping[str, SubstanceRow]
    plain: Mapping[str, Meaning]
    everyday: Mapping[str, Meaning]
    field_only: Mapping[str, Meaning]
    slang: Mapping[str, tuple[SlangReading, ...]]
    marks: Mapping[str, tuple[Meaning, ...]]
    words: Mapping[str, frozenset[str]]
    source: str


def load_substances(path: Path) -> SubstanceTable:
    """Read `substances.yaml`; raises `ReferenceDataError` where it contradicts itself.

    Refused: an unknown commodity, a CAS number whose check digit is wrong, a name that stands twice, and a slang term
    that has two substances in one language without needing any context.
    """
    tree = read_yaml(path)
    rows: dict[str, SubstanceRow] = {}
    plain: dict[str, Meaning] = {}
    everyday: dict[str, Meaning] = {}
    slang: dict[str, list[SlangReading]] = {}
    for entry in tree["substances"]:
        row = _read_row(entry, path)
        if row.substance in rows:
            raise ReferenceDataError(f"The substance {row.substance!r} stands twice in {path}: keep one.")
        rows[row.substance] = row
        meaning = (row.commodity, row.substance)
        for language in ("en", "es"):
            _add_names(plain, entry.get(language, ()), meaning, path)
        _add_names(everyday, entry.get("everyday", ()), meaning, path)
        for group in entry.get("slang", ()):
            for term in group["terms"]:
                reading = SlangReading(meaning, _context(group, path), group["language"], group["source"])
                slang.setdefault(fold(str(term)), []).append(reading)
    unspecified = tree["unspecified"]
    _add_names(plain, unspecified["words"], _UNKNOWN, path)
    field_only: dict[str, Meaning] = {}
    _add_names(field_only, unspecified["names"], _UNKNOWN, path)
    _add_names(field_only, unspecified["other"], _OTHER, path)
    for name in (*everyday, *field_only):
        if name in plain or (name in everyday and name in field_only):
            raise ReferenceDataError(f"The substance name {name!r} stands twice in {path}: keep one.")
    _check_slang(slang, plain, path)
    words = ("pill_words", "unit_words", "naming_cues", "form_words", "cue_words", "matter_words", "mixture_words")
    return SubstanceTable(
        rows,
        plain,
        everyday,
        field_only,
        {term: tuple(readings) for term, readings in slang.items()},
        _read_marks(tree["marks"], rows),
        {name: _fold_all(tree[name]) for name in words} | {"mark_leading": _fold_all(tree["marks"]["leading"])},
        tree["source"],
    )


def _fold_all(words: Iterable[object]) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in words)


def _read_row(entry: Mapping[str, Any], path: Path) -> SubstanceRow:
    name = entry["substance"]
    if entry["commodity"] not in get_args(Commodity):
        raise ReferenceDataError(f"There is no commodity {entry['commodity']!r}: correct {path}.")
    if entry["role"] not in get_args(Role):
        raise ReferenceDataError(f"There is no role {entry['role']!r} of a substance: correct {path}.")
    cas = entry.get("cas")
    if cas is not None and not _is_cas(cas):
        raise ReferenceDataError(f"The CAS number {cas!r} of {name!r} is none: correct {path}.")
    if not entry.get("source"):
        raise ReferenceDataError(f"The substance {name!r} cites no source: correct {path}.")
    return SubstanceRow(
        name,
        cast(Commodity, entry["commodity"]),
        cast(Role, entry["role"]),
        entry.get("international"),
        cas,
        entry["source"],
    )


def _is_cas(number: str) -> bool:
    # CAS: the last digit is the sum of the others, each times its place from the right, modulo 10.
    digits = number.replace("-", "")
    parts = number.split("-")
    if [len(part) for part in parts[1:]] != [2, 1] or not digits.isascii() or not digits.isdigit():
        return False
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)) % 10 == int(digits[-1])


def _add_names(names: dict[str, Meaning], written: Iterable[object], meaning: Meaning, path: Path) -> None:
    folded = [fold(str(name)) for name in written]
    for at, name in enumerate(folded):
        # The two languages share spellings; one language has each once.
        if not name or name in folded[:at] or names.get(name, meaning) != meaning:
            raise ReferenceDataError(f"The substance name {name!r} stands twice in {path}: keep one.")
        names[name] = meaning


def _context(group: Mapping[str, Any], path: Path) -> int:
    if group["context"] not in CONTEXTS or group["language"] not in {"en", "es"} or not group["source"]:
        raise ReferenceDataError(f"A group of slang has no known context, language or source: {group}; correct {path}.")
    return CONTEXTS.index(group["context"])


def _check_slang(slang: Mapping[str, list[SlangReading]], plain: Mapping[str, Meaning], path: Path) -> None:
    for term, readings in slang.items():
        seen = {(reading.language, reading.meaning) for reading in readings}
        if len(seen) < len(readings) or not term:
            raise ReferenceDataError(f"The slang term {term!r} stands twice for one substance in {path}: keep one.")
        if term in plain:
            raise ReferenceDataError(f"{term!r} is a name and a slang term in {path}: keep one.")
        meanings = {reading.meaning for reading in readings}
        if len(meanings) > 1 and any(reading.context == 0 for reading in readings):
            raise ReferenceDataError(f"The slang term {term!r} has two substances and no context in {path}: add one.")


def _read_marks(tree: Mapping[str, Any], rows: Mapping[str, SubstanceRow]) -> dict[str, tuple[Meaning, ...]]:
    marks: dict[str, tuple[Meaning, ...]] = {}
    fake = rows["fentanyl"]
    for substance, written in tree["copied"].items():
        genuine = rows[substance]
        for mark in written:
            marks[fold(str(mark))] = ((fake.commodity, fake.substance), (genuine.commodity, genuine.substance))
    return marks
