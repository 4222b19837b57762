"""Line 2: pistols and rifles bought by straw purchasers in Texas go south through Hidalgo and Brownsville."""

from typing import Any

from deploy.demo.story.ledger import Ledger
from deploy.demo.story.marks import Json, hub, mark
from deploy.demo.story.numbers import PhoneLine, make_vin, phone, tip_line
from deploy.demo.story.people import person, plate, subject, text, vehicle
from deploy.demo.story.places import highway, place

__all__ = ["TAHOE", "dealer", "firearm", "tell_guns"]

TAHOE, TAHOE_VIN = "RNJ7715", make_vin("1GNSKBKC", "NRZ55503")
BUYER, DRIVER = PhoneLine("US", "2105550177"), PhoneLine("MX", "8995550120")
DOCKET, CARPETA = "2026-CRH-000455-D2", "FED/TAMPS/REY/0001204/2026"
PISTOL_HIDALGO, PISTOL_REYNOSA, PISTOL_SAN_FERNANDO = "KFX4107", "KFX4112", "KFX4119"
RIFLE_SAN_FERNANDO, RIFLE_BROWNSVILLE, RIFLE_RIO_BRAVO = "DRB20715", "DRB20722", "DRB20731"

BC, LS, DA, AT, FF, GC, PR = (
    "bridge-customs", "lone-star-patrol", "mesquite-da", "arms-trace", "fiscalia-norte", "guardia-caminos",
    "policia-rio",
)  # fmt: skip


def dealer() -> Json:
    """The dealer whose address stands in many unrelated reports: bait."""
    written = "1400 Ejemplo Blvd, San Antonio, TX"
    address = place("bexar") | {"as_written": hub("address", "1400 EJEMPLO BLVD SAN ANTONIO TX", written)}
    return {"name": "Muestra Sporting Goods (fictional)", "role": "dealer", "address": address}


def firearm(kind: str, calibre: str, serial: str, normal: str | None = None, **more: Any) -> Json:
    """A firearm; without `normal` the serial is a placeholder such as "S/N"."""
    number = hub("serial", "no serial", serial) if normal is None else mark("serial", normal, serial)
    one = {"value": 1, "unit": "each"}
    return {"kind": "firearm", "type": kind, "calibre": calibre, "serial": number, "quantity": one, **more}


def _docket(written: str = DOCKET) -> list[Json]:
    issuer = "District Court of Mesquite County (fictional)"
    return [{"system": "docket", "number": mark("docket", DOCKET, written), "issuer": issuer}]


def _carpeta(written: str = CARPETA) -> list[Json]:
    return [{"system": "carpeta", "number": mark("docket", CARPETA, written), "issuer": "Fiscalía Norte (ficticia)"}]


def tell_guns(book: Ledger) -> None:
    """Publish the line's reports."""
    _purchase(book)
    _southbound(book)
    _recoveries(book)
    _traces(book)
    _in_court(book)


def _purchase(book: Ledger) -> None:
    book.publish(
        "case", AT, "RATC-2026-00811", "03-06 14:00", line="guns", kind="opened", case_numbers=_docket(), revision=3,
        occurred={"value": "2026-03-05", "zone": "America/New_York"}, organisations=[dealer()],
        offences=[{"name": "False statement in the purchase of a firearm", "statute": "18 U.S.C. 922(a)(6)"}],
        people=[person("Dylan Prueba Whitaker", "purchaser", "certified_suspicion", age=24, nationality="US",
                       phones=[phone(BUYER, "spaced")])],
        narrative=text("Nine pistols and five rifles of two series bought from one dealer in six weeks.", "en"),
    )  # fmt: skip
    book.publish(  # an older revision that arrives weeks after the newer one: it must change nothing
        "case", AT, "RATC-2026-00811", "03-02 14:00", line="guns", kind="opened", revision=2, sent="03-31 09:00",
        organisations=[dealer()], people=[person("Dylan Prueba Witaker", "purchaser", "certified_suspicion")],
        narrative=text("First note on the purchases.", "en"),
    )  # fmt: skip


def _southbound(book: Ledger) -> None:
    book.publish(
        "seizure", BC, "BC-2026-HID-002210", "03-12 23:10", line="guns", about="guns-bridge", tlp="AMBER",
        incident_number="HID26-002210", direction="OUTBOUND", mode="Land", discovery_method="Outbound inspection",
        occurred={"value": "2026-03-12T02:15", "zone": "America/Chicago"}, place=place("hidalgo"),
        conveyances=[vehicle("Chevrolet", "Tahoe", "black", [plate(TAHOE, "RNJ-7715", "Texas", "US")],
                             mark("vin", TAHOE_VIN, TAHOE_VIN), seized=True)],
        concealment="Rear quarter panels",
        items=[firearm("Pistol", "9mm", "KFX-4107", PISTOL_HIDALGO, make="Ejemplar Arms", exhibit="7"),
               firearm("Pistol", "9mm", "obliterated", obliterated=True),
               {"kind": "ammunition", "calibre": "7.62x39", "quantity": {"value": 1_500, "unit": "rounds"}},
               {"kind": "magazine", "quantity": {"value": 22, "unit": "each"}}],
        people=[subject("Héctor", "Ficticio", "Maldonado", basis="charged", age=33,
                        phones=[phone(DRIVER, "dialled_us")])],
        phones=[tip_line("dots")],
        narrative=text("Two pistols and rifle ammunition behind the rear quarter panels of an outbound Tahoe.", "en"),
    )  # fmt: skip
    stop = book.publish(
        "seizure", LS, "LSP/26/03/1290", "03-17 05:00", line="guns",
        occurred={"value": "2026-03-16", "zone": "America/Chicago"}, place=highway("hidalgo_county", "US-281"),
        direction="southbound", mode="Land",
        conveyances=[vehicle("Chevrolet", "Tahoe", "black", [plate(TAHOE, "rnj 7715", "TX")])],
        items=[{"kind": "ammunition", "calibre": ".50", "quantity": {"value": 400, "unit": "rounds"}}],
        phones=[phone(BUYER, "hyphens", "seized_device")],
        narrative=text("Ammunition cans under the seats; the vehicle was released to its lender.", "en"),
    )  # fmt: skip
    book.repeat(stop, 2000)
    book.publish(
        "seizure", BC, "BC-2026-BRO-001502", "04-02 13:40", line="guns", direction="OUTBOUND", mode="Land",
        occurred={"value": "2026-04-01T23:05", "zone": "America/Chicago"}, place=place("brownsville"),
        conveyances=[vehicle("CHEVROLET", "TAHOE", "BLK",
                             vin=mark("vin", TAHOE_VIN, f"{TAHOE_VIN[:11]}-{TAHOE_VIN[11:]}"))],
        items=[firearm("Rifle", "5.56", "DRB 20722", RIFLE_BROWNSVILLE, make="Muestra Rifle Works"),
               firearm("Rifle", "5.56", "S/N", privately_made=True)],
        narrative=text("Same vehicle number as in an earlier outbound seizure, without plates.", "en"),
    )  # fmt: skip
    book.publish(
        "seizure", BC, "BC-2026-HID-002391-S", "03-29 18:00", line="guns", views=("us",), tlp="AMBER",
        reported={"value": "2026-03-29", "zone": "America/Chicago"}, place=place("hidalgo"),
        phones=[phone(BUYER, "plain", "lookout")], narrative=text("Lookout placed for the next crossing.", "en"),
    )  # fmt: skip


def _recoveries(book: Ledger) -> None:
    book.publish(
        "seizure", GC, "GFC-REY-2026-0140", "03-24 01:30", line="guns", mode="terrestre", direction="hacia el sur",
        occurred={"value": "2026-03-23T13:00", "zone": "America/Mexico_City"},
        place=highway("reynosa", "Carretera Federal 97", 12),
        items=[firearm("pistola", "9 mm", "kfx 4112", PISTOL_REYNOSA, description="Pistola, matrícula KFX 4112"),
               firearm("fusil", "7.62x39", "SIN NUMERO")],
        phones=[phone(DRIVER, "spaced", "equipo_asegurado")],
        narrative=text("Se aseguraron dos armas y un teléfono en un vehículo sin placas.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", FF, "FFN-ASEG-0367-2026", "04-06 22:15", line="guns", tlp="AMBER", about="guns-san-fernando",
        occurred={"value": "2026-04-04", "zone": "America/Mexico_City"}, place=place("san_fernando"),
        items=[firearm("pistola", "9 mm", "KFX4119", PISTOL_SAN_FERNANDO, exhibit="I-1"),
               firearm("fusil", ".223", "DRB-20715", RIFLE_SAN_FERNANDO, exhibit="I-2"),
               firearm("fusil", ".50", "LIMADA", obliterated=True)],
        narrative=text("Armas localizadas tras un enfrentamiento; se solicita rastreo.", "es-MX"),
    )  # fmt: skip
    recovered = book.publish(
        "seizure", PR, "PR-0502-2026", "04-14 19:10", line="guns",
        occurred={"value": "2026-04-13", "zone": "America/Matamoros"}, place=place("rio_bravo"),
        items=[firearm("fusil", ".223", "DRB20713", "DRB20713"), firearm("escopeta", "12", "s/n")],
        narrative=text("Recuperación de dos armas largas en brecha.", "es-MX"),
    )  # fmt: skip
    book.correct(  # without revision numbers: the later time wins
        recovered, "04-16 18:00",
        items=[firearm("fusil", ".223", "drb-20731", RIFLE_RIO_BRAVO), firearm("escopeta", "12", "s/n")],
    )  # fmt: skip
    book.publish(
        "seizure", PR, "PR-0519-2026-R", "04-20 15:00", line="guns", views=("mx",), tlp="AMBER",
        reported={"value": "2026-04-20", "zone": "America/Matamoros"}, place=place("rio_bravo"),
        phones=[phone(DRIVER, "hyphens", "vinculado")], narrative=text("Informe interno.", "es-MX"),
    )  # fmt: skip


def _traces(book: Ledger) -> None:
    traces = (
        ("RATC-T-20881", "03-30 15:00", GC, "GFC-REY-2026-0140", PISTOL_REYNOSA, "KFX4112"),
        ("RATC-T-20940", "04-13 15:00", FF, "FFN-ASEG-0367-2026", RIFLE_SAN_FERNANDO, "DRB 20715"),
        ("RATC-T-21007", "04-24 15:00", PR, "PR-0502-2026", RIFLE_RIO_BRAVO, "DRB-20731"),
    )  # fmt: skip
    for number, time, agency, report, serial, written in traces:
        book.publish(
            "case", AT, number, time, line="guns", kind="trace_result", case_numbers=_docket(),
            trace_result={"amends": {"agency": agency, "report_id": report, "serial": mark("serial", serial, written)},
                          "requester": "Fiscalía Federal del Norte (ficticia)", "trace_number": number,
                          "purchased": {"value": "2026-01"}, "purchase_state": "Texas",
                          "status": "traced_to_purchaser"},
            organisations=[dealer()],
        )  # fmt: skip
    book.publish(
        "case", AT, "RATC-N-3310", "04-21 16:30", line="guns", kind="nibin_lead",
        nibin_lead={"exhibits": [
            {"agency": FF, "exhibit": "I-1", "serial": mark("serial", PISTOL_SAN_FERNANDO, "KFX-4119")},
            {"agency": BC, "exhibit": "7", "serial": mark("serial", PISTOL_HIDALGO, "kfx4107")}]},
        narrative=text("Two pistols of one series; casings from San Fernando may come from either.", "en"),
    )  # fmt: skip


def _in_court(book: Ledger) -> None:
    steps = (("arrest", "03-20 21:00", "2026-crh-000455-d2"), ("indictment", "04-09 17:15", DOCKET),
             ("plea", "05-20 18:00", "2026-CRH-000455 -D2"))  # fmt: skip
    for number, (kind, time, written) in enumerate(steps, start=1):
        book.publish(
            "case", DA, f"MCDA-26-0455-{number}", time, line="guns", kind=kind, case_numbers=_docket(written),
            occurred={"value": f"2026-{time[:5]}", "zone": "America/Chicago"}, place=place("hidalgo_county"),
            people=[person("WHITAKER, Dylan Prueba", "defendant", "charged"),
                    person("Kayla Inventada Moss", "purchaser", "certified_suspicion")],
        )  # fmt: skip
    for number, (kind, time, basis) in enumerate((("opened", "04-08 21:00", "certified_suspicion"),
                                                  ("sobreseimiento", "05-15 23:00", "cleared")), start=1):  # fmt: skip
        book.publish(
            "case", FF, f"FFN-CI-1204-{number}", time, line="guns", kind=kind, case_numbers=_carpeta(CARPETA.lower()),
            occurred={"value": f"2026-{time[:5]}", "zone": "America/Mexico_City"}, place=place("san_fernando"),
            people=[subject("Ramiro", "Inventado", "Lozano", basis=basis, age=38,
                            phones=[phone(DRIVER, "e164")] if kind == "opened" else [])],
            narrative=text("Investigación por acopio de armas de fuego.", "es-MX"),
        )  # fmt: skip
