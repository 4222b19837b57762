"""Correlation in one process: time per record after 10,000 and after more records, a common value, a huge network.

python -m tests.bench.bench_correlation [RECORDS]

100,000 records take a minute; 1,000,000 take ten minutes or more.
"""

import gc
import sys
import time
from collections.abc import Iterable
from typing import Any

import psutil

from processors.correlation.engine import Engine
from processors.correlation.stage import GC_THRESHOLDS
from tests.bench.compared import invent_full_records
from tests.unit.correlating import keep_rows, make_record

BATCH = 200
PART = 10_000
"""Records that are timed together."""


def run(engine: Engine, records: Iterable[Any], start: int = 0) -> tuple[float, int]:
    """Seconds and documents for `records`, drained every 200 records as the batch path would."""
    documents = 0
    began = time.process_time()
    for offset, record in enumerate(records, start):
        engine.absorb(record, offset)
        if offset % BATCH == BATCH - 1:
            changes = engine.drain()
            documents += len(changes.links) + len(changes.networks)
    changes = engine.drain()
    documents += len(changes.links) + len(changes.networks)
    return time.process_time() - began, documents


def memory_mb() -> float:
    """The memory that this process has now, in megabytes."""
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


def measure_growth(total: int) -> None:
    """Time per record of 10,000 records each: the first ones, those after 10,000, after each 100,000, and after
    `total`, with its ratio to that after 10,000.
    """
    before = memory_mb()
    rows: dict[bytes, bytes] = {}
    engine = Engine(read=rows.get)
    part: list[Any] = []
    took: dict[int, float] = {}
    for seen, record in enumerate(invent_full_records(total + PART), 1 - PART):
        part.append(record)
        if seen % PART:
            continue
        documents = 0
        began = time.process_time()
        for start in range(0, len(part), BATCH):
            for number, one in enumerate(part[start : start + BATCH]):
                engine.absorb(one, seen + start + number)
            changes = engine.drain()
            documents += len(changes.links) + len(changes.networks)
            keep_rows(rows, changes.rows)
        took[seen] = (time.process_time() - began) / len(part) * 1e6
        if seen in (0, PART, total) or seen % 100_000 == 0:
            print(f"after {seen:>7} records: {took[seen]:6.1f} us a record, {1e6 / took[seen]:5.0f} a second, "
                  f"{documents} documents", flush=True)  # fmt: skip
        part.clear()
    print(f"after {total} records a record takes {took[total] / took[PART]:.2f} times as long as after {PART}")
    total = len(engine)
    in_all, in_rows = memory_mb() - before, sum(len(key) + len(value) for key, value in rows.items()) / 1e6
    print(f"memory for {total} reports: {in_all:.0f} MB, {in_all / total * 1e3:.2f} kB a report, of which rows "
          f"{in_rows:.0f} MB", flush=True)  # fmt: skip
    del engine
    began = time.process_time()
    again = Engine.restore(rows.items(), read=rows.get)
    print(f"restored {len(again)} reports in {time.process_time() - began:.1f} s")


def measure_hub(count: int) -> None:
    """`count` reports that all share one value."""
    for size in (count // 10, count):
        seconds, _ = run(Engine(), (make_record(number, ("phone", "+19565550100")) for number in range(size)))
        print(f"{size:>7} reports sharing one value: {seconds / size * 1e6:6.1f} us a record")


def measure_chain(count: int) -> None:
    """One network of `count` reports, each sharing a plate with the one before."""
    for size in (count // 10, count):
        chain = (
            make_record(number, ("plate", f"CHN{number:05d}"), ("plate", f"CHN{number + 1:05d}"))
            for number in range(size)
        )
        engine = Engine()
        seconds, _ = run(engine, chain)
        revised, _ = run(engine, [make_record(size // 2, live=False, version=2)], size)
        print(f"{size:>7} reports in one network: {seconds / size * 1e6:7.1f} us a record in batches of {BATCH}; "
              f"splitting it in the middle: {revised * 1e3:.0f} ms")  # fmt: skip


if __name__ == "__main__":
    gc.set_threshold(*GC_THRESHOLDS)
    measure_growth(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
    measure_hub(50_000)
    measure_chain(5_000)
