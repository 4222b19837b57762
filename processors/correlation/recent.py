"""What was used last, kept in memory."""

from typing import Generic, TypeVar

__all__ = ["Recent"]

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The values that were used last: at least `most` of them, at most twice as many.

    Two generations: whatever is used moves into the younger one, and when that is full the older one is dropped. A hit
    there costs one look into a dictionary, where a least-recently-used order is written anew at each.
    """

    def __init__(self, most: int) -> None:
        """Nothing kept."""
        self._most = most
        self._young: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """The value, or None if it is not kept."""
        value = self._young.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.put(key, value)
        return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, which is not None."""
        if len(self._young) >= self._most and key not in self._young:
            self._young, self._old = {}, self._young
        self._young[key] = value

    def forget(self, key: Key) -> None:
        """Keep it no longer."""
        self._young.pop(key, None)
        self._old.pop(key, None)
