"""Words that are names of people and something else too."""

# ruff: noqa: SIM905 - word lists read better as text

__all__ = ["COMMON_WORDS", "NAMED_PLACES"]

COMMON_WORDS = frozenset(
    "abril alba alegria amada amor angel angeles aurora avila azucena barba barrera becerra bello blanca blanco"
    " bravo brisa bueno cabello cabeza cabrera calle campo campos cano carrera casa casas castillo cerda cerro"
    " clara claro concepcion consuelo corona cortes crespo cruz cuenca cuesta cueva delgado dolores esperanza"
    " estrada estrella feliz fiel flor flores franco frias fuente fuentes gallo garza gracia gracias granados"
    " guerra guerrero hierro huerta iglesia iglesias ilusion jardin jurado justo leal leon libertad lima llano"
    " llanos lobo luna luz macias madera madero manso manzano marina marin mata mayor medina mejia mercado"
    " mercedes merced milagros miranda molina montes moral moreno murillo naranjo natividad nieves noble olivo"
    " oliva olmos ortega palacios paloma parra paz perla pilar pina pino plaza ponce prado preciado presentacion"
    " puente puerta quinta ramos real remedios rey reyes rico rincon rio rios rivera robles roble rocio rojas rojo"
    " romero rosa rosario rosas rubio salas salazar sala salinas salvador santa santos segura serrano sierra silva"
    " sol soledad solis solo soto tapia toro torre torres trinidad valle vega velasco velez ventura vera verde"
    " vergara viera victoria vidal villa violeta virtud virgen banks baker bell bishop black brooks brown butler"
    " carpenter carter cook cooper cross day dean faith field fields fisher fish forest forrest fox french frost"
    " gold grace grant gray green grey hall hand harbor hill hope house hunter joy justice king knight lake lane"
    " light little long love major marsh mason may meadows mercy miles mills moon moore mark nelson north page"
    " park parker parks pearl penny pope porter price reed rice rich rivers robin rose ruby rush sharp short small"
    " snow star steel stone street strong summer summers swift taylor temple violet wall walker ward waters way"
    " weaver wells west white wild will winter wolf wood woods young".split()
)
"""Written small they are mostly those: la brisa del mar, the will of the court."""
NAMED_PLACES = frozenset(
    (
        "quintana roo, nuevo leon, leon guanajuato, vicente guerrero, benito juarez, ciudad juarez, ciudad mier, "
        "ciudad victoria, ciudad acuna, ciudad camargo, ciudad guzman, ciudad valles, ciudad obregon, ciudad "
        "hidalgo, miguel hidalgo, gustavo madero, alvaro obregon, venustiano carranza, lazaro cardenas, miguel "
        "aleman, rio bravo, gustavo diaz, diaz ordaz, valle hermoso, santa rosa, santa cruz, san fernando, san "
        "luis, luis potosi, san pedro, san francisco, san diego, san antonio, santa ana, el carmen, playa carmen, "
        "felipe carrillo, carrillo puerto, emiliano zapata, general bravo, melchor ocampo, isla mujeres, estado "
        "guerrero, chilpancingo guerrero, acapulco guerrero, santa maria, santa barbara, santa fe"
    ).split(", ")
)
"""Two words in a row that are a place, though each may be part of a name; particles and initials are left out."""
