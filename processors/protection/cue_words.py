"""The words and phrases by which texts of both languages speak of people who may have to be protected, and of subjects.

Expressions over folded words; the longer lists are read by `cues`.
"""

__all__ = [
    "PROTECTED_AGE",
    "PROTECTED_HEAD",
    "PROTECTED_PHRASE",
    "PROTECTED_WORD",
    "SUBJECT_HEAD",
    "SUBJECT_PHRASE",
    "SUBJECT_WORD",
]

# Victims, minors, moved people, informants, witnesses, bystanders: in either language, singular and plural.
PROTECTED_WORD = (
    r"victim\w*|menor(?:es)?|nin[oa]s?|adolescentes?|juveniles?|minors?|child(?:ren)?|infants?|infantes?|bebes?|babies"
    r"|baby|teen\w*|toddlers?|kids?|girls?|boys?|joven(?:es|cit[oa]s?)?|estudiantes?|alumn[oa]s?|students?"
    r"|migrant\w*|indocumentad\w*|undocumented|noncitizens?|smuggled|traficad[oa]s?"
    r"|trafficked|stowaways?|polizon(?:es)?|rescat\w*|rescu\w+"
    r"|asylum|asilo|refugiad\w*|refugees?|unaccompanied|hacinad\w*"
    r"|secuestrad\w*|secuestro|kidnapp\w*|desaparecid\w*|missing|ofendid\w*|agraviad\w*|quejos[oa]s?|levantad[oa]s?"
    r"|extorsionad\w*|reclutad\w*|violad[oa]s?|abusad[oa]s?|raped|abused|assaulted"
    r"|testig\w*|witness\w*|informant\w*|informador\w*|informers?|denunciante\w*|complainant\w*|tipsters?"
    r"|colaborador(?:es|as?)?|transeuntes?|bystanders?|vecin[oa]s?|neighbou?rs?"
    r"|fallec\w*|deceased|decedents?|muert[oa]s?|muri\w+|died|dead|death|killed|slain|occis[oa]s?|asesin\w*|ahogad\w*"
    r"|drown\w*|bodies|overdos\w*|sobredosis|survivors?|sobrevivientes?|herid[oa]s?|wounded"
    r"|injured|lesionad\w*|hospitali[sz]\w*|shot|baleado|baleada"
    r"|hij[oa]s?|daughters?|espos[oa]s?|wife|husband|madre|padre|mother|father|sister|brother"
    r"|herman[oa]s?|embarazada|pregnant|pasajer\w*|passengers?|huerfan\w*|orphans?|famili(?:a|es|ares)"
    # Deeds whose object is a victim.
    r"|homicid\w*|feminicid\w*|mat(?:ar|an?|o|aron|ad[oa]s?)|kill(?:s|ing|ings)|murder\w*|viol(?:o|ar|aron|aba|ador\w*)"
    r"|rap(?:es?|ing|ists?)|molest\w*|agresor\w*|extorsion\w*|extort\w*|amenaz\w*|threaten\w*|captiv\w*|cautiv\w*"
    r"|ransom\w*|abduct\w*|hostages?|rehen(?:es)?|desaparec\w*|desaparic\w*|disappear\w*|slaying|stabb\w*|tortur\w*"
    r"|apunal\w*|golpe(?:ad[oa]s?|o|aron)|cousins?|nephews?|nieces?|sobrin[oa]s?|mom|mama|cadaver\w*"
)
PROTECTED_PHRASE = (
    r"\b(?:recien nacid\w*|illegal aliens?|no acompanad\w*|confidential source"
    r"|priv(?:ad[oa]s?|o|ar|aron|acion)(?: ilegal)? de (?:la|su) libertad"
    r"|(?:abuso|agresion|violacion|acoso|explotacion) (?:sexual|agravad[oa]|equiparad[oa]|infantil)"
    r"|(?:sexual(?:ly)?|child) (?:abuse|abus\w+|assault\w*|exploitation)|trata de personas"
    r"|(?:human|alien|people|migrant) smuggling"
    r"|cuerpo sin vida|body of|s (?:body|remains)|(?:his|her|their) sons?)\b"
)
PROTECTED_AGE = (
    r"\b(?:(?:de )?(?:[0-9]|1[0-7]) anos(?: de edad)?|(?:[0-9]|1[0-7])[- ]?(?:years?|y/?o)[- ]?(?:old)?"
    r"|aged? (?:[0-9]|1[0-7])"
    r"|[0-9]{1,2}[- ]months?[- ]old|[0-9]{1,2} meses"
    r")\b|,\s?(?:[0-9]|1[0-7])(?=[,.)\s])|\((?:[0-9]|1[0-7])\)"
)
# One word of each phrase: where none of them stands there is no phrase to look for. "5yo" is cut after its digit.
PROTECTED_HEAD = (
    r"sexual(?:ly)?|agravad[oa]|equiparad[oa]|infantil|personas|smuggling|nacid\w*|aliens?|acompanad\w*|libertad"
    r"|source|vida|body|remains|sons?|[0-9]{1,2}"
)
SUBJECT_WORD = (
    r"detenid\w*|detuv\w*|detien\w*|detencion|arrest\w*|imput\w*|acus(?:a|ad\w*|an|aron|o)|defendants?|charged|indict\w*|convict\w*"
    r"|sentenc\w*|plead\w*|pled|vincul(?:ad\w*|an?|aron|o)|procesad\w*|suspects?|sospechos\w*"
    r"|alias|aka|captura\w*|capturo|captured|aprehen\w*|apprehended|extradit\w*|inculpad\w*|jailed|condenad\w*"
    r"|sicari\w*|smugglers?|traffickers?"
    r"|traficantes?|poller[oa]s?|coyotes?|lider|leader|jefe|capo|fugitiv\w*|culpable|guilty"
)
SUBJECT_PHRASE = r"\b(?:presunt[oa]s? (?:responsable|delincuente|traficante|lider|integrante)s?|a\.?k\.?a)\b"
SUBJECT_HEAD = r"presunt[oa]s?|k"
