"""One way of writing for every text before names are looked for: a name split by unseen signs is still one."""

import html
import re
import unicodedata
from typing import Any

from processors.protection.events import map_texts

__all__ = ["is_tidy", "tidy_event"]

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""Soft hyphens, joiners, direction marks and other signs that show nothing."""
_LIKE_LATIN = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρ", "ABEKMHOPCTYXIJSaeopcyxijsdhABEZHIKMNOPTYXoavp"
)
"""Letters of Greek and Cyrillic that show as Latin ones do."""
_MIXED = re.compile(r"\w*(?:[A-Za-z][\u0370-\u04ff\u0500-\u052f]|[\u0370-\u04ff\u0500-\u052f][A-Za-z])\w*")
"""A word in two scripts: nobody writes so but to hide it."""
_ODD = re.compile(_UNSEEN.pattern[:-1] + "\u0370-\u052f]")
"""Unseen signs, and letters of the scripts that are like ours; one set, so that looking takes one pass."""
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")


def is_tidy(encoded: bytes) -> bool:
    """Whether an event, as JSON in UTF-8, has nothing to tidy: told in one pass over the whole."""
    if b"&" in encoded:
        return False
    if encoded.isascii():
        return True
    text = encoded.decode()
    try:
        # Latin-1 is composed and has one unseen sign, the soft hyphen: 1 us for 5 kB instead of 12.
        return b"\xad" not in text.encode("latin-1")
    except UnicodeEncodeError:
        pass
    return unicodedata.is_normalized("NFC", text) and _ODD.search(text) is None


def tidy_event(body: dict[str, Any]) -> dict[str, Any]:
    """The body with every string composed (Unicode NFC) and without unseen signs or words in two scripts, its texts
    without HTML entities; the same object where it is so already.
    """
    composed = _tidy(body)
    return map_texts(composed, lambda _field, text: _tidy(html.unescape(text)) if _ENTITY.search(text) else text)


def _tidy(tree: Any) -> Any:
    if isinstance(tree, str):
        if tree.isascii():
            return tree
        if _MIXED.search(tree) is not None:
            tree = _MIXED.sub(lambda word: word[0].translate(_LIKE_LATIN), tree)
        if unicodedata.is_normalized("NFC", tree) and _UNSEEN.search(tree) is None:
            return tree
        return unicodedata.normalize("NFC", _UNSEEN.sub("", tree)) or "?"
    if isinstance(tree, list):
        parts = [_tidy(part) for part in tree]
        return tree if all(one is other for one, other in zip(parts, tree, strict=True)) else parts
    if isinstance(tree, dict):
        named = {name: _tidy(part) for name, part in tree.items()}
        return tree if all(named[name] is tree[name] for name in tree) else named
    return tree
