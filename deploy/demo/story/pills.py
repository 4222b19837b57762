"""Line 1: pressed fentanyl pills go north through Laredo, from a press house in Nuevo Laredo to a buyer in Texas."""

from typing import Any

from deploy.demo.story.ledger import Ledger
from deploy.demo.story.marks import Json, mark
from deploy.demo.story.numbers import PhoneLine, make_curp, make_vin, phone, tip_line
from deploy.demo.story.people import person, plate, protected, subject, text, vehicle
from deploy.demo.story.places import highway, place

__all__ = ["NISSAN", "PICKUP", "PRESS_MARK", "WITNESS_PHONE", "tell_pills"]

PICKUP, NISSAN, JETTA = "TKX4821", "XGT482C", "LDR2290"
PICKUP_VIN, JETTA_VIN = make_vin("1FTFW1E8", "NFZ55501"), make_vin("3VWC57BU", "PMZ55502")
COURIER, PRESS_MAN = PhoneLine("US", "9565550142"), PhoneLine("MX", "8675550131")
WITNESS_PHONE = PhoneLine("MX", "8675550177")
WALLET = "TFakePuenteDemoPiLLsXXXXXXXXXfa8dF"
DOCKET, CARPETA = "2026-CRB-000318-D1", "FED/TAMPS/NLD/0000871/2026"
CURP = make_curp("EFRAIN", "EJEMPLO", "SALINAS", "1984-07-19", "H", "TS")
PASSPORT = "G55501234"
PRESS_MARK = "BR-7"

BC, LS, DA, FF, GC, PR = (
    "bridge-customs", "lone-star-patrol", "mesquite-da", "fiscalia-norte", "guardia-caminos", "policia-rio",
)  # fmt: skip


def _pills(count: float, unit: str, **more: Any) -> Json:
    name = "Fentanyl" if unit == "pills" else "fentanilo"
    return {"kind": "substance", "name": name, "form": unit, "quantity": {"value": count, "unit": unit}, **more}


def _docket(written: str) -> list[Json]:
    issuer = "District Court of Mesquite County (fictional)"
    return [{"system": "docket", "number": mark("docket", DOCKET, written), "issuer": issuer}]


def _carpeta(written: str) -> list[Json]:
    return [{"system": "carpeta", "number": mark("docket", CARPETA, written), "issuer": "Fiscalía Norte (ficticia)"}]


def _efrain(curp: str, basis: str, **more: Any) -> Json:
    ids = [{"kind": "curp", "value": mark("curp", CURP, curp)}]
    return subject("Efraín", "Ejemplo", "Salinas", basis=basis, identifiers=ids, birth_date="1984-07-19", **more)


def _brenda(passport: str, **more: Any) -> Json:
    ids = [{"kind": "passport", "value": mark("passport", PASSPORT, passport), "issuer": "MX"}]
    return person("FICTICIA OCHOA, Brenda", "suspect", "charged", identifiers=ids, nationality="MX", **more)


def tell_pills(book: Ledger) -> None:
    """Publish the line's reports."""
    _on_the_road(book)
    _at_the_press(book)
    _in_court(book)


def _on_the_road(book: Ledger) -> None:
    first = book.publish(
        "seizure", BC, "BC-2026-LRD-004117", "03-05 15:12", line="pills", about="pills-bridge",
        incident_number="LRD26-004117", discovery_method="Non-intrusive inspection", direction="INBOUND", mode="Land",
        occurred={"value": "2026-03-04T21:40", "zone": "America/Chicago"}, place=place("laredo"),
        conveyances=[vehicle("Ford", "F-150", "white", [plate(PICKUP, "TKX-4821", "Texas", "US")],
                             mark("vin", PICKUP_VIN, PICKUP_VIN), "truck", seized=True)],
        concealment="False floor under the truck bed",
        items=[_pills(12_400, "pills", exhibit="1A", identification="presumptive", press_marks=["M30", PRESS_MARK]),
               {"kind": "currency", "quantity": {"value": 3_150, "unit": "USD"}}],
        people=[_brenda("G5550-1234", sex="female")], phones=[tip_line("brackets")],
        narrative=text("Officers at the World Trade Bridge found blue round pills stamped M30 under a false floor. "
                       "Bags carried the press mark BR-7.", "en-US"),
    )  # fmt: skip
    book.repeat(first, 90)
    stop = book.publish(
        "seizure", LS, "LSP/26/03/1187", "03-10 04:20", line="pills", revision=1,
        occurred={"value": "2026-03-09T18:25", "zone": "America/Chicago"}, place=highway("la_salle", "I-35", 108),
        direction="northbound", mode="Land", discovery_method="Traffic stop",
        conveyances=[vehicle("Ford", "F150", "white", [plate(PICKUP, "tkx 4821", "TX")])],
        items=[{"kind": "currency", "quantity": {"value": 48_900, "unit": "USD"}, "exhibit": "LSP-31", "line": "1"},
               _pills(900, "pills", exhibit="LSP-32", line="2", identification="presumptive")],
        phones=[phone(COURIER, "brackets", "seized_device")],
        people=[person("Marcus Prueba Dillard", "suspect", "certified_suspicion", age=41, nationality="US")],
        narrative=text("Trooper stopped the pickup for following too closely; currency in vacuum-sealed bags.", "en"),
    )  # fmt: skip
    book.repeat(stop, 60 * 26, same_id=False)
    book.publish(
        "seizure", LS, "LSP/26/03/1402", "03-22 01:05", line="pills",
        occurred={"value": "2026-03-21T15:10", "zone": "America/Chicago"}, place=highway("webb", "I-35", 29),
        direction="northbound", mode="Land",
        conveyances=[vehicle("Volkswagen", "Jetta", "grey", [plate(JETTA, "LDR-2290", "Texas", "US")],
                             mark("vin", JETTA_VIN, JETTA_VIN.lower()))],
        items=[_pills(2_000, "pills", identification="presumptive", packaging="Clear bag", press_marks=["M30"])],
        phones=[phone(COURIER, "trunk_us", "call_log")],
        narrative=text("The driver's call log shows eleven calls to one number in two days.", "en"),
    )  # fmt: skip
    book.publish(  # late: published seven weeks after the event
        "seizure", BC, "BC-2026-LRD-003655", "04-20 17:30", line="pills", discovery_method="Pedestrian inspection",
        occurred={"value": "2026-03-01T07:50", "zone": "America/Chicago"}, place=place("laredo_juarez"),
        direction="INBOUND", mode="Pedestrian", concealment="Body carrier",
        items=[_pills(1_050, "pills", identification="confirmed", press_marks=["M30"])],
        people=[_brenda("g 5550 1234", sex="female", birth_year=1993)],
        narrative=text("Entered late: the paper file was found during the review of the bridge logs.", "en"),
    )  # fmt: skip
    wrong = book.publish(
        "seizure", PR, "PR-0412-2026", "03-27 20:15", line="pills", revision=1,
        occurred={"value": "2026-03-26", "zone": "America/Matamoros"}, place=place("nuevo_laredo", "col. Ejemplo"),
        conveyances=[vehicle("Nissan", "Versa", "rojo", [plate("XGI482G", "XGI-482-G", "Tamaulipas", "MX")])],
        items=[_pills(310, "pastillas", identification="presumptive", press_marks=[PRESS_MARK])],
        narrative=text("Vehículo abandonado con envoltorios de pastillas azules.", "es-MX"),
    )  # fmt: skip
    book.correct(  # the correction makes a link appear
        wrong, "03-30 16:00",
        conveyances=[vehicle("Nissan", "Versa", "rojo", [plate(NISSAN, "XGT482C", "Tamaulipas", "MX")])],
        narrative=text("Se corrige la placa. Vehículo abandonado con envoltorios de pastillas azules.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", GC, "GFC-NLD-2026-0093", "03-14 02:40", line="pills", about="pills-road",
        occurred={"value": "2026-03-13T16:30", "zone": "America/Mexico_City"}, mode="terrestre",
        place=highway("anahuac", "Carretera Federal 85", 188), direction="hacia el norte",
        conveyances=[vehicle("Nissan", "Versa", "rojo", [plate(NISSAN, "XGT-482-C", "Tamaulipas", "MX")], seized=True)],
        items=[_pills(24_000, "pastillas", exhibit="GFC-7", press_marks=["M30", PRESS_MARK], concealment="llanta"),
               {"kind": "firearm", "type": "pistola", "calibre": "9 mm", "serial": "???4107", "obliterated": True}],
        phones=[phone(PRESS_MAN, "local", "equipo_asegurado"), tip_line("spaced")],
        people=[subject("Óscar", "Ficticio", "Treviño", basis="charged", age=27)],
        narrative=text("En el retén se localizaron pastillas color azul con la leyenda M30 dentro de la llanta de "
                       "refacción. La pistola tiene la matrícula limada en parte.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", LS, "LSP/26/03/1420-I", "03-24 12:00", line="pills", views=("us",), tlp="AMBER",
        reported={"value": "2026-03-24", "zone": "America/Chicago"}, place=place("webb"),
        phones=[phone(COURIER, "dots", "subject_device")], narrative=text("Lead from a cooperating carrier.", "en"),
    )  # fmt: skip


def _at_the_press(book: Ledger) -> None:
    book.publish(
        "seizure", FF, "FFN-CATEO-118-2026", "03-19 23:30", line="pills", about="pills-press", tlp="AMBER",
        occurred={"value": "2026-03-18T05:15", "zone": "America/Mexico_City"},
        place=place("nuevo_laredo", "Calle Prueba 120, col. Ejemplo, Nuevo Laredo"), discovery_method="cateo",
        items=[{"kind": "laboratory", "product": "pastillas de fentanilo", "capacity": {"value": 30_000,
                                                                                       "unit": "pastillas"}},
               {"kind": "property", "type": "prensa tableteadora", "quantity": {"value": 2, "unit": "piezas"}},
               {"kind": "precursor", "name": "4-ANPP", "cas_number": "21409-26-7",
                "quantity": {"value": 18.5, "unit": "kg"}, "exhibit": "FFN-3"},
               _pills(61_000, "pastillas", exhibit="FFN-1", press_marks=["M30", PRESS_MARK]),
               {"kind": "firearm", "type": "fusil", "calibre": ".223", "serial": "S/N"}],
        people=[_efrain(CURP, "certified_suspicion"),
                protected("Yadira Resguardada Montes", "witness", phones=[phone(WITNESS_PHONE, "old_mobile")])],
        phones=[phone(PRESS_MAN, "old_mobile", "equipo_asegurado"), phone(COURIER, "spaced", "directorio")],
        accounts=[{"kind": "wallet", "value": mark("wallet", WALLET, WALLET), "network": "TRON"}],
        narrative=text("Durante el cateo se aseguraron dos prensas. La vecina Yadira Resguardada Montes, teléfono "
                       "+52 1 867 555 0177, refirió movimientos nocturnos.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", BC, "BC-2026-LRD-004380", "03-25 18:45", line="pills", mode="Mail", direction="INBOUND",
        seized={"value": "2026-03-24", "zone": "America/Chicago"}, place=place("laredo"),
        conveyances=[{"kind": "parcel", "shipper": "Suministros Ejemplo (fictional)"}],
        items=[{"kind": "precursor", "name": "1-boc-4-AP", "cas_number": "125541-22-2",
                "quantity": {"value": 22.0, "unit": "lb", "measure": "gross"}}],
        accounts=[{"kind": "wallet", "value": mark("wallet", WALLET, WALLET), "network": "TRX"}],
        narrative=text("The invoice in the parcel asks for payment to a wallet.", "en"),
    )  # fmt: skip
    book.publish(
        "seizure", PR, "PR-0455-2026", "04-03 15:20", line="pills",
        occurred={"value": "2026-04-02", "zone": "America/Matamoros"}, place=place("nuevo_laredo"),
        conveyances=[vehicle("VW", "Jetta", "gris", vin=mark("vin", JETTA_VIN, f"{JETTA_VIN[:9]} {JETTA_VIN[9:]}"))],
        items=[{"kind": "property", "type": "troqueles", "quantity": {"value": 6, "unit": "piezas"},
                "description": f"Punzones con la marca {PRESS_MARK}"}],
        narrative=text("Jetta gris localizado sin placas; en la cajuela, punzones para prensa.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", GC, "GFC-NLD-2026-0101-R", "03-28 19:00", line="pills", views=("mx",), tlp="AMBER",
        reported={"value": "2026-03-28", "zone": "America/Mexico_City"}, place=place("nuevo_laredo"),
        phones=[phone(PRESS_MAN, "trunk_mx", "vinculado")], narrative=text("Reporte interno de campo.", "es-MX"),
    )  # fmt: skip


def _in_court(book: Ledger) -> None:
    book.publish(
        "case", FF, "FFN-CI-871-A", "03-21 01:00", line="pills", kind="opened", case_numbers=_carpeta(CARPETA.lower()),
        occurred={"value": "2026-03-19", "zone": "America/Mexico_City"}, place=place("nuevo_laredo"),
        offences=[{"name": "Contra la salud, producción", "statute": "Art. 194 CPF"}],
        people=[_efrain(f"{CURP[:4]} {CURP[4:10]} {CURP[10:]}".lower(), "certified_suspicion")],
    )  # fmt: skip
    book.publish(
        "case", FF, "FFN-CI-871-B", "03-26 22:00", line="pills", kind="remand", case_numbers=_carpeta(CARPETA),
        occurred={"value": "2026-03-25", "zone": "America/Mexico_City"}, people=[_efrain(CURP, "charged")],
        narrative=text("El juez dictó vinculación a proceso y prisión preventiva.", "es-MX"),
    )  # fmt: skip
    book.publish(  # the laboratory amends another agency's exhibit
        "case", FF, "FFN-PERITAJE-2209", "04-08 17:00", line="pills", kind="laboratory_result",
        case_numbers=_carpeta("FED / TAMPS / NLD / 0000871 / 2026"),
        laboratory_result={"amends": {"agency": GC, "report_id": "GFC-NLD-2026-0093", "exhibit": "GFC-7"},
                           "laboratory": "Servicios Periciales del Norte (ficticio)", "laboratory_number": "Q-2209",
                           "substances": [{"name": "fentanilo", "purity_percent": 2.1}, {"name": "paracetamol"}],
                           "net_weight": {"value": 2.61, "unit": "kg", "measure": "net"},
                           "analysed": {"value": "2026-04-06"}},
    )  # fmt: skip
    book.publish(
        "case", BC, "BC-LAB-2026-1180", "04-10 14:30", line="pills", kind="laboratory_result",
        case_numbers=_docket("2026-CRB-000318-D1"),
        laboratory_result={"amends": {"agency": LS, "exhibit": "LSP-32", "line": "2"},
                           "laboratory": "Bridge Customs Laboratory (fictional)", "laboratory_number": "1180/26",
                           "substances": [{"name": "Fentanyl", "purity_percent": 1.8}, {"name": "Acetaminophen"}],
                           "net_weight": {"value": 97.2, "unit": "g", "measure": "net"}},
    )  # fmt: skip
    steps = (("indictment", "04-15 16:00", "2026-crb-000318-d1"), ("plea", "05-12 19:30", "2026-CRB-000318 - D1"),
             ("sentence", "05-29 20:45", "2026-CRB-000318-D1"))  # fmt: skip
    for number, (kind, time, written) in enumerate(steps, start=1):
        book.publish(
            "case", DA, f"MCDA-26-0318-{number}", time, line="pills", kind=kind, case_numbers=_docket(written),
            occurred={"value": f"2026-{time[:5]}", "zone": "America/Chicago"}, place=place("webb"),
            offences=[{"name": "Delivery of fentanyl", "statute": "Tex. Health & Safety Code 481.1123"}],
            people=[person("DILLARD, Marcus Prueba", "defendant", "convicted" if kind == "sentence" else "charged",
                           phones=[phone(COURIER, "dots")] if kind == "indictment" else [])],
        )  # fmt: skip
    book.publish(  # only mentioned: his phone joins nothing
        "case", DA, "MCDA-26-0377-1", "04-18 15:00", kind="opened",
        case_numbers=[{"system": "docket", "number": mark("docket", "26-CV-00377", "26-CV-00377"),
                       "issuer": "Mesquite County (fictional)"}],
        people=[person("Tomás Muestra Cantú", "suspect", phones=[phone(COURIER, "plain")])],
        narrative=text("Named by a caller only; nothing else is known.", "en"),
    )  # fmt: skip
