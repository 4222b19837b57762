"""The weights of the features, level by level, and the prior: natural logarithms.

Learned by `puente train-weights` from invented cases (`tests/scenarios`, seeds 1 to 3 of 5,000 reports and 4 to 7 of
1,000, where fewer values are common), within the orders of `processors.correlation.orders`: what is rarer, nearer or
closer never weighs less. Nothing here is written by hand. 12 and -6 are the bounds: no single thing settles a pair, and
none rules it out, by itself.
"""

PRIOR = -0.139
WEIGHTS: dict[str, dict[str, float]] = {
    "be_impossible": {"apart": -6.0},
    "differ_in_unique": {"two_people": -3.0, "two_vehicles": -3.0},
    "hide_alike": {"near": 0.0},
    "look_same": {"alike": 0.823, "differs": -5.035, "not_unlike": 0.823, "other_colour": 0.0, "other_make": -6.0},
    "name_same_person": {
        "alias": 1.0,
        "born_near": 4.859,
        "born_other_day": -5.808,
        "born_same_day": 9.093,
        "born_same_unsure": 6.647,
        "common_name": 0.0,
        "full_name": 1.606,
        "like_name": 3.128,
        "rare_name": 1.606,
        "rare_surnames": 4.999,
        "two_surnames": 0.0,
    },
    "repeat_text": {"copy": 4.095, "copy_later": 0.0, "partly": 1.128, "partly_later": 0.0, "release": 6.26},
    "share_aircraft": {"common": 8.193, "rare": 10.549},
    "share_clabe": {"common": 11.781, "rare": 11.781},
    "share_curp": {"common": 8.193, "rare": 12.0},
    "share_docket": {"common": 0.0, "no_office": 1.0, "other_issuer": 0.0, "rare": 11.074},
    "share_doubtful": {"same": 1.0},
    "share_iban": {"common": 6.596, "rare": 6.596},
    "share_imei": {"common": 8.193, "rare": 9.675},
    "share_mark": {
        "common": 0.0,
        "common_near": 2.26,
        "everywhere": 0.0,
        "everywhere_near": 0.0,
        "rare": 6.792,
        "rare_near": 6.792,
    },
    "share_misread": {
        "look_alike": 6.431,
        "look_alike_proved": 6.431,
        "pasted": 2.0,
        "same_end": 3.0,
        "slip": 1.953,
        "slip_proved": 5.055,
    },
    "share_passport": {"common": 8.193, "other_issuer": 0.0, "rare": 12.0},
    "share_phone": {"common": 0.0, "rare": 11.705},
    "share_plate": {"common": 5.6, "other_issuer": 0.0, "rare": 5.6},
    "share_rfc": {"common": 6.596, "rare": 6.596},
    "share_serial": {"common": 0.0, "rare": 4.262},
    "share_vessel": {"common": 10.846, "other_issuer": 0.0, "rare": 10.846},
    "share_vin": {"common": 12.0, "rare": 12.0},
    "share_visa": {"common": 6.596, "other_issuer": 0.0, "rare": 6.596},
    "share_wallet": {"common": 12.0, "rare": 12.0},
    "tell_event": {
        "day_here_about": 0.719,
        "day_here_amount": 5.69,
        "day_here_kind": 0.719,
        "day_here_untold": 2.396,
        "day_near_about": 0.719,
        "day_near_amount": 5.502,
        "day_near_kind": 0.719,
        "day_near_untold": 1.203,
        "hours_here_about": 2.368,
        "hours_here_amount": 5.851,
        "hours_here_kind": 2.368,
        "hours_here_untold": 4.508,
        "hours_near_about": 1.092,
        "hours_near_amount": 5.851,
        "hours_near_kind": 1.092,
        "hours_near_untold": 3.547,
    },
}
