"""Vehicles, vessels, aircraft and containers."""

from typing import Annotated, Literal

from pydantic import Field

from streams.contracts.base import Code, Model, Number, Title

__all__ = ["Conveyance", "Plate"]


class Plate(Model):
    """A licence plate as written; `state` is the issuing state's name or code."""

    number: Number
    state: Title | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class Conveyance(Model):
    """What carried the goods or people; `seized` says whether the conveyance itself was taken."""

    kind: Literal[
        "vehicle",
        "motorcycle",
        "truck",
        "trailer",
        "bus",
        "train",
        "vessel",
        "aircraft",
        "drone",
        "container",
        "parcel",
        "other",
    ]
    plates: tuple[Plate, ...] = Field((), max_length=8)
    vin: Number | None = None
    make: Title | None = None
    model: Title | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    colour: Code | None = None
    name: Title | None = None
    registration: Number | None = None
    imo_number: Number | None = None
    container_number: Number | None = None
    seal_number: Number | None = None
    bill_of_lading: Number | None = None
    shipper: Title | None = None
    consignee: Title | None = None
    seized: bool | None = None
