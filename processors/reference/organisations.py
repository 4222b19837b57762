"""Criminal organisations and agencies by the names that texts use for them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from processors.extraction.word_lists import WordList
from processors.reference.errors import ReferenceDataError
from processors.reference.files import read_yaml

__all__ = ["OrganisationKind", "OrganisationName", "Organisations", "Step", "load_organisations"]

OrganisationKind = Literal["criminal", "agency"]
_SECTIONS: tuple[tuple[str, OrganisationKind], ...] = (("criminal", "criminal"), ("agencies", "agency"))


class OrganisationName(NamedTuple):
    """One name: `words` folded; `capitals`: it counts in capitals alone; `needs_cue`: only beside a cue."""

    words: tuple[str, ...]
    kind: OrganisationKind
    id: str
    name: str
    capitals: bool
    needs_cue: bool


class Step(NamedTuple):
    """A node of the tree of names by their words: what ends here, and the words that may follow."""

    ends: tuple[OrganisationName, ...]
    following: "dict[str, Step]"


class Organisations(NamedTuple):
    """`by_word`: the names as a tree by their words (200 names begin with "fiscalía"), `firsts`: their first words;
    `cues` folded.
    """

    by_word: dict[str, Step]
    firsts: WordList
    cues: frozenset[str]
    source: str


def load_organisations(path: Path) -> Organisations:
    """Read `organisations.yaml`; raises `ReferenceDataError` where a name stands for two or a `part_of` for none."""
    from processors.extraction.texts import Text

    tree = read_yaml(path)
    found: dict[tuple[str, ...], OrganisationName] = {}
    ids: set[str] = set()
    for section, kind in _SECTIONS:
        for row in tree[section]:
            if row["id"] in ids:
                raise ReferenceDataError(f"The organisation {row['id']!r} stands twice in {path}: keep one.")
            ids.add(row["id"])
            for name, needs_cue in _names_of(row):
                words = tuple(word.plain for word in Text(name).words)
                other = found.get(words)
                if other is not None and other.id != row["id"]:
                    raise ReferenceDataError(f"{name!r} stands for {other.id} and {row['id']} in {path}: keep one.")
                if other is None:
                    capitals = len(words) == 1 and name.isupper()
                    found[words] = OrganisationName(words, kind, row["id"], row["name_en"], capitals, needs_cue)
    for row in tree["criminal"]:
        if row.get("part_of", row["id"]) not in ids:
            raise ReferenceDataError(f"{row['id']} is part of an unknown {row['part_of']!r} in {path}: correct it.")
    by_word = _grow(found)
    return Organisations(by_word, WordList(by_word), frozenset(tree["cues"]), tree["source"])


def _grow(names: Mapping[tuple[str, ...], OrganisationName]) -> dict[str, Step]:
    root: dict[str, Step] = {}
    for words, name in names.items():
        branch = root
        for word in words[:-1]:
            branch = branch.setdefault(word, Step((), {})).following
        leaf = branch.get(words[-1], Step((), {}))
        branch[words[-1]] = leaf._replace(ends=(name,))
    return root


def _names_of(row: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for name in row["written"]:
        yield name, False
    for name in row.get("context", ()):
        yield name, True
