"""A worker process for the live and fault tests of the batch path.

python -m tests.live.batching_worker '{"brokers": "127.0.0.1:9092", "group": "g", "stage": "pass", ...}'
"""

import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from processors.batching import Emitted, Output, Record, Row, Stage, State, build_app, run_app

__all__ = ["STAGES", "main"]


class PassThrough:
    """Each value again, with its origin in the header `from`; `delay_s` makes every record take as long."""

    name = "pass"

    def __init__(self, out: str, delay_s: float = 0.0) -> None:
        self.out = out
        self.delay_s = delay_s

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        if self.delay_s:
            time.sleep(self.delay_s * len(records))  # not busy: the core is another test's
        return Emitted(
            [
                Output(self.out, each.key, each.value, (("from", b"%d:%d" % (each.partition, each.offset)),))
                for each in records
            ]
        )


class Poisoned(PassThrough):
    """Raises on the value `poison`."""

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        if any(each.value == b"poison" for each in records):
            raise ValueError("poison")
        return super().process(records, state)


class Counting(PassThrough):
    """Counts the records of each key; the row holds the last offset counted, so that a replay counts nothing twice."""

    name = "count"

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        super().process(records, state)
        rows: dict[bytes, bytes] = {}
        outputs = []
        for each in records:
            key = each.key or b""
            count, last = (int(part) for part in (rows.get(key) or state.get(key) or b"0,-1").split(b","))
            if each.offset > last:
                rows[key] = b"%d,%d" % (count + 1, each.offset)
                outputs.append(Output(self.out, key, b"%d" % (count + 1)))
        return Emitted(outputs, [Row(*item) for item in rows.items()])


STAGES: dict[str, type[PassThrough]] = {"pass": PassThrough, "poison": Poisoned, "count": Counting}


def main(options: dict[str, Any]) -> int:
    """Run until stopped; the exit code is `run_app`'s."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    stage: Stage = STAGES[options.pop("stage")](options.pop("out"), options.pop("delay_s", 0.0))
    return run_app(build_app(stage=stage, data_dir=Path(options.pop("data_dir")), **options))


if __name__ == "__main__":
    raise SystemExit(main(json.loads(sys.argv[1])))
