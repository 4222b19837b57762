"""Licence plates in texts."""

import re

from processors.extraction.identifiers.found import (
    FoundIdentifier,
    find_joint,
    is_amount,
    make_bridge,
)
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["PLATE_PIECES", "list_plates", "make_plate", "read_plate", "read_short_plate"]

_PLATE_BRIDGE = make_bridge(
    "circulacion",
    "vehicular(?:es)?",
    "delanteras?",
    "traseras?",
    "estado",
    "state",
    "federal(?:es)?",
    "matriculas?",
    "sobrepuestas?",
    "falsas?",
    "alteradas?",
    "clonadas?",
    "robadas?",
    "apocrifas?",
    "vencidas?",
    "extranjeras?",
    "nacional(?:es)?",
    "temporal(?:es)?",
    "stolen",
    "fake",
    "fictitious",
    "altered",
    "temporary",
    "tags?",
)
PLATE_PIECES = re.compile(r"[a-z0-9]{1,8}(?:[ -]{1,2}[a-z0-9]{1,5}){0,3}(?![a-z0-9])")
_PIECE_END = re.compile(r"(?<=[a-z0-9])(?=[ -]|$)")
_MORE_FIGURES = re.compile(r"[/.,:]\d")
# Written apart, these and a figure look like a plate and are none.
_NO_PLATE_WORDS = (
    "ene feb mar abr may jun jul ago sep sept oct nov dic jan apr aug dec enero marzo abril mayo junio julio march "
    "april june july vin niv iban curp rfc imei clabe cbp dea atf hsi ice fbi fgr pgr gn usd mxn tel num nos art"
)
_SMALL_WORDS = (
    "no a e i o u y de la el lo le los las les un una del al en con sin por que se su sus ya ni si es fue son era "
    "the an and or of in on at to by is was it its he she they were had has for as if not but one two dos tres uno hoy "
    "iba van ayer aun asi este esta ese esa car auto van suv bus color rojo gris azul red roja blue gray grey tan "
    "gold ford kia vw gmc bmw jeep seat"
)
_NO_PLATE = frozenset(_NO_PLATE_WORDS.split())
_WORDS = frozenset(_SMALL_WORDS.split()) | _NO_PLATE
_SENTENCE = re.compile(r" (?!(?:de|del|of|from|color)\b)[A-Za-z]{2}", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z.]+(?: [a-z.]+){0,3}")
_AFTER = re.compile(
    r"[\s,(]{0,3}(?:(?:de|del|of|from|estado|state|the|expedidas? (?:en|por)|issued (?:in|by))\b ?){0,4}"
)
_LAST_LETTERS = re.compile(r"[a-z.]*\Z")
_KINDS_OF_PLATE = frozenset({"license", "licence", "registration", "temporary", "vehicle"})
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z]{2}) (?:[Ll]icense |LICENSE )?$")
_LP = re.compile(r"LP\b")
_SHORT_BRIDGE = re.compile(r"[ :.#]{0,3}")
_OF_STATE = re.compile(r"(?:(?:las |otras? )?(?:placas?|plates?) )?(?:de|del|of|from) (?:estado de )?")


def read_plate(text: Text, start: int, end: int, reference: Reference) -> list[FoundIdentifier]:
    """A licence plate after the word placas or plate, of a state that the text names or its pattern leaves possible."""
    plain = text.plain
    named = _name_at_end(_words_before(plain, start), reference) or _code_before(text, start, reference)
    bridge = _PLATE_BRIDGE.match(plain, end)
    position = bridge.end() if bridge else end
    stated, skipped = _name_at(plain, position, reference)
    if stated is not None:
        bridge = _PLATE_BRIDGE.match(plain, skipped)
        named, position = stated, bridge.end() if bridge else skipped
    return list_plates(text, position, named, reference)


def read_short_plate(text: Text, start: int, end: int, reference: Reference) -> list[FoundIdentifier]:
    """A licence plate after LP with a colon, or behind the letters of its state ("TX LP: SMP4057")."""
    issuer = _code_before(text, start, reference)
    if text.raw[start : start + 2] == "LP" and (issuer is not None or text.plain[end - 1] in ":#"):
        bridge = _SHORT_BRIDGE.match(text.plain, end)
        return list_plates(text, bridge.end() if bridge else end, issuer, reference)
    return []


def _code_before(text: Text, start: int, reference: Reference) -> str | None:
    """The U.S. state whose two capitals stand straight before ("TX plate"), unless they may be a word in capitals."""
    code = _CODE_BEFORE.search(text.raw, max(0, start - 16), start)
    if code is None or (
        code[1].lower() in _WORDS and text.raw[start : start + 2].isupper() and not _LP.match(text.raw, start)
    ):
        return None
    issuer = reference.plates.name_issuer(code[1].lower())
    return issuer if issuer is not None and issuer.startswith("US-") else None


def _words_before(plain: str, start: int) -> list[str]:
    """Up to three words straight before `start`, but for the one that says what kind of plate it is."""
    *pieces, after = plain[max(0, start - 40) : start].split(" ")
    if after not in {"", "\n"}:
        return []
    words: list[str] = []
    while pieces and len(words) < 4:
        piece = pieces.pop()
        if piece.isalpha() and piece.isascii():
            words.append(piece)
            continue
        # Signs and figures end it: of "45,000;texas" the letters count.
        letters = _LAST_LETTERS.findall(piece)[0]
        if letters:
            words.append(letters)
        if letters != piece or not letters:
            break
    if len(words) > 1 and words[0] in _KINDS_OF_PLATE:
        words = words[1:]
    return words[2::-1]


def list_plates(text: Text, position: int, issuer: str | None, reference: Reference) -> list[FoundIdentifier]:
    """The plates that stand at `position`, parted by commas, "y" or "and"."""
    plates: list[FoundIdentifier] = []
    following: int | None = position
    for _ in range(8):
        pieces = None if following is None else PLATE_PIECES.match(text.plain, following)
        found = make_plate(text, pieces.start(), pieces.end(), issuer, reference) if pieces else None
        if found is None:
            break
        plates.append(found)
        following = find_joint(text.plain, found.end)
        if following is not None and (stated := _OF_STATE.match(text.plain, following)) is not None:
            # "Placas de Sinaloa VXZ-123-A y de Texas ABC 1234": each has its own.
            named, after = _name_at(text.plain, stated.end(), reference)
            if named is not None:
                issuer, following = named, after + text.plain.startswith(" ", after)
    return plates


def make_plate(text: Text, start: int, limit: int, issuer: str | None, reference: Reference) -> FoundIdentifier | None:
    """The longest plate that begins at `start`: by a known pattern, else letters and digits without a blank."""
    ends = [found.end() for found in _PIECE_END.finditer(text.plain, start, limit)]
    for end in reversed(ends):
        written = text.raw[start:end]
        value = "".join(filter(str.isalnum, text.plain[start:end])).upper()
        if _MORE_FIGURES.match(text.plain, end) or is_amount(text.plain, end):
            continue
        if " " in written and _holds_words(written):
            continue
        candidates = reference.plates.narrow(value)
        if not candidates and (" " in written or not 5 <= len(value) <= 8):
            continue
        if candidates and _may_go_on(written, text.raw, end):
            return None
        if value.isalpha() or value.isdecimal() or not value.isascii() or written.islower():
            continue
        after = _AFTER.match(text.plain, end)
        if issuer is None and after is not None:
            issuer, _ = _name_at(text.plain, after.end(), reference)
        rule = "plate_of_issuer" if issuer else "plate_by_pattern" if candidates else "plate"
        # Past the named tuple's own constructor.
        parts = (start, end, "plate", value, written, rule, None, issuer, () if issuer else candidates, ())
        made: FoundIdentifier = tuple.__new__(FoundIdentifier, parts)
        return made
    return None


def _holds_words(written: str) -> bool:
    """Whether something that is written with blanks runs into the sentence ("48126 No hubo", "ABC 1234 y")."""
    first, *rest = written.split()
    if written != written.upper() or first.lower() in _NO_PLATE:
        return True
    return any(len(piece) > 1 and piece.lower() in _WORDS for piece in rest)


def _may_go_on(written: str, raw: str, end: int) -> bool:
    """Whether a single last letter may be a word as well ("XGT 482 A bordo"): then the text leaves the plate open."""
    return written[-2:-1] == " " and written[-1] in "AEIOUY" and _SENTENCE.match(raw, end) is not None


def _name_at(plain: str, position: int, reference: Reference) -> tuple[str | None, int]:
    """The state or nation named at `position`, and where its name ends."""
    found = _NAME.match(plain, position)
    if found is not None:
        words = found[0].split(" ")
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            issuer = reference.plates.name_issuer(name.rstrip(".")) or reference.plates.name_issuer(name)
            # Two letters of a plate are no state: "de" is none, "TX" stands in capitals before a number.
            if issuer is not None and len(name) > 2:
                return issuer, position + len(name)
    return None, position


def _name_at_end(words: list[str], reference: Reference) -> str | None:
    names = (" ".join(words[at:]) for at in range(len(words)))
    return next((issuer for name in names if len(name) > 2 and (issuer := reference.plates.name_issuer(name))), None)
