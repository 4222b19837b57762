"""Identifiers in free text, in normal form: a reader for each kind, and the list of them in `finder.py`."""

from processors.extraction.identifiers.finder import CUES, find_identifiers
from processors.extraction.identifiers.found import FoundIdentifier

__all__ = ["CUES", "FoundIdentifier", "find_identifiers"]
