"""How long a published report takes through the whole platform, at a steady rate on real servers.

    python -m tests.bench --stage latency --rate 100 --seconds 60 --json

The platform is the demo's: every worker a process, RocksDB and changelogs, one view, the indexer. Each report is a
structured seizure that one subscription waits for; every second one shares a plate with the one before. Milliseconds
from just before `Publisher.publish` until

    intake     the broker has the event             links    the link of two reports is on `links.joint`
    enriched   it is on `enriched`                  get      the report's document answers a GET by id
    reports    it is on `reports.joint`             search   it is found by a search (the index refreshes each second)
    alert      its alert is on `alerts.<subscriber>`

by the broker's LogAppendTime (all clocks are this machine's); a link counts from the later of its two reports. `get`
and `search` are asked for a sample of the reports, every few milliseconds until they answer: what a user would see,
later than the truth by up to one such step.
"""

import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import orjson

from deploy import settings
from deploy.demo.platform import DEMO_AGENCIES, Platform
from deploy.local.servers import Addresses
from indexing.mappings import REPORT_FAMILY, REPORTS
from streams.identity import document_id
from streams.publisher import Publisher
from streams.registry import AGENCIES_FILE, load_registry
from streams.topics import Topics
from tests.bench.figures import render_table, show_count, summarise
from tests.bench.index_watch import IndexWatch, watching
from tests.bench.servers import machine_load
from tests.bench.topics import read_records
from tests.live.platforms import await_all, run_platform

__all__ = ["make_event", "measure_latency", "pair_delays", "render_latency"]

VIEW = "joint"
AGENCY = "bridge-customs"
SUBSCRIBER = "bench-desk"
SUBSCRIPTIONS = f"""subscribers:
  - id: {SUBSCRIBER}
    name: Desk of the benchmark (fictional)
    view: {VIEW}
    fictional: true
    subscriptions:
      - id: pills
        title: Pills of the benchmark (fictional)
        on: report
        exercises: only
        filter:
          commodities: [fentanyl]
          amount: {{at_least: 1000, unit: pill}}
"""
WARM_EVENTS = 2_000
"""Published before: a fresh Elasticsearch answers several times as slowly as one that has worked a while."""
SAMPLE_EVERY = 10
LATE_S = 30.0
"""After the last event the sample is asked for so long at most."""
STEPS = ("intake", "enriched", "reports", "alert", "links", "get", "search")


def make_event(number: int) -> dict[str, Any]:
    """Fictional seizure `number`, 0.6 KB; 2n and 2n + 1 share a plate."""
    return {
        "report_id": f"BENCH-{number:07d}",
        "exercise": True,
        "handling": {"tlp": "AMBER", "releasable_to": ["joint"]},
        "occurred": {"value": "2026-03-01", "zone": "America/Chicago"},
        "place": {"as_written": "World Trade Bridge, Laredo", "country": "US", "port_of_entry": "Laredo"},
        "direction": "INBOUND",
        "mode": "Land",
        "conveyances": [
            {"kind": "vehicle", "plates": [{"number": f"FIC{number // 2:06d}", "state": "TX", "country": "US"}]}
        ],
        "items": [{"kind": "substance", "name": "Fentanyl", "quantity": {"value": 2000 + number, "unit": "pills"}}],
        "narrative": {"text": "A fictional driver was referred to secondary inspection.", "language": "en"},
    }


def pair_delays(links: Mapping[tuple[str, str], float], sent: Mapping[str, float]) -> list[float]:
    """Delay of each link (`left`, `right`) from the later of its reports; links of other reports are left out."""
    return [at - max(sent[left], sent[right]) for (left, right), at in links.items() if left in sent and right in sent]


def make_platform(addresses: Addresses, folder: Path) -> Platform:
    """The demo's platform with a subscriber of ours, under a prefix of its own; nothing is started."""
    subscriptions = folder / "subscriptions.yaml"
    subscriptions.write_text(SUBSCRIPTIONS, encoding="utf-8")
    files = (AGENCIES_FILE, DEMO_AGENCIES)
    return Platform(
        addresses=addresses,
        topics=Topics(f"bench-{uuid.uuid4().hex[:8]}-"),
        registry=load_registry(*files),
        registry_files=files,
        subscribers=settings.read_subscriptions(subscriptions),
        subscriptions=subscriptions,
        views=(VIEW,),
        workers=folder / "workers",
    )


def publish_steadily(platform: Platform, rate: float, count: int, watch: IndexWatch) -> dict[str, float]:
    """Publish `count` reports, `rate` a second; the moment of each (ms) by document id."""
    sent: dict[str, float] = {}
    with Publisher(AGENCY, platform.addresses.kafka, topics=platform.topics) as publisher:
        began = time.monotonic()
        for number in range(WARM_EVENTS, WARM_EVENTS + count):
            event = make_event(number)
            time.sleep(max(0.0, began + len(sent) / rate - time.monotonic()))
            at = time.time() * 1000
            document = publisher.publish(event).document_id
            sent[document] = at
            if number % SAMPLE_EVERY == 0:
                watch.expect(document)
    return sent


def warm_up(platform: Platform, supervisor: Any) -> None:
    """Reports that nobody measures go all the way first."""
    with Publisher(AGENCY, platform.addresses.kafka, topics=platform.topics) as publisher:
        for number in range(WARM_EVENTS):
            publisher.publish(make_event(number))
    await_all(platform, supervisor)


def measure_latency(addresses: Addresses, rate: float, seconds: float) -> dict[str, Any]:
    """Percentiles in milliseconds by step, and what was left out."""
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as name:
        platform = make_platform(addresses, Path(name))
        index = REPORT_FAMILY.index(REPORTS, platform.topics.prefix, VIEW)
        watch = IndexWatch(addresses.elasticsearch, index)
        with run_platform(platform) as supervisor:
            warm_up(platform, supervisor)
            load_before = machine_load()
            with watching(watch):
                began = time.monotonic()
                sent = publish_steadily(platform, rate, round(rate * seconds), watch)
                published_s = time.monotonic() - began
                deadline = time.monotonic() + LATE_S
                while not watch.is_done and time.monotonic() < deadline:
                    time.sleep(0.05)
            if watch.failure is not None:
                raise watch.failure
            await_all(platform, supervisor)
            restarts = supervisor.restarts
        faults = read_faults(platform.workers)
        delays = read_delays(platform, sent)
    for step, moments in watch.found.items():
        delays[step] = [at - sent[document] for document, at in moments.items()]
    return {
        "unit": "milliseconds from publishing",
        "rate": rate,
        "reports": len(sent),
        "published_per_second": round(len(sent) / published_s, 1),
        "steps": {step: summarise(delays[step]) for step in STEPS},
        "unanswered": {step: len(ids) for step, ids in watch.waiting.items() if ids},
        "index_requests": watch.asked,
        "restarted_workers": restarts,
        "faults": faults,
        "load": {"before": load_before, "after": machine_load()},
    }


def read_faults(folder: Path, most: int = 10) -> list[str]:
    """What the workers complained of in their logs, at most so many lines, cut short."""
    lines = [
        f"{log.stem}: {line[:400]}"
        for log in sorted(folder.glob("*.log"))
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if '"level": "error"' in line or '"level": "critical"' in line
    ]
    return lines[:most]


def read_delays(platform: Platform, sent: Mapping[str, float]) -> dict[str, list[float]]:
    """Delays by step, from what the topics hold."""
    topics, brokers = platform.topics, platform.addresses.kafka
    names = {
        "intake": topics.intake(AGENCY),
        "enriched": topics.enriched,
        "reports": topics.reports(VIEW),
        "alert": topics.alerts(SUBSCRIBER),
        "links": topics.links(VIEW),
    }
    moments: dict[str, dict[Any, float]] = {step: {} for step in names}
    for step, topic in names.items():
        for record in read_records(brokers, [topic]):
            about = _about(step, record.key, cast("bytes", record.value))
            # A second version of the same document is not what is measured.
            moments[step].setdefault(about, record.timestamp)
    links = moments.pop("links")
    delays = {
        step: [at - sent[document] for document, at in found.items() if document in sent]
        for step, found in moments.items()
    }
    return {**delays, "links": pair_delays(links, sent)}


def _about(step: str, key: bytes | None, value: bytes) -> Any:
    """The document id that a record is about; of a link both."""
    if step == "intake":
        return document_id(AGENCY, orjson.loads(value)["report_id"])
    if step == "alert":
        return orjson.loads(value)["subject"]["id"]
    if step == "links":
        tree = orjson.loads(value)
        return tree["left"], tree["right"]
    return (key or b"").decode()


def render_latency(figures: dict[str, Any]) -> str:
    """The table, and under it how it was measured."""
    names = ("count", "p50", "p95", "p99", "max")
    rows = [(step, *(show_count(found.get(name)) for name in names)) for step, found in figures["steps"].items()]
    lines = [
        render_table(("publish to", *names), rows),
        f"Milliseconds, at {figures['published_per_second']} reports a second; {figures['load']['after']}.",
    ]
    lines += [f"Never answered: {count} by {step}." for step, count in figures["unanswered"].items()]
    if figures["restarted_workers"]:
        lines.append(f"{figures['restarted_workers']} workers were restarted: the figures say little.")
    return "\n".join([*lines, *figures["faults"]])
