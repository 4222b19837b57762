"""The strict mapping of a place holds every field that enrichment may give."""

from typing import get_type_hints

from indexing.fields import PLACE
from streams.reports import PlaceFacts
from streams.text_facts import PlaceCandidate


def test_the_mapping_has_every_field_of_a_place_and_its_candidates() -> None:
    assert set(PLACE["properties"]) == set(get_type_hints(PlaceFacts))
    assert set(PLACE["properties"]["candidates"]["properties"]) == set(get_type_hints(PlaceCandidate))
