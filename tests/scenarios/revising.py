"""What happens to reports after they were published: sent twice, put right, taken back."""

from copy import deepcopy
from datetime import timedelta

from tests.scenarios.draw import Draw
from tests.scenarios.ledger import Book, Entry
from tests.scenarios.marks import Json, Mark, find_slots
from tests.scenarios.noise import Telling, ocr_error, time_shifted, typing_error, units_changed
from tests.scenarios.people import Person
from tests.scenarios.values import Mint

__all__ = ["revise"]

DUPLICATE, REVISED, RETRACTED, STRAY = 0.04, 0.05, 0.025, 0.25


def revise(book: Book, draw: Draw, people: dict[str, Person], mint: Mint) -> None:
    """Let some reports be corrected or retracted, and some events be sent again, an old revision among them."""
    entries = list(book.entries.values())
    strangers = [entry.line.event["conveyances"][0] for entry in entries if entry.line.event.get("conveyances")]
    for entry in entries:
        first = entry.line
        if draw.chance(RETRACTED):
            _spoil(entry, draw, strangers)
            book.retract(entry, timedelta(days=draw.number(2, 40)))
            entry.noise.append("retracted")
        elif first.kind != "news" and draw.chance(REVISED):
            earlier = _earlier(entry, Telling(draw, people, english=True, mint=mint), strangers)
            book.revise(entry, earlier, timedelta(days=draw.number(1, 30)), numbered=draw.chance(0.5))
            entry.noise.append("revised")
        elif draw.chance(DUPLICATE):
            later = timedelta(minutes=draw.number(1, 60 * 24 * 3))
            book.repeat(first, later, same_id=draw.chance(0.5))
            entry.noise.append("duplicate")
            continue
        else:
            continue
        if draw.chance(STRAY):
            # The old one once more, long after it was replaced.
            book.repeat(book.first(entry.line.key), timedelta(days=draw.number(30, 90)), same_id=True)


def _earlier(entry: Entry, telling: Telling, strangers: list[Json]) -> Json:
    """What the report said before it was corrected: a misread number, another time or amount, somebody else's car."""
    tree = deepcopy(entry.line.event)
    if strangers and tree.get("conveyances") and telling.draw.chance(0.25):
        tree["conveyances"][0] = deepcopy(telling.draw.pick(strangers))
        return _other(tree)
    for slip in telling.draw.sample((typing_error, ocr_error, time_shifted, units_changed), 4):
        if slip(tree, telling):
            return tree
    return _other(tree)


def _other(tree: Json) -> Json:
    # Whatever else: the first version said less.
    tree.pop("references", None)
    tree["disposition"] = "Preliminary"
    return tree


def _spoil(entry: Entry, draw: Draw, strangers: list[Json]) -> None:
    """A report that is taken back often had somebody else's car in it, and tied together what does not belong."""
    event = entry.line.event
    if event.get("conveyances") and strangers and draw.chance(0.6):
        event["conveyances"].append(deepcopy(draw.pick(strangers)))
        assert all(isinstance(slot.mark, Mark) for slot in find_slots(event))
