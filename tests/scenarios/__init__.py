"""A seeded generator of fictional scenarios with their truth, and how found links are measured against it."""

from tests.scenarios.scenario import Scenario, generate
from tests.scenarios.truth import Truth

__all__ = ["Scenario", "Truth", "generate"]
