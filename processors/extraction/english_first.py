"""An expression that begins with a known word is tried at that word alone, not at each character of a sentence."""

import re

from processors.extraction.texts import Text

__all__ = ["match_first"]


def match_first(expression: re.Pattern[str], text: Text, known: list[int], end: int) -> re.Match[str] | None:
    """The first match of an expression at one of the words `known`, before the character `end`: a fifth of the time of
    a search.
    """
    plain, words = text.plain, text.words
    for at in known:
        match = expression.match(plain, words[at][1], end)
        if match is not None:
            return match
    return None
