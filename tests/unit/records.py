"""Records in the shape of real ones of both countries. All people, numbers and events in them are invented."""

from typing import Any

__all__ = ["CASES", "NEWS", "SEIZURES"]

LAREDO: dict[str, Any] = {
    "report_id": "FICTION-2024-000123",
    "exercise": True,
    "incident_number": "2024-000123",
    "discovery_method": "Non-intrusive inspection, canine alert",
    "occurred": {"value": "2024-04-07T13:05", "zone": "America/Chicago", "precision": "minute"},
    "seized": {"value": "2024-04-07", "zone": "America/Chicago"},
    "reported": {"value": "2024-04-08T09:00:00-05:00"},
    "place": {"as_written": "World Trade Bridge, Laredo", "country": "US", "port_of_entry": "Laredo",
              "codes": [{"system": "cbp_port", "value": "2304"}], "latitude": 27.597, "longitude": -99.536},
    "direction": "INBOUND",
    "mode": "Land",
    "conveyances": [{"kind": "truck", "plates": [{"number": "555FICT", "state": "Nuevo León", "country": "MX"}],
                     "vin": "1M8GDM9AXKP042788", "bill_of_lading": "FICT-0001", "shipper": "Ejemplo Ficticio SA"}],
    "concealment": "Hidden floor of the trailer",
    "items": [
        {"kind": "substance", "line": "1", "name": "Fentanyl",
         "quantity": {"value": 12.5, "unit": "lb", "measure": "gross"},
         "form": "pill", "identification": "presumptive", "press_marks": ["M30"], "exhibit": "1A",
         "mixture": [{"name": "fentanyl", "purity_percent": 2.1}, {"name": "xylazine"}]},
        {"kind": "currency", "quantity": {"value": 15000, "unit": "USD"}},
    ],
    "people": [{"name": "Ficticio Ejemplo Pérez", "roles": ["suspect"], "basis": "charged", "review_date": "2025-01-01",
                "phones": [{"number": "+1 956 555 0199"}]}],
    "references": [{"issuer": "HSI", "number": "FICT-77"}],
    "narrative": {"text": "A fictional driver was referred to secondary inspection.", "language": "en"},
    "handling": {"tlp": "GREEN", "releasable_to": ["joint"]},
    "grade": {"reliability": "B", "credibility": "2"},
    "revision": 3,
}  # fmt: skip

CULIACAN: dict[str, Any] = {
    "report_id": "FGR/FICTICIO/0001/2024",
    "exercise": True,
    "occurred": {"value": "2024-04"},
    "place": {"as_written": "Costa Rica, Culiacán, Sinaloa", "country": "MX", "state": "Sinaloa",
              "municipality": "Culiacán",
              "codes": [{"system": "inegi", "value": "25006"}], "highway": "15D", "kilometre": 41.5},
    "items": [
        {"kind": "laboratory", "product": "metanfetamina", "capacity": {"value": 200, "unit": "kg"}},
        {"kind": "precursor", "name": "4-ANPP", "quantity": {"value": 25, "unit": "kilogramos", "approximate": True},
         "cas_number": "21409-26-7"},
        {"kind": "plantation", "crop": "amapola", "hectares": 1.5},
        {"kind": "firearm", "type": "arma larga", "make": "Fictional Arms", "calibre": "7.62x39", "serial": "S/N",
         "obliterated": True},
        {"kind": "ammunition", "quantity": {"value": 340, "unit": "cartuchos"}, "calibre": "7.62x39"},
        {"kind": "magazine", "quantity": {"value": 12, "unit": "piezas"}},
        {"kind": "firearm_part", "part": "silenciador"},
        {"kind": "explosive", "type": "granada de fragmentación", "quantity": {"value": 2, "unit": "piezas"}},
        {"kind": "fuel", "fuel_type": "diésel", "quantity": {"value": 5000, "unit": "litros"}},
        {"kind": "property", "type": "chaleco táctico"},
    ],
    "people": [{"given_names": "Persona", "surnames": ["Ficticia", "Ejemplo"], "roles": ["defendant"],
                "aliases": ["El Ejemplo"]}],
    "organisations": [{"name": "Comercializadora Ficticia del Ejemplo", "role": "front"}],
    "accounts": [{"kind": "clabe", "value": "000000000000000000"}],
    "social_handles": [{"platform": "x", "handle": "@ficticio_ejemplo"}],
    "narrative": {"text": "Personal de la institución localizó un laboratorio ficticio.", "language": "es-MX"},
}  # fmt: skip

PERIOD_TOTAL: dict[str, Any] = {
    "report_id": "2024|APR|FICTIONAL FIELD OFFICE|Fentanyl",
    "count_basis": "period_total",
    "period": {"fiscal_year": 2024, "month": "APR"},
    "event_count": 4,
    "items": [{"kind": "substance", "name": "Fentanyl", "quantity": {"value": 8.25, "unit": "lb"}}],
}

RETRACTION: dict[str, Any] = {
    "report_id": "FICTION-2024-000123",
    "revision": 4,
    "retraction": {"reason": "Entered twice"},
}

SEIZURES = [LAREDO, CULIACAN, PERIOD_TOTAL, RETRACTION]

CASES: list[dict[str, Any]] = [
    {
        "report_id": "case-1",
        "exercise": True,
        "kind": "remand",
        "case_numbers": [{"system": "causa_penal", "number": "FICT/12/2024", "issuer": "Centro de Justicia Ficticio"}],
        "offences": [{"name": "contra la salud", "statute": "art. 194 CPF"}],
        "people": [
            {"name": "Ficticia Ejemplo", "roles": ["defendant"], "basis": "charged", "review_date": "2025-06-30"}
        ],
        "smuggling": {"people_moved": 14, "minors": 3, "fee": {"value": 8000, "unit": "USD"}, "nationalities": ["GT"]},
    },
    {
        "report_id": "case-2",
        "kind": "operation_notice",
        "operation": {
            "start": {"value": "2026-03-01T05:00", "zone": "America/Tijuana"},
            "end": {"value": "2026-03-01T09:00", "zone": "America/Tijuana"},
            "place": {"municipality": "Tijuana"},
            "targets": [{"kind": "address", "token": "f00d"}],
            "contact": "Fictional desk, +1 619 555 0100",
        },
    },
    {
        "report_id": "case-3",
        "kind": "laboratory_result",
        "laboratory_result": {
            "amends": {"agency": "cbp", "exhibit": "1A"},
            "laboratory": "Fictional Laboratory",
            "substances": [{"name": "fentanyl", "purity_percent": 2.1}],
        },
    },
    {
        "report_id": "case-4",
        "kind": "trace_result",
        "trace_result": {
            "amends": {"agency": "fgr", "serial": "FICT123"},
            "requester": "FGR",
            "purchased": {"value": "2021-02-03"},
            "purchase_state": "Arizona",
            "status": "traced_to_purchaser",
        },
    },
    {
        "report_id": "case-5",
        "kind": "nibin_lead",
        "nibin_lead": {"exhibits": [{"agency": "atf", "exhibit": "1"}, {"agency": "fgr", "report_id": "r"}]},
    },
]

NEWS: list[dict[str, Any]] = [
    {
        "report_id": "https://example.org/nota-1",
        "exercise": True,
        "outlet": "El Diario Ficticio",
        "language": "es",
        "title": "Aseguran pastillas en un ejemplo inventado",
        "body": "Texto ficticio de una nota que nunca se publicó.",
        "url": "https://example.org/nota-1",
        "published": {"value": "2024-04-08T10:00", "zone": "America/Mexico_City"},
        "lineage": [{"origin": "Agencia Ficticia", "relation": "repeats"}],
    }
]
