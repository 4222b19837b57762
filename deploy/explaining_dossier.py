"""The dossier of a network in plain words: people, things, what happened, and which links to check first. Pure."""

from collections.abc import Sequence

from deploy.explaining_events import describe_amount, describe_place
from deploy.explaining_words import Lang, say, word
from processors.correlation.wording import GUN_TYPES, word_vehicle
from streams.dossiers import (
    NetworkBridge,
    NetworkFirearm,
    NetworkPerson,
    NetworkVehicle,
    TimelineEntry,
)
from streams.links import NetworkDocument

__all__ = ["MAX_LINES", "describe_dossier", "describe_weakness", "list_entries"]

MAX_LINES = 40
"""Entries of one list that are shown; the rest is counted."""
SHORT_ID = 12


def describe_dossier(network: NetworkDocument, lang: Lang) -> list[str]:
    """Who and what the records tell of, and what happened when; parts of which nothing is known are left out."""
    parts = (
        ("people", [_person(one, lang) for one in network.get("people", [])], network.get("people_count")),
        ("vehicles", [_vehicle(one, lang) for one in network.get("vehicles", [])], network.get("vehicle_count")),
        ("firearm_list", [_firearm(one, lang) for one in network.get("firearms", [])], network.get("firearm_count")),
        (
            "phones",
            [_carried(one["value"], one["reports"], lang) for one in network.get("phones", [])],
            network.get("phone_count"),
        ),
        (
            "marks",
            [_carried(one["value"], one["reports"], lang) for one in network.get("marks", [])],
            network.get("mark_count"),
        ),
        ("timeline", [_entry(one, lang) for one in network.get("timeline", [])], network.get("timeline_count")),
    )
    lines: list[str] = []
    for title, entries, total in parts:
        if entries:
            lines += list_entries(title, entries, total if total is not None else len(entries), lang)
    return lines


def describe_weakness(network: NetworkDocument, lang: Lang) -> list[str]:
    """The weakest bridges of an oversized network; nothing of any other."""
    if not network.get("oversized") or "bridge_count" not in network:
        return []
    bridges = network.get("bridges", [])
    if not bridges:
        return [say("no_bridges", lang)]
    return list_entries("bridges", [_bridge(one, lang) for one in bridges], network["bridge_count"], lang)


def list_entries(title: str, entries: Sequence[str], total: int, lang: Lang) -> list[str]:
    """A title, the first entries below it, and how many of `total` are not shown."""
    shown = entries[:MAX_LINES]
    lines = [say(title, lang), *(f"  {entry}" for entry in shown)]
    return [*lines, f"  {say('not_listed', lang, count=f'{total - len(shown):,}')}"] if total > len(shown) else lines


def _carried(text: str, reports: int, lang: Lang) -> str:
    return f"{text}: {say('in_records', lang, reports=say('records', lang, n=reports))}"


def _person(person: NetworkPerson, lang: Lang) -> str:
    said = [" / ".join(person["names"])]
    if "born" in person:
        said.append(say("born", lang, date=person["born"]))
    if "aliases" in person:
        said.append(say("aliases", lang, names=", ".join(person["aliases"])))
    return _carried(", ".join(said), person["reports"], lang)


def _vehicle(vehicle: NetworkVehicle, lang: Lang) -> str:
    looks = [word_vehicle(look, lang) for look in vehicle.get("looks", ["vehicle"])]
    said = [" / ".join(looks)]
    said += [say("plate", lang, value=value) for value in vehicle.get("plates", [])]
    said += [say("vin", lang, value=value) for value in vehicle.get("vins", [])]
    return _carried(", ".join(said), vehicle["reports"], lang)


def _firearm(firearm: NetworkFirearm, lang: Lang) -> str:
    of_type = word(GUN_TYPES, firearm["type"], lang) if "type" in firearm else None
    coded = (firearm.get("make"), firearm.get("model"), of_type, firearm.get("calibre"))
    said = [" ".join(filter(None, coded))]
    if "serial" in firearm:
        said.append(say("serial", lang, value=firearm["serial"]))
    return _carried(", ".join(filter(None, said)), firearm["reports"], lang)


def _entry(entry: TimelineEntry, lang: Lang) -> str:
    said = [entry.get("day", say("day_unknown", lang))]
    if "place" in entry:
        said.append(describe_place(entry["place"], lang))
    said += [describe_amount(amount, lang) for amount in entry.get("goods", [])]
    if "basis" in entry:
        said.append(say(entry["basis"], lang))
    elif "event" not in entry:
        said.append(say("no_event", lang))
    told = f"{', '.join(entry['agencies'])}; {say('records', lang, n=entry['reports'])}"
    name = f"  [{entry['event'][:SHORT_ID]}]" if "event" in entry else ""
    return f"{' · '.join(said)} ({told}){name}"


def _bridge(bridge: NetworkBridge, lang: Lang) -> str:
    return say(
        "bridge",
        lang,
        id=bridge["link"][:SHORT_ID],
        left=f"{bridge['left_members']:,}",
        right=f"{bridge['right_members']:,}",
        score=f"{bridge['score']:g}",
    )
