"""People, organisations and the ways to reach them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from streams.contracts.base import Code, Model, Number, Title
from streams.contracts.places import Place

__all__ = [
    "FIRM_BASES",
    "PROTECTED_ROLES",
    "SUBJECT_ROLES",
    "Account",
    "Basis",
    "Identifier",
    "Organisation",
    "Person",
    "Phone",
    "Role",
    "SocialHandle",
]

Role = Literal[
    "suspect",
    "defendant",
    "certified_owner",
    "purchaser",
    "victim",
    "smuggled_person",
    "minor",
    "witness",
    "informant",
    "officer",
    "official",
    "bystander",
]
SUBJECT_ROLES: frozenset[Role] = frozenset({"suspect", "defendant", "certified_owner", "purchaser"})
"""Roles in which a person may be a lead; the person must carry a basis."""
PROTECTED_ROLES: frozenset[Role] = frozenset(
    {"victim", "smuggled_person", "minor", "witness", "informant", "bystander"}
)
"""Roles whose names never leave enrichment; a person who has one beside another role is protected all the same."""

Basis = Literal["certified_suspicion", "charged", "convicted", "cleared", "mentioned"]
FIRM_BASES: frozenset[Basis] = frozenset({"certified_suspicion", "charged", "convicted"})
"""Bases on which a subject may be compared with others. Whoever is only mentioned, or was cleared, may not."""
Date = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Identifier(Model):
    """A number that a person or organisation carries: `curp`, `rfc`, `passport`, `visa`, `inmate` ..."""

    kind: Code
    value: Number
    issuer: Title | None = None


class Phone(Model):
    """A telephone number as written; `country` (ISO 3166) reads one without a prefix. `imei` is the device."""

    number: Number | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    imei: Number | None = None
    role: Code | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.number is None and self.imei is None:
            raise ValueError("phone_empty")
        return self


class Account(Model):
    """A bank account, card or wallet: `kind` is `clabe`, `iban`, `account`, `wallet` ...; `network` of a wallet."""

    kind: Code
    value: Number
    institution: Title | None = None
    network: Code | None = None


class SocialHandle(Model):
    """A name on a platform, as written."""

    platform: Code
    handle: Title


class Person(Model):
    """A person and what the source says of their part.

    Whoever is named as a subject (suspect, defendant, certified owner, purchaser) has a `basis`; the default is
    "mentioned", which makes no profile, link or alert. Any stronger basis needs a `review_date` (YYYY-MM-DD) by which
    the publisher looks at it again.
    """

    name: Title | None = None
    given_names: Title | None = None
    surnames: tuple[Title, ...] = Field((), max_length=4)
    aliases: tuple[Title, ...] = Field((), max_length=32)
    roles: tuple[Role, ...] = Field(min_length=1, max_length=12)
    protected: bool = False
    """True asks for protection whatever the roles; enrichment sets it on everybody who is a token from there on."""
    basis: Basis = "mentioned"
    review_date: Date | None = None
    birth_date: Date | None = None
    birth_year: Annotated[int, Field(ge=1880, le=2100)] | None = None
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    sex: Literal["female", "male", "other"] | None = None
    nationality: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    identifiers: tuple[Identifier, ...] = Field((), max_length=32)
    phones: tuple[Phone, ...] = Field((), max_length=32)
    address: Place | None = None
    note: Title | None = None

    @model_validator(mode="after")
    def _basis_is_reviewed(self) -> Self:
        if self.basis in FIRM_BASES and self.review_date is None:
            raise ValueError("review_date_missing")
        return self


class Organisation(Model):
    """A company, cell or group, with its part (`shipper`, `consignee`, `front`, `criminal_group` ...)."""

    name: Title
    aliases: tuple[Title, ...] = Field((), max_length=32)
    role: Code | None = None
    identifiers: tuple[Identifier, ...] = Field((), max_length=32)
    address: Place | None = None
