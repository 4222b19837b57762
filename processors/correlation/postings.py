"""Which reports are filed under a key: one look into a dictionary for each of a report's thirty keys."""

from collections.abc import Collection, Iterable

__all__ = ["KEY_BITS", "Postings"]

KEY_BITS = 48
"""Bits of a key: the high ones choose the shard."""

_SHARD_BITS = 6
_SHIFT = KEY_BITS - _SHARD_BITS
_MANY = 64
"""From so many reports on a key has a set: each further one would copy a long tuple."""

_Held = int | tuple[int, ...] | set[int]
"""The number itself where a key has one report, as most have: it costs nothing, for the report's keys share it."""


class Postings:
    """Key -> numbers of reports. Keys are 48-bit hashes.

    A key costs 60 to 95 bytes. Sorted arrays took 8, and twice the time: an insertion moved bytes all over memory.
    There are 64 dictionaries, for one alone would stop the worker for seconds whenever it grows.
    """

    def __init__(self) -> None:
        """Nobody is filed."""
        self._shards: list[dict[int, _Held]] = [{} for _ in range(1 << _SHARD_BITS)]

    def add_all(self, keys: Iterable[int], number: int) -> list[tuple[int, int]]:
        """File `number` under each of `keys`; returns those under which it is not alone, and how many are there now."""
        shards = self._shards
        shared: list[tuple[int, int]] = []
        for key in keys:
            held = shards[key >> _SHIFT].setdefault(key, number)
            if held != number:
                shared.append((key, self._join(key, held, number)))
        return shared

    def add(self, key: int, number: int) -> int:
        """File `number` under `key`; returns how many are there now."""
        shared = self.add_all((key,), number)
        return shared[0][1] if shared else 1

    def remove(self, key: int, number: int) -> int:
        """Take `number` from under `key`; returns how many are left."""
        shard = self._shards[key >> _SHIFT]
        held = shard.get(key)
        if held is None:
            return 0
        if isinstance(held, set):
            held.discard(number)
            left: _Held = held
            count = len(held)
        else:
            others = tuple(other for other in _as_tuple(held) if other != number)
            left, count = others[0] if len(others) == 1 else others, len(others)
        if count:
            shard[key] = left
        else:
            del shard[key]
        return count

    def count(self, key: int) -> int:
        """How many are filed under `key`."""
        held = self._shards[key >> _SHIFT].get(key)
        return 0 if held is None else 1 if isinstance(held, int) else len(held)

    def under(self, key: int) -> Collection[int]:
        """The numbers under `key`; not to be changed meanwhile."""
        held = self._shards[key >> _SHIFT].get(key)
        return () if held is None else (held,) if isinstance(held, int) else held

    def _join(self, key: int, held: _Held, number: int) -> int:
        """Add `number` to the others under `key`; returns how many are there now."""
        if isinstance(held, set):
            held.add(number)
            return len(held)
        numbers = _as_tuple(held)
        if number not in numbers:
            numbers += (number,)
            self._shards[key >> _SHIFT][key] = numbers if len(numbers) <= _MANY else set(numbers)
        return len(numbers)


def _as_tuple(held: int | tuple[int, ...]) -> tuple[int, ...]:
    return (held,) if isinstance(held, int) else held
