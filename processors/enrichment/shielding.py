"""Whom the revisions of each report protect, as far as the enrich stage has seen them."""

import orjson

from processors.protection.keys import TokenKeys
from processors.protection.revisions import caught_in, hide_others, shields_of
from processors.protection.shields import join_shields
from processors.stages import Row, State
from streams.reports import EnrichedReport, Shield

__all__ = ["ProtectedSoFar"]


class ProtectedSoFar:
    """A partition's state, with what the batch in hand adds to it: document id -> shields, for reports that have any.

    Without a state it remembers what it was given alone.
    """

    def __init__(self, state: State | None = None) -> None:
        self._state = state
        self._added: dict[str, list[Shield]] = {}

    def hide(self, report: EnrichedReport, keys: TokenKeys) -> EnrichedReport:
        """The report without the people whom the revisions before it protect; whom it protects is remembered.

        What a revision that comes late changes of those before it is the release stage's part, by the same function:
        the end is the same in any order.
        """
        held = self._held(report["id"])
        # Of whom an earlier revision protects, this one may know more: that is remembered too.
        own = join_shields(shields_of(report), caught_in(report, held, keys))
        if own and (all_of_them := join_shields(held, own)) != held:
            self._added[report["id"]] = all_of_them
        hidden = hide_others(report, held, keys)
        if hidden is not report and own:
            # The release stage learns from each revision whom it protects.
            hidden["protection"]["shields"] = own
        return hidden

    def _held(self, identity: str) -> list[Shield]:
        added = self._added.get(identity)
        if added is not None:
            return added
        row = self._state.get(identity.encode()) if self._state is not None else None
        found: list[Shield] = orjson.loads(row) if row else []
        return found

    def rows(self) -> list[Row]:
        """The changes of state."""
        return [
            Row(identity.encode(), orjson.dumps(shields, option=orjson.OPT_SORT_KEYS))
            for identity, shields in self._added.items()
        ]
