"""The weights of the features, level by level, and the prior: natural logarithms.

Learned by `puente train-weights` from invented cases (`tests/scenarios`, seeds 1 to 3 of 5,000 reports and 4 to 7 of
1,000, where fewer values are common); nothing here is written by hand. 12 and -6 are the bounds: no single thing
settles a pair, and none rules it out, by itself.
"""

PRIOR = -0.124
WEIGHTS: dict[str, dict[str, float]] = {
    "be_impossible": {"apart": -6.0},
    "hide_alike": {"near": 0.0},
    "look_same": {"alike": 0.85, "differs": -6.0, "not_unlike": 4.119},
    "name_same_person": {
        "born_near": 2.957,
        "born_other_day": -6.0,
        "born_same_day": 12.0,
        "common_name": 0.0,
        "full_name": 11.945,
        "like_name": 3.149,
        "rare_name": 1.511,
        "rare_surnames": 5.02,
        "two_surnames": 0.0,
    },
    "repeat_text": {"copy": 4.098, "copy_later": 0.0, "partly": 1.117, "partly_later": 0.0, "release": 12.0},
    "share_aircraft": {"common": 0.0, "rare": 10.904},
    "share_clabe": {"common": 5.574, "rare": 12.0},
    "share_curp": {"common": 0.0, "rare": 12.0},
    "share_docket": {"common": 0.0, "rare": 12.0},
    "share_doubtful": {"same": 8.925},
    "share_iban": {"common": 0.0, "rare": 5.758},
    "share_imei": {"common": 0.0, "rare": 10.023},
    "share_mark": {
        "common": 0.0,
        "common_near": 2.522,
        "everywhere": 0.444,
        "everywhere_near": 0.0,
        "rare": 12.0,
        "rare_near": 12.0,
    },
    "share_misread": {"look_alike": 12.0, "look_alike_proved": 12.0, "slip": 1.881, "slip_proved": 12.0},
    "share_passport": {"common": 0.0, "rare": 12.0},
    "share_phone": {"common": 0.0, "rare": 12.0},
    "share_plate": {"common": 8.551, "rare": 5.266},
    "share_rfc": {"common": 0.0, "rare": 5.758},
    "share_serial": {"common": 0.0, "rare": 4.246},
    "share_vessel": {"common": 4.922, "rare": 11.03},
    "share_vin": {"common": 6.254, "rare": 12.0},
    "share_visa": {"common": 0.0, "rare": 5.758},
    "share_wallet": {"common": 6.77, "rare": 12.0},
    "tell_event": {
        "day_here_about": 0.0,
        "day_here_amount": 5.315,
        "day_here_kind": 0.612,
        "day_here_untold": 4.637,
        "day_near_about": 0.0,
        "day_near_amount": 3.423,
        "day_near_kind": 0.393,
        "day_near_untold": 4.917,
        "hours_here_about": 8.232,
        "hours_here_amount": 12.0,
        "hours_here_kind": 10.63,
        "hours_here_untold": 12.0,
        "hours_near_about": 0.0,
        "hours_near_amount": 5.148,
        "hours_near_kind": 2.689,
        "hours_near_untold": 7.395,
    },
}
