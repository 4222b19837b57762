"""Events and dossiers in plain words, and what `puente events` asks of the index."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.explaining import describe_network
from deploy.explaining_dossier import describe_weakness
from deploy.explaining_dossier_words import DOSSIER_SENTENCES
from deploy.explaining_events import describe_event, list_events
from deploy.explaining_words import Lang
from indexing.errors import QueryRefusedError
from indexing.event_search import EventFilters, make_query
from streams.links import CAUTION
from tests.derived import any_event, any_network, make_event, make_network

LANGUAGES: tuple[Lang, ...] = ("en", "es")
GOODS: list[Any] = [
    {
        "commodity": "fentanyl",
        "measure": "mass_kg",
        "value": 45.0,
        "low": 44.0,
        "high": 50.0,
        "approximate": True,
        "agency": "north",
        "report_id": "N-1",
    },
    {
        "commodity": "cash",
        "measure": "amount",
        "unit": "USD",
        "value": 1200.0,
        "only_news": True,
        "agency": "desk",
        "report_id": "D-1",
    },
]


def test_an_event_is_told_in_english() -> None:
    event = make_event(id="1" * 32, goods=GOODS, origins=2, grade={"reliability": "B", "credibility": "1"})
    assert describe_event(event) == [
        f"Event {'1' * 32}",
        "EXERCISE: these records were made for training and tell of nothing that happened.",
        "On 2024-01-01 (local date).",
        "Where: Canary (point)",
        "Told in 2 records by 1 agency, of 2 independent origins; copies of one text, and the records of one agency, "
        "are one origin.",
        "  canary canary (seizure)",
        "  canary canary (seizure)",
        "Goods, each once, as the best graded official record has them:",
        "  fentanyl about 45 kg (others say 44 to 50; north N-1)",
        "  cash 1,200 USD (told only by news; desk D-1)",
        "Grade B1 (usually reliable; confirmed): that of the best graded origin; only independent origins raise its "
        "credibility.",
        "Handling TLP:RED; released to: nobody.",
        CAUTION["en"],
    ]


def test_the_same_in_spanish_line_by_line() -> None:
    event = make_event(goods=GOODS)
    spanish, english = describe_event(event, "es"), describe_event(event)
    assert len(spanish) == len(english)
    # Only names and values are alike.
    assert set(spanish).isdisjoint(english)
    assert "fentanilo unos 45 kg" in "\n".join(spanish)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_events_are_listed_in_two_lines_each(lang: Lang) -> None:
    lines = list_events([make_event(goods=GOODS), make_event(only_news=True)], 7, "us", lang)
    assert len(lines) == 2 * 2 + 2
    assert {"en": "2 of 7 events in view us.", "es": "2 de 7 hechos en la vista us."}[lang] in lines[-2]
    assert lines[-1] == CAUTION[lang]
    assert "2024-01-01 · Canary" in lines[0]


def test_an_event_that_is_gone_says_so() -> None:
    gone: Any = {"id": "b" * 32, "version": 2, "state": "withdrawn"}
    assert describe_event(gone)[1:] == [
        "There is no event here any more: the report was retracted, or it tells of no single incident.",
        CAUTION["en"],
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dossier_names_people_things_and_what_happened(lang: Lang) -> None:
    network = make_network(
        people=[{"names": ["Rosa Muestra", "MUESTRA, Rosa"], "born": "1980-01-01", "aliases": ["La M"], "reports": 2}],
        vehicles=[{"looks": ["white ford"], "plates": ["TST1001"], "vins": ["VIN1"], "reports": 3}],
        firearms=[{"make": "beretta", "calibre": "9mm", "serial": "FIC204", "reports": 1}],
        phones=[{"value": "+19565550142", "reports": 2}],
        marks=[{"value": "toro", "reports": 2}],
        timeline=[
            {"event": "e" * 32, "day": "2026-03-01", "goods": GOODS, "agencies": ["north"], "reports": 2},
            {"agencies": ["south"], "reports": 1, "basis": "period_total"},
            {"agencies": ["desk"], "reports": 1},
        ],
        timeline_count=5,
    )
    text = "\n".join(describe_network(network, lang))
    for told in ("Rosa Muestra / MUESTRA, Rosa", "1980-01-01", "La M", "ford", "TST1001", "VIN1", "beretta",
                 "FIC204", "+19565550142", "toro", "2026-03-01", "eeeeeeeeeeee"):  # fmt: skip
        assert told in text
    assert {"en": "fentanyl about 45 kg", "es": "fentanilo unos 45 kg"}[lang] in text
    assert {"en": "a period's total, counted in no sum", "es": "no cuenta en ninguna suma"}[lang] in text
    assert {"en": "and 2 more", "es": "y 2 más"}[lang] in text


def test_a_large_network_names_the_link_to_check_first() -> None:
    bridge: Any = {"link": "c" * 32, "left": "a", "right": "b", "score": 3.25, "left_members": 40, "right_members": 60}
    large = make_network(oversized=True, bridges=[bridge], bridge_count=3)
    assert describe_weakness(large, "en")[1:] == ["  cccccccccccc  40 | 60 members, score 3.25", "  and 2 more"]
    assert "no single link" in describe_weakness(make_network(oversized=True, bridges=[], bridge_count=0), "en")[0]
    assert describe_weakness(make_network(oversized=False), "en") == []
    assert "  cccccccccccc  40 | 60 miembros, puntaje 3.25" in describe_network(large, "es")


@given(document=st.one_of(any_event(), any_network()), lang=st.sampled_from(LANGUAGES))
def test_nothing_that_is_told_can_steer_a_terminal(document: Any, lang: Lang) -> None:
    told = describe_network(document, lang) if "link_count" in document else [
        *describe_event(document, lang),
        *list_events([document], 1, "us", lang),
    ]  # fmt: skip
    assert all(line.isprintable() for line in told)


def test_every_sentence_is_told_in_both_languages() -> None:
    for english, spanish in DOSSIER_SENTENCES.values():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, spanish)]
        assert fields[0] == fields[1]
        assert english.count("|") == spanish.count("|")


def test_filters_become_a_query_and_what_is_no_day_is_refused() -> None:
    asked = make_query(
        EventFilters(place="Laredo", since="2026-04-01", until="2026-05-01", commodity="fentanyl", agency="cbp",
                     confirmed=True)
    )["bool"]["filter"]  # fmt: skip
    assert {"term": {"commodities": "fentanyl"}} in asked
    assert {"term": {"agencies": "cbp"}} in asked
    assert {"range": {"day": {"gte": "2026-04-01", "lt": "2026-05-01"}}} in asked
    assert {"range": {"origins": {"gte": 2}}} in asked
    place = asked[-1]["bool"]["should"]
    assert {"term": {"areas": "laredo"}} in place
    assert {"match": {"place.name.text": {"query": "Laredo", "operator": "and"}}} in place
    assert make_query(EventFilters()) == {"bool": {"filter": []}}
    for wrong in ("2026-4-1", "april", "2026-02-30", ""):
        with pytest.raises(QueryRefusedError, match="YYYY-MM-DD"):
            make_query(EventFilters(since=wrong))
