"""Whether a Spanish amount was seized, or is a value, a budget, a production avoided, a force deployed."""

from processors.extraction.spanish_link import SUBSTANCES, Candidate
from processors.extraction.spanish_tokens import Sentence, Sign
from processors.extraction.spanish_words import Cue, cue_of
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["is_seized", "passage_bars"]

_ARMS = frozenset(["firearm", "ammunition", "magazine", "grenade_explosive"])
_FIRM = SUBSTANCES | _ARMS | {"fuel", "laboratory"}
_TAKEN: tuple[Cue | None, ...] = ("seize", "detain", "tally", "rescue")
# What carries or holds the load was not itself seized: "a bordo de dos camionetas", "en una bodega".
_CARRIERS = word_set("en bordo dentro interior mediante sobre desde tripulaba tripulaban ocultos")
_SUMS = frozenset(["total", "mas", "menos", "cerca", "alrededor", "arriba", "cantidad", "suma", "localizacion"])


def passage_bars(text: Text) -> frozenset[str]:
    """Programmes that bar a class in the whole text: arms handed in voluntarily, vehicles being regularised."""
    plain = text.plain
    bars: set[str] = set()
    if "desarme" in plain or "canje de armas" in plain or "entrega voluntaria" in plain:
        bars |= _ARMS
    if "regulariza" in plain:
        bars.add("vehicle")
    return frozenset(bars)


def is_seized(
    text: Text,
    sentence: Sentence,
    one: Candidate,
    kept: list[Candidate],
    bars: frozenset[str],
    seen_before: bool,
    listed: bool,
) -> bool:
    """Judge by the nearest word before the amount, the participle behind it, and the company it keeps in its list."""
    commodity = one.good.commodity
    mode, behind = one.mode, one.behind
    if commodity is None or commodity in bars:
        return False
    if behind in ("given", "statute", "avoid", "harm"):
        return False
    taken = behind in ("seize", "detain", "rescue") or mode in _TAKEN
    if one.good.unit == "person" or (one.unit is not None and one.unit.unit == "person"):
        return _is_taken_person(text, one, behind, kept)
    if mode in ("avoid", "given", "statute") and behind not in ("seize", "detain"):
        return False
    if commodity == "fuel" and mode == "deploy" and behind != "seize":
        return False  # transported, not seized
    if one.unit is not None and one.unit.unit == "dose" and mode == "value":
        return False
    # A list may stand before its verb: "un predio, dos pipas y se recuperaron 900 litros".
    ahead = mode is None and (has_cue(sentence, "seize") or has_cue(sentence, "detain"))
    if commodity == "cash":
        if mode == "detain" and behind != "seize" and has_cue(sentence, "value"):
            return False  # "pedían por los detenidos 20 mil dólares"
        if mode in ("seize", "tally", "detain") or behind == "seize":
            return True
        if mode == "value" and _is_paper(text, one):
            return True
        return mode is None and (bool(kept) or seen_before or ahead or one.rule == "es-money-row")
    if commodity in ("vehicle", "property") and _is_carrier(text, one):
        return False
    # "El 8 de mayo, en Ojinaga, un fusil y dos granadas": a list of arms needs no verb.
    named = mode is None and listed and commodity in _ARMS
    if one.amount.number.how == "article" and not (taken or kept or ahead or named):
        return False
    if commodity in _FIRM:
        return True
    if commodity == "vehicle":
        return taken or ahead or (bool(kept) and mode in (None, "value"))
    return behind == "seize" or mode == "seize" or ahead or (mode == "tally" and bool(kept))


def _is_taken_person(text: Text, one: Candidate, behind: Cue | None, kept: list[Candidate]) -> bool:
    """Persons: detained ("62 personas detenidas", "detuvo a dos hombres"), migrants rescued, victims set free."""
    mode, commodity = one.mode, one.good.commodity
    if commodity == "migrant":
        return behind in ("rescue", "seize", "detain") or mode in ("rescue", "seize", "detain", "tally")
    if commodity == "victim":
        return behind == "rescue" or mode == "rescue"
    if one.good.strength == "firm":
        return mode not in ("given", "statute", "deploy")
    if one.rule in ("es-left-out", "es-part-of"):
        return bool(kept)
    if behind == "detain" or (behind == "seize" and mode != "harm"):
        return True
    if behind is not None:
        return False
    return mode == "detain" or (mode == "seize" and text.words[one.first - 1].plain == "a")


def _is_paper(text: Text, one: Candidate) -> bool:
    """Cheques and notes have a value in money: "documentos por cobrar con un valor de 90 mil dólares"."""
    before = text.words[max(0, one.first - 14) : one.first]
    return any(word.plain.startswith(("document", "cheque", "pagare", "cobr")) for word in before)


def _is_carrier(text: Text, one: Candidate) -> bool:
    at = one.amount.first - 1
    words = text.words
    if at < 0:
        return False
    before = words[at].plain
    if before == "de" and at:
        # "los tableros de una camioneta", "a bordo de dos lanchas"; but "el aseguramiento de dos lanchas", "más de 20".
        before = words[at - 1].plain
        return before not in _SUMS and cue_of(before) not in ("seize", "detain", "tally")
    if before == "a" and at:
        return words[at - 1].plain in ("cateo", "cateos")
    return before in _CARRIERS


def has_cue(sentence: Sentence, cue: Cue) -> bool:
    """Whether a word of that kind stands anywhere in the sentence."""
    return any(isinstance(token, Sign) and token.cue == cue for token in sentence.tokens)
