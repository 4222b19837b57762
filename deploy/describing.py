"""Putting facts into the few words that fit on a line."""

from typing import Any

__all__ = ["describe_item", "plain"]


def describe_item(item: dict[str, Any]) -> str:
    """One seized item in a few words: `fentanyl 5.7 kg`, `ammunition 340 round`."""
    parts = [str(item.get("substance") or item["commodity"]).replace("_", " ")]
    if "mass_kg" in item:
        parts.append(f"{item['mass_kg']:,.6g} kg")
    if "volume_l" in item:
        parts.append(f"{item['volume_l']:,.6g} l")
    if "count" in item:
        parts.append(f"{item['count']:,.6g} {item.get('count_unit', '')}".rstrip())
    if "amount" in item:
        parts.append(f"{item['amount']:,.2f} {item.get('currency', '')}".rstrip())
    if "area_ha" in item:
        parts.append(f"{item['area_ha']:,.6g} ha")
    return plain(" ".join(parts))


def plain(text: str) -> str:
    """A publisher's text without control characters: it must not steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
