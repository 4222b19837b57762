"""Seizure mentions of a text: what was seized, how much, where and by whom. One reader for each language."""

from processors.extraction.english import find_english_mentions
from processors.extraction.mention import Mention
from processors.extraction.spanish import find_spanish_mentions
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["Mention", "find_mentions"]


def find_mentions(text: Text, reference: Reference) -> list[Mention]:
    """The seizure mentions of a text in order of their place; a text in neither language is read as none."""
    if text.language == "es":
        return find_spanish_mentions(text, reference)
    if text.language == "en":
        return find_english_mentions(text, reference)
    return []
