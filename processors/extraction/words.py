"""One word of a text, as all finders have it."""

from typing import NamedTuple

__all__ = ["Word"]


class Word(NamedTuple):
    """One word or number of a text: `plain` is folded; `start` and `end` are offsets in the text."""

    plain: str
    start: int
    end: int
