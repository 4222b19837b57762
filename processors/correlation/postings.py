"""Which reports are filed under a key, in eight bytes a report and key."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable

__all__ = ["KEY_BITS", "Postings"]

KEY_BITS = 48
"""Bits of a key: 16 choose the shard, 32 stand in the entry, beside 32 of the report's number."""

_NUMBER_BITS = 32
_LOW = (1 << 32) - 1
_STEP = 1 << _NUMBER_BITS
_MANY = 64
"""From so many reports on a key has a set of its own: a common value's million entries would make a shard slow."""


class Postings:
    """Key -> numbers of reports. Keys are 48-bit hashes, numbers 32-bit.

    An entry is one 64-bit integer, the low 32 bits of the key before the number, in a sorted array: a key of one report
    costs 8 bytes where a dictionary of sets takes about 150, and 49 keys a report are 400 bytes. There are 65,536
    arrays, by the high bits of the key, so that an insertion moves few bytes: at a million reports an array is 6 kB.
    """

    def __init__(self) -> None:
        """Nobody is filed."""
        self._shards: dict[int, array[int]] = {}
        self._many: dict[int, set[int]] = {}

    def add_all(self, keys: Iterable[int], number: int) -> list[tuple[int, int]]:
        """File `number` under each of `keys`; returns those under which it is not alone, and how many are there now."""
        shards, many, add = self._shards, self._many, self.add
        shared: list[tuple[int, int]] = []
        for key in keys:
            # As `add` does, for a key that nobody has: most are such, and the call costs as much as the work.
            low = (key & _LOW) << _NUMBER_BITS
            shard = shards.get(key >> 32)
            if shard is not None and key not in many:
                start = bisect_left(shard, low)
                if start == len(shard) or shard[start] >= low + _STEP:
                    shard.insert(start, low | number)
                    continue
            count = add(key, number)
            if count > 1:
                shared.append((key, count))
        return shared

    def add(self, key: int, number: int) -> int:
        """File `number` under `key`; returns how many are there now."""
        many = self._many.get(key)
        if many is not None:
            many.add(number)
            return len(many)
        low = (key & _LOW) << _NUMBER_BITS
        shard = self._shards.get(key >> 32)
        if shard is None:
            self._shards[key >> 32] = array("Q", (low | number,))
            return 1
        start = bisect_left(shard, low)
        if start == len(shard) or shard[start] >= low + _STEP:  # as of most keys
            shard.insert(start, low | number)
            return 1
        end = bisect_left(shard, low + _STEP, start)
        at = bisect_left(shard, low | number, start, end)
        if at < end and shard[at] == low | number:
            return end - start
        if end - start < _MANY:
            shard.insert(at, low | number)
            return end - start + 1
        many = self._many[key] = {entry & _LOW for entry in shard[start:end]}
        del shard[start:end]
        many.add(number)
        return len(many)

    def remove(self, key: int, number: int) -> int:
        """Take `number` from under `key`; returns how many are left."""
        many = self._many.get(key)
        if many is not None:
            many.discard(number)
            if not many:
                del self._many[key]
            return len(many)
        shard = self._shards.get(key >> 32)
        if shard is None:
            return 0
        entry = (key & _LOW) << _NUMBER_BITS | number
        at = bisect_left(shard, entry)
        if at < len(shard) and shard[at] == entry:
            del shard[at]
        return self.count(key)

    def count(self, key: int) -> int:
        """How many are filed under `key`."""
        many = self._many.get(key)
        if many is not None:
            return len(many)
        _, start, end = self._run(key)
        return end - start

    def under(self, key: int) -> Collection[int]:
        """The numbers under `key`; not to be changed meanwhile."""
        many = self._many.get(key)
        if many is not None:
            return many
        shard, start, end = self._run(key)
        return [entry & _LOW for entry in shard[start:end]]

    def load(self, keys: Iterable[int], number: int) -> None:
        """File a new number under new keys of its own, in bulk; nothing may be asked before `settle`."""
        shards = self._shards
        for key in keys:
            shard = shards.get(key >> 32)
            if shard is None:
                shard = shards[key >> 32] = array("Q")
            shard.append((key & _LOW) << _NUMBER_BITS | number)

    def settle(self) -> None:
        """Put what was loaded in order."""
        for at, shard in self._shards.items():
            self._shards[at] = array("Q", sorted(shard))

    def _run(self, key: int) -> tuple["array[int]", int, int]:
        """The array in which the entries of `key` lie, and from where to where."""
        shard = self._shards.get(key >> 32, _NONE)
        low = (key & _LOW) << _NUMBER_BITS
        start = bisect_left(shard, low)
        return shard, start, bisect_left(shard, low + _STEP, start)


_NONE: "array[int]" = array("Q")
