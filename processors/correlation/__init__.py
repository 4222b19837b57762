"""Correlation: from comparison records to links and networks. Pure but for `stage`, which knows the batch path.

    facts, compared       enriched report -> comparison record; which version of a report counts
    keys, person_keys     KEYS: under which a report is filed; reports that meet under one are compared
    misreadings, dockets  which written numbers may be one; which case numbers are of one court
    sides, loads          one side of a comparison, and what two have in common; load_matching of their goods
    features, features_*  FEATURES: what speaks for a pair and against it, with the analyst's sentences
    sentences, wording    what their levels say, and the words of goods and looks, in English and Spanish
    weights, training     the weights of their levels, and how they were learned
    scoring               what the features make of a pair: log-odds, probability, what may merge
    links                 a pair -> a link with its reasons, or nothing
    names, name_*         whether two names may be one person's; organisation_names for organisations
    postings, meetings    who is filed under a key, and who meets whom
    ties                  what was found of each pair that is linked
    rows, records, recent what is kept in the state: records, keys, ties; restoring fills the memory from it
    components            connected components of strong links, kept up to date
    members, happenings   what a record brings into a network, and what an event says in its timeline
    networks, marks       members -> the network's summary, grade and handling
    judgements            what analysts said of a link -> the verdict that holds
    engine                all of it, one record after the other
    batch                 all of it at once, written a second time and simply: the oracle
    stage                 the engine on the batch path

Links and networks are a function of the *set* of current records and judgements, never of their order.
"""
