"""What is done with measured figures: medians, percentiles, ratios, tables. Pure."""

import math
import statistics
from collections.abc import Mapping, Sequence

__all__ = ["SHARES", "median_rate", "percentile", "render_table", "show_count", "show_ratio", "summarise"]

SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank); `ValueError` if none."""
    if not values or not 0 < share <= 1:
        raise ValueError("a percentile needs values, and a share above 0 and up to 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def summarise(values: Sequence[float]) -> dict[str, float]:
    """`SHARES` of the values, rounded to a tenth, and their number as `count`; no shares without values."""
    shares = {name: round(percentile(values, share), 1) for name, share in SHARES.items()} if values else {}
    return {"count": len(values), **shares}


def median_rate(rates: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each way's runs."""
    return {way: statistics.median(values) for way, values in rates.items()}


def show_count(value: float | None) -> str:
    """A whole number with commas, `-` for none."""
    return "-" if value is None else f"{value:,.0f}"


def show_ratio(ours: float, theirs: float | None) -> str:
    """How many times as fast ours is, `-` if nothing stands beside it."""
    return "-" if not theirs else f"{ours / theirs:.2f}"


def render_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines of columns as wide as they must be: the first aligned to the left, the others to the right."""
    if any(len(row) != len(head) for row in rows):
        raise ValueError("every row of a table needs as many cells as its head")
    widths = [max(len(line[column]) for line in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
