"""Searching on the real Elasticsearch: both languages, numbers, filters, marks, and refused revisions."""

import asyncio
from collections.abc import Iterator
from typing import Any, cast

import orjson
import pytest
import Stemmer

from indexing.bulk import BulkWriter, Operation
from indexing.dead_letters import LetterFilters, find_letter, list_letters
from indexing.elastic import Address, Elastic
from indexing.errors import DeadLetterUnknownError, IndexMissingError, QueryRefusedError, SearchUnreachableError
from indexing.mappings import LETTER_FAMILY
from indexing.search import MARK, Filters, Hits, search
from streams.reports import STATE_RANK, DeadLetter, EnrichedReport
from tests.conftest import RunningServers
from tests.indexed import MOMENT, make_item, make_report
from tests.live.elastic import ask
from tests.live.index_tools import VIEW, index_names, index_reports, prepare_indices, remove_indices

SYNONYMS = [("fentanyl", "fentanilo", "m30")]


def narrative(number: int, text: str, **fields: Any) -> EnrichedReport:
    """A report that says nothing but this text."""
    return make_report(f"FICTION-{number}", items=0, event={"narrative": {"text": text}}, **fields)


class Desk:
    """Reports to search, and the search."""

    def __init__(self, url: str, prefix: str) -> None:
        self.url, self.prefix = url, prefix

    def add(self, *reports: EnrichedReport) -> None:
        """Index reports."""
        index_reports(self.url, self.prefix, reports)

    def add_letter(self, letter: DeadLetter) -> None:
        """Index a dead letter in its state."""
        index = index_names(self.prefix, LETTER_FAMILY)[0]

        async def write() -> None:
            async with Elastic(Address((self.url,))) as elastic:
                operation = Operation(letter["id"], STATE_RANK[letter["state"]], orjson.dumps(letter))
                await BulkWriter(elastic).send_until_done(index, [operation])

        asyncio.run(write())
        ask(self.url, f"{index}/_refresh")

    def ask(self, call: Any) -> Any:
        """Run one call with a connection."""

        async def run() -> Any:
            async with Elastic(Address((self.url,))) as elastic:
                return await call(elastic)

        return asyncio.run(run())

    def search(self, query: str, **options: Any) -> Hits:
        """The hits of a query."""
        found: Hits = self.ask(lambda elastic: search(elastic, VIEW, query, prefix=self.prefix, **options))
        return found

    def ids(self, query: str, **options: Any) -> set[str]:
        """The report numbers that a query finds."""
        return {hit.report_id.removeprefix("FICTION-") for hit in self.search(query, **options).hits}

    def terms(self, analyzer: str, text: str) -> list[str]:
        """What an analyser makes of a text."""
        answer = ask(self.url, f"{self.prefix}reports-{VIEW}/_analyze", {"analyzer": analyzer, "text": text})
        return [token["token"] for token in answer["tokens"]]


@pytest.fixture
def desk(servers: RunningServers, prefix: str) -> Iterator[Desk]:
    prepare_indices(servers.elasticsearch, prefix)
    yield Desk(servers.elasticsearch, prefix)
    remove_indices(servers, prefix)


def test_words_are_found_in_both_languages(desk: Desk) -> None:
    desk.add(
        narrative(1, "Se aseguraron dos camiones con fentanilo en Culiacán."),
        narrative(2, "Officers seized trucks carrying fentanyl near the bridges."),
        narrative(3, "El camión llevaba un cartucho."),
    )
    assert desk.ids("Culiacan") == {"1"}
    assert desk.ids("CULIACÁN") == {"1"}
    assert desk.ids("camión") == {"1", "3"}
    assert desk.ids("cartuchos") == {"3"}
    assert desk.ids("truck bridge") == {"2"}
    assert desk.ids("fentanilo") == {"1"}
    assert desk.ids("fentanilo", synonyms=SYNONYMS) == {"1", "2"}
    assert desk.ids("M30", synonyms=SYNONYMS) == {"1", "2"}
    assert desk.ids("camiones de fentanyl", synonyms=SYNONYMS) == {"1"}, "stop words need not match"


def test_the_grammar_is_simple_and_forgiving(desk: Desk) -> None:
    desk.add(
        narrative(1, "The driver was sent to secondary inspection."),
        narrative(2, "A secondary road; the inspection found nothing."),
        narrative(3, "Nothing here."),
    )
    assert desk.ids("secondary inspection") == {"1", "2"}
    assert desk.ids('"secondary inspection"') == {"1"}
    assert desk.ids("inspection -driver") == {"2"}
    assert desk.ids("driver | road") == {"1", "2"}
    assert desk.ids("insp*") == {"1", "2"}
    assert desk.ids("") == {"1", "2", "3"}
    for odd in ('"', "(((", "a/b\\", "[x TO y]", "field:value", "+-|*~", "~2 AND OR NOT", "\x00", "ñ" * 3000):
        desk.search(odd)


def test_numbers_are_found_whatever_their_dashes(desk: Desk) -> None:
    desk.add(
        make_report(
            "FICTION-1",
            event={
                "conveyances": [{"kind": "truck", "plates": [{"number": "555-FICT"}], "vin": "1M8GDM9AXKP042788"}],
                "phones": [{"number": "+1 956 555 0199"}],
                "case_numbers": [{"system": "carpeta", "number": "FED/FICT/0001/2024", "issuer": "x"}],
            },
        ),
        make_report("FICTION-2", event={"items": [{"kind": "firearm", "make": "Fictional Arms", "serial": "FA 1234"}]}),
    )
    for typed in ("555FICT", "555-fict", "1m8gdm9axkp042788", '"956 555 0199"', "FED-FICT-0001-2024", "FICTION-1"):
        wanted = {"1"} if typed != '"956 555 0199"' else set()
        assert desk.ids(typed) == wanted, typed
    assert desk.ids('"+1 956 555 0199"') == {"1"}
    assert desk.ids("fa1234") == {"2"}
    assert desk.ids("fictional arms") == {"2"}


def test_commodities_and_months_are_found_by_their_names(desk: Desk) -> None:
    place = {"kind": "port", "name": "Laredo", "location": {"lat": 27.5, "lon": -99.5}}
    desk.add(
        make_report("FICTION-1", facts={"place": place}),
        make_report("FICTION-2", items=[make_item(0, kind="firearm", commodity="firearm")]),
    )
    assert desk.ids("M30 Laredo abril", synonyms=SYNONYMS) == {"1"}
    assert desk.ids("fentanilo april 2024") == {"1"}
    assert desk.ids("arma") == {"2"}


def test_filters_and_what_a_hit_says(desk: Desk) -> None:
    march = {**MOMENT, "start": "2024-03-01T06:00:00.000Z", "end": "2024-04-01T05:00:00.000Z", "precision": "month"}
    desk.add(
        make_report("FICTION-1", event={"narrative": {"text": "Fictional pills at the bridge."}}),
        make_report("FICTION-2", agency="fgr", facts={"when": march, "count_basis": "period_total", "event_count": 4}),
        make_report("FICTION-3", retracted=True),
    )
    assert desk.ids("", filters=Filters(agencies=("fgr",))) == {"2"}
    assert desk.ids("", filters=Filters(since="2024-04-01")) == {"1", "2"}, "a month that overlaps may hold the day"
    assert desk.ids("", filters=Filters(since="2024-04-02")) == {"1"}
    assert desk.ids("", filters=Filters(until="2024-04-01")) == {"2"}
    assert desk.ids("", filters=Filters(kinds=("news",))) == set()
    assert desk.ids("", filters=Filters(commodities=("fentanyl",))) == {"1", "2"}
    found = desk.search("pills bridges")
    assert (found.total, found.view) == (1, VIEW)
    assert "obtain the original" in found.notice_en
    assert "original" in found.notice_es
    hit = found.hits[0]
    assert (hit.agency, hit.grade, hit.tlp, hit.count_basis, hit.exercise) == ("cbp", "B2", "GREEN", "incident", True)
    assert hit.items[0]["mass_kg"] == 1.0
    marked = hit.highlights["text"][0]
    assert f"{MARK[0]}pills{MARK[1]}" in marked
    assert f"{MARK[0]}bridge{MARK[1]}" in marked
    with pytest.raises(QueryRefusedError, match="YYYY-MM-DD"):
        desk.search("", filters=Filters(since="yesterday"))


def letter_of(report: EnrichedReport, received: str, **fields: Any) -> DeadLetter:
    """An open dead letter of a later revision of a report."""
    return cast(
        DeadLetter,
        {
            "id": f"{abs(hash((report['id'], received))):032x}"[:32],
            "agency": report["agency"],
            "topic": "intake.cbp",
            "partition": 0,
            "offset": 5,
            "stage": "enrich",
            "received": received,
            "report_id": report["report_id"],
            "document_id": report["id"],
            "event_id": None,
            "reasons": [{"code": "invalid_json", "field": "", "en": "Not JSON.", "es": "No es JSON."}],
            "state": "open",
            "by": None,
            "note": None,
            **fields,
        },
    )


def test_a_report_whose_later_revision_was_refused_says_so(desk: Desk) -> None:
    report, other, old = (make_report(f"FICTION-{number}") for number in (1, 2, 3))
    desk.add(report, other, old)
    later = letter_of(report, "2024-04-09T00:00:00.000Z")
    desk.add_letter(later)
    desk.add_letter(letter_of(old, "2024-04-01T00:00:00.000Z"))  # refused before the revision that stands
    hits = {hit.report_id: hit for hit in desk.search("").hits}
    assert [refused.dead_letter for refused in hits["FICTION-1"].refused] == [later["id"]]
    assert hits["FICTION-1"].refused[0].reasons_es == ("No es JSON.",)
    assert not hits["FICTION-2"].refused
    assert not hits["FICTION-3"].refused
    desk.add_letter({**later, "state": "closed"})
    assert not any(hit.refused for hit in desk.search("").hits)


def test_dead_letters_are_listed_and_found(desk: Desk) -> None:
    report = make_report()
    first = letter_of(report, "2024-04-09T00:00:00.000Z", id="aaaaaa" + "0" * 26)
    second = letter_of(report, "2024-04-10T00:00:00.000Z", id="aaaaaa" + "1" * 26, stage="index", state="closed")
    desk.add_letter(first)
    desk.add_letter(second)

    def listed(**filters: Any) -> list[str]:
        found = desk.ask(lambda elastic: list_letters(elastic, LetterFilters(**filters), prefix=desk.prefix))
        return [letter["id"] for letter in found.letters]

    assert listed() == [first["id"]]
    assert listed(states=()) == [second["id"], first["id"]]
    assert listed(states=(), stage="index") == [second["id"]]
    assert listed(states=(), code="invalid_json", agency="cbp", report_id="FICTION-1") == [second["id"], first["id"]]
    assert listed(agency="fgr") == []
    assert desk.ask(lambda elastic: find_letter(elastic, "AAAAAA0", prefix=desk.prefix)) == first
    for wrong, said in (
        ("aaaaaa", "Several"),
        ("bbbbbbb", "no dead letter"),
        ("xyz", "at least"),
        ("f" * 32, "no dead"),
    ):
        with pytest.raises(DeadLetterUnknownError, match=said):
            desk.ask(lambda elastic, wrong=wrong: find_letter(elastic, wrong, prefix=desk.prefix))


def test_an_unknown_view_and_a_server_that_is_away_are_one_sentence_each(desk: Desk) -> None:
    with pytest.raises(IndexMissingError, match="puente prepare"):
        desk.ask(lambda elastic: search(elastic, "nowhere", "x", prefix=desk.prefix))
    with pytest.raises(SearchUnreachableError, match="check the address"):
        Desk("http://127.0.0.1:1", desk.prefix).search("x")


SAMPLES = """Seized seizures seizing officers carrying trucks bridges smuggled smuggling firearms ammunition
laboratories decomisos decomisaron asegurados aseguramiento vehículos tractocamiones municiones cartuchos armas
laboratorios traficantes migrantes garitas carreteras Culiacán Ñuñez pingüino año AÑOS niños"""


def test_the_analysers_are_what_python_repeats(desk: Desk) -> None:
    """Words, lower case, accents off, Snowball: with PyStemmer the same terms come out."""
    folded = desk.terms("folded", SAMPLES)
    assert (
        folded
        == "".join(
            {"á": "a", "í": "i", "ú": "u", "ñ": "n", "ü": "u", "ó": "o"}.get(char, char) for char in SAMPLES.lower()
        ).split()
    )
    for language in ("spanish", "english"):
        assert desk.terms(language, SAMPLES) == Stemmer.Stemmer(language).stemWords(folded)
    assert desk.terms("folded", "M30's; 9x19-mm\u3000«Ñandú» x" + "y" * 500) == [
        "m30",
        "s",
        "9x19",
        "mm",
        "nandu",
        "x" + "y" * 199,
    ]
    assert desk.terms("number", "FED/CHIH-0001 áb") == ["fedchih0001ab"]
    assert desk.terms("english_query", "the bridges of the rio") == ["bridg", "rio"]
