"""The fictional scenario: every line fits the contract, and the truth beside it holds by an independent reckoning."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deploy.demo.make_scenario import SCENARIO_FILE, TRUTH_FILE, make_scenario
from streams.contracts import PROTECTED_ROLES, SUBJECT_ROLES
from streams.envelope import parse_time
from streams.parsing import parse_event
from streams.registry import load_registry
from streams.topics import INTAKE_LIMIT

Row = dict[str, Any]
Key = tuple[str, str]
REGISTRY = load_registry(SCENARIO_FILE.with_name("agencies.yaml"))
ROWS: list[Row] = [json.loads(line) for line in SCENARIO_FILE.read_text(encoding="utf-8").splitlines()]
TRUTH: Row = json.loads(TRUTH_FILE.read_text(encoding="utf-8"))


def _key(ref: Row) -> Key:
    return ref["agency"], ref["report_id"]


def _row_key(row: Row) -> Key:
    return row["agency"], row["event"]["report_id"]


def _live(view: str | None = None) -> dict[Key, Row]:
    newest: dict[Key, tuple[int, datetime, int]] = {}
    winners: dict[Key, Row] = {}
    for place, row in enumerate(ROWS):
        order = row["event"].get("revision", 0), parse_time(row["time"]), place
        if order >= newest.get(_row_key(row), order):
            newest[_row_key(row)], winners[_row_key(row)] = order, row
    return {
        key: row["event"]
        for key, row in winners.items()
        if "retraction" not in row["event"] and (view is None or view in row["event"]["handling"]["releasable_to"])
    }


def _walk(tree: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of an event with the names of the fields that lead to it."""
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for name, part in tree.items():
            yield from _walk(part, (*path, name))
    elif isinstance(tree, list):
        for part in tree:
            yield from _walk(part, path)


def _alnum(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _identifiers(event: Row) -> set[tuple[str, str]]:
    """What an event carries, read crudely from its JSON; phones by their last ten digits."""
    found: set[tuple[str, str]] = set()
    people = event.get("people", [])
    firm = [p for p in people if p.get("basis") in {"certified_suspicion", "charged", "convicted"}]
    carrying = [p for p in firm if set(p["roles"]) & SUBJECT_ROLES and not set(p["roles"]) & PROTECTED_ROLES]
    for path, text in _walk({**event, "people": carrying}):
        if path[-2:] == ("plates", "number") and not re.match(r"(?i)s/p|sin", text):
            found.add(("plate", _alnum(text)))
        if path[-1] == "vin":
            found.add(("vin", _alnum(text)))
        if path[-1] == "serial" and re.search(r"\d", text):
            found.add(("serial", _alnum(text)))
        if path[-2:] == ("phones", "number") and not _alnum(text).endswith("9565550100"):
            found.add(("phone", _alnum(text)[-10:]))
        if path[-2:] == ("case_numbers", "number"):
            found.add(("docket", re.sub(r"\s", "", text.upper())))
    for account in event.get("accounts", []):
        if account["kind"] in {"wallet", "clabe"}:
            found.add((account["kind"], account["value"]))
    for identifier in (one for person in carrying for one in person.get("identifiers", [])):
        found.add((identifier["kind"], _alnum(identifier["value"])))
    return found


def _carriers(view: str) -> dict[tuple[str, str], set[Key]]:
    carriers: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key, event in _live(view).items():
        for value in _identifiers(event):
            carriers[value].add(key)
    return {value: keys for value, keys in carriers.items() if len(keys) > 1}


def _components(groups: list[set[Key]]) -> list[set[Key]]:
    joined: list[set[Key]] = []
    for group in groups:
        touching = [other for other in joined if other & group]
        joined = [other for other in joined if not other & group] + [group.union(*touching)]
    return joined


def _sets(networks: list[Row]) -> list[set[Key]]:
    return sorted(({_key(member) for member in network["members"]} for network in networks), key=sorted)


def test_the_generator_reproduces_both_files_byte_for_byte() -> None:
    scenario, truth = make_scenario()
    again = "run `python -m deploy.demo.make_scenario`"
    assert SCENARIO_FILE.read_bytes() == scenario.encode(), again
    assert TRUTH_FILE.read_bytes() == truth.encode(), again


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['agency']}:{row['id']}")
def test_every_line_parses_and_is_marked_fictional(row: Row) -> None:
    assert list(row) == ["agency", "type", "id", "time", "event"]
    event = parse_event(row["type"], json.dumps(row["event"]).encode(), limit=INTAKE_LIMIT).event
    assert event.exercise
    assert REGISTRY[row["agency"]].fictional
    assert event.handling.tlp in {"GREEN", "AMBER"}
    assert event.handling.releasable_to in {("joint", "us", "mx"), ("us",), ("mx",)}
    texts = [text for path, text in _walk(row["event"]) if path[-1] in {"body", "text", "reason"}]
    assert all(re.search(r"\((fictional|fictici[oa])\)", text) for text in texts)


def test_the_registry_lists_eight_invented_agencies_and_all_publish() -> None:
    assert len(REGISTRY) == 8
    assert {row["agency"] for row in ROWS} == set(REGISTRY)
    assert {agency.country for agency in REGISTRY.values()} == {"US", "MX"}


def test_the_lines_come_in_three_months_and_nothing_is_published_before_it_happened() -> None:
    for row in ROWS:
        published = parse_time(row["time"])
        assert date(2026, 3, 1) <= published.date() <= date(2026, 5, 31)
        for name in ("occurred", "seized", "reported", "published"):
            moment = row["event"].get(name)
            if moment is None:
                continue
            start = datetime.fromisoformat(moment["value"])
            if start.tzinfo is None:
                start = start.replace(tzinfo=ZoneInfo(moment["zone"]))
            assert start.astimezone(UTC) <= published, row["id"]


def test_the_counts_equal_the_truth() -> None:
    live = _live()
    kinds = {_row_key(row): row["type"].split(".")[1] for row in ROWS}
    assert TRUTH["events"] == TRUTH["published"] == len(ROWS)
    assert 280 <= len(ROWS) <= 320
    assert TRUTH["refused"] == 0
    assert TRUTH["distinct_events"] == len({(row["agency"], row["id"]) for row in ROWS})
    assert TRUTH["distinct_reports"] == len(kinds)
    assert TRUTH["live_reports"] == len(live)
    assert TRUTH["by_kind"] == Counter(kinds[key] for key in live)
    assert TRUTH["by_agency"] == Counter(agency for agency, _ in live)
    assert TRUTH["views"] == {view: len(_live(view)) for view in ("joint", "us", "mx")}
    for view, refs in TRUTH["only_in_view"].items():
        assert {_key(ref) for ref in refs} == set(_live(view)) - set(_live("joint"))


def test_no_report_mixes_revisions_with_times_or_kinds() -> None:
    told: dict[Key, set[tuple[str, bool]]] = defaultdict(set)
    for row in ROWS:
        told[_row_key(row)].add((row["type"], "revision" in row["event"]))
    assert all(len(ways) == 1 for ways in told.values())
    assert {numbered for ways in told.values() for _, numbered in ways} == {True, False}


@pytest.mark.parametrize("view", ["joint", "us", "mx"])
def test_the_networks_are_the_components_of_what_the_events_carry(view: str) -> None:
    """The story's books against a crude reading of the events themselves."""
    networks = TRUTH["networks"] if view == "joint" else TRUTH["networks_of_view"][view]
    carriers = _carriers(view)
    assert sorted(_components(list(carriers.values())), key=sorted) == _sets(networks)
    told = {
        (item["kind"], item["normalised"][-10:] if item["kind"] == "phone" else item["normalised"]): item["reports"]
        for network in networks
        for item in network["identifiers"]
    }
    assert {value: {_key(ref) for ref in refs} for value, refs in told.items()} == carriers
    assert TRUTH["links_of_view"][view] == len({pair for k in carriers.values() for pair in combinations(sorted(k), 2)})


def test_there_are_exactly_three_networks_one_for_each_line() -> None:
    assert [network["line"] for network in TRUTH["networks"]] == [1, 2, 3]
    groups = [{_key(ref) for ref in item["reports"]} for net in TRUTH["networks"] for item in net["identifiers"]]
    assert sorted(_components(groups), key=sorted) == _sets(TRUTH["networks"])
    assert all(len(members) >= 3 for members in _sets(TRUTH["networks"]))


def test_the_links_are_the_pairs_that_share_an_identifier() -> None:
    shared: dict[tuple[Key, Key], set[tuple[str, str]]] = defaultdict(set)
    for network in TRUTH["networks"]:
        for item in network["identifiers"]:
            for pair in combinations(sorted(_key(ref) for ref in item["reports"]), 2):
                shared[pair].add((item["kind"], item["normalised"]))
    told = {
        (_key(link["left"]), _key(link["right"])): {(one["kind"], one["normalised"]) for one in link["identifiers"]}
        for link in TRUTH["links"]
    }
    assert told == shared
    assert {kind for values in shared.values() for kind, _ in values} == {
        "plate", "vin", "phone", "serial", "curp", "passport", "clabe", "wallet", "docket"
    }  # fmt: skip


def test_what_was_retracted_or_taken_out_of_a_report_would_have_joined_the_lines() -> None:
    """With the retracted reports standing, there would be one network; so the withdrawal is seen."""
    taken_back = {_key(ref) for ref in TRUTH["retracted"]}
    carriers: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for row in ROWS:
        if _row_key(row) in taken_back or _row_key(row) in _live("joint"):
            for value in _identifiers(row["event"]):
                carriers[value].add(_row_key(row))
    assert len([group for group in _components(list(carriers.values())) if len(group) > 1]) == 1


def test_duplicates_corrections_and_strays_are_what_the_truth_says() -> None:
    bodies: dict[Key, list[str]] = defaultdict(list)
    for row in ROWS:
        bodies[_row_key(row)].append(json.dumps(row["event"], sort_keys=True))
    extra = {key: len(told) - len(set(told)) for key, told in bodies.items() if len(set(told)) < len(told)}
    assert {_key(ref): ref["extra_lines"] for ref in TRUTH["duplicates"]} == extra
    changed = {key for key, told in bodies.items() if len(set(told)) > 1}
    assert {_key(ref) for ref in TRUTH["corrected"]} | {_key(ref) for ref in TRUTH["retracted"]} == changed
    assert {_key(ref) for ref in TRUTH["retracted"]} == set(bodies) - set(_live())
    assert len(TRUTH["strays"]) == 2


def test_hubs_are_shared_widely_and_lie_across_the_lines() -> None:
    phone = next(hub for hub in TRUTH["hubs"] if hub["kind"] == "phone")
    carriers = {
        view: [key for key, event in _live(view).items() if any(
            path[-2:] == ("phones", "number") and _alnum(text).endswith(phone["normalised"][-10:])
            for path, text in _walk(event))]
        for view in ("joint", "us", "mx")
    }  # fmt: skip
    assert len(carriers["joint"]) == phone["live_reports"]
    assert all(len(keys) > 64 for keys in carriers.values())
    assert all(set(carriers["joint"]) & members for members in _sets(TRUTH["networks"]))


def test_numbers_are_well_formed_and_phones_lie_in_the_555_range() -> None:
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    seen = Counter[str]()
    for row in ROWS:
        for path, text in _walk(row["event"]):
            if path[-2:] == ("phones", "number"):
                assert re.fullmatch(r"(1|52|521|01|01152)?\d{3}55501\d\d", _alnum(text)), text
                seen["phone"] += 1
            if path[-1] == "vin":
                vin = _alnum(text)
                assert len(vin) == 17
                total = sum(weight * values.get(sign, 0) for sign, weight in zip(vin, weights, strict=True))
                total += sum(weight * int(sign) for sign, weight in zip(vin, weights, strict=True) if sign.isdigit())
                assert "0123456789X"[total % 11] == vin[8]
                seen["vin"] += 1
        for identifier in (one for person in row["event"].get("people", []) for one in person.get("identifiers", [])):
            if identifier["kind"] == "curp":
                curp = _alnum(identifier["value"])
                assert re.fullmatch(r"[A-Z]{4}\d{6}[HM][A-Z]{5}\d\d", curp)
                signs = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
                assert int(curp[17]) == -sum(signs.index(s) * (18 - at) for at, s in enumerate(curp[:17])) % 10
                seen["curp"] += 1
    assert min(seen["phone"], seen["vin"], seen["curp"]) > 3


def test_no_protected_person_is_also_a_subject_and_markers_stand_nowhere_else() -> None:
    markers = [marker.casefold() for marker in TRUTH["protected_markers"]]
    carrying: set[Key] = set()
    for row in ROWS:
        shielded = [p for p in row["event"].get("people", []) if set(p["roles"]) & PROTECTED_ROLES]
        assert all(person["name"].casefold() in markers for person in shielded)
        assert all(phone["number"].casefold() in markers for person in shielded for phone in person.get("phones", []))
        others = [person for person in row["event"].get("people", []) if person not in shielded]
        rest = json.dumps({**row["event"], "people": others}, ensure_ascii=False).casefold()
        if any(marker in rest for marker in markers):
            carrying.add(_row_key(row))
            assert shielded, "a marker stands in a report that does not name the person as protected"
        rest = json.dumps({**row["event"], "people": others, "narrative": None}, ensure_ascii=False).casefold()
        assert not any(marker in rest for marker in markers)
    assert len(carrying) == 4
    roles = {role for row in ROWS for person in row["event"].get("people", []) for role in person["roles"]}
    assert roles >= {"victim", "smuggled_person", "minor", "witness", "informant"}


def test_possible_touches_name_reports_and_make_no_link() -> None:
    known = {_row_key(row) for row in ROWS}
    line_of = {key: number for number, members in enumerate(_sets_by_line(), start=1) for key in members}
    for touch in TRUTH["possible_touches"]:
        keys = [_key(ref) for ref in touch["reports"]]
        assert set(keys) <= known
        assert {line_of[key] for key in keys if key in line_of} <= set(touch["lines"])


def _sets_by_line() -> list[set[Key]]:
    return [{_key(member) for member in network["members"]} for network in TRUTH["networks"]]


def test_news_copies_name_one_origin() -> None:
    origins: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for lineage in row["event"].get("lineage", []):
            origins[lineage["origin_id"]].add(row["event"]["outlet"])
    assert len(origins) == 4
    assert max(len(outlets) for outlets in origins.values()) == 3


def test_nothing_in_the_scenario_is_confidential_under_8_cfr_208_6() -> None:
    text = SCENARIO_FILE.read_text(encoding="utf-8")
    assert not re.search(r"(?i)asylum|asilo|refugi|credible fear|temor|\bA[- ]?\d{2,3}[- ]?\d{3}[- ]?\d{3}\b", text)


def test_another_seed_moves_the_background_and_nothing_of_the_truth() -> None:
    scenario, truth = make_scenario(seed=7)
    assert scenario.encode() != SCENARIO_FILE.read_bytes()
    other = json.loads(truth)
    assert (other["networks"], other["links"]) == (TRUTH["networks"], TRUTH["links"])
