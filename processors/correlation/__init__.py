"""Correlation: from comparison records to links and networks. Pure but for `stage`, which knows the batch path.

    facts       enriched report -> comparison record; which version of a report counts
    keys        KEYS: under which a report is filed; reports that meet under one are compared
    features    FEATURES: what speaks for a pair, with weights and the analyst's sentences
    links       a pair -> a link with its reasons, or nothing
    postings    who is filed under a key
    components  connected components of strong links, kept up to date
    networks    members -> the network's summary
    engine      all of it, one record after the other
    batch       all of it at once, written a second time and simply: the oracle
    stage       the engine on the batch path

Links and networks are a function of the *set* of current records, never of their order.
"""
