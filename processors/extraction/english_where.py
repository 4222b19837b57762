"""Where the amounts of each English sentence were seized, and by whom."""

from processors.extraction.english_context import read_agency
from processors.extraction.english_marks import IN_AGENCY, IN_BORDER, IN_HOUSE, IN_LEAD, IN_ROAD, IN_SITE, Clause, Marks
from processors.extraction.english_places import Site, choose_site, find_sites
from processors.extraction.texts import Text
from processors.extraction.word_sets import word_set

__all__ = ["Whereabouts"]

_COURT = word_set("sentenced convicted pleaded court prison jail trial jury judge born")
_BACK = 3
"""How many sentences back a place is looked for, within the paragraph."""


class Whereabouts:
    """The places and agencies of one text; each is looked for when an amount needs it, and once."""

    def __init__(self, text: Text, marks: Marks, earlier: list[Clause]) -> None:
        """`earlier` are the sentences before the one that is read, as they come."""
        self.text, self.marks, self.earlier = text, marks, earlier
        self._sites: dict[int, list[Site]] = {}
        self._of_agency = self._of_site = -1
        self._agency: str | None = None
        self._site: Site | None = None

    def find_agency(self, clause: Clause) -> str | None:
        """The agency that a sentence names first."""
        if not clause.bits & IN_AGENCY:
            return None
        if self._of_agency != clause.first:
            self._of_agency = clause.first
            self._agency = read_agency(self.text, self.marks.find(clause, IN_AGENCY), clause.start, clause.end)
        return self._agency

    def find_site(self, clause: Clause, end: int, cumulative: bool) -> Site | None:
        """The place of an amount that ends at `end`: the first behind it in its sentence, else the last before it; else
        that of the sentences before, which a total over a period is not of.
        """
        site = choose_site(self._find_sites(clause), end)
        if site is not None or cumulative:
            return site
        if self._of_site != clause.first:
            self._of_site, self._site = clause.first, self._find_before(clause.start)
        return self._site

    def _find_before(self, start: int) -> Site | None:
        """The last place of the sentences before in the same paragraph; a court's sentence tells none."""
        for clause in reversed(self.earlier[-_BACK:]):
            if "\n\n" in self.text.raw[clause.start : start].rstrip():
                return None
            sites = [site for site in self._find_sites(clause) if not site.border]
            if sites and _COURT.isdisjoint(self.text.plains[clause.first : clause.after]):
                return sites[-1]
        return None

    def _find_sites(self, clause: Clause) -> list[Site]:
        if not clause.bits & IN_SITE:
            return []
        sites = self._sites.get(clause.first)
        if sites is None:
            leads, houses = self.marks.find(clause, IN_LEAD), self.marks.find(clause, IN_HOUSE)
            borders, roads = clause.bits & IN_BORDER != 0, clause.bits & IN_ROAD != 0
            sites = find_sites(self.text, clause.first, clause.after, leads, houses, borders, roads)
            self._sites[clause.first] = sites
        return sites
