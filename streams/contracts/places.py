"""Places as the publisher wrote them, with whatever codes and coordinates it has."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from streams.contracts.base import Code, Model, Title

__all__ = ["Place", "PlaceCode"]


class PlaceCode(Model):
    """A code and the system that issued it: `inegi`, `fips`, `cbp_port`, `cbp_office`, `un_locode` ..."""

    system: Code
    value: Code


class Place(Model):
    """Where: names as written, never corrected by the publisher; WGS 84 degrees; `uncertainty_m` metres.

    `office` is a field office or sector whose area holds the place; such areas may span twin cities and say nothing
    about the port. `kilometre` counts along `highway`.
    """

    as_written: Title | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    state: Title | None = None
    municipality: Title | None = None
    locality: Title | None = None
    port_of_entry: Title | None = None
    office: Title | None = None
    region: Title | None = None
    highway: Title | None = None
    kilometre: Annotated[float, Field(ge=0, le=5000)] | None = None
    codes: tuple[PlaceCode, ...] = Field((), max_length=16)
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    uncertainty_m: Annotated[float, Field(ge=0, le=2_000_000)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.__pydantic_fields_set__:
            raise ValueError("place_empty")
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("coordinates_incomplete")
        return self
