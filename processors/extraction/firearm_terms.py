"""The words for firearms as a `Text` is cut into words, and how they are looked up; built once."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from processors.extraction.word_lists import WordList
from processors.reference import Reference

__all__ = ["FirearmIndex", "FirearmTerm", "PartKind", "build_firearm_index"]

PartKind = Literal["type", "make", "model", "calibre", "privately_made", "converted", "obliterated"]
_TOKEN = re.compile(r"\d+|[a-z]+")


class FirearmTerm(NamedTuple):
    """One name in the words of a text. `is_distinct`: it is a firearm wherever it stands."""

    words: tuple[str, ...]
    kind: PartKind
    value: str
    is_distinct: bool


class FirearmIndex(NamedTuple):
    """`by_first`: terms by their first word, longest first; `first_words`: its keys; `makes`: the makers among them;
    `models_of`: models by their maker.
    """

    by_first: Mapping[str, tuple[FirearmTerm, ...]]
    first_words: WordList
    makes: Mapping[str, tuple[FirearmTerm, ...]]
    models_of: Mapping[str, tuple[FirearmTerm, ...]]
    narrower: Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def build_firearm_index(reference: Reference) -> FirearmIndex:
    """The index of a reference; cached."""
    by_first: dict[str, list[FirearmTerm]] = {}
    for term in _terms(reference):
        by_first.setdefault(term.words[0], []).append(term)
    models_of: dict[str, list[FirearmTerm]] = {}
    for name, models in reference.firearms.models.items():
        for model in models:
            if model.make is not None:
                models_of.setdefault(model.make, []).append(_term(name, "model", model.model, True))
    narrower = reference.firearms.narrower
    makes = {first: [term for term in terms if term.kind == "make"] for first, terms in by_first.items()}
    return FirearmIndex(
        _longest_first(by_first), WordList(by_first), _longest_first(makes), _longest_first(models_of), narrower
    )


def _longest_first(terms: Mapping[str, list[FirearmTerm]]) -> dict[str, tuple[FirearmTerm, ...]]:
    return {key: tuple(sorted(those, key=lambda term: -len(term.words))) for key, those in terms.items()}


def _terms(reference: Reference) -> Iterator[FirearmTerm]:
    firearms = reference.firearms
    for name, kind in firearms.types.items():
        yield _term(name, "type", kind, kind != "firearm")
    for name, make in firearms.makes.items():
        yield _term(name, "make", make.make, make.is_distinct)
    for name, models in firearms.models.items():
        # Under one name of several makers the first is as good as the others: the maker is not said.
        model = models[0]
        if model.needs != "make":
            yield _term(name, "model", model.model, model.needs == "nothing")
    for name in firearms.privately_made:
        # "Artesanal" may be said of anything; a ghost gun is a gun.
        yield _term(name, "privately_made", "", any(word in name for word in ("gun", "rifle", "arma")))
    for name in firearms.converted | firearms.conversion_devices:
        yield _term(name, "converted", "", False)
    for name in firearms.obliterated_phrases:
        yield _term(name, "obliterated", "", False)


def _term(name: str, kind: PartKind, value: str, is_distinct: bool) -> FirearmTerm:
    return FirearmTerm(tuple(_TOKEN.findall(name)), kind, value, is_distinct)
