"""Handing the objects to Kibana: over HTTP on loopback, with what Kibana answers well and badly."""

import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from deploy.cli import main
from deploy.kibana import export_ndjson, saved_objects
from deploy.kibana.importing import PAUSE_S, KibanaError, KibanaUnreachableError, import_ndjson
from deploy.settings import load_settings

Reply = tuple[int, bytes]


class _Desk(HTTPServer):
    """Answers `replies` one by one, the last for ever; keeps what it was asked."""

    def __init__(self, replies: list[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = replies
        self.asked: list[tuple[str, dict[str, str], bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Desk

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}, body))
        replies = self.server.replies
        status, content = replies.pop(0) if len(replies) > 1 else replies[0]
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def answering(*replies: Reply) -> Iterator[tuple[str, _Desk]]:
    """A server on loopback in Kibana's place."""
    with _Desk(list(replies)) as desk:
        thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{desk.server_port}", desk
        finally:
            desk.shutdown()
            thread.join()


class Clock:
    """A clock that only pauses move on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


TAKEN = (200, json.dumps({"success": True, "successCount": 22}).encode())
STARTING = (503, b"Kibana server is not ready yet")


def test_the_whole_text_is_sent_to_overwrite() -> None:
    ndjson = export_ndjson("joint")
    with answering(TAKEN) as (url, desk):
        assert import_ndjson(f"{url}/", ndjson, login=("fictional", "secret")).count == 22
    ((path, headers, body),) = desk.asked
    assert path == "/api/saved_objects/_import?overwrite=true"
    assert headers["kbn-xsrf"]
    assert headers["authorization"].startswith("Basic ")
    parsed = BytesParser(policy=default).parsebytes(
        b"content-type: %b\r\n\r\n%b" % (headers["content-type"].encode(), body)
    )
    (part,) = parsed.iter_parts()
    assert str(part.get_filename()).endswith(".ndjson"), "Kibana takes no other ending"
    lines = part.get_content().decode().splitlines()
    assert [json.loads(line) for line in lines] == saved_objects("joint")


def test_it_waits_while_kibana_starts_and_not_for_ever() -> None:
    clock = Clock()
    with answering(STARTING, STARTING, TAKEN) as (url, desk):
        assert import_ndjson(url, "", wait_s=60, clock=clock, pause=clock.pause).count == 22
        assert len(desk.asked) == 3
    assert clock.now == 2 * PAUSE_S
    clock = Clock()
    with answering(STARTING) as (url, desk), pytest.raises(KibanaUnreachableError, match="not ready"):
        import_ndjson(url, "", wait_s=10, clock=clock, pause=clock.pause)
    assert 10 <= clock.now < 10 + PAUSE_S
    clock = Clock()
    with pytest.raises(KibanaUnreachableError, match="does not answer"):
        import_ndjson("http://127.0.0.1:1", "", wait_s=5, clock=clock, pause=clock.pause)
    assert clock.now >= 5


REFUSED = {"success": False, "errors": [{"type": "lens", "id": "x", "error": {"type": "missing_references"}}]}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((200, json.dumps(REFUSED).encode()), "lens x: missing_references"),
        ((401, b"{}"), "user"),
        ((403, b"{}"), "user"),
        ((422, json.dumps({"message": "a newer version of Kibana"}).encode()), "newer version"),
        ((200, b"<html>"), "no Kibana"),
        ((404, b"nothing here"), "no Kibana"),
        ((200, b"[]"), "refused"),
    ],
)
def test_a_refusal_is_one_sentence_and_not_tried_again(reply: Reply, said: str) -> None:
    clock = Clock()
    with answering(reply) as (url, desk), pytest.raises(KibanaError, match=said) as caught:
        import_ndjson(url, "", wait_s=60, clock=clock, pause=clock.pause)
    assert len(desk.asked) == 1
    assert re.fullmatch(r"[^\n]+[.]", str(caught.value))
    assert clock.now == 0


@pytest.mark.parametrize("address", ["http://", "nowhere", "http://[::1"])
def test_an_address_that_is_none_is_said_so_at_once(address: str) -> None:
    with pytest.raises(KibanaError, match="no address"):
        import_ndjson(address, "", wait_s=60, pause=Clock().pause)


def puente(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of the command."""
    monkeypatch.setattr(sys, "argv", ["puente", "kibana", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two views are switched on."""
    monkeypatch.setenv("PUENTE_VIEWS", "joint,us")
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.usefixtures("views")
@pytest.mark.parametrize("command", ["export", "import"])
def test_a_view_that_is_switched_off_is_refused(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert puente(monkeypatch, command, "--view", "nope") == 1
    told = capsys.readouterr()
    assert "The view 'nope' is not switched on: use one of joint, us" in told.err
    assert told.out == ""


@pytest.mark.usefixtures("views")
def test_the_command_line_exports_and_imports(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert puente(monkeypatch, "export", "--view", "us", "--prefix", "p-") == 0
    assert capsys.readouterr().out == export_ndjson("us", "p-")
    file = tmp_path / "us.ndjson"
    assert puente(monkeypatch, "export", "--view", "us", "--prefix", "p-", "-o", str(file)) == 0
    assert file.read_text(encoding="utf-8") == export_ndjson("us", "p-")
    assert puente(monkeypatch, "export", "-o", str(tmp_path)) == 1
    said = capsys.readouterr().err
    assert re.fullmatch(r"puente: [^\n]+name another file\.\n", said)
    monkeypatch.setenv("PUENTE_KIBANA_PASSWORD", "secret")
    with answering(TAKEN) as (url, desk):
        assert puente(monkeypatch, "import", "--kibana", url, "--user", "fictional") == 0
    assert f"{url}/app/dashboards" in capsys.readouterr().out
    assert export_ndjson("joint").encode() in desk.asked[0][2]
    assert puente(monkeypatch, "import", "--kibana", "http://127.0.0.1:1") == 1
    assert "--wait" in capsys.readouterr().err
