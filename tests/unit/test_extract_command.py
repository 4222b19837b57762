"""`puente extract`: lines in, lines out, one sentence where a line is wrong."""

import json
import subprocess
import sys

import pytest

from deploy.extracting import extract_line
from processors.reference import default_reference
from streams.errors import ContractError


def run(given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", "extract"], input=given, capture_output=True, text=True, check=False
    )


def test_lines_go_in_and_mentions_come_out() -> None:
    lines = [
        {"id": "a", "lang": "es", "date": "2031-05-04", "text": "Aseguraron dos kilos y medio de heroína en Tijuana."},
        {"id": "b", "lang": "es", "date": None, "text": "No hubo novedad."},
    ]
    done = run("".join(json.dumps(line) + "\n" for line in lines) + "\n")
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], second) == ("a", {"id": "b", "mentions": []})
    (mention,) = first["mentions"]
    assert {key: mention[key] for key in ("commodity", "text", "quantity", "unit", "qty_si", "place", "state")} == {
        "commodity": "heroin",
        "text": "dos kilos y medio de heroína",
        "quantity": 2.5,
        "unit": "kg",
        "qty_si": 2.5,
        "place": "Tijuana",
        "state": "Baja California",
    }
    assert (mention["approximate"], mention["cumulative"], mention["agency"]) == (False, False, None)


def test_the_language_is_recognised_where_it_is_not_said() -> None:
    raw = json.dumps({"id": 7, "text": "Los elementos que iban por la carretera aseguraron 12 kilos de cocaína."})
    answer = json.loads(extract_line(1, raw.encode(), default_reference()))
    assert [mention["quantity"] for mention in answer["mentions"]] == [12]


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"nothing", "is no JSON"),
        (b"[1]", "must be an object"),
        (b'{"id": "a"}', "must be an object with an id and a text"),
        (b'{"id": "a", "text": "x", "lang": "fr"}', "use en or es"),
        (b'{"id": "a", "text": "x", "date": 3}', "YYYY-MM-DD"),
    ],
)
def test_a_wrong_line_is_one_sentence(raw: bytes, part: str) -> None:
    with pytest.raises(ContractError, match=part) as caught:
        extract_line(4, raw, default_reference())
    assert str(caught.value).startswith("Line 4 ")


def test_a_wrong_line_ends_the_command_with_one_sentence() -> None:
    done = run("nothing\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("puente: Line 1 is no JSON")
    assert "Traceback" not in done.stderr
