"""The exact identifiers of a report's own fields (`facts.identifiers`)."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

__all__ = ["IdentifierFacts", "IdentifierKind"]

IdentifierKind = Literal[
    "plate",
    "vin",
    "phone",
    "imei",
    "serial",
    "curp",
    "rfc",
    "passport",
    "visa",
    "clabe",
    "iban",
    "wallet",
    "docket",
    "container",
    "aircraft",
    "vessel",
]


class IdentifierFacts(TypedDict):
    """An exact identifier in its normal form: whoever carries the same kind and value means the same thing.

    `field` is the path in `event`, `as_written` what stands there, `issuer` who gave the number as far as the record
    says (a plate's state, a docket's court, a gun's maker); it is no part of the value. `issuer_candidates` are the
    issuers (ISO 3166) that a plate's pattern leaves possible where the record names none. `checked` says whether check
    digits hold; absent where there are none. A value whose check digits fail stays, for they are misread and mistyped
    more often than invented; it makes no strong link.
    """

    kind: IdentifierKind
    value: str
    field: str
    as_written: str
    issuer: NotRequired[str]
    issuer_candidates: NotRequired[list[str]]
    checked: NotRequired[bool]
