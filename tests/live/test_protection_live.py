"""Protected people on real servers: their names and numbers stand in the intake, and nowhere behind it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient
from rocksdict import AccessType, Options, Rdict

from deploy.demo.platform import Platform
from processors.correlation.rows import RECORD_ROW, TIE_ROW, decode_record_row
from processors.release.memory import Memory
from streams.identity import document_id
from tests.conftest import RunningServers
from tests.live.elastic import ask
from tests.live.marked_people import LATE_MARKERS, MARKERS, SHOWN, marked_lines
from tests.live.platforms import await_all, publish_lines, run_platform, story_platform
from tests.live.reading import newest_of, read_all

PREFIX = "marked-"
_BETWEEN_DIGITS = re.compile(r"[ ().-]")
"""What stands between the digits of a number as people write it."""
AT_LAST = (*MARKERS, *LATE_MARKERS)


@pytest.fixture(scope="module")
def platform(servers: RunningServers, tmp_path_factory: pytest.TempPathFactory) -> Platform:
    """Every worker has seen every marked record, and has ended."""
    folder = tmp_path_factory.mktemp("marked")
    made = story_platform(servers, PREFIX, folder, views=("joint", "us"))
    with run_platform(made) as supervisor:
        publish_lines(made, marked_lines(), folder)
        await_all(made, supervisor)
    return made


def found_in(content: bytes | str, markers: tuple[str, ...] = MARKERS) -> list[str]:
    text = content.decode(errors="replace") if isinstance(content, bytes) else content
    folded = text.casefold()
    joined = _BETWEEN_DIGITS.sub("", folded)
    return [marker for marker in markers if marker.casefold() in folded or marker.casefold() in joined]


def topics_of(platform: Platform) -> dict[str, int]:
    metadata = AdminClient({"bootstrap.servers": platform.addresses.kafka}).list_topics(timeout=30)
    return {name: len(one.partitions) for name, one in metadata.topics.items() if name.startswith(PREFIX)}


def test_the_markers_are_in_the_intake(platform: Platform) -> None:
    there: set[str] = set()
    for name, partitions in topics_of(platform).items():
        if name.startswith(f"{PREFIX}intake."):
            for message in read_all(platform.addresses.kafka, name, partitions):
                there |= set(found_in(message.value() or b"", AT_LAST))
    assert there == set(AT_LAST)


def test_no_topic_behind_the_intake_holds_one(platform: Platform) -> None:
    read = 0
    for name, partitions in topics_of(platform).items():
        if name.startswith(f"{PREFIX}intake.") or name == f"{PREFIX}dead-letters.originals":
            continue
        for message in read_all(platform.addresses.kafka, name, partitions):
            read += 1
            value = message.value() or b""
            headers = b"".join(part for pair in message.headers() or () for part in (pair[0].encode(), pair[1] or b""))
            assert not found_in(value + (message.key() or b"") + headers), name
            if name == f"{PREFIX}state.release" and value:
                content = unpack(value)
                assert not found_in(content), name
    assert read > 30


def unpack(value: bytes) -> bytes:
    """The enriched record that a row of the release stage's memory may hold compressed."""
    for start in range(min(len(value), 64)):
        if value[start : start + 1] == b"[":
            try:
                memory = Memory.load(value[start:])
            except ValueError:
                continue
            return (memory.content if memory is not None else None) or b""
    return b""


def test_no_state_and_no_log_holds_one(platform: Platform) -> None:
    files = [path for path in platform.workers.rglob("*") if path.is_file() and path.name != "token-keys"]
    assert any(path.suffix == ".log" and path.stat().st_size for path in files)
    for path in files:
        assert not found_in(path.read_bytes()), path
    rows = 0
    for folder in {path.parent for path in files if path.name == "CURRENT"}:
        # Alerting keeps memories under keys of the same beginnings.
        is_of_correlation = any(part.startswith("correlate-") for part in folder.parts)
        store = Rdict(str(folder), options=Options(raw_mode=True), access_type=AccessType.read_only())
        for key, value in store.items():
            rows += 1
            assert isinstance(key, bytes)
            assert isinstance(value, bytes)
            assert not found_in(key + value, AT_LAST), folder
            # Correlation's rows begin with hashes and scores, which may look like anything packed.
            content = decode_record_row(value).raw if is_of_correlation and key.startswith(RECORD_ROW) else value
            if not (is_of_correlation and key.startswith(TIE_ROW)):
                assert not found_in(unpack(content), AT_LAST), folder
        store.close()
    assert rows > 10


def test_no_index_holds_one(platform: Platform) -> None:
    hits: list[Any] = ask(platform.addresses.elasticsearch, f"{PREFIX}*/_search", {"size": 10_000})["hits"]["hits"]
    assert len(hits) > 10
    for hit in hits:
        assert not found_in(json.dumps(hit, ensure_ascii=False), AT_LAST), hit["_index"]


def test_no_export_holds_one(platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "marked.ndjson"
    file.write_text("\n".join(marked_lines()), encoding="utf-8")
    for arguments in (["enrich", str(file)], ["enrich", str(file), "--explain"]):
        done = subprocess.run(
            [sys.executable, "-m", "deploy.cli", *arguments],
            env=platform.environ(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stdout, done.stderr
        assert not found_in(done.stdout)
        assert not found_in(done.stderr)


def test_what_may_be_told_is_told(platform: Platform) -> None:
    reports = newest_of(platform.addresses.kafka, platform.topics.reports("joint"))
    assert not found_in(json.dumps(reports, ensure_ascii=False), AT_LAST)
    told = {one["report_id"]: one for one in reports.values()}
    assert set(told) == {f"MARK-{number}" for number in range(1, 9)}
    first, turned, late = (told[name]["event"] for name in ("MARK-1", "MARK-2", "MARK-3"))
    assert "Bruno Inventado" in first["narrative"]["text"]
    assert first["people"][3]["name"] == "Bruno Inventado"
    assert "[P:" in first["narrative"]["text"]
    # Whoever was a witness in one revision stays one, whichever came first, under one token.
    for event in (turned, late):
        assert event["people"][0]["protected"]
        assert event["people"][0]["name"] in event["narrative"]["text"]
        assert event["people"][1]["name"] == "Bruno Inventado"
    assert told["MARK-4"]["event"]["people"][0]["protected"]
    news = told["MARK-5"]["event"]
    assert SHOWN[1] in news["body"]
    assert SHOWN[0] in told["MARK-6"]["event"]["body"]
    assert SHOWN[0] in told["MARK-7"]["event"]["narrative"]["text"]
    assert told["MARK-8"]["protection"]["texts"] == "withheld"
    assert all("shields" not in one.get("protection", {}) for one in reports.values())


def test_the_index_tells_that_texts_hold_tokens(platform: Platform) -> None:
    agency = "fiscalia-norte"
    found = ask(
        platform.addresses.elasticsearch,
        f"{PREFIX}reports-joint/_search",
        {"query": {"ids": {"values": [document_id(agency, "MARK-1"), document_id(agency, "MARK-8")]}}},
    )["hits"]["hits"]
    sources = {hit["_source"]["report_id"]: hit["_source"] for hit in found}
    assert sources["MARK-1"]["text_withheld"] is False
    assert "[P:" in sources["MARK-1"]["text"]
    assert sources["MARK-8"]["text_withheld"] is True
    assert sources["MARK-1"]["protected_people"] >= 3
