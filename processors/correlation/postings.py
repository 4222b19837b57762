"""Who is filed under a key."""

from collections.abc import Iterable, Iterator

__all__ = ["Postings"]


class Postings:
    """Key -> document ids. Most keys hold one id, which is kept without a set of its own (216 bytes each)."""

    def __init__(self) -> None:
        """Nobody is filed."""
        self._by_key: dict[str, str | set[str]] = {}

    def add(self, key: str, report: str) -> int:
        """File `report` under `key`; returns how many are there now."""
        held = self._by_key.get(key)
        if held is None or held == report:
            self._by_key[key] = report
            return 1
        if isinstance(held, str):
            held = self._by_key[key] = {held}
        held.add(report)
        return len(held)

    def remove(self, key: str, report: str) -> int:
        """Take `report` from under `key`; returns how many are left."""
        held = self._by_key.get(key)
        if isinstance(held, set):
            held.discard(report)
            if len(held) > 1:
                return len(held)
            self._by_key[key] = held.pop()
            return 1
        if held == report:
            del self._by_key[key]
        return self.count(key)

    def count(self, key: str) -> int:
        """How many are filed under `key`."""
        held = self._by_key.get(key)
        return len(held) if isinstance(held, set) else int(held is not None)

    def under(self, key: str) -> Iterable[str]:
        """The ids under `key`; not to be changed meanwhile."""
        held = self._by_key.get(key)
        if isinstance(held, str):
            return (held,)
        return held or ()

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._by_key)

    def __len__(self) -> int:
        """How many keys are in use."""
        return len(self._by_key)
