"""Release fails closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.release import released_views
from streams.contracts import Handling

VIEWS = ("joint", "us", "mx")
SHARED = ["AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]


def test_the_default_is_the_own_agency_alone() -> None:
    assert released_views(Handling(), VIEWS) == ()


@pytest.mark.parametrize("tlp", SHARED)
def test_a_release_names_its_views(tlp: str) -> None:
    handling = Handling(tlp=tlp, releasable_to=("mx", "joint"))  # type: ignore[arg-type]
    assert released_views(handling, VIEWS) == ("joint", "mx")
    assert released_views(handling, ("us",)) == ()
    assert released_views(handling, ()) == ()


def test_red_goes_nowhere() -> None:
    assert released_views(Handling(tlp="RED", releasable_to=VIEWS), VIEWS) == ()


def test_a_mark_that_nobody_knows_goes_nowhere() -> None:
    handling = Handling.model_construct(tlp="PURPLE", releasable_to=VIEWS)  # type: ignore[arg-type]
    assert released_views(handling, VIEWS) == ()


@given(
    tlp=st.sampled_from(["RED", *SHARED]),
    released=st.lists(st.sampled_from(["joint", "us", "mx", "press", "all"]), max_size=6),
    views=st.lists(st.sampled_from(VIEWS), max_size=4),
)
def test_no_view_sees_what_was_not_released_to_it(tlp: str, released: list[str], views: list[str]) -> None:
    handling = Handling(tlp=tlp, releasable_to=tuple(released))  # type: ignore[arg-type]
    seen = released_views(handling, views)
    assert set(seen) == (set() if tlp == "RED" else set(views) & set(released))
    assert len(set(seen)) == len(seen)
