"""Words of a Spanish text that stand before, between and around the names of places. Folded."""

from processors.extraction.word_sets import word_set

__all__ = [
    "ELSEWHERE",
    "HEADS",
    "JOINED",
    "LEADING",
    "LIST_LEADING",
    "NEED_OF",
    "OFFICES",
    "OWN_KINDS",
    "PLACE_OPENERS",
    "TOWARDS",
]

PLACE_OPENERS = word_set(
    "en frente caso costas inmediaciones altura norte sur oeste noreste noroeste sureste suroeste municipio municipios "
    "alcaldia localidad comunidad poblado destaca destacan millas nauticas cerca"
)
"""Words behind which a place may stand."""
NEED_OF = word_set(
    "norte sur oeste noreste noroeste sureste suroeste municipio municipios localidad comunidad millas nauticas cerca"
)
KINDS = word_set(
    "puente garita cruce norte sur este oeste sureste suroeste noreste noroeste altura colonia centro penitenciario "
    "estados municipio municipios estado ciudad puerto alcaldia aduana localidad comunidad poblado costas zona sierra "
    "region aeropuerto penal cereso valle caso inmediaciones limites entidad sindicatura ejido frontera cercanias "
    "alrededores playas aguas litoral aduanas puertos aeropuertos comunidades localidades "
    "ciudades alcaldias garitas corredor area periferia serrania"
)
OWN_KINDS = word_set("municipio alcaldia comunidad poblado localidad puerto ciudad ejido")
BETWEEN = word_set("el la los las de del a al internacional maritima maritimo aereo fronteriza federal")
OFFICES = word_set("aduana municipio alcaldia puerto puente garita aeropuerto estado cereso penal internacional")
LEADING = KINDS | BETWEEN
ELSEWHERE = (
    "origin",
    "oriund",
    "proced",
    "provenient",
    "destino",
    "rumbo",
    "alcald",
    "exalcald",
    "president",
    "expresident",
    "fiscal",
    "policia",
    "director",
    "vecin",
    "habitant",
    "cartel",
    "gobern",
    "exgobern",
    "secretari",
    "delegac",
)
TOWARDS = word_set("direccion destino rumbo camino")
# Capitalised words that make what follows a place: "Puerto Fingido", "Bahía de los Remos".
HEADS = word_set("puerto bahia isla islas playa playas laguna sierra villa cerro barra boca punta cabo")
LIST_LEADING = word_set("y e tambien en asi como finalmente ademas posteriormente otro otra mas")
JOINED = word_set("el la estado municipio de comunidad localidad alcaldia ciudad poblado colonia ejido")
