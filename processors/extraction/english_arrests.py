"""One person arrested, named or not: "arrested Doe", "John Doe Jr., DOB: ..., was arrested", "he was detained"."""

import re
from bisect import bisect_left
from typing import NamedTuple

from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["HELD_WORDS", "Arrested", "find_arrested"]

_NOT_NAMES = (
    "The A An He She They It We In On At After During When Police Officers Investigators Detectives Agents"
    " Deputies One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Several More Members People Federal"
    " U.S Mexican Sinaloa Cartel January February March April May June July August September October November"
    " December Monday Tuesday Wednesday Thursday Friday Saturday Sunday President Since Among Those Both Another"
    " Authorities Nearly Over Approximately Under Venezuelan Tren Illegal All Some Thirty Forty Fifty Twenty MS"
    " ISIS Immigrants Republican Democrat Americans Local Customs Border Homeland County City State Task Operation"
    " Jan Feb Aug Sept Oct Nov Dec Attorney Sheriff Court Department No Many Most Dozens Hundreds Thousands Each"
    " Days Weeks Months Later"
)
_PART = r"[A-Z][A-Za-zÀ-ÿ’'-]*[a-zà-ÿ]"
_NAME = (
    rf"(?!(?:{'|'.join(_NOT_NAMES.split())})\b){_PART}"
    rf"(?:(?: +|-)(?:[A-Z]\.|{_PART}|[“\"][^”\"]{{2,20}}[”\"]|Jr\.?|Sr\.?|II|III|de|la|del)){{0,3}}"
)
_VERB = re.compile(
    r"\b(?:(?P<active>arrest of|arresting|detain)|(?:arrested|detained|apprehended|captured(?! on)|rearrested)"
    r"|taken into custody|jailed)\b"
)
HELD_WORDS = word_set("arrest arresting detain arrested detained apprehended captured rearrested taken jailed")
"""The words with which it begins."""
_BEARER = (
    r"(?:defendant|co-?defendant|suspect|driver|man|woman|passenger|teen|teenager|gunman|shooter|dealer|offender"
    r"|parolee|felon|fugitive|robber|burglar|thief|assailant|attacker|accomplice|individual|owner|manager|employee"
    r"|teacher|coach|officer|deputy|inmate|student|couple|trafficker|smuggler|boyfriend|girlfriend|husband|wife"
    r"|resident|juvenile|homeowner|occupant|tenant|clerk|cook|operator|worker|renter)"
)
_BEARERS = (
    r"(?:co-?defendants|defendants|suspects|offenders|men|women|teens|teenagers|robbers|burglars|thieves|traffickers"
    r"|smugglers|dealers|fugitives|assailants|attackers|gunmen|shooters|conspirators|co-conspirators|individuals"
    r"|residents|juveniles|occupants|tenants|operators|workers)"
)
_ADVERB = r"(?: (?:also|later|then|subsequently|recently|both|safely|each|ultimately|eventually|immediately|quickly))?"
_FIRST = r"(?: (?:identified|located|found|stopped|contacted|pulled over|chased down|spotted|caught|confronted) and)?"
_AUXILIARY = re.compile(rf" (?:was|were|been|being){_ADVERB}{_FIRST}{_ADVERB} $")
_HELD = r"(?:arrested|detained|apprehended|captured(?! on)|taken into custody|rearrested|jailed)\b"
# What may stand between a subject and "was": "who fled on foot,", "fled the scene but", "of the shop".
_BETWEEN = (
    r"(?: of (?:the|a|an|his) \w+(?: \w+)?)?"
    r"(?:, (?:who|a|an) [^.;]{3,90},"
    r"| (?:(?:then|later|also) )?(?:fled|ran|drove|left|led|hid|(?!was)\w+ed)\b[^.;]{0,80}?,? (?:and|but))?"
)
_AGED = r"(?:(?:suspect|defendant|driver|(?:\d+|\w+)-year-old(?: [a-z]+)?),? )?"
_ACTIVE = re.compile(
    rf"(?: and \w+)? {_AGED}(?P<name>{_NAME})(?:, \d+)?,?"
    rf"(?:(?: of [A-Z]\w+,?)? and {_AGED}(?P<second>{_NAME})"
    rf"|,? [^;]{{2,120}}?, and (?P<third>{_NAME})(?=,))?"
)
_SUBJECT_NAME = re.compile(
    rf"(?P<name>{_NAME})(?:, \d\d)?"
    rf"(?:,? and (?:(?:\d+|\w+)-year-old )?(?P<second>{_NAME})(?:, \d\d)?)?"
    r"(?: of [A-Z]\w+(?: [A-Z]\w+)?,|,[^.;]{2,80},|,)?"
    r"(?: (?:fled|ran|left|drove|hid|\w+(?:ed|rendered))\b[^.;,]{0,60},? (?:and|but))?$"
)
_SUBJECT = re.compile(
    rf"\b(?P<name>(?:the|a) (?:\d+-year-old )?(?:\w+ )?(?:{_BEARER}|\d+-year-old)|he|she)"
    rf"(?: and (?P<second>passenger|driver))?{_BETWEEN} (?:was|were|(?:has|had) been){_ADVERB}{_FIRST}{_ADVERB} {_HELD}"
    r"(?! for (?:a|an) (?:prior|previous))"
)
_PLURAL = re.compile(
    rf"\b(?P<name>(?:the|both|all) (?:\w+ ){{0,2}}?{_BEARERS}){_BETWEEN}"
    rf" (?:were|have been|had been){_ADVERB}{_FIRST}{_ADVERB} {_HELD}"
    rf"|\b(?P<they>(?:the|both|all) (?:\w+ ){{0,2}}?{_BEARERS})\b[^.;]{{3,60}}? (?:when|before|until) they were {_HELD}"
    r"|\b(?:arrested|apprehended|detained)(?: and \w+)? "
    rf"(?P<object>(?:the|both|all) (?:\w+ ){{0,2}}?{_BEARERS}|them)\b"
)
_OBJECT = re.compile(
    r"\b(?:arrested|arresting|detained|apprehended)(?: and \w+)? "
    rf"(?P<name>(?:the|a|his|her) (?:\d+-year-old )?(?:[\w\"-]+ )?(?:{_BEARER}|deputy|employee|trafficker|smuggler)"
    r"|him|her(?=[.,;]| (?:and|at|in|on|for|after|when|near|as|without|outside|inside)\b))\b"
)
_OPENERS = word_set("When After Before As While Since Once Defendant Suspect Officer Mr Mrs Ms According")
_GOES_ON = word_set(
    "in on at for as and after who with near during when while by from last this today early late of about without"
    " approximately outside inside before because following along shortly several moments minutes hours a nearby then"
    " where but"
)
_AFTER_NAME = re.compile(r" ([a-z]+)")


class Arrested(NamedTuple):
    """One person at the characters `start` to `end`; `named` is the last name, or None for "he", "the driver".

    `plural`: several who are not counted ("the defendants").
    """

    start: int
    end: int
    named: str | None
    rule: str
    plural: bool = False


def find_arrested(text: Text, known: list[int], start: int, end: int) -> list[Arrested]:
    """Single persons arrested in the sentence at `start` to `end`; a person is given once. `known` are its words of
    `HELD_WORDS`.
    """
    found: list[Arrested] = []
    told = False
    for at in known:
        verb = _VERB.match(text.plain, text.words[at][1], end)
        if verb is None:
            continue
        told = True
        if verb["active"] and "warrant" in text.plain[max(start, verb.start() - 60) : verb.start()]:
            continue  # "a warrant was issued for the arrest of"
        auxiliary = (
            None if verb["active"] else _AUXILIARY.search(text.plain, max(start, verb.start() - 20), verb.start())
        )
        if auxiliary is None:
            match, rule = _ACTIVE.match(text.raw, verb.end(), end), "en.arrested-name"
        else:
            left = max(start, auxiliary.start() - 160)
            match, rule = _find_subject(text, left, auxiliary.start()), "en.name-arrested"
        for group, name in match.groupdict().items() if match else ():
            one = _read_name(text, match.start(group), name, rule, auxiliary is None) if match and name else None
            if one is not None and one.named not in {other.named for other in found}:
                found.append(one)
    if not found and told:
        for match in (*_SUBJECT.finditer(text.plain, start, end), *_OBJECT.finditer(text.plain, start, end)):
            found.append(Arrested(match.start("name"), match.end("name"), None, "en.subject-arrested"))
            if match.groupdict().get("second"):
                found.append(Arrested(match.start("second"), match.end("second"), None, "en.subject-arrested"))
    if not found and told:
        for match in _PLURAL.finditer(text.plain, start, end):
            group = next(name for name, said in match.groupdict().items() if said)
            found.append(Arrested(match.start(group), match.end(group), None, "en.subject-arrested", True))
            break
    return found


def _find_subject(text: Text, start: int, end: int) -> re.Match[str] | None:
    """The name between `start` and `end` that was arrested; tried at capitals alone, a search takes far longer."""
    capitals = text.capitals
    for at in capitals[bisect_left(capitals, start) :]:
        if at >= end:
            break
        match = _SUBJECT_NAME.match(text.raw, at, end)
        if match is not None:
            return match
    return None


def _read_name(text: Text, at: int, name: str, rule: str, active: bool) -> Arrested | None:
    """The person of a name; None where one capital word only describes what follows ("detained American citizens")."""
    opener, _, rest = name.partition(" ")
    if opener in _OPENERS and rest:
        at, name = at + len(opener) + 1, rest
    end = at + len(name)
    if active and " " not in name:
        following = _AFTER_NAME.match(text.raw, end)
        if following and following[1] not in _GOES_ON:
            return None
    return Arrested(at, end, _last_name(name), rule)


def _last_name(name: str) -> str:
    parts = [part for part in name.split() if part.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    return parts[-1].removesuffix("’s").removesuffix("'s")
