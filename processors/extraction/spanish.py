"""Seizure mentions of a Spanish text: scan, link numbers with goods, judge, and add place, agency and scope."""

from collections.abc import Callable
from typing import Any

from processors.extraction.mention import Mention
from processors.extraction.spanish_context import Context, assign_places
from processors.extraction.spanish_judge import Judge, has_cue
from processors.extraction.spanish_link import Candidate, Linker
from processors.extraction.spanish_places import PlaceAt, opens_with_place
from processors.extraction.spanish_scan import scan_text
from processors.extraction.spanish_scope import is_approximate
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["find_spanish_mentions"]

_NEW: Callable[..., Any] = tuple.__new__
"""Past the named tuple's own constructor, at a third of the time."""
_THESE = frozenset(["estos", "estas", "esos", "esas", "dichos", "dichas"])
_MANY = {"person_detained": 60, "vehicle": 50, "firearm": 70, "laboratory": 8, "ammunition": 30_000, "migrant": 400}


def find_spanish_mentions(text: Text, reference: Reference) -> list[Mention]:
    """What the text says was seized, in order; nothing where it says no amount of any good."""
    scan = scan_text(text, reference)
    plains, sentences = scan.plains, scan.sentences
    if not any(sentence.tokens for sentence in sentences):
        return []
    linker = Linker(text, scan)
    found: list[Mention] = []
    context = Context(text, plains, reference)
    arrests = any(has_cue(sentence, "detain") for sentence in sentences)
    judge = Judge(text, plains, arrests)
    seen: set[tuple[object, ...]] = set()
    for at, sentence in enumerate(sentences):
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        candidates = linker.link(sentence, following) if sentence.tokens else []
        context.add(sentence)
        if not candidates:
            continue
        themed = arrests and any(one.good.unit == "person" for one in candidates)
        themed = themed and opens_with_place(text, plains, sentence)
        kept: list[Candidate] = []
        for one in candidates:
            if judge.is_seized(sentence, one, kept, bool(found), len(candidates) > 1, themed):
                kept.append(one)
        if not kept:
            continue
        context.enter()
        places = context.here or context.find_whole(sentences[at : at + 4])
        total = any(_is_total(one) for one in kept)
        last: Candidate | None = None
        assigned = assign_places(kept, places, context)
        for number, one in enumerate(kept):
            place = assigned[number]
            single = one.amount.number.how == "article" and one.unit is None and len(kept) == 1
            cumulative = not single and context.is_cumulative(one, total, place)
            mention = _make_mention(text, plains, one, place, cumulative, context.agency)
            if place is not None and place.fine and (better := _find_located_worse(found, mention)):
                del found[-better]
            alike = (mention.commodity, mention.qty_si, mention.unit, _term_key(one, plains))
            key = (alike, mention.place)
            if plains[one.first - 1] in _THESE and any((other.commodity, other.qty_si) == alike[:2] for other in found):
                continue  # "se aseguraron tres laboratorios ... estos tres laboratorios"
            if alike not in seen:
                found.append(mention)
                seen.add(alike)
            elif key in seen:
                apart = context.place_is_new and place is not None and found[-1].place not in (None, mention.place)
                if apart or _is_next_item(text, one, last):
                    found.append(mention)
            elif context.place_is_new and "total" not in plains[max(0, one.first - 3) : one.first]:
                found.append(mention)
            seen.add(key)
            last = one
    return found


def _make_mention(
    text: Text, plains: list[str], one: Candidate, place: PlaceAt | None, cumulative: bool, agency: str | None
) -> Mention:
    words, good, number = text.words, one.good, one.amount.number
    start, end = words[one.first].start, words[one.after - 1].end
    rough = number.rough or number.low is not None or is_approximate(plains, one.amount.first, one.after)
    unit = one.unit.unit if one.unit is not None else good.unit
    assert good.commodity is not None
    amount = (one.quantity, unit, one.qty_si, rough, cumulative)
    where = (None, None) if place is None else (place.place, place.state)
    doubt = () if number.low is None else ("range",)
    raw = text.raw[start:end]
    made: Mention = _NEW(
        Mention, (start, end, raw, good.commodity, *amount, *where, agency, one.rule, good.substance, doubt)
    )
    return made


def _is_next_item(text: Text, one: Candidate, last: Candidate | None) -> bool:
    """The same thing again in one list: "una moto, un autotanque, un autotanque artesanal"."""
    words = text.words
    if one.after < len(words) and words[one.after].plain == "mas":
        return True  # "una persona más"
    if last is None:
        return False
    between = text.plain[words[last.after - 1].end : words[one.first].start]
    if one.good.unit == "person" and last.good.unit == "person":
        # "cinco personas, tres mexicanas"; not "dos personas detenidas, dos personas vinculadas"
        return (
            one.qty_si > 1
            and between.strip() in (",", ":")
            and words[one.after - 1].plain != words[last.amount.after].plain
        )
    if one.amount.number.how != "article" or one.good.unit == "person":
        return False
    return (0 < one.first - last.after <= 2 and "," in between) or between.strip() in (",", "y")


def _find_located_worse(found: list[Mention], mention: Mention) -> int:
    """How far from the end stands the figure told of a state that is now told again of a place in it: "en Durango cinco
    hombres. En Tepehuanes ..."; 0 if none does.
    """
    if mention.qty_si is None or mention.qty_si <= 1:
        return 0
    for back, last in enumerate(found[:-4:-1], 1):
        same = (last.commodity, last.qty_si, last.unit) == (mention.commodity, mention.qty_si, mention.unit)
        inside = last.place == last.state and mention.state in (last.state, None)
        if same and last.place is not None and inside:
            return back
    return 0


def _is_total(one: Candidate) -> bool:
    """A row read out ("cargadores, 20") or more than one event gives."""
    row = one.rule in ("es-good-then-number", "es-good-then-measure", "es-money-row")
    return row or one.qty_si >= _MANY.get(one.good.commodity or "", 1e12)


def _term_key(one: Candidate, plains: list[str]) -> str:
    """What tells two equal amounts apart: the words of things; persons are counted once whatever they are called."""
    if one.unit is not None or one.good.unit in ("person", "kg"):
        return ""
    return " ".join(plains[one.first : one.amount.first] + plains[max(one.first, one.amount.number.after) : one.after])
