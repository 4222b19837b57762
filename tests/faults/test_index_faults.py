"""The indexer and Elasticsearch killed in mid-load, and an indexer that sleeps through its own replacement."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from deploy.lag import StreamWatch
from indexing.mappings import LINK_FAMILY, REPORT_FAMILY
from streams.topics import Topics
from tests.conftest import RunningServers, StartPrivateServers
from tests.live.index_tools import VIEW, await_indexed, prepare_all, produce_reports, remove_indices, sink_process
from tests.live.test_index_derived import assert_scenario, write_scenario
from tests.live.test_index_sink import assert_model, await_done, many_reports
from tests.polling import poll_until

SEED = int(os.environ.get("PUENTE_TEST_SEED", "7"))
Process = Popen[bytes]


class Load:
    """Reports waiting in Kafka, and how many of them the indexer has committed."""

    def __init__(self, servers: RunningServers, prefix: str, number: int) -> None:
        self.topics = Topics(prefix)
        prepare_all(servers, self.topics)
        self.reports = many_reports(number, SEED, number // 10)
        produce_reports(servers.kafka, self.topics, self.reports)
        self._brokers = servers.kafka

    def await_committed(self, at_least: int) -> None:
        """Until so many records are committed: we are in mid-load."""
        group, topic = REPORT_FAMILY.group(self.topics.prefix, VIEW), self.topics.reports(VIEW)
        with StreamWatch(self._brokers) as watch:
            poll_until(
                lambda: watch.group_lag(group, [topic]).done >= at_least, 60, f"{at_least} records are committed"
            )
            assert watch.group_lag(group, [topic]).lag > 0, "the load is done before the fault: make it larger"


@contextmanager
def started(start: Callable[[], Process]) -> Iterator[Process]:
    """A process that is gone at the end, whatever its state."""
    process = start()
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.send_signal(signal.SIGCONT)
        process.wait(30)


def test_an_indexer_killed_again_and_again_leaves_exact_counts(
    servers: RunningServers, prefix: str, open_folder: Path
) -> None:
    rng = random.Random(SEED)
    load = Load(servers, prefix, 40_000)
    log = open_folder / "index.log"
    try:
        for share in sorted(rng.uniform(0.02, 0.6) for _ in range(3)):
            with started(lambda: sink_process(servers, prefix, log)) as process:
                load.await_committed(int(share * len(load.reports)))
                process.kill()
        with started(lambda: sink_process(servers, prefix, log)) as process:
            await_done(servers, load.topics)
            process.terminate()
            assert process.wait(30) == 0, log.read_text()[-2000:]
        assert_model(servers, prefix, load.reports)
    finally:
        remove_indices(servers, prefix)


def test_an_indexer_killed_among_links_and_networks_leaves_the_truth(
    servers: RunningServers, prefix: str, open_folder: Path
) -> None:
    topics, rng = Topics(prefix), random.Random(SEED)
    prepare_all(servers, topics)
    for seed in range(16):
        write_scenario(servers, topics, seed)
    group, log = LINK_FAMILY.group(prefix, VIEW), open_folder / "index.log"
    interrupted = 0
    try:
        with StreamWatch(servers.kafka) as watch:
            total = watch.count([topics.links(VIEW)])
            for share in sorted(rng.uniform(0.02, 0.6) for _ in range(2)):
                with started(lambda: sink_process(servers, prefix, log)) as process:
                    poll_until(
                        lambda share=share: watch.group_lag(group, [topics.links(VIEW)]).done >= share * total,  # type: ignore[misc]
                        60,
                        "a part of the links is committed",
                        interval_s=0.01,
                    )
                    process.kill()
                    process.wait(30)
                interrupted += watch.group_lag(group, [topics.links(VIEW)]).lag > 0
        assert interrupted, "the load is done before the fault: make it larger"
        with started(lambda: sink_process(servers, prefix, log)) as process:
            await_indexed(servers, topics)
            process.terminate()
            assert process.wait(30) == 0, log.read_text()[-2000:]
        assert_scenario(servers, prefix)
    finally:
        remove_indices(servers, prefix)


def test_elasticsearch_killed_and_restarted_in_mid_load_leaves_exact_counts(
    private_servers: StartPrivateServers, prefix: str, open_folder: Path
) -> None:
    servers = private_servers()
    load = Load(servers, prefix, 40_000)
    log = open_folder / "index.log"
    with started(lambda: sink_process(servers, prefix, log)) as process:
        for share in (0.05, 0.3):
            load.await_committed(int(share * len(load.reports)))
            servers.local.kill("elasticsearch")
            servers.local.restart("elasticsearch")
        await_done(servers, load.topics, 180)
        assert process.poll() is None, log.read_text()[-2000:]
        process.terminate()
        assert process.wait(30) == 0
    assert_model(servers, prefix, load.reports)


def test_an_indexer_that_sleeps_through_its_replacement_does_no_harm(
    servers: RunningServers, prefix: str, open_folder: Path
) -> None:
    """Stopped in mid-load; a new process takes its place and finishes; then the old one wakes up with old batches."""
    load = Load(servers, prefix, 40_000)
    logs = [open_folder / "old.log", open_folder / "new.log", open_folder / "third.log"]
    try:
        with started(lambda: sink_process(servers, prefix, logs[0])) as old:
            load.await_committed(2_000)
            old.send_signal(signal.SIGSTOP)
            with started(lambda: sink_process(servers, prefix, logs[1])) as new:
                await_done(servers, load.topics)
                assert new.poll() is None
                old.send_signal(signal.SIGCONT)
                produce_reports(servers.kafka, load.topics, load.reports[:5000])
                # They throw each other out until one of them, or both, stop with a sentence and leave the rest to the
                # supervisor, which starts one again.
                poll_until(lambda: old.poll() is not None or new.poll() is not None, 90, "one of the two gives way")
                for process in (old, new):
                    process.terminate()
                    process.wait(60)
        told = "".join(log.read_text() for log in logs[:2])
        assert "give each indexer a number of its own" in told
        with started(lambda: sink_process(servers, prefix, logs[2])):
            await_done(servers, load.topics)
        assert_model(servers, prefix, load.reports)
    finally:
        remove_indices(servers, prefix)
