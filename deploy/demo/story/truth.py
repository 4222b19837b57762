"""The truth of the story, from its own books: what is live, what belongs together, and what only seems to.

Nothing here reads an event back: identifiers come from the marks that the author set while writing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from deploy.demo.story.alerts import expect_alerts
from deploy.demo.story.ledger import ALL_VIEWS, Ledger, Published, ReportKey
from deploy.demo.story.marks import LINKING, Json, find_marks
from deploy.demo.story.touches import FORMATS, LATE, RULES, TOUCHES

__all__ = ["build_truth"]

Value = tuple[str, str]
"""Kind and normal form of an identifier."""
NAMES = {
    "pills": "Pastillas M30 / BR-7",
    "guns": "Armas al sur / Southbound guns",
    "smuggling": "Célula Reynosa-Laredo",
}


def _ref(key: ReportKey) -> Json:
    return {"agency": key[0], "report_id": key[1]}


def _values(event: Published) -> set[Value]:
    return {(found.kind, found.normal) for found in event.marks() if found.kind in LINKING}


def _carriers(events: Iterable[Published]) -> dict[Value, list[ReportKey]]:
    carriers: dict[Value, set[ReportKey]] = defaultdict(set)
    for event in events:
        for value in _values(event):
            carriers[value].add(event.key)
    return {value: sorted(keys) for value, keys in sorted(carriers.items()) if len(keys) > 1}


def _identifiers(carriers: dict[Value, list[ReportKey]], among: set[ReportKey]) -> list[Json]:
    return [
        {"kind": kind, "normalised": normal, "reports": [_ref(key) for key in keys]}
        for (kind, normal), keys in carriers.items()
        if among & set(keys)
    ]


def _components(carriers: dict[Value, list[ReportKey]]) -> list[list[ReportKey]]:
    group = {key: key for keys in carriers.values() for key in keys}
    for keys in carriers.values():
        joined = {group[key] for key in keys}
        least = min(joined)
        group = {key: least if head in joined else head for key, head in group.items()}
    members: dict[ReportKey, list[ReportKey]] = defaultdict(list)
    for key, head in sorted(group.items()):
        members[head].append(key)
    return list(members.values())


def _networks(book: Ledger, view: str) -> list[Json]:
    live = {event.key: event for event in book.live(view)}
    carriers = _carriers(live.values())
    found = []
    for members in _components(carriers):
        lines = {live[key].line for key in members}
        if len(lines) != 1 or None in lines:
            raise ValueError(f"a network crosses the story's lines: {members}")
        line = str(lines.pop())
        number = list(NAMES).index(line) + 1
        found.append({"name": NAMES[line], "line": number, "members": [_ref(key) for key in members],
                      "identifiers": _identifiers(carriers, set(members))})  # fmt: skip
    return sorted(found, key=lambda network: int(network["line"]))


def _links(book: Ledger, view: str) -> list[Json]:
    shared: dict[tuple[ReportKey, ReportKey], list[Json]] = defaultdict(list)
    for (kind, normal), keys in _carriers(book.live(view)).items():
        for pair in combinations(keys, 2):
            shared[pair].append({"kind": kind, "normalised": normal})
    return [{"left": _ref(pair[0]), "right": _ref(pair[1]), "identifiers": ids} for pair, ids in sorted(shared.items())]


def _hubs(book: Ledger) -> list[Json]:
    carriers: dict[Value, set[ReportKey]] = defaultdict(set)
    written: dict[Value, set[str]] = defaultdict(set)
    for event in book.live("joint"):
        for found in event.marks():
            if found.kind.startswith("hub:"):
                value = found.kind.removeprefix("hub:"), found.normal
                carriers[value].add(event.key)
                written[value].add(str(found))
    return [{"kind": kind, "normalised": normal, "written": sorted(written[kind, normal]), "live_reports": len(keys)}
            for (kind, normal), keys in sorted(carriers.items())]  # fmt: skip


def _revisions(book: Ledger) -> tuple[list[Json], list[Json], list[Json]]:
    events: dict[ReportKey, list[Published]] = defaultdict(list)
    for event in book.lines():
        events[event.key].append(event)
    retracted, corrected, duplicates = [], [], []
    winners = book.current()
    for key, told in sorted(events.items()):
        bodies = {id(event.event) for event in told}
        ordered = sorted(told, key=lambda event: event.order)
        last = winners[key]
        if last.retracted:
            retracted.append(_ref(key) | {"identifiers_withdrawn": _plain(ordered[0])})
        elif len(bodies) > 1:
            corrected.append(_ref(key) | {"from": _plain(ordered[0]), "to": _plain(last),
                                          "explicit_revisions": "revision" in last.event})  # fmt: skip
        if len(bodies) < len(told):
            ids = {event.event_id for event in told}
            kind = "same_event_id" if len(ids) < len(told) else "new_event_id"
            duplicates.append(_ref(key) | {"kind": kind, "extra_lines": len(told) - len(bodies)})
    return retracted, corrected, duplicates


def _plain(event: Published) -> list[Json]:
    return [{"kind": kind, "normalised": normal} for kind, normal in sorted(_values(event))]


def _protected(book: Ledger) -> list[str]:
    markers: set[str] = set()
    for event in book.lines():
        for found in find_marks(event.event):
            if found.kind == "protected":
                markers |= {str(found), found.normal, found.normal[-10:] if found.normal[0] == "+" else found.normal}
    return sorted(markers)


def _strays(book: Ledger) -> list[Json]:
    newest: dict[ReportKey, Published] = {}
    found = []
    for event in book.lines():
        held = newest.setdefault(event.key, event)
        if event.order < held.order:
            found.append(_ref(event.key) | {"id": event.event_id})
        else:
            newest[event.key] = event
    return found


def _happenings(book: Ledger) -> list[Json]:
    told: dict[str, list[Published]] = defaultdict(list)
    for event in book.live():
        if event.about:
            told[event.about].append(event)
    return [{"name": name, "reports": [_ref(event.key) for event in sorted(events, key=lambda event: event.key)]}
            for name, events in sorted(told.items()) if len(events) > 1]  # fmt: skip


def build_truth(book: Ledger) -> Json:
    """The truth file's content."""
    lines, current, live = book.lines(), book.current(), list(book.live())
    retracted, corrected, duplicates = _revisions(book)
    return {
        "rules": RULES,
        "events": len(lines),
        "published": len(lines),
        "refused": 0,
        "distinct_events": len({(event.agency, event.event_id) for event in lines}),
        "distinct_reports": len(current),
        "live_reports": len(live),
        "by_kind": dict(sorted(Counter(event.kind for event in live).items())),
        "by_agency": dict(sorted(Counter(event.agency for event in live).items())),
        "views": {view: sum(1 for _ in book.live(view)) for view in ALL_VIEWS},
        "only_in_view": {view: [_ref(event.key) for event in live if event.views == (view,)] for view in ("us", "mx")},
        "networks": _networks(book, "joint"),
        "networks_of_view": {view: _networks(book, view) for view in ("us", "mx")},
        "links": _links(book, "joint"),
        "links_of_view": {view: len(_links(book, view)) for view in ALL_VIEWS},
        "possible_touches": TOUCHES,
        "hubs": _hubs(book),
        "phone_formats": FORMATS,
        "retracted": retracted,
        "corrected": corrected,
        "duplicates": duplicates,
        "late": LATE,
        "strays": _strays(book),
        "same_happening": _happenings(book),
        "protected_markers": _protected(book),
        "alerts": expect_alerts(book.live("joint"), _networks(book, "joint")),
    }
