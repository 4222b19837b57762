"""Protection: people who must not be known leave enrichment as tokens, in fields and in every text.

`keys` signs, `shields` says what gives a protected person away without saying who it is, `masking` takes it out of a
text, `unlisted` finds protected people whom only a text names, `events` does all of it to an event, and `revisions`
holds what another revision protects against a report that the release stage is about to hand out.
"""
