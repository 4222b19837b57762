"""One person arrested, named or not: "arrested Doe", "John Doe Jr., DOB: ..., was arrested", "he was detained"."""

import re
from typing import NamedTuple

from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Arrested", "find_arrested"]

_NAME = r"[A-Z][a-z’'-]+(?:[ -](?:[A-Z]\.|[A-Z][a-z’'-]+|“[^”]{2,20}”|Jr\.?|Sr\.?|II|III|de|la|del)){0,3}"
_VERB = r"(?:arrested|detained|apprehended|captured(?! on)|taken into custody|rearrested)"
_BEARER = r"(?:defendant|suspect|driver|man|woman|passenger|teen|teenager|gunman|dealer)"
_ACTIVE = re.compile(
    r"\b(?:arrested|arresting|detained|detain|apprehended|arrest of)(?: and \w+)? "
    r"(?:(?:suspect|defendant|driver|(?:\d+|\w+)-year-old(?: \w+)?),? )?"
    rf"(?P<name>{_NAME})(?:, \d+,)?(?:,? and (?:\d+-year-old )?(?P<second>{_NAME}))?"
)
_PASSIVE = re.compile(
    rf"(?P<name>{_NAME})(?:,[^.;]{{2,60}}?,|, \d\d,?)? (?:was|were)(?: also| later| subsequently| recently)? {_VERB}\b"
)
_SUBJECT = re.compile(
    rf"\b(?P<name>(?:the|a) (?:\d+-year-old )?(?:\w+ )?(?:{_BEARER}|\d+-year-old)|he|she)"
    r"(?: and (?P<second>passenger|driver))? (?:was|were)(?: also| later| then| subsequently)? "
    rf"{_VERB}\b(?! for (?:a|an) (?:prior|previous))"
)
_OBJECT = re.compile(
    r"\b(?:arrested|arresting|detained|apprehended)(?: and \w+)? "
    rf"(?P<name>(?:the|a|his|her) (?:\d+-year-old )?(?:[\w\"-]+ )?(?:{_BEARER}|deputy|employee|trafficker|smuggler))\b"
    r"(?P<second>(?!))?"
)
_OPENERS = word_set("When After Before As While Since Once Defendant Suspect Officer Mr Mrs Ms")
_NOT_NAMES = word_set(
    "The A An He She They It We In On At After During When Police Officers Investigators Detectives Agents"
    " Deputies One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Several More Members People Federal"
    " U.S Mexican Sinaloa Cartel January February March April May June July August September October November"
    " December Monday Tuesday Wednesday Thursday Friday Saturday Sunday President Since Among Those Both Another"
    " Authorities Nearly Over Approximately Under Venezuelan Tren Illegal All Some Thirty Forty Fifty Twenty MS"
    " ISIS Immigrants Republican Democrat Americans Local"
)
_GATE = re.compile(r"\b(?:arrested|arresting|arrest of|detain|detained|apprehended|captured|custody)\b")


class Arrested(NamedTuple):
    """One person at the characters `start` to `end`; `named` is the last name, or None for "he", "the driver"."""

    start: int
    end: int
    named: str | None
    rule: str


def find_arrested(text: Text, start: int, end: int) -> list[Arrested]:
    """Single persons arrested in the sentence at `start` to `end`; a person is given once."""
    if not _GATE.search(text.plain, start, end):
        return []
    found: list[Arrested] = []
    seen: set[str] = set()
    for pattern, rule in ((_ACTIVE, "en.arrested-name"), (_PASSIVE, "en.name-arrested")):
        for match in pattern.finditer(text.raw, start, end):
            for group in ("name", "second"):
                name = match.groupdict().get(group)
                if not name:
                    continue
                opener, _, rest = name.partition(" ")
                if opener in _OPENERS and rest:
                    name = rest
                if name.split()[0].rstrip(".") in _NOT_NAMES:
                    continue
                last = _last_name(name)
                if last not in seen:
                    seen.add(last)
                    found.append(Arrested(match.end(group) - len(name), match.end(group), last, rule))
    if not found:
        for match in (*_SUBJECT.finditer(text.plain, start, end), *_OBJECT.finditer(text.plain, start, end)):
            found.append(Arrested(match.start("name"), match.end("name"), None, "en.subject-arrested"))
            if match["second"]:
                found.append(Arrested(match.start("second"), match.end("second"), None, "en.subject-arrested"))
    return found


def _last_name(name: str) -> str:
    parts = [part for part in name.split() if part.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    return parts[-1].removesuffix("’s").removesuffix("'s")
