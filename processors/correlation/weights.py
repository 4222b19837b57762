"""The weights of the features, level by level, and the prior: natural logarithms.

Learned by `puente train-weights` from invented cases (`tests/scenarios`, seeds 1 to 3 of 5,000 reports and 4 to 7 of
1,000, where fewer values are common), within the orders of `processors.correlation.orders`: what is rarer, nearer or
closer never weighs less. Nothing here is written by hand. 12 and -6 are the bounds: no single thing settles a pair, and
none rules it out, by itself.
"""

PRIOR = -0.14
WEIGHTS: dict[str, dict[str, float]] = {
    "be_impossible": {"apart": -6.0},
    "hide_alike": {"near": 0.0},
    "look_same": {"alike": 0.874, "differs": -6.0, "not_unlike": 0.874, "other_colour": 0.0},
    "name_same_person": {
        "born_near": 2.839,
        "born_other_day": -6.0,
        "born_same_day": 9.178,
        "common_name": 0.0,
        "full_name": 1.548,
        "like_name": 3.068,
        "rare_name": 1.548,
        "rare_surnames": 5.003,
        "two_surnames": 0.0,
    },
    "repeat_text": {"copy": 4.096, "copy_later": 0.0, "partly": 1.129, "partly_later": 0.0, "release": 6.261},
    "share_aircraft": {"common": 8.194, "rare": 10.55},
    "share_clabe": {"common": 11.782, "rare": 11.782},
    "share_curp": {"common": 8.194, "rare": 12.0},
    "share_docket": {"common": 0.0, "rare": 11.075},
    "share_doubtful": {"same": 1.0},
    "share_iban": {"common": 6.597, "rare": 6.597},
    "share_imei": {"common": 8.194, "rare": 9.676},
    "share_mark": {
        "common": 0.0,
        "common_near": 2.261,
        "everywhere": 0.0,
        "everywhere_near": 0.0,
        "rare": 6.792,
        "rare_near": 6.792,
    },
    "share_misread": {"look_alike": 6.432, "look_alike_proved": 6.432, "slip": 1.891, "slip_proved": 5.056},
    "share_passport": {"common": 8.194, "rare": 12.0},
    "share_phone": {"common": 0.0, "rare": 11.705},
    "share_plate": {"common": 5.601, "rare": 5.601},
    "share_rfc": {"common": 6.597, "rare": 6.597},
    "share_serial": {"common": 0.0, "rare": 4.263},
    "share_vessel": {"common": 10.847, "rare": 10.847},
    "share_vin": {"common": 12.0, "rare": 12.0},
    "share_visa": {"common": 6.597, "rare": 6.597},
    "share_wallet": {"common": 12.0, "rare": 12.0},
    "tell_event": {
        "day_here_about": 0.121,
        "day_here_amount": 5.085,
        "day_here_kind": 0.121,
        "day_here_untold": 1.836,
        "day_near_about": 0.0,
        "day_near_amount": 3.326,
        "day_near_kind": 0.0,
        "day_near_untold": 0.73,
        "hours_here_about": 2.008,
        "hours_here_amount": 5.405,
        "hours_here_kind": 2.008,
        "hours_here_untold": 4.365,
        "hours_near_about": 0.788,
        "hours_near_amount": 4.971,
        "hours_near_kind": 0.788,
        "hours_near_untold": 3.578,
    },
}
