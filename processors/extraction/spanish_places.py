"""Where a Spanish sentence says that something happened: "en Navolato, Sinaloa", "en el municipio de Cajeme"."""

from functools import lru_cache
from typing import NamedTuple

from processors.extraction.spanish_tokens import Sentence
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference import DATA_FOLDER, Reference
from processors.reference.files import read_rows
from processors.reference.folding import fold

__all__ = ["PlaceAt", "find_places"]

_KINDS = word_set(
    "puente garita cruce norte sur este oeste sureste suroeste noreste noroeste altura colonia "
    "estados municipio municipios estado ciudad puerto alcaldia aduana localidad comunidad poblado costas zona sierra "
    "region aeropuerto penal valle caso inmediaciones limites entidad sindicatura ejido "
    "frontera"
)
_OWN_KINDS = word_set("municipio alcaldia comunidad poblado localidad puerto ciudad")
_BETWEEN = word_set("el la los las de del a al internacional maritima aereo")
_OFFICES = word_set("aduana municipio alcaldia puerto puente garita aeropuerto")
_LEADING = _KINDS | _BETWEEN


class PlaceAt(NamedTuple):
    """A place phrase at the words `first` to `after`. `place` is as written: the municipality or city if one is named,
    else the state; `state` is the state's name if it is written or follows from the municipality alone.
    """

    first: int
    after: int
    place: str
    state: str | None
    fine: bool


class _Name(NamedTuple):
    rest: tuple[str, ...]
    states: tuple[str, ...]
    is_state: bool


@lru_cache(maxsize=4)
def _names(reference: Reference) -> dict[str, list[_Name]]:
    """Municipalities, their seats and their short names ("Naucalpan"), and the states, by first word."""
    by_name: dict[str, set[str]] = {}
    shorts: dict[str, set[str]] = {}
    cities: dict[str, tuple[int, str]] = {}
    for row in read_rows(DATA_FOLDER / "mx_municipalities.csv"):
        state = reference.places.states[row["state"]].name
        for name in (row["name"], row["seat"]):
            if name:
                by_name.setdefault(fold(name), set()).add(state)
        people = int(row["population"] or 0)
        if people > 50_000:
            # "Ciudad Juárez": the most populous of its namesakes.
            cities[fold(row["name"])] = max(cities.get(fold(row["name"]), (0, "")), (people, state))
        head = fold(row["name"]).split(" de ")[0]
        if head != fold(row["name"]) and people > 20_000 and len(head) > 4:
            shorts.setdefault(head, set()).add(state)
    for name, (_, state) in cities.items():
        by_name.setdefault(f"ciudad {name}", set()).add(state)
    for name, states in shorts.items():
        by_name.setdefault(name, states)
    mexican = {name: at[0].name for name, at in reference.places.state_names.items() if at[0].country == "MX"}
    names: dict[str, list[_Name]] = {}
    for name, known in by_name.items():
        if name not in mexican:
            first, *rest = name.split()
            names.setdefault(first, []).append(_Name(tuple(rest), tuple(sorted(known)), False))
    for name, state in mexican.items():
        first, *rest = name.split()
        if len(name) > 4:
            names.setdefault(first, []).append(_Name(tuple(rest), (state,), True))
    for rows in names.values():
        rows.sort(key=lambda row: (-len(row.rest), not row.is_state))
    return names


def find_places(text: Text, sentence: Sentence, reference: Reference) -> list[PlaceAt]:
    """The places of a sentence that are said to be where something happened, in order; "Culiacán, Sinaloa" is one."""
    names = _names(reference)
    found: list[PlaceAt] = []
    reached = sentence.first
    for opener in (sentence.first - 1, *sentence.openers):
        index = _find_start(text, opener + 1, sentence)
        if index is None or index < reached:
            continue
        group: list[tuple[int, int, _Name | None]] = []
        at: int | None = index
        while at is not None and at < sentence.after:
            name = _read_name(text, at, sentence, names, bool(group))
            if name is None:
                break
            group.append((at, name[0], name[1]))
            at = _skip_joint(text, name[0], sentence)
        if group:
            found.append(_make_place(text, group))
            reached = group[-1][1]
    return found


def _find_start(text: Text, index: int, sentence: Sentence) -> int | None:
    """The capitalised word behind "en", "en la", "en el municipio de", "frente a las costas de"; None if none is."""
    words, raw = text.words, text.raw
    for at in range(index, min(index + 6, sentence.after)):
        if raw[words[at].start].isupper() and not (
            words[at].plain in _OFFICES and at + 1 < sentence.after and words[at + 1].plain in ("de", "del")
        ):
            return at
        if words[at].plain not in _LEADING or index == sentence.first:
            return None
    return None


def _read_name(
    text: Text, index: int, sentence: Sentence, names: dict[str, list[_Name]], known_only: bool
) -> tuple[int, _Name | None] | None:
    """The place name at word `index`: one of the reference, or a capitalised name with a state behind it."""
    words, raw = text.words, text.raw
    if not raw[words[index].start].isupper():
        return None
    for name in names.get(words[index].plain, ()):
        after = index + 1 + len(name.rest)
        if after <= sentence.after and tuple(word.plain for word in words[index + 1 : after]) == name.rest:
            # "San Luis Potosí" is no "San Luis"; a longer capitalised run is another name.
            if not name.rest and after < sentence.after and _continues(text, after):
                continue
            return after, name
    if known_only and index == sentence.first:
        return None
    after = index + 1
    while after < sentence.after and after < index + 6 and _continues(text, after):
        after += 1
    if index == sentence.first:
        return None
    if words[index - 1].plain == "de" and words[index - 2].plain in _OWN_KINDS:
        return after, None
    following = _skip_joint(text, after, sentence)
    if following is None or text.plain[words[after - 1].end] != ",":
        return None
    state = next((name for name in names.get(words[following].plain, ()) if name.is_state), None)
    if state is None or not raw[words[following].start].isupper():
        return None
    return after, None


def _continues(text: Text, index: int) -> bool:
    """Whether word `index` goes on with a capitalised name: "Playa del Carmen", "Soto La Marina"."""
    words = text.words
    if text.plain[words[index - 1].end : words[index].start] != " ":
        return False
    if text.raw[words[index].start].isupper():
        return True
    return (
        words[index].plain in ("de", "del", "la", "las", "los", "el")
        and index + 1 < len(words)
        and text.plain[words[index].end : words[index + 1].start] == " "
        and text.raw[words[index + 1].start].isupper()
    )


def _skip_joint(text: Text, index: int, sentence: Sentence) -> int | None:
    """The word behind ", " or " y " or ", en" if a place may go on there."""
    words = text.words
    if index >= sentence.after:
        return None
    gap = text.plain[words[index - 1].end : words[index].start].strip()
    if gap == "," and words[index].plain == "en":
        # "en Zapotlán, en el estado de Jalisco"
        at = index + 1
        while at < sentence.after and words[at].plain in ("el", "estado", "de"):
            at += 1
        return at if at < sentence.after and text.raw[words[at].start].isupper() else None
    if gap == "," or gap == "":
        if words[index].plain in ("y", "e"):
            return index + 1 if index + 1 < sentence.after else None
        return index if gap == "," else None
    return None


def _make_place(text: Text, group: list[tuple[int, int, _Name | None]]) -> PlaceAt:
    words, raw = text.words, text.raw
    first, after = group[0][0], group[-1][1]
    fine = [part for part in group if part[2] is None or not part[2].is_state]
    states = [part[2].states[0] for part in group if part[2] is not None and part[2].is_state]
    if len(fine) == 1:
        place = raw[words[fine[0][0]].start : words[fine[0][1] - 1].end]
        own = fine[0][2]
        state = states[0] if states else own.states[0] if own is not None and len(own.states) == 1 else None
        return PlaceAt(first, after, place, state, True)
    place = raw[words[first].start : words[after - 1].end]
    return PlaceAt(first, after, place, states[0] if len(states) == 1 and not fine else None, bool(fine))
