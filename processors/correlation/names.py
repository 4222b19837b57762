"""Whether two names may be one person's: `compare_names`. Never proof of identity."""

from typing import NamedTuple

from processors.correlation.name_parts import NamePart, ParsedName, parse_name
from processors.correlation.name_tokens import Likeness, like
from processors.correlation.organisation_names import compare_organisations, is_organisation
from processors.reference.person_names import default_person_names

__all__ = ["SIMILAR", "Comparison", "compare_names"]

SIMILAR = 0.7
"""At this score and above two names are similar enough to be one person's."""
_ONE_WORD = 0.7
"""The most that a name of one word, or given names alone, can reach: "Chuy" is half a city."""
_WITHHELD = 0.65
"""The most that a withheld surname (Germán "N") can reach: what is hidden can't agree."""
_NOT_SIMILAR = 0.65
_LEFT_OUT = 2
"""Parts that custom leaves out: a second given name and a second surname."""
_SURE = 0.95
"""The same, or the same sound: three parts that agree so much may leave out more."""
_CONFLICT = 0.55
_OTHER_GIVEN = 0.45


class Comparison(NamedTuple):
    """`score` 0..1, at 0.7 and above similar enough to be one person's name; `detail` says which parts matched how."""

    score: float
    detail: str


class _Pair(NamedTuple):
    left: NamePart
    right: NamePart
    likeness: Likeness
    at_left: int
    at_right: int


def compare_names(left: str, right: str) -> Comparison:
    """How similar two names are, of people or, where either is plainly one, of organisations. Symmetric, pure.

    Given names and surnames must both agree. A dropped second surname or second given name costs little; two different
    given names, first or second surnames, or Jr. and Sr., contradict each other and stay below 0.7. A single word,
    given names alone and an initial before one common surname reach 0.7 at most, a withheld surname 0.65.
    """
    if is_organisation(left) or is_organisation(right):
        return Comparison(*compare_organisations(left, right))
    one, other = parse_name(left), parse_name(right)
    # One order, so that both ways round give the same score and sentence.
    if (len(one.parts), one) > (len(other.parts), other):
        one, other = other, one
    return _compare(one, other)


def _compare(one: ParsedName, other: ParsedName) -> Comparison:
    if not one.parts or not other.parts:
        return Comparison(0.0, "One of the two holds no name.")
    if one.parts == other.parts and one.generation == other.generation:
        pairs = [_Pair(part, part, like(part.text, part.text), at, at) for at, part in enumerate(one.parts)]
        left: list[NamePart] = []
        right: list[NamePart] = []
    elif one.joined == other.joined and len(one.parts) != len(other.parts) and len(other.parts) > 1:
        return Comparison(0.95, f"The same letters, spaced otherwise: {one.joined}.")
    else:
        one, other = _join_split(one, other), _join_split(other, one)
        pairs, left, right = _pair(one, other)
    score, notes = _judge(one, other, pairs, left, right)
    return Comparison(round(score, 4), _tell(pairs, left, right, notes))


def _join_split(name: ParsedName, model: ParsedName) -> ParsedName:
    """`name` with two words made one where `model` writes them so: Patr ushev beside Patrushev."""
    wanted = {part.text for part in model.parts}
    parts = list(name.parts)
    at = 0
    while at + 1 < len(parts):
        text = parts[at].text + parts[at + 1].text
        if text in wanted and len(parts) > 2:
            parts[at : at + 2] = [parts[at + 1]._replace(text=text)]
        at += 1
    return name if len(parts) == len(name.parts) else name._replace(parts=tuple(parts))


def _pair(one: ParsedName, other: ParsedName) -> tuple[list[_Pair], list[NamePart], list[NamePart]]:
    """Each part with the one that it is most like, the surest pairs first."""
    found: list[tuple[float, int, int, Likeness]] = []
    for at, part in enumerate(one.parts):
        for place, counterpart in enumerate(other.parts):
            likeness = like(part.text, counterpart.text)
            if likeness.score:
                apart = part.role != counterpart.role and "middle" not in (part.role, counterpart.role)
                if apart and likeness.score < 1.0:
                    continue
                found.append((-likeness.score + (0.3 if apart else 0.0), at, place, likeness))
    # Ties go to parts in the same place, then to the first: the outcome doesn't hang on which name came first.
    found.sort(key=lambda row: (row[0], abs(row[1] - row[2]), row[1], row[2]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[_Pair] = []
    for _, at, place, likeness in found:
        if at not in used_left and place not in used_right:
            used_left.add(at)
            used_right.add(place)
            pairs.append(_Pair(one.parts[at], other.parts[place], likeness, at, place))
    left = [part for at, part in enumerate(one.parts) if at not in used_left]
    right = [part for at, part in enumerate(other.parts) if at not in used_right]
    pairs.sort(key=lambda pair: (pair.at_left, pair.at_right))
    return pairs, left, right


def _judge(
    one: ParsedName, other: ParsedName, pairs: list[_Pair], left: list[NamePart], right: list[NamePart]
) -> tuple[float, list[str]]:
    if not pairs:
        return 0.0, ["nothing agrees"]
    notes: list[str] = []
    score = sum(pair.likeness.score for pair in pairs) / len(pairs)
    limit = 1.0
    weakest = min((pair.likeness.score for pair in pairs if pair.likeness.how != "an initial"), default=0.75)
    if weakest < 0.9:
        score -= (0.9 - weakest) * 0.35
    if sum(1 for pair in pairs if pair.likeness.how.endswith("apart")) > 1:
        score -= 0.05
    # What one name alone has was left out; two surnames left out are more than a custom.
    missing = max(len(left), len(right))
    score -= 0.05 * missing
    if missing > _LEFT_OUT and not (len(pairs) > _LEFT_OUT and weakest >= _SURE and min(len(left), len(right)) == 0):
        limit = _NOT_SIMILAR
    limit = min(limit, _contradiction(one, other, pairs, left, right, notes))
    limit = min(limit, _ground(one, other, pairs, notes))
    if one.generation and other.generation and one.generation != other.generation:
        notes.append(f"{one.generation} and {other.generation} are two people")
        limit = min(limit, _CONFLICT)
    elif one.generation != other.generation:
        score -= 0.04
    if one.withheld or other.withheld:
        notes.append("a surname is withheld")
        limit = min(limit, _WITHHELD)
    return max(0.0, min(score, limit)), notes


def _contradiction(
    one: ParsedName,
    other: ParsedName,
    pairs: list[_Pair],
    left: list[NamePart],
    right: list[NamePart],
    notes: list[str],
) -> float:
    """The most that the score may be, with parts left over on both sides or out of place."""
    limit = 1.0
    for part in left:
        for counterpart in right:
            roles = {part.role, counterpart.role}
            if roles == {"given", "surname"}:
                limit = min(limit, 0.78)
                continue
            if (part.married or counterpart.married) and roles == {"surname"} and _may_be_a_woman(one, other):
                notes.append("one surname may be a husband's")
                limit = min(limit, 0.85)
                continue
            notes.append(f"{part.text} against {counterpart.text}")
            limit = min(limit, _OTHER_GIVEN if roles == {"given"} else _CONFLICT)
    if not left and not right and len(pairs) > 1 and not (one.certain or other.certain):
        # Friedrich Hans and Hans Friedrich, with nothing that tells which is the surname.
        crossed = sum(1 for pair in pairs if pair.at_left != pair.at_right)
        if crossed == len(pairs) == 2 and {"given", "surname"} == {pairs[0].left.role, pairs[0].right.role}:
            given = default_person_names().given
            if all(pair.left.text in given for pair in pairs):
                notes.append("either word may be the given name")
                limit = min(limit, _NOT_SIMILAR)
    if _turned_round(pairs) or _exchanged(one, other, pairs):
        notes.append("in another order")
        limit = min(limit, _NOT_SIMILAR)
    if _drops_first_surname(one, other, pairs) or _drops_first_surname(other, one, pairs):
        notes.append("the first surname is missing on one side")
        limit = min(limit, 0.72 if _may_be_a_woman(one, other) else 0.66)
    return limit


def _turned_round(pairs: list[_Pair]) -> bool:
    """José María and María José, Soto Hernández and Hernández Soto: the order of two of a kind tells people apart."""
    turned = set()
    for role in ("given", "surname"):
        places = [pair.at_right for pair in pairs if pair.left.role == role == pair.right.role]
        if places != sorted(places):
            turned.add(role)
    # With the first given name and two surnames in place, the order of the others is a slip.
    if turned == {"given"} and pairs[0].at_left == pairs[0].at_right == 0:
        return sum("given" not in (pair.left.role, pair.right.role) for pair in pairs) < 2
    return bool(turned)


def _exchanged(one: ParsedName, other: ParsedName, pairs: list[_Pair]) -> bool:
    """Omar bin Hasan al-Muestra and Hasan bin Omar al-Muestra: the first two exchanged, the rest in place, which makes
    a father of his son.
    """
    if len(pairs) < 3 or not len(one.parts) == len(other.parts) == len(pairs):
        return False
    return [pair.at_right for pair in pairs] == [1, 0, *range(2, len(pairs))]


def _drops_first_surname(short: ParsedName, long: ParsedName, pairs: list[_Pair]) -> bool:
    """José Soto beside José Hernández Soto: it is the first surname that people keep."""
    surnames = [at for at, part in enumerate(long.parts) if part.role == "surname"]
    if len(surnames) < 2 or sum(part.role == "surname" for part in short.parts) != 1:
        return False
    matched = {part.text for pair in pairs for part in (pair.left, pair.right)}
    first, second = long.parts[surnames[0]], long.parts[surnames[1]]
    known = default_person_names().surnames
    return (first.text in known or second.text in known) and first.text not in matched and second.text in matched


def _ground(one: ParsedName, other: ParsedName, pairs: list[_Pair], notes: list[str]) -> float:
    """The most that the score may be, by what agrees: a given name and a surname, or less."""
    if len(one.parts) == 1 or len(other.parts) == 1:
        both = len(one.parts) == len(other.parts)
        notes.append("a single word" if both else "one of the two is a single word")
        known = default_person_names().surnames
        # A doubled letter of a rare word; Hernández and Hernandes are two families anywhere.
        same = both and (
            pairs[0].likeness.score == 1.0
            or (pairs[0].likeness.score >= _SURE and known.isdisjoint((one.parts[0].text, other.parts[0].text)))
        )
        return _ONE_WORD if same else _NOT_SIMILAR if both else _CONFLICT
    names = default_person_names()
    given = [pair for pair in pairs if "given" in (pair.left.role, pair.right.role)]
    surnames = [pair for pair in pairs if {"surname", "middle"} & {pair.left.role, pair.right.role}]
    if not given:
        notes.append("no given name agrees")
        return _OTHER_GIVEN
    if len(pairs) < 2 or not surnames:
        notes.append("no surname agrees")
        return _CONFLICT
    if all(pair.left.text in names.given and pair.left.text not in names.surnames for pair in pairs) and all(
        pair.right.text in names.given and pair.right.text not in names.surnames for pair in pairs
    ):
        notes.append("given names alone")
        return _ONE_WORD if one.parts == other.parts else _NOT_SIMILAR
    if all(pair.likeness.how == "an initial" or len(pair.left.text) == 1 for pair in given):
        sure = [pair for pair in surnames if len(pair.left.text) > 1]
        if len(sure) < 2 and all(pair.left.text in names.surnames for pair in sure):
            notes.append("an initial and one common surname")
            return _NOT_SIMILAR
        notes.append("only an initial of the given name")
        return 0.8
    return 1.0


def _may_be_a_woman(one: ParsedName, other: ParsedName) -> bool:
    given = default_person_names().given
    firsts = [given.get(name.parts[0].text) for name in (one, other)]
    return any(first is not None and first.sex != "m" for first in firsts)


def _tell(pairs: list[_Pair], left: list[NamePart], right: list[NamePart], notes: list[str]) -> str:
    told = [
        pair.left.text if pair.likeness.score == 1.0 else f"{pair.left.text} ~ {pair.right.text} ({pair.likeness.how})"
        for pair in pairs
    ]
    text = "Agree: " + ", ".join(told) if told else "Nothing agrees"
    alone = [part.text for part in (*left, *right)]
    if alone:
        text += "; on one side only: " + ", ".join(alone)
    if notes:
        text += "; " + "; ".join(dict.fromkeys(notes))
    return text + "."
