"""What may not enter at all: alien registration numbers, and asylum or fear claims (8 CFR 208.6).

Agency records that carry them are refused with the citation, so that the publisher removes them at the source. News is
open already: there only A-numbers are refused. Text is folded before it is matched (NFKD without accents and invisible
characters, every dash a hyphen, white space and underscores one blank), so the patterns are plain ASCII.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from streams.refusals import Refused

__all__ = ["is_confidential", "refuse_confidential"]

# --- A-numbers -------------------------------------------------------------------------------------------------------

_LABELLED = re.compile(
    r"""
    \b(?:A[-\s]?\#|A[-\s]?(?:number|numero|num\b|file|no\b)|A/N\b|A-N\b|numero\sA\b
      |alien(?:\s(?:registration|reg\b\.?))?\s?(?:number|num\b|no\b|file|id\b|\#)
      |USCIS(?:\s(?:number|num\b|no\b)|\s?\#)?
      |(?:numero|num\b\.?|no\b\.?|registro)\sde\s(?:registro\sde\s)?extranjer[oa])
    \W{0,6}(?:(?:is|es|was)\W{0,3})?A?[-\s]?\d{2,3}[-\s]?\d{3}[-\s]?\d{3}(?!\d)
  | \balien(?:\s(?:registration|reg\b\.?))?\W{1,3}A?[-\s]?\d{2,3}[-\s]?\d{3}[-\s]?\d{3}(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(r"(?<!\w)([Aa])([-\s:#./]{0,3})\d{2,3}([-\s]?)\d{3}([-\s]?)\d{3}(?!\w|[.,]\d)")
# What a bare number may be instead, by the words directly before it or behind it.
_NUMBERED_THING = re.compile(
    r"""
    \b(?:serials?|series?|s/n|sn|matriculas?|exhibits?|indicios?|evidencias?|evidence|placas?|plates?|vin|niv|imei|model
      |modelo|registration|lote?s?|folios?|seals?|sellos?|container|contenedor|invoice|factura|pedimento|tracking|guia)
    \W{0,3}(?:(?:numbers?|nos?|numeros?|num|is|es|de|registro)\b\W{0,3}){0,2}
    (?:[A-Z]{0,3}[-\s]?\d[-\d]{4,12}(?:,|\s(?:and|y|e))\s?){0,5}$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PASSPORT = re.compile(r"\b(?:passport|pasaporte)s?\W{0,3}(?:(?:number|no|numero|num)\b\W{0,3})?$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\s?(?:de\s)?(?:pesos?|dolar(?:es)?|dollars?|usd|mxn|m\.n\.|euros?|piezas|unidades|units|pills|pastillas|tabletas"
    r"|litros|lit(?:er|re)s|kilos?|kg|rounds|cartuchos|dosis)\b",
    re.IGNORECASE,
)
# Fields that hold numbers of things; what a bare A-number looks like is ordinary there.
_FIELD_OF_THINGS = re.compile(
    r"(?:^|\.)(?:serial|exhibit|vin|registration|line|laboratory_number|trace_number|imo_number|container_number"
    r"|seal_number|bill_of_lading|imei|url|origin_id|model|(?:markings|press_marks)\[\d+\]|plates\[\d+\]\.number)$"
)
_NUMBERED_PERSON = re.compile(r"(?:identifiers|references)\[\d+\]\.kind$")
# Kinds folded to their letters. The first say it whatever the value; the second only beside a fitting value.
_SURE_KINDS = {
    "anumber", "anum", "anumero", "numeroa", "alien", "aliennumber", "alienno", "aliennum", "alienid",
    "alienfile", "alienreg", "alienregno", "alienregnumber", "alienregistration", "alienregistrationno",
    "alienregistrationnumber", "uscisnumber", "uscisno", "numerodeextranjero", "numeroderegistrodeextranjero",
}  # fmt: skip
_LIKELY_KINDS = {"a", "an", "ano", "afile", "arn", "uscis", "uscisnum", "uscisid"}
_A_VALUE = re.compile(r"A?\W*\d{2,3}\W?\d{2,3}\W?\d{3}", re.IGNORECASE)

# --- claims ----------------------------------------------------------------------------------------------------------

_PLACES_EN = r"(?:vehicle|car|truck|scene|stash|store|port|checkpoint|office|site|warehouse|jail|prison)"
_PLACES_ES = r"(?:vehiculo|auto|camion|bodega|lugar|tienda|oficina|garita|reten|penal|carcel)"
_CLAIM = re.compile(
    rf"""
    (?<!lunatic\s)(?<!insane\s)(?<!mental\s)\basyl(?:um|ee)(?!s?\s(?:street|st|avenue|ave|road|hill)\b)
  | \brefugees?\b(?!\s(?:camps?|crisis|shelters?)\b)
  | \bi[-\s]?589\b | \bwithholding\sof\s(?:removal|deportation)\b | \bconvention\sagainst\storture\b
  | \bcredible[-\s]fear\b
  | \breasonable[-\s]fear\b(?!\s(?:for|that|of|to)\b)
  | \bfear[-\s](?:claim|interview|screening|finding|determination)s?\b
  | \bclaim(?:s|ed|ing)?\s(?:(?:a|an|any|his|her|their|to)\s)?(?:have\s)?(?:a\s)?fear\b
      (?!\s(?:for\s(?:officer|public)|of\s(?:flying|heights|dogs)))
  | \bexpress(?:es|ed|ing)?\s(?:a\s)?fear\s?(?:[.,;)]|$)
  | \b(?:fear(?:s|ed|ing|ful)?|afraid)\s
      (?:(?:of|to|for|about|being|be|a|his|her|their|the|will|face|facing|he|she|they|political|future|past)\s){{0,4}}
      (?:return(?:s|ed|ing)?\b(?!\sto\s(?:the|his|her|their|that)\s{_PLACES_EN})|go(?:ing)?\sback\sto\s(?!the\b)
        |sent\sback|persecut|tortur)
  | \b(?:fear(?:s|ed|ing|ful)?|afraid)(?:\s\w+){{0,6}}\s(?:if|upon|when)
      \s(?:(?:he|she|they|is|are|were|be|being)\s){{0,2}}
      (?:return(?:ed|ing)\b(?!\sto\s(?:the|his|her|their|that)\s{_PLACES_EN})|deported|removed\s(?:from|to)|sent\sback)
  | \basil(?:os?|ad[oa]s?|antes?)\b(?!\s(?:(?:de|para)\s(?:(?:los|las|la|personas)\s)?
      (?:ancian|adult|mayor|viej|desamparad|tercera|huerfan)|geriatric|municipal|san\s|santa\s|santo\s))
  | (?<!\bse\s)(?<!\bha\s)(?<!\bhan\s)(?<!\bhabia\s)(?<!\bhabian\s)(?<!\bhaber\s)(?<!staba\s)(?<!staban\s)(?<!traba\s)
      (?<!traban\s)\brefugiad[oa]s?\b(?!\s(?:en\s(?:el|la|los|las|un|una|su|casa|dich[oa])\b|dentro|tras|bajo|detras|entre))
  | \b(?:solicit(?:o|a|an|ar|aron|ando|aba|aban|ado|ada|e|en|amos)|pid(?:e|en|io|ieron|iendo)|pedir|pedia|pedian
      |tramit(?:o|a|an|ar|aron|ando|aba)|otorg(?:o|a|an|ar|aron|ado|ada)|conced(?:e|io|ieron|ido|ida|er)
      |neg(?:o|ar|aron|ado|ada)|niega|niegan)
      (?:\s(?:el|la|un|su|se|le|les|al|formalmente|de|condicion|estatus|proteccion|como)){{0,3}}\s
      (?-i:refugio|REFUGIO)\b
  | \b(?:solicitantes?|peticion(?:es)?|solicitud(?:es)?|tramites?|condicion|estatus|calidad)\sde\s
      (?:la\s)?(?:condicion\sde\s)?refugi(?:o|ad[oa]s?)\b
  | \b(?:ante|por)\s(?:la\s)?COMAR\b | \bproteccion\scomplementaria\b
  | \b(?:temor|miedo)\s(?:creible|fundado|razonable)\b
  | \b(?:temor(?:es)?|teme[nr]?|temian?|temio|temiendo|miedos?)\s
      (?:(?:a|al|de|del|por|que|ser|sea|si|una|la|el|su|sufrir|tener|lo|los)\s){{0,4}}
      (?:(?:regres|retorn)\w*\b(?!\s(?:al?|a\s(?:la|su))\s{_PLACES_ES})
        |volver\b(?!\sa\s\w+[aei]r\b)(?!\s(?:al?|a\s(?:la|su))\s{_PLACES_ES})|vuelta\sa\ssu\spais|tortur
        |perseguid|persecu\w+\b(?!\s(?:polic|vehicul|de\s(?:la|los)\s(?:polic|patrull|agent|unidad|element|oficial))))
    """,
    re.VERBOSE | re.IGNORECASE,
)

# --- the cheap look --------------------------------------------------------------------------------------------------
# Few records hold any of these. Each begins with a fixed sign, which is searched for fast (some 0.4 us on a 1 KB body),
# the faster the rarer it is; one case-insensitive pattern with all the words cost 48 us.
_CLAIM_HINTS = (r"as[iy]l", r"f(?<=af)raid", r"f(?<=ref)ug", r"fear",
                r"589(?:(?<=i589)|(?<=i[-_\s]589)|(?<=[-_\s]{2}589))", r"withho", r"torture", r"tem[eio]", r"miedo",
                r"com(?:ar|plementaria)")  # fmt: skip
_A_HINTS = (
    r"alien",
    r"extranje",
    r"uscis",
    # The label alone, "an", stands in every English text: its number must follow.
    r"a(?<![a-z0-9]a)[-_\s/:#.]*(?:\d\d|(?:#|n(?:o?(?![a-z])|um)|file)[^\W_]*[\W_]*(?:(?:is|es|was)[\W_]*)?a?[\W_]*\d\d)",
    r"mero[\W_]*a(?![a-z])",
    r'"kind":"[^a-z"]*a[^a-z"]*(?:r[^a-z"]*n[^a-z"]*|[nf][^"]*)?"',
)


def _by_first_sign(hints: Iterable[str]) -> list[str]:
    """The same hints, those that begin alike in one pattern: one pass for each sign."""
    after: dict[str, list[str]] = {}
    for hint in hints:
        after.setdefault(hint[0], []).append(hint[1:])
    return [f"{first}(?:{'|'.join(rest)})" for first, rest in after.items()]


_NEWS_HINTS, _ALL_HINTS = _by_first_sign(_A_HINTS), _by_first_sign((*_A_HINTS, *_CLAIM_HINTS))
_HINTS_TEXT = {True: [re.compile(one) for one in _NEWS_HINTS], False: [re.compile(one) for one in _ALL_HINTS]}
_HINTS_BYTES = {
    True: [re.compile(one.encode()) for one in _NEWS_HINTS],
    False: [re.compile(one.encode()) for one in _ALL_HINTS],
}
"""By whether it is news."""
_CLAIM_HINT = re.compile("|".join(_CLAIM_HINTS))
"""All at once, for the few bodies that the cheap look lets through."""
_ANY_HINT = re.compile("|".join((*_A_HINTS, *_CLAIM_HINTS)))
"""For ids, which are short."""
# In a body of JSON, white space inside a text is written with a backslash.
_ESCAPED_SPACE = re.compile(rb"\\[nrtfb]")
# What Spanish brings is folded byte by byte (5 kB: 2 us instead of 30), what typesetting brings by replacement; a body
# with anything else is folded whole.
_SPANISH = "ÁÉÍÓÚÜÑáéíóúüñ¿¡«»°ºª"
_PLAIN = dict(zip(_SPANISH.encode("latin-1"), b"aeiouunaeiouun" + "¿¡«»°".encode("latin-1") + b"oa", strict=True))
_ANYTHING_ELSE = b"\xff"
_FOLDED_SPANISH = bytes(range(128)).lower() + bytes(_PLAIN.get(sign, 0xFF) for sign in range(128, 256))
_RARE = re.compile(f"[^\x00-\x7f{_SPANISH}“”‘’…–—€]")
_COMMON = (("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ü", "u"), ("ñ", "n"), ("º", "o"),
           ("ª", "a"), ("…", "..."), ("–", "-"), ("—", "-"))  # fmt: skip

# Combining accents, variation selectors and every format character (Cf): zero-width space, soft hyphen, tags ...
_DROPPED = re.compile(
    "[\u0300-\u036f\ufe00-\ufe0f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58]")


def refuse_confidential(tree: object, canonical: bytes, *, news: bool) -> None:
    """Raise `Refused` if any text of the event carries what 8 CFR 208.6 keeps confidential; the reason cites it.

    `tree` is the parsed body and `canonical` the same in canonical JSON.
    """
    if not _needs_a_look(canonical, news=news):
        return
    for field, text, holder in _texts(tree, "", {}):
        if _is_refused(field, _fold(text), holder, news=news):
            raise Refused.because("asylum_confidential", field=field)


def is_confidential(text: str, *, news: bool) -> bool:
    """Whether a text that stands outside the body, such as an id in a header, carries an A-number or a claim."""
    folded = _fold(text)
    return _ANY_HINT.search(folded.lower()) is not None and _is_refused("", folded, {}, news=news)


def _is_refused(field: str, text: str, holder: dict[str, Any], *, news: bool) -> bool:
    return (
        _LABELLED.search(text) is not None
        or (not news and _has_claim(text))
        or (_FIELD_OF_THINGS.search(field) is None and _has_bare_number(text, passport=_is_passport(holder)))
        or (_NUMBERED_PERSON.search(field) is not None and _is_a_kind(text, holder))
    )


def _has_claim(text: str) -> bool:
    return _CLAIM_HINT.search(text.lower()) is not None and _CLAIM.search(text) is not None


def _has_bare_number(text: str, *, passport: bool) -> bool:
    """Whether A and eight or nine digits stand in a text without words that make them something else."""
    for match in _BARE.finditer(text):
        letter, gap, *groups = match.groups()
        plain = not any(groups)
        # In Spanish "a" is a preposition: "transfirio a 12345678".
        if letter == "a" and gap and plain:
            continue
        before = text[max(0, match.start() - 100) : match.start()]
        if _NUMBERED_THING.search(before) or (" " in gap and _AMOUNT.match(text, match.end())):
            continue
        # Passports of the United States have been one letter and eight digits since 2021; A-numbers now have nine.
        if plain and not gap and len(match.group()) == 9 and (passport or _PASSPORT.search(before)):
            continue
        return True
    return False


def _is_passport(holder: dict[str, Any]) -> bool:
    kind = holder.get("kind")
    return isinstance(kind, str) and _fold(kind).lower().startswith(("passport", "pasaporte"))


def _is_a_kind(kind: str, holder: dict[str, Any]) -> bool:
    letters = "".join(char for char in kind.lower() if char.isalpha())
    value = holder.get("value", holder.get("number"))
    fits = isinstance(value, str) and _A_VALUE.fullmatch(_fold(value)) is not None
    return letters in _SURE_KINDS or (letters in _LIKELY_KINDS and fits)


def _fold(text: str) -> str:
    if not text.isascii():
        text = _DROPPED.sub("", unicodedata.normalize("NFKD", text))
        text = _DASHES.sub("-", text).replace("\u0131", "i")  # the dotless i has no decomposition
    return " ".join(text.replace("_", " ").split())


def _needs_a_look(canonical: bytes, *, news: bool) -> bool:
    """Whether any text of the body might match; wrong only in saying yes (a property test compares it)."""
    if b"\\" in canonical:
        if b"\\\\" in canonical or b"\\u00" in canonical:
            return True
        canonical = _ESCAPED_SPACE.sub(b" ", canonical)
    if canonical.isascii():
        return _hint_in_bytes(canonical.lower(), news=news)
    text = canonical.decode()
    try:
        encoded = text.encode("latin-1")
    except UnicodeEncodeError:
        encoded = b""
    folded = encoded.translate(_FOLDED_SPANISH)
    if encoded and _ANYTHING_ELSE not in folded:
        return _hint_in_bytes(folded, news=news)
    if _RARE.search(text):
        text = _fold(text).lower()
    else:
        text = text.lower()
        for accented, plain in _COMMON:
            text = text.replace(accented, plain)
    return any(hint.search(text) for hint in _HINTS_TEXT[news])


def _hint_in_bytes(folded: bytes, *, news: bool) -> bool:
    # A plain loop: a generator takes twice the time of the searches.
    for hint in _HINTS_BYTES[news]:  # noqa: SIM110
        if hint.search(folded):
            return True
    return False


def _texts(tree: object, path: str, holder: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every text of the event with its path (`people[0].note`) and the object that holds it."""
    if isinstance(tree, str):
        yield path, tree, holder
    elif isinstance(tree, dict):
        for name, part in tree.items():
            yield from _texts(part, f"{path}.{name}" if path else name, tree)
    elif isinstance(tree, list):
        for at, part in enumerate(tree):
            yield from _texts(part, f"{path}[{at}]", holder)
