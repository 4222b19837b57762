"""Sets of words written as one string: a list of two hundred quoted words cannot be read."""

__all__ = ["word_set"]


def word_set(written: str) -> frozenset[str]:
    """The words of a string parted by blanks."""
    return frozenset(written.split())
