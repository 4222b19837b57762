"""An event in plain words: who tells of it, how much of what, how well it is confirmed. Pure functions.

Each line is safe to print: publishers' texts lose their control characters.
"""

from collections.abc import Sequence

from deploy.describing import plain
from deploy.explaining_dossier_words import MEASURES
from deploy.explaining_words import CREDIBILITY, KINDS, PLACES, RELIABILITY, Lang, say, word
from processors.correlation.wording import COMMODITIES, figure, word_count
from streams.dossiers import EventAmount
from streams.events import EventDocument
from streams.facts import ComparedPlace
from streams.links import CAUTION

__all__ = ["describe_amount", "describe_event", "describe_place", "list_events"]

MAX_LINES = 40
"""Reports of one event that are shown; the rest is counted."""
SHORT_ID = 12


def describe_event(event: EventDocument, lang: Lang = "en") -> list[str]:
    """A whole event."""
    lines = [say("event", lang, id=event["id"])]
    if event["state"] != "live":
        return [plain(line) for line in [*lines, say("event_withdrawn", lang), CAUTION[lang]]]
    members = event.get("members", [])
    lines += [say("exercise", lang)] if event.get("exercise") else []
    if "day" in event:
        lines.append(say("on_day", lang, day=event["day"]))
    if where := _where(event, lang):
        lines.append(f"{say('where', lang)} {where}")
    lines.append(
        say(
            "told_by",
            lang,
            members=say("records", lang, n=event.get("member_count", 0)),
            agencies=say("agencies", lang, n=len(event.get("agencies", []))),
            origins=say("origins", lang, n=event.get("origins", 0)),
        )
    )
    lines += [f"  {one['agency']} {one['report_id']} ({word(KINDS, one['kind'], lang)})" for one in members[:MAX_LINES]]
    if more := event.get("member_count", 0) - len(members[:MAX_LINES]):
        lines.append(f"  {say('not_listed', lang, count=f'{more:,}')}")
    if event.get("only_news"):
        lines.append(say("only_news", lang))
    if goods := event.get("goods"):
        lines += [say("event_goods", lang), *(f"  {describe_amount(one, lang, whose=True)}" for one in goods)]
    if grade := event.get("grade"):
        reliability, credibility = grade["reliability"], grade["credibility"]
        words = word(RELIABILITY, reliability, lang), word(CREDIBILITY, credibility, lang)
        both = f"{reliability}{credibility}"
        lines.append(say("event_grade", lang, grade=both, reliability=words[0], credibility=words[1]))
    if handling := event.get("handling"):
        views = ", ".join(handling["releasable_to"]) or say("nobody", lang)
        lines.append(say("handling", lang, tlp=handling["tlp"], views=views))
    return [plain(line) for line in [*lines, CAUTION[lang]]]


def list_events(events: Sequence[EventDocument], total: int, view: str, lang: Lang = "en") -> list[str]:
    """Events in two lines each, `total` of which fit, and what one must know of them all."""
    lines = [line for event in events for line in _outline(event, lang)]
    lines.append(say("events_listed", lang, shown=f"{len(events):,}", all=f"{total:,}", view=view))
    return [plain(line) for line in [*lines, CAUTION[lang]]]


def _outline(event: EventDocument, lang: Lang) -> list[str]:
    goods = ", ".join(describe_amount(one, lang) for one in event.get("goods", [])[:6])
    head = [event.get("day", say("day_unknown", lang)), _where(event, lang) or say("place_unknown", lang)]
    first = f"{event['id'][:SHORT_ID]}  {' · '.join([*head, goods] if goods else head)}"
    if event.get("exercise"):
        first += f"  {say('exercise', lang).partition(':')[0]}"
    told = [
        ", ".join(event.get("agencies", [])),
        say("records", lang, n=event.get("member_count", 0)),
        say("origins", lang, n=event.get("origins", 0)),
    ]
    if grade := event.get("grade"):
        told.append(f"{grade['reliability']}{grade['credibility']}")
    if handling := event.get("handling"):
        told.append(f"TLP:{handling['tlp']}")
    return [first, f"  {' · '.join(told)}"]


def describe_amount(amount: EventAmount, lang: Lang, *, whose: bool = False) -> str:
    """`fentanyl about 45 kg (others say 44 to 50)`; `whose`: and the record that says so."""
    value = figure(amount["value"])
    unit = MEASURES.get(amount["measure"], "") or word_count(amount.get("unit", ""), value, lang)
    about = say("about", lang) if amount.get("approximate") else ""
    text = f"{word(COMMODITIES, amount['commodity'], lang)} {about}{value} {unit}".rstrip()
    notes = [say("amount_news", lang)] if amount.get("only_news") else []
    if "low" in amount and "high" in amount:
        notes.append(say("amount_range", lang, low=figure(amount["low"]), high=figure(amount["high"])))
    if whose:
        notes.append(f"{amount['agency']} {amount['report_id']}")
    return f"{text} ({'; '.join(notes)})" if notes else text


def describe_place(place: ComparedPlace, lang: Lang) -> str:
    """`Laredo (port of entry, US-TX, corridor laredo)`."""
    known = [word(PLACES, place["kind"], lang), place.get("state") or place.get("country", "")]
    if "corridor" in place:
        known.append(say("corridor", lang, name=place["corridor"]))
    return f"{place.get('name', say('place_unknown', lang))} ({', '.join(filter(None, known))})"


def _where(event: EventDocument, lang: Lang) -> str:
    return describe_place(event["place"], lang) if "place" in event else ", ".join(event.get("areas", []))
