"""Criminal organisations, factions and agencies that a text names, by the reference table."""

from typing import Literal, NamedTuple

from processors.extraction.texts import Text, Word
from processors.reference import Reference
from processors.reference.organisations import OrganisationName, Organisations, Step

__all__ = ["FoundOrganisation", "find_organisations"]


class FoundOrganisation(NamedTuple):
    """`start` and `end` are offsets in `text.raw`; `id` and `name` are the table's, `as_written` the text's.

    `rule`: `name` (a name that is enough), `context` (an ordinary word beside one that speaks of crime or its pursuit).
    """

    start: int
    end: int
    kind: Literal["criminal", "agency"]
    id: str
    name: str
    as_written: str
    rule: str


_NEAR = 8
"""Words on either side in which a cue counts."""
_GAP = 4
"""Characters between two words of one name, exclusive: a blank, a hyphen, a quote and a blank."""


def find_organisations(text: Text, reference: Reference) -> list[FoundOrganisation]:
    """The organisations of the reference table that a text names, the longest name first, without overlap."""
    table = reference.organisations
    by_word = table.by_word
    words, plains = text.words, text.plains
    found: list[FoundOrganisation] = []
    after = -1
    for at in text.find_listed(table.firsts):
        if at < after:
            continue
        # "Los ..." begins many names; the next word says at once that it is none of them.
        step = by_word[plains[at]]
        if not step.ends and not (at + 1 < len(plains) and plains[at + 1] in step.following):
            continue
        for written in _walk(words, at, by_word):
            close = at + len(written.words)
            if _stands(text, words, at, close, written) and _is_meant(text, words, at, close, written, table):
                start, end = words[at].start, words[close - 1].end
                rule = "context" if written.needs_cue else "name"
                found.append(
                    FoundOrganisation(start, end, written.kind, written.id, written.name, text.raw[start:end], rule)
                )
                after = close
                break
    return found


def _walk(words: list[Word], at: int, branch: dict[str, Step]) -> list[OrganisationName]:
    """The names that stand at a word, the longest first."""
    names: list[OrganisationName] = []
    place = at
    while True:
        step = branch.get(words[place].plain)
        if step is None:
            break
        names += step.ends
        branch = step.following
        place += 1
        if not branch or place == len(words) or words[place].start - words[place - 1].end >= _GAP:
            break
    names.reverse()
    return names


def _stands(text: Text, words: list[Word], at: int, close: int, written: OrganisationName) -> bool:
    raw = text.raw
    if written.capitals:
        return raw[words[at].start : words[at].end].isupper()
    # "los zetas" in small letters is a name all the same; "la línea" is not.
    last = raw[words[close - 1].start]
    return not written.needs_cue or last.isupper() or last.isdigit()


def _is_meant(
    text: Text, words: list[Word], at: int, close: int, written: OrganisationName, table: Organisations
) -> bool:
    if not written.needs_cue:
        return True
    if written.kind == "agency":
        # GN, ICE, SAT: in capitals, unless the whole text is.
        return not text.raw.isupper()
    near = (*words[max(0, at - _NEAR) : at], *words[close : close + _NEAR])
    return any(word.plain in table.cues for word in near)
