"""One seizure mention, as the readers of both languages give it."""

from typing import NamedTuple

from streams.text_facts import MentionCommodity, MentionUnit

__all__ = ["Mention"]


class Mention(NamedTuple):
    """One amount of one good at one place; fields as in `streams.text_facts.SeizureMention`.

    `text` is `raw[start:end]`. `quantity` is as stated, `qty_si` in kilograms, litres, pieces or money.
    """

    start: int
    end: int
    text: str
    commodity: MentionCommodity
    quantity: float | None
    unit: MentionUnit | None
    qty_si: float | None
    approximate: bool
    cumulative: bool
    place: str | None
    state: str | None
    agency: str | None
    rule: str
    substance: str | None = None
    doubt: tuple[str, ...] = ()
