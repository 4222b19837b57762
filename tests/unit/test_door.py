"""A-numbers and asylum claims are refused with the citation; look-alikes pass; news may report on asylum."""

from collections.abc import Mapping

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streams import door
from streams.parsing import canonical_json, parse_event
from streams.refusals import Refused


def refused_field(event_type: str, tree: Mapping[str, object]) -> str | None:
    """The field for which an event is refused at the door, or None if it passes."""
    try:
        parse_event(event_type, orjson.dumps(tree), limit=1 << 20)
    except Refused as refused:
        (reason,) = refused.reasons
    else:
        return None
    assert reason.code == "asylum_confidential"
    assert "8 CFR 208.6" in reason.en
    assert "8 CFR 208.6" in reason.es
    return reason.field


def seizure(text: str) -> dict[str, object]:
    return {"report_id": "a", "narrative": {"text": text}}


CONFIDENTIAL = [
    "A 123 456 789",
    "a\n12 345 678",
    "A-number: 123456789",
    "A# 12345678",
    "alien registration number is A123456789",
    "USCIS #123-456-789",
    "número A: 123456789",
    "número  A: 123456789",
    "numero de extranjero 12345678",
    "número de registro de extranjero: A123456789",
    "ALIEN NUMBER A12345678",
    "A-file: 123456789",
    "The driver claimed asylum",
    "He requested political asylum at the bridge",
    "credible fear interview",
    "has a reasonable\nfear",
    "Form I-589 was filed",
    "withholding of removal",
    "fear of returning",
    "solicitó asilo en la garita",
    "solicitud de refugio",
    "manifestó temor fundado",
    "refugee status",
]
HARMLESS = [
    "Serial A123456789 on the receiver",
    "Highway A 12, kilometre 345",
    "A 15 km de Mexicali",
    "Plates A12-345-B",
    "The passenger had no fear",
    "an alienated market",
    "en la mano 12 paquetes",
    "number 123456789",
    "a refuge for birds",
]


@pytest.mark.parametrize("text", CONFIDENTIAL)
def test_confidential_text_is_refused(text: str) -> None:
    assert refused_field("puente.seizure.v1", seizure(text)) == "narrative.text"


@pytest.mark.parametrize("text", CONFIDENTIAL)
def test_confidential_text_is_refused_beside_accents_quotes_and_backslashes(text: str) -> None:
    for around in ('Señaló: "{}"', "tab\t{}\u0001", "c:\\{}", "“{}”"):
        if around.endswith("\\{}") and refused_field("puente.seizure.v1", seizure(text)) is None:
            continue
        assert refused_field("puente.seizure.v1", seizure(around.format(f" {text} "))) == "narrative.text"


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_passes(text: str) -> None:
    assert refused_field("puente.seizure.v1", seizure(text)) is None


def test_every_field_is_looked_at() -> None:
    claim = "applied for asylum"
    person = {"roles": ["suspect"], "note": claim}
    assert refused_field("puente.case.v1", {"report_id": "a", "kind": "arrest", "people": [person]}) == "people[0].note"
    item = {"kind": "property", "type": "papers", "disposition": claim}
    assert refused_field("puente.seizure.v1", {"report_id": "a", "items": [item]}) == "items[0].disposition"
    offence = {"name": "fictional", "statute": claim}
    assert refused_field("puente.case.v1", {"report_id": "a", "kind": "arrest", "offences": [offence]}) is not None


@pytest.mark.parametrize("kind", ["A-Number", "a number", "ALIEN_NUMBER", "uscis number", "anumber"])
def test_identifier_that_is_an_a_number_is_refused(kind: str) -> None:
    person = {"roles": ["suspect"], "identifiers": [{"kind": kind, "value": "123456789"}]}
    tree = {"report_id": "a", "kind": "arrest", "people": [person]}
    assert refused_field("puente.case.v1", tree) == "people[0].identifiers[0].kind"


def test_news_may_speak_of_asylum_but_not_of_a_numbers() -> None:
    news = {
        "report_id": "a",
        "outlet": "El Ficticio",
        "title": "Cientos solicitaron asilo",
        "body": "They claimed asylum.",
    }
    assert refused_field("puente.news.v1", news) is None
    assert refused_field("puente.news.v1", {**news, "body": "Su número A: 123456789"}) == "body"


fragments = st.sampled_from(
    [
        *CONFIDENTIAL,
        *HARMLESS,
        "ASYLUM",
        "a\u0131ien",
        "a\u017fylum",
        "\u212a",
        "A\u00a012\u00a0345 678",
        "\\n",
        "A-",
        "ñ",
    ]
)


@given(
    st.lists(fragments | st.text(max_size=10), max_size=6).map("".join) | st.lists(fragments, max_size=4).map("\n".join)
)
@example("número  A: 123456789")
@example("applied for a\u017fylum")
@example("A \u0661\u0662 \u0663\u0664\u0665 678")
@example("A\u001f12 345 678")
def test_quick_look_never_overlooks_what_the_patterns_find(text: str) -> None:
    found = door._A_NUMBER.search(text) or door._CLAIM.search(text)
    if found:
        assert door._needs_a_look(canonical_json({"narrative": {"text": text}}))
