"""What speaks for and against two reports belonging together. `FEATURES` is the list to extend: write a function, add a
line here and its levels to `processors.correlation.weights`.

The docstring of a feature is the sentence that an analyst reads, in English and, after an empty line, in Spanish.
"""

from collections.abc import Callable

from processors.correlation.features_against import differ_in_unique
from processors.correlation.features_events import be_impossible, hide_alike, repeat_text, share_mark, tell_event
from processors.correlation.features_identifiers import (
    share_aircraft,
    share_clabe,
    share_curp,
    share_docket,
    share_doubtful,
    share_iban,
    share_imei,
    share_misread,
    share_passport,
    share_phone,
    share_plate,
    share_rfc,
    share_serial,
    share_vessel,
    share_vin,
    share_visa,
    share_wallet,
)
from processors.correlation.features_people import name_same_person
from processors.correlation.features_things import look_same
from processors.correlation.sides import Found, Side

__all__ = ["FEATURES", "Feature"]

Feature = Callable[[Side, Side], Found]

FEATURES: tuple[tuple[Feature, frozenset[str]], ...] = (
    (share_plate, frozenset({"plate"})),
    (share_vin, frozenset({"vin"})),
    (share_phone, frozenset({"phone"})),
    (share_imei, frozenset({"imei"})),
    (share_serial, frozenset({"serial"})),
    (share_curp, frozenset({"curp"})),
    (share_rfc, frozenset({"rfc"})),
    (share_passport, frozenset({"passport"})),
    (share_visa, frozenset({"visa"})),
    (share_clabe, frozenset({"clabe"})),
    (share_iban, frozenset({"iban"})),
    (share_wallet, frozenset({"wallet"})),
    (share_docket, frozenset({"docket"})),
    (share_aircraft, frozenset({"aircraft"})),
    (share_vessel, frozenset({"vessel"})),
    (share_doubtful, frozenset({"doubtful"})),
    (share_misread, frozenset({"misread"})),
    (look_same, frozenset({"plate", "vin", "serial", "misread"})),
    (differ_in_unique, frozenset({"unique"})),
    (name_same_person, frozenset({"people"})),
    (tell_event, frozenset({"when"})),
    (share_mark, frozenset({"press_marks"})),
    (hide_alike, frozenset({"concealment"})),
    (repeat_text, frozenset({"texts", "origin"})),
    (be_impossible, frozenset({"place"})),
)
"""Each feature with what two records must have in common (`PARTS`) for it to find anything: one of these."""
