"""Spanish amounts that stand without their noun: tables read out, shares by place, persons left out."""

from processors.extraction.measures import UnitOf, plain_units, read_unit, read_unit_after
from processors.extraction.numbers import read_number
from processors.extraction.spanish_look import SUBSTANCES, Candidate, Looker
from processors.extraction.spanish_tokens import Amount, Good, Scan, Sentence, Sign
from processors.extraction.spanish_words import Cue, cue_of
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference.goods_words import GoodsWord

__all__ = ["DOSE", "PRESENTED", "Rows"]

DOSE = plain_units("es")["dosis"]
PRESENTED = word_set("fueron han puestos puestas presentados presentadas ante")

_KILO = UnitOf("kg", "mass", 1.0)
_LITRE = UnitOf("l", "volume", 1.0)
_NONE: frozenset[int] = frozenset()
_NEAR = 30
_HOLDING = word_set("con conteniendo que contenian un total de mas cerca casi aproximadamente alrededor peso")
_ARE = frozenset(["son", "corresponden", "equivalen", "representan", "es"])
_IS_SHARE = frozenset(["con", "son", "fueron", "hay", "tiene", "es"])
_SHARED_MODES: tuple[Cue | None, ...] = (None, "seize", "find", "detain", "tally")


class Rows(Looker):
    """What a bare number counts, by the good before it or the place beside it."""

    def __init__(self, text: Text, scan: Scan) -> None:
        """`text` is Spanish, `scan` its tokens."""
        super().__init__(text, scan)
        self._carried: UnitOf | None = None
        self._counted: Candidate | None = None
        self._has_pardon = "perdon" in text.vocabulary

    def _find_shares(self, sentence: Sentence) -> frozenset[int]:
        """The first words of bare numbers beside a place, if three or more share a total out: "dos en Sonora, uno en
        Jalisco, tres en Puebla", "Jalisco con dos", "en Puebla son tres".
        """
        if len(sentence.tokens) < 3:
            return _NONE
        plains, raw, words = self._plains, self._text.raw, self._words
        bare = [token for token in sentence.tokens if isinstance(token, Amount) and token.unit is None]
        if len(bare) < 3:
            return _NONE
        likely = [
            token
            for token in bare
            if (
                plains[token.after] == "en"
                or plains[token.first - 1] in _IS_SHARE
                or raw[words[token.first - 1].start].isupper()
            )
        ]
        if len(likely) < 3:
            return _NONE
        found = [token.first for token in likely if self._is_share(token, sentence)]
        return frozenset(found) if len(found) > 2 else _NONE

    def _is_share(self, amount: Amount, sentence: Sentence) -> bool:
        plains, raw, words = self._plains, self._text.raw, self._words
        at = amount.after
        if at < sentence.after and plains[at] == "en" and not self._gap(at):
            at += 1 + (plains[at + 1] in ("el", "la", "los"))
            at += 2 * (plains[at] == "estado" and plains[at + 1] == "de")
            return at < sentence.after and raw[words[at].start].isupper()
        if not (at >= sentence.after or self._gap(at) in (",", ";", ".") or plains[at] in ("y", "e")):
            return False
        before = amount.first - 1
        before -= plains[before] in _IS_SHARE
        return before > sentence.first and raw[words[before].start].isupper() and not self._gap(amount.first)

    def _read_shared(
        self, shares: frozenset[int], at: int, sentence: Sentence, found: list[Candidate], mode: Cue | None
    ) -> GoodsWord | None:
        """What the shares are of: the last thing counted or named before them, else that of the sentence before."""
        if mode not in _SHARED_MODES:
            return None
        tokens = sentence.tokens
        while at and (at == len(tokens) or tokens[at].first not in shares or tokens[at].first > min(shares)):
            at -= 1
        for token in reversed(tokens[:at]):
            if isinstance(token, Amount):
                last = found[-1] if found else None
                return last.good if last is not None and last.amount is token and last.unit is None else None
            if isinstance(token, Good) and token.word.unit in ("unit", "person") and token.word.strength == "firm":
                return token.word
        last = self._counted
        if last is None or last.unit is not None or not 0 <= sentence.first - last.after <= _NEAR:
            return None
        return last.good

    def _read_contents(self, amount: Amount, at: int, sentence: Sentence) -> Good | None:
        """The drug of the next amount, if that says what this one holds or goes on with "and": "30 bultos con 900
        paquetes de cocaína", "40 kilos y 3 mil pastillas de fentanilo".
        """
        following = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else None
        if not isinstance(following, Amount) or following.unit is None or self._gap(amount.after):
            return None
        words = self._plains[amount.after : following.first]
        if amount.unit is not None and amount.unit.unit == "package":
            if not words or words[0] not in _HOLDING or not _HOLDING.issuperset(words):
                return None
        elif words != ["y"] or following.unit.dimension == "money":
            return None
        good = self._read_of(following.after)
        return good if good is not None and good.word.commodity in SUBSTANCES else None

    def _read_tested(self, at: int, sentence: Sentence) -> Good | None:
        """The drug that a test found: "30 bolsas de un polvo blanco que dio positivo a cocaína"."""
        for token in sentence.tokens[at + 1 : at + 5]:
            if isinstance(token, Amount):
                return None
            if isinstance(token, Good):
                return token if self._plains[token.first - 2 : token.first] == ["positivo", "a"] else None
        return None

    def _may_be_row(self, good: Good, amount: Amount) -> bool:
        """A bare number of a drug needs the drug's name: not "droga sintética: tres", "metanfetaminas, tres más"."""
        if (
            good.word.unit == "unit"
            and good.after == amount.first
            and amount.quantity > 1
            and not self._gap(good.after)
        ):
            return self._plains[good.after - 1].endswith("s")  # "el autobús 3278" is its name
        if self._plains[amount.first - 1] == "fueron" and "aseguramientos" in self._plains[good.first - 4 : good.first]:
            return False  # "los aseguramientos de armas y cartuchos fueron 40": so many events
        return good.word.commodity not in SUBSTANCES or (
            good.word.commodity != "drugs_unspecified" and self._plains[amount.after] != "mas"
        )

    def _is_adjective(self, good: Good, before: Amount | Good | Sign | None) -> bool:
        """As in "vehículos detenidos": what stands before is detained, no person."""
        if isinstance(before, Sign) and before.first == good.first:
            before = self._good_at.get(good.first - 1)  # "detenidos" is a sign too
        return isinstance(before, Good) and before.after == good.first and before.word.unit == "unit"

    def _is_set_free(self, index: int, behind: Cue | None) -> bool:
        """As in "tres personas liberadas", "rescataron a dos personas que estaban privadas de su libertad"."""
        stems = "liberad" if behind == "rescue" else ("privad", "secuestrad", "plagiad", "retenid")
        return any(plain.startswith(stems) for plain in self._plains[index : index + 5])

    def _is_made_of(self, good: Good, before: Good) -> bool:
        """As in "precursores de fentanilo", "químicos para elaborar metanfetamina": the drug is not there yet."""
        return (
            good.word.commodity in SUBSTANCES
            and good.first - before.after <= 4
            and self._plains[before.after] in ("de", "para")
        )

    def _sums_up(self, amount: Amount) -> bool:
        """Whether a sentence begins with "en total" and the number, right behind the last amount."""
        at, last = amount.first - 2, self._counted
        if last is None or self._plains[at : amount.first] != ["en", "total"]:
            return False
        return 0 <= at - last.after <= 3 and self._gap(at) == "."

    def _is_others(self, amount: Amount) -> bool:
        """Persons without a noun: "detuvieron a otros cinco", "tres más fueron detenidos", "han recapturado a 21"."""
        before, after = self._plains[amount.first - 1], self._plains[amount.after]
        return (
            before in ("otros", "otras")
            or (before == "a" and cue_of(self._plains[amount.first - 2]) == "detain")
            or (after == "mas" and not self._gap(amount.after))
        )

    def _is_presented(self, amount: Amount) -> bool:
        """Persons brought before the prosecutor: "de ellos, 90 puestos a disposición", "se presentaron 90 ante"."""
        plains, at = self._plains, amount.after
        if plains[at] in ("fueron", "han"):
            at += 1
        if plains[at] in ("puestos", "puestas"):
            return plains[at + 1 : at + 3] == ["a", "disposicion"]
        at += plains[at] in ("presentados", "presentadas")
        return plains[at] == "ante" and plains[at + 2] in ("ministerio", "ministerios")

    def _is_dose_of(self, amount: Amount) -> bool:
        """Doses that a weight corresponds to: "900 dosis, que son dos kilos"."""
        plains, at = self._plains, amount.after
        if plains[at] != "que" or plains[at + 1] not in _ARE:
            return False
        number = read_number(self._text, at + 2 + (plains[at + 2] == "a"))
        unit = read_unit_after(self._text, number) if number is not None else None
        return unit is not None and unit.of.dimension == "mass"

    def _correct(self, amount: Amount) -> Amount:
        """The unit corrected in the same breath: "30 toneladas, perdón, kilogramos"."""
        if amount.unit is None or self._plains[amount.after] != "perdon":
            return amount
        unit = read_unit(self._text, amount.after + 1)
        if unit is None:
            return amount
        quantity = amount.number.value * unit.of.scale
        return Amount(
            amount.first, unit.after, amount.start, unit.end, quantity, unit.of, quantity * unit.of.si, amount.number
        )

    def _unit_of_row(self, good: Good, amount: Amount) -> UnitOf | None:
        """The unit of a good read out before its bare number: "plantíos de amapola, 20", "amapola, en plantíos, 20",
        else the unit before it.
        """
        if good.word.commodity == "fuel":
            return _LITRE
        if good.word.commodity not in SUBSTANCES or good.word.unit == "unit":
            return None
        named = read_unit(self._text, good.first - 2) if self._plains[good.first - 1] == "de" else None
        for at in range(good.first, min(good.after + 3, amount.first)):
            named = named or read_unit(self._text, at)
        if named is not None:
            return named.of
        last = self._counted
        if self._plains[good.first - 2] in ("los", "las") and last is not None and last.unit is not None:
            return last.unit  # "los plantíos de amapola, 20; los de marihuana, 30"
        return None if "hectareas" in self._plains[max(0, good.first - 12) : good.first] else self._carried or _KILO
