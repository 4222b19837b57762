"""Putting facts into the few words that fit on a line."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deploy.explaining_words import Lang
    from streams.alerts import AlertDocument

__all__ = ["describe_alert", "describe_item", "plain"]


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
        named = f"{about['agency']} {about['report_id']}" if "report_id" in about else f"{about['kind']} {about['id']}"
        why = "ya no se cumple; no la use." if es else "it no longer holds; do not use it."
        return [plain(f"{change}  {alert['subscription']}: {named}"), f"  {why}  [{alert['id'][:12]}]"]
    exercise = ("  EJERCICIO" if es else "  EXERCISE") if alert.get("exercise") else ""
    lines = [f"{change}  {alert['title_es'] if es else alert['title_en']}{exercise}"]
    lines += [f"  {reason['sentence_es'] if es else reason['sentence_en']}" for reason in alert["reasons"]]
    place = alert.get("place", {})
    where = ", ".join(place[part] for part in ("name", "state", "country") if part in place)
    grade, handling = alert.get("grade"), alert.get("handling")
    marks = (
        where,
        alert.get("when", "")[:10],
        f"{'calificación' if es else 'grade'} {grade['reliability']}{grade['credibility']}" if grade else "",
        f"TLP:{handling['tlp']}" if handling else "",
        f"[{alert['id'][:12]}]",
    )
    lines.append("  " + " · ".join(mark for mark in marks if mark))
    caution = alert.get("caution")
    if caution is not None:
        lines.append(f"  {caution['es'] if es else caution['en']}")
    return [plain(line) for line in lines]
