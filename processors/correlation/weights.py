"""The weights of the features, level by level, and the prior: natural logarithms.

Learned by `puente train-weights` from invented cases (`tests/scenarios`, seeds 1 to 3 of 5,000 reports and 4 to 7 of
1,000, where fewer values are common), within the orders of `processors.correlation.orders`: what is rarer, nearer or
closer never weighs less. Nothing here is written by hand. 12 and -6 are the bounds: no single thing settles a pair, and
none rules it out, by itself.
"""

PRIOR = -0.216
WEIGHTS: dict[str, dict[str, float]] = {
    "be_impossible": {"apart": -6.0},
    "differ_in_unique": {"two_people": -3.0, "two_vehicles": -3.0},
    "hide_alike": {"near": 0.0},
    "look_same": {"alike": 0.493, "differs": -3.0, "not_unlike": 0.493, "other_colour": -1.0, "other_make": -6.0},
    "name_same_person": {
        "alias": 1.0,
        "born_near": 2.91,
        "born_other_day": -5.162,
        "born_same_day": 9.069,
        "born_same_unsure": 2.91,
        "common_name": 0.0,
        "full_name": 1.717,
        "like_name": 2.131,
        "rare_name": 1.717,
        "rare_surnames": 4.465,
        "two_surnames": 0.0,
    },
    "repeat_text": {"copy": 3.87, "copy_later": 0.0, "partly": 1.347, "partly_later": 0.0, "release": 6.318},
    "share_aircraft": {"common": 10.3, "rare": 10.3},
    "share_clabe": {"common": 11.686, "rare": 11.686},
    "share_curp": {"common": 8.188, "rare": 11.515},
    "share_docket": {"common": 0.0, "no_office": 1.0, "other_issuer": 0.0, "rare": 10.905},
    "share_doubtful": {"same": 1.0},
    "share_iban": {"common": 6.233, "rare": 6.233},
    "share_imei": {"common": 8.188, "rare": 9.185},
    "share_mark": {
        "common": 0.0,
        "common_near": 2.879,
        "everywhere": 0.0,
        "everywhere_near": 0.0,
        "rare": 6.765,
        "rare_near": 6.765,
    },
    "share_misread": {
        "look_alike": 6.501,
        "look_alike_proved": 6.501,
        "pasted": 2.0,
        "same_end": 3.0,
        "slip": 1.605,
        "slip_proved": 5.26,
    },
    "share_passport": {"common": 8.188, "other_issuer": 0.0, "rare": 12.0},
    "share_phone": {"common": 0.0, "rare": 11.595},
    "share_plate": {"common": 5.17, "other_issuer": 0.0, "rare": 5.17},
    "share_rfc": {"common": 6.233, "rare": 6.233},
    "share_serial": {"common": 2.708, "rare": 4.136},
    "share_vessel": {"common": 10.48, "other_issuer": 0.0, "rare": 10.48},
    "share_vin": {"common": 12.0, "rare": 12.0},
    "share_visa": {"common": 6.233, "other_issuer": 0.0, "rare": 6.233},
    "share_wallet": {"common": 11.72, "rare": 11.72},
    "tell_event": {
        "day_here_about": 0.738,
        "day_here_amount": 6.261,
        "day_here_kind": 0.738,
        "day_here_untold": 1.992,
        "day_near_about": 0.738,
        "day_near_amount": 5.521,
        "day_near_kind": 0.738,
        "day_near_untold": 1.102,
        "hours_here_about": 1.438,
        "hours_here_amount": 6.261,
        "hours_here_kind": 1.438,
        "hours_here_untold": 5.32,
        "hours_near_about": 1.438,
        "hours_near_amount": 6.261,
        "hours_near_kind": 1.438,
        "hours_near_untold": 3.196,
    },
}
