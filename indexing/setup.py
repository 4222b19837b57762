"""Making the indices: component templates, index templates, indices, and the aliases that readers use.

When the read alias moves. If an alias is not there, the sink points it at its own index at start-up. If it points at
another index (an older or newer mapping), it stays, and readers keep a whole picture, until this sink's consumer group
has committed up to the end that every partition had at that moment; then all aliases of the family move in one request.
Topics without records, and a job without topics, have no end to wait for.
A sink moves the aliases once in its life and only if it found them elsewhere at its start: the sink of the old mapping,
still running beside it, does not take them back.
"""

from collections.abc import Iterable
from typing import Any

from indexing.analysis import ANALYSIS
from indexing.elastic import Elastic, explain_answer, raise_for_answer
from indexing.errors import IndexSetupError
from indexing.mappings import FAMILIES, Family, Kind

__all__ = ["alias_targets", "move_aliases", "prepare_family", "remove_everything"]

LIVE_ONLY = {"term": {"live": True}}


def _settings(shards: int, replicas: str) -> dict[str, Any]:
    return {
        "index": {
            "number_of_shards": shards,
            # "0-1": a copy as soon as there is a second node, and no yellow cluster on a laptop.
            "auto_expand_replicas": replicas,
            # Written down, so that an index nobody has searched for 30 s still shows new documents within the second.
            "refresh_interval": "1s",
        }
    }


async def prepare_family(
    elastic: Elastic, family: Family, *, prefix: str, view: str | None, shards: int = 1, replicas: str = "0-1"
) -> bool:
    """Create templates and indices of a family where they lack; True if every alias points at them now.

    Safe to call at every start and by several sinks at once. Raises IndexSetupError with Elasticsearch's reason, or
    what `raise_for_answer` raises.
    """
    settings = {"template": {"settings": _settings(shards, replicas)}}
    await _put(elastic, f"/_component_template/{prefix}puente-settings", settings)
    for kind in family.kinds:
        await _put_templates(elastic, family, kind, prefix)
        await _create_index(elastic, family.index(kind, prefix, view))
    targets = await alias_targets(elastic, family, prefix=prefix, view=view)
    if not any(targets.values()):
        await move_aliases(elastic, family, prefix=prefix, view=view)
        return True
    return all(targets[kind.name] == {family.index(kind, prefix, view)} for kind in family.kinds)


async def _put_templates(elastic: Elastic, family: Family, kind: Kind, prefix: str) -> None:
    component = f"{prefix}puente-{kind.name}"
    # Elasticsearch checks each component alone, so the analysers stand with the mapping that names them.
    template = {"settings": {"analysis": ANALYSIS}, "mappings": family.mappings(kind)}
    await _put(elastic, f"/_component_template/{component}", {"template": template})
    await _put(
        elastic,
        f"/_index_template/{component}",
        {
            "index_patterns": [f"{prefix}{kind.name}-*"],
            "composed_of": [f"{prefix}puente-settings", component],
            "priority": 500,
            # Only the set-up creates indices: a write to one that was deleted must stop the sink, not make a new one.
            "allow_auto_create": False,
            "_meta": {"project": "puente", "hash": family.hash},
        },
    )


async def _put(elastic: Elastic, path: str, body: dict[str, Any]) -> None:
    answer = await elastic.request("PUT", path, body)
    if answer.status == 400:
        reason = explain_answer(answer)
        raise IndexSetupError(
            f"Elasticsearch refused {path} ({reason}): use the version that the project pins, "
            "or remove what is in the way."
        )
    if answer.status >= 300:
        raise_for_answer(answer, path)


async def _create_index(elastic: Elastic, name: str) -> None:
    answer = await elastic.request("PUT", f"/{name}")
    if answer.status == 400 and explain_answer(answer) == "resource_already_exists_exception":
        return
    if answer.status == 400:
        raise IndexSetupError(f"Elasticsearch refused the index {name} ({explain_answer(answer)}): see its log.")
    if answer.status >= 300:
        raise_for_answer(answer, name)


async def alias_targets(elastic: Elastic, family: Family, *, prefix: str, view: str | None) -> dict[str, set[str]]:
    """Kind name -> the indices that its read alias points at."""
    targets: dict[str, set[str]] = {}
    for kind in family.kinds:
        alias = kind.alias(prefix, view)
        answer = await elastic.request("GET", f"/_alias/{alias}")
        if answer.status == 404:
            targets[kind.name] = set()
        elif answer.status >= 300:
            raise_for_answer(answer, alias)
        else:
            targets[kind.name] = set(answer.body)
    return targets


async def move_aliases(elastic: Elastic, family: Family, *, prefix: str, view: str | None) -> None:
    """Point every read alias of the family at its own indices, all in one step."""
    targets = await alias_targets(elastic, family, prefix=prefix, view=view)
    actions: list[dict[str, Any]] = []
    for kind in family.kinds:
        alias, index = kind.alias(prefix, view), family.index(kind, prefix, view)
        actions += [{"remove": {"index": old, "alias": alias}} for old in sorted(targets[kind.name] - {index})]
        add: dict[str, Any] = {"index": index, "alias": alias}
        actions.append({"add": {**add, "filter": LIVE_ONLY} if kind.tombstones else add})
    await elastic.expect("POST", "/_aliases", {"actions": actions})


async def remove_everything(elastic: Elastic, prefix: str, views: Iterable[str]) -> None:
    """Remove the indices of these views (of every mapping, with their aliases) and the templates; nothing else.

    For fresh starts and for tests; the topics hold everything, so a sink with a new consumer group fills them again.
    """
    patterns = set()
    for family in FAMILIES:
        for kind in family.kinds:
            patterns |= {kind.alias(prefix, view) for view in views} if kind.per_view else {kind.alias(prefix, None)}
    listed = await elastic.expect(
        "GET", f"/{','.join(sorted(f'{pattern}-*' for pattern in patterns))}", params={"features": "aliases"}
    )
    for index in listed:
        await elastic.expect("DELETE", f"/{index}")
    for family in FAMILIES:
        for kind in family.kinds:
            await elastic.request("DELETE", f"/_index_template/{prefix}puente-{kind.name}")
            await elastic.request("DELETE", f"/_component_template/{prefix}puente-{kind.name}")
    await elastic.request("DELETE", f"/_component_template/{prefix}puente-settings")
