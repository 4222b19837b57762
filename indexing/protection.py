"""Whom the index must not name: the one definition of `streams.protection`, by which release decides too.

Renditions come without what protected people would leave; the index looks once more, for a report may come from an
older release. `protected_people` of a document says how many there are.
"""

from streams.protection import Protection, fold_words, is_protected, protect, protect_report

__all__ = ["Protection", "fold_words", "is_protected", "protect", "protect_report"]
