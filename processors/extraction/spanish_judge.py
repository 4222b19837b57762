"""Whether a Spanish amount was seized, or is a value, a budget, a production avoided, a force deployed."""

import re

from processors.extraction.spanish_link import SUBSTANCES, Candidate
from processors.extraction.spanish_tokens import Amount, Sentence, Sign
from processors.extraction.spanish_words import Cue, cue_of
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Judge", "has_cue", "passage_bars"]

_ARMS = frozenset(["firearm", "ammunition", "magazine", "grenade_explosive"])
_FIRM = SUBSTANCES | _ARMS | {"fuel", "laboratory"}
_TAKEN: tuple[Cue | None, ...] = ("seize", "detain", "tally", "rescue")
# What carries or holds the load was not itself seized: "a bordo de dos camionetas", "en una bodega".
_HANDED_IN = re.compile(r"desarme(?! (?:a|de) (?:este|un|ese|los|grupo))|canje de armas|entrega voluntaria")
_HAULED = ("transport", "distribu", "abastec")
_RELEASES = frozenset(["liberacion", "excarcelacion", "salida"])
_HELD = ("privad", "secuestrad", "plagiad", "retenid", "retenian")
_JUDGES = word_set("juez jueza jueces magistrado magistrados tribunal juzgado amparo")
_CARRIERS = word_set("en bordo dentro interior mediante sobre desde tripulaba tripulaban ocultos")
_PASSIVE = frozenset(["fue", "fueron", "sido", "esta", "estan"])
_COPULAS = frozenset(["son", "es", "seria", "serian", "fue", "fueron"])
_PRICED = frozenset(["cuesta", "cuestan", "vale", "valen", "costaba", "costaban"])
_SUMS = frozenset(
    ["ademas", "aparte", "total", "mas", "menos", "cerca", "alrededor", "arriba", "cantidad", "suma", "localizacion"]
)


def passage_bars(text: Text) -> dict[str, int]:
    """Programmes that bar a class from the sentence on that names them: arms handed in voluntarily, vehicles being
    regularised. Class -> offset in the text.
    """
    plain = text.plain
    bars: dict[str, int] = {}
    if ("desarme" in plain or "armas" in plain or "voluntaria" in plain) and (handed := _HANDED_IN.search(plain)):
        bars |= dict.fromkeys(_ARMS, handed.start())
    regularised = plain.find("regulariza")
    if regularised >= 0:
        bars["vehicle"] = regularised
    return bars


class Judge:
    """Tells the amounts of one text that were seized from all others."""

    def __init__(self, text: Text, plains: list[str], arrests: bool) -> None:
        """`plains` are the folded words of `text`, with empty ones behind; `arrests`: it tells of persons detained."""
        self._arrests = arrests
        self._plains = plains
        self._ends = text.words
        self._text = text
        self._bars = passage_bars(text)

    def is_seized(
        self, sentence: Sentence, one: Candidate, kept: list[Candidate], seen_before: bool, listed: bool, themed: bool
    ) -> bool:
        """Judge by the nearest word before the amount, the participle behind it, and the company it keeps in its list.
        `seen_before`: the text has named seizures; `listed`: the sentence has more candidates; `themed`: see below.
        """
        good, mode, behind, plains = one.good, one.mode, one.behind, self._plains
        commodity = good.commodity
        if commodity is None or (
            commodity in self._bars and self._bars[commodity] < self._ends[sentence.after - 1].end
        ):
            return False
        if behind in ("given", "statute", "avoid") or plains[one.after] in _PRICED:
            return False
        if behind == "harm" and not (good.unit == "person" and good.strength == "firm" and one.rule == "es-count-good"):
            return False  # but "tres detenidos ya vinculados a proceso"
        if good.unit == "person" or (one.unit is not None and one.unit.unit == "person"):
            return self._is_taken_person(sentence, one, kept, themed)
        if mode in ("avoid", "given", "statute") and behind not in ("seize", "detain"):
            return False
        if commodity == "fuel" and behind != "seize" and self._is_hauled(sentence, one):
            return False  # transported, not seized
        if one.unit is not None and one.unit.unit == "dose" and mode == "value":
            return False
        article = one.amount.number.how == "article"
        if commodity in _FIRM and not article:
            return True
        # A list may stand before its verb: "un predio, dos pipas y se recuperaron 900 litros".
        ahead = mode is None and (has_cue(sentence, "seize") or has_cue(sentence, "detain"))
        if commodity == "cash":
            return self._is_taken_cash(sentence, one, bool(kept) or seen_before or ahead)
        if commodity in ("vehicle", "property") and self._is_carrier(one):
            return False
        if commodity == "laboratory" and mode == "find":
            return True
        if one.rule == "es-good-then-measure" and commodity in SUBSTANCES:
            return True  # "heroína, un kilogramo"
        if one.rule == "es-good-then-number" and mode is None and seen_before:
            return True  # a table read out goes on: "en embarcaciones, una"
        taken = behind in ("seize", "detain", "rescue") or (mode in _TAKEN and mode != "rescue")
        taken = taken or (seen_before and plains[one.after] == "mas")  # "también una aeronave más"
        if article and not (taken or kept or ahead):
            # "El 8 de mayo, en Ojinaga, un fusil y dos granadas": a list of arms needs no verb.
            return mode is None and listed and commodity in _ARMS and not has_cue(sentence, "harm")
        if commodity in _FIRM:
            return True
        if commodity == "vehicle":
            return taken or ahead or (bool(kept) and mode in (None, "value"))
        listed = bool(kept) and one.first - kept[-1].after <= 4
        return behind == "seize" or mode == "seize" or ahead or (bool(kept) and mode == "tally") or listed

    def _is_taken_cash(self, sentence: Sentence, one: Candidate, in_company: bool) -> bool:
        mode, behind = one.mode, one.behind
        if mode == "detain" and behind != "seize" and has_cue(sentence, "value"):
            return False  # "pedían por los detenidos 20 mil dólares"
        if behind != "seize" and self._is_damage(sentence, one):
            return False
        if self._plains[one.first - 1] in _COPULAS and has_cue(sentence, "value"):
            return False  # "el valor de lo asegurado son 90 millones de pesos"
        if mode in ("seize", "tally", "detain") or behind == "seize":
            return True
        if mode == "value" and self._is_paper(one):
            return True
        return mode is None and (in_company or one.rule == "es-money-row")

    def _is_taken_person(self, sentence: Sentence, one: Candidate, kept: list[Candidate], themed: bool) -> bool:
        """Persons: detained ("62 personas detenidas", "detuvo a dos hombres"), migrants rescued, victims set free.
        `themed`: the text is about arrests, and the sentence begins with a place or day ("El día 4 en Tala, ...").
        """
        mode, behind, commodity = one.mode, one.behind, one.good.commodity
        plains = self._plains
        if commodity == "migrant":
            return behind in ("rescue", "seize", "detain") or mode in ("rescue", "seize", "detain", "tally", "find")
        if commodity == "victim":
            if one.good.strength == "firm" or behind == "rescue" or mode == "rescue":
                if any(plain.startswith("rescat") for plain in plains[sentence.first : sentence.after]):
                    return True
                return _JUDGES.isdisjoint(plains[sentence.first : sentence.after])
            return False
        if one.good.strength == "firm":
            # A list goes on behind any word: "camiones empleados para el robo, 16 detenidos".
            gap = self._text.plain[self._ends[one.first - 1].end : self._ends[one.first].start] if one.first else ""
            return mode not in ("given", "statute", "deploy") or (mode == "deploy" and bool(kept) and gap == ", ")
        if one.rule == "es-others":
            return True
        if one.rule in ("es-left-out", "es-part-of"):
            return bool(kept)
        if behind == "detain" or (behind == "seize" and mode != "harm"):
            return True
        if mode in (None, "tally") and self._is_subject_detained(sentence, one):
            return True
        before, second = plains[one.first - 1], plains[one.first - 2]
        if behind is not None or before == "por":
            return False  # "privado de la libertad por dos personas"
        if before == "contra" or (before == "de" and second == "contra"):
            # "disparó contra dos personas", but "órdenes de aprehensión en contra de dos personas"
            return mode == "detain" and "aprehension" in plains[max(sentence.first, one.first - 5) : one.first]
        if before == "a" and any(
            plain.startswith(_HELD) for plain in plains[max(sentence.first, one.first - 6) : one.first]
        ):
            return False  # "tenían privadas de la libertad a dos personas"
        if one.amount.number.how == "article" and before == "de" and second not in _SUMS and cue_of(second) != "detain":
            return False  # "al mando de un hombre"
        if before == "de" and second in _RELEASES:
            return False  # "la liberación de un hombre detenido"
        if mode == "seize" and before.startswith("asegur"):
            return True  # "se aseguraron dos personas"
        if self._arrests and mode in (None, "seize") and plains[one.after] == "con" and self._follows_name(one):
            return True  # "detuvieron a 20 personas en el país: en Tala, Jalisco, dos hombres con un arma"
        if mode == "detain" or (mode == "seize" and before == "a") or (mode is None and themed):
            return True
        # In a list of what was seized: "900 kilos de cocaína, dos lanchas, cuatro personas".
        listed = bool(kept) and one.first - kept[-1].after <= 1 and one.amount.number.how != "article"
        return listed and mode in (None, "seize")

    def _is_subject_detained(self, sentence: Sentence, one: Candidate) -> bool:
        """As in "20 personas vinculadas al robo fueron detenidas", "una persona, esta fue detenida"."""
        plains = self._plains
        for token in sentence.tokens:
            if token.first < one.after:
                continue
            if isinstance(token, Amount):
                return False
            if isinstance(token, Sign) and token.cue == "detain":
                return plains[token.first - 1] in _PASSIVE
        return False

    def _follows_name(self, one: Candidate) -> bool:
        """Whether a capitalised word and a comma stand right before an amount."""
        before = self._ends[one.first - 1]
        gap = self._text.plain[before.end : self._ends[one.first].start]
        return gap == ", " and self._text.raw[before.start].isupper()

    def _is_hauled(self, sentence: Sentence, one: Candidate) -> bool:
        """Whether fuel was carried or handed out by those who speak: "se transportaron 90 mil litros"."""
        if one.mode in _TAKEN:
            return False
        words = self._plains[sentence.first : one.first]
        return one.mode == "deploy" or any(plain.startswith(_HAULED) for plain in words)

    def _is_damage(self, sentence: Sentence, one: Candidate) -> bool:
        """Money lost to those from whom goods were taken: "una afectación económica de 90 millones de pesos"."""
        for plain in reversed(self._plains[sentence.first : one.first]):
            if plain.startswith(("asegur", "decomis", "incaut")):
                return False
            if plain.startswith("afectacion"):
                return True
        return False

    def _is_paper(self, one: Candidate) -> bool:
        """Cheques and notes have a value in money: "documentos por cobrar con un valor de 90 mil dólares"."""
        before = self._plains[max(0, one.first - 14) : one.first]
        return any(plain.startswith(("document", "cheque", "pagare", "cobr")) for plain in before)

    def _is_carrier(self, one: Candidate) -> bool:
        at = one.amount.first - 1
        plains = self._plains
        if at < 0 or "," in self._text.plain[self._text.words[at].end : one.amount.start]:
            return False
        before = plains[at]
        if before == "de" and at:
            # "los tableros de una camioneta", "a bordo de dos lanchas"; but "el aseguramiento de dos lanchas".
            before = plains[at - 1]
            return before not in _SUMS and cue_of(before) not in ("seize", "detain", "tally")
        if before == "a" and at:
            # "cateo a dos domicilios", "acude a un inmueble"
            return plains[at - 1] in ("cateo", "cateos") or one.good.commodity == "property"
        return before in _CARRIERS


def has_cue(sentence: Sentence, cue: Cue) -> bool:
    """Whether a word of that kind stands anywhere in the sentence."""
    for token in sentence.tokens:  # noqa: SIM110, a generator costs twice as much
        if isinstance(token, Sign) and token.cue is cue:
            return True
    return False
