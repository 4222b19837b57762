"""The rules by which Spanish amounts are read, each as the sentence that an analyst reads."""

__all__ = ["SPANISH_RULES"]

SPANISH_RULES: dict[str, str] = {
    "es-measure-of-good": 'A number with its unit and the good behind it: "31 kilos de cocaína".',
    "es-measure-of-this": 'A number with its unit and a word for the drug named before: "12 kilos de este enervante".',
    "es-good-then-measure": 'The good, then its amount with the unit: "en heroína, un total de 10 kilos".',
    "es-good-then-number": 'The good, then a bare number, as a table is read out: "cargadores, 20".',
    "es-count-good": 'A number and the thing that it counts: "nueve armas largas".',
    "es-left-out-unit": 'A drug with a bare number; the unit is as before: "dos kilos de heroína, tres de cocaína".',
    "es-left-out": 'A bare number for the good before, over another time or at another place: "nueve en Sonora".',
    "es-part-of": 'A part of the amount before: "tres de ellos".',
    "es-others": 'Persons detained, without a noun: "detuvieron a otros cinco", "han recapturado a 21".',
    "es-restated": 'An amount without a good behind one that has it: "dos kilos de heroína en 900 dosis".',
    "es-restated-ahead": 'An amount; the next one names its good: "dos toneladas, es decir, dos mil kilos de cocaína".',
    "es-explained-behind": 'Amounts whose good the next sentence names: "esto es fentanilo".',
    "es-topic": "An amount without a good, of the good that the text named last.",
    "es-money": "An amount of money said to have been seized.",
    "es-money-row": 'An amount of money behind its name, as a table is read out: "en dólares, 90 mil dólares".',
}
"""Rule code -> what it reads."""
