"""From a happening to published reports: each teller's own version, with what goes wrong in it and what strays in."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from deploy.demo.story.numbers import PhoneLine, write_phone
from tests.scenarios.happenings import Happening
from tests.scenarios.ledger import Book, Entry
from tests.scenarios.marks import Json, bait
from tests.scenarios.noise import Telling, add_noise
from tests.scenarios.press import print_news
from tests.scenarios.telling import Teller, choose_tellers, is_english, tell
from tests.scenarios.world import World

__all__ = ["Desk"]

_TIP = PhoneLine("US", "9565550100")
_TIP_STYLES = ("brackets", "hyphens", "dots", "plain", "spaced", "e164", "trunk_us")
_LEAST_TIPS = 100
"""Reports that carry the tip line at least, in a scenario large enough."""
_DEALER = PhoneLine("US", "2105550199")
_NEWS = 0.16
LATE = 0.04


class Desk:
    """Publishes what happened. Phones of the tip line and of the dealer stray into reports of all kinds."""

    def __init__(self, world: World, book: Book) -> None:
        self.world, self.book, self.draw = world, book, world.draw
        self._tips = min(0.35, max(0.1, _LEAST_TIPS / book.size))

    def report(self, happening: Happening) -> None:
        """All reports of a happening, and now and then the press."""
        tellers = choose_tellers(self.draw, happening)
        exhibit = f"{self.draw.pick('ABCDEFGH')}{self.draw.number(1, 40)}"
        for teller in tellers:
            self.publish(happening, teller, exhibit, tellers[0][0])
        if happening.kind != "sale" and self.draw.chance(_NEWS):
            print_news(self.book, self.draw, happening)

    def publish(
        self,
        happening: Happening,
        teller: Teller,
        exhibit: str = "1A",
        first: str = "bridge-customs",
        group: str | None = None,
        extra: Json | None = None,
        *,
        noisy: bool = True,
    ) -> Entry | None:
        """One teller's report, `extra` fields laid over it before anything goes wrong."""
        draw, agency = self.draw, teller[0]
        kind, content = tell(draw, happening, teller, exhibit, first)
        content |= extra or {}
        english = is_english(agency)
        noise = add_noise(content, Telling(draw, self.world.people, english, self.world.mint)) if noisy else []
        if happening.moved:
            noise.append("protected_people")
        self._stray(content, agency, teller[1])
        happened = happening.time.replace(tzinfo=ZoneInfo(happening.spot.zone)).astimezone(UTC)
        # Two days at least: a time written by other clocks, or a day late, is still in the past when it is published.
        delay = timedelta(days=2, hours=draw.number(2, 110), minutes=draw.number(0, 59))
        if draw.chance(LATE):
            delay += timedelta(days=draw.number(20, 70))
            noise.append("late")
        return self.book.publish(agency, kind, content, happened, delay, event=happening.owner, noise=noise, bait=group)

    def _stray(self, content: Json, agency: str, form: str) -> None:
        draw = self.draw
        if agency != "arms-trace" and draw.chance(self._tips):
            phone = {"number": bait("phone", write_phone(_TIP, draw.pick(_TIP_STYLES)), "tip_line-1"), "country": "US",
                     "role": "contact"}  # fmt: skip
            content["phones"] = [*content.get("phones", ()), phone]
        if form == "trace" and draw.chance(0.8):
            address = {"as_written": bait("address", "1400 Ejemplo Blvd, San Antonio, TX", "dealer-1"), "country": "US",
                       "state": "Texas"}  # fmt: skip
            content["organisations"] = [{"name": "Muestra Sporting Goods (fictional)", "role": "dealer",
                                         "address": address}]  # fmt: skip
            number = bait("phone", write_phone(_DEALER, draw.pick(_TIP_STYLES)), "dealer-1")
            content["phones"] = [*content.get("phones", ()), {"number": number, "country": "US", "role": "dealer"}]
