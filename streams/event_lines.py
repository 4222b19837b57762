"""Files of events: one JSON object a line (NDJSON), `{"type": ..., "event": {...}}`, each maybe naming its agency."""

import gzip
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from streams.envelope import parse_time
from streams.errors import ContractError
from streams.parsing import read_object
from streams.refusals import Reason, Refused, make_reason

__all__ = ["EventLine", "RefusedLine", "is_event_file", "read_event_line", "read_event_lines"]

_FIELDS = {"type": str, "event": dict, "agency": str, "id": str, "time": str}
_REQUIRED = ("type", "event")


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event and what its line says of the envelope; None where the line is silent."""

    line: int
    type: str
    event: dict[str, Any]
    agency: str | None = None
    id: str | None = None
    time: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that holds no event, with the reasons and its text."""

    line: int
    reasons: tuple[Reason, ...]
    text: str


def is_event_file(path: Path) -> bool:
    """Whether a file holds events (`.ndjson`, `.jsonl`, also compressed) rather than a table."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".xz")
    return name.endswith((".ndjson", ".jsonl"))


def read_event_lines(path: Path) -> Iterator[EventLine | RefusedLine]:
    """The events of a file with their line numbers; raises `ContractError` if the file can't be read."""
    opener = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix.lower(), open)
    try:
        with cast("BinaryIO", opener(path, "rb")) as lines:  # type: ignore[operator]
            for number, raw in enumerate(lines, start=1):
                if raw.strip():
                    yield read_event_line(number, raw.strip())
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as exc:
        why = getattr(exc, "strerror", None) or str(exc) or type(exc).__name__
        raise ContractError(f"{path} can't be read ({why}): check the path and the file.") from exc


def read_event_line(number: int, raw: bytes) -> EventLine | RefusedLine:
    """One line as an event, or the reasons why not."""
    text = raw.decode(errors="replace")
    try:
        tree, _ = read_object(raw)
    except Refused as refused:
        return RefusedLine(number, refused.reasons, text)
    reasons = [make_reason("missing_field", field=name) for name in _REQUIRED if name not in tree]
    for name, value in tree.items():
        if name not in _FIELDS:
            reasons.append(make_reason("unknown_field", field=name))
        elif not isinstance(value, _FIELDS[name]):
            expected = "an object" if name == "event" else "text"
            reasons.append(make_reason("wrong_type", field=name, expected=expected))
    time = None
    if isinstance(tree.get("time"), str):
        try:
            time = parse_time(tree["time"])
        except (ValueError, OverflowError):
            reasons.append(make_reason("bad_format", field="time"))
    if reasons:
        return RefusedLine(number, tuple(reasons), text)
    return EventLine(number, tree["type"], tree["event"], tree.get("agency"), tree.get("id"), time, text)
