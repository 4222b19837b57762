"""Enrichment: from a valid event to its facts, each with its origin. Pure: no clock, no network, no state.

`ENRICHERS` is the list to extend: write a function `(Draft) -> Iterable[Finding]` whose docstring is the sentence that
an analyst reads, and add a line. Later ones may read what earlier ones found (`draft.facts`).
"""

from processors.enrichment.draft import Enricher
from processors.enrichment.firearms import enrich_firearms, enrich_time_to_crime
from processors.enrichment.goods import enrich_commodity, enrich_quantity
from processors.enrichment.identifiers import enrich_identifiers
from processors.enrichment.movement import enrich_direction, enrich_flow, enrich_mode
from processors.enrichment.places import enrich_place
from processors.enrichment.texts import (
    enrich_fingerprints,
    enrich_languages,
    enrich_mentions,
    enrich_origin,
    enrich_text_firearms,
    enrich_text_identifiers,
    enrich_text_organisations,
    enrich_text_people,
    enrich_text_places,
    enrich_text_substances,
)
from processors.enrichment.times import enrich_count_basis, enrich_times, enrich_when
from processors.enrichment.watch_list import enrich_watch_list

__all__ = ["ENRICHERS", "RULES_VERSION"]

RULES_VERSION = "7"
"""Grows with every change of a rule that may change a fact; it stands on every report beside the reference version."""

ENRICHERS: tuple[Enricher, ...] = (
    enrich_place,
    enrich_times,
    enrich_when,
    enrich_count_basis,
    enrich_mode,
    enrich_direction,
    enrich_flow,
    enrich_commodity,
    enrich_quantity,
    enrich_identifiers,
    enrich_firearms,
    enrich_time_to_crime,
    enrich_watch_list,
    enrich_languages,
    enrich_mentions,
    enrich_text_substances,
    enrich_text_firearms,
    enrich_text_identifiers,
    enrich_text_people,
    enrich_text_organisations,
    enrich_text_places,
    enrich_fingerprints,
    enrich_origin,
)
