"""What speaks for two reports belonging together. `FEATURES` is the list to extend: write a function, add a line.

The docstring of a feature is the sentence that an analyst reads, in English and, after an empty line, in Spanish. Where
several issuers may give out one number (plates, serials, passports, dockets) it claims the same characters, no more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from processors.correlation.keys import identifier_key
from streams.facts import ComparisonRecord
from streams.reports import IdentifierFacts, IdentifierKind

__all__ = ["FEATURES", "Feature", "Found", "Shared", "Side", "make_side", "sentences"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the record, and by kind and value those of its identifiers that are no hubs."""

    record: ComparisonRecord
    identifiers: Mapping[IdentifierKind, Mapping[str, IdentifierFacts]]


class Shared(NamedTuple):
    """A value that both sides carry, and where."""

    kind: IdentifierKind
    value: str
    left: IdentifierFacts
    right: IdentifierFacts


class Found(NamedTuple):
    """What a feature says of a pair: a score from 0 to 1, and what it rests on."""

    score: float
    detail: tuple[Shared, ...]


Feature = Callable[[Side, Side], Found]
_NOTHING = Found(0.0, ())


def make_side(record: ComparisonRecord, is_hub: Callable[[str], bool]) -> Side:
    """A record ready for comparison; `is_hub` tells of a key whether too many live reports are filed under it."""
    exercise = record.get("exercise", False)
    identifiers: dict[IdentifierKind, dict[str, IdentifierFacts]] = {}
    for identifier in record.get("identifiers", ()):
        kind, value = identifier["kind"], identifier["value"]
        if not is_hub(identifier_key(exercise, kind, value)):
            identifiers.setdefault(kind, {})[value] = identifier
    return Side(record, identifiers)


def _share(kind: IdentifierKind, left: Side, right: Side) -> Found:
    ours, theirs = left.identifiers.get(kind), right.identifiers.get(kind)
    if not ours or not theirs:
        return _NOTHING
    values = sorted(value for value in ours.keys() & theirs.keys() if not _is_doubtful(ours[value], theirs[value]))
    return (
        Found(1.0, tuple(Shared(kind, value, ours[value], theirs[value]) for value in values)) if values else _NOTHING
    )


def _is_doubtful(ours: IdentifierFacts, theirs: IdentifierFacts) -> bool:
    return ours.get("checked") is False or theirs.get("checked") is False


def share_plate(left: Side, right: Side) -> Found:
    """Both reports write a licence plate with the same characters.

    Los dos informes escriben una placa con los mismos caracteres.
    """
    return _share("plate", left, right)


def share_vin(left: Side, right: Side) -> Found:
    """Both reports name a vehicle with the same identification number (VIN).

    Los dos informes mencionan un vehículo con el mismo número de identificación (NIV).
    """
    return _share("vin", left, right)


def share_phone(left: Side, right: Side) -> Found:
    """Both reports carry the same telephone number.

    Los dos informes contienen el mismo número telefónico.
    """
    return _share("phone", left, right)


def share_imei(left: Side, right: Side) -> Found:
    """Both reports carry the same telephone device (IMEI).

    Los dos informes contienen el mismo aparato telefónico (IMEI).
    """
    return _share("imei", left, right)


def share_serial(left: Side, right: Side) -> Found:
    """Both reports write a firearm serial number with the same characters.

    Los dos informes escriben una matrícula de arma con los mismos caracteres.
    """
    return _share("serial", left, right)


def share_curp(left: Side, right: Side) -> Found:
    """A subject of each report has the same CURP.

    Una persona señalada en cada informe tiene la misma CURP.
    """
    return _share("curp", left, right)


def share_rfc(left: Side, right: Side) -> Found:
    """A subject of each report has the same tax number (RFC).

    Una persona señalada en cada informe tiene el mismo RFC.
    """
    return _share("rfc", left, right)


def share_passport(left: Side, right: Side) -> Found:
    """A subject of each report has a passport number with the same characters.

    Una persona señalada en cada informe tiene un número de pasaporte con los mismos caracteres.
    """
    return _share("passport", left, right)


def share_visa(left: Side, right: Side) -> Found:
    """A subject of each report has a visa number with the same characters.

    Una persona señalada en cada informe tiene un número de visa con los mismos caracteres.
    """
    return _share("visa", left, right)


def share_clabe(left: Side, right: Side) -> Found:
    """Both reports carry the same Mexican bank account (CLABE).

    Los dos informes contienen la misma cuenta bancaria mexicana (CLABE).
    """
    return _share("clabe", left, right)


def share_iban(left: Side, right: Side) -> Found:
    """Both reports carry the same bank account (IBAN).

    Los dos informes contienen la misma cuenta bancaria (IBAN).
    """
    return _share("iban", left, right)


def share_wallet(left: Side, right: Side) -> Found:
    """Both reports carry the same wallet address.

    Los dos informes contienen la misma dirección de billetera.
    """
    return _share("wallet", left, right)


def share_docket(left: Side, right: Side) -> Found:
    """Both reports write a case number with the same characters.

    Los dos informes escriben un número de expediente con los mismos caracteres.
    """
    return _share("docket", left, right)


def share_aircraft(left: Side, right: Side) -> Found:
    """Both reports name an aircraft with the same registration.

    Los dos informes mencionan una aeronave con la misma matrícula.
    """
    return _share("aircraft", left, right)


def share_vessel(left: Side, right: Side) -> Found:
    """Both reports write a vessel's registration or IMO number with the same characters.

    Los dos informes escriben la matrícula o el número OMI de una embarcación con los mismos caracteres.
    """
    return _share("vessel", left, right)


def share_doubtful(left: Side, right: Side) -> Found:
    """Both reports write the same number, whose check digits do not hold: it was misread, mistyped or invented.

    Los dos informes escriben el mismo número, cuyos dígitos verificadores no concuerdan: se leyó o escribió mal, o se
    inventó.
    """
    shared: list[Shared] = []
    for kind in sorted(left.identifiers.keys() & right.identifiers.keys()):
        ours, theirs = left.identifiers[kind], right.identifiers[kind]
        shared += [
            Shared(kind, value, ours[value], theirs[value])
            for value in sorted(ours.keys() & theirs.keys())
            if _is_doubtful(ours[value], theirs[value])
        ]
    return Found(1.0, tuple(shared)) if shared else _NOTHING


# An exact identifier that is no hub settles a link alone: each weighs what a strong link needs (`links.STRONG_FROM`).
FEATURES: tuple[tuple[Feature, float], ...] = (
    (share_plate, 1.0),
    (share_vin, 1.0),
    (share_phone, 1.0),
    (share_imei, 1.0),
    (share_serial, 1.0),
    (share_curp, 1.0),
    (share_rfc, 1.0),
    (share_passport, 1.0),
    (share_visa, 1.0),
    (share_clabe, 1.0),
    (share_iban, 1.0),
    (share_wallet, 1.0),
    (share_docket, 1.0),
    (share_aircraft, 1.0),
    (share_vessel, 1.0),
    # However many such numbers two reports share, they never make a strong link alone.
    (share_doubtful, 0.4),
)


@cache
def sentences(feature: Feature) -> tuple[str, str]:
    """The analyst's sentence in English and in Spanish, without the full stop; ValueError if one is missing."""
    english, spanish = (" ".join(part.split()).removesuffix(".") for part in (feature.__doc__ or "").split("\n\n"))
    return english, spanish
