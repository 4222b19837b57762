"""Learning the weights of links from folders of cases."""

import pprint
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from deploy.correlating import compared_records
from processors.correlation.batch import newest_records
from processors.correlation.training import Levels, Weights, count_levels, learn_weights
from processors.protection.keys import TokenKeys
from processors.reference.known_hubs import KnownHubs
from streams.errors import ContractError

__all__ = ["learn_from", "render_weights"]

_HEAD = '''"""The weights of the features, level by level, and the prior: natural logarithms.

Learned by `puente train-weights` from invented cases (`tests/scenarios`, seeds 1 to 3 of 5,000 reports and 4 to 7 of
1,000, where fewer values are common), within the orders of `processors.correlation.orders`: what is rarer, nearer or
closer never weighs less. Levels that the cases hold too seldom to teach have a weight that was set beforehand, with the
reason (`_TOO_SELDOM` in `processors.correlation.training`). 12 and -6 are the bounds: no single thing settles a pair,
and none rules it out, by itself.
"""
'''

_NO_HUBS = KnownHubs(frozenset(), frozenset())
"""Nothing is known beforehand to be everybody's: the weights must hold for tip lines and marks that no list has yet."""


def learn_from(folders: Iterable[Path], view: str, keys: TokenKeys) -> str:
    """The text of `processors/correlation/weights.py`; `ContractError` names a folder that can't be read."""
    counted: Levels | None = None
    for folder in folders:
        try:
            with (folder / "enriched.ndjson").open("rb") as lines:
                records = newest_records(compared_records(lines, view, keys, _NO_HUBS))
            truth: dict[str, Any] = orjson.loads((folder / "truth.json").read_bytes())
            ids = {name: report["id"] for name, report in truth["reports"].items()}
            groups = [[ids[name] for name in names] for names in truth["groups"].values()]
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise ContractError(f"{folder} must hold enriched.ndjson and truth.json, with reports and groups.") from exc
        more = count_levels(records.values(), groups)
        counted = more if counted is None else counted + more
    assert counted is not None, "the command line asks for one folder at least"
    return render_weights(learn_weights(counted))


def render_weights(learned: Weights) -> str:
    """The weights as a module."""
    table = pprint.pformat(learned.weights, width=110)
    return f"{_HEAD}\nPRIOR = {learned.prior}\nWEIGHTS: dict[str, dict[str, float]] = {table}\n"
