"""Seizure mentions of a Spanish text: scan, link numbers with goods, judge, and add place, agency and scope."""

from processors.extraction.mention import Mention
from processors.extraction.spanish_context import Context, assign_places
from processors.extraction.spanish_judge import is_seized, passage_bars
from processors.extraction.spanish_link import Candidate, Linker
from processors.extraction.spanish_places import PlaceAt
from processors.extraction.spanish_scan import scan_sentences
from processors.extraction.spanish_scope import is_approximate
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["find_spanish_mentions"]

_MANY = {"person_detained": 60, "vehicle": 40, "firearm": 60, "laboratory": 8, "ammunition": 30_000, "migrant": 400}


def find_spanish_mentions(text: Text, reference: Reference) -> list[Mention]:
    """What the text says was seized, in order; nothing where it says no amount of any good."""
    sentences = scan_sentences(text, reference)
    if not any(sentence.tokens for sentence in sentences):
        return []
    linker = Linker(text)
    linker.prepare(sentences)
    bars = passage_bars(text)
    found: list[Mention] = []
    context = Context(text, reference)
    seen: set[tuple[object, ...]] = set()
    for at, sentence in enumerate(sentences):
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        candidates = linker.link(sentence, following) if sentence.tokens else []
        kept: list[Candidate] = []
        for one in candidates:
            if is_seized(text, sentence, one, kept, bars, bool(found), len(candidates) > 1):
                kept.append(one)
        context.add(sentence)
        if not kept:
            continue
        context.enter()
        places = context.here
        weakly = context.perfect or any(_is_total(one) for one in kept)
        for one, place in zip(kept, assign_places(kept, places, context), strict=True):
            single = one.amount.number.how == "article" and one.unit is None and len(kept) == 1
            fine = place is not None and place.fine and place in places
            cumulative = not single and context.is_cumulative(one, weakly, fine)
            mention = _make_mention(text, one, place, cumulative, context.agency)
            key = (mention.commodity, mention.qty_si, mention.unit, mention.place, _term_key(one))
            alike = (mention.commodity, mention.qty_si, mention.unit, _term_key(one))
            if key not in seen and not (alike in seen and not context.place_is_new):
                found.append(mention)
            seen |= {key, alike}
    return found


def _make_mention(text: Text, one: Candidate, place: PlaceAt | None, cumulative: bool, agency: str | None) -> Mention:
    words = text.words
    number = one.amount.number
    start, end = words[one.first].start, words[one.after - 1].end
    rough = number.rough or number.low is not None or is_approximate(text, one.amount.first)
    unit = one.unit.unit if one.unit is not None else one.good.unit
    assert one.good.commodity is not None
    return Mention(
        start,
        end,
        text.raw[start:end],
        one.good.commodity,
        one.quantity,
        unit,
        one.qty_si,
        rough,
        cumulative,
        place.place if place else None,
        place.state if place else None,
        agency,
        one.rule,
        one.good.substance,
        ("range",) if number.low is not None else (),
    )


def _is_total(one: Candidate) -> bool:
    """A row read out ("cargadores, 20") or more than one event gives."""
    row = one.rule in ("es-good-then-number", "es-good-then-measure", "es-money-row")
    return row or one.qty_si >= _MANY.get(one.good.commodity or "", 1e12)


def _term_key(one: Candidate) -> str:
    """What tells two equal amounts apart: the words of things; persons are counted once whatever they are called."""
    return "" if one.good.unit in ("person", "kg") or one.unit is not None else one.term
