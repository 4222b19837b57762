"""Extraction: what a free text says, in English and Spanish. Pure functions from a `Text` to what was found in it.

Each finder takes a `Text` (`texts.py`) and returns named tuples with `start`, `end` and `rule`. The enrichers of
`processors/enrichment/texts.py` apply them to the texts of an event.
"""
