"""One way of writing for every text before names are looked for: a name split by unseen signs is still one."""

import html
import re
import unicodedata
from typing import Any

from processors.protection.events import map_texts

__all__ = ["is_tidy", "tidy_event"]

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""Soft hyphens, joiners, direction marks and other signs that show nothing."""
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")


def is_tidy(encoded: bytes) -> bool:
    """Whether an event, as JSON in UTF-8, has nothing to tidy: told in one pass over the whole."""
    if b"&" in encoded:
        return False
    if encoded.isascii():
        return True
    text = encoded.decode()
    return unicodedata.is_normalized("NFC", text) and _UNSEEN.search(text) is None


def tidy_event(body: dict[str, Any]) -> dict[str, Any]:
    """The body with every string composed (Unicode NFC) and without unseen signs, its texts without HTML entities; the
    same object where it is so already.
    """
    composed = _tidy(body)
    return map_texts(composed, lambda _field, text: _tidy(html.unescape(text)) if _ENTITY.search(text) else text)


def _tidy(tree: Any) -> Any:
    if isinstance(tree, str):
        if tree.isascii() or (unicodedata.is_normalized("NFC", tree) and _UNSEEN.search(tree) is None):
            return tree
        return unicodedata.normalize("NFC", _UNSEEN.sub("", tree)) or "?"
    if isinstance(tree, list):
        parts = [_tidy(part) for part in tree]
        return tree if all(one is other for one, other in zip(parts, tree, strict=True)) else parts
    if isinstance(tree, dict):
        named = {name: _tidy(part) for name, part in tree.items()}
        return tree if all(named[name] is tree[name] for name in tree) else named
    return tree
