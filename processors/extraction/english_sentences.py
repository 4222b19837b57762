"""An English text cut into sentences."""

import re

from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["split_sentences"]

_END = re.compile(
    r"[.!?\n](?:(?<!\n)[\"'”’)\]]*\s+(?=[\"“‘(\[•*–—-]*\s*[A-Z0-9$])|(?<=\n)(?:\s*\n|(?=\s*[•*-]?\s*[A-Z])))"
)
_SIGNS = frozenset(".!?\n")
"""It begins with one of them, and they stand between words."""
_ABBREVIATIONS = word_set(
    "u.s jan feb mar apr jun jul aug sept sep oct nov dec no st mr mrs ms dr jr sr sgt lt det capt lbs oz approx"
    " vs inc co gen gov sen rep dept ave blvd rd hwy fla calif ariz tex ft mt p.m a.m d.c"
)


_LONGEST = max(map(len, _ABBREVIATIONS))


def split_sentences(text: Text) -> list[tuple[int, int, int, int]]:
    """The sentences of a text as its words `first` to `after` and its characters `start` to `end`; a line that ends
    with a colon, comma or semicolon goes on.
    """
    raw, words = text.raw, text.words
    bounds: list[tuple[int, int, int, int]] = []
    first = start = done = 0
    for word, gap in enumerate(text.gaps):
        if gap == " " or gap == ", ":
            continue
        at = words[word - 1][2] if word else 0
        for sign in gap:
            if sign in _SIGNS and at >= done:
                match = _END.match(raw, at)
                if match is not None:
                    done = match.end()
                    # Most end behind a long word and a point.
                    usual = word > 0 and sign == "." == gap[0] and len(text.plains[word - 1]) > _LONGEST
                    if usual or _ends(raw, start, at, done):
                        bounds.append((first, word, start, done))
                        first, start = word, done
            at += 1
    if start < len(raw):
        bounds.append((first, len(words), start, len(raw)))
    return bounds


def _ends(raw: str, start: int, at: int, end: int) -> bool:
    """Whether the sentence that begins at `start` ends with the signs from `at` to `end`."""
    if raw[at] == "\n":
        before = raw[start:at].rstrip()[-1:]
        return before not in ":;,-" and (raw.count("\n", at, end) > 1 or before in ".!?")
    if raw[at] != ".":
        return True
    word = raw[max(start, at - 8) : at].lower()
    word = word[word.rfind(" ") + 1 :].rpartition("\n")[2]
    word = word.lstrip("(\"'“")
    if word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha()):
        return True
    return word in ("lbs", "oz", "p.m", "a.m", "inc", "co") and raw[end : end + 1].isupper()
