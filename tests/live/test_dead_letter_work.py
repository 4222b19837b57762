"""An operator's work on dead letters, on real servers: list, show, resubmit, repair, close, and who did it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer

from deploy.dead_letters import (
    RESUBMISSION_HEADER,
    DeadLetterError,
    OriginalMissingError,
    RepairRefusedError,
    close_letter,
    read_original,
    resubmit_letter,
)
from deploy.logins import login_name
from processors.enrichment import RULES_VERSION
from processors.reference import default_reference
from streams.dead_letters import make_dead_letter
from streams.errors import KafkaUnreachableError
from streams.records import StoredRecord
from streams.refusals import make_reason
from streams.reports import DeadLetter
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.indexed import make_report
from tests.live.index_tools import VIEW, produce_reports, running_indexer, sources
from tests.live.test_index_sink import await_done, read_topic
from tests.polling import poll_until
from tests.unit.enriching import headers_of

BROKEN = b'{"report_id":"FICTION-1", "items":'
REPAIRED = b'{"report_id":"FICTION-1","items":[{"kind":"substance","name":"Fentanyl"}]}'


@dataclass
class Desk:
    """Running servers with an indexer, and the letters of a test."""

    servers: RunningServers
    topics: Topics

    def refuse(self, body: bytes | None = BROKEN, *, keep_original: bool = True, **known: Any) -> DeadLetter:
        """A record on the intake of CBP, refused as enrichment refuses it."""
        topic = self.topics.intake("cbp")
        producer = KafkaProducer(bootstrap_servers=self.servers.kafka, acks="all")
        try:
            sent = producer.send(topic, key=b"FICTION-1", value=body, headers=headers_of()).get(timeout=30)
            record = StoredRecord(
                topic, sent.partition, sent.offset, sent.timestamp, b"FICTION-1", body, tuple(headers_of())
            )
            reasons = (make_reason("invalid_json", position=34),)
            outputs = make_dead_letter(self.topics, record, stage="enrich", agency="cbp", reasons=reasons, **known)
            for output in outputs if keep_original else outputs[1:]:
                producer.send(output.topic, key=output.key, value=output.value, headers=list(output.headers)).get(
                    timeout=30
                )
        finally:
            producer.close()
        letter: DeadLetter = orjson.loads(outputs[1].value or b"")
        self.await_state(letter, "open")
        return letter

    def indexed(self) -> dict[str, dict[str, Any]]:
        """Id -> letter as the index has it."""
        return sources(self.servers.elasticsearch, f"{self.topics.prefix}dead-letters")

    def await_state(self, letter: DeadLetter, state: str) -> dict[str, Any]:
        """The letter once the index has it in this state."""
        return poll_until(
            lambda: found if (found := self.indexed().get(letter["id"])) and found["state"] == state else None,
            30,
            f"the letter is {state}",
        )

    def intake(self) -> list[Any]:
        """What lies on the intake of CBP, in order of arrival."""
        return sorted(read_topic(self.servers.kafka, self.topics.intake("cbp")), key=lambda found: found.timestamp)

    def puente(self, *arguments: str, fails: bool = False) -> subprocess.CompletedProcess[bytes]:
        """The command line."""
        environment = {
            **os.environ,
            "PUENTE_PREFIX": self.topics.prefix,
            "PUENTE_KAFKA": self.servers.kafka,
            "PUENTE_ELASTICSEARCH": self.servers.elasticsearch,
            "COLUMNS": "200",
        }
        done = subprocess.run(
            [sys.executable, "-m", "deploy.cli", *arguments],
            env=environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        return done


@pytest.fixture
def desk(servers: RunningServers, prefix: str) -> Iterator[Desk]:
    with running_indexer(servers, prefix) as (topics, _):
        yield Desk(servers, topics)


def test_the_original_is_read_from_the_restricted_topic_or_where_it_lay(desk: Desk) -> None:
    letters = [desk.refuse(), desk.refuse(b"another"), desk.refuse(b"not kept", keep_original=False)]
    found = [read_original(desk.servers.kafka, desk.topics, letter) for letter in letters]
    assert [original.value for original in found] == [BROKEN, b"another", b"not kept"]
    assert [original.found for original in found] == ["restricted topic", "restricted topic", "coordinates"]
    assert found[0].headers == found[2].headers == tuple(headers_of())
    gone: DeadLetter = {**letters[0], "id": "f" * 32, "offset": 10_000}
    with pytest.raises(OriginalMissingError, match="ask cbp to publish it again"):
        read_original(desk.servers.kafka, desk.topics, gone)
    with pytest.raises(KafkaUnreachableError):
        read_original("127.0.0.1:1", desk.topics, gone)


def test_a_record_is_sent_again_as_it_was_or_repaired(desk: Desk) -> None:
    letter = desk.refuse(report_id="FICTION-1")
    changed = resubmit_letter(desk.servers.kafka, desk.topics, letter, by="operator")
    assert (changed["state"], changed["by"]) == ("resubmitted", "operator")
    assert desk.await_state(letter, "resubmitted")["by"] == "operator"
    assert [record.value for record in desk.intake()] == [BROKEN, BROKEN]
    # Once more, repaired this time; and an "open" that Kafka hands out again opens nothing.
    resubmit_letter(desk.servers.kafka, desk.topics, changed, by="operator", repaired=REPAIRED)
    last = desk.intake()[-1]
    assert (last.value, last.key) == (REPAIRED, b"FICTION-1")
    assert list(last.headers) == [*headers_of(), (RESUBMISSION_HEADER, letter["id"].encode())]
    producer = KafkaProducer(bootstrap_servers=desk.servers.kafka)
    producer.send(desk.topics.dead_letters, key=letter["id"].encode(), value=orjson.dumps(letter)).get(timeout=30)
    producer.close()
    await_done(desk.servers, desk.topics)
    assert desk.indexed()[letter["id"]]["note"] == "repaired"


def test_a_repair_that_would_be_refused_again_is_not_sent(desk: Desk) -> None:
    letter = desk.refuse(report_id="FICTION-1")
    for repaired, words in ((b"{", "not valid JSON"), (b'{"report_id":"OTHER","narrative":{"text":"x"}}', "OTHER")):
        with pytest.raises(RepairRefusedError, match=words):
            resubmit_letter(desk.servers.kafka, desk.topics, letter, by="operator", repaired=repaired)
    assert len(desk.intake()) == 1
    assert desk.indexed()[letter["id"]]["state"] == "open"


def test_a_record_that_other_rules_enriched_does_not_go_back(desk: Desk) -> None:
    """It might undo what newer rules protect."""
    report = make_report(facts={"place": {"kind": "port", "name": "Laredo", "planet": "Mars"}})
    produce_reports(desk.servers.kafka, desk.topics, [report])
    (found,) = poll_until(lambda: list(desk.indexed().values()), 30, "the letter is indexed")
    letter: DeadLetter = found  # type: ignore[assignment]
    assert letter["stage"] == "index"
    with pytest.raises(DeadLetterError, match="ask cbp to publish a repaired revision"):
        resubmit_letter(desk.servers.kafka, desk.topics, letter, by="operator", repaired=b"{}")
    with pytest.raises(DeadLetterError, match="enriched by other rules than today's"):
        resubmit_letter(desk.servers.kafka, desk.topics, letter, by="operator")


def test_a_record_refused_by_the_index_goes_back_to_its_own_topic(desk: Desk) -> None:
    today = {"rules": RULES_VERSION, "reference": default_reference().version}
    report = make_report(facts={"place": {"kind": "port", "name": "Laredo", "planet": "Mars"}}, versions=today)
    produce_reports(desk.servers.kafka, desk.topics, [report])
    (found,) = poll_until(lambda: list(desk.indexed().values()), 30, "the letter is indexed")
    letter: DeadLetter = found  # type: ignore[assignment]
    resubmit_letter(desk.servers.kafka, desk.topics, letter, by="operator")
    again = sorted(read_topic(desk.servers.kafka, desk.topics.reports(VIEW)), key=lambda record: record.timestamp)
    assert [(record.key, record.value) for record in again] == [(report["id"].encode(), orjson.dumps(report))] * 2
    assert again[0].partition == again[1].partition


def test_a_link_that_the_index_refused_does_not_go_back(desk: Desk) -> None:
    """Its topic is compacted: an old version sent again would drive out the newer one."""
    letter = desk.refuse()
    link: DeadLetter = {**letter, "topic": desk.topics.links(VIEW), "document_id": "0" * 32}
    with pytest.raises(DeadLetterError, match="holds no report: close it"):
        resubmit_letter(desk.servers.kafka, desk.topics, link, by="operator")


def test_a_letter_is_closed_once_and_for_good(desk: Desk) -> None:
    letter = desk.refuse()
    with pytest.raises(DeadLetterError, match="--why"):
        close_letter(desk.servers.kafka, desk.topics, letter, by="operator", why="  ")
    closed = close_letter(desk.servers.kafka, desk.topics, letter, by="operator", why=" Published again. ")
    assert desk.await_state(letter, "closed")["note"] == "Published again."
    with pytest.raises(DeadLetterError, match="closed already by operator"):
        close_letter(desk.servers.kafka, desk.topics, closed, by="other", why="x")
    with pytest.raises(DeadLetterError, match="is closed"):
        resubmit_letter(desk.servers.kafka, desk.topics, closed, by="operator")


def test_the_command_line_does_all_of_it(desk: Desk, tmp_path: Path) -> None:
    letter = desk.refuse(report_id="FICTION-1")
    other = desk.refuse(b"\xff\x1b[31m")
    short = letter["id"][:12]
    listed = orjson.loads(desk.puente("dead-letters", "list", "--json").stdout)
    assert listed["total"] == 2
    assert {found["id"] for found in listed["letters"]} == {letter["id"], other["id"]}
    table = desk.puente("dead-letters", "list", "--report", "FICTION-1", "--agency", "cbp").stdout.decode()
    assert short in table
    assert other["id"][:12] not in table
    shown = desk.puente("dead-letters", "show", short).stdout.decode()
    assert "not valid JSON" in shown
    assert "no es JSON" in shown
    assert f"partition {letter['partition']} offset {letter['offset']}" in shown
    assert desk.puente("dead-letters", "show", short, "--original").stdout == BROKEN
    repaired = tmp_path / "repaired.json"
    repaired.write_bytes(REPAIRED)
    done = orjson.loads(desk.puente("dead-letters", "resubmit", short, "--file", str(repaired), "--json").stdout)
    assert (done["state"], done["by"]) == ("resubmitted", login_name())
    desk.await_state(letter, "resubmitted")
    assert desk.intake()[-1].value == REPAIRED
    desk.puente("dead-letters", "close", other["id"], "--why", "A test record.")
    assert desk.await_state(other, "closed")["by"] == login_name()
    assert orjson.loads(desk.puente("dead-letters", "list", "--json").stdout)["total"] == 0
    assert orjson.loads(desk.puente("dead-letters", "list", "--state", "all", "--json").stdout)["total"] == 2
    assert b"No dead letters" in desk.puente("dead-letters", "list").stdout
    for wrong in (["show", "nonsense"], ["show", "abcdef0123"], ["resubmit", short, "--file", "/nowhere"]):
        said = desk.puente("dead-letters", *wrong, fails=True).stderr.decode()
        assert said.startswith("puente: ")
        assert said.count("\n") == 1
    assert b"no such option" in desk.puente("dead-letters", "close", short, "--by", "x", fails=True).stderr.lower()


def test_search_on_the_command_line(desk: Desk) -> None:
    place = {"kind": "port", "name": "Laredo", "location": {"lat": 27.5, "lon": -99.5}}
    text = "Se aseguraron \x1b[31m pastillas \x1b[0m azules en el puente."
    produce_reports(
        desk.servers.kafka,
        desk.topics,
        [make_report(event={"narrative": {"text": text}}, facts={"place": place}), make_report("FICTION-2")],
    )
    await_done(desk.servers, desk.topics)
    sources(desk.servers.elasticsearch, f"{desk.topics.prefix}reports-{VIEW}")
    found = orjson.loads(desk.puente("search", "M30", "Laredo", "abril", "--json").stdout)
    assert [hit["report_id"] for hit in found["hits"]] == ["FICTION-1"]
    assert found["total"] == 1
    shown = desk.puente("search", "pastilla", "--agency", "cbp", "--since", "2024-04-01").stdout.decode()
    for words in (
        "CBP FICTION-1",
        "Laredo",
        "fentanyl 1 kg",
        "grade B2",
        "TLP:GREEN",
        "EXERCISE",
        "pastillas",
        "not proof",
    ):
        assert words in shown, words
    assert "\x1b[31m" not in shown
    assert b"0 of 0 reports" in desk.puente("search", "nothinglikethis").stdout
