"""What a finder of identifiers returns, and reading what stands after a word."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from processors.extraction.texts import Text
from processors.reference import Reference
from streams.text_facts import TextIdentifierKind

__all__ = ["BRIDGE", "FoundIdentifier", "Reader", "find_joint", "is_amount", "make_bridge", "name_bearer", "read_list"]


class FoundIdentifier(NamedTuple):
    """An identifier at `start`:`end` of `text.raw`, `value` in normal form.

    `checked`: its check digits hold; None where it has none. `issuer` as the text or the number says, ISO 3166 for
    plates; `issuer_candidates` where only a plate's pattern speaks. `candidates`: values between which the text does
    not settle (a telephone number that either nation may have); `value` is then as written.
    """

    start: int
    end: int
    kind: TextIdentifierKind
    value: str
    as_written: str
    rule: str
    checked: bool | None = None
    issuer: str | None = None
    issuer_candidates: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


Reader = Callable[[Text, int, int, Reference], Iterable[FoundIdentifier]]
"""Reads beside a cue that stands at `start`:`end` of the text; its docstring is what an analyst reads of the rule."""

_GAP = r"[\s:.,#=\"'(°-]{0,4}"
_LINKS = (
    r"(?:numeros?|numbers?|num\.?|nos?\.?|nro\.?|n\.o\.?|n[.°]|de|del|la|el|los|las|con|with|is|es|era|of|the|was|bearing|"
    r"registrad[oa]|identificad[oa]|clave|folio|unic[oa])"
)
_JOINT = re.compile(r"\s*(?:,|;|/|\by\b|\be\b|\band\b|&)(?:\s*(?:y|and|&)\b)?\s*")


_MEASURE = re.compile(
    r"\s*(?:%|pesos|dolares|dollars|usd|mxn|m\.n|kilo|kg|gram|lit(?:ro|er)|pounds?\b|libras?\b|lbs?\b|ounce|onza|tonel|"
    r"tons?\b|pill|pastilla|dos[ie]s|cartucho|rounds?\b|balas?\b|armas?\b|weapons?\b|people|persona|migrant|personas|anos?\b|"
    r"years?\b|horas?\b|hours?\b|dias?\b|days?\b|metros?\b|km\b|mil\b|millon|million)"
)


_BEARER = re.compile(
    r"\b(?:(?P<aircraft>aeronave|avioneta|avion|helicoptero|jet|aircraft|airplane|plane|helicopter|cessna|beechcraft|piper)"
    r"|(?P<vessel>embarcacion|lancha|buque|barco|yate|panga|vessel|boat|ship|yacht)"
    r"|(?P<firearm>arma|pistola|rifle|fusil|escopeta|carabina|revolver|subfusil|ametralladora|lanzagranadas"
    r"|gun|shotgun|handgun|pistol|carbine|firearm|weapon|glock|ar-?15|ak-?47)"
    r"|(?P<vehicle>vehiculo|camioneta|auto|automovil|tractocamion|camion|remolque|semirremolque|motocicleta|sedan|pick-?up"
    r"|vehicle|car|truck|trailer|tractor|suv|van|motorcycle))(?:s|es)?\b"
)
_BEARER_REACH = 100


def name_bearer(plain: str, start: int, reach: int = _BEARER_REACH) -> str | None:
    """What a number at `start` is of: the aircraft, vessel, firearm or vehicle that is named last before it."""
    kinds = [found.lastgroup for found in _BEARER.finditer(plain, max(0, start - reach), start)]
    return kinds[-1] if kinds else None


def is_amount(plain: str, end: int) -> bool:
    """Whether a unit follows a figure that ends at `end`: it is no number of anything, whatever word stands before."""
    return _MEASURE.match(plain, end) is not None


def make_bridge(*words: str) -> re.Pattern[str]:
    """A pattern of what may stand between a cue and its value: the rest of the cue's word, signs, linking words and
    `words` (expressions for folded text).
    """
    links = "|".join((_LINKS, *words))
    return re.compile(rf"[a-z]*{_GAP}(?:(?:{links})(?![a-z0-9]){_GAP}){{0,6}}")


BRIDGE = make_bridge()


def read_list(plain: str, position: int, value: re.Pattern[str], most: int = 8) -> Iterator[re.Match[str]]:
    """The values that stand at `position`, parted by commas, "y" or "and"."""
    for _ in range(most):
        found = value.match(plain, position)
        if found is None:
            return
        yield found
        following = find_joint(plain, found.end())
        if following is None:
            return
        position = following


def find_joint(plain: str, position: int) -> int | None:
    """Where the next value of a list begins, if a comma, "y" or "and" stands at `position`."""
    joint = _JOINT.match(plain, position)
    return None if joint is None else joint.end()
