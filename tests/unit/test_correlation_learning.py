"""Learned weights obey what is known beforehand: a rarer, nearer or closer agreement says at least as much."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processors.correlation.orders import ORDERS, Seen, settle
from processors.correlation.training import Levels, learn_weights
from processors.correlation.weights import WEIGHTS

STEPS = [(name, high, low) for name, chains in ORDERS.items() for chain in chains for high, low in pairwise(chain)]
COUNTS = st.builds(Seen, st.integers(0, 500), st.integers(1, 500))


def pool_adjacent_violators(shares: list[Seen]) -> list[float]:
    """The textbook's way over one chain, from the least to the most, as an oracle."""
    blocks: list[list[Seen]] = []
    for one in shares:
        blocks.append([one])
        while len(blocks) > 1 and share_of(blocks[-2]) >= share_of(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [share_of(block) for block in blocks for _ in block]


def share_of(block: list[Seen]) -> float:
    return Seen(sum(one.matches for one in block), sum(one.others for one in block)).share


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_a_chain_settles_as_pooling_adjacent_violators_does(counts: list[Seen]) -> None:
    levels = [f"level{at}" for at in range(len(counts))]
    settled = settle(dict(zip(levels, counts, strict=True)), [tuple(reversed(levels))])
    assert [settled[level].share for level in levels] == pytest.approx(pool_adjacent_violators(counts))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(ORDERS)), st.data())
def test_any_counts_settle_into_the_order_and_none_gets_lost(name: str, data: st.DataObject) -> None:
    levels = sorted({level for chain in ORDERS[name] for level in chain})
    seen = {level: data.draw(COUNTS) for level in levels}
    settled = settle(seen, ORDERS[name])
    for high, low in [step for chain in ORDERS[name] for step in pairwise(chain)]:
        assert settled[high].share >= settled[low].share - 1e-12
    pairs = {level: one.matches + one.others for level, one in seen.items()}
    expected = sum(pairs[level] * settled[level].share for level in levels)
    assert expected == pytest.approx(sum(one.matches for one in seen.values())), "pooling keeps what was seen"
    shuffled = dict(data.draw(st.permutations(list(seen.items()))))
    assert settle(shuffled, tuple(reversed(ORDERS[name]))) == settled


def test_counts_in_order_stay_as_they_are_and_levels_out_of_any_chain_too() -> None:
    seen = {"rare": Seen(90, 1), "common": Seen(5, 10), "strange": Seen(1, 99)}
    assert settle(seen, (("rare", "common"),)) == seen


def test_no_order_goes_round_in_a_circle() -> None:
    for name, chains in ORDERS.items():
        levels = sorted({level for chain in chains for level in chain})
        falling = {level: Seen(1, 1) for level in levels}
        # A level that is above itself could never be lifted above the one below it.
        for high, low in [step for chain in chains for step in pairwise(chain)]:
            lifted = settle({**falling, high: Seen(99, 1)}, chains)
            assert lifted[high].share > lifted[low].share, (name, high, low)


@pytest.mark.parametrize(("name", "high", "low"), STEPS)
def test_the_weights_checked_in_obey_the_orders(name: str, high: str, low: str) -> None:
    assert WEIGHTS[name][high] >= WEIGHTS[name][low]


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from([(name, high) for name, high, _ in STEPS]), COUNTS, max_size=12))
def test_whatever_the_cases_hold_the_weights_learned_obey_the_orders(counts: dict[tuple[str, str], Seen]) -> None:
    of_matches = Counter({at: int(one.matches) for at, one in counts.items()})
    of_others = Counter({at: int(one.others) for at, one in counts.items()})
    weights = learn_weights(Levels(of_matches.total() + 1, of_others.total() + 1, of_matches, of_others)).weights
    for name, high, low in STEPS:
        assert weights[name][high] >= weights[name][low]


def test_bait_that_clones_rare_plates_does_not_make_common_ones_say_more() -> None:
    of_matches = Counter({("share_plate", "rare"): 600, ("share_plate", "common"): 300})
    learned = learn_weights(Levels(1_000, 1_000, of_matches, Counter({("share_plate", "rare"): 40}))).weights
    assert learned["share_plate"]["rare"] >= learned["share_plate"]["common"] > 0


def test_what_was_seen_twice_is_believed_less_than_what_was_seen_often() -> None:
    """Of 12 points of log-odds that one pair may bring, two pairs brought nine."""
    of_matches = Counter({("repeat_text", "release"): 2, ("repeat_text", "copy"): 2_000})
    learned = learn_weights(Levels(9_000, 9_000, of_matches, Counter({("repeat_text", "copy"): 40}))).weights
    alone = learn_weights(Levels(9_000, 9_000, Counter({("hide_alike", "near"): 2}), Counter())).weights
    assert 0 < alone["hide_alike"]["near"] < 2 < learned["repeat_text"]["copy"]


def test_an_identifier_that_the_cases_seldom_hold_weighs_what_its_like_weigh() -> None:
    of_matches = Counter({("share_vin", "rare"): 900, ("share_vin", "common"): 200, ("share_phone", "common"): 9})
    of_others = Counter({("share_vin", "rare"): 3, ("share_phone", "common"): 4_000})
    learned = learn_weights(Levels(5_000, 5_000, of_matches, of_others)).weights
    assert learned["share_visa"]["rare"] > 4
    assert learned["share_curp"]["common"] > 4, "a CURP of many reports is still one person's"
    assert learned["share_docket"]["common"] == 0, "a case number of many says no more than a telephone of many"
