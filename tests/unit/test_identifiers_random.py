"""No identifier is invented: random texts of both languages, in which none stands by construction.

*Invented* is an identifier that the text does not name. Three kinds of random texts hold none:

- `without_words`: words, figures, dates, amounts, codes and signs of all sorts, but no word that an identifier stands
  beside, no web or mail address, and no docket. Chance can still write a number whose check digits hold (one code of 17
  signs in eleven or so): what is found must be of a kind that may stand alone, and pass the check that is computed here
  anew, by other code than the finder's. Nothing else may be found.
- `with_others_numbers`: the words, and numbers in the form of telephones, plates, cases and accounts that belong to
  something else that the text names: an invoice, a lot, a folder, and also a gun, whose serial alone may be found.
- `without_numbers`: the words that identifiers stand beside, amid figures that are none: each has its unit, or is a
  date, a time or an amount. Chance can't write an identifier there: nothing at all may be found.
"""

import random
import re
from collections.abc import Callable
from hashlib import sha256

import pytest

from processors.extraction.identifiers import CUES, FoundIdentifier, find_identifiers
from processors.extraction.texts import Text, fold_in_place
from processors.reference import default_reference

REFERENCE = default_reference()
STEMS = tuple(stem for _, stems in CUES for stem in stems)
CODE_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_WORDS = """
    aseguraron elementos de la Guardia Nacional y el Ejército en Culiacán Sinaloa durante un recorrido kilos litros
    metanfetamina fentanilo pastillas armas largas cartuchos cargadores detenidos inmueble laboratorio federal agentes
    puente frontera Nogales Tijuana Reynosa Ciudad Juárez efectivo dólares pesos marzo abril México norte carretera
    officers at the port of entry seized pounds of methamphetamine pills hidden in quarter panels driver trailer rounds
    magazines pistol rifle cash bundles Laredo Texas Arizona Tuesday March smuggling agents traffic stop court federal
    approximately street value estimated total weapons narcotics Border Patrol sector canine alert inspection south
"""
_CUED = """
    placas placa plates matrícula registration teléfono phone celular llamada call contacto serie serial VIN chasis CURP
    RFC pasaporte passport visa cuenta CLABE IBAN IMEI carpeta averiguación docket expediente contenedor container buque
    aeronave avioneta aircraft denuncia WhatsApp número lancha vessel amparo Cessna
"""
WORDS, CUED = _WORDS.split(), _CUED.split()
UNITS = ["kilos", "litros", "pesos", "pills", "rounds", "cartuchos", "años", "pounds", "dosis", "migrantes"]


def _figure(dice: random.Random) -> str:
    return dice.choice(
        (
            lambda: str(dice.randrange(10 ** dice.randrange(1, 20))),
            lambda: f"{dice.randrange(10**7):,}",
            lambda: f"${dice.randrange(10**8):,}.{dice.randrange(100):02}",
            lambda: f"{dice.randrange(1, 32)}/{dice.randrange(1, 13):02}/{dice.randrange(1990, 2030)}",
            lambda: f"{dice.randrange(1990, 2030)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
            lambda: f"{dice.randrange(24)}:{dice.randrange(60):02}",
            lambda: f"{dice.randrange(100)}.{dice.randrange(100)}%",
            lambda: f"{dice.randrange(100, 1000)}-{dice.randrange(1000):03}-{dice.randrange(10000):04}",
            lambda: "".join(dice.choices(CODE_SIGNS, k=dice.choice((3, 6, 8, 11, 12, 13, 17, 17, 18, 22)))),
            lambda: "".join(dice.choices(BASE58, k=dice.choice((8, 26, 34, 42)))),
            lambda: (
                f"{''.join(dice.choices(CODE_SIGNS[:24], k=3))}-{dice.randrange(1000):03}-{dice.choice(CODE_SIGNS)}"
            ),
            lambda: f"{''.join(dice.choices(CODE_SIGNS[:24], k=4))}{dice.randrange(10**7):07}",
            lambda: (
                f"{''.join(dice.choices(CODE_SIGNS[:22], k=4))}{dice.randrange(10**6):06}HTSJLF{dice.randrange(100):02}"
            ),
        )
    )()


def without_words(dice: random.Random) -> str:
    """A text that names no identifier, with figures and codes of all sorts."""
    parts = []
    for _ in range(dice.randrange(5, 40)):
        parts.append(_figure(dice) if dice.random() < 0.3 else dice.choice(WORDS))
        parts.append(
            dice.choice((" ", " ", " ", " ", ", ", ". ", "; ", ": ", " (", ") ", " - ", " # ", "\n", " @ ", " & "))
        )
    return "".join(parts)


def without_numbers(dice: random.Random) -> str:
    """A text with the words for identifiers, whose figures are amounts, dates and times."""
    parts = []
    for _ in range(dice.randrange(5, 40)):
        one = dice.random()
        if one < 0.3:
            parts.append(dice.choice(CUED))
        elif one < 0.5:
            parts.append(f"{dice.randrange(10 ** dice.randrange(1, 6))} {dice.choice(UNITS)}")
        elif one < 0.6:
            parts.append(f"${dice.randrange(10**8):,}.00")
        elif one < 0.7:
            parts.append(f"{dice.randrange(1, 32)}/{dice.randrange(1, 13):02}/{dice.randrange(1990, 2030)}")
        else:
            parts.append(dice.choice(WORDS))
        parts.append(dice.choice((" ", " ", ", ", ". ", ": ", " de ", " número ", " no. ", " the ")))
    return "".join(parts)


_BEARERS = """
    un teléfono celular; a cell phone; las placas; the license plates; su pasaporte; her visa; la carpeta
    una llamada; a call; la cuenta; el contenedor; the aircraft; el vehículo con matrícula; su CURP; una denuncia
    WhatsApp; el contacto; the VIN; la lancha; the vessel; una Cessna; el amparo; the boat; el gas LP; a Piper
"""
_OTHERS = """
    el oficio número; el oficio; la boleta; la factura; el lote; el artículo; la orden; el código postal; la página
    la guía; el acta; el expediente clínico
    the invoice; the batch; badge; the flight; the article; the ticket; page; the receipt; purchase order; zip code
"""
BEARERS, OTHERS = ([one.strip() for one in re.split(r"[;\n]", words.strip())] for words in (_BEARERS, _OTHERS))
SERIALS = (
    "la pistola con número de serie",
    "a rifle bearing serial number",
    "the pistol, serial number:",
    "fusil, serie no.",
)
ALONE = (
    "placas",
    "license plate",
    "la carpeta",
    "una carpeta",
    "celular",
    "phone",
    "visa",
    "cuenta",
    "serie",
    "contenedor",
)
SENTENCES = (
    "No hubo detenidos", "No other vehicle was found", "A bordo viajaban dos", "El chofer huyó", "de plástico",
    "The driver fled", "DE LA FGR", "NO HUBO DETENIDOS", "y un camión", "Y OTROS", "In court, he", "A man ran",
)  # fmt: skip


def _like_a_number(dice: random.Random) -> str:
    """Of a telephone's, a case's, a plate's or an account's look."""
    area = dice.choice(("664", "956", "210", "55", "867", "619", "656"))
    digits = area + "".join(dice.choices("0123456789", k=10 - len(area)))
    return dice.choice(
        (
            digits,
            f"{digits[:3]} {digits[3:6]} {digits[6:]}",
            f"{digits[:3]}-{digits[3:6]}-{digits[6:]}",
            f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
            f"{digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}",
            f"{dice.randrange(1, 9999)}/{dice.randrange(1990, 2030)}",
            digits[:5],
            digits + digits[:8],
        )
    )


def with_others_numbers(dice: random.Random) -> tuple[str, set[str]]:
    """A text with words and numbers that don't belong together, and the serials that it does name."""
    parts: list[str] = []
    serials: set[str] = set()
    for _ in range(dice.randrange(1, 5)):
        one = dice.random()
        if one < 0.25:
            figure = dice.choice((f"{dice.randrange(10_000, 100_000)}", f"{dice.randrange(1, 999)}/2023"))
            parts.append(f"{dice.choice(ALONE)} {figure} {dice.choice(SENTENCES)}. ")
            continue
        joint = dice.choice((" y ", " and ", ", ", " con ", " with ", " and also ", " junto a "))
        if one < 0.6:
            serial = "".join(dice.choices(CODE_SIGNS, k=dice.choice((5, 7, 8)))) if dice.random() < 0.4 else ""
            serial = serial or _like_a_number(dice).split("/")[0]
            serials.add("".join(filter(str.isalnum, serial)))
            parts.append(f"{dice.choice(BEARERS)}{joint}{dice.choice(SERIALS)} {serial}")
        else:
            parts.append(f"{dice.choice(BEARERS)}{joint}{dice.choice(OTHERS)} {_like_a_number(dice)}")
        parts.append(" " + dice.choice(SENTENCES))
        parts.append(" " + " ".join(dice.choices(WORDS, k=dice.randrange(6))))
        parts.append(dice.choice((". ", "; ", "\n")))
    return "".join(parts), serials


# The checks once more, each by the words of its standard.
_LETTERS = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")}
_RFC_LETTERS: dict[str, int] = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ")}
_VIN_WORTH = (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10))
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", _VIN_WORTH, strict=True))


def _passes_vin(value: str) -> bool:
    total = sum(
        _VIN_VALUES[s] * w for s, w in zip(value, [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2], strict=True)
    )
    return "0123456789X"[total % 11] == value[8]


def _passes_curp(value: str) -> bool:
    return -sum(_LETTERS[sign] * (18 - at) for at, sign in enumerate(value[:17])) % 10 == int(value[17])


def _passes_rfc(value: str) -> bool:
    rest = 11 - sum(_RFC_LETTERS[sign] * (13 - at) for at, sign in enumerate(value.rjust(13)[:12])) % 11
    return value[-1] == {11: "0", 10: "A"}.get(rest, str(rest))


def _passes_container(value: str) -> bool:
    worth = [value for value in range(10, 39) if value % 11]
    total = sum((int(s) if s.isdecimal() else worth[ord(s) - 65]) * (1 << at) for at, s in enumerate(value[:10]))
    return total % 11 % 10 == int(value[10])


def _passes_iban(value: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4])) % 97 == 1


def _passes_base58(value: str) -> bool:
    number = 0
    for sign in value:
        number = number * 58 + BASE58.index(sign)
    raw = number.to_bytes(25, "big")
    return sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


CHECKS: dict[str, Callable[[str], bool]] = {
    "vin": _passes_vin,
    "curp": _passes_curp,
    "rfc": _passes_rfc,
    "container": _passes_container,
    "iban": _passes_iban,
    "wallet": _passes_base58,
}


def _invented(text: str, found: FoundIdentifier) -> bool:
    if text[found.start : found.end] != found.as_written:
        return True
    if found.kind not in CHECKS or found.checked is not True:
        return True
    return not CHECKS[found.kind](found.value)


def _prove(count: int, seed: int) -> int:
    """Reads `count` texts, a third of each sort; the number of identifiers that chance wrote and checks confirm."""
    dice = random.Random(seed)
    by_chance = 0
    for number in range(count):
        country = dice.choice(("US", "MX", None))
        if number % 3 == 2:
            raw, serials = with_others_numbers(dice)
            found = find_identifiers(Text(raw, country=country), REFERENCE)
            strange = [one for one in found if not (one.kind == "serial" and one.value in serials)]
            assert not [one for one in strange if _invented(raw, one)], (raw, strange)
        elif number % 3:
            raw = without_words(dice)
            found = find_identifiers(Text(raw, country=country), REFERENCE)
            assert not [one for one in found if _invented(raw, one)], raw
            by_chance += len(found)
        else:
            raw = without_numbers(dice)
            assert find_identifiers(Text(raw, country=country), REFERENCE) == [], raw
    return by_chance


def test_nothing_is_invented_in_random_texts() -> None:
    by_chance = _prove(5_000, seed=1)
    # The texts try it: codes in the form of VINs, CURPs, containers do stand there.
    assert by_chance > 0


@pytest.mark.slow
def test_nothing_is_invented_in_a_hundred_thousand_random_texts() -> None:
    assert _prove(100_000, seed=2) > 0


def test_the_texts_without_words_have_none_of_the_words() -> None:
    """Else the proof would prove nothing."""
    folded = [fold_in_place(word) for word in WORDS]
    words = [stem for stem in STEMS if stem[0].isalpha()]
    assert not [word for word in folded for stem in words if word.startswith(stem.strip())]
    cued = " ".join(map(fold_in_place, CUED)) + " "
    assert all(any(stem in cued for stem in stems) or re.search(r"[^a-z ]|curp", stems[0]) for _, stems in CUES
               if stems[0] not in {"imo ", "http"})  # fmt: skip


def test_the_checks_of_this_proof_know_right_from_wrong() -> None:
    right = {
        "vin": "1M8GDM9AXKP042788",
        "curp": "BOXW310820HNERXN09",
        "rfc": "GODE561231GR8",
        "container": "CSQU3054383",
        "iban": "DE89370400440532013000",
        "wallet": "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    }
    for kind, value in right.items():
        assert CHECKS[kind](value)
        wrong = value[:-1] + ("1" if value[-1] != "1" else "2")
        if kind != "vin":
            assert not CHECKS[kind](wrong)
    assert not _passes_vin("1M8GDM9A1KP042788")
