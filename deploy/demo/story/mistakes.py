"""What agencies take back or put right, and where it would tie the lines together if it had stood."""

from deploy.demo.story.guns import TAHOE, firearm
from deploy.demo.story.ledger import Ledger
from deploy.demo.story.numbers import phone
from deploy.demo.story.people import person, plate, text, vehicle
from deploy.demo.story.pills import NISSAN, PICKUP
from deploy.demo.story.places import highway, place
from deploy.demo.story.smuggling import HOUSE, TRAILER

__all__ = ["tell_mistakes"]


def tell_mistakes(book: Ledger) -> None:
    """Publish the retracted reports, and the corrections that take a link away."""
    bridge = book.publish(  # would join the pill line and the gun line
        "seizure", "policia-rio", "PR-0430-2026", "03-26 15:00", revision=1,
        occurred={"value": "2026-03-25", "zone": "America/Matamoros"}, place=place("nuevo_laredo"),
        conveyances=[vehicle("Nissan", "Versa", "rojo", [plate(NISSAN, "XGT 482 C", "Tamaulipas", "MX")]),
                     vehicle("Chevrolet", "Tahoe", "negro", [plate(TAHOE, "RNJ7715", "Texas", "US")])],
        narrative=text("Dos vehículos estacionados frente al mismo domicilio.", "es-MX"),
    )  # fmt: skip
    book.retract(bridge, "04-02 17:00", "Las placas se tomaron de otro expediente (ficticio).", revision=2)
    book.repeat(bridge, 60 * 24 * 20)  # the old revision once more, long after it was taken back
    call = book.publish(  # would join the pill line and the smuggling cell
        "case", "mesquite-da", "MCDA-26-0610-1", "04-16 15:30", kind="opened",
        occurred={"value": "2026-04-15", "zone": "America/Chicago"}, place=place("webb"),
        conveyances=[vehicle("Ford", "F-150", "white", [plate(PICKUP, "TKX4821", "TX")])],
        people=[person("Norma Simulada Reyes", "suspect", "certified_suspicion", phones=[phone(HOUSE, "brackets")])],
        narrative=text("Pickup said to be parked at the stash house.", "en"),
    )  # fmt: skip
    book.retract(call, "04-28 20:00", "The caller withdrew the statement (fictional).")
    alone = book.publish(
        "seizure", "guardia-caminos", "GFC-MTY-2026-0188", "04-04 18:00", place=place("sabinas_hidalgo"),
        occurred={"value": "2026-04-03", "zone": "America/Mexico_City"},
        items=[firearm("pistola", ".40", "S/N")], narrative=text("Pistola abandonada.", "es-MX"),
    )  # fmt: skip
    book.retract(alone, "04-05 18:00", "Registro duplicado de otra base (ficticio).")
    misread = book.publish(  # a camera misread the trailer's plate; the correction takes the link away
        "seizure", "lone-star-patrol", "LSP/26/03/1510", "03-27 04:30", revision=7,
        occurred={"value": "2026-03-26", "zone": "America/Chicago"}, place=highway("bexar", "I-35", 152),
        conveyances=[vehicle("Utility", "reefer", "white", [plate(TRAILER, "T55-2081", "TX", "US")], kind="trailer")],
        items=[{"kind": "substance", "name": "Marijuana", "quantity": {"value": 212, "unit": "lb"}}],
        narrative=text("Bundles among produce.", "en"),
    )  # fmt: skip
    book.correct(
        misread, "04-03 16:00",
        conveyances=[vehicle("Utility", "reefer", "white", [plate("T562087", "T56-2087", "TX", "US")], kind="trailer")],
    )  # fmt: skip
    amount = book.publish(
        "seizure", "fiscalia-norte", "FFN-ASEG-0291-2026", "03-15 17:00", place=place("culiacan"),
        occurred={"value": "2026-03-14", "zone": "America/Mexico_City"},
        items=[{"kind": "substance", "name": "metanfetamina", "quantity": {"value": 1_200, "unit": "kg"}}],
        narrative=text("Aseguramiento en laboratorio.", "es-MX"),
    )  # fmt: skip
    book.correct(
        amount, "03-18 17:00",
        items=[{"kind": "substance", "name": "metanfetamina", "quantity": {"value": 120, "unit": "kg"}}],
    )  # fmt: skip
