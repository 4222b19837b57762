"""Files of events: every line is an event or a refusal with its number."""

import gzip
from pathlib import Path

import orjson
import pytest

from streams.errors import ContractError
from streams.event_lines import EventLine, RefusedLine, is_event_file, read_event_line, read_event_lines

GOOD = {"type": "puente.seizure.v1", "event": {"report_id": "a"}}


def test_line_may_name_agency_id_and_time() -> None:
    line = read_event_line(3, orjson.dumps({**GOOD, "agency": "cbp", "id": "x", "time": "2026-03-01T12:00:00-06:00"}))
    assert isinstance(line, EventLine)
    assert (line.line, line.type, line.event, line.agency, line.id) == (3, GOOD["type"], GOOD["event"], "cbp", "x")
    assert line.time is not None
    assert line.time.isoformat() == "2026-03-01T18:00:00+00:00"


@pytest.mark.parametrize(
    ("raw", "code", "field"),
    [
        (b"{", "invalid_json", ""),
        (b"[]", "not_an_object", ""),
        (b"\xff", "invalid_utf8", ""),
        (b"{}", "missing_field", "type"),
        (orjson.dumps({**GOOD, "event": "text"}), "wrong_type", "event"),
        (orjson.dumps({**GOOD, "agency": 7}), "wrong_type", "agency"),
        (orjson.dumps({**GOOD, "time": "yesterday"}), "bad_format", "time"),
        (orjson.dumps({**GOOD, "time": "2026-03-01"}), "bad_format", "time"),
        (orjson.dumps({**GOOD, "colour": "red"}), "unknown_field", "colour"),
        (b'{"type":"puente.seizure.v1","event":{"report_id":"a","report_id":"b"}}', "duplicate_key", ""),
    ],
)
def test_wrong_line_is_refused(raw: bytes, code: str, field: str) -> None:
    line = read_event_line(1, raw)
    assert isinstance(line, RefusedLine)
    assert (line.reasons[0].code, line.reasons[0].field) == (code, field)


def test_blank_lines_count_but_give_nothing(tmp_path: Path) -> None:
    raw = b"\n".join([orjson.dumps(GOOD), b"", b"  ", orjson.dumps(GOOD)])
    for name, content in (("t.ndjson", raw), ("t.jsonl.gz", gzip.compress(raw))):
        path = tmp_path / name
        path.write_bytes(content)
        assert is_event_file(path)
        assert [line.line for line in read_event_lines(path)] == [1, 4]
    assert not is_event_file(tmp_path / "t.csv.gz")


def test_damaged_gzip_is_one_sentence(tmp_path: Path) -> None:
    raw = bytearray(gzip.compress(b"".join(b"%d,%d\n" % (n, n * 7919 % 10007) for n in range(20_000))))
    for at in range(len(raw) // 2, len(raw) // 2 + 300):
        raw[at] ^= 0x5A
    path = tmp_path / "t.ndjson.gz"
    path.write_bytes(raw)
    with pytest.raises(ContractError, match=r"t\.ndjson\.gz can't be read"):
        list(read_event_lines(path))


@pytest.mark.parametrize("name", ["missing.ndjson", "broken.ndjson.gz"])
def test_unreadable_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"no gzip")
    with pytest.raises(ContractError, match="can't be read"):
        list(read_event_lines(tmp_path / name))
