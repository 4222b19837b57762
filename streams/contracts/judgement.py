"""What an analyst judges of a link. No agency publishes it: it is none of `EVENT_TYPES`."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from streams.contracts.base import Model
from streams.judgements import KnownBy, Said
from streams.links import link_id

__all__ = ["LONGEST_WHY", "SHORTEST_WHY", "Judgement"]

SHORTEST_WHY, LONGEST_WHY = 3, 2000
"""Characters of the reason that a judge gives."""


def _check_name(name: str) -> str:
    # It is a part of a key and is printed on terminals.
    if not name.isprintable():
        raise ValueError("bad_format")
    return name


DocumentId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Judgement(Model):
    """One analyst's judgement of one link in one view; the envelope says when.

    `left` and `right` are the document ids of the link's reports, the smaller one first. The text of `why` is shown to
    everybody who sees the link.
    """

    link: DocumentId
    left: DocumentId
    right: DocumentId
    view: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    said: Said
    why: Annotated[str, Field(min_length=SHORTEST_WHY, max_length=LONGEST_WHY)]
    judge: Annotated[str, Field(min_length=1, max_length=128), AfterValidator(_check_name)]
    known_by: KnownBy

    @model_validator(mode="after")
    def _link_is_of_the_reports(self) -> Self:
        # Kafka's order of one link's judgements hangs on the key, so the key must not name another pair.
        if self.left >= self.right or self.link != link_id(self.left, self.right):
            raise ValueError("foreign_link")
        return self
