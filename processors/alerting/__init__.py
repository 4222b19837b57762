"""Alerting: from renditions and networks to what subscribers are told. Pure but for `stage` (the batch path).

    subscriptions  the subscriptions file: who waits for what
    subjects       a report or network -> what conditions look at: facts, never text
    conditions     CONDITIONS: what a filter may ask for, with the sentences that a supervisor reads
    matching       all subscriptions against one subject, filed under what is rarest
    documents      a match -> the alert; what of it is content and what is history
    words          units, commodities and identifiers in both languages
    batch          all of it at once, without filing and state: the oracle
    stage          state and versions on the batch path

What stands is a function of the *set* of records and of the subscriptions, never of the order of arrival.
"""
