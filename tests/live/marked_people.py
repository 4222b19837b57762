"""Invented people whose names and numbers must be found nowhere after intake, in every way that a record can name them.

Each marker is a word that occurs nowhere else; whoever is hidden in one record is spelled with the same words there.
"""

import json
from typing import Any

__all__ = ["LATE_MARKERS", "MARKERS", "SHOWN", "marked_lines"]

MARKERS = (
    *("Zulmarina", "Quetzobrego", "Xiomarenka", "Ubrajinda", "Wenceslanda", "Yorquidea", "Tlamarindo", "Jacarandovia"),
    *("Nepomucendra", "Ixquinteco", "Oblivaldo", "Vrandelsky", "Kestrelwick", "Umbrafield", "Quillonby", "Marrowgate"),
    *("5550177", "5550166", "MARK88901", "Pichoncita", "Tordillito"),
)
"""Words and numbers of protected people."""
LATE_MARKERS = ("Perihuelanda", "Zacatlindo")
"""Words of somebody whom a subject's record names first, and a revision that comes late protects: until then nobody
could know, so they are looked for in what stands at the end."""
SHOWN = ("Bruno Inventado", "Camila Ejemplar")
"""Subjects and officials of the same records, who may be named."""

_HANDLING = {"tlp": "AMBER", "releasable_to": ["joint", "us", "mx"]}
_SUSPECT = {
    "name": "Bruno Inventado",
    "roles": ["suspect"],
    "basis": "charged",
    "review_date": "2027-01-31",
}


def _line(agency: str, kind: str, time: str, event: dict[str, Any]) -> str:
    event = {"exercise": True, "handling": _HANDLING, **event}
    identity = f"{event['report_id']}/{event.get('revision', 0)}".lower()
    row = {"agency": agency, "type": f"puente.{kind}.v1", "id": identity, "time": time, "event": event}
    return json.dumps(row, ensure_ascii=False)


def _case(report: str, revision: int, time: str, people: list[dict[str, Any]], text: str, **more: Any) -> str:
    language = more.pop("language", "es")
    event = {
        "report_id": report,
        "revision": revision,
        "kind": "arrest",
        "occurred": {"value": "2026-05-02"},
        "people": people,
        "narrative": {"text": text, "language": language},
        **more,
    }
    return _line("fiscalia-norte" if language == "es" else "mesquite-da", "case", time, event)


def marked_lines() -> list[str]:
    """The records, in an order in which protection also comes late."""
    listed: list[dict[str, Any]] = [
        {"name": "Zulmarina Quetzobrego Luna", "roles": ["victim"], "phones": [{"number": "+52 867 555 0177"}]},
        {
            "given_names": "Xiomarenka",
            "surnames": ["Ubrajinda"],
            "roles": ["smuggled_person"],
            "note": "Xiomarenka",
            "identifiers": [{"kind": "passport", "value": "MARK88901"}],
        },
        {"name": "Wenceslanda Yorquidea", "roles": ["suspect"], "age": 15, "aliases": ["La Pichoncita"]},
        _SUSPECT,
    ]
    turned = {"name": "Tlamarindo Jacarandovia Paz"}
    witness = {**turned, "roles": ["witness"], "identifiers": [{"kind": "passport", "value": "MARK88901"}]}
    suspect = {**turned, "roles": ["suspect"], "basis": "charged", "review_date": "2027-01-31"}
    late = {"name": "Perihuelanda Zacatlindo Paz"}
    mother: dict[str, Any] = {
        "name": "Nepomucendra Ixquinteco",
        "roles": ["suspect"],
        "basis": "charged",
        "review_date": "2027-01-31",
    }
    return [
        _case(
            "MARK-1",
            1,
            "2026-05-03T10:00:00Z",
            listed,
            "La víctima Zulmarina Quetzobrego Luna llamó al 867 555 0177. Bruno Inventado viajaba con Ubrajinda, "
            "Xiomarenka y con la Pichoncita. YORQUIDEA no declaró.",
            phones=[{"number": "867-555-0177"}],
            conveyances=[{"kind": "vehicle", "plates": [{"number": "MARK88901", "country": "MX"}]}],
            disposition="Zulmarina Quetzobrego fue atendida",
        ),
        # A witness first, a suspect in the next revision; and the other way round, the witness coming late.
        _case("MARK-2", 1, "2026-05-03T11:00:00Z", [witness], "Declaró Tlamarindo Jacarandovia, MARK-88901."),
        _case("MARK-2", 2, "2026-05-03T12:00:00Z", [suspect, _SUSPECT], "Detuvieron a Tlamarindo Jacarandovia Paz."),
        _case("MARK-3", 2, "2026-05-03T12:00:00Z", [{**suspect, **late}, _SUSPECT], "Detuvieron a Zacatlindo Paz."),
        _case(
            "MARK-3", 1, "2026-05-03T11:00:00Z", [{**late, "roles": ["witness"]}], "Declaró Perihuelanda Zacatlindo."
        ),
        # A revision that no view may see protects too.
        _case(
            "MARK-4",
            1,
            "2026-05-03T09:00:00Z",
            [{**mother, "roles": ["suspect", "victim"]}],
            "La víctima Nepomucendra Ixquinteco declaró.",
            handling={"tlp": "RED"},
        ),
        _case("MARK-4", 2, "2026-05-03T13:00:00Z", [mother, _SUSPECT], "Fue detenida Nepomucendra Ixquinteco."),
        # People whom only texts name.
        _line(
            "mesa-prensa",
            "news",
            "2026-05-04T08:00:00Z",
            {
                "report_id": "MARK-5",
                "outlet": "La Voz Inventada (ficticio)",
                "language": "es",
                "title": "Rescatan a Oblivaldo Luna, de 9 años, en Reynosa (ficticio)",
                "body": "El niño Oblivaldo Luna fue rescatado. La fiscal Camila Ejemplar dijo que Oblivaldo está bien.",
                "url": "https://news.example/rescatan-a-oblivaldo-luna",
            },
        ),
        _line(
            "mesa-prensa",
            "news",
            "2026-05-04T09:00:00Z",
            {
                "report_id": "MARK-6",
                "outlet": "The Example Gazette (fictional)",
                "language": "en",
                "title": "Two migrants found in trailer (fictional)",
                "body": "Agents arrested Bruno Inventado on Tuesday. A migrant, Elena Vrandelsky, 34, told agents that "
                "her sister Ana Kestrelwick was left behind. Vrandelsky was taken to a hospital.",
            },
        ),
        _case(
            "MARK-7",
            1,
            "2026-05-03T10:00:00Z",
            [_SUSPECT],
            "Deputies arrested Bruno Inventado. The victim, Mary Umbrafield, and witness John Quillonby were unhurt. "
            "Umbrafield asked for a lawyer. The witness has the phone (956) 555-0166. "
            "Agents spoke to little Tordillito's mother.",
            language="en",
        ),
        # A text in capitals can't be read surely.
        _case(
            "MARK-8",
            1,
            "2026-05-03T10:00:00Z",
            [_SUSPECT],
            "SE DETUVO A BRUNO INVENTADO. LA MENOR ROSA MARROWGATE FUE ENTREGADA A SU FAMILIA EN REYNOSA.",
        ),
        # Taken back, with a name in the reason.
        _line(
            "fiscalia-norte",
            "case",
            "2026-05-05T10:00:00Z",
            {"report_id": "MARK-9", "revision": 2, "retraction": {"reason": "Zulmarina Quetzobrego lo pidió"}},
        ),
    ]
