"""Which good a Spanish number counts: the grammar of amounts, lists and left-out words, rule by rule."""

from processors.extraction.measures import UnitOf, whole_count
from processors.extraction.spanish_look import MIXTURE, SCALES, SUBSTANCES, Candidate, is_participle
from processors.extraction.spanish_rows import DOSE, PRESENTED, Rows
from processors.extraction.spanish_tokens import Amount, Good, Scan, Sentence, Sign
from processors.extraction.spanish_words import Cue
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set
from processors.reference.goods_words import GoodsWord

__all__ = ["SUBSTANCES", "Candidate", "Linker"]

_DRUGS = SUBSTANCES - {"precursor"}
_CASH = {"MXN": GoodsWord("cash", "MXN", "firm"), "USD": GoodsWord("cash", "USD", "firm")}
_PERSON = GoodsWord("person_detained", "person", "weak")
_VICTIM = GoodsWord("victim", "person", "weak")
_THESE = word_set("estos estas esos esas dichos dichas")
_NEAR = 60
_CROPS = frozenset(["marijuana", "opium_poppy", "cocaine"])
_PRONOUNS = word_set("ellos ellas estos estas estas esos esas los las")
_COPULAS = frozenset(["son", "eran", "fueron", "es", "estan"])


class Linker(Rows):
    """Reads the sentences of one text in order and remembers what was named: the topic, the last good and unit."""

    def __init__(self, text: Text, scan: Scan) -> None:
        """`text` is Spanish, `scan` its tokens."""
        super().__init__(text, scan)
        self._topic: Good | None = None
        self._last: Candidate | None = None
        self._matter: Good | None = None
        self._matter_ends = 0

    def link(self, sentence: Sentence, following: Sentence | None) -> list[Candidate]:
        """The candidates of a sentence in order. A sentence without a good may be explained by the one behind it."""
        found: list[Candidate] = []
        mode: Cue | None = None
        opened: Good | None = None  # a good that waits for its number: "cargadores, 20"
        self._last = None
        tokens = sentence.tokens
        taken = -1
        shares = self._find_shares(sentence)
        for at, token in enumerate(tokens):
            if isinstance(token, Sign):
                if token.cue is not None:
                    mode = token.cue
                elif token.unit is not None and token.unit.dimension in ("mass", "volume"):
                    self._carried = token.unit
                continue
            if isinstance(token, Good):
                before = tokens[at - 1] if at else None
                if token.word.unit == "person" and self._is_adjective(token, before):
                    continue
                if (
                    isinstance(before, Good)
                    and before.word.commodity == "precursor"
                    and self._is_made_of(token, before)
                ):
                    continue
                if _is_matter(token.word) and not self._is_anaphor(token.first - 1):
                    self._matter, self._matter_ends = token, sentence.after
                if token.first < taken:
                    self._topic = token if token.word.commodity else self._topic
                elif not self._is_anaphor(token.first - 1):
                    token = self._mix(token)
                    taken = token.after if token.word is MIXTURE else taken
                    self._topic = token if token.word.commodity else None
                    opened = self._topic if self._topic and token.word.strength == "firm" else None
                continue
            if self._is_no_amount(token, sentence) or (token.unit is DOSE and self._is_dose_of(token)):
                continue
            if self._has_pardon:
                token = self._correct(token)
            good = self._read_shared(shares, at, sentence, found, mode) if token.first in shares else None
            if good is not None:
                made = self._make(token, good, token.first, token.after, mode, "es-left-out")
            else:
                made = self._link_amount(token, at, sentence, opened, mode, found)
            if made is None and not found and following is not None:
                made = self._link_explained(token, following, mode)
            if made is None:
                if not self._is_bare(token):
                    self._last = None
                continue
            found.append(made)
            self._last = self._counted = made
            taken = made.after
            if made.rule != "es-restated":
                opened = None
            if made.unit is not None and made.unit.dimension in ("mass", "volume"):
                self._carried = made.unit
        return found

    def _make(
        self,
        amount: Amount,
        good: GoodsWord,
        first: int,
        after: int,
        mode: Cue | None,
        rule: str,
        unit: UnitOf | None = None,
    ) -> Candidate | None:
        unit = amount.unit or unit
        commodity, quantity, si = good.commodity, amount.quantity, amount.qty_si
        if commodity is None:
            return None
        if unit is None:
            if commodity in SUBSTANCES and good.unit != "unit":
                return None
            if quantity != int(quantity):
                quantity = si = whole_count(self._text, amount.number)
        else:
            dimension = unit.dimension
            if dimension in ("mass", "volume"):
                if commodity not in SUBSTANCES and commodity != "fuel":
                    return None
            elif dimension == "money":
                if commodity != "cash":
                    return None
            elif unit.unit in ("pill", "dose") and commodity not in _DRUGS:
                return None
            if amount.unit is None:
                quantity, si = quantity * unit.scale, quantity * unit.scale * unit.si
        behind = self._cue_behind(after)
        if commodity == "person_detained" and "rescue" in (mode, behind) and self._is_set_free(after, behind):
            good = _VICTIM
        return Candidate(amount, first, after, good, quantity, unit, si, mode, behind, rule)

    def _link_amount(
        self, amount: Amount, at: int, sentence: Sentence, opened: Good | None, mode: Cue | None, found: list[Candidate]
    ) -> Candidate | None:
        if amount.unit is not None and amount.unit.dimension == "money":
            row = opened is not None and opened.word.commodity == "cash"
            rule = "es-money-row" if row or (found and found[-1].rule == "es-money-row") else "es-money"
            return self._make(amount, _CASH[amount.unit.unit], amount.first, amount.after, mode, rule)
        if amount.unit is not None:
            return self._link_measured(amount, at, sentence, opened, mode, found)
        return self._link_counted(amount, opened, mode, found)

    def _link_measured(
        self, amount: Amount, at: int, sentence: Sentence, opened: Good | None, mode: Cue | None, found: list[Candidate]
    ) -> Candidate | None:
        """An amount with a unit: its good stands behind ("10 kilos de cocaína"), before ("en heroína, un total de 10
        kilos"), in the phrase before ("en 58 mil pastillas") or in the restatement behind ("14 toneladas, es decir,
        14 mil 46 kilos de cocaína").
        """
        right = self._read_of(amount.after)
        if right is not None:
            return self._make(amount, right.word, amount.first, right.after, mode, "es-measure-of-good")
        if self._plains[amount.after] == "de" and self._is_anaphor(amount.after + 1) and self._topic is not None:
            return self._make(amount, self._topic.word, amount.first, amount.after, mode, "es-measure-of-this")
        held = self._read_contents(amount, at, sentence)
        if held is not None:
            return self._make(amount, held.word, amount.first, amount.after, mode, "es-restated-ahead")
        tested = self._read_tested(at, sentence)
        if tested is not None:
            return self._make(amount, tested.word, amount.first, amount.after, mode, "es-measure-of-good")
        if amount.unit is not None and amount.unit.unit in ("plant", "package", "dose") and opened is None:
            if amount.unit.unit == "plant" and found and found[-1].good.commodity in _CROPS:
                # "19 plantíos de amapola, 40 mil plantas"
                return self._make(amount, found[-1].good, amount.first, amount.after, mode, "es-restated")
            return None
        is_of = self._plains[amount.after] == "de" and not self._gap(amount.after)
        if is_of and (opened is None or not _is_matter(opened.word)):
            return None  # kilos of something that is no good
        if opened is not None and _is_matter(opened.word):
            return self._make(amount, opened.word, amount.first, amount.after, mode, "es-good-then-measure")
        if found and _is_matter(found[-1].good):
            return self._make(amount, found[-1].good, amount.first, amount.after, mode, "es-restated")
        topic = self._topic
        if self._plains[sentence.first] in _COPULAS and not found and topic is not None and _is_matter(topic.word):
            # "La cantidad de heroína. Fueron 30 kilos"
            return self._make(amount, topic.word, amount.first, amount.after, mode, "es-topic")
        for token in sentence.tokens[at + 1 :]:
            if any(
                amount.after <= item <= token.first and self._plains[item] in ("en", "de") for item in sentence.items
            ):
                break  # "20 plantíos; en amapola, 30"
            if isinstance(token, Good):
                if self._is_anaphor(token.first - 1):
                    continue
                if _is_matter(token.word):
                    return self._make(amount, token.word, amount.first, amount.after, mode, "es-restated-ahead")
        if topic is None or not _is_matter(topic.word):
            # What is weighed is no boat: the last substance of this sentence or the two before.
            topic = self._matter if sentence.first - self._matter_ends <= _NEAR else None
        if topic is not None:
            return self._make(amount, topic.word, amount.first, amount.after, mode, "es-topic")
        return None

    def _link_counted(
        self, amount: Amount, opened: Good | None, mode: Cue | None, found: list[Candidate]
    ) -> Candidate | None:
        """A bare number: its good stands behind ("20 cargadores"), before ("cargadores, 20"), or was named already and
        is left out ("dos de metanfetaminas", "tres largas", "92 en Sinaloa", "tres de ellos", "llevamos dos").
        """
        behind = amount.after
        if self._plains[behind] == "de" and any(self._plains[one] in SCALES for one in range(amount.first, behind)):
            behind += 1  # "18 millones de cartuchos", "una docena de granadas"
        right = self._read_right(behind, 3) if not self._gap(amount.after) else None
        if right is None and self._plains[amount.after] in _COPULAS and not self._gap(amount.after):
            right = self._good_at.get(amount.after + 1)
            if right is not None and right.word.strength != "short":
                right = None
        last = found[-1] if found else None
        if right is not None:
            if right.word.strength == "short" and not (
                any(one.good.commodity == "firearm" for one in found)
                or (opened is not None and opened.word.commodity == "firearm")
            ):
                return None
            if right.word.commodity in SUBSTANCES and right.word.unit != "unit":
                return None
            return self._make(amount, right.word, amount.first, right.after, mode, "es-count-good")
        if amount.number.how == "article":
            if opened is not None and self._gap(amount.after) in (",", ";", ".") and self._is_near(opened, amount):
                return self._make(amount, opened.word, opened.first, amount.after, mode, "es-good-then-number")
            return None
        if self._plains[amount.after] == "de" and not self._gap(amount.after) and not self._is_time(amount.after):
            return self._link_of(amount, mode, last)
        if (
            last is not None
            and last is self._last
            and last.unit is None
            and is_participle(self._plains[amount.after])
            and not self._gap(amount.after)
            and self._is_same_good(last, amount)
        ):
            # "13 vehículos asegurados, 40 inutilizados"
            return self._make(amount, last.good, amount.first, amount.after, mode, "es-left-out")
        if self._plains[amount.after] in PRESENTED and self._is_presented(amount):
            return self._make(amount, _PERSON, amount.first, amount.after, mode, "es-others")
        if not self._is_bare(amount):
            return None
        if mode == "detain" and amount.quantity > 1 and self._is_others(amount):
            return self._make(amount, _PERSON, amount.first, amount.after, mode, "es-others")
        behind = amount.after + 1
        if self._gap(behind - 1) == "," and self._plains[behind - 1 : behind + 1] == ["moneda", "nacional"]:
            # "73 mil 240, moneda nacional"
            return self._make(amount, _CASH["MXN"], amount.first, behind + 1, mode, "es-count-good")
        if (
            not self._gap(behind - 1)
            and self._plains[behind - 1] == "en"
            and behind in self._good_at
            and self._good_at[behind].word.commodity == "cash"
        ):
            cash = self._good_at[behind]  # "90 mil en moneda nacional"
            return self._make(amount, cash.word, amount.first, cash.after, mode, "es-count-good")
        if opened is not None and self._is_near(opened, amount) and self._may_be_row(opened, amount):
            unit = self._unit_of_row(opened, amount)
            return self._make(amount, opened.word, opened.first, amount.after, mode, "es-good-then-number", unit)
        if last is not None and self._last is last and self._is_same_good(last, amount):
            # The same good over another time or at another place.
            return self._make(amount, last.good, amount.first, amount.after, mode, "es-left-out", last.unit)
        topic = self._topic
        if (
            topic is not None
            and mode in ("tally", "seize")
            and self._plains[amount.first - 1] in ("llevamos", "llevan", "son", "suman")
        ):
            return self._make(amount, topic.word, amount.first, amount.after, mode, "es-topic", self._carried)
        if last is None and self._sums_up(amount) and self._counted is not None:
            last = self._counted  # "Metanfetaminas, ocho kilos. En total, 90"
            return self._make(amount, last.good, amount.first, amount.after, mode, "es-topic", last.unit)
        return None

    def _link_of(self, amount: Amount, mode: Cue | None, last: Candidate | None) -> Candidate | None:
        """As in "20 de fentanilo": the unit before it; "tres de ellos": the good before it; "40 de estos vehículos"."""
        right = self._read_of(amount.after, 3)
        if right is not None and (
            right.word.commodity == "cash" or (right.word.unit == "unit" and self._plains[amount.after + 1] in _THESE)
        ):
            return self._make(amount, right.word, amount.first, right.after, mode, "es-count-good")
        unit = last.unit if last is not None and last.unit is not None else self._carried
        if right is not None and right.word.commodity in SUBSTANCES and unit is not None:
            return self._make(amount, right.word, amount.first, right.after, mode, "es-left-out-unit", unit)
        if last is not None and last is self._last and self._plains[amount.after + 1] in _PRONOUNS and right is None:
            return self._make(amount, last.good, amount.first, amount.after + 2, mode, "es-part-of", last.unit)
        return None

    def _link_explained(self, amount: Amount, following: Sentence, mode: Cue | None) -> Candidate | None:
        """Amounts whose good the next sentence names: "aseguraron 20 kilos. Esto es fentanilo"."""
        if amount.unit is None or self._plains[following.first] not in ("esto", "todo", "eso", "es"):
            return None
        for token in following.tokens:
            if isinstance(token, Good) and token.word.commodity in SUBSTANCES:
                return self._make(amount, token.word, amount.first, amount.after, mode, "es-explained-behind")
        return None


def _is_matter(word: GoodsWord) -> bool:
    """Whether it is measured in kilos or litres."""
    return word.commodity in SUBSTANCES or word.commodity == "fuel"
