"""The scenario generator: accepted by the real enrichment, the same bytes again, and a truth that holds."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest

from deploy.enriching import Enriched, Enricher
from processors.correlation.keys import LINKING_KINDS
from processors.reference import default_reference
from streams.event_lines import EventLine, read_event_line
from streams.registry import load_registry
from tests.scenarios import Scenario, Truth, generate
from tests.scenarios.__main__ import main
from tests.scenarios.draw import Draw
from tests.scenarios.lures import LURES
from tests.scenarios.marks import Json, mark
from tests.scenarios.noise import NOISE, Telling, typing_error
from tests.scenarios.truth import components, make_pair
from tests.scenarios.values import Mint
from tests.unit.enriching import KEYS

ROOT = Path(__file__).parents[2]
RECEIVED = datetime(2026, 8, 1, tzinfo=UTC)
STRAYING = {"tip_line", "dealer", "press_mark", "no_serial"}
"""Bait that also strays into reports which belong together for another reason."""


@pytest.fixture(scope="module")
def small() -> Scenario:
    return generate(11, 300)


@pytest.fixture(scope="module")
def large() -> Scenario:
    return generate(12, 1500)


@pytest.fixture(scope="module")
def enriched(small: Scenario) -> list[Enriched]:
    registry = load_registry(ROOT / "deploy/demo/agencies.yaml")
    enricher = Enricher(registry, default_reference(), KEYS, None, RECEIVED)
    return list(enricher.enrich(read_event_line(at, line.encode()) for at, line in enumerate(small.events, start=1)))


def kind_of(group: str) -> str:
    return group.rsplit("-", 1)[0]


def test_enrichment_refuses_nothing(small: Scenario, enriched: list[Enriched]) -> None:
    assert [(one.line, one.reasons) for one in enriched if one.report is None] == []
    assert len(enriched) == len(small.events) > 300
    assert all(one.report["exercise"] for one in enriched if one.report is not None)


def newest(enriched: list[Enriched]) -> dict[str, object]:
    best: dict[str, dict[str, object]] = {}
    for one in enriched:
        assert one.report is not None
        report = dict(one.report)
        held = best.get(str(report["id"]))
        if held is None or int(str(report["version"])) > int(str(held["version"])):
            best[str(report["id"])] = report
    return dict(best)


def test_the_newest_revisions_are_those_that_the_truth_counts(small: Scenario, enriched: list[Enriched]) -> None:
    truth, best = small.truth, newest(enriched)
    keys = truth.keys_by_id()
    assert keys.keys() == best.keys()
    live = {keys[one] for one, report in best.items() if isinstance(report, dict) and not report["retracted"]}
    assert live == set(truth.live())
    retracted = [report for report in truth.reports.values() if not report.live]
    assert retracted
    assert all("retracted" in report.noise for report in retracted)


def test_what_the_platform_reads_as_one_number_is_a_reachable_pair_or_bait(
    small: Scenario, enriched: list[Enriched]
) -> None:
    truth = small.truth
    keys, reachable = truth.keys_by_id(), set(truth.reachable)
    carriers: dict[tuple[str, str], set[str]] = {}
    for one in newest(enriched).values():
        assert isinstance(one, dict)
        for found in one["facts"].get("identifiers", ()):
            if found["kind"] in LINKING_KINDS:
                carriers.setdefault((found["kind"], found["value"]), set()).add(keys[one["id"]])
    shared = {make_pair(*pair) for reports in carriers.values() for pair in combinations(sorted(reports), 2)}
    lured = {make_pair(*pair) for group in truth.baits.values() for pair in combinations(group, 2)}
    assert shared - lured <= reachable
    # Most of what is reachable is written without an error, and a good part is not.
    assert 0.5 < len(shared & reachable) / len(reachable) < 0.9


def test_check_digits_hold_where_nothing_went_wrong(small: Scenario, enriched: list[Enriched]) -> None:
    truth = small.truth
    clean = {one.id for one in truth.reports.values() if not {"typing", "ocr", "revised"} & set(one.noise)}
    checked: Counter[tuple[str, bool]] = Counter()
    for report in newest(enriched).values():
        assert isinstance(report, dict)
        if report["id"] in clean:
            checked.update((one["kind"], one["checked"]) for one in report["facts"].get("identifiers", ())
                           if "checked" in one)  # fmt: skip
    assert {kind for kind, _ in checked} >= {"vin", "curp", "imei", "container"}
    assert not [kind for kind, holds in checked if not holds]


def test_protected_people_are_hidden_and_link_nothing(small: Scenario, enriched: list[Enriched]) -> None:
    people = [person for line in small.events for person in json.loads(line)["event"].get("people", ())]
    hidden = [one for one in people if {"smuggled_person", "victim", "witness"} & set(one["roles"])]
    names = {str(one.get("name") or " ".join((one["given_names"], *one["surnames"]))) for one in hidden}
    numbers = {phone["number"] for one in hidden for phone in one.get("phones", ())}
    assert len(names) > 10
    assert len(numbers) > 2
    for one in enriched:
        assert one.report is not None
        event, facts = one.report["event"], one.report["facts"]
        told = {str(person.get("name")) for person in event.get("people", ())}
        told |= {" ".join((str(person.get("given_names")), *person.get("surnames", ()))) for person in
                 event.get("people", ())}  # fmt: skip
        assert not names & told
        assert not numbers & {found["as_written"] for found in facts.get("identifiers", ())}
    assert not {pair for group, keys in small.truth.baits.items() if kind_of(group) == "protected_phone"
                for pair in combinations(keys, 2)} & small.truth.pairs().keys()  # fmt: skip


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, json; from tests.scenarios import generate; found = generate(3, 200); "
        "print(hashlib.sha256(json.dumps([found.events, found.truth.as_json()]).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1234")
    }  # fmt: skip
    assert len(seen) == 1
    assert generate(4, 200).events != generate(3, 200).events


def test_any_size() -> None:
    for size in (1, 2, 37):
        found = generate(5, size)
        assert len(found.truth.reports) == size
    with pytest.raises(ValueError, match="at least one report"):
        generate(5, 0)


def test_every_line_is_an_event_that_says_it_is_fictional(large: Scenario) -> None:
    for at, line in enumerate(large.events, start=1):
        read = read_event_line(at, line.encode())
        assert isinstance(read, EventLine)
        assert read.agency
        assert read.event["exercise"] is True
        if "narrative" in read.event:
            text = read.event["narrative"]["text"].lower()
            assert "fictional" in text or "ficticio" in text
        noise = large.truth.reports[f"{read.agency}/{read.event['report_id']}"].noise
        if not {"typing", "revised"} & set(noise):
            for phone in read.event.get("phones", ()):
                assert "".join(filter(str.isdigit, phone["number"]))[-7:-4] == "555"


def test_nothing_is_published_before_it_happened(large: Scenario) -> None:
    for line in large.events:
        row = json.loads(line)
        when = row["event"].get("occurred", row["event"].get("published"))
        if when is not None:
            assert when["value"][:10] <= row["time"][:10], row["id"]


def test_a_slip_makes_no_number_another_ones() -> None:
    draw = Draw(1)
    mint = Mint(draw)
    # A world so full that most slips would hit somebody.
    for last in range(100):
        mint.claim("phone", f"95655501{last:02}")
    telling = Telling(draw, {}, True, mint)
    written = set()
    for _ in range(200):
        tree: Json = {"phones": [{"number": mark("phone", "9565550150", "object:phone-1")}]}
        assert typing_error(tree, telling)
        written.add(str(tree["phones"][0]["number"]))
    assert len(written) > 20
    assert not [one for one in written if len(one) == 10 and one.startswith("95655501")]


def test_groups_and_reachable_pairs_are_of_live_reports(large: Scenario) -> None:
    truth = large.truth
    live = set(truth.live())
    assert all(set(keys) <= live and len(set(keys)) > 1 for keys in truth.groups.values())
    assert all(set(keys) <= live for keys in truth.baits.values())
    assert set(truth.reachable) <= truth.pairs().keys()
    assert list(truth.reachable) == sorted(set(truth.reachable))
    assert {reason.partition(":")[0] for reason in truth.groups} == {"event", "person", "object"}


def test_every_kind_of_noise_and_bait_occurs(large: Scenario) -> None:
    counted = Counter(kind for report in large.truth.reports.values() for kind in report.noise)
    beside = {"late", "revised", "retracted", "duplicate", "protected_people", "news", "copy"}
    assert counted.keys() == {kind for kind, _, _ in NOISE} | beside
    groups = Counter(kind_of(group) for group, keys in large.truth.baits.items() if len(keys) > 1)
    assert groups.keys() == {kind for kind, _, _ in LURES} | {"tip_line", "press_mark"}


def test_bait_is_no_reason_to_belong_together(large: Scenario) -> None:
    truth = large.truth
    pairs = truth.pairs()
    for group, keys in truth.baits.items():
        if kind_of(group) not in STRAYING:
            assert not [pair for pair in combinations(keys, 2) if make_pair(*pair) in pairs], group
    assert len(truth.baits["tip_line-1"]) >= 90
    assert len({tuple(sorted(keys)) for keys in truth.baits.values()}) > 20


def test_it_is_neither_easy_nor_one_lump(large: Scenario) -> None:
    truth = large.truth
    told = [report for report in truth.reports.values() if report.kind != "news"]
    wrong = sum(1 for report in told if {"typing", "ocr", "partial_plate"} & set(report.noise)) / len(told)
    lacking = sum(1 for report in told if "missing_field" in report.noise) / len(told)
    assert 0.08 < wrong < 0.18
    assert 0.2 < lacking < 0.4
    assert 0.5 < len(truth.reachable) / len(truth.pairs()) < 0.8
    sizes = [len(members) for members in components(truth.live(), truth.pairs())]
    assert max(sizes) < 120
    assert sum(1 for size in sizes if size > 2) > 40
    assert {report.agency for report in truth.reports.values()} == set(
        load_registry(ROOT / "deploy/demo/agencies.yaml")
    )


def test_a_report_is_told_again_revised_and_retracted(large: Scenario) -> None:
    rows = [json.loads(line) for line in large.events]
    told = Counter((row["agency"], row["event"]["report_id"]) for row in rows)
    ids = Counter((row["agency"], row["id"]) for row in rows)
    assert any(count > 1 for count in ids.values())
    assert sum(1 for count in told.values() if count > 1) > 100
    assert any(row["event"].get("revision") == 2 for row in rows)
    assert any("retraction" in row["event"] for row in rows)
    assert len(told) == 1500


def test_the_truth_can_be_read_back(small: Scenario) -> None:
    tree = json.loads(json.dumps(small.truth.as_json()))
    back = Truth.from_json(tree)
    assert back == small.truth
    assert back.as_json() == tree


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "11", "--reports", "40", "--out", str(tmp_path / "new")]) == 0
    lines = (tmp_path / "new/events.ndjson").read_text(encoding="utf-8").splitlines()
    tree = json.loads((tmp_path / "new/truth.json").read_text(encoding="utf-8"))
    assert lines == generate(11, 40).events
    assert tree["counts"]["reports"] == 40
    assert "40 reports" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "Example:" in capsys.readouterr().out
