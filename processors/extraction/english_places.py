"""Where an English sentence says that something was seized: a proper name, a state or a border, as written."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["BORDERS", "HOUSES", "LEADS", "ROADS", "Site", "choose_site", "find_sites"]

_STATE = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois"
    "|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri"
    "|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma"
    "|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington"
    "|West Virginia|Wisconsin|Wyoming"
)
_SHORT = "Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Mo|Neb|Nev|Ore|Okla|Pa|Tenn"
_SHORT += "|Tex|Va|Wash|Wis"
_STATES = frozenset(_STATE.split("|")) - {"New York", "Washington"}
"""Names that mean a state alone; the other two are as often a city."""
_WORD = r"(?:(?:Mc|De|La|El|St\.|O[’'])[ ]?)?[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)*"
_NAME = rf"{_WORD}(?: +(?:of |de |del |la )?{_WORD}){{0,3}}"
_STATED = rf"(?:, (?P<state>{_STATE}|(?:{_SHORT})\.))?"
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Tt]hroughout|[Aa]cross"
    r"|(?<!miles )(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:east|west)? of) (?:of )?"
    r"(?:the )?(?:unincorporated |downtown |suburban |rural |northern |southern |eastern |western |central )?"
    r"(?:(?:[Cc]ity|[Tt]own|[Aa]rea|[Cc]ommunity|[Cc]ounty|[Pp]arish|[Vv]illage) (?:area )?of )?"
    rf"(?P<name>{_NAME}(?:(?:, {_NAME})*,? and {_NAME}(?:(?<=Counties)| counties))?)"
    rf"{_STATED}"
)
_HOUSE = re.compile(
    rf"\b(?:the|a|an|his|her|their|[A-Z]\w+(?:[’']s|s[’'])) (?P<name>{_NAME}) "
    r"(?:home|house|residence|apartment|condo|motel|hotel|property|warehouse|ranch|port of entry|area|neighborhood"
    r"|mansion|garage|street corner|strip mall|location|storage unit|parking lot)\b"
)
_BORDER = re.compile(
    r"\b(?:at|along|near|across|on) (?:the )?(?P<name>(?:our |U\.S\.?[- ]?|United +States |Mexic\w+ |Canadian "
    r"|[Ss]outhern |[Nn]orthern |[Ss]outhwest(?:ern)? |land |international )*(?:[Bb]orders?|[Pp]orts? of [Ee]ntry))\b"
)
_ROAD = re.compile(rf"\bon (?:the )?(?P<name>{_NAME} (?:Expressway|Freeway|Parkway|Turnpike)|{_WORD} Island)\b")
"""Not streets: they stand beside the town that they are in."""
ROADS = frozenset({"expressway", "freeway", "parkway", "turnpike", "island"})
LEADS = word_set("in at near outside throughout across north south east west northeast northwest southeast southwest")
_BEFORE_NAME = word_set(
    "the of unincorporated downtown suburban rural northern southern eastern western central city town area community"
    " county parish village"
)
BORDERS = frozenset({"border", "borders", "ports", "port"})
HOUSES = word_set(
    "home house residence apartment condo motel hotel property warehouse ranch entry area neighborhood mansion garage"
    " corner mall location unit lot"
)
_NEW: Callable[..., Any] = tuple.__new__
"""Past the named tuple's own constructor, at a third of the time."""
_NOT_FIRST = word_set(
    "January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday Operation President Department Court Superior The This Mexican Judge Code Section"
    " Fiscal Order Executive Jan Feb Aug Sept Oct Nov Dec Homeland Health Penal Federal Congress Title Proposition"
    " Deputy Officer Detective Sheriff District American Americans Biden Trump Public Special Interstate Highway Route"
    " Customs Border Fentanyl Phase National Drug Case Exhibit Narcotics Attorney Project Administration Republican"
    " Toyota Ford Honda Mercedes Mercedes-Benz Chevrolet Nissan Dodge BMW Facebook English Spanish Sgt Lt"
)
_NOT_LAST = word_set(
    "Jail Court Courthouse Office Department Hospital School University Division Center Prison Street Avenue Road Drive"
    " Boulevard Lane Act Administration Agency Bureau Task Unit Team Academy Police Patrol Facility Airport House Bank"
    " Way Place Court Circle Highway Committee Council Conference Forum Summit Group Program Week Month Day"
)


class Site(NamedTuple):
    """A place named at the characters `start` to `end`; a state alone has no `place`."""

    start: int
    end: int
    place: str | None
    state: str | None
    border: bool = False


def find_sites(
    text: Text, first: int, after: int, leads: list[int], houses: list[int], borders: bool, roads: bool
) -> list[Site]:
    """The places behind "in", "at", "near", "south of" among the words `first` to `after`, in order. `leads` are those
    of `LEADS`, `houses` those of `HOUSES`; `borders` stands for one of `BORDERS`, `roads` for one of `ROADS`.
    """
    plains, words, raw = text.plains, text.words, text.raw
    end = words[after - 1][2] + 1  # with the point of "Calif."
    found: list[Site] = []
    if borders:
        found += [
            Site(*match.span(), " ".join(match["name"].split()), None, True)
            for match in _BORDER.finditer(raw, words[first].start, end)
        ]
    if roads:
        found += [
            Site(*match.span(), " ".join(match["name"].split()), None)
            for match in _ROAD.finditer(raw, words[first].start, end)
        ]
    done = 0
    for at in leads:
        start = words[at][1]
        if at + 1 >= after or start < done:
            continue
        if not raw[words[at + 1][1]].isupper() and plains[at + 1] not in _BEFORE_NAME:
            continue  # most "in" and "at" lead to no name: 4 us a sentence are saved
        match = _PLACE.match(raw, start, end)
        if match is None:
            continue
        done = match.end()
        site = _read_site(text, match)
        if site is not None:
            found.append(site)
    if any(at > first and (raw[words[at - 1][1]].isupper() or plains[at - 1] == "of") for at in houses):
        for match in _HOUSE.finditer(raw, words[first][1], end):
            name = match["name"]
            if name.split()[0] not in _NOT_FIRST and name.split()[-1] not in _NOT_LAST:
                found.append(Site(*match.span(), " ".join(name.split()), None))
    if len(found) > 1:
        found.sort()
    return found


def _read_site(text: Text, match: re.Match[str]) -> Site | None:
    """The place of a match, or None where its name is that of a court, a month, a person's house."""
    name, state = match["name"], match["state"]
    parts = name.split()
    if parts[0] in _NOT_FIRST or parts[-1] in _NOT_LAST or text.raw.startswith(("’", "'"), match.end("name")):
        return None
    start, end = match.span()
    if name in _STATES:
        return None if text.plain.startswith(" border", end) else Site(start, end, None, name)
    site: Site = _NEW(Site, (start, end, " ".join(parts), state, False))
    return site


def choose_site(sites: list[Site], end: int) -> Site | None:
    """The first place behind a mention that ends at `end`, else the last before it."""
    for site in sites:
        if site[0] >= end:
            return site
    return sites[-1] if sites else None
