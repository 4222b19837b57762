"""What a sentence says of somebody whom it names: the object of a deed, a protected person, a subject, or nothing.

No parser: the words that stand right before and right after a name, small words passed over.
"""

# ruff: noqa: SIM905 - word lists read better as text

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from processors.extraction.people import FoundPerson
from processors.extraction.texts import Text, Word
from processors.protection.cue_words import PROTECTED_WORD, SUBJECT_WORD
from processors.protection.cues import Cues, Span, word_at

__all__ = ["Told", "read_told"]

Told = Literal["protected", "relative", "speaks", "official", "subject", "nothing"]
"""`protected`: the words beside the name say so, whatever else the text says. `relative`: of somebody in it;
`speaks`: does what witnesses do; both may be a subject by other words.
"""

_LINKS = frozenset(
    "a al an and are as at be been being called como con conocida conocido contra de del dos el ella ellas ellos"
    " en entre era eran es estan esta fue fueron for from ha han had has have he hombre hombres identificada"
    " identificado identificados identified is la las llamada llamado los man men mujer mujeres named nombre"
    " nombres of on old one que quien quienes se senor senora she sido siendo su sus suspected the their tio tia"
    " to tres two un una uno was were who whose woman women year years his her him ano anos edad iniciales"
    " initials known apodado apodada protegido protegida protected agravio presunto presunta presuntos alleged"
    " allegedly also tambien just sexual sexually doloso dolosa agravado agravada calificado calificada culposo"
    " culposa infantil tentativa attempted apellidos apellido ya found hallado hallada encontrado encontrada"
    " localizado localizada sin y o later luego ayer yesterday quedo quedaron resulto proceso prision carcel"
    " privado privada mexicano mexicana".split()
)
"""Passed over on the way from a name to the word that says what the person is."""
_OF = frozenset({"de", "del", "of", "contra", "against", "agravio", "a", "al", "on", "to"})
_POSSESSIVE = frozenset({"de", "del", "of"})
_DONE_TO = _POSSESSIVE | {"a"}
_NAMING = frozenset({"nombre", "iniciales", "named", "called", "identified", "identificado", "identificada", "known",
                     "llamado", "llamada", "apellido", "apellidos", "initials", "conocido", "conocida"})  # fmt: skip
_PASSIVE = frozenset({"was", "were", "been", "being", "fue", "fueron", "sido", "siendo", "are", "is", "be"})
_FAMILY = re.compile(
    r"hij[oa]s?|daughters?|sons?|espos[oa]s?|wife|husband|madre|padre|mother|father|sister|brother|herman[oa]s?"
    r"|famili(?:a|es|ares)|cousins?|nephews?|nieces?|sobrin[oa]s?|mom|mama|vecin[oa]s?|neighbou?rs?|novi[oa]"
).fullmatch
_DEED = re.compile(
    r"homicid(?:ios?|es?)|feminicidios?|asesinatos?|asesin(?:ar|o|aron|an|aba)|mat(?:ar|an?|o|aron|aba)"
    r"|viol(?:ar|o|aron|aba|acion)|abus(?:os?|ar|aron|ing)|secuestr(?:os?|ar|aron|aba)|extorsion(?:ar|o|aron|aba)?"
    r"|amenaz(?:ar|o|aron|aba|as)|tortur(?:ar?|o|aron)|golpe(?:ar|o|aron)|agre(?:dir|dio|dieron|sion)|lesion(?:ar|o|aron)"
    r"|muerte|desaparicion|ejecucion|rapto|plagio|libertad|cuerpo|cadaver|restos|rescate|rescat(?:ar|o|an|aron)|cobr\w+"
    r"|acos(?:o|ar|aba)|apunal(?:o|ar|aron)|dispar(?:o|ar|aron)|traficar|enganch(?:ar|o|aron)"
    r"|busca(?:n|ba)?|buscar|busqueda"
    r"|kill(?:s|ed|ing|ings)|murder(?:s|ed|ing|ings)?|rap(?:e|es|ed|ing)|kidnapp?(?:s|ed|ing)?|abduct\w*|smuggl(?:ed|ing)"
    r"|threaten\w*|extort\w*|abus(?:e|es|ed)|assault\w*|molest\w*|stabb\w*|shooting|shot|beat(?:ing|en)?|death|body"
    r"|remains|attack(?:ed|ing)?|injur(?:ed|ing)|wound(?:ed|ing)|rescu(?:e|ed|ing)|homicide|disappearance"
    r"|slaying|tortur(?:ed|ing)|harass(?:ed|ing)|disappeared|drowning|hurt|harm(?:ed|ing)"
).fullmatch
"""A deed, or what is left of it: with a small word, or in English alone, before the name of whom it was done to."""
_AGENT = re.compile(
    r"agresor(?:a|es)?|asesin(?:o|a|os)|homicidas?|feminicidas?|violador(?:a|es)?|secuestrador(?:a|es)?|captor(?:a|es)?s?"
    r"|killers?|murderers?|kidnappers?|attackers?|rapists?|abusers?|extorsionador(?:a|es)?|victimarios?"
).fullmatch
"""Whoever did it: the subject, but for "the killer of X"."""
_SPEAKS = re.compile(
    r"told|identified|identifico|paid|pago|pagaron|pagado|report(?:ed|o)|denunci(?:o|aron)|testif\w+|declar(?:o|aron|ed)"
    r"|narr(?:o|aron)|relat(?:o|aron)|cont(?:o|aron)|saw|vio|presencio|witnessed|senal(?:o|aron)|reconoc(?:io|ieron)"
    r"|recognized|hired|contrat(?:o|aron)|called|llamo|tipped|alerto|alerted"
).fullmatch
"""What witnesses and people who were moved do; right after a name."""
_PROTECTED = re.compile(PROTECTED_WORD).fullmatch
_SUBJECT = re.compile(SUBJECT_WORD).fullmatch
_FARTHEST = 9
"""Words on either side."""
_JOINED = re.compile(r"\s*(?:,|,?\s*(?:y|e|and|&|o|or|u|ni|nor))\s+")

_Kind = Literal["family", "deed", "agent", "speaks", "protected", "subject", ""]
_KINDS: dict[str, _Kind] = {}
_MOST_KEPT = 20_000


def _kind(word: str) -> _Kind:
    kind = _KINDS.get(word)
    if kind is None:
        if len(_KINDS) >= _MOST_KEPT:
            _KINDS.clear()
        kind = _KINDS[word] = (
            "family" if _FAMILY(word)
            else "agent" if _AGENT(word)
            else "deed" if _DEED(word)
            else "subject" if _SUBJECT(word)
            else "protected" if _PROTECTED(word)
            else "speaks" if _SPEAKS(word)
            else ""
        )  # fmt: skip
    return kind


def read_told(people: Sequence[FoundPerson], text: Text, cues: Cues) -> list[Told]:
    """What the text says of each of the people, who stand in order."""
    read = [_beside(person, text, cues) for person in people]
    told: list[Told] = [one for one, _ in read]
    if len(people) > 1:
        _share(people, told, text)
    if "nothing" not in told:
        return told
    taken = {one for _, one in read}
    for at, person in enumerate(people):
        if told[at] == "nothing" and _is_spoken_of(person, cues, taken):
            told[at] = "subject"
    return told


def _share(people: Sequence[FoundPerson], told: list[Told], text: Text) -> None:
    """Names in a series are of one kind: "smuggling A and B", "A, B and C were arrested"."""
    first = 0
    for at in range(1, len(people) + 1):
        if at < len(people) and _JOINED.fullmatch(text.plain, people[at - 1].end, people[at].start):
            continue
        kinds = {told[one] for one in range(first, at)} - {"nothing"}
        if at - first > 1 and kinds:
            kind: Told = "protected" if "protected" in kinds else "subject" if kinds == {"subject"} else "nothing"
            if kinds == {"subject", "relative"} and told[at - 1] == "subject":
                kind = "subject"  # "the brothers A and B were arrested"
            for one in range(first, at):
                if told[one] == "nothing" or kind == "subject":
                    told[one] = kind
        first = at


def _beside(person: FoundPerson, text: Text, cues: Cues) -> tuple[Told, int]:
    """What stands beside a name, and where the subject's word stands that it takes for itself."""
    sentence = cues.sentence(person.start, person.end)
    words = text.words
    first = word_at(words, person.start)
    last = word_at(words, person.end)
    before, at_before = _before(words, first, sentence, text)
    after, at_after = _after(person, words, last, sentence, text, cues)
    if "protected" in (before, after):
        return "protected", -1
    if "relative" in (before, after):
        return "relative", -1
    if before == "subject":
        return "subject", at_before
    return after, at_after


def _before(words: list[Word], first: int, sentence: Span, text: Text) -> tuple[Told, int]:
    passed: set[str] = set()
    for at in range(first - 1, max(first - 1 - _FARTHEST, -1), -1):
        word, start, _ = words[at]
        if start < sentence[0] or ";" in text.gaps[at + 1]:
            break
        kind = _kind(word)
        if kind and not (kind == "speaks" and word in _LINKS):
            if word == "libertad" and not any(one.plain.startswith("priv") for one in words[max(at - 4, 0) : at]):
                break
            if kind == "family":
                return ("nothing" if passed & _POSSESSIVE and not passed & _NAMING else "relative"), -1
            if kind == "deed":
                english = at == first - 1 or not passed - {"the", "his", "her", "their", "a", "an", "man", "woman"}
                return ("protected" if passed & _OF or english else "nothing"), -1
            if kind == "agent":
                return ("protected" if passed & _DONE_TO and not passed & _NAMING else "subject"), start
            if kind == "protected":
                return "protected", -1
            return ("subject" if kind == "subject" else "nothing"), start
        if word not in _LINKS and not word[0].isdigit():
            break
        passed.add(word)
    return "nothing", -1


def _after(
    person: FoundPerson, words: list[Word], last: int, sentence: Span, text: Text, cues: Cues
) -> tuple[Told, int]:
    plain = text.plain
    if plain.startswith(("'s ", "’s "), person.end):
        # "Timmy's mother", "Timmy Ejemplo's body"
        owned = words[last + 1].plain if last + 1 < len(words) else ""
        kind = _kind(owned)
        return ("protected" if kind in {"family", "deed", "agent"} else "nothing"), -1
    passed: set[str] = set()
    done = person.end
    for at in range(last, min(last + _FARTHEST, len(words))):
        word, start, end = words[at]
        if start >= sentence[1] or ";" in plain[done:start]:
            break
        span = _span_at(cues.protected, person.end, start)
        if span is not None and not _kind(word):
            return "protected", -1
        kind = _kind(word)
        if kind == "speaks" and passed <= {"who", "quien", "que", "ha", "had", "has", "se"}:
            return "speaks", -1
        if kind and not (kind == "speaks" and word in _LINKS):
            if kind == "family":
                return "relative", -1
            if kind in {"deed", "agent"}:
                # "The defendant, X, killed a man", but "X, killed on Monday".
                apart: Told = "speaks" if not passed and "," in plain[person.end : start] else "nothing"
                return ("protected" if kind == "deed" and passed & _PASSIVE else apart), -1
            if kind == "protected":
                return "protected", -1
            return ("subject" if kind == "subject" else "nothing"), start
        if word not in _LINKS and not word[0].isdigit():
            break
        passed.add(word)
        done = end
    else:
        start = done
    if _span_at(cues.protected, person.end, done) is not None:
        return "protected", -1
    return "nothing", -1


def _span_at(spans: list[Span], begin: int, end: int) -> Span | None:
    """A protected phrase (an age) that begins in this stretch."""
    if not spans:
        return None
    # A span comes after the tuple of its beginning alone.
    at = bisect_left(spans, (begin,))
    return spans[at] if at < len(spans) and spans[at][0] <= end else None


def _is_spoken_of(person: FoundPerson, cues: Cues, taken: set[int]) -> bool:
    """Whether the sentence speaks of a subject and of nobody who may have to be protected: no other name has the word,
    or the surname was withheld, as prosecutors do.
    """
    sentence = cues.sentence(person.start, person.end)
    for _ in range(2):
        if cues.protected_in(sentence):
            return False
        spans = cues.subjects_in(sentence)
        if spans:
            return any(span.start not in taken for span in spans) or person.withheld_surname
        if person.withheld_surname:
            return True
        if not sentence.start:
            return False
        # Somebody was arrested; the sentence that follows says who.
        sentence = cues.sentence_before(sentence)
    return False
