"""Whatever a valid event says, the runner makes facts of it, and the same ones each time."""

from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.enrichment import ENRICHERS
from streams.contracts import MONTHS
from streams.contracts.goods import Item
from streams.reports import Commodity, EnrichedReport
from tests.unit.enriching import make_stage, open_output, run, store

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=30).filter(str.strip)
UNIT = st.sampled_from(["lb", "kg", "Ton (US)", "tons", "gal", "pills", "cartuchos", "each", "MXN", "$", "ha"]) | TEXT
NAME = st.sampled_from(["Fentanyl", "fentanilo/heroína", "Other Drugs**", "Unknown", "y", "4-ANPP", "amapola"]) | TEXT
ZONE = st.none() | st.sampled_from(["America/Tijuana", "America/Matamoros", "UTC", "-06:00"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A dictionary with any of the fields, those that drew None left out."""
    return st.fixed_dictionaries({}, optional=fields).map(
        lambda drawn: {name: value for name, value in drawn.items() if value is not None}
    )


def merged(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """The union of drawn dictionaries."""
    return st.tuples(*parts).map(lambda drawn: {name: value for part in drawn for name, value in part.items()})


DATES = st.dates(min_value=__import__("datetime").date(1901, 1, 1), max_value=__import__("datetime").date(2025, 5, 30))
MOMENT = st.one_of(
    st.builds(
        lambda day, form, zone: {"value": day.strftime(form)} | ({"zone": zone} if zone else {}),
        DATES,
        st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT02:30", "%Y-%m-%dT01:30:00.5-05:00"]),
        ZONE,
    ),
    st.builds(
        lambda year, month: {"fiscal_year": year} | ({"month": month} if month else {}),
        st.integers(1902, 2024),
        st.none() | st.sampled_from(MONTHS),
    ),
)
QUANTITY = st.fixed_dictionaries(
    {"value": st.floats(0, 1e5), "unit": UNIT}, optional={"approximate": st.booleans()}
)  # fmt: skip
PLACE = merged(
    st.fixed_dictionaries({"as_written": TEXT}),
    some(
        country=st.sampled_from(["US", "MX", "CO", "ZZ"]),
        state=st.sampled_from(["Texas", "Sonora", "Mich.", "México"]) | TEXT,
        port_of_entry=st.sampled_from(["Laredo", "Nogales", "Nogales, Arizona", "2507", ",", "Calexico"]) | TEXT,
        office=st.sampled_from(["LAREDO FIELD OFFICE", "RGV", "Laredo"]) | TEXT,
        region=st.sampled_from(["Southwest Border"]) | TEXT,
        codes=st.lists(
            st.fixed_dictionaries(
                {"system": st.sampled_from(["inegi", "fips", "cbp_port", "x"]),
                 "value": st.sampled_from(["28", "48479", "2604", "99", "٣٤", "abc"])}
            ),
            max_size=3,
        ),
    ),
    st.just({}) | st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}),
)  # fmt: skip
SHARED_ITEM = some(quantity=QUANTITY, packages=QUANTITY)
KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "substance": merged(st.fixed_dictionaries({"name": NAME}), some(form=st.sampled_from(["pill", "Polvo"]) | TEXT)),
    "precursor": st.fixed_dictionaries({"name": NAME}),
    "laboratory": some(capacity=QUANTITY),
    "plantation": merged(st.fixed_dictionaries({"crop": NAME}), some(hectares=st.floats(0, 1000))),
    "firearm": some(serial=TEXT),
    "ammunition": some(),
    "magazine": some(capacity=st.integers(1, 100)),
    "firearm_part": st.fixed_dictionaries({"part": TEXT}),
    "explosive": some(type=TEXT),
    "currency": some(),
    "fuel": some(fuel_type=TEXT),
    "property": st.fixed_dictionaries({"type": TEXT}),
}
ITEM = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: merged(st.just({"kind": kind}), KINDS[kind], SHARED_ITEM)
)  # fmt: skip
HEAD = st.fixed_dictionaries(
    {"report_id": TEXT, "handling": st.just({"tlp": "CLEAR", "releasable_to": ["joint"]})}
)  # fmt: skip
SEIZURE = merged(
    HEAD,
    st.fixed_dictionaries({"narrative": st.just({"text": "Fictional."})}),
    some(
        occurred=MOMENT,
        seized=MOMENT,
        reported=MOMENT,
        place=PLACE,
        items=st.lists(ITEM, max_size=5),
        direction=st.sampled_from(["INBOUND", "salida", "southbound", "OTHER"]) | TEXT,
        mode=st.sampled_from(["Land", "aérea", "Mail"]) | TEXT,
        event_count=st.integers(0, 1000),
    ),
    st.just({}) | st.fixed_dictionaries({"count_basis": st.just("period_total"), "period": MOMENT}),
)
CASE = merged(
    HEAD, st.fixed_dictionaries({"kind": st.just("arrest")}), some(occurred=MOMENT, reported=MOMENT, place=PLACE)
)
NEWS = merged(
    HEAD, st.fixed_dictionaries({"outlet": TEXT, "title": st.just("Fictional")}), some(published=MOMENT, place=PLACE)
)
EVENT = st.one_of(
    st.tuples(st.just("puente.seizure.v1"), SEIZURE),
    st.tuples(st.just("puente.case.v1"), CASE),
    st.tuples(st.just("puente.news.v1"), NEWS),
)


def test_the_strategies_know_every_kind_of_item() -> None:
    models = get_args(get_args(Item)[0])
    assert {get_args(model.model_fields["kind"].annotation)[0] for model in models} == set(KINDS)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed=EVENT, agency=st.sampled_from(["cbp", "fgr", "press"]))
def test_every_valid_event_is_enriched_and_always_alike(typed: tuple[str, dict[str, Any]], agency: str) -> None:
    event_type, event = typed
    stage = make_stage()
    outputs = run(stage, store(event, agency=agency, event_type=event_type))
    assert stage.counts["refused.enrichment_failed"] == 0
    if stage.counts["refused"]:
        # Drawn past a limit (1e5 tonnes); nothing else can be wrong with these.
        assert {code for code in stage.counts if "." in code} == {"refused.absurd_quantity"}
        return
    [output] = outputs
    report = open_output(output)
    assert set(report) == set(EnrichedReport.__required_keys__)
    facts = report["facts"]
    assert [item["ordinal"] for item in facts["items"]] == list(range(len(event.get("items", ()))))
    for item in facts["items"]:
        assert item["commodity"] in get_args(Commodity)
        assert ("count" in item) == ("count_unit" in item)
        assert ("amount" in item) == ("currency" in item)
    for span in [facts["when"], *facts["times"].values()]:
        assert span["start"] < span["end"]
    for origin in report["provenance"]:
        assert origin["rule"].split(":")[0] in {enricher.__name__ for enricher in ENRICHERS}
        for field in origin["fields"]:
            top = field.partition(".")[0].partition("[")[0]
            assert top in event or top in {"count_basis", "direction", "mode"}, field
    assert ("flow" in facts) <= (facts.get("place", {}).get("region") == "southwest_border")
    assert run(make_stage(), store(event, agency=agency, event_type=event_type)) == outputs
