"""What a supervisor, a judge and a journalist read about a link and a network."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.describing import describe_alert
from deploy.explaining import describe_network, explain_link, list_networks, outline_network
from deploy.explaining_words import CREDIBILITY, IDENTIFIERS, ISSUERS, KINDS, PLACES, RELIABILITY, Lang
from processors.correlation.weights import PRIOR
from processors.correlation.wording import COMMODITIES
from streams.links import CAUTION
from streams.reports import Commodity, IdentifierKind, PlaceFacts, ReportKind
from tests.derived import any_link, any_network, make_alert, make_link, make_network, told_scenario

LANGUAGES: tuple[Lang, ...] = ("en", "es")

REASON: Any = {
    "feature": "share_plate",
    "level": "rare",
    "kind": "plate",
    "value": "555XYZ",
    "weight": 1.0,
    "left": {
        "agency": "north",
        "report_id": "N-1",
        "field": "plates[0].number",
        "as_written": "555-xyz",
        "issuer": "Texas, US",
    },
    "right": {
        "agency": "south",
        "report_id": "S-1",
        "field": "plates[1].number",
        "as_written": "555 XYZ",
    },
    "sentence_en": "Both reports write a licence plate with the same characters: 555XYZ.",
    "sentence_es": "Los dos informes escriben una placa con los mismos caracteres: 555XYZ.",
}
LINK = make_link(
    id="a" * 32,
    strength="strong",
    score=1.0,
    reports=[
        {"id": "1" * 32, "agency": "north", "report_id": "N-1", "kind": "seizure"},
        {"id": "2" * 32, "agency": "south", "report_id": "S-1", "kind": "case"},
    ],
    reasons=[REASON],
    reason_count=2,
    grade={"reliability": "C", "credibility": "3"},
    handling={"tlp": "AMBER", "releasable_to": ["joint", "mx"]},
)

EXPLAINED_EN = """\
Link aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
EXERCISE: these records were made for training and tell of nothing that happened.
Two records may belong together:
  A: north N-1 (seizure)
  B: south S-1 (case)
What speaks for it:
  1. Both reports write a licence plate with the same characters: 555XYZ. (weight 1)
     A writes “555-xyz” in plates[0].number; issuer as the record says: Texas, US
     B writes “555 XYZ” in plates[1].number; the record names no issuer
  and 1 more, not listed
Weights are natural logarithms of how many times more often a thing is seen in pairs that belong together than in \
others. Each feature counts once; with PRIOR to begin with they add up to 1.
The link: strong. It is strong, and joins networks, from a probability of 95 % on, and only if it rests on an \
identifier or on a full name with the birth date.
Grade C3 (fairly reliable; possibly true): on each axis that of the weaker source.
Handling TLP:AMBER; released to: joint, mx.
Not known: how probable it is that the two belong together; no probability has been calculated.
Not known: whether both mean the licence plate of the same state or authority: the records do not settle it, and \
others may give out the same characters.
Not known: whether the same person is behind both; a number may be mistyped, lent, sold on or cloned.
A lead, not proof: obtain the original records from their owners before you act on it.""".replace("PRIOR", f"{PRIOR:g}")

OUTLINED_ES = """\
111111111111  2 informes, 1 institución, 1 dato compartido  EJERCICIO
  Informes de: canary
  Del 2024-01-01 al 2024-01-01 (fechas locales) · Canary · fentanilo 1.5 kg, 1 pastilla · F6 · TLP:RED"""


def test_a_link_is_explained_in_english() -> None:
    assert "\n".join(explain_link(LINK)) == EXPLAINED_EN


def test_the_same_in_spanish_line_by_line() -> None:
    spanish = explain_link(LINK, "es")
    assert len(spanish) == len(EXPLAINED_EN.splitlines())
    assert REASON["sentence_es"] in spanish[6]
    assert spanish[-1] == CAUTION["es"]
    # Only names, fields and values are alike.
    assert {line.strip() for line in spanish} & {line.strip() for line in EXPLAINED_EN.splitlines()} == set()


def test_a_network_in_three_lines() -> None:
    assert "\n".join(outline_network(make_network(id="1" * 32), "es")) == OUTLINED_ES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_network_of_the_scenario_names_its_owners_its_numbers_and_its_limits(lang: Lang) -> None:
    folded = told_scenario().folded
    for network in folded.live_networks().values():
        text = "\n".join(describe_network(network, lang, links=list(folded.live_links().values())[:2]))
        for agency in network["agencies"]:
            line = next(line for line in text.splitlines() if line.startswith(f"  {agency}: "))
            for member in network["members"]:
                assert (f"{member['report_id']} (" in line) or member["agency"] != agency
        for one in network["identifiers"]:
            assert one["value"] in text
        assert {"en": "EXERCISE", "es": "EJERCICIO"}[lang] in text
        assert {"en": "Each event counts once", "es": "Cada hecho cuenta una vez"}[lang] in text
        assert CAUTION[lang] in text
        assert f"TLP:{network['handling']['tlp']}" in text
        assert "puente why ID" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_became_of_an_old_network_is_said(lang: Lang) -> None:
    gone: Any = {"id": "b" * 32, "version": 2, "state": "withdrawn"}
    merged, named, withdrawn, caution = describe_network(gone, lang, followed=["a" * 32])
    assert "a" * 32 in merged
    assert "b" * 32 in merged
    assert named.endswith("b" * 32)
    assert {"en": "withdrawn", "es": "retirada"}[lang] in withdrawn
    link: Any = {"id": "c" * 32, "version": 2, "state": "withdrawn", "left": "1" * 32, "right": "2" * 32}
    assert {"en": "withdrawn", "es": "retirado"}[lang] in explain_link(link, lang)[1]
    assert explain_link(link, lang)[-1] == caution == CAUTION[lang]


def test_a_probability_is_told_once_there_is_one() -> None:
    text = "\n".join(explain_link(make_link(probability=0.874)))
    assert "87 %" in text
    assert "no probability" not in text


@pytest.mark.parametrize(
    ("probability", "lang", "told"),
    [(0.996, "en", "over 99 %"), (1.0, "es", "más de 99 %"), (0.99, "en", " 99 %"), (0.001, "es", "menos de 1 %")],
)
def test_a_probability_never_reads_as_certain(probability: float, lang: Lang, told: str) -> None:
    text = "\n".join(explain_link(make_link(probability=probability), lang))
    assert told in text
    assert "100 %" not in text


def test_a_network_without_local_days_is_told_in_instants() -> None:
    network: Any = {**make_network()}
    del network["first_day"], network["last_day"]
    assert "From 2024-01-01 06:00 UTC until 2024-01-02 06:00 UTC." in describe_network(network)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_networks_names_owners_what_is_counted_and_the_caution(lang: Lang) -> None:
    networks = list(told_scenario().folded.live_networks().values())
    lines = list_networks(networks, 7, "us", lang)
    assert {"en": "3 of 7 networks in view us.", "es": "3 de 7 redes en la vista us."}[lang] in lines[-3]
    assert {"en": "Each event counts once", "es": "Cada hecho cuenta una vez"}[lang] in lines[-2]
    assert lines[-1] == CAUTION[lang]
    for network in networks:
        assert any(line.endswith(f": {', '.join(network['agencies'])}") for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_alert_on_a_network_says_which_and_whose(lang: Lang) -> None:
    about: Any = {"kind": "network", "id": "0" * 32}
    views: Any = {"tlp": "AMBER", "releasable_to": ["joint", "mx"]}
    alert: Any = make_alert("x", agencies=["north", "south"], handling=views, view="mx")
    alert["subject"] = about
    text = "\n".join(describe_alert(alert, lang))
    assert {"en": "Records of: north, south", "es": "Informes de: north, south"}[lang] in text
    assert f"puente network {'0' * 32} --view mx" in text
    assert {"en": "TLP:AMBER · released to: joint, mx", "es": "TLP:AMBER · autorizado para: joint, mx"}[lang] in text
    assert {"en": "until 2024-01-01 06:00 UTC", "es": "hasta 2024-01-01 06:00 UTC"}[lang] in text
    of_report = "\n".join(describe_alert(make_alert("x"), lang))
    assert {"en": "from 2024-01-01 06:00 UTC", "es": "desde 2024-01-01 06:00 UTC"}[lang] in of_report
    gone: Any = {**make_alert("x", state="withdrawn"), "subject": about}
    assert {"en": ": network 000", "es": ": red 000"}[lang] in describe_alert(gone, lang)[0]


def test_spanish_says_from_when_on_as_spanish_does() -> None:
    text = "\n".join(explain_link(LINK, "es"))
    assert "a partir de una probabilidad de 95 %" in text
    assert "Indicios a favor:" in text


def test_owners_are_never_cut() -> None:
    members: Any = [
        {"id": f"{number:032x}", "agency": "north", "report_id": f"N-{number:04}", "kind": "seizure"}
        for number in range(1000)
    ]
    network = make_network(members=members, member_count=1200, oversized=True)
    network["agencies"] = ["north", "south"]
    lines = describe_network(network)
    north = next(line for line in lines if line.startswith("  north: "))
    assert all(f"N-{number:04} (seizure)" in north for number in range(1000))
    assert "  south: none of its reports is listed" in lines
    assert "  and 200 more" in lines
    assert any("1,000 of 1,200" in line for line in lines)


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    identifiers: Any = [{"kind": "plate", "value": f"TST{number:04}", "reports": 2} for number in range(100)]
    lines = describe_network(make_network(identifiers=identifiers, identifier_count=120))
    assert sum("TST0" in line for line in lines) == 40
    assert "  and 80 more" in lines


@given(document=st.one_of(any_link(), any_network()), lang=st.sampled_from(LANGUAGES))
def test_nothing_that_is_told_can_steer_a_terminal(document: Any, lang: Lang) -> None:
    lines = (
        explain_link(document, lang)
        if "left" in document
        else [*describe_network(document, lang), *outline_network(document, lang)]
    )
    assert all(line.isprintable() for line in lines)


def test_every_code_has_its_words() -> None:
    assert set(COMMODITIES) == set(get_args(Commodity))
    assert set(IDENTIFIERS) == set(get_args(IdentifierKind))
    assert set(ISSUERS) < set(IDENTIFIERS)
    assert set(KINDS) == set(get_args(ReportKind))
    assert set(PLACES) == set(get_args(PlaceFacts.__annotations__["kind"])) - {"unresolved"}
    assert set(RELIABILITY) == set("ABCDEF")
    assert set(CREDIBILITY) == set("123456")
