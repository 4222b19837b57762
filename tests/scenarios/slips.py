"""What goes wrong in writing: slips of the pen, scanners that misread, names cut, turned round or sounded out."""

from tests.scenarios.draw import Draw
from tests.scenarios.people import Person, plain_letters

__all__ = ["NAME_SLIPS", "Name", "mask", "misread", "mistype", "respell"]

Name = tuple[str, list[str]]
"""Given names and surnames as written."""
_SEEN_AS = dict(zip("0O1I8B5S2Z6G", "O0I1B8S5Z2G6", strict=True))
_NICKNAMES = {
    "José": "Pepe", "Francisco": "Pancho", "Jesús": "Chuy", "Guadalupe": "Lupe", "Roberto": "Beto",
    "Eduardo": "Lalo", "Ignacio": "Nacho", "Enrique": "Kike", "Antonio": "Toño", "Alejandro": "Alex",
    "Rosario": "Chayo", "Dolores": "Lola", "William": "Bill", "Robert": "Bob", "James": "Jim", "Daniel": "Dan",
    "David": "Dave", "Thomas": "Tom", "Steven": "Steve", "Elizabeth": "Liz", "Jennifer": "Jenny", "Katherine": "Kate",
}  # fmt: skip
_SOUNDS = (("v", "b"), ("b", "v"), ("z", "s"), ("s", "z"), ("H", ""), ("ll", "y"), ("ce", "se"), ("gui", "güi"),
           ("qu", "k"), ("G", "J"))  # fmt: skip


def mistype(draw: Draw, written: str) -> str:
    """One letter or digit wrong, left out, doubled, or exchanged with the next one."""
    places = [at for at, sign in enumerate(written) if sign.isalnum()]
    at = draw.pick(places)
    sign = written[at]
    way = draw.weighed((("wrong", 5.0), ("exchanged", 3.0), ("left out", 1.0), ("doubled", 1.0)))
    if way == "exchanged" and at + 1 < len(written) and written[at + 1].isalnum() and written[at + 1] != sign:
        return written[:at] + written[at + 1] + sign + written[at + 2 :]
    if way == "left out":
        return written[:at] + written[at + 1 :]
    if way == "doubled":
        return written[:at] + sign + written[at:]
    pool = "0123456789" if sign.isdigit() else "ABCDEFGHJKLMNPRSTUVWXYZ"
    other = draw.pick([one for one in pool if one != sign.upper()])
    return written[:at] + (other.lower() if sign.islower() else other) + written[at + 1 :]


def misread(draw: Draw, written: str) -> str | None:
    """One or two signs taken for those that look like them; None where there is none."""
    places = [at for at, sign in enumerate(written) if sign.upper() in _SEEN_AS]
    if not places:
        return None
    signs = list(written.upper())
    for at in draw.sample(places, 2 if draw.chance(0.25) else 1):
        signs[at] = _SEEN_AS[signs[at]]
    return "".join(signs)


def mask(draw: Draw, written: str, *, english: bool) -> str:
    """Some signs not seen: XGT-4??-?, or the last four alone."""
    if draw.chance(0.35):
        return f"{'partial' if english else 'parcial'} {''.join(filter(str.isalnum, written))[-4:]}"
    places = [at for at, sign in enumerate(written) if sign.isalnum()]
    hidden = set(draw.sample(places, draw.number(1, 3)))
    return "".join("?" if at in hidden else sign for at, sign in enumerate(written))


def _swap(_draw: Draw, person: Person) -> Name | None:
    if len(person.surnames) < 2:
        return None
    return " ".join(person.given), list(reversed(person.surnames))


def _drop(draw: Draw, person: Person) -> Name | None:
    if len(person.surnames) < 2:
        return None
    # It is the second surname that is left out, seldom the first.
    return " ".join(person.given), [person.surnames[1 if draw.chance(0.12) else 0]]


def _initials(draw: Draw, person: Person) -> Name | None:
    given = [f"{part[0]}." for part in person.given]
    if len(given) > 1 and draw.chance(0.6):
        given[0] = person.given[0]
    return " ".join(given), list(person.surnames)


def _without_accents(_draw: Draw, person: Person) -> Name | None:
    if plain_letters(person.full) == person.full:
        return None
    return plain_letters(" ".join(person.given)), [plain_letters(name) for name in person.surnames]


def _nickname(_draw: Draw, person: Person) -> Name | None:
    if person.given[0] not in _NICKNAMES:
        return None
    return _NICKNAMES[person.given[0]], list(person.surnames)


def _slip(draw: Draw, person: Person) -> Name | None:
    parts = [list(person.given), list(person.surnames)]
    where = draw.pick([(row, at) for row in (0, 1) for at, part in enumerate(parts[row]) if len(part) > 4] or [(1, 0)])
    word = parts[where[0]][where[1]]
    # The first letter of a name is the one that is seldom mistaken.
    parts[where[0]][where[1]] = word[0] + mistype(draw, word[1:].lower())
    return " ".join(parts[0]), parts[1]


def _sound(draw: Draw, person: Person) -> Name | None:
    surnames = list(person.surnames)
    ways = [(at, old, new) for at, name in enumerate(surnames) for old, new in _SOUNDS if old in name]
    if not ways:
        return None
    at, old, new = draw.pick(ways)
    changed = surnames[at].replace(old, new, 1)
    surnames[at] = changed[0].upper() + changed[1:]
    return " ".join(person.given), surnames


NAME_SLIPS = {
    "surnames_swapped": _swap,
    "surname_dropped": _drop,
    "initials": _initials,
    "accents_missing": _without_accents,
    "nickname": _nickname,
    "name_typing": _slip,
    "name_by_ear": _sound,
}
"""What becomes of a name; None where it cannot happen to this one."""


def respell(draw: Draw, person: Person, kind: str) -> Name | None:
    """The person's name with one slip of that kind."""
    return NAME_SLIPS[kind](draw, person)
