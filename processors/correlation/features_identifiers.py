"""Features of identifiers: exact ones, misread ones, and the look of the things that carry them.

Where several issuers may give out one number (plates, serials, passports, dockets) a sentence claims the same
characters, no more.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from processors.correlation.misreadings import SLIPPED_KINDS, find_misread
from processors.correlation.sides import NOTHING, Found, Looks, Shared, Side, Where, where
from processors.reference import default_reference
from processors.reference.folding import fold
from streams.reports import IdentifierFacts, IdentifierKind

__all__ = [
    "are_other_issuers",
    "differ_in_unique",
    "look_same",
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
    ours, theirs = left.written[kind], right.written[kind]
    common = ours.keys() & theirs.keys()
    if not common:
        return NOTHING
    found = [
        (frequency, Shared(kind, value, where(ours[value]), where(theirs[value])))
        for value in sorted(common)
        if not _is_doubtful(ours[value], theirs[value]) and (frequency := left.frequency(kind, value)) is not None
    ]
    if not found:
        return NOTHING
    if kind in _OF_STATES:
        same = [one for one in found if not _other_issuers(one[1])]
        if not same:
            return Found("other_issuer", tuple(shared for _, shared in found))
        found = same
    level = "rare" if any(frequency == "rare" for frequency, _ in found) else "common"
    # A common number beside a rare one must not look as if it weighed as much.
    return Found(level, tuple(shared for frequency, shared in found if frequency == level))


_OF_STATES: frozenset[IdentifierKind] = frozenset({"plate", "passport", "visa", "vessel"})
"""Kinds whose issuers are states and nations: each gives out the same characters on its own."""


def _other_issuers(shared: Shared) -> bool:
    left, right = shared.left.get("issuer", ""), shared.right.get("issuer", "")
    return bool(left and right) and are_other_issuers(left, right)


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


_ORDER = {"look_alike_proved": 0, "look_alike": 1, "slip_proved": 2, "slip": 3}


def _misread(left: Side, right: Side) -> Iterator[tuple[str, Shared]]:
    for kind in left.misread_kinds:
        ours, theirs = left.written[kind], right.written.get(kind)
        if theirs is None:
            continue
        if not ours.keys().isdisjoint(theirs):
            continue  # two numbers of one kind that differ belong to two things, once a third is shared
        for value, other, likeness in find_misread(left.values[kind], right.values[kind]):
            if likeness == "slip" and kind not in SLIPPED_KINDS:
                continue
            mine, their = ours[value], theirs[other]
            checked = (mine.get("checked"), their.get("checked"))
            if checked == (True, True):
                continue  # both numbers exist
            # Of one number right and the other wrong by its check digit, the wrong one is a misreading.
            level = f"{likeness}_proved" if set(checked) == {True, False} else likeness
            yield level, Shared(kind, f"{value} / {other}", where(mine), where(their))


def differ_in_unique(left: Side, right: Side) -> Found:
    """The reports give the same thing or person two different numbers of which each has one alone.

    Los informes dan a la misma cosa o persona dos números distintos, de los que cada una sólo tiene uno.
    """
    for shared, unique in (("plate", "vin"), ("passport", "curp"), ("visa", "curp")):
        for mine, their in _carried(shared, left, right):  # type: ignore[arg-type]
            one = _beside(unique, mine["field"], left)
            other = _beside(unique, their["field"], right)
            if one is not None and other is not None and one["value"] != other["value"]:
                said = f"{one['value']} / {other['value']}"
                return Found("differ", (Shared(unique, said, where(one), where(other)),))  # type: ignore[arg-type]
    return NOTHING


def _beside(kind: str, field: str, side: Side) -> IdentifierFacts | None:
    """The checked number of a kind that the same conveyance or person carries as the number at `field`."""
    carrier = field.split(".", maxsplit=1)[0]
    for one in side.written.get(kind, {}).values():  # type: ignore[call-overload]
        if one.get("checked") and one["field"].split(".")[0] == carrier and carrier.endswith("]"):
            return one  # type: ignore[no-any-return]
    return None


def look_same(left: Side, right: Side) -> Found:
    """The things that carry the number look alike, by what the reports say of make, model, colour or calibre.

    Las cosas que llevan el número se parecen, por lo que los informes dicen de marca, modelo, color o calibre.
    """
    told = [
        one
        for kind, looks in _LOOKS
        for mine, their in _carried(kind, left, right)
        if (one := _compare_looks(mine, looks(left, mine["field"]), their, looks(right, their["field"]))) is not None
    ]
    return min(told, key=lambda one: (_LOOKS_BEST.index(one.level), one.detail[0].value)) if told else NOTHING


_LOOKS_BEST = ("alike", "not_unlike", "other_colour", "differs", "other_make")


def _compare_looks(mine: IdentifierFacts, ours: Looks, their: IdentifierFacts, theirs: Looks) -> Found | None:
    told = _tell_looks(ours, theirs)
    if told is None:
        return None
    level, one, other = told
    left, right = Where(field=mine["field"], as_written=one), Where(field=their["field"], as_written=other)
    said = one if level in ("alike", "not_unlike") else f"{one} / {other}"
    return Found(level, (Shared(None, said, left, right),))


@lru_cache(maxsize=16_384)
def _tell_looks(ours: Looks, theirs: Looks) -> tuple[str, str, str] | None:
    """Whether two looks agree in what is told of both, and how each tells it; None if nothing is.

    A colour is told by eye, often at night, and a model in two languages: another one says less than another make.
    """
    one, other = dict(ours), dict(theirs)
    both = [name for name in one if name in other]
    if not both:
        return None
    differ = [name for name in both if not _spell_alike(one[name], other[name])]
    level = "alike" if len(both) > 1 else "not_unlike"
    if differ:
        level = "other_make" if "make" in differ else "other_colour" if differ == ["colour"] else "differs"
    return level, " ".join(one[name] for name in both), " ".join(other[name] for name in both)


def _spell_alike(one: str, other: str) -> bool:
    """`f 150` and `F-150`, `chevrolet` and `chevrolet silverado`, `toyota` and `toyotta`."""
    # A word of the other is enough, a piece of one is not: .22 is no .223.
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return True
    one, other = one.replace(" ", ""), other.replace(" ", "")
    if one == other:
        return True
    return min(len(one), len(other)) >= _WORTH_SPELLING and OSA.distance(one, other, score_cutoff=1) <= 1


_WORTH_SPELLING = 5


def _carried(kind: IdentifierKind, left: Side, right: Side) -> list[tuple[IdentifierFacts, IdentifierFacts]]:
    ours, theirs = left.written.get(kind), right.written.get(kind)
    if ours is None or theirs is None:
        return []
    same = ours.keys() & theirs.keys()
    if same:
        return [(ours[value], theirs[value]) for value in sorted(same)]
    return [(ours[value], theirs[other]) for value, other, _ in find_misread(left.values[kind], right.values[kind])]


def _vehicles(side: Side, field: str) -> Looks:
    found = side.looks.get(field)
    if found is None:
        found = side.looks[field] = ()
        for vehicle in side.record.get("vehicles", ()):
            if field.startswith(f"{vehicle['field']}."):
                names = ("make", "model", "colour")
                found = side.looks[field] = tuple((name, vehicle[name]) for name in names if name in vehicle)  # type: ignore[literal-required]
                break
    return found


def _firearms(side: Side, field: str) -> Looks:
    for item in side.record.get("items", ()):
        if field.startswith(f"items[{item['ordinal']}].") and "firearm" in item:
            gun = item["firearm"]
            return tuple((name, gun[name]) for name in ("make", "model", "calibre", "type") if name in gun)
    return ()


_LOOKS: tuple[tuple[IdentifierKind, Callable[[Side, str], Looks]], ...] = (
    ("plate", _vehicles),
    ("vin", _vehicles),
    ("serial", _firearms),
)
