"""Putting facts into the few words that fit on a line."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deploy.explaining_words import Lang
    from streams.alerts import AlertDocument

__all__ = ["describe_alert", "describe_item", "plain", "tell_instant"]


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


def tell_instant(moment: str) -> str:
    """An instant in UTC (RFC 3339) to the minute: `2026-03-05 09:40 UTC`."""
    return f"{moment[:16].replace('T', ' ')} UTC"


_DEFAULT_VIEW = "joint"
"""The view that `puente network` reads unless it is told another."""
_CHANGES = {
    "new": ("NEW", "NUEVA"),
    "raised": ("RAISED", "SUBE"),
    "lowered": ("LOWERED", "BAJA"),
    "updated": ("UPDATED", "CAMBIA"),
    "withdrawn": ("WITHDRAWN", "RETIRADA"),
}


def describe_alert(alert: "AlertDocument", lang: "Lang") -> list[str]:
    """One version of an alert as a supervisor reads it, line by line."""
    es = lang == "es"
    change = _CHANGES[alert["change"]][es]
    about = alert["subject"]
    if alert["state"] == "withdrawn":
        named = f"{about['agency']} {about['report_id']}" if "report_id" in about else f"{_network(es)} {about['id']}"
        why = "ya no se cumple; no la use." if es else "it no longer holds; do not use it."
        return [plain(f"{change}  {alert['subscription']}: {named}"), f"  {why}  [{alert['id'][:12]}]"]
    exercise = ("  EJERCICIO" if es else "  EXERCISE") if alert.get("exercise") else ""
    lines = [f"{change}  {alert['title_es'] if es else alert['title_en']}{exercise}"]
    lines += [f"  {reason['sentence_es'] if es else reason['sentence_en']}" for reason in alert["reasons"]]
    place = alert.get("place", {})
    where = ", ".join(place[part] for part in ("name", "state", "country") if part in place)
    grade, handling = alert.get("grade"), alert.get("handling")
    if about["kind"] == "network":
        agencies = ", ".join(alert.get("agencies", []))
        view = "" if alert["view"] == _DEFAULT_VIEW else f" --view {alert['view']}"
        lines.append(f"  {'Informes de' if es else 'Records of'}: {agencies}")
        lines.append(f"  {_network(es).capitalize()}: puente network {about['id']}{view}{' --lang es' if es else ''}")
    marks = (
        where,
        _when(alert, es),
        f"{'calificación' if es else 'grade'} {grade['reliability']}{grade['credibility']}" if grade else "",
        f"TLP:{handling['tlp']}" if handling else "",
        _released(handling["releasable_to"], es) if handling else "",
        f"[{alert['id'][:12]}]",
    )
    lines.append("  " + " · ".join(mark for mark in marks if mark))
    caution = alert.get("caution")
    if caution is not None:
        lines.append(f"  {caution['es'] if es else caution['en']}")
    return [plain(line) for line in lines]


def _network(es: bool) -> str:
    return "red" if es else "network"


def _when(alert: "AlertDocument", es: bool) -> str:
    """A report's time is the begin of its span, a network's the end of its last one; both are instants."""
    if "when" not in alert:
        return ""
    ends = alert["subject"]["kind"] == "network"
    word = ("hasta" if es else "until") if ends else ("desde" if es else "from")
    return f"{word} {tell_instant(alert['when'])}"


def _released(views: "Sequence[str]", es: bool) -> str:
    listed = ", ".join(views) or ("nadie" if es else "nobody")
    return f"{'autorizado para' if es else 'released to'}: {listed}"
