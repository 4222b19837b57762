"""What holds for a whole English sentence: is its amount a total over a period, and by whom was it seized."""

import re

from processors.extraction.english_first import match_first
from processors.extraction.english_words import MONTHS
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = [
    "AGENCY_WORDS",
    "CASE_WORDS",
    "DAYS",
    "HAVE",
    "PERIOD_OPENERS",
    "PERIOD_WORDS",
    "Totality",
    "adds",
    "names_period",
    "read_agency",
    "read_totality",
    "tells_many_cases",
]

_UNITS = r"(?:years?|months?|weeks?)"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PERIOD = re.compile(
    r"\b(?:last|this|past|previous|current|each|every|per) (?:\w+ )?(?:fiscal )?years?\b|\bfiscal years?\b|\bfy ?'?\d\d"
    r"|\b(?:in|over|during|within|for) (?:just )?(?:the |a |my |[\w']+ [\w']+ )?"
    r"(?:last|past|first|previous|next|following) (?:[\w-]+ )?"
    r"(?:days|weeks|months?|years?|\w+ of)\b"
    rf"|\bbetween {_MONTH} and {_MONTH}\b|\bfrom {_MONTH} (?:to|through|until) {_MONTH}\b"
    rf"|\b(?:in|over|during|throughout|within) (?:just )?(?:a |an |the )?[\w-]+[ -]{_UNITS}(?: period)?\b"
    r"|\bsince\b|\b(?:to|year-to) date\b|\b(?:so|thus) far\b|\byear-to-date\b|\beach month\b|\ball (?:of )?this month\b"
    r"|\b(?:in|during|throughout|by the end of) (?:all of |calendar )?20[0-3]\d\b|\b20[0-3]\d alone\b"
    r"|\bbetween (?:\w+\.? )?(?:\d{1,2},? )?20\d\d and\b"
    r"|\bbetween [a-z]+\.? (?:\d{1,2},? )?and \w+\.? (?:\d{1,2},? )?20\d\d"
    r"|\bfrom [a-z]+\.? (?:\d{1,2},? )?20\d\d\b.{0,9}(?:to|through|until)\b|\bfrom [a-z]+ day to [a-z]+ day\b"
    r"|\bmonths-?long\b|\byear-?long\b"
    r"|\bthroughout the (?:month|year|course)|\bover the course of (?!(?:a |an |the )?(?:\w+-day|\w+ days?)\b)"
    r"|\b(?:during|throughout|over|in) (?:the |a |an )(?:course of )?(?:the |an? |this )?(?:\w+ ){0,2}?"
    r"investigation\b(?! into)"
    r"|\bunder (?:my|this|his|the) (?:administration|leadership)\b"
    r"|\bannually\b|\b(?:per|every|each) (?:week|month)\b|\bcampaigns?\b|\bprograms?\b"
)
PERIOD_OPENERS = word_set(
    "last this past previous current each every per fiscal fy in over during within for between from throughout since"
    " to year so thus all by months monthslong yearlong under annually campaign campaigns program programs"
) | {str(year) for year in range(2000, 2040)}
"""The words with which a period begins that `_PERIOD` reads."""
# "Capping a three-month investigation, agents searched a home": what follows is one search.
_LASTING = re.compile(r"(?<!\bcapping a )(?<!\bending a )\b[\w-]+-(?:month|year)(?:-long)?\b(?! ?-?old)")
PERIOD_WORDS = (
    MONTHS
    | word_set(
        "year years fiscal fy since date far months month weeks week campaign campaigns program programs annually"
        " administration leadership course investigation last past first previous next following day yearlong"
    )
    | {str(year) for year in range(2000, 2040)}
)
_MANY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?:[a-z]+ )?"
    r"(?:cases|investigations|operations|indictments|incidents)\b"
    r"|\b(?:these|those|the|multiple|several|months-long|criminal) (?:criminal |joint |separate )?"
    r"(?:investigations|cases|operations|indictments|initiatives)\b"
    r"|\b(?:investigations|operations) (?:have|led|and arrests)\b|\bvariously sold\b"
    r"|\bon (?:\w+ )?(?:\w+ )?occasions\b|\b(?:in|of) (?:\w+ )?(?:\w+ )?transactions\b"
)
_LONG = re.compile(
    r"(?<!\bcapping a )(?<!\bending a )\b[\w-]+-(?:month|year)(?:-long)? (?:\w+ ){0,2}"
    r"(?:investigation|operation|effort|probe|wiretap)"
    r"|\bmonths-?long\b|\byear-?long\b"
)
CASE_WORDS = word_set(
    "occasions transactions variously"
    " cases investigations operations indictments incidents initiatives investigation operation effort probe wiretap"
)
_SHORT = re.compile(r"\b(?:in|over|within|during) (?:just )?(?:the )?(?:\w+ )?(?:\w+|\d+) (?:days?|hours?)\b|-day\b")
_PERFECT = re.compile(
    r"(?:\b(?:has|have)|(?<=')ve)(?: also| now| already| been| successfully| recently)*"
    r" (?:seized|been|stopped|arrested|recovered|intercepted|confiscated|taken|made|rescued)\b"
)
HAVE = frozenset({"has", "have", "ve"})
DAYS = frozenset({"day", "days", "hours"})
# "Agents have seized 160 pounds of cocaine inside a truck": one find, not a running total.
_ONE_FIND = re.compile(
    r"\b(?:in|inside|from|during|after) (?:a|an|one) (?:[\w-]+ ){0,2}"
    r"(?:truck|car|vehicle|trailer|home|house|residence|apartment|stop|search|boat|suitcase|warehouse|traffic)\b"
)
_ADDERS = word_set("in additionally also all altogether during")
_ADDED = re.compile(
    r"(?:in addition|additionally|also|all told|in all|altogether"
    r"|during (?:the|this|that) (?:operation|investigation|period|time))\b"
)

_AGENCY_END = re.compile(
    r"\b(?:Police Department|Sheriff[’']s (?:Office|Department|Unit)|Police|Task Force|Border Protection|Border Patrol"
    r"|Highway Patrol|Enforcement Administration|Impact Team|[A-Z]+ team|Narcotics|Security Investigations|Coast Guard"
    r"|Department of Public Safety|Attorney[’']s Office|Marshals Service"
    r"|(?:CBP|DEA|HSI|ATF|FBI|ICE|USMS|DHS|NYPD|LAPD|DPS|CHP|HIDTA)(?: and (?:CBP|DEA|HSI|ATF|FBI|ICE|USMS|DHS))?)\b"
)
AGENCY_WORDS = word_set(
    "police sheriff task border highway enforcement team narcotics investigations coast department attorney"
    " marshals cbp dea hsi atf fbi ice usms dhs nypd lapd dps chp hidta"
)
_SECOND = frozenset({"team", "investigations"})
"""The agency words that are the second of their name: "Impact Team"."""
_SENTENCE_OPENERS = word_set("The In On At During After Since And As A When While Last This")


class Totality:
    """What a sentence says of the time of its amounts. `period`: a period, campaign or several cases; `short`: some
    days; `perfect`: "has seized", without a date.
    """

    __slots__ = ("perfect", "period", "short")

    def __init__(self, period: bool, short: bool, perfect: bool) -> None:
        self.period, self.short, self.perfect = period, short, perfect

    def is_total(self, quantity: float | None, carried: bool) -> bool:
        """A total over a period, a campaign or several cases, named here or before (`carried`).

        "Has seized" with a large number and no date is a running total; a raid of some days is single.
        """
        if self.period or self.short:
            return self.period and (quantity != 1 or carried)
        return carried or (self.perfect and quantity is not None and quantity >= 100)


def read_totality(
    text: Text, start: int, end: int, dated: bool, openers: list[int], cases: bool, days: bool, have: list[int]
) -> Totality:
    """The time of the amounts of the sentence at `start` to `end`.

    The expressions cost some 5 us a sentence: each is tried only where one of its words stands, which is `dated` for
    `PERIOD_WORDS`, `cases` for `CASE_WORDS` and `days` for `DAYS`; `openers` are the words of `PERIOD_OPENERS`, `have`
    those of `HAVE`.
    """
    plain = text.plain
    if dated and _names_period(text, openers, start, end):
        return Totality(True, False, False)
    if cases and _MANY.search(plain, start, end) is not None:
        return Totality(True, False, False)
    if days and _SHORT.search(plain, start, end) is not None:
        return Totality(False, True, False)
    perfect = match_first(_PERFECT, text, have, end) is not None
    return Totality(False, False, perfect and _ONE_FIND.search(plain, start, end) is None)


def _names_period(text: Text, openers: list[int], start: int, end: int) -> bool:
    if match_first(_PERIOD, text, openers, end) is not None:
        return True
    plain = text.plain
    lasting = plain.find("-month", start, end) >= 0 or plain.find("-year", start, end) >= 0
    return lasting and _LASTING.search(plain, start, end) is not None


def tells_many_cases(text: Text, start: int, end: int) -> bool:
    """Whether a sentence says that what follows comes from a long investigation or from several cases."""
    sentence = text.plain[start:end]
    return _MANY.search(sentence) is not None or _LONG.search(sentence) is not None


def adds(text: Text, first: int, start: int) -> bool:
    """Whether a sentence that begins with word `first`, character `start`, opens with "In addition" or "Also": it goes
    on with the period of the one before.
    """
    return text.plains[first] in _ADDERS and _ADDED.match(text.plain, start) is not None


def names_period(text: Text, start: int, end: int) -> bool:
    """Whether the sentence at `start` to `end` names a period."""
    plain = text.plain
    return _PERIOD.search(plain, start, end) is not None or _LASTING.search(plain, start, end) is not None


def read_agency(text: Text, known: list[int], start: int, end: int) -> str | None:
    """The first agency named in the sentence at `start` to `end`, as written, with the capitalised words before it;
    `known` are its words of `AGENCY_WORDS`.
    """
    match = _find_agency(text, known, start, end)
    if match is None:
        return None
    name: list[str] = []
    for word in reversed(text.raw[start : match.start()].split()):
        capital = word[0].isupper() and word[-1] not in ",.;:"
        if not capital and word not in ("of", "and", "for", "U.S."):
            break
        name.insert(0, word)
    while name and (name[0] in _SENTENCE_OPENERS or name[0].lower() in MONTHS or not name[0][0].isupper()):
        name.pop(0)
    return " ".join([*name, match[0]])


def _find_agency(text: Text, known: list[int], start: int, end: int) -> re.Match[str] | None:
    words, plains = text.words, text.plains
    for at in known:
        for begins in (at - 1, at) if at and plains[at] in _SECOND else (at,):
            match = _AGENCY_END.match(text.raw, words[begins][1], end)
            if match is not None and match.start() >= start:
                return match
    return None
