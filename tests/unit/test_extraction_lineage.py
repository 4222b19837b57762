"""Who a text comes from, and which records are one origin: by release, page and text, in any order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extraction.fingerprints import fingerprint
from processors.extraction.lineage import find_origin, lineage_keys
from processors.extraction.origin_groups import OriginItem, group_origins, read_fingerprint
from processors.extraction.texts import Text
from processors.extraction.urls import canonical_url
from processors.reference.origins import load_origins
from tests.unit import press_copies as press


@pytest.mark.parametrize(
    ("text", "source", "rule"),
    [
        ("SAMPLETON, Texas (AP) — Officers found pills.", "ap", "dateline"),
        ("Villa Inventada, 5 mar (EFE).- Agentes ficticios", "efe", "dateline"),
        ("Hallan pastillas. Con información de EFE", "efe", "credit"),
        ("Hallan pastillas. Con información de la Agencia Reforma", "agencia-reforma", "credit"),
        ("Hallan pastillas en Villa Inventada.\nReuters", "reuters", "credit"),
        ("Pills were found. Source: DEA", "dea", "credit"),
        ("It was so according to a press release by the U.S. Attorney’s Office", "usao", "named release"),
        ("Según un comunicado de la Guardia Nacional, hubo un hallazgo", "gn", "named release"),
        ("Press Release Number: 24-123, U.S. Attorney's Office, Example District", "usao", "release number"),
        ("Comunicado No. 77 de la Secretaría de Marina", "semar", "release number"),
    ],
)
def test_a_source_alone_is_no_release(text: str, source: str, rule: str) -> None:
    origin = find_origin({}, [Text(text)])
    assert origin is not None
    assert (origin.source, origin.rule, origin.key) == (source, rule, None)
    assert text[origin.start : origin.end]


@pytest.mark.parametrize(
    "text",
    [
        "Comunicado 123/24 de la FGR. Texto ficticio",
        "COMUNICADO FGR 123/2024 – Villa Inventada",
        "La Fiscalía General de la República informa. Comunicado de prensa núm. 0123/24",
        "Relleno. " * 400 + "Comunicado FGR 123/24",
    ],
)
def test_a_numbered_release_has_one_key(text: str) -> None:
    origin = find_origin({}, [Text(text)])
    assert origin is not None
    assert origin.key == "release:fgr#123/2024"
    assert "123/" in text[origin.start : origin.end]


def test_a_number_without_year_takes_the_year_of_the_text() -> None:
    origin = find_origin({}, [Text("Comunicado No. 77 de la Secretaría de Marina", date="2024-03-05")])
    assert origin is not None
    assert origin.key == "release:semar#77/2024"


@pytest.mark.parametrize(
    "text",
    [
        "Boletín 12: la fiscalía ficticia",
        "The release of 12 pounds was denied by CBP",
        "News release: 45 kilos, CBP",
        "El 5 de marzo (AP) se fue",
        "comunicado 5 de marzo de 2024 FGR",
        "Nothing (see below) - CBP",
        "He said the DEA and EFE were there",
        "",
    ],
)
def test_what_names_no_origin(text: str) -> None:
    assert find_origin({}, [Text(text)]) is None


def _declared(**entry: Any) -> dict[str, Any]:
    return {"lineage": [entry]}


def test_the_record_s_own_lineage_goes_first() -> None:
    event = _declared(origin="Example Wire (fictional)", origin_id="wire-7", relation="copy")
    origin = find_origin(event, [Text("Comunicado 123/24 de la FGR")])
    assert origin is not None
    assert (origin.name, origin.key) == ("Example Wire (fictional)", "release:example-wire-fictional#wire-7")
    assert origin.field == "lineage[0]"


def test_a_declared_number_is_the_number_in_a_text() -> None:
    declared = find_origin(_declared(origin="FGR", origin_id="FGR/0123/24"), [])
    read = find_origin({}, [Text("Comunicado 123/2024 de la FGR")])
    assert declared is not None
    assert read is not None
    assert declared.key == read.key


def test_a_quote_is_no_copy_and_two_copies_are_neither() -> None:
    assert find_origin(_declared(origin="Example Wire", origin_id="7", relation="quotes"), []) is None
    two = {"lineage": [{"origin": "Example Wire", "origin_id": "7"}, {"origin": "Mock Wire", "origin_id": "8"}]}
    origin = find_origin(two, [Text("Comunicado 123/2024 de la FGR")])
    assert origin is not None
    assert origin.key is None


@pytest.mark.parametrize(
    "written",
    [
        "By Fictional Author-Sample, Example Wire",
        "Example Wire, by Fictional Author-Sample",
        "Por Ficticio Autor / Example Wire",
        "Example Wire | Por Ficticio Autor",
        "Example Wire fictional.author@wire.example",
        "Example Wire @ficticio_autor",
    ],
)
def test_bylines_enter_no_origin(written: str) -> None:
    origin = find_origin(
        _declared(origin=written, origin_id="7", url="https://wire.example/author/ficticio-autor/7"), []
    )
    assert origin is not None
    assert "author" not in repr(origin).lower()
    assert "autor" not in repr(origin).lower()
    assert origin.source == "example-wire"


def test_a_byline_in_a_text_is_never_read() -> None:
    text = "Por Ficticio Autor\nVILLA INVENTADA (EFE).- Texto. Con información de Ficticio Autor"
    origin = find_origin({"url": "https://news.example/autor/ficticio-autor/7"}, [Text(text)])
    assert "autor" not in repr(origin).lower()
    assert "autor" not in repr(lineage_keys({"url": "https://news.example/autor/ficticio-autor/7"}, origin)).lower()


@given(st.text(alphabet="comunicado release(AP)-no.123/24 \nFGR", max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    origin = find_origin({}, [Text(text)])
    assert origin is None or 0 <= origin.start < origin.end <= len(text)


def test_the_table_cites_its_source_and_folds_its_names() -> None:
    assert all(Text(name).plain == name for name in load_origins())


PAGES = (
    "https://www.news.example/a/?utm_source=x&fbclid=1#top",
    "http://news.example/a",
    "https://m.news.example/a/amp?gclid=2",
    "HTTPS://NEWS.EXAMPLE:443/a/index.html",
)


def test_one_page_has_one_address() -> None:
    assert {canonical_url(page) for page in PAGES} == {"news.example/a"}
    assert canonical_url("https://news.example/a?b=2&a=1") == canonical_url("https://news.example/a?a=1&b=2")
    assert canonical_url("https://news.example/a?id=1") != canonical_url("https://news.example/a?id=2")


@pytest.mark.parametrize(
    "url", ["https://news.example/", "https://[::1", "https://x:99999/a", "junk", "", "https://\ud800.x/a?b=\ud800"]
)
def test_front_pages_and_junk_have_none(url: str) -> None:
    assert canonical_url(url) is None


@given(st.text(alphabet="htps:/.?=&#wma@%25[] é\t", max_size=40) | st.text(max_size=40))
def test_canonical_addresses_stay_as_they_are(rest: str) -> None:
    page = canonical_url(f"https://news.example/{rest}")
    assert page is None or canonical_url(page) == page


def _item(id_: str, text: str, *keys: str) -> OriginItem:
    found = fingerprint(Text(text))
    return OriginItem(id_, keys, (found,) if found else ())


BULLETINS = [
    _item("release", press.RELEASE),
    _item("verbatim", press.RELEASE),
    _item("headline", press.COPY_WITH_HEADLINE),
    _item("cut", press.COPY_WITH_CUT_TAIL),
    _item("edited", press.COPY_WITH_CHANGED_PARAGRAPH),
    _item("translation", press.TRANSLATION),
    _item("figures", press.OTHER_FIGURES),
    _item("place", press.OTHER_PLACE),
    _item("boilerplate 1", press.ENGLISH_RELEASE + press.BOILERPLATE),
    _item("boilerplate 2", press.RELEASE_ABOUT_SOMETHING_ELSE + press.BOILERPLATE),
]
GROUPS = [
    ["boilerplate 1"],
    ["boilerplate 2"],
    ["cut", "edited", "headline", "release", "verbatim"],
    ["figures"],
    ["place"],
    ["translation"],
]


@given(st.permutations(BULLETINS), st.lists(st.sampled_from(BULLETINS)))
def test_copies_are_one_origin_in_any_order(items: list[OriginItem], repeated: list[OriginItem]) -> None:
    assert group_origins([*items, *repeated]) == GROUPS


def test_equal_keys_unite_whatever_the_texts() -> None:
    items = [
        _item("es", press.RELEASE, "release:x#1"),
        _item("en", press.TRANSLATION, "release:x#1", "page:a"),
        _item("page", press.BOILERPLATE, "page:a"),
    ]
    assert group_origins(items) == [["en", "es", "page"]]


def test_a_short_copy_that_fits_two_bulletins_does_not_make_them_one() -> None:
    without_figures = press.RELEASE.replace("45 kilogramos de metanfetamina y 12,400 pastillas azules", "droga")
    items = [_item("a", press.RELEASE), _item("b", press.OTHER_FIGURES), _item("short", without_figures)]
    groups = group_origins(items)
    assert not any({"a", "b"} <= {*group} for group in groups)
    assert groups == group_origins(items[::-1])


def test_short_routine_texts_unite_nothing() -> None:
    routine = "A fictional driver was referred to secondary inspection on that day."
    assert group_origins([_item("a", routine), _item("b", routine)]) == [["a"], ["b"]]


PHRASES = [
    "en Villa Inventada",
    "45 kilos",
    "52 kilos",
    "de cristal fueron asegurados",
    "por agentes ficticios",
    "un lunes",
]
ITEMS = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.lists(st.sampled_from(PHRASES), min_size=5, max_size=9),
        st.sampled_from(["", "k", "l"]),
    ),
    max_size=12,
).map(lambda rows: [_item(id_, " ".join(parts), *filter(None, [key])) for id_, parts, key in rows])


@given(ITEMS, st.randoms(use_true_random=False))
def test_groups_are_a_function_of_the_set(items: list[OriginItem], chance: Any) -> None:
    groups = group_origins(items)
    shuffled = [*items, *items]
    chance.shuffle(shuffled)
    assert group_origins(shuffled) == groups
    assert sorted(id_ for group in groups for id_ in group) == sorted({item.id for item in items})


def test_fingerprints_come_back_from_the_wire() -> None:
    found = fingerprint(Text(press.RELEASE))
    assert found is not None
    wire = {
        "field": "body",
        "exact": found.exact,
        "minhash": list(found.bands),
        "words": found.words,
        "details": list(found.details),
    }
    assert read_fingerprint(wire) == found
