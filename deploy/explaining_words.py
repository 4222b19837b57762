"""The words of both languages in which links and networks are explained."""

from typing import Any

from deploy.explaining_dossier_words import DOSSIER_SENTENCES
from processors.correlation.wording import Lang, word
from streams.reports import IdentifierKind, ReportKind

__all__ = [
    "CREDIBILITY",
    "IDENTIFIERS",
    "ISSUERS",
    "KINDS",
    "PLACES",
    "RELIABILITY",
    "Lang",
    "say",
    "word",
]

_SENTENCES: dict[str, tuple[str, str]] = {
    "exercise": (
        "EXERCISE: these records were made for training and tell of nothing that happened.",
        "EJERCICIO: estos informes se hicieron para capacitación y no narran hechos ocurridos.",
    ),
    "link": ("Link {id}", "Vínculo {id}"),
    "network": ("Network {id}", "Red {id}"),
    "merged": (
        "The network {old} was merged into {new}, which is shown here.",
        "La red {old} se fusionó con {new}, que es la que se muestra.",
    ),
    "link_withdrawn": (
        "This link was withdrawn: a record was corrected or retracted, or what both share turned out to be common. "
        "Do not use it any more.",
        "Este vínculo fue retirado: un informe se corrigió o se retiró, o el dato compartido resultó ser común. "
        "Ya no lo use.",
    ),
    "network_withdrawn": (
        "This network was withdrawn: nothing links its reports any more. Do not use it.",
        "Esta red fue retirada: ya nada vincula sus informes. No la use.",
    ),
    "two_records": ("Two records may belong together:", "Dos informes pueden estar relacionados:"),
    "record": ("{side}: {agency} {report_id} ({kind})", "{side}: {agency} {report_id} ({kind})"),
    "what_speaks": ("What speaks for it:", "Indicios a favor:"),
    "reason": ("{number}. {sentence} (weight {weight})", "{number}. {sentence} (peso {weight})"),
    "told": ("{side} tells: {text}", "{side} narra: {text}"),
    "says_of": ("{side} says of {field}: {text}", "{side} dice de {field}: {text}"),
    "text_of": ("{side}: a text of {words} words in {field}", "{side}: un texto de {words} palabras en {field}"),
    "written": ("{side} writes “{text}” in {field}", "{side} escribe «{text}» en {field}"),
    "issuer": ("; issuer as the record says: {issuer}", "; emisor según el informe: {issuer}"),
    "no_issuer": ("; the record names no issuer", "; el informe no nombra emisor"),
    "same_issuer": (
        "Not known: whether both mean the {kind} of the same {issuer}: the records do not settle it, and others may "
        "give out the same characters.",
        "No se sabe: si ambos hablan de lo mismo ({kind} {issuer}): los informes no lo aclaran, y otros pueden usar "
        "los mismos caracteres.",
    ),
    "more_reasons": ("and {count} more, not listed", "y {count} más, sin listar"),
    "what_against": ("What speaks against it:", "Indicios en contra:"),
    "score": (
        "Weights are natural logarithms of how many times more often a thing is seen in pairs that belong together "
        "than in others. Each feature counts once; with {prior} to begin with they add up to {score}.",
        "Los pesos son logaritmos naturales de cuántas veces más se ve algo en pares relacionados que en otros. Cada "
        "indicio cuenta una vez; con {prior} de inicio suman {score}.",
    ),
    "strength": (
        "The link: {strength}. It is strong, and joins networks, from a probability of {strong} on, and only if it "
        "rests on an identifier or on a full name with the birth date.",
        "El vínculo: {strength}. Es fuerte, y une redes, a partir de una probabilidad de {strong}, y sólo si se apoya "
        "en un número de identificación o en un nombre completo con fecha de nacimiento.",
    ),
    "strong": ("strong", "fuerte"),
    "possible": ("possibly related, no more", "posiblemente relacionados, nada más"),
    "judged_same": (
        "Analysts judged it: one matter. The link joins networks, however strong it is.",
        "Analistas lo juzgaron: un mismo asunto. El vínculo une redes, sea cual sea su fuerza.",
    ),
    "judged_different": (
        "Analysts judged it: two matters. The link joins nothing, and no network holds both reports.",
        "Analistas lo juzgaron: dos asuntos. El vínculo no une nada, y ninguna red contiene ambos informes.",
    ),
    "judged_disputed": (
        "Analysts disagree, so the reports are kept apart: the link joins nothing, and no network holds both.",
        "Los analistas no coinciden, así que los informes quedan separados: el vínculo no une nada, y ninguna red "
        "contiene ambos.",
    ),
    "judged_awaiting": (
        "One analyst judged that both name the same person. That takes two: until another one agrees, it changes "
        "nothing.",
        "Un analista juzgó que ambos nombran a la misma persona. Se necesitan dos: mientras otro no coincida, nada "
        "cambia.",
    ),
    "judged_not": ("No judgement stands on this link.", "Ningún juicio vigente sobre este vínculo."),
    "judgement": ("{who}, {when}: {said}. “{why}”", "{who}, {when}: {said}. «{why}»"),
    "judge_login": ("{judge} (login)", "{judge} (cuenta del sistema)"),
    "judge_principal": ("{judge} (Kafka principal)", "{judge} (identidad en Kafka)"),
    "said_same": ("one matter", "un mismo asunto"),
    "said_different": ("two matters", "dos asuntos"),
    "said_withdrawn": ("takes back what they judged", "retira lo que juzgó"),
    "judged_now": ("{who}: {said}. “{why}”", "{who}: {said}. «{why}»"),
    "receipt": ("Written to {at}.", "Escrito en {at}."),
    "two_needed": (
        "It says that two people are one, which takes two analysts: until another one says so, it changes nothing.",
        "Dice que dos personas son una, lo que requiere dos analistas: mientras otro no lo diga, nada cambia.",
    ),
    "ask_again": (
        "It holds within seconds: `puente why {id}` shows it.",
        "Vale en segundos: `puente why {id} --lang es` lo muestra.",
    ),
    "against": ("Against it:", "En contra:"),
    "grade": (
        "Grade {grade} ({reliability}; {credibility}): on each axis that of the weaker source.",
        "Calificación {grade} ({reliability}; {credibility}): en cada eje la de la fuente más débil.",
    ),
    "handling": ("Handling TLP:{tlp}; released to: {views}.", "Manejo TLP:{tlp}; autorizado para: {views}."),
    "nobody": ("nobody", "nadie"),
    "probability": (
        "Probability by the model that they belong together: {value}. It was learned from invented cases: it says what "
        "to read first, not what happened.",
        "Probabilidad según el modelo de que estén relacionados: {value}. Se aprendió de casos inventados: dice qué "
        "leer primero, no qué ocurrió.",
    ),
    "nearly_all": ("over 99 %", "más de 99 %"),
    "hardly_any": ("under 1 %", "menos de 1 %"),
    "no_probability": (
        "Not known: how probable it is that the two belong together; no probability has been calculated.",
        "No se sabe: qué tan probable es que estén relacionados; no se ha calculado ninguna probabilidad.",
    ),
    "no_identity": (
        "Not known: whether the same person is behind both; a number may be mistyped, lent, sold on or cloned.",
        "No se sabe: si la misma persona está detrás de ambos; un número puede estar mal escrito, prestado, "
        "vendido o clonado.",
    ),
    "size": (
        "{members} by {agencies}, joined by {links}.",
        "{members} de {agencies}, unidos por {links}.",
    ),
    "span": ("From {first} to {last} (local dates).", "Del {first} al {last} (fechas locales)."),
    "span_utc": ("From {first} until {last}.", "Desde {first} hasta {last}."),
    "no_time": ("No report names a time.", "Ningún informe indica una fecha."),
    "who": ("Whose records these are:", "De quién son estos informes:"),
    "held_by": ("What holds it together:", "Lo que la mantiene unida:"),
    "identifier": ("{kind} {value}: in {reports}", "{kind} {value}: en {reports}"),
    "where": ("Where:", "Dónde:"),
    "goods": ("Goods in reports of single incidents:", "Bienes en informes de incidentes individuales:"),
    "per_report": (
        "Careful: goods and pieces are counted per report: one object that is reported twice counts twice.",
        "Cuidado: bienes y piezas se cuentan por informe: un objeto que se informa dos veces cuenta dos veces.",
    ),
    "oversized": (
        "The network is too large to be listed whole: {shown} of {all} reports are listed.",
        "La red es demasiado grande para listarla completa: se listan {shown} de {all} informes.",
    ),
    "owners": ("Records of: {agencies}", "Informes de: {agencies}"),
    "none_listed": ("none of its reports is listed", "ninguno de sus informes está en la lista"),
    "networks_listed": (
        "{shown} of {all} networks in view {view}. Show one with: puente network ID",
        "{shown} de {all} redes en la vista {view}. Para ver una: puente network ID --lang es",
    ),
    "not_listed": ("and {count} more", "y {count} más"),
    "ask_why": (
        "Its strongest links ({shown} of {all}; --links N shows more); `puente why ID` explains one:",
        "Sus vínculos más fuertes ({shown} de {all}; --links N muestra más); `puente why ID` explica uno:",
    ),
    "corridor": ("corridor {name}", "corredor {name}"),
    "place_unknown": ("place unknown", "lugar desconocido"),
    "records": ("{n} record|{n} records", "{n} informe|{n} informes"),
    "agencies": ("{n} agency|{n} agencies", "{n} institución|{n} instituciones"),
    "links": ("{n} link|{n} links", "{n} vínculo|{n} vínculos"),
    "identifiers": ("{n} shared identifier|{n} shared identifiers", "{n} dato compartido|{n} datos compartidos"),
    "firearms": ("{n} firearm|{n} firearms", "{n} arma de fuego|{n} armas de fuego"),
    "rounds": ("{n} round|{n} rounds", "{n} cartucho|{n} cartuchos"),
    "pills": ("{n} pill|{n} pills", "{n} pastilla|{n} pastillas"),
}

KINDS: dict[ReportKind, tuple[str, str]] = {
    "seizure": ("seizure", "aseguramiento"),
    "case": ("case", "caso"),
    "news": ("news", "nota"),
}
IDENTIFIERS: dict[IdentifierKind, tuple[str, str]] = {
    "plate": ("licence plate", "placa"),
    "vin": ("vehicle identification number", "número de identificación vehicular"),
    "phone": ("telephone", "teléfono"),
    "imei": ("telephone device (IMEI)", "aparato telefónico (IMEI)"),
    "serial": ("firearm serial number", "matrícula de arma"),
    "curp": ("CURP", "CURP"),
    "rfc": ("tax number (RFC)", "RFC"),
    "passport": ("passport", "pasaporte"),
    "visa": ("visa", "visa"),
    "clabe": ("bank account (CLABE)", "cuenta bancaria (CLABE)"),
    "iban": ("bank account (IBAN)", "cuenta bancaria (IBAN)"),
    "wallet": ("wallet address", "dirección de billetera"),
    "docket": ("case number", "número de expediente"),
    "container": ("container", "contenedor"),
    "aircraft": ("aircraft registration", "matrícula de aeronave"),
    "vessel": ("vessel registration or IMO number", "matrícula o número OMI de embarcación"),
}
# Who gives out numbers that others may give out too.
ISSUERS: dict[IdentifierKind, tuple[str, str]] = {
    "plate": ("state or authority", "de la misma autoridad"),
    "serial": ("maker", "del mismo fabricante"),
    "passport": ("country", "del mismo país"),
    "visa": ("country", "del mismo país"),
    "vessel": ("state or authority", "de la misma autoridad"),
    "docket": ("court or office", "del mismo juzgado u oficina"),
}
PLACES: dict[str, tuple[str, str]] = {
    "point": ("point", "punto"),
    "port": ("port of entry", "puerto de entrada"),
    "municipality": ("municipality", "municipio"),
    "city": ("city", "ciudad"),
    "locality": ("locality", "localidad"),
    "county": ("county", "condado"),
    "office": ("field office", "oficina regional"),
    "sector": ("sector", "sector"),
    "state": ("state", "estado"),
    "country": ("country", "país"),
}
RELIABILITY: dict[str, tuple[str, str]] = {
    "A": ("completely reliable", "totalmente confiable"),
    "B": ("usually reliable", "generalmente confiable"),
    "C": ("fairly reliable", "bastante confiable"),
    "D": ("not usually reliable", "generalmente no confiable"),
    "E": ("unreliable", "no confiable"),
    "F": ("reliability can't be judged", "confiabilidad imposible de juzgar"),
}
CREDIBILITY: dict[str, tuple[str, str]] = {
    "1": ("confirmed", "confirmado"),
    "2": ("probably true", "probablemente cierto"),
    "3": ("possibly true", "posiblemente cierto"),
    "4": ("doubtful", "dudoso"),
    "5": ("improbable", "improbable"),
    "6": ("truth can't be judged", "veracidad imposible de juzgar"),
}


def say(name: str, lang: Lang, /, **values: Any) -> str:
    """A sentence in one language; with `n`, the form for one or for several."""
    sentence = (_SENTENCES.get(name) or DOSSIER_SENTENCES[name])[lang == "es"]
    if "n" in values:
        one, many = sentence.split("|")
        return (one if values["n"] == 1 else many).format(n=f"{values['n']:,}")
    return sentence.format(**values)
