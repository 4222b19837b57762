"""What else the agencies publish in the three months: unrelated reports that share nothing but bait."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from deploy.demo.story.cast import invent_driver, invent_vehicle
from deploy.demo.story.draw import Draw
from deploy.demo.story.guns import dealer, firearm
from deploy.demo.story.ledger import Ledger
from deploy.demo.story.marks import Json, mark
from deploy.demo.story.numbers import tip_line
from deploy.demo.story.people import text
from deploy.demo.story.places import highway, place

__all__ = ["tell_background"]

Content = tuple[str, str, str, Json]
"""Kind, agency, report id and the fields of one background report."""

_PORTS = ("laredo", "hidalgo", "brownsville", "roma", "progreso", "eagle_pass", "otay_mesa", "nogales_az")
_COUNTIES = ("webb", "hidalgo_county", "bexar", "cameron", "maverick", "starr")
_NORTH = ("nuevo_laredo", "reynosa", "matamoros", "rio_bravo", "valle_hermoso", "miguel_aleman", "piedras_negras")
_WEST = ("tijuana", "mexicali", "nogales_son", "caborca", "culiacan", "badiraguato")
_PLACEHOLDERS = ("S/N", "s/n", "SIN NUMERO", "SIN NÚMERO", "LIMADA")
_TIP_STYLES = ("brackets", "hyphens", "dots", "plain", "spaced", "e164", "trunk_us")


def _tip(draw: Draw) -> Json:
    return tip_line(draw.pick(_TIP_STYLES))


def _on(day: str, zone: str = "America/Chicago") -> Json:
    return {"value": day, "zone": zone}


def _port_drugs(draw: Draw, day: str) -> Content:
    drug, unit, low, high = draw.pick((("Methamphetamine", "lb", 4, 220), ("Cocaine", "lb", 2, 60),
                                       ("Marijuana", "lb", 1, 90), ("Heroin", "lb", 1, 9),
                                       ("Fentanyl", "pills", 50, 4_000)))  # fmt: skip
    number = draw.count("BC") + 6000
    return "seizure", "bridge-customs", f"BC-2026-{number:06}", {
        "incident_number": f"{number:06}", "direction": "INBOUND", "mode": "Land", "place": place(draw.pick(_PORTS)),
        "occurred": _on(day), "discovery_method": draw.pick(("Canine", "X-ray", "Referral")),
        "conveyances": [invent_vehicle(draw, "US")], "people": [invent_driver(draw, "US")], "phones": [_tip(draw)],
        "items": [{"kind": "substance", "name": drug, "identification": "presumptive",
                   "quantity": {"value": draw.number(low, high), "unit": unit, "measure": "gross"}}],
        "narrative": text(f"Suspected {drug.lower()} found in the {draw.pick(('doors', 'tank', 'seats'))}.", "en"),
    }  # fmt: skip


def _port_outbound(draw: Draw, day: str) -> Content:
    goods = draw.pick((
        {"kind": "currency", "quantity": {"value": 1_000 * draw.number(11, 190), "unit": "USD"}},
        {"kind": "ammunition", "calibre": "9mm", "quantity": {"value": 50 * draw.number(1, 60), "unit": "rounds"}},
        firearm("Shotgun", "12 gauge", draw.pick(("S/N", "obliterated", "OBLITERATED"))),
    ))  # fmt: skip
    number = draw.count("BC") + 6000
    return "seizure", "bridge-customs", f"BC-2026-{number:06}", {
        "incident_number": f"{number:06}", "direction": "OUTBOUND", "mode": "Land", "place": place(draw.pick(_PORTS)),
        "occurred": _on(day), "conveyances": [invent_vehicle(draw, "US")],
        "items": [goods], "phones": [_tip(draw)], "narrative": text("Outbound inspection.", "en"),
    }  # fmt: skip


def _traffic_stop(draw: Draw, day: str) -> Content:
    return "seizure", "lone-star-patrol", f"LSP/26/{5000 + draw.count('LSP')}", {
        "occurred": _on(day), "mode": "Land",
        "place": highway(draw.pick(_COUNTIES), draw.pick(("I-35", "US-83", "US-281", "SH 359"))),
        "direction": draw.pick(("northbound", "southbound")), "conveyances": [invent_vehicle(draw, "US")],
        "people": [invent_driver(draw, "US")], "phones": [_tip(draw)],
        "items": [{"kind": "substance", "name": draw.pick(("Marijuana", "Cocaine", "Meth")),
                   "quantity": {"value": draw.number(1, 40), "unit": "lb", "approximate": True}}],
        "narrative": text(draw.pick(("Search after a lane violation.", "Consent search at a fuel station.")), "en"),
    }  # fmt: skip


def _county_case(draw: Draw, day: str) -> Content:
    number = f"2026-CRX-{700 + draw.count('docket'):06}-D1"
    found = {
        "kind": draw.pick(("opened", "arrest", "indictment", "plea", "closed")), "place": place(draw.pick(_COUNTIES)),
        "occurred": _on(day),
        "case_numbers": [{"system": "docket", "number": mark("docket", number, number),
                          "issuer": "District Court of Mesquite County (fictional)"}],
        "people": [invent_driver(draw, "US") | {"basis": "charged"}], "phones": [_tip(draw)],
        "offences": [{"name": draw.pick(("Possession with intent to deliver", "Evading arrest", "Unlawful carrying"))}],
    }  # fmt: skip
    return "case", "mesquite-da", f"MCDA-26-{5000 + draw.count('MCDA')}", found


def _trace(draw: Draw, day: str) -> Content:
    digits = 5550000 + draw.count("serial")
    number = f"RATC-T-{30000 + draw.count('RATC')}"
    found = {
        "kind": "trace_result", "occurred": _on(day, "America/New_York"), "organisations": [dealer()],
        "trace_result": {"amends": {"agency": "policia-rio", "serial": mark("serial", f"QZX{digits}", f"QZX-{digits}")},
                         "requester": "Policía Estatal del Río (ficticia)", "trace_number": number,
                         "status": draw.pick(("not_traceable", "pending", "traced_to_dealer", "foreign"))},
    }  # fmt: skip
    return "case", "arms-trace", number, found


def _road_es(draw: Draw, day: str) -> Content:
    drug, unit, high = draw.pick((("marihuana", "kg", 300), ("metanfetamina", "kg", 90), ("cristal", "kilogramos", 40),
                                  ("cocaína", "kg", 120), ("fentanilo", "pastillas", 9_000)))  # fmt: skip
    return "seizure", "guardia-caminos", f"GFC-2026-{5000 + draw.count('GFC')}", {
        "occurred": _on(day, "America/Mexico_City"), "mode": "terrestre", "direction": "hacia el norte",
        "place": highway(draw.pick(_NORTH + _WEST), f"Carretera Federal {draw.pick((2, 15, 40, 85))}",
                         draw.number(3, 240)),
        "conveyances": [invent_vehicle(draw, "MX")], "people": [invent_driver(draw, "MX")],
        "items": [{"kind": "substance", "name": drug, "quantity": {"value": draw.number(2, high), "unit": unit}}],
        "narrative": text(f"En revisión de rutina se localizaron paquetes con {drug}.", "es-MX"),
    }  # fmt: skip


def _guns_es(draw: Draw, day: str) -> Content:
    return "seizure", "policia-rio", f"PR-{5000 + draw.count('PR')}-2026", {
        "occurred": _on(day, "America/Matamoros"), "place": place(draw.pick(_NORTH)),
        "conveyances": [invent_vehicle(draw, "MX", without_plate=True)], "phones": [_tip(draw)],
        "items": [firearm("fusil", draw.pick((".223", "7.62x39")), draw.pick(_PLACEHOLDERS)),
                  {"kind": "ammunition", "quantity": {"value": draw.number(10, 900), "unit": "cartuchos"}}],
        "narrative": text("Vehículo abandonado con armamento en el interior.", "es-MX"),
    }  # fmt: skip


def _field_es(draw: Draw, day: str) -> Content:
    item = draw.pick((
        {"kind": "plantation", "crop": "amapola", "hectares": draw.number(1, 40) / 10},
        {"kind": "laboratory", "product": "metanfetamina",
         "capacity": {"value": 100 * draw.number(1, 12), "unit": "kg"}},
        {"kind": "fuel", "fuel_type": "diésel", "quantity": {"value": 500 * draw.number(1, 60), "unit": "litros"}},
        {"kind": "precursor", "name": "metilamina", "cas_number": "74-89-5",
         "quantity": {"value": 20 * draw.number(1, 50), "unit": "litros"}},
    ))  # fmt: skip
    return "seizure", "fiscalia-norte", f"FFN-ASEG-{5000 + draw.count('FFN')}-2026", {
        "occurred": _on(day, "America/Mexico_City"), "place": place(draw.pick(_WEST)), "items": [item],
        "narrative": text("Aseguramiento sin personas detenidas.", "es-MX"),
    }  # fmt: skip


def _carpeta_es(draw: Draw, day: str) -> Content:
    number = f"FED/SIN/CLN/{9000 + draw.count('carpeta'):07}/2026"
    return "case", "fiscalia-norte", f"FFN-CI-{9000 + draw.count('FFN-CI')}", {
        "kind": draw.pick(("opened", "remand", "amparo", "precautionary_measure", "sentence")),
        "occurred": _on(day, "America/Mexico_City"), "place": place(draw.pick(_WEST + _NORTH)),
        "case_numbers": [{"system": "carpeta", "number": mark("docket", number, number),
                          "issuer": "Fiscalía Norte (ficticia)"}],
        "people": [invent_driver(draw, "MX") | {"basis": "charged"}],
        "offences": [{"name": draw.pick(("Portación de arma de fuego", "Contra la salud", "Robo de hidrocarburo"))}],
    }  # fmt: skip


def _operation(draw: Draw, day: str) -> Content:
    start = date.fromisoformat(day)
    agency, zone = draw.pick((("lone-star-patrol", "America/Chicago"), ("guardia-caminos", "America/Mexico_City")))
    where = draw.pick(("webb", "starr") if agency == "lone-star-patrol" else ("anahuac", "reynosa"))
    number = draw.count("operation")
    return "case", agency, f"OP-2026-{number:03}", {
        "kind": "operation_notice",
        "operation": {"start": {"value": f"{start + timedelta(days=5)}T05:00", "zone": zone},
                      "end": {"value": f"{start + timedelta(days=6)}T17:00", "zone": zone}, "place": place(where),
                      "targets": [{"kind": "plate", "token": f"tok-{number:03}-{draw.number(1000, 9999)}"}],
                      "contact": "Mesa de coordinación / Deconfliction desk (fictional)"},
    }  # fmt: skip


def _total(draw: Draw, day: str) -> Content:
    number = draw.count("total")
    month = f"2026-{day[5:7]}"
    return "seizure", "bridge-customs", f"BC-TOTAL-{number:03}", {
        "count_basis": "period_total", "period": {"value": month}, "event_count": draw.number(5, 60),
        "place": {"office": "Laredo Field Office", "country": "US"},
        "items": [{"kind": "substance", "name": "Methamphetamine",
                   "quantity": {"value": draw.number(400, 4000), "unit": "lb"}}],
    }  # fmt: skip


_PLAN: tuple[tuple[Callable[[Draw, str], Content], int], ...] = (
    (_port_drugs, 34),
    (_port_outbound, 16),
    (_traffic_stop, 20),
    (_county_case, 14),
    (_trace, 10),
    (_road_es, 28),
    (_guns_es, 16),
    (_field_es, 16),
    (_carpeta_es, 14),
    (_operation, 4),
    (_total, 3),
)
"""What is told how often."""


def tell_background(book: Ledger, draw: Draw) -> None:
    """Publish the background; every fortieth report is published twice."""
    told = 0
    for tell, times in _PLAN:
        for _ in range(times):
            time = draw.time()
            # Three days to write a report: nothing is published before it happened, whatever the zone.
            day = date.fromisoformat(f"2026-{time[:5]}") - timedelta(days=draw.number(1, 3))
            kind, agency, report_id, content = tell(draw, day.isoformat())
            graded = draw.number(1, 6) == 1
            grade: dict[str, Any] = {"grade": {"reliability": "A", "credibility": "2"}} if graded else {}
            published = book.publish(
                kind, agency, report_id, time, tlp=draw.pick(("GREEN", "AMBER")), **content, **grade
            )
            told += 1
            if told % 40 == 0:
                book.repeat(published, 600, same_id=told % 80 == 0)
