"""Features of identifiers: exact ones and misread ones.

Where several issuers may give out one number (plates, serials, passports, dockets) a sentence claims the same
characters, no more.
"""

from collections.abc import Iterator
from functools import lru_cache

from processors.correlation.dockets import compare_courts
from processors.correlation.misreadings import PASTED_KINDS, find_misread
from processors.correlation.sides import NOTHING, Found, Frequency, Shared, Side, where
from processors.reference import default_reference
from processors.reference.folding import fold
from streams.reports import IdentifierFacts, IdentifierKind

__all__ = [
    "are_other_issuers",
    "share_aircraft",
    "share_clabe",
    "share_curp",
    "share_docket",
    "share_doubtful",
    "share_iban",
    "share_imei",
    "share_misread",
    "share_passport",
    "share_phone",
    "share_plate",
    "share_rfc",
    "share_serial",
    "share_vessel",
    "share_vin",
    "share_visa",
    "share_wallet",
]


def _share(kind: IdentifierKind, left: Side, right: Side) -> Found:
    ours, theirs = left.written.get(kind, {}), right.written.get(kind, {})
    common = ours.keys() & theirs.keys()
    if not common:
        return NOTHING
    found: list[tuple[str, Shared]] = []
    for value in sorted(common):
        mine, their = ours[value], theirs[value]
        if _is_doubtful(mine, their) or (frequency := left.frequency(kind, value)) is None:
            continue
        level = _level_of_issuers(kind, mine, their, frequency) if kind in _ISSUED else frequency
        found.append((level, Shared(kind, value, where(mine), where(their))))
    if not found:
        return NOTHING
    best = min(_BEST[level] for level, _ in found)
    # A common number beside a rare one must not look as if it weighed as much.
    return Found(_LEVELS[best], tuple(shared for level, shared in found if _BEST[level] == best))


_LEVELS = ("rare", "common", "no_office", "other_issuer")
_BEST = {level: at for at, level in enumerate(_LEVELS)}


def _level_of_issuers(kind: IdentifierKind, mine: IdentifierFacts, their: IdentifierFacts, frequency: Frequency) -> str:
    """How frequent a number is, or that two issuers gave it out, or nobody knows which court did."""
    left, right = mine.get("issuer", ""), their.get("issuer", "")
    if kind != "docket":
        return "other_issuer" if left and right and are_other_issuers(left, right) else frequency
    court = compare_courts(mine["value"], left, right)
    if court == "other":
        return "other_issuer"
    return "no_office" if court == "unknown" and frequency == "rare" else frequency


_ISSUED: frozenset[IdentifierKind] = frozenset({"plate", "passport", "visa", "vessel", "docket"})
"""Kinds whose issuers are states, nations and courts: each gives out the same characters on its own."""


@lru_cache(maxsize=4_096)
def are_other_issuers(left: str, right: str) -> bool:
    """Whether two issuers as written are surely two states, or two nations; TX and "Texas, US" are one. What is not
    known of one of them is no difference.
    """
    ours, theirs = _read_issuer(left), _read_issuer(right)
    return any(one and other and one != other for one, other in zip(ours, theirs, strict=True))


def _read_issuer(written: str) -> tuple[str | None, str | None]:
    """Nation and state."""
    nation = state = None
    for part in (written, *written.split(",")):
        code = default_reference().plates.name_issuer(fold(part))
        if code is not None and "-" in code:
            nation, state = code[:2], code
        elif code is not None:
            nation = nation or code
        elif len(part.strip()) == 2 and part.strip().isupper():
            nation = nation or part.strip()
    return nation, state


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
    if not (left.doubtful or right.doubtful):
        return NOTHING
    shared = [
        Shared(kind, value, where(left.written[kind][value]), where(right.written[kind][value]))
        for kind in sorted(left.written.keys() & right.written.keys())
        for value in sorted(left.written[kind].keys() & right.written[kind].keys())
        if _is_doubtful(left.written[kind][value], right.written[kind][value])
        and left.frequency(kind, value) is not None
    ]
    return Found("same", tuple(shared)) if shared else NOTHING


def share_misread(left: Side, right: Side) -> Found:
    """The reports write numbers that may be one, misread or mistyped.

    Los informes escriben números que pueden ser el mismo, mal leído o mal escrito.
    """
    alike = list(_misread(left, right))
    if not alike:
        return NOTHING
    best = min(alike, key=lambda found: (_ORDER[found[0]], found[1].kind or "", found[1].value))
    return Found(best[0], (best[1],))


_ORDER = {"look_alike_proved": 0, "look_alike": 1, "slip_proved": 2, "same_end": 3, "slip": 4, "pasted": 5}


def _misread(left: Side, right: Side) -> Iterator[tuple[str, Shared]]:
    for kind in left.misread:
        ours, theirs = left.written[kind], right.written.get(kind)
        if theirs is None:
            continue
        if not ours.keys().isdisjoint(theirs):
            continue  # two numbers of one kind that differ belong to two things, once a third is shared
        for value, other, likeness in find_misread(left.misread.get(kind, ()), right.misread.get(kind, ())):
            mine, their = ours[value], theirs[other]
            checked = (mine.get("checked"), their.get("checked"))
            if checked == (True, True):
                continue  # both numbers exist
            # Of one number right and the other wrong by its check digit, the wrong one is a misreading.
            is_proved = set(checked) == {True, False}
            if kind in PASTED_KINDS and likeness == "slip" and not is_proved:
                continue
            level = f"{likeness}_proved" if is_proved and likeness != "same_end" else likeness
            yield (
                "pasted" if kind in PASTED_KINDS else level,
                Shared(kind, f"{value} / {other}", where(mine), where(their)),
            )
