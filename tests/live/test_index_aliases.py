"""When a read alias moves: also where there is nothing to catch up with, and not where Kafka can't say."""

import asyncio
from typing import Any

import pytest

from indexing.broker import Source
from indexing.plan import DERIVED
from streams.admin import ensure_topics
from streams.topics import Topics
from tests.conftest import RunningServers
from tests.live.elastic import ask
from tests.live.index_tools import (
    VIEW,
    SinkThread,
    prepare_all,
    produce_documents,
    remove_indices,
)
from tests.polling import poll_until

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


def test_an_index_without_any_record_gets_its_alias(servers: RunningServers, prefix: str) -> None:
    """Topics that hold nothing have been caught up with: all of them here, and alerts have no subscriber at all."""
    topics, url = Topics(prefix), servers.elasticsearch
    prepare_all(servers, topics)
    try:
        moves: list[dict[str, Any]] = []
        wanted: dict[str, str] = {}
        for derived in DERIVED:
            alias, index = derived.kind.alias(prefix, VIEW), derived.family.index(derived.kind, prefix, VIEW)
            ask(url, f"{alias}-00000000", method="PUT")
            moves += [
                {"remove": {"index": index, "alias": alias}},
                {"add": {"index": f"{alias}-00000000", "alias": alias}},
            ]
            wanted[index] = alias
        ask(url, "_aliases", {"actions": moves})

        def shown() -> dict[str, str]:
            found = ask(url, f"_alias/{','.join(wanted.values())}", method="GET")
            return {index: alias for index, one in found.items() for alias in one["aliases"]}

        assert not wanted.items() & shown().items()
        with SinkThread(servers.kafka, url, topics) as sink:
            poll_until(lambda: shown() == wanted, 30, "the aliases move")
        assert sink.error is None
    finally:
        remove_indices(servers, prefix)


def test_kafka_that_can_not_say_is_not_taken_for_empty_topics(servers: RunningServers, prefix: str) -> None:
    """A topic that is not there yet has no known end; one without records has none to wait for."""
    ensure_topics(servers.kafka, Topics(prefix).table((), (VIEW,)))
    links = Topics(prefix).links(VIEW)

    async def ends(*names: str) -> Any:
        source = Source(brokers=servers.kafka, topics=names, group=f"{prefix}ends", instance_id=f"{prefix}{len(names)}")
        await source.start()
        try:
            deadline = asyncio.get_running_loop().time() + 15
            while (found := await source.read_ends()) is None and asyncio.get_running_loop().time() < deadline:
                if await source.fetch(1, 0.2) is None and len(names) > 1:
                    break
            return found
        finally:
            await source.stop()

    assert asyncio.run(ends(links)) == {}
    assert asyncio.run(ends(links, f"{prefix}nowhere")) is None
    produce_documents(servers.kafka, links, [{"id": "a" * 32}])
    assert list(asyncio.run(ends(links)).values()) == [1]
