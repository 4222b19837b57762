"""Looking about in a Spanish text: what stands behind a number, what is no amount, what goes on with the same good."""

from typing import Literal

from processors.extraction.measures import UnitOf, ends_row
from processors.extraction.number_words import SPANISH
from processors.extraction.numbers import read_number
from processors.extraction.spanish_tokens import Amount, Good, Scan, Sentence
from processors.extraction.spanish_words import ADJECTIVES, CLOSERS, LINKS, MONTHS, NOT_GOODS, SAME_GOOD, Cue, cue_of
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference.goods_words import GoodsWord

__all__ = ["MIXTURE", "SCALES", "SUBSTANCES", "Candidate", "Looker", "is_participle"]

SUBSTANCES = word_set(
    "fentanyl methamphetamine cocaine heroin marijuana opium_poppy other_drug drugs_unspecified precursor"
)
_NAMES_NUMBER = word_set(
    "articulo articulos numero numeros fraccion calle calles colonia km kilometro carretera batallon zona grupo "
    "calibre calibres modelo ruta avenida edificio lote expediente dia dias m r ak inciso num plan agenda g "
    "articulo nivel edad"
)
_BROKEN = frozenset([".", "\u2026"])
_BEFORE_PARTICIPLE = word_set("que fueron se han sido ya fue y estan ser con reporte de mas resultaron resulto")
_DEMONSTRATIVES = word_set("este esta ese esa dicho dicha mismo misma mismos estos estas esos esas dichos dichas")
_NOUNS = word_set(
    "soldados empleados abogados delegados estados diputados partidos juzgados poblados comunidades entradas salidas "
    "llamadas jornadas brigadas medidas granadas toneladas heridos fallecidos vidas unidades bebidas comidas sentidos"
)
_AREAS = word_set("hectarea hectareas metros kilometros")
_DURATIONS = word_set("dias semanas meses horas")
# "68 tambos de 200 litros" tells the size of each, not what is in it.
_VESSELS = word_set(
    "tambo tambos tambor tambores tina tinas bidon bidones tanque tanques recipiente recipientes contenedor "
    "contenedores porron porrones garrafon garrafones cubeta cubetas cubitanque cubitanques tonel toneles barril "
    "barriles cisterna cisternas olla ollas reactor reactores"
)
_MADE = frozenset(["vehicle", "firearm"])
_MAKE_WORDS = word_set("tipo marca modelo")
_LONGEST_NAME = 4
_TIMES = word_set("administracion sexenio periodo mes ano")
MIXTURE = GoodsWord("drugs_unspecified", "kg", "firm")
SCALES = word_set("millon millones") | frozenset(SPANISH.collectives)


class Candidate:
    """An amount of a good, not yet judged. `first` and `after` span number and good; `near` is the mode of the words
    before it, `behind` the cue of the participle right behind it.
    """

    __slots__ = ("after", "amount", "behind", "first", "good", "mode", "qty_si", "quantity", "rule", "unit")

    def __init__(
        self,
        amount: Amount,
        first: int,
        after: int,
        good: GoodsWord,
        quantity: float,
        unit: UnitOf | None,
        qty_si: float,
        mode: Cue | None,
        behind: Cue | None,
        rule: str,
    ) -> None:
        self.amount, self.first, self.after, self.good = amount, first, after, good
        self.quantity, self.unit, self.qty_si = quantity, unit, qty_si
        self.mode, self.behind, self.rule = mode, behind, rule


def is_participle(word: str) -> bool:
    """A plural participle that may stand for the noun left out: "13 vehículos asegurados, 40 inutilizados"."""
    return word.endswith(("ados", "adas", "idos", "idas")) and word not in _NOUNS and cue_of(word) != "harm"


class _Behind(dict[str, Cue | Literal[""] | None]):
    """Word -> what a participle behind an amount says; "" for words that may stand before it, None for all others."""

    def __missing__(self, word: str) -> Cue | Literal[""] | None:
        cue: Cue | Literal[""] | None = cue_of(word)
        if cue is None or not word.endswith(("dos", "das", "do", "da", "ron")) or word.endswith("cida"):
            cue = "" if word in _BEFORE_PARTICIPLE else None
        if len(self) < 50_000:
            self[word] = cue
        return cue


_BEHIND = _Behind()


class Looker:
    """A text with its goods by their first word."""

    def __init__(self, text: Text, scan: Scan) -> None:
        """`text` is Spanish, `scan` its tokens."""
        self._text = text
        self._words = text.words
        self._gaps = text.gaps
        self._plains = scan.plains
        self._has_each = "cada" in text.vocabulary
        self._good_at = {
            token.first: token for one in scan.sentences for token in one.tokens if isinstance(token, Good)
        }

    def _gap(self, index: int) -> str:
        """What stands between word `index` - 1 and word `index`."""
        if not 0 < index < len(self._words):
            return "."
        gap = self._gaps[index]
        if gap == " ":
            return ""
        return gap.strip() or ("." if ends_row(self._text, index) else "")

    def _is_no_amount(self, amount: Amount, sentence: Sentence) -> bool:
        """A date, year, share, hour, article or name with a number: "22 de marzo", "36 por ciento", "artículo 10"."""
        plains = self._plains
        first, behind = amount.first, amount.after
        before, after = plains[first - 1], plains[behind]
        if self._has_each and (after == "cada" or "cada" in plains[max(0, first - 3) : first]):
            return True  # "un kilogramo cada uno" tells the size of each
        if (after == "o" and plains[behind + 1][:1].isdigit()) or (
            after == "perdon" and self._begins_number(behind + 1)
        ):
            return True  # corrected in the same breath: "12 mil o 12 toneladas", "30 mil, perdón, 31 mil"
        if amount.unit is not None:
            if before == "de" and plains[first - 3] == "por":
                return True  # "con un peso por planta de 200 gramos"
            if before == "de" and plains[first - 2] in _VESSELS and self._read_of(behind) is None:
                return True
            if after == "de" and self._gap(behind + 1)[:1] in _BROKEN:
                return True  # broken off: "125 toneladas de... 125 kilogramos, perdón"
            return before in ("calibre", "calibres")
        number = amount.number
        if number.how == "article":
            return before in _NAMES_NUMBER and self._gap(first) not in (",", ";")
        if after in _AREAS or after in _DURATIONS or (after == "por" and plains[behind + 1] in ("ciento", "cien")):
            return True
        if after == "y" and self._gap(behind + 1)[:1] == "\u2026":
            return True  # broken off: "treinta y..."
        if after == "y" and self._begins_number(behind + 1):
            other = read_number(self._text, behind + 1)
            if other is not None and plains[other.after] in _AREAS:
                return True  # "en 400 y 900 hectáreas"
        text = self._text.plain
        if self._gaps[behind] != " " and text[amount.end : amount.end + 2].lstrip()[:1] == "%":
            return True
        if before in _NAMES_NUMBER and self._gap(first) not in (",", ";"):
            return True
        is_inside = first - 1 > sentence.first
        if is_inside and before in ("las", "los") and self._text.raw[self._words[first - 1].start].isupper():
            return True  # "Los 300": a name
        value = number.value
        may_be_year = number.how == "digits" and 1950 <= value <= 2050 and value == int(value)
        if may_be_year and text[amount.start : amount.end].isdigit() and self._read_right(behind, 2) is None:
            return True
        if text[amount.start - 1 : amount.start] == "-" and before.isalpha():
            return True  # "AK-47", "RPG-7"
        if number.how == "digits" and self._is_model(first, sentence):
            return True
        if value <= 31:
            return self._is_day(behind, before, number.how == "digits")
        return value == 50 and after in ("barret", "barrett", "browning")  # a calibre: "fusiles 50 Barrett"

    def _is_model(self, index: int, sentence: Sentence) -> bool:
        """A number in the name of a make behind its good: "avioneta Cessna 206", "camioneta marca Ford 350"."""
        raw, words = self._text.raw, self._words
        if not (raw[words[index - 1][1]].isupper() or self._plains[index - 1] in _MAKE_WORDS):
            return False
        good = next((one for one in reversed(sentence.tokens) if one.after < index), None)
        if not isinstance(good, Good) or good.word.commodity not in _MADE or index - good.after > _LONGEST_NAME:
            return False
        if raw[words[good.first].start : words[good.first].end].isupper():
            return False  # "VEHÍCULOS Y 28 DETENIDOS": capitals tell no name
        return all(
            not self._gap(at + 1) and (raw[words[at].start].isupper() or self._plains[at] in _MAKE_WORDS)
            for at in range(good.after, index)
        )

    def _is_day(self, behind: int, before: str, in_digits: bool) -> bool:
        """A number up to 31 that is a day: "22 de marzo", "el 7", "los días 29, 30 de octubre", "del 14 al 27"."""
        plains = self._plains
        after, second = plains[behind], plains[behind + 1]
        if after in MONTHS or (after == "de" and second in MONTHS):
            return True
        if in_digits and before in ("el", "del", "al", "dia", "pasado"):
            return self._read_right(behind, 2) is None
        if after == "al":
            return second.isdigit()
        if in_digits and after in ("y", "a"):
            third = plains[behind + 2]
            return second.isdigit() and (third in MONTHS or (third == "de" and plains[behind + 3] in MONTHS))
        return False

    def _begins_number(self, index: int) -> bool:
        plain = self._plains[index]
        return plain in SPANISH.starts or plain[:1].isdigit()

    def _is_bare(self, amount: Amount) -> bool:
        """Nothing that could be counted follows: an end, a comma, or a word that opens a new phrase."""
        if self._gap(amount.after):
            return True
        after = self._plains[amount.after]
        if self._is_time(amount.after):
            return True
        return (
            after in CLOSERS
            or after in MONTHS
            or (cue_of(after) is not None and after.endswith(("dos", "das", "do", "da")))
        )

    def _is_time(self, index: int) -> bool:
        """As in "mil 90 de la administración anterior": the words say over which time, not what."""
        return self._plains[index] in ("de", "del") and any(self._plains[at] in _TIMES for at in (index + 1, index + 2))

    def _read_right(self, index: int, reach: int) -> Good | None:
        """The good that begins within `reach` words, none but adjectives before it."""
        token = self._good_at.get(index)
        while token is None and reach and self._plains[index] in ADJECTIVES and not self._gap(index):
            index, reach = index + 1, reach - 1
            token = self._good_at.get(index)
        return token

    def _read_of(self, index: int, reach: int = 7) -> Good | None:
        """The good behind a unit: "de cocaína", ", de fentanilo", "de la droga conocida como cristal"."""
        if self._gap(index) and not (self._gap(index) == "," and self._plains[index] == "de"):
            return None
        for at in range(index, index + reach):
            token = self._good_at.get(at)
            if token is not None:
                # "de droga conocida como cristal", "sustancia química fentanilo": the name behind the general word.
                closer = self._good_at.get(token.after + 2) if self._plains[token.after + 1] == "como" else None
                return self._mix(closer or token)
            if at == index and self._plains[at] == "en" and at + 1 in self._good_at:
                continue  # "90 kilos en cocaína"
            if at == index + 1 and self._plains[at] in _DEMONSTRATIVES and not self._is_anaphor(at):
                continue  # "12 kilos de esta cocaína"
            if self._plains[at] not in LINKS or (at > index and self._gap(at)):
                return None
        return None

    def _mix(self, good: Good) -> Good:
        """Two drugs under one weight belong to neither: "20 kilos de cocaína y marihuana"."""
        at = good.after
        if self._plains[at] not in ("y", "e") or self._gap(at) or good.word.commodity not in SUBSTANCES:
            return good
        other = self._good_at.get(at + 1) or (self._good_at.get(at + 2) if self._plains[at + 1] == "de" else None)
        if other is None or other.word.commodity not in SUBSTANCES or other.word.commodity == good.word.commodity:
            return good
        if "precursor" in (other.word.commodity, good.word.commodity):
            return good
        return Good(good.first, other.after, MIXTURE)

    def _cue_behind(self, index: int) -> Cue | None:
        """The participle right behind: "10 aeronaves aseguradas", "vehículos terrestres que fueron asegurados"."""
        plains = self._plains
        if plains[index] == "se" and self._gap(index):
            return None  # "la detención de dos personas, se afectaron tres grupos"
        for at in range(index, index + 4):
            plain = plains[at]
            cue = _BEHIND[plain]
            if cue is None or (at > index and self._gap(at)):
                return None
            if cue == "harm":
                if at == index and self._gap(at):
                    return None  # "detenidos 32, sentenciados 16"
                if plain.startswith("vincul") and plains[at + 2] != "proceso":
                    return None  # "vinculados al cártel"
            if cue:
                return cue
        return None

    def _is_anaphor(self, index: int) -> bool:
        if self._plains[index] not in _DEMONSTRATIVES:
            return False
        return any(self._plains[at] in NOT_GOODS for at in range(index, index + 4))

    def _is_same_good(self, last: Candidate, amount: Amount) -> bool:
        """Between the two amounts stand words of time, sum and place alone, no other noun."""
        words, raw = self._words, self._text.raw
        return all(
            words[at].plain in SAME_GOOD
            or words[at].plain in MONTHS
            or words[at].plain[0].isdigit()
            or raw[words[at].start].isupper()
            or is_participle(words[at].plain)
            or cue_of(words[at].plain) in ("seize", "tally")
            or words[at].plain in SPANISH.starts
            or words[at].plain in SPANISH.scales
            or (at in self._good_at and self._good_at[at].word.commodity == last.good.commodity)
            for at in range(last.after, amount.first)
        )

    def _is_near(self, good: Good, amount: Amount) -> bool:
        """The number follows its good with nothing between but words of time, sums and participles."""
        if self._plains[amount.first - 1] in ("y", "e", "o", "por"):
            return False  # "uno por arma y dos por golpes"
        between = range(good.after, amount.first)
        return len(between) <= 12 and not any(self._gap(at) in (";", ":") and at != amount.first for at in between)
