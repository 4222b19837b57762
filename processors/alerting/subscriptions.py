"""The subscriptions file: who waits for what. Read once, checked against the reference data, and handed on as values.

    subscribers:
      - id: laredo-desk
        name: Laredo desk (fictional)
        view: joint
        subscriptions:
          - id: pills-at-laredo
            title_en: Fentanyl pills at Laredo
            title_es: Pastillas de fentanilo en Laredo
            on: report
            filter:
              commodities: [fentanyl]
              corridors: [laredo-nuevo_laredo]
              amount: {at_least: 1000, unit: pill}

All parts of a filter must hold; of a list, one value is enough.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from processors.alerting.errors import SubscriptionError
from processors.alerting.words import UNITS
from processors.enrichment.identifier_forms import normalise
from processors.reference import Reference
from streams.reports import Commodity, IdentifierKind, ReportKind

__all__ = [
    "ASKED_OF",
    "Amount",
    "Filter",
    "Members",
    "Subscriber",
    "Subscription",
    "WatchedIdentifier",
    "load_subscriptions",
    "of_view",
]

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
"""Fit for a topic's name."""
Title = Annotated[str, Field(min_length=1, max_length=200)]
On = Literal["report", "network"]

ASKED_OF: dict[str, tuple[On, ...]] = {
    "kinds": ("report",),
    "commodities": ("report", "network"),
    "substances": ("report",),
    "corridors": ("report", "network"),
    "identifiers": ("report", "network"),
    "amount": ("report",),
    "members": ("network",),
}
"""The parts of a filter, and what each may be asked of."""

_WITHOUT_COUNTRY = "ZZ"
"""No region (CLDR): a telephone number must then say its own country."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


class Amount(_Model):
    """So much and more of the matching items of one incident, in one unit."""

    at_least: Annotated[float, Field(gt=0)]
    unit: str

    @model_validator(mode="after")
    def _check_unit(self) -> Self:
        if self.unit not in UNITS:
            raise ValueError(f"there is no unit {self.unit!r}, use one of {', '.join(UNITS)}")
        return self


class Members(_Model):
    """So many reports and more in a network."""

    at_least: Annotated[int, Field(ge=2)]


class WatchedIdentifier(_Model):
    """An exact identifier; the value may be written in any usual way. `country` reads a telephone number without +."""

    kind: IdentifierKind
    value: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class Filter(_Model):
    """What is asked; every part that is given must hold."""

    kinds: Annotated[tuple[ReportKind, ...], Field(min_length=1)] | None = None
    commodities: Annotated[tuple[Commodity, ...], Field(min_length=1)] | None = None
    substances: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    corridors: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    identifiers: Annotated[tuple[WatchedIdentifier, ...], Field(min_length=1)] | None = None
    amount: Amount | None = None
    members: Members | None = None

    @cached_property
    def watched(self) -> frozenset[tuple[IdentifierKind, str]]:
        """The identifiers as a set: a watch list may have thousands."""
        return frozenset((one.kind, one.value) for one in self.identifiers or ())

    def asked(self) -> tuple[str, ...]:
        """The parts that are given."""
        return tuple(part for part in ASKED_OF if getattr(self, part) is not None)

    @model_validator(mode="after")
    def _check_asked(self) -> Self:
        if not self.asked():
            raise ValueError(f"an empty filter would alert on everything, ask for one of {', '.join(ASKED_OF)}")
        return self


class Subscription(_Model):
    """One standing search. `title` stands for both languages where there is only one.

    `exercises`: records of exercises raise no alert (false), raise one too (true), or they alone do (only).
    """

    id: Id
    title: Title | None = None
    title_en: Title | None = None
    title_es: Title | None = None
    on: On
    filter: Filter
    exercises: bool | Literal["only"] = False

    @model_validator(mode="before")
    @classmethod
    def _undo_yaml(cls, row: Any) -> Any:
        # YAML 1.1 reads the key `on` as true.
        return {"on" if key is True else key: value for key, value in row.items()} if isinstance(row, dict) else row

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        if self.title is None and (self.title_en is None or self.title_es is None):
            raise ValueError("a title is missing, give title_en and title_es, or title for both")
        for part in self.filter.asked():
            if self.on not in ASKED_OF[part]:
                raise ValueError(f"{part} can't be asked of a {self.on}, take it out or change `on`")
        return self

    @property
    def titles(self) -> tuple[str, str]:
        """The title in English and in Spanish."""
        return self.title_en or self.title or "", self.title_es or self.title or ""


class Subscriber(_Model):
    """Who gets alerts, on the topic `alerts.<id>`, and from which view."""

    id: Id
    name: Title
    view: Id
    fictional: bool = False
    subscriptions: Annotated[tuple[Subscription, ...], Field(min_length=1)]


class _File(_Model):
    subscribers: tuple[Subscriber, ...]


def of_view(subscribers: Iterable[Subscriber], view: str) -> tuple[Subscriber, ...]:
    """The subscribers of one view."""
    return tuple(one for one in subscribers if one.view == view)


def load_subscriptions(path: Path, reference: Reference) -> tuple[Subscriber, ...]:
    """Read a subscriptions file (YAML), with every identifier and substance in its normal form.

    Raises `SubscriptionError` with one sentence: the file, the place in it, what to do.
    """
    import yaml

    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        subscribers = _File.model_validate(tree).subscribers
    except OSError as exc:
        raise SubscriptionError(
            f"The subscriptions file {path} can't be read ({exc.strerror}): check the path."
        ) from exc
    except (yaml.YAMLError, UnicodeDecodeError) as exc:
        where = getattr(exc, "problem_mark", None)
        line = f" near line {where.line + 1}" if where is not None else ""
        raise SubscriptionError(f"The subscriptions file {path} is no valid YAML{line}: correct it.") from exc
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        at = ".".join(str(part) for part in first["loc"]) or "the top level"
        why = first["msg"].removeprefix("Value error, ")
        raise SubscriptionError(f"The subscriptions file {path} is wrong at {at}: {why}.") from exc
    try:
        _require_unique("subscriber", (one.id for one in subscribers))
        return tuple(_normalise_subscriber(one, reference) for one in subscribers)
    except ValueError as exc:
        raise SubscriptionError(f"The subscriptions file {path} is wrong: {exc}.") from exc


def _require_unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"the {what} {one} stands twice, give each an id of its own")
        seen.add(one)


def _normalise_subscriber(subscriber: Subscriber, reference: Reference) -> Subscriber:
    _require_unique(f"subscription of {subscriber.id}", (one.id for one in subscriber.subscriptions))
    kept = tuple(
        one.model_copy(update={"filter": _normalise_filter(one.filter, f"{subscriber.id}/{one.id}", reference)})
        for one in subscriber.subscriptions
    )
    return subscriber.model_copy(update={"subscriptions": kept})


def _normalise_filter(asked: Filter, at: str, reference: Reference) -> Filter:
    known = {port.corridor for port in reference.places.ports.values()}
    for corridor in asked.corridors or ():
        if corridor not in known:
            raise ValueError(f"{at} asks for the corridor {corridor!r}, use one of {', '.join(sorted(known))}")
    changed: dict[str, object] = {}
    if asked.identifiers is not None:
        changed["identifiers"] = tuple(_normalise_identifier(one, at, reference) for one in asked.identifiers)
    if asked.substances is not None:
        changed["substances"] = tuple(_normalise_substance(name, at, reference) for name in asked.substances)
    return asked.model_copy(update=changed)


def _normalise_identifier(one: WatchedIdentifier, at: str, reference: Reference) -> WatchedIdentifier:
    value = normalise(one.kind, one.value, one.country or _WITHOUT_COUNTRY, reference)
    if value is None:
        how = ", with + or `country`" if one.kind == "phone" else ""
        raise ValueError(f"{at} asks for the {one.kind} {one.value!r}, which is no whole one: write it in full{how}")
    return one.model_copy(update={"value": value})


def _normalise_substance(name: str, at: str, reference: Reference) -> str:
    # Only names of the tables: an unknown name in a record is its publisher's own words, and no alert shows those.
    named = reference.commodities.read(name)
    if named.how != "name" or named.substance is None:
        raise ValueError(f"{at} asks for the substance {name!r}, which is in no table: use a plain name")
    return named.substance
