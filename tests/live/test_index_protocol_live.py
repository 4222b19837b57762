"""The histories of the unit test once more, through the same writer, on the real Elasticsearch."""

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from indexing.elastic import Address, Elastic
from tests.conftest import RunningServers
from tests.index_model import History, expected, histories, play, with_ids
from tests.live.index_tools import VIEW, index_names, prepare_indices, remove_indices, sources


@pytest.fixture
def indices(servers: RunningServers, prefix: str) -> Iterator[tuple[str, str]]:
    prepare_indices(servers.elasticsearch, prefix)
    reports, items = index_names(prefix)
    yield reports, items
    remove_indices(servers, prefix)


EXAMPLES = count()


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories())
def test_any_history_ends_in_the_model(
    servers: RunningServers, prefix: str, indices: tuple[str, str], history: History
) -> None:
    url = servers.elasticsearch
    reports, items = indices
    # Elasticsearch remembers the versions of deleted documents for a minute: each example has ids of its own instead.
    salt = f"example-{next(EXAMPLES)}"
    history = with_ids(history, salt)

    async def run() -> None:
        async with Elastic(Address((url,))) as elastic:
            await play(history, elastic, reports=reports, items=items)

    asyncio.run(run())
    standing, live_items = expected(history.reports)
    mine = {key: source for key, source in sources(url, reports).items() if source["report_id"].startswith(f"{salt}-")}
    assert {key: (source["version"], source["live"]) for key, source in mine.items()} == standing
    # The read aliases show what lives and nothing else.
    shown = {key: source for key, source in sources(url, f"{prefix}items-{VIEW}").items() if source["report"] in mine}
    assert {key: (source["version"], source["mass_kg"]) for key, source in shown.items()} == live_items
    live = {key for key, (_, lives) in standing.items() if lives}
    assert set(sources(url, f"{prefix}reports-{VIEW}")) & set(mine) == live
