"""How a written identifier is read when two are compared: our own few lines, apart from the platform's."""

import unicodedata

__all__ = ["bare_form", "fold_alike", "is_one_slip_apart"]

LOOK_ALIKE = str.maketrans("OISBZG", "015826")
"""Signs that a scanner takes for each other, folded to the digit."""
_PART = frozenset("?*")
_PARTLY = ("partial ", "parcial ")


def bare_form(kind: str, written: str) -> str | None:
    """Letters and digits in capitals; a wallet as written, a docket without blanks, of a phone the last ten digits, of
    an IMEI the first fourteen. None for what is only a part of a number.
    """
    if not _PART.isdisjoint(written) or written.startswith(_PARTLY):
        return None
    if kind == "wallet":
        return written
    plain = "".join(s for s in unicodedata.normalize("NFKD", written).upper() if not unicodedata.combining(s))
    if kind == "docket":
        return "".join(plain.split())
    signs = "".join(filter(str.isalnum, plain))
    if kind == "phone":
        return signs[-10:] if len(signs) >= 10 else None
    return signs[:14] if kind == "imei" else signs


def fold_alike(value: str) -> str:
    """A value with signs that look alike read as one: 0 and O, 1 and I, 5 and S, 8 and B, 2 and Z, 6 and G."""
    return value.translate(LOOK_ALIKE)


def is_one_slip_apart(left: str, right: str) -> bool:
    """Whether one sign wrong, left out or added, or two neighbours exchanged, make one value of the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    at = next((n for n, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), None)
    if at is None:
        return True
    if len(left) != len(right):
        short, long = sorted((left, right), key=len)
        return short[at:] == long[at + 1 :]
    exchanged = left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]
    return left[at + 1 :] == right[at + 1 :] or exchanged
