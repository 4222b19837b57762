"""A link or a network in plain words, for whoever must answer for what is done with it. Pure functions.

Each line is safe to print: publishers' texts lose their control characters.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from deploy.describing import plain, tell_instant
from deploy.explaining_dossier import describe_dossier, describe_weakness, list_entries
from deploy.explaining_events import describe_place
from deploy.explaining_judgements import explain_judged
from deploy.explaining_words import (
    CREDIBILITY,
    IDENTIFIERS,
    ISSUERS,
    KINDS,
    RELIABILITY,
    Lang,
    say,
    word,
)
from processors.correlation.links import issuers_differ
from processors.correlation.scoring import STRONG_FROM
from processors.correlation.weights import PRIOR
from processors.correlation.wording import COMMODITIES, figure, word_goods, word_looks
from streams.links import CAUTION, LinkDocument, LinkedField, LinkedReport, LinkReason, NetworkDocument
from streams.reports import IdentifierKind

__all__ = ["describe_network", "explain_link", "list_networks", "outline_network"]

SHORT_ID = 12


def explain_link(link: LinkDocument, lang: Lang = "en") -> list[str]:
    """Why two records were linked: whose they are, each reason and what is written where, and what is not known."""
    if link["state"] != "live":
        return _clean([say("link", lang, id=link["id"]), say("link_withdrawn", lang), CAUTION[lang]])
    reports, reasons = link.get("reports", []), link.get("reasons", [])
    sides = dict(zip((_key(report) for report in reports), "AB", strict=False))
    lines = [say("link", lang, id=link["id"]), *_exercise(link, lang), say("two_records", lang)]
    lines += [f"  {_name(report, lang, side)}" for report, side in zip(reports, "AB", strict=False)]
    lines.append(say("what_speaks", lang))
    against = [reason for reason in reasons if reason["weight"] < 0]
    for number, reason in enumerate((reason for reason in reasons if reason["weight"] >= 0), 1):
        lines += _explain_reason(reason, number, sides, lang)
    if against:
        lines.append(say("what_against", lang))
    for number, reason in enumerate(against, 1):
        lines += _explain_reason(reason, number, sides, lang)
    if more := link.get("reason_count", 0) - len(reasons):
        lines.append(f"  {say('more_reasons', lang, count=more)}")
    if "score" in link and "strength" in link:
        lines.append(say("score", lang, score=f"{link['score']:g}", prior=f"{PRIOR:g}"))
        lines.append(say("strength", lang, strength=say(link["strength"], lang), strong=f"{STRONG_FROM * 100:g} %"))
    if "judged" in link:
        lines += explain_judged(link["judged"], lang)
    lines += _marks(link, lang)
    if "probability" in link:
        lines.append(say("probability", lang, value=_chance(link["probability"], lang)))
    else:
        lines.append(say("no_probability", lang))
    lines += _unknown_issuers(reasons, lang)
    return _clean([*lines, say("no_identity", lang), CAUTION[lang]])


def describe_network(
    network: NetworkDocument,
    lang: Lang = "en",
    *,
    followed: Sequence[str] = (),
    links: Sequence[LinkDocument] = (),
) -> list[str]:
    """A whole network: whose records, what holds them together, where, when, how much, how sure.

    `followed` are ids that were merged into it, `links` some of its links, to be asked about.
    """
    lines = [say("merged", lang, old=old, new=network["id"]) for old in followed]
    lines.append(say("network", lang, id=network["id"]))
    if network["state"] != "live":
        return _clean([*lines, say("network_withdrawn", lang), CAUTION[lang]])
    members, identifiers = network.get("members", []), network.get("identifiers", [])
    lines += [*_exercise(network, lang), _size(network, lang), _span(network, lang)]
    if network.get("member_count", 0) > len(members):
        lines.append(say("oversized", lang, shown=f"{len(members):,}", all=f"{network.get('member_count', 0):,}"))
    lines += describe_weakness(network, lang)
    lines += [say("who", lang), *(f"  {line}" for line in _owners(network, lang))]
    shared = [
        say(
            "identifier",
            lang,
            kind=word(IDENTIFIERS, one["kind"], lang),
            value=one["value"],
            reports=_records(one["reports"], lang),
        )
        for one in identifiers
    ]
    lines += list_entries("held_by", shared, network.get("identifier_count", len(shared)), lang)
    places = [describe_place(place, lang) for place in network.get("places", [])]
    lines += list_entries("where", places, len(places), lang) if places else []
    if goods := _goods(network, lang):
        lines += list_entries("goods", goods, len(goods), lang)
        lines.append(f"  {say(network.get('counted', 'per_report'), lang)}")
    lines += describe_dossier(network, lang)
    lines += _marks(network, lang, "network_grade" if network.get("counted") == "per_event" else "grade")
    if links:
        total = f"{network.get('link_count', len(links)):,}"
        lines.append(say("ask_why", lang, shown=len(links), all=total))
        lines += [f"  {_outline_link(link, lang)}" for link in links]
    return _clean([*lines, CAUTION[lang]])


def outline_network(network: NetworkDocument, lang: Lang = "en") -> list[str]:
    """A network in three lines: size, whose records, and where, when, what, how sure."""
    head = [_records(network.get("member_count", 0), lang)]
    head.append(say("agencies", lang, n=len(network.get("agencies", []))))
    head.append(say("identifiers", lang, n=network.get("identifier_count", 0)))
    first = f"{network['id'][:SHORT_ID]}  {', '.join(head)}"
    if network.get("exercise"):
        first += f"  {say('exercise', lang).partition(':')[0]}"
    parts = [_span(network, lang).removesuffix("."), _where(network, lang)]
    if goods := _goods(network, lang):
        parts.append(", ".join(goods))
    if grade := network.get("grade"):
        parts.append(f"{grade['reliability']}{grade['credibility']}")
    if handling := network.get("handling"):
        parts.append(f"TLP:{handling['tlp']}")
    owners = say("owners", lang, agencies=", ".join(network.get("agencies", [])))
    return _clean([first, f"  {owners}", f"  {' · '.join(parts)}"])


def list_networks(networks: Sequence[NetworkDocument], total: int, view: str, lang: Lang = "en") -> list[str]:
    """The outlines of networks, `total` of which the view has, and what one must know of them all."""
    lines = [line for network in networks for line in outline_network(network, lang)]
    lines.append(say("networks_listed", lang, shown=f"{len(networks):,}", all=f"{total:,}", view=view))
    lines += [say(counted, lang) for counted in sorted({one["counted"] for one in networks if "counted" in one})]
    return _clean([*lines, CAUTION[lang]])


def _explain_reason(reason: LinkReason, number: int, sides: Mapping[tuple[str, str], str], lang: Lang) -> list[str]:
    sentence = reason["sentence_es"] if lang == "es" else reason["sentence_en"]
    lines = [f"  {say('reason', lang, number=number, sentence=sentence, weight=format(reason['weight'], 'g'))}"]
    for field in (reason["left"], reason["right"]):
        side = sides.get((field["agency"], field["report_id"]), f"{field['agency']} {field['report_id']}")
        written = _tell_side(reason, field, side, lang)
        if issuer := field.get("issuer"):
            written += say("issuer", lang, issuer=issuer)
        elif reason.get("kind") in ISSUERS:
            written += say("no_issuer", lang)
        lines.append(f"     {written}")
    return lines


def _tell_side(reason: LinkReason, field: LinkedField, side: str, lang: Lang) -> str:
    """What one record writes, or tells where there is nothing to quote."""
    feature, text = reason["feature"], field["as_written"]
    if feature in _TELLING:
        return say("told", lang, side=side, text=word_goods(text, lang))
    if feature == "repeat_text" and (words := text.removesuffix(" words")).isdigit():
        return say("text_of", lang, side=side, words=words, field=field["field"])
    if feature == "look_same":
        return say("says_of", lang, side=side, field=field["field"], text=word_looks(text, lang))
    return say("written", lang, side=side, text=text, field=field["field"])


_TELLING = frozenset({"tell_event", "be_impossible"})
"""Features that rest on several fields: time, place and goods."""


def _unknown_issuers(reasons: Sequence[LinkReason], lang: Lang) -> list[str]:
    """A line for each kind of number that several issuers may give out, unless both records name the same one."""
    kinds: dict[IdentifierKind, None] = {}
    for reason in reasons:
        left, right = reason["left"].get("issuer", ""), reason["right"].get("issuer", "")
        if "kind" in reason and (not left or not right or issuers_differ(left, right)):
            kinds[reason["kind"]] = None
    return [
        say("same_issuer", lang, issuer=word(ISSUERS, kind, lang), kind=word(IDENTIFIERS, kind, lang))
        for kind in kinds
        if kind in ISSUERS
    ]


def _chance(probability: float, lang: Lang) -> str:
    """A probability in per cent, which never reads as certain."""
    if probability > 0.99:
        return say("nearly_all", lang)
    return say("hardly_any", lang) if probability < 0.01 else f"{probability * 100:.0f} %"


def _owners(network: NetworkDocument, lang: Lang) -> list[str]:
    """Each agency with all of its reports that the network lists."""
    held: dict[str, list[LinkedReport]] = {agency: [] for agency in network.get("agencies", [])}
    for member in sorted(network.get("members", []), key=_key):
        held.setdefault(member["agency"], []).append(member)
    lines = []
    for agency in sorted(held):
        named = [f"{member['report_id']} ({word(KINDS, member['kind'], lang)})" for member in held[agency]]
        lines.append(f"{agency}: {', '.join(named) or say('none_listed', lang)}")
    if more := network.get("member_count", 0) - len(network.get("members", [])):
        lines.append(say("not_listed", lang, count=f"{more:,}"))
    return lines


def _outline_link(link: LinkDocument, lang: Lang) -> str:
    names = " + ".join(f"{report['agency']} {report['report_id']}" for report in link.get("reports", []))
    shared = (
        f"{word(IDENTIFIERS, reason['kind'], lang)} {reason['value']}"
        for reason in link.get("reasons", [])
        if "kind" in reason and "value" in reason
    )
    return f"{link['id'][:SHORT_ID]}  {names}: {', '.join(shared)}"


def _exercise(document: LinkDocument | NetworkDocument, lang: Lang) -> list[str]:
    return [say("exercise", lang)] if document.get("exercise") else []


def _marks(document: LinkDocument | NetworkDocument, lang: Lang, how: str = "grade") -> list[str]:
    lines = []
    if grade := document.get("grade"):
        reliability, credibility = grade["reliability"], grade["credibility"]
        words = word(RELIABILITY, reliability, lang), word(CREDIBILITY, credibility, lang)
        both = f"{reliability}{credibility}"
        lines.append(say(how, lang, grade=both, reliability=words[0], credibility=words[1]))
    if handling := document.get("handling"):
        views = ", ".join(handling["releasable_to"]) or say("nobody", lang)
        lines.append(say("handling", lang, tlp=handling["tlp"], views=views))
    return lines


def _size(network: NetworkDocument, lang: Lang) -> str:
    agencies = say("agencies", lang, n=len(network.get("agencies", [])))
    links = say("links", lang, n=network.get("link_count", 0))
    return say("size", lang, members=_records(network.get("member_count", 0), lang), agencies=agencies, links=links)


def _span(network: NetworkDocument, lang: Lang) -> str:
    if "first" not in network or "last" not in network:
        return say("no_time", lang)
    if "first_day" in network and "last_day" in network:
        return say("span", lang, first=network["first_day"], last=network["last_day"])
    return say("span_utc", lang, first=tell_instant(network["first"]), last=tell_instant(network["last"]))


def _where(network: NetworkDocument, lang: Lang) -> str:
    """The corridors, else the first places that have a name."""
    places = network.get("places", [])
    corridors = sorted({place["corridor"] for place in places if "corridor" in place})
    names = corridors or [place["name"] for place in places if "name" in place][:4]
    return ", ".join(names) or say("place_unknown", lang)


def _goods(network: NetworkDocument, lang: Lang) -> list[str]:
    masses = [
        f"{word(COMMODITIES, one['commodity'], lang)} {figure(one['mass_kg'])} kg" for one in network.get("goods", [])
    ]
    counts: Mapping[str, Any] = network.get("counts", {})
    pieces = [say(name, lang, n=counts[name]) for name in ("firearms", "rounds", "pills") if counts.get(name)]
    return masses + pieces


def _name(report: LinkedReport, lang: Lang, side: str = "") -> str:
    kind = word(KINDS, report["kind"], lang)
    named = say("record", lang, side=side, agency=report["agency"], report_id=report["report_id"], kind=kind)
    return named if side else named.removeprefix(": ")


def _records(count: int, lang: Lang) -> str:
    return say("records", lang, n=count)


def _key(report: LinkedReport) -> tuple[str, str]:
    return report["agency"], report["report_id"]


def _clean(lines: Sequence[str]) -> list[str]:
    return [plain(line) for line in lines]
