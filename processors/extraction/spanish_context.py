"""What holds for the amounts of a Spanish text beyond their own sentence: place, agency and time."""

from bisect import bisect_left

from processors.extraction.number_words import SPANISH
from processors.extraction.spanish_link import Candidate
from processors.extraction.spanish_names import place_names
from processors.extraction.spanish_places import PlaceAt, find_named, find_places
from processors.extraction.spanish_scope import (
    find_agency,
    find_events,
    find_periods,
    says_perfect,
    says_several,
    sums_places,
)
from processors.extraction.spanish_tokens import Good, Sentence
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["Context", "assign_places"]

_PICKS = frozenset(["destacando", "destaca", "destacan", "incluso", "incluyendo", "particularmente", "especialmente"])
_OTHERS = frozenset(["otros", "otras", "ellos", "ellas"])
_NEXT_PICTURE = (["siguiente"], ["adelante"], ["siguiente", "por", "favor"], ["adelante", "por", "favor"])
_NEW_TOPICS = frozenset(
    [("en", "cuanto", "a"), ("en", "lo", "que"), ("en", "el", "caso"), ("por", "lo", "que"), ("en", "relacion", "a")]
)
_HERE = ["aqui", "en", "el", "estado", "de"]
_NEVER = [-1]
_FAR = 1_000_000
_ORDINALS = {"primero": 0, "primera": 0, "segundo": 1, "segunda": 1, "tercero": 2, "tercera": 2}


class Context:
    """What earlier sentences of the text said: where, by whom and over which time."""

    def __init__(self, text: Text, plains: list[str], reference: Reference) -> None:
        self._text = text
        self._plains = plains
        self._names = place_names(reference)
        self._waiting: list[Sentence] = []
        self._paragraph = -1
        self._place: PlaceAt | None = None
        self.place_is_new = False
        self._period = self._several = self._after_event = False
        self.inherited: PlaceAt | None = None
        self.here: list[PlaceAt] = []
        self._counted: PlaceAt | None = None
        self.agency: str | None = None
        self.perfect = self._before = False
        self._whole: bool | None = None
        self._periods: list[int] = []
        self._events: list[int] = []

    def add(self, sentence: Sentence) -> None:
        """The next sentence; it is read when an amount needs it."""
        self._waiting.append(sentence)

    def enter(self) -> None:
        """Read the sentences up to the last one added."""
        for sentence in self._waiting[-4:]:
            self._enter(sentence)
        self._waiting.clear()

    def _enter(self, sentence: Sentence) -> None:
        """Take a sentence's own words into account; a new paragraph forgets place and agency."""
        text = self._text
        row = bool(sentence.tokens) and sentence.tokens[0].first == sentence.first and _is_row(text, sentence)
        if row:
            # "Detenidos: 3. Armas: 5": each row has the place, agency and event that head them.
            self._paragraph = sentence.paragraph
        if sentence.paragraph != self._paragraph or self._plains[sentence.first : sentence.after] in _NEXT_PICTURE:
            self._place, self.agency, self._paragraph = None, None, sentence.paragraph
            self._several = False
        self._before = self._period
        self._after_event = bool(self._events) or (row and self._after_event)
        self.perfect = False
        if sentence.scope:
            self._periods = find_periods(text, sentence)
            self._events = find_events(text, sentence)
            self.perfect = says_perfect(text, sentence)
            if self.perfect and not self._several:
                self._several = says_several(text, sentence)
            if self._periods or self._events:
                self._period = (self._periods or _NEVER)[-1] > (self._events or _NEVER)[-1]
        else:
            self._periods, self._events = [], []
        if sentence.agencies:
            self.agency = find_agency(text, sentence) or self.agency
        if len(self.here) > 1 and len(fine := [place for place in self.here if place.fine]) > 1:
            # Several places before: nobody can say which of them goes on, unless it is counted ("en el segundo").
            ordinal = _read_ordinal(text, sentence)
            self._place = fine[ordinal] if ordinal is not None and ordinal < len(fine) else None
            self._counted = self._place
        if tuple(self._plains[sentence.first : sentence.first + 3]) in _NEW_TOPICS:
            self._place = None
        places = find_places(text, self._plains, sentence, self._names)
        if not places and len(sentence.tokens) > 1:
            places = find_named(text, self._plains, sentence, self._names)
        self.here = places
        self.place_is_new = bool(places)
        self.inherited = self._place
        if places:
            self._place = next((one for one in reversed(places) if one.fine), places[-1])

    def find_whole(self, sentences: list[Sentence]) -> list[PlaceAt]:
        """The state that the speech is about, where nothing else says the place: "aquí en el estado de Puebla"."""
        if self._whole is None:
            self._whole = "aqui en el estado de " in self._text.plain
        if not self._whole or self.inherited is not None:
            return []
        for sentence in sentences:
            for opener in sentence.openers:
                if self._plains[opener - 1 : opener + 4] == _HERE and opener > sentence.first:
                    places = find_places(self._text, self._plains, sentence, self._names)
                    return [place for place in places if opener < place.first <= opener + 4 and not place.fine]
        return []

    @property
    def names_period(self) -> bool:
        """Whether the sentence itself names a period."""
        return bool(self._periods)

    def is_cumulative(self, one: Candidate, total: bool, place: PlaceAt | None) -> bool:
        """The nearest word of time before the amount decides, else the nearest behind it, else the sentence before,
        else the weak signs: the perfect tense, and `total`, a table read out or an amount too great for one event.
        Those two give way to a place named to the municipality, and `total` to an event in the sentence before.
        """
        periods, events = self._periods, self._events
        fine = place is not None and place.fine and (place in self.here or place == self._counted)
        if fine:
            # "en diferentes puntos del país: en Celaya, dos": what is told of one of them is no sum.
            periods = [at for at in periods if not sums_places(self._plains[at])]
        if periods or events:
            period, event = bisect_left(periods, one.first), bisect_left(events, one.first)
            if period or event:
                last = periods[period - 1] if period else -1, events[event - 1] if event else -1
                if last[0] > last[1] and place is not None and self._is_picked(last[0], one.first, place):
                    return False
                if last[0] != last[1]:
                    return last[0] > last[1]
            following = periods[period:][:1] or [_FAR], events[event:][:1] or [_FAR]
            if following[0] != following[1]:
                return following[0] < following[1]
        if self._several and not events:
            return True
        return not fine and (self._before or self.perfect or (total and not self._after_event))

    def _is_picked(self, first: int, after: int, place: PlaceAt) -> bool:
        """Whether a part is picked out between two words: "en el mes 40 detenidos, destacando en Tala dos"."""
        between = self._plains[first:after]
        if place.first > first and "relevantes" in self._plains[max(0, first - 6) : after]:
            return True  # "en el mes hubo cuatro relevantes: en Chiapas, 90 kilos"
        words = self._text.words
        if place.fine and place.first > first:
            colon = self._text.raw.rfind(": E", words[first].end, words[place.first].start)
            if colon >= 0:
                return True  # "en el periodo hubo 40 detenidos: En Tala, dos"
        return place.fine and (
            not _PICKS.isdisjoint(between)
            or any(plain == "entre" and self._plains[at + 1] in _OTHERS for at, plain in enumerate(between, first))
        )

    def counts_next(self, place: PlaceAt) -> bool:
        """Whether a number follows a place: it is of what comes."""
        at = place.after + (self._plains[place.after] in ("son", "fueron", "hay"))
        while self._plains[at] in ("mas", "de", "cerca", "casi"):
            at += 1
        return self._plains[at][:1].isdigit() or self._plains[at] in SPANISH.starts

    def heads(self, place: PlaceAt, one: Candidate) -> bool:
        """Whether an amount follows its place at once: "Jalisco con tres", "en Puebla son dos", "en Tala tres"."""
        words = self._text.words
        between = self._text.plain[words[place.after - 1].end : words[one.first].start]
        return between in (" ", " con ", " son ", " fueron ", " hay ")

    def heads_next(self, place: PlaceAt) -> bool:
        """Whether a number follows a place without a comma: "en Tala tres detenidos"."""
        words, after = self._text.words, place.after
        return (
            after < len(words)
            and self._text.plain[words[after - 1].end : words[after].start] == " "
            and self.counts_next(place)
        )

    def parts(self, one: Candidate, place: PlaceAt) -> bool:
        """Whether a semicolon, colon or word that picks a part out ("destacando") stands between an amount and a place
        behind it.
        """
        words = self._text.words
        if not _PICKS.isdisjoint(self._plains[one.after : place.first]):
            return True
        between = self._text.plain[words[one.after - 1].end : words[place.first].start]
        return ";" in between or ":" in between


def _is_row(text: Text, sentence: Sentence) -> bool:
    """A sentence that is one row of a list: a good, a colon, its amount."""
    # A word of detaining is a sign too, before the good that it is.
    goods = next((token for token in sentence.tokens[:2] if isinstance(token, Good)), None)
    if goods is None or goods.first != sentence.first or goods.after >= sentence.after:
        return False
    return text.plain[text.words[goods.after - 1].end : text.words[goods.after].start] == ": "


def _is_shared_out(one: Candidate, others: list[Candidate], places: list[PlaceAt]) -> bool:
    """Whether the amounts behind tell the same good of several places: a total before its parts is of none of them."""
    parts = [other for other in others if other.good.commodity == one.good.commodity]
    if len(parts) < 2 or len(places) < 2:
        return False
    return any(parts[0].first < place.first < parts[-1].first for place in places)


def _read_ordinal(text: Text, sentence: Sentence) -> int | None:
    """As in "En el primero se aseguraron ...": 0; None if the sentence does not begin so."""
    for word in text.words[sentence.first : min(sentence.first + 4, sentence.after)]:
        if word.plain in _ORDINALS:
            return _ORDINALS[word.plain]
    return None


def assign_places(kept: list[Candidate], places: list[PlaceAt], context: Context) -> list[PlaceAt | None]:
    """For each amount the place right behind it, else the last one before it, else the first one of the sentence, else
    the place of the sentence before.
    """
    if not places:
        # "En la administración, 65": a total over a period is not of the place before.
        # Nor is what "has been seized" of the one town just named.
        known = context.inherited
        if context.names_period or (context.perfect and known is not None and known.fine):
            known = None
        return [known] * len(kept)
    assigned: list[PlaceAt | None] = []
    # "En Tala 54 armas, en Jerez 19": each place stands before its amount.
    ahead = bool(places and kept) and places[0].first < kept[0].first and places[-1].first < kept[-1].first
    for at, one in enumerate(kept):
        until = kept[at + 1].first if at + 1 < len(kept) else 1_000_000
        behind = next((place for place in places if one.after <= place.first < until), None)
        if behind is not None and context.parts(one, behind):
            behind = None  # "Ameca, con dos armas; Tala, con tres"
        if behind is not None and (context.counts_next(behind) if ahead else context.heads_next(behind)):
            behind = None
        before = None
        for place in places:
            if place.first < one.amount.first and not (before and before.fine and not place.fine):
                before = place
        if (
            behind is not None
            and not (before and one.rule == "es-left-out" and context.heads(before, one))
            and (
                before is None
                or behind.first - one.after <= 2
                or (behind.fine and not before.fine and behind.state == before.state)
            )
        ):
            # "En Sonora detuvieron a dos hombres ... en una casa de Cajeme": the municipality tells more.
            assigned.append(behind)
        elif before is not None:
            assigned.append(before)
        else:
            later = next(
                (place for place in places if place.first >= one.after and not context.parts(one, place)), None
            )
            known = context.inherited
            if later is not None and _is_shared_out(one, kept[at + 1 :], places):
                later = None
            if later is not None and not later.fine and known is not None and known.fine and known.state == later.state:
                later = known  # "... a la Fiscalía en el estado de Oaxaca": the place of the sentence before is closer
            assigned.append(later or (None if context.names_period else context.inherited))
    return assigned
