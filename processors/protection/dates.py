"""Days as texts write them, to be held against a date of birth."""

import re
from collections.abc import Iterator

__all__ = ["DATE", "find_days", "iso_days"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo",
            "june jun junio", "july jul julio", "august aug agosto ago", "september sep sept septiembre",
            "october oct octubre", "november nov noviembre", "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
DATE = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"
    rf"|\d{{1,2}}(?:o|st|nd|rd|th)?(?: de| of)? (?:{_NAMES})\.?,?(?: de| del)? \d{{4}}"
    rf"|(?:{_NAMES})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
"""A day in folded text."""
_FIND = re.compile(rf"(?<![\w/.-]){DATE}(?![\w/-])")
_PART = re.compile(rf"\d+|{_NAMES}")
_YEAR_DIGITS = 4


def find_days(plain: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where days stand in a folded text, and which they may be (YYYY-MM-DD): 03/02/1996 may be two."""
    for match in _FIND.finditer(plain):
        if days := iso_days(match[0]):
            yield match.start(), match.end(), days


def iso_days(written: str) -> tuple[str, ...]:
    """The days that a written date may be; none where it is no date."""
    parts = _PART.findall(written)
    if len(parts) != 3:
        return ()
    named = next((at for at, part in enumerate(parts) if not part.isdigit()), None)
    if named is not None:
        others = [part for at, part in enumerate(parts) if at != named]
        orders = [(others[1], _MONTHS[parts[named]], others[0])]
    elif len(parts[0]) == _YEAR_DIGITS:
        orders = [(parts[0], int(parts[1]), parts[2])]
    else:
        orders = [(parts[2], int(parts[1]), parts[0]), (parts[2], int(parts[0]), parts[1])]
    return tuple(
        dict.fromkeys(
            f"{full}-{month:02}-{int(day):02}"
            for year, month, day in orders
            for full in ((year,) if len(year) == _YEAR_DIGITS else (f"19{year}", f"20{year}"))
            if 1 <= month <= 12 and 1 <= int(day) <= 31
        )
    )
