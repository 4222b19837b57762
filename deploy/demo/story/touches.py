"""What the truth file says in words: how it was reckoned, and where the three lines only seem to meet."""

from deploy.demo.story.ledger import ReportKey
from deploy.demo.story.marks import Json

__all__ = ["FORMATS", "LATE", "RULES", "TOUCHES"]

RULES: Json = {
    "fictional": "Every agency, person, vehicle, gun, phone and case of this scenario is invented.",
    "links": "Two live reports of one view are linked when both carry the same normalised plate, VIN, phone, serial, "
    "CURP, passport, CLABE account, wallet or docket. Networks are the connected components.",
    "normal_forms": "plate, vin, serial, curp, passport, clabe: letters and digits in capitals; phone: E.164; wallet: "
    "as written; docket: capitals without white space, whatever the system (docket, carpeta).",
    "carried_by": "conveyances, firearm items, phones, accounts and case_numbers of a report, the serial in `amends` "
    "of trace results and NIBIN exhibits, and identifiers and phones of people in a subject role with the basis "
    "certified_suspicion, charged or convicted.",
    "not_carried_by": "protected people (even beside a subject role), people who are only mentioned or cleared, news, "
    "other parts of `amends`, and placeholders such as S/N.",
    "hubs": "The tip line stands in more than 64 live reports of every view; placeholders are no identifiers at all.",
    "late": "Reports published weeks after the event.",
    "strays": "Older revisions that are sent after a newer one or after the retraction: they change nothing.",
    "protected_markers": "Compare without regard to case; four of the names and one phone also stand in narratives.",
    "links_of_view": "Number of linked pairs in each view; `links` lists those of joint.",
    "views": "Live reports released to each view; those of one view alone stand in `only_in_view`.",
    "alerts": "What stands in the end for the subscribers of subscriptions.yaml, all of them on joint.",
    "by_kind": "Live reports of all views; a retracted report is none, a corrected or duplicated one counts once.",
}

FORMATS = [
    "+19565550142", "+1 956 555 0142", "+1-956-555-0142", "956 555 0142", "956-555-0142", "956.555.0142",
    "(956) 555-0142", "9565550142", "1-956-555-0142", "+52 867 555 0131", "867 555 0131", "+52 1 867 555 0131",
    "01 867 555 0131", "011 52 867 555 0131",
]  # fmt: skip


def _touch(kind: str, lines: list[int], value: str, why: str, *reports: ReportKey) -> Json:
    keys = [{"agency": agency, "report_id": report} for agency, report in reports]
    return {"kind": kind, "lines": lines, "value": value, "why_no_link": why, "reports": keys}


LATE = [
    {"agency": "bridge-customs", "report_id": "BC-2026-LRD-003655"},
    {"agency": "lone-star-patrol", "report_id": "LSP/26/03/0904"},
]

TOUCHES: list[Json] = [
    _touch("press_mark", [1, 3], "BR-7", "a press mark names a press, not a person or a thing that moves",
           ("fiscalia-norte", "FFN-CATEO-118-2026"), ("bridge-customs", "BC-2026-LRD-004301")),
    _touch("name", [2, 3], "Héctor Ficticio Maldonado / Ectór Fictisio Maldonado", "a name alone, spelled two ways",
           ("bridge-customs", "BC-2026-HID-002210"), ("lone-star-patrol", "LSP/26/04/0215-C")),
    _touch("place_and_week", [1, 3], "Laredo and Nuevo Laredo, 17-18 March 2026", "same place and week only",
           ("fiscalia-norte", "FFN-CATEO-118-2026"), ("mesquite-da", "MCDA-26-0502-1")),
    _touch("serial", [1, 2], "???4107 / KFX4107", "a pistol's serial, half of it ground off",
           ("guardia-caminos", "GFC-NLD-2026-0093"), ("bridge-customs", "BC-2026-HID-002210")),
    _touch("plate", [1, 2], "XGT482C and RNJ7715", "both plates stand only in a report that was retracted",
           ("policia-rio", "PR-0430-2026")),
    _touch("phone", [1, 3], "+19565550188 and plate TKX4821", "together only in a report that was retracted",
           ("mesquite-da", "MCDA-26-0610-1")),
    _touch("phone", [1, 3], "the phone of a witness", "the phone of a protected person never links",
           ("fiscalia-norte", "FFN-CATEO-118-2026"), ("mesquite-da", "MCDA-26-0502-1")),
    _touch("phone", [1], "+19565550142", "the person who carries it is only mentioned",
           ("mesquite-da", "MCDA-26-0377-1")),
    _touch("address", [2], "1400 Ejemplo Blvd, San Antonio, TX", "a dealer's address stands in unrelated traces",
           ("arms-trace", "RATC-2026-00811")),
    _touch("phone", [1, 2, 3], "+19565550100", "a public tip line", ("bridge-customs", "BC-2026-LRD-004117"),
           ("bridge-customs", "BC-2026-HID-002210"), ("lone-star-patrol", "LSP/26/03/1233-C")),
]  # fmt: skip
