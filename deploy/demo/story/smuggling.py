"""Line 3: a cell moves people from Reynosa through a stash house in Webb County to San Antonio."""

from typing import Any

from deploy.demo.story.ledger import Ledger
from deploy.demo.story.marks import Json, mark
from deploy.demo.story.numbers import PhoneLine, make_clabe, make_curp, make_vin, phone, tip_line
from deploy.demo.story.people import person, plate, protected, subject, text, vehicle
from deploy.demo.story.pills import PRESS_MARK, WITNESS_PHONE
from deploy.demo.story.places import highway, place

__all__ = ["TRAILER", "tell_smuggling"]

TRACTOR, TRAILER, VAN = "R841207", "T552081", "PLX3364"
TRAILER_VIN = make_vin("1JJV532W", "NLZ55504")
GUIDE, HOUSE = PhoneLine("MX", "8995550166"), PhoneLine("US", "9565550188")
DRIVER_UNDER_THREAT, MOTHER = PhoneLine("US", "8305550119"), PhoneLine("MX", "8995550190")
WALLET = "TFakePuenteDemoCeLLXXXXXXXXXWt2rSZ"
CLABE = make_clabe("99918000555000166")
DOCKET, CARPETA = "2026-CRB-000502-D3", "FED/TAMPS/REY/0001377/2026"
CURP = make_curp("ROSAURA", "INVENTADA", "VILLEGAS", "1979-11-02", "M", "TS")

BC, LS, DA, FF, GC, PR = (
    "bridge-customs", "lone-star-patrol", "mesquite-da", "fiscalia-norte", "guardia-caminos", "policia-rio",
)  # fmt: skip


def _docket(written: str = DOCKET) -> list[Json]:
    issuer = "District Court of Mesquite County (fictional)"
    return [{"system": "docket", "number": mark("docket", DOCKET, written), "issuer": issuer}]


def _carpeta(written: str = CARPETA) -> list[Json]:
    return [{"system": "carpeta", "number": mark("docket", CARPETA, written), "issuer": "Fiscalía Norte (ficticia)"}]


def _rosaura(curp: str, basis: str, **more: Any) -> Json:
    ids = [{"kind": "curp", "value": mark("curp", CURP, curp)}]
    return subject("Rosaura", "Inventada", "Villegas", basis=basis, identifiers=ids, birth_date="1979-11-02", **more)


def tell_smuggling(book: Ledger) -> None:
    """Publish the line's reports."""
    _on_the_road(book)
    _stash_house(book)
    _south_of_the_river(book)
    _in_court(book)


def _on_the_road(book: Ledger) -> None:
    trailer = book.publish(
        "case", LS, "LSP/26/03/1233-C", "03-13 10:30", line="smuggling", about="trailer", tlp="AMBER", kind="arrest",
        occurred={"value": "2026-03-12T23:50", "zone": "America/Chicago"}, place=highway("webb", "I-35", 47),
        conveyances=[vehicle("Freightliner", "Cascadia", "blue", [plate(TRACTOR, "R84-1207", "TX")], kind="truck"),
                     vehicle("Wabash", "dry van", "white", [plate(TRAILER, "T55-2081", "Texas", "US")],
                             mark("vin", TRAILER_VIN, TRAILER_VIN), "trailer")],
        smuggling={"people_moved": 47, "adults": 41, "minors": 6, "unaccompanied": 2, "deaths": 0, "rescued": 47,
                   "nationalities": ["MX", "GT", "HN"], "fee": {"value": 9_000, "unit": "USD"}},
        people=[protected("Cole Amparado Sutter", "suspect", "victim", basis="charged", review_date="2026-12-31",
                          phones=[phone(DRIVER_UNDER_THREAT, "brackets")]),
                protected("Wilmer Protegido Ejemplo", "smuggled_person", age=29),
                protected("Dilcia Custodiada Ejemplo", "minor", age=9)],
        phones=[phone(GUIDE, "dialled_us", "call_log"), tip_line("hyphens")],
        narrative=text("Forty-seven people in the trailer, six of them children. Dilcia Custodiada Ejemplo, 9, was "
                       "treated for dehydration. The driver says that he was threatened.", "en"),
    )  # fmt: skip
    book.repeat(trailer, 45)
    book.publish(
        "case", LS, "LSP/26/04/0215-C", "04-07 03:15", line="smuggling", kind="arrest",
        occurred={"value": "2026-04-06T14:20", "zone": "America/Chicago"}, place=highway("la_salle", "I-35", 69),
        conveyances=[vehicle("Chevrolet", "Express", "silver", [plate(VAN, "PLX-3364", "Texas", "US")])],
        smuggling={"people_moved": 14, "adults": 13, "minors": 1, "unaccompanied": 1},
        people=[person("Ectór Fictisio Maldonado", "suspect", "certified_suspicion", nationality="MX"),
                protected("Brayan Cobijado Ejemplo", "smuggled_person", "minor", age=15)],
        phones=[phone(HOUSE, "trunk_us", "call_log"), phone(GUIDE, "e164", "call_log")],
        narrative=text("Fourteen people in a van. The guide fled into the brush.", "en"),
    )  # fmt: skip
    book.publish(  # late: a weigh-station photograph, found six weeks on
        "seizure", LS, "LSP/26/03/0904", "04-23 15:30", line="smuggling",
        occurred={"value": "2026-03-07", "zone": "America/Chicago"}, place=highway("bexar", "I-35", 140),
        conveyances=[vehicle("Wabash", "dry van", "white", [plate(TRAILER, "t55 2081", "TX")], kind="trailer")],
        narrative=text("Entered late: the trailer at the weigh station five days before the rescue.", "en"),
    )  # fmt: skip


def _stash_house(book: Ledger) -> None:
    house = book.publish(
        "case", DA, "MCDA-26-0502-1", "03-18 16:45", line="smuggling", kind="opened", case_numbers=_docket(),
        tlp="AMBER", revision=1, occurred={"value": "2026-03-17", "zone": "America/Chicago"},
        place=place("webb", "2200 block of Prueba Lane, Laredo, TX"),
        smuggling={"people_moved": 31, "adults": 28, "minors": 3, "rescued": 31,
                   "stash_house": place("webb", "2200 block of Prueba Lane, Laredo, TX")},
        people=[protected("Marisela Guardada Ejemplo", "victim", "witness",
                          phones=[phone(WITNESS_PHONE, "dialled_us")]),
                protected("Keyla Abrigada Ejemplo", "minor", age=4),
                person("Norma Simulada Reyes", "suspect", "charged", phones=[phone(HOUSE, "spaced")])],
        conveyances=[vehicle("Chevrolet", "Express", "silver", [plate("PLX3384", "PLX 3384", "TX")])],
        narrative=text("Thirty-one people behind locked doors. MARISELA GUARDADA EJEMPLO called for help from a "
                       "borrowed phone. Plate read by a neighbour.", "en"),
    )  # fmt: skip
    book.correct(  # the plate read by the neighbour was wrong by one digit
        house, "03-24 15:00",
        conveyances=[vehicle("Chevrolet", "Express", "silver", [plate(VAN, "plx3364", "TX")])],
    )  # fmt: skip
    book.publish(
        "seizure", BC, "BC-2026-LRD-004301", "03-20 20:10", line="smuggling", discovery_method="Search warrant",
        occurred={"value": "2026-03-17", "zone": "America/Chicago"},
        place=place("webb", "2200 block of Prueba Lane, Laredo, TX"),
        items=[{"kind": "currency", "quantity": {"value": 27_400, "unit": "USD"}},
               {"kind": "substance", "name": "Fentanyl", "form": "pills", "quantity": {"value": 40, "unit": "pills"},
                "press_marks": [PRESS_MARK], "identification": "presumptive"}],
        phones=[phone(HOUSE, "plain", "seized_device")],
        accounts=[{"kind": "wallet", "value": mark("wallet", WALLET, WALLET), "network": "TRON"}],
        narrative=text("Ledger, phone and a small bag of pills with the press mark BR-7 in the stash house.", "en"),
    )  # fmt: skip
    book.publish(
        "case", DA, "MCDA-26-0502-9", "04-01 16:00", line="smuggling", kind="opened", views=("us",), tlp="AMBER",
        case_numbers=_docket("2026-crb-000502-d3"), people=[protected("Elvia Amparada Nogal", "informant")],
        narrative=text("Statement taken; held by the county.", "en"),
    )  # fmt: skip


def _south_of_the_river(book: Ledger) -> None:
    book.publish(
        "case", GC, "GFC-REY-2026-0122-C", "03-16 18:20", line="smuggling", kind="arrest",
        occurred={"value": "2026-03-15T10:00", "zone": "America/Mexico_City"},
        place=highway("reynosa", "Carretera Federal 2", 31),
        smuggling={"people_moved": 22, "adults": 17, "minors": 5, "nationalities": ["GT", "SV"]},
        people=[protected("Yesenia Arropada Ejemplo", "smuggled_person", "witness", phones=[phone(MOTHER, "local")]),
                subject("Noé", "Prueba", "Escamilla", basis="charged", age=22, phones=[phone(GUIDE, "local")])],
        narrative=text("Se ubicó a 22 personas en un camión de redilas. La testigo Yesenia Arropada Ejemplo aportó "
                       "el recorrido.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", FF, "FFN-CATEO-133-2026", "04-11 00:30", line="smuggling", discovery_method="cateo", tlp="AMBER",
        occurred={"value": "2026-04-09", "zone": "America/Mexico_City"}, place=place("reynosa", "Calle Muestra 9"),
        items=[{"kind": "currency", "quantity": {"value": 640_000, "unit": "MXN"}},
               {"kind": "firearm", "type": "pistola", "calibre": ".38", "serial": "ilegible"}],
        people=[_rosaura(f"{CURP[:4]}-{CURP[4:10]}-{CURP[10:]}", "certified_suspicion")],
        accounts=[{"kind": "wallet", "value": mark("wallet", WALLET, WALLET), "network": "TRON"},
                  {"kind": "clabe", "value": mark("clabe", CLABE, CLABE), "institution": "Banco Ejemplo (ficticio)"}],
        narrative=text("Libretas con pagos por persona y una cartera digital.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "seizure", PR, "PR-0533-2026", "04-27 16:40", line="smuggling",
        occurred={"value": "2026-04-26", "zone": "America/Matamoros"}, place=place("miguel_aleman"),
        conveyances=[vehicle("Wabash", "caja seca", "blanco", vin=mark("vin", TRAILER_VIN, TRAILER_VIN.lower()),
                             kind="trailer")],
        narrative=text("Caja seca localizada sin placas en un predio.", "es-MX"),
    )  # fmt: skip
    book.publish(
        "case", FF, "FFN-CI-1377-0", "04-12 17:00", line="smuggling", kind="opened", views=("mx",), tlp="AMBER",
        case_numbers=_carpeta("fed/tamps/rey/0001377/2026"), narrative=text("Registro interno.", "es-MX"),
    )  # fmt: skip


def _in_court(book: Ledger) -> None:
    book.publish(
        "case", FF, "FFN-CI-1377-1", "04-13 22:00", line="smuggling", kind="opened", case_numbers=_carpeta(),
        offences=[{"name": "Tráfico de personas migrantes", "statute": "Art. 159 Ley de Migración"}],
        people=[_rosaura(CURP.lower(), "certified_suspicion")], place=place("reynosa"),
    )  # fmt: skip
    book.publish(
        "case", FF, "FFN-CI-1377-2", "04-22 23:45", line="smuggling", kind="precautionary_measure",
        case_numbers=_carpeta("FED/TAMPS/REY / 0001377 / 2026"), people=[_rosaura(CURP, "charged")],
        accounts=[{"kind": "clabe", "value": mark("clabe", CLABE, CLABE), "institution": "Banco Ejemplo (ficticio)"}],
        narrative=text("Se decretó prisión preventiva y aseguramiento de la cuenta.", "es-MX"),
    )  # fmt: skip
    for number, (kind, time) in enumerate((("indictment", "04-14 18:30"), ("plea", "05-26 17:00")), start=2):
        book.publish(
            "case", DA, f"MCDA-26-0502-{number}", time, line="smuggling", kind=kind, case_numbers=_docket(),
            occurred={"value": f"2026-{time[:5]}", "zone": "America/Chicago"}, place=place("webb"),
            people=[person("SIMULADA REYES, Norma", "defendant", "charged")],
        )  # fmt: skip
