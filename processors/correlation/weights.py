"""The weights of the features, level by level, and the prior: natural logarithms.

Learned by `puente train-weights` from invented cases (`tests/scenarios`, seeds 1 to 3 of 5,000 reports and 4 to 7 of
1,000, where fewer values are common), within the orders of `processors.correlation.orders`: what is rarer, nearer or
closer never weighs less. Nothing here is written by hand. 12 and -6 are the bounds: no single thing settles a pair, and
none rules it out, by itself.
"""

PRIOR = -0.126
WEIGHTS: dict[str, dict[str, float]] = {
    "be_impossible": {"apart": -6.0},
    "hide_alike": {"near": 0.0},
    "look_same": {"alike": 0.874, "differs": -6.0, "not_unlike": 0.874, "other_colour": 0.0},
    "name_same_person": {
        "born_near": 2.826,
        "born_other_day": -6.0,
        "born_same_day": 9.171,
        "common_name": 0.0,
        "full_name": 3.801,
        "like_name": 3.055,
        "rare_name": 1.511,
        "rare_surnames": 4.99,
        "two_surnames": 0.0,
    },
    "repeat_text": {"copy": 4.081, "copy_later": 0.0, "partly": 1.115, "partly_later": 0.0, "release": 6.253},
    "share_aircraft": {"common": 8.187, "rare": 10.537},
    "share_clabe": {"common": 11.769, "rare": 11.769},
    "share_curp": {"common": 8.187, "rare": 12.0},
    "share_docket": {"common": 0.0, "rare": 11.062},
    "share_doubtful": {"same": 1.0},
    "share_iban": {"common": 6.584, "rare": 6.584},
    "share_imei": {"common": 8.187, "rare": 9.662},
    "share_mark": {
        "common": 0.0,
        "common_near": 2.249,
        "everywhere": 0.0,
        "everywhere_near": 0.0,
        "rare": 6.785,
        "rare_near": 6.785,
    },
    "share_misread": {"look_alike": 6.425, "look_alike_proved": 6.425, "slip": 1.875, "slip_proved": 5.048},
    "share_passport": {"common": 8.187, "rare": 12.0},
    "share_phone": {"common": 0.0, "rare": 11.692},
    "share_plate": {"common": 5.587, "rare": 5.587},
    "share_rfc": {"common": 6.584, "rare": 6.584},
    "share_serial": {"common": 0.0, "rare": 4.249},
    "share_vessel": {"common": 10.834, "rare": 10.834},
    "share_vin": {"common": 12.0, "rare": 12.0},
    "share_visa": {"common": 6.584, "rare": 6.584},
    "share_wallet": {"common": 12.0, "rare": 12.0},
    "tell_event": {
        "day_here_about": 0.108,
        "day_here_amount": 5.074,
        "day_here_kind": 0.108,
        "day_here_untold": 4.517,
        "day_near_about": 0.0,
        "day_near_amount": 3.703,
        "day_near_kind": 0.0,
        "day_near_untold": 3.703,
        "hours_here_about": 2.002,
        "hours_here_amount": 6.223,
        "hours_here_kind": 2.002,
        "hours_here_untold": 6.223,
        "hours_near_about": 0.776,
        "hours_near_amount": 5.728,
        "hours_near_kind": 0.776,
        "hours_near_untold": 5.728,
    },
}
