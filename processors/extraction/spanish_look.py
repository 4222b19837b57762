"""Looking about in a Spanish text: what stands behind a number, what is no amount, what goes on with the same good."""

from typing import NamedTuple

from processors.extraction.measures import UnitOf
from processors.extraction.spanish_tokens import Amount, Good, Sentence
from processors.extraction.spanish_words import ADJECTIVES, CLOSERS, LINKS, MONTHS, NOT_GOODS, SAME_GOOD, Cue, cue_of
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference.goods_words import GoodsWord

__all__ = ["MIXTURE", "SCALES", "SUBSTANCES", "Candidate", "Looker"]

SUBSTANCES = word_set(
    "fentanyl methamphetamine cocaine heroin marijuana opium_poppy other_drug drugs_unspecified precursor"
)
_NAMES_NUMBER = word_set(
    "articulo articulos numero numeros fraccion calle calles colonia km kilometro carretera batallon zona grupo "
    "calibre calibres modelo ruta avenida edificio lote expediente dia dias m r ak inciso num plan agenda g "
    "articulo nivel edad"
)
_DEMONSTRATIVES = word_set("este esta ese esa dicho dicha mismo misma mismos")
_TIMES = word_set("administracion sexenio periodo mes ano")
MIXTURE = GoodsWord("drugs_unspecified", "kg", "firm")
SCALES = word_set("millon millones docena docenas par decena centenar millar millares")


class Candidate(NamedTuple):
    """An amount of a good, not yet judged. `first` and `after` span number and good; `near` is the mode of the words
    before it, `behind` the cue of the participle right behind it.
    """

    amount: Amount
    first: int
    after: int
    good: GoodsWord
    term: str
    quantity: float
    unit: UnitOf | None
    qty_si: float
    mode: Cue | None
    behind: Cue | None
    rule: str


class Looker:
    """A text with its goods by their first word."""

    def __init__(self, text: Text) -> None:
        """`text` is Spanish."""
        self._text = text
        self._words = text.words
        # Padded, so that looking a few words too far finds nothing.
        self._plains = [word.plain for word in text.words] + [""] * 12
        self._good_at: dict[int, Good] = {}

    def _plain(self, index: int) -> str:
        return self._plains[index]

    def _gap(self, index: int) -> str:
        """What stands between word `index` - 1 and word `index`."""
        if not 0 < index < len(self._words):
            return "."
        return self._text.plain[self._words[index - 1].end : self._words[index].start].strip()

    def _is_no_amount(self, amount: Amount, sentence: Sentence) -> bool:
        """A date, year, share, hour, article or name with a number: "22 de marzo", "36 por ciento", "artículo 10"."""
        if self._plain(amount.after) == "cada" or "cada" in self._plains[max(0, amount.first - 3) : amount.first]:
            return True  # "un kilogramo cada uno" tells the size of each
        if amount.unit is not None and self._plain(amount.first - 3) == "por" and self._plain(amount.first - 1) == "de":
            return True  # "con un peso por planta de 200 gramos"
        if self._plain(amount.after) in ("o", "perdon") and self._plain(amount.after + 1)[:1].isdigit():
            return True  # corrected in the same breath: "12 mil o 12 toneladas", "30 mil, perdón, 31 mil"
        if amount.unit is not None:
            return self._plain(amount.first - 1) in ("calibre", "calibres")
        after, before = self._plain(amount.after), self._plain(amount.first - 1)
        value = amount.number.value
        if after == "por" and self._plain(amount.after + 1) in ("ciento", "cien"):
            return True
        if self._text.plain[amount.end : amount.end + 2].strip()[:1] == "%":
            return True
        if amount.number.how == "digits" and 1950 <= value <= 2050 and value == int(value):
            written = self._text.plain[amount.start : amount.end]
            if written.isdigit() and self._read_right(amount.after, 2) is None:
                return True
        if self._text.plain[amount.start - 1 : amount.start] == "-" and before.isalpha():
            return True  # "AK-47", "RPG-7"
        if before in _NAMES_NUMBER:
            return True
        if (
            before in ("las", "los")
            and self._text.raw[self._words[amount.first - 1].start].isupper()
            and amount.first - 1 > sentence.first
        ):
            return True  # "Los 300": a name
        if value <= 31 and (after in MONTHS or (after == "de" and self._plain(amount.after + 1) in MONTHS)):
            return True
        if value <= 31 and amount.number.how == "digits" and before in ("el", "del", "al", "dia", "pasado"):
            return self._read_right(amount.after, 2) is None
        # "los días 29, 30 de octubre y 2 de noviembre", "5 y 6 de mayo": a day in a row of days.
        if value <= 31 and after == "al" and self._plain(amount.after + 1).isdigit():
            return True  # "del 14 al 27"
        if value <= 31 and amount.number.how == "digits" and self._plain(amount.after) in ("y", "a"):
            behind = amount.after + 1
            return self._plain(behind).isdigit() and (
                self._plain(behind + 1) in MONTHS
                or (self._plain(behind + 1) == "de" and self._plain(behind + 2) in MONTHS)
            )
        return False

    def _is_bare(self, amount: Amount) -> bool:
        """Nothing that could be counted follows: an end, a comma, or a word that opens a new phrase."""
        if self._gap(amount.after):
            return True
        after = self._plain(amount.after)
        if self._is_time(amount.after):
            return True
        return (
            after in CLOSERS
            or after in MONTHS
            or (cue_of(after) is not None and after.endswith(("dos", "das", "do", "da")))
        )

    def _is_time(self, index: int) -> bool:
        """As in "mil 90 de la administración anterior": the words say over which time, not what."""
        return self._plain(index) in ("de", "del") and any(self._plain(at) in _TIMES for at in (index + 1, index + 2))

    def _read_right(self, index: int, reach: int) -> Good | None:
        """The good that begins within `reach` words, none but adjectives before it."""
        token = self._good_at.get(index)
        while token is None and reach and self._plain(index) in ADJECTIVES and not self._gap(index):
            index, reach = index + 1, reach - 1
            token = self._good_at.get(index)
        return token

    def prepare(self, sentences: list[Sentence]) -> None:
        """Index the goods of all sentences by their first word."""
        self._good_at = {token.first: token for one in sentences for token in one.tokens if isinstance(token, Good)}

    def _read_of(self, index: int, reach: int = 7) -> Good | None:
        """The good behind a unit: "de cocaína", ", de fentanilo", "de la droga conocida como cristal"."""
        if self._gap(index) and not (self._gap(index) == "," and self._plain(index) == "de"):
            return None
        for at in range(index, index + reach):
            token = self._good_at.get(at)
            if token is not None:
                # "de droga conocida como cristal", "sustancia química fentanilo": the name behind the general word.
                closer = self._good_at.get(token.after + 2) if self._plain(token.after + 1) == "como" else None
                return self._mix(closer or token)
            if at == index and self._plain(at) == "en" and at + 1 in self._good_at:
                continue  # "90 kilos en cocaína"
            if self._plain(at) not in LINKS or (at > index and self._gap(at)):
                return None
        return None

    def _mix(self, good: Good) -> Good:
        """Two drugs under one weight belong to neither: "20 kilos de cocaína y marihuana"."""
        at = good.after
        if self._plain(at) not in ("y", "e") or good.word.commodity not in SUBSTANCES:
            return good
        other = self._good_at.get(at + 1) or (self._good_at.get(at + 2) if self._plain(at + 1) == "de" else None)
        if other is None or other.word.commodity not in SUBSTANCES or other.word.commodity == good.word.commodity:
            return good
        if "precursor" in (other.word.commodity, good.word.commodity):
            return good
        return Good(good.first, other.after, MIXTURE)

    def _cue_behind(self, index: int) -> Cue | None:
        """The participle right behind: "10 aeronaves aseguradas", "vehículos terrestres que fueron asegurados"."""
        for at in range(index, index + 4):
            if self._gap(at) and at > index:
                return None
            plain = self._plain(at)
            cue = cue_of(plain)
            if cue is not None and plain.endswith(("dos", "das", "do", "da", "ron")):
                return cue
            if plain not in (
                "que",
                "fueron",
                "se",
                "han",
                "sido",
                "ya",
                "fue",
                "y",
                "estan",
                "ser",
                "con",
                "reporte",
                "de",
            ):
                return None
        return None

    def _is_anaphor(self, index: int) -> bool:
        if self._plain(index) not in _DEMONSTRATIVES:
            return False
        return any(self._plain(at) in NOT_GOODS for at in range(index, index + 3))

    def _is_same_good(self, last: Candidate, amount: Amount) -> bool:
        """Between the two amounts stand words of time, sum and place alone, no other noun."""
        words, raw = self._words, self._text.raw
        return all(
            words[at].plain in SAME_GOOD
            or words[at].plain in MONTHS
            or words[at].plain[0].isdigit()
            or raw[words[at].start].isupper()
            for at in range(last.after, amount.first)
        )

    def _is_near(self, good: Good, amount: Amount) -> bool:
        """The number follows its good with nothing between but words of time, sums and participles."""
        if self._plain(amount.first - 1) in ("y", "e", "o", "por"):
            return False  # "uno por arma y dos por golpes"
        between = range(good.after, amount.first)
        return len(between) <= 8 and not any(self._gap(at) in (";", ":") and at != amount.first for at in between)
