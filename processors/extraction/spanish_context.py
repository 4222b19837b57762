"""What holds for the amounts of a Spanish text beyond their own sentence: place, agency and time."""

from processors.extraction.spanish_link import Candidate
from processors.extraction.spanish_places import PlaceAt, find_places
from processors.extraction.spanish_scope import find_agency, find_events, find_periods, says_perfect
from processors.extraction.spanish_tokens import Sentence
from processors.extraction.texts import Text
from processors.reference import Reference

__all__ = ["Context", "assign_places"]


class Context:
    """What earlier sentences of the text said: where, by whom and over which time."""

    def __init__(self, text: Text, reference: Reference) -> None:
        self._text = text
        self._reference = reference
        self._waiting: list[Sentence] = []
        self._paragraph = -1
        self._place: PlaceAt | None = None
        self.place_is_new = False
        self._period = False
        self.inherited: PlaceAt | None = None
        self.here: list[PlaceAt] = []
        self.agency: str | None = None
        self.perfect = self._before = False
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
        if sentence.paragraph != self._paragraph:
            self._place, self.agency, self._paragraph = None, None, sentence.paragraph
        self._before = self._period
        self._periods = find_periods(text, sentence)
        self._events = find_events(text, sentence)
        self.perfect = says_perfect(text, sentence)
        if self._periods or self._events:
            self._period = max(self._periods, default=-1) > max(self._events, default=-1)
        self.agency = find_agency(text, sentence) or self.agency
        if sum(place.fine for place in self.here) > 1:
            self._place = None  # several places before: nobody can say which of them goes on
        places = self.here = find_places(text, sentence, self._reference)
        self.place_is_new = bool(places)
        self.inherited, self._place = (
            self._place,
            next((one for one in reversed(places) if one.fine), places[-1] if places else self._place),
        )

    @property
    def names_period(self) -> bool:
        """Whether the sentence itself names a period."""
        return bool(self._periods)

    def is_cumulative(self, one: Candidate, weakly: bool, fine: bool) -> bool:
        """The nearest word of time before the amount decides, else the nearest behind it, else the sentence before,
        else the weak signs: the perfect tense, a table read out, an amount too great for one event. Those two
        give way to a place named to the municipality (`fine`).
        """
        at = one.first
        period = max((index for index in self._periods if index < at), default=-1)
        event = max((index for index in self._events if index < at), default=-1)
        if period != event:
            return period > event
        period = min((index for index in self._periods if index >= at), default=1_000_000)
        event = min((index for index in self._events if index >= at), default=1_000_000)
        if period != event:
            return period < event
        return not fine and (self._before or weakly)

    def parts(self, one: Candidate, place: PlaceAt) -> bool:
        """Whether a semicolon or colon stands between an amount and a place behind it."""
        words = self._text.words
        between = self._text.plain[words[one.after - 1].end : words[place.first].start]
        return ";" in between or ":" in between


def assign_places(kept: list[Candidate], places: list[PlaceAt], context: Context) -> list[PlaceAt | None]:
    """For each amount the place right behind it, else the last one before it, else the first one of the sentence, else
    the place of the sentence before.
    """
    assigned: list[PlaceAt | None] = []
    for at, one in enumerate(kept):
        until = kept[at + 1].first if at + 1 < len(kept) else 1_000_000
        behind = next((place for place in places if one.after <= place.first < until), None)
        before = None
        for place in places:
            if place.first < one.first and not (before and before.fine and not place.fine):
                before = place
        if behind is not None and (before is None or behind.first - one.after <= 2):
            assigned.append(behind)
        elif before is not None:
            assigned.append(before)
        else:
            later = next(
                (place for place in places if place.first >= one.after and not context.parts(one, place)), None
            )
            # "En la administración, 65": a total over a period is not of the place before.
            assigned.append(later or (None if context.names_period else context.inherited))
    return assigned
