"""Spanish words that say how an amount is to be read: was it seized, over which time, is it a date. Folded."""

from typing import Literal

from processors.extraction.word_sets import word_set

__all__ = [
    "ADJECTIVES",
    "APPROXIMATE",
    "CLOSERS",
    "LINKS",
    "MONTHS",
    "NOT_GOODS",
    "PARTICIPLE_ENDINGS",
    "SAME_GOOD",
    "Cue",
    "cue_of",
]

Cue = Literal["seize", "find", "detain", "rescue", "tally", "value", "avoid", "given", "harm", "deploy", "statute"]

# Stems; the first that a word begins with decides, so the exceptions stand in front. "" takes a word out.
_STEMS: list[tuple[str, Cue | Literal[""]]] = [
    ("localidad", ""),
    ("asegurador", ""),
    ("aseguranza", ""),
    ("liberal", ""),
    ("detenidamente", ""),
    ("recuperacion", ""),
    ("valora", ""),
    ("evidenc", ""),
    ("aprehension", ""),
    ("evento", ""),
    ("condensador", ""),
    ("trasladaba", ""),
    ("produccion", ""),
    ("pagin", ""),
    ("asegur", "seize"),
    ("decomis", "seize"),
    ("incaut", "seize"),
    ("recuper", "seize"),
    ("localiz", "seize"),
    ("destru", "seize"),
    ("inhabilit", "seize"),
    ("desmantel", "seize"),
    ("neutraliz", "seize"),
    ("encontr", "seize"),
    ("hallaron", "seize"),
    ("hallazgo", "seize"),
    ("hallado", "seize"),
    ("intercept", "seize"),
    ("confisc", "seize"),
    ("ubicaron", "seize"),
    ("ubicado", "seize"),
    ("erradic", "seize"),
    ("retirado", "seize"),
    ("desactiv", "seize"),
    ("deten", "detain"),
    ("detien", "detain"),
    ("detuv", "detain"),
    ("aprehen", "detain"),
    ("captur", "detain"),
    ("recaptur", "detain"),
    ("reaprehen", "detain"),
    ("arrest", "detain"),
    ("detect", "find"),
    ("rescat", "rescue"),
    ("liberad", "rescue"),
    ("liberar", "rescue"),
    ("liberaci", "rescue"),
    ("libero", "rescue"),
    ("resultado", "tally"),
    ("llevamos", "tally"),
    ("llevan", "tally"),
    ("tuvimos", "tally"),
    ("suman", "tally"),
    ("afectaron", "harm"),
    ("danaron", "harm"),
    ("danad", "given"),
    ("quemaron", "harm"),
    ("incendia", "harm"),
    ("afectacion", "value"),
    ("afecto", "value"),
    ("afectar", "value"),
    ("afectando", "value"),
    ("valor", "value"),
    ("valuad", "value"),
    ("avalu", "value"),
    ("equival", "value"),
    ("corresponderi", "value"),
    ("convert", "value"),
    ("hubiera", "value"),
    ("podido", "value"),
    ("represent", "value"),
    ("serian", "value"),
    ("seria", "value"),
    ("implic", "value"),
    ("costo", "value"),
    ("cuesta", "value"),
    ("inversion", "value"),
    ("invert", "value"),
    ("invirt", "value"),
    ("presupuest", "value"),
    ("recurso", "value"),
    ("asign", "value"),
    ("aporta", "value"),
    ("otorg", "value"),
    ("fondo", "value"),
    ("recaud", "value"),
    ("pago", "value"),
    ("pagad", "value"),
    ("pagar", "value"),
    ("pagab", "value"),
    ("precio", "value"),
    ("congel", "value"),
    ("bloque", "value"),
    ("cuentas", "value"),
    ("deposit", "value"),
    ("credito", "value"),
    ("multa", "value"),
    ("deuda", "value"),
    ("exig", "value"),
    ("ofrec", "value"),
    ("bastan", "statute"),
    ("recompens", "value"),
    ("ganancia", "value"),
    ("fianza", "value"),
    ("ahorro", "value"),
    ("apoyo", "value"),
    ("fraude", "value"),
    ("defraud", "value"),
    ("perdida", "value"),
    ("dano", "value"),
    ("podria", "value"),
    ("puede", "value"),
    ("pudier", "value"),
    ("suficiente", "value"),
    ("salario", "value"),
    ("sueldo", "value"),
    ("obtuv", "value"),
    ("obten", ""),
    ("evit", "avoid"),
    ("imped", "avoid"),
    ("impid", "avoid"),
    ("capacidad", "avoid"),
    ("produjer", "avoid"),
    ("produciri", "avoid"),
    ("comercializ", "given"),
    ("regulariz", "given"),
    ("canje", "given"),
    ("desarme", "given"),
    ("voluntari", "given"),
    ("distribuid", "given"),
    ("distribuy", "given"),
    ("vacun", "given"),
    ("vendid", "given"),
    ("vendieron", "given"),
    ("adquirid", "given"),
    ("adquiri", "given"),
    ("licencia", "given"),
    ("ingresa", "given"),
    ("introdu", "given"),
    ("faltan", "avoid"),
    ("estimad", "avoid"),
    ("robad", "given"),
    ("robaron", "given"),
    ("robo", "given"),
    ("donad", "given"),
    ("fabricad", "given"),
    ("matriculad", "given"),
    ("fallec", "harm"),
    ("murier", "harm"),
    ("muert", "harm"),
    ("asesin", "harm"),
    ("homicid", "harm"),
    ("multihomicid", "harm"),
    ("multiejec", "harm"),
    ("masacr", "harm"),
    ("abatid", "harm"),
    ("ultimad", "harm"),
    ("presentaron", "harm"),
    ("feminicida", "harm"),
    ("herid", "harm"),
    ("lesion", "harm"),
    ("sentenci", "harm"),
    ("conden", "harm"),
    ("vincula", "harm"),
    ("desapareci", "harm"),
    ("atendi", "harm"),
    ("evacua", "harm"),
    ("beneficia", "harm"),
    ("violacion", "harm"),
    ("abus", "harm"),
    ("agravio", "harm"),
    ("secuestro", "harm"),
    ("asisti", "harm"),
    ("extradi", "harm"),
    ("seguimiento", "deploy"),
    ("traslad", "deploy"),
    ("inspecci", "deploy"),
    ("cate", "deploy"),
    ("inspeccion", "deploy"),
    ("despleg", "deploy"),
    ("desplieg", "deploy"),
    ("emple", "deploy"),
    ("particip", "deploy"),
    ("contamos", "deploy"),
    ("cuenta", "deploy"),
    ("cuentan", "deploy"),
    ("utiliza", "deploy"),
    ("transportaron", "deploy"),
    ("transportado", "deploy"),
    ("transporto", "deploy"),
    ("patrull", "deploy"),
    ("articulo", "statute"),
    ("umbral", "statute"),
]


_LETTERS = 3
"""The shortest stem has as many."""


def _index_stems() -> dict[str, list[tuple[str, Cue | None]]]:
    by_letters: dict[str, list[tuple[str, Cue | None]]] = {}
    for stem, cue in _STEMS:
        by_letters.setdefault(stem[:_LETTERS], []).append((stem, cue or None))
    return by_letters


_BY_LETTERS = _index_stems()
"""The stems by their first letters, in their order."""


def cue_of(word: str) -> Cue | None:
    """What a word says about the amounts near it; None for most words."""
    stems = _BY_LETTERS.get(word[:_LETTERS])
    if stems is not None:
        for stem, cue in stems:
            if word.startswith(stem):
                return cue
    return None


MONTHS = word_set("enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre")

PARTICIPLE_ENDINGS = ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")

APPROXIMATE: dict[str, tuple[tuple[str, ...], ...]] = {
    # Last word before the number -> the words in front of it, each alternative; () needs none.
    "de": (
        ("mas",),
        ("cerca",),
        ("alrededor",),
        ("arriba",),
        ("aproximado",),
        ("aproximada",),
        ("estimado",),
        ("menos",),
    ),
    "casi": ((),),
    "aproximadamente": ((),),
    "aproximado": ((),),
    "aproximada": ((),),
    "unos": ((),),
    "unas": ((),),
    "practicamente": ((),),
    "menos": (("al",), ("lo",)),
}

# Words that may stand between a unit and its good: "kilos de la droga sintética conocida como ...".
LINKS = word_set(
    "azul azules blancas rosa rosas rojas verdes naranjas apocrifas clandestinas sinteticas solida granulada "
    "de del la las los el lo que es son producto productos tipo presunta presunto presuntamente probable posible "
    "posibles diversas diversos diferentes distintas aparente conocida conocido como llamada denominada "
    "denominado polvo hierba vegetal seca seco verde base pura color blanco blanca presentacion liquida liquido "
    "cristalina al parecer con caracteristicas propias similares a granel posible sustancia psicotropica para "
    "elaborar otras otros tipos clases distintos pastillas tabletas comprimidos paquetes bolsitas envoltorios dosis "
    "conteniendo contenian"
)

# Words between a number and what it counts.
ADJECTIVES = word_set(
    "presuntos presuntas presunto presunta nuevos nuevas otros otras otro otra mas importantes diferentes "
    "diversas diversos distintos distintas posibles probables grandes pequenas pequenos supuestos supuestas gran "
    "pequeno pequena primeros primeras potentes jovenes"
)

# What may follow a bare number whose noun was left out ("en el año, 99 mil 749 en lo que va de mayo").
CLOSERS = word_set(
    "en durante por con para a desde hasta y e o que es son fueron se lo los las el la este esta estos estas mas "
    "tambien aqui ahi respectivamente aproximadamente han ha hemos estan esto estamos tenemos llevamos pero "
    "cuando donde ya como contra entre segun al esa ese eso todo todos todas total fue hay correspondientes "
    "corresponden sin asi tanto siendo haciendo dando sumando llegando teniendo nos tuvimos teniamos habia habiamos "
    "llevabamos van"
)

# Words that part an amount from the next amount of the same good: of time, sum and verb, never another noun.
SAME_GOOD = CLOSERS | word_set(
    "comparacion primeros tres anos va del de ano mes periodo semana administracion sexenio llevamos lleva "
    "llevan presente actual anterior "
    "pasado ultimo ultimos sido asegurado asegurados aseguradas asegurada decomisado decomisados recuperado un "
    "una menos mismo misma acumulado estado municipio cantidad tenemos fecha dia dias meses semanas mas kilogramos "
    "casi cerca alrededor acumulada nos otros otras cual cuales fueron cifra sumando suman dando haciendo siguientes "
    "primer segundo tercero concentran habiamos habia tenido tuvimos hubo principalmente particularmente "
    "especificamente solamente perdon inicio estrategia cerramos con tipos tipo diversos diversas distintos distintas "
    "diferentes calibres ellos ellas igual frontera norte sur habiendo ahorita ahora "
    "hectareas hectarea metros cuadrados"
)

# Anaphors: "de este enervante", "de esa droga", "de dicho producto".
NOT_GOODS = word_set("enervante droga narcotico estupefaciente sustancia producto alcaloide opiaceo psicotropico")
