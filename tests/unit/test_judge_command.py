"""`puente judge`: who judges is never a claim, what is judged is shown first, and what is refused is not published."""

import json
import os
import pwd
from typing import Any, cast

import pytest
import typer
from hypothesis import given
from pydantic import TypeAdapter
from typer.testing import CliRunner, Result

import streams.judging
from deploy import settings
from deploy.cli import judge as command
from deploy.explaining import explain_link
from deploy.explaining_judgements import explain_judged
from deploy.explaining_words import Lang
from deploy.judging import Judge, JudgingError, find_judge, write_judgement
from deploy.logins import login_name
from deploy.settings import SettingsError
from processors.correlation.judgements import judge_link
from streams.contracts.judgement import Judgement
from streams.judgements import LinkJudgement
from streams.judging import JudgementReceipt
from streams.links import LinkDocument
from streams.refusals import Refused
from tests.derived import make_link
from tests.indexed import from_schema
from tests.unit.judging import event_fields, make_judgement

pytestmark = pytest.mark.usefixtures("no_settings")

SCHEMA = TypeAdapter(LinkJudgement).json_schema()
LANGUAGES: tuple[Lang, ...] = ("en", "es")
ANA = Judge("ana", "login")
NAME: Any = {
    "feature": "name_same_person",
    "level": "likely",
    "weight": 3.0,
    "left": {"agency": "north", "report_id": "N-1", "field": "people[0]", "as_written": "Dario Ejemplar"},
    "right": {"agency": "south", "report_id": "S-1", "field": "people[0]", "as_written": "EJEMPLAR, Dario"},
    "sentence_en": "Both reports name a subject alike: Dario Ejemplar.",
    "sentence_es": "Los dos informes nombran a un sujeto de forma parecida: Dario Ejemplar.",
}
PLATE: Any = {**NAME, "feature": "share_plate", "kind": "plate", "value": "TST1001"}


def make_named_link(**parts: Any) -> LinkDocument:
    """The link that `make_judgement` judges; nobody has judged it."""
    names = {"id": event_fields()["link"], "left": event_fields()["left"], "right": event_fields()["right"]}
    return make_link(**{**names, "reasons": [NAME], **parts})


class Desk:
    """The command, with an index of one link and a Kafka that takes everything."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.link = make_named_link()
        self.published: list[tuple[Judgement, Any]] = []
        self.app = typer.Typer()
        command.register(self.app)
        monkeypatch.setenv("PUENTE_KAFKA", "127.0.0.1:9")
        monkeypatch.setattr(command, "ask_index", lambda _address, _question: self.link)
        monkeypatch.setattr(streams.judging, "publish_judgement", self._publish)

    def _publish(self, brokers: str, judgement: Judgement, **options: Any) -> JudgementReceipt:
        assert brokers == "127.0.0.1:9"
        self.published.append((judgement, options["client_options"]))
        record = make_judgement(judgement.said, judgement.judge, why=judgement.why)
        return JudgementReceipt("judgements", 3, 14, record)

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(self.app, words)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


WHY = "Two drivers, one name."


def test_a_judgement_shows_what_it_is_about_and_where_it_lies(desk: Desk) -> None:
    done = desk.run("abc123", "different", "--why", WHY)
    assert done.exit_code == 0, done.output
    ((judgement, options),) = desk.published
    assert (judgement.said, judgement.why, judgement.link) == ("different", WHY, desk.link["id"])
    assert (judgement.judge, judgement.known_by, options) == (login_name(), "login", None)
    lines = done.output.splitlines()
    assert lines[0] == f"Link {desk.link['id']}"
    assert "  Both reports name a subject alike: Dario Ejemplar." in lines
    assert f"{login_name()} (login): two matters. “{WHY}”" in lines
    assert "Written to judgements[3]@14." in lines
    assert "two analysts" not in done.output


def test_a_program_gets_the_record_that_correlation_reads(desk: Desk) -> None:
    done = desk.run("abc123", "withdraw", "--why", WHY, "--json")
    told = json.loads(done.output)
    assert (told["view"], told["topic"], told["partition"], told["offset"]) == ("joint", "judgements", 3, 14)
    assert (told["judgement"]["said"], told["judgement"]["why"]) == ("withdrawn", WHY)


@pytest.mark.parametrize(("reasons", "warned"), [([NAME], True), ([NAME, PLATE], False)])
def test_who_joins_two_people_is_told_that_it_takes_two(desk: Desk, reasons: Any, warned: bool) -> None:
    desk.link = make_named_link(reasons=reasons)
    assert ("takes two analysts" in desk.run("abc123", "same", "--why", WHY).output) is warned
    assert desk.published[0][0].said == "same"


def test_the_broker_s_principal_goes_before_the_login(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_KAFKA_USER", "desk-ana")
    monkeypatch.setenv("PUENTE_KAFKA_PASSWORD", "fictional")
    assert "desk-ana (Kafka principal)" in desk.run("abc123", "same", "--why", WHY).output
    ((judgement, options),) = desk.published
    assert (judgement.judge, judgement.known_by) == ("desk-ana", "principal")
    assert options == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "desk-ana",
        "sasl_plain_password": "fictional",
    }


@pytest.mark.parametrize("name", ["PUENTE_KAFKA_USER", "PUENTE_KAFKA_PASSWORD"])
def test_a_user_without_a_password_is_no_principal(desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "boss")
    with pytest.raises(SettingsError, match="go together"):
        settings.resolve_kafka_login()
    assert desk.run("abc123", "same", "--why", WHY).exit_code == 1
    assert desk.published == []


def test_the_environment_can_t_say_who_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found in review: the name in dead letters came from LOGNAME, which anybody may set."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert find_judge(None) == (pwd.getpwuid(os.getuid()).pw_name, "login")
    assert login_name() != "somebody-else"


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_007)
    assert find_judge(None).name == "uid-2000000007"


@pytest.mark.parametrize(
    "words",
    [
        ("abc123",),
        ("abc123", "maybe", "--why", WHY),
        ("abc123", "same"),
        ("abc123", "same", "--list"),
        ("abc123", "--list", "--why", WHY),
        ("abc123", "same", "--why", WHY, "--lang", "fr"),
        ("abc123", "same", "--why", WHY, "--judge", "boss"),
    ],
)
def test_words_that_make_no_sense_are_a_usage_error(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.run(*words).exit_code == 2
    assert desk.published == []


@pytest.mark.parametrize("why", ["", "ok", "x" * 2001, "Alien number A 123 456 789."])
def test_a_reason_that_is_none_is_refused_before_it_is_written(desk: Desk, why: str) -> None:
    done = desk.run("abc123", "same", "--why", why)
    assert isinstance(done.exception, Refused)
    assert desk.published == []


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_withdrawn_link_can_t_be_judged(desk: Desk, verdict: str) -> None:
    desk.link = cast("LinkDocument", {**_bare(desk.link), "version": 9, "state": "withdrawn"})
    done = desk.run("abc123", verdict, "--why", WHY)
    assert isinstance(done.exception, JudgingError)
    assert "nothing to judge" in str(done.exception)
    assert desk.published == []


def test_what_one_said_of_a_link_that_is_gone_can_be_taken_back(desk: Desk) -> None:
    """The judgement holds for the two reports: else it would come back with the link, and nobody could undo it."""
    desk.link = cast("LinkDocument", {**_bare(desk.link), "version": 9, "state": "withdrawn"})
    done = desk.run("abc123", "withdraw", "--why", WHY)
    assert (done.exit_code, desk.published[0][0].said) == (0, "withdrawn")
    assert "This link was withdrawn" in done.output


def _bare(link: LinkDocument) -> dict[str, Any]:
    return {"id": link["id"], "left": link["left"], "right": link["right"]}


def test_the_standing_judgements_are_listed(desk: Desk) -> None:
    assert "No judgement stands" in desk.run("abc123", "--list").output
    assert json.loads(desk.run("abc123", "--list", "--json").output)["judged"] is None
    said = [make_judgement("same", "ana"), make_judgement("different", "beto", why="The dates differ.")]
    desk.link = make_named_link(judged=judge_link(said, []))
    lines = desk.run("abc123", "--list").output.splitlines()
    assert lines[-3].startswith("Analysts disagree")
    assert lines[-2:] == [
        "  beto (login), 2026-03-01 12:00 UTC: two matters. “The dates differ.”",
        "  ana (login), 2026-03-01 12:00 UTC: one matter. “Compared both files.”",
    ]
    assert json.loads(desk.run("abc123", "--list", "--json").output)["judged"]["disputed"]
    assert desk.published == []


PEOPLE: list[tuple[str, str | None]] = [("name_same_person", None)]


@pytest.mark.parametrize(
    ("said", "en", "es"),
    [
        (["different"], "Analysts judged it: two matters.", "Analistas lo juzgaron: dos asuntos."),
        (["same", "same"], "Analysts judged it: one matter.", "Analistas lo juzgaron: un mismo asunto."),
        (["same"], "One analyst judged that both name the same person.", "Un analista juzgó que ambos nombran"),
        (["same", "different"], "Analysts disagree,", "Los analistas no coinciden,"),
    ],
)
def test_why_tells_what_was_judged(said: list[Any], en: str, es: str) -> None:
    judged = judge_link([make_judgement(one, f"judge-{at}") for at, one in enumerate(said)], PEOPLE)
    link = make_named_link(judged=judged)
    for lang, words in zip(LANGUAGES, (en, es), strict=True):
        lines = explain_link(link, lang)
        at = next(number for number, line in enumerate(lines) if line.startswith(words))
        for one, line in zip(reversed(range(len(said))), lines[at + 1 :], strict=False):
            assert line.startswith(f"  judge-{one} (")
            assert "Compared both files." in line
        assert explain_link(make_named_link(), lang) == [*lines[:at], *lines[at + 1 + len(said) :]]


@given(from_schema(SCHEMA, SCHEMA["$defs"]))
def test_whatever_was_judged_is_told_in_lines_that_can_be_printed(judged: Any) -> None:
    if not judged["awaiting_second"]:
        judged.setdefault("verdict", "same")
    for lang in LANGUAGES:
        lines = explain_judged(judged, lang)
        assert all(line.isprintable() for line in lines)
        assert len(lines) >= 1 + len(judged["judgements"])


def test_the_judgement_is_of_the_link_s_reports() -> None:
    judgement = write_judgement(make_named_link(), "us", "same", f"  {WHY} ", ANA)
    assert judgement.model_dump() == event_fields("same", view="us", why=WHY)


@pytest.mark.parametrize("name", ["", "a\x1bb", "x" * 129])
def test_a_name_that_can_t_be_shown_judges_nothing(name: str) -> None:
    with pytest.raises(Refused):
        write_judgement(make_named_link(), "us", "same", WHY, Judge(name, "principal"))


def test_an_unknown_setting_of_the_login_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_KAFKA_MECHANISM", "GSSAPI")
    with pytest.raises(SettingsError, match="PUENTE_KAFKA_MECHANISM is wrong"):
        settings.resolve_kafka_login()
