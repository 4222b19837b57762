"""An alert worker as a process of its own, for the live tests; `delay_s` makes every record take as long.

python -m tests.live.alert_worker '{"brokers": "127.0.0.1:9092", "prefix": "t1-", "view": "joint", ...}'
"""

import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from processors.alerting.stage import AlertStage
from processors.batching import Emitted, Record, State, build_app, run_app
from streams.topics import Topics
from tests.unit.alerting import demo_subscribers

__all__ = ["main"]


class SlowStage(AlertStage):
    """The stage as it is, but slow enough to be killed in mid-load."""

    delay_s = 0.0

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        end = time.perf_counter() + self.delay_s * len(records)
        emitted = super().process(records, state)
        time.sleep(max(0.0, end - time.perf_counter()))  # not busy: the core is another test's
        return emitted


def main(options: dict[str, Any]) -> int:
    """Run until stopped; the exit code is `run_app`'s."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    topics, view = Topics(options["prefix"]), options["view"]
    stage = SlowStage(topics, view, demo_subscribers())
    stage.delay_s = options["delay_s"]
    app = build_app(
        brokers=options["brokers"],
        group=f"{topics.prefix}alert.{view}",
        stage=stage,
        inputs=[topics.reports(view), topics.networks(view)],
        data_dir=Path(options["data_dir"]),
        store=options["store"],
        changelog=topics.state(f"alert.{view}"),
        instance_id=f"{topics.prefix}alert.{view}-0",
        commit_interval_s=0.2,
    )
    code = run_app(app)
    print(json.dumps({"counts": stage.counts}), flush=True)
    return code


if __name__ == "__main__":
    raise SystemExit(main(json.loads(sys.argv[1])))
