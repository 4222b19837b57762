"""Words that tell languages apart: closed classes (articles, prepositions, pronouns, auxiliaries), folded.

Compiled by hand for this project from common grammars; a word that is common in several languages stands in each.
Third languages are here so that their texts aren't taken for Spanish or English. Names of people and places don't
tell a language, so their particles (`de la`, `los`) are apart: alone they decide nothing.
"""

__all__ = ["ENGLISH", "ENGLISH_GOODS", "OTHERS", "PARTICLES", "SPANISH", "SPANISH_GOODS"]

PARTICLES = "de la las los del el y"

ENGLISH = """
a an and the of to in for with on at by from as is are was were be been being it its this that these those he she
they them their his her him we our us you your i my me not no or but if when while where which who whom whose what how
why have has had do does did will would can could should may might must there here than then so such into over under
after before about against between through during without within up out off down more most other some any all each
both few many much very also only just now said says according because since until near two three four five ten
hundred thousand million january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday day days month months one seven eight
"""
SPANISH = """
a en con por para sin sobre entre hasta desde hacia segun tras durante contra ante bajo que se no un una unos unas al
lo le les su sus me nos te mi si como mas pero porque cuando donde quien quienes cual cuales cuyo este esta estos
estas ese esa esos esas esto eso aquel aquella ya muy tambien solo es son fue fueron era eran ser sido siendo ha han
habia hay haber estan estaba estaban tiene tienen tenia hace hizo dijo dos tres cinco siete ocho nueve diez mil otro
otra otros otras cuatro nuestro nuestra enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
diciembre lunes martes miercoles jueves viernes sabado domingo ano anos mes dia dias semana millones mil ciento cien
todo toda todos todas cada mismo misma asi aqui ni o asimismo ademas donde mientras luego despues antes
"""

# What seizure reports and headlines are made of, for texts too short to have many of the words above.
ENGLISH_GOODS = """
agents officers officer deputies police troopers seized seize seizes seizure arrested arrest arrests found finds
stopped pounds pound ounces rounds pills pill guns gun rifles rifle pistols handgun handguns firearms firearm
ammunition magazines weapons drugs drug heroin cocaine methamphetamine meth fentanyl marijuana vehicle vehicles truck
driver bridge border smuggling smuggled smugglers trafficking hidden vehicle unknown suspect suspects male female year
old worth street cash office sheriff attorney charged sentenced bundles packages migrants killed dead shot burned new
opens closes lanes week checkpoint trailer tank tires search warrant stash house tunnel
"""
SPANISH_GOODS = """
agentes elementos efectivos policias policia fiscalia aseguran aseguro aseguraron asegurado asegurados asegurada
aseguradas aseguramiento decomiso decomisan decomisaron decomisados incautan incautaron localizan localizaron localizo
detienen detenido detenidos detenidas detuvieron detencion hallan hallaron encontraron recuperan rescatan kilos kilo
kilogramos gramos litros toneladas pastillas armas arma fuego cartuchos cargadores fusiles fusil pistolas rifles
granadas droga drogas heroina cocaina metanfetamina metanfetaminas fentanilo marihuana cristal vehiculo vehiculos
camioneta camion conductor puente frontera trafico traficantes oculto ocultos sospechoso sospechosos masculino
femenino edad dinero efectivo cateo cateos carretera reten inmueble laboratorio plantio plantios hectareas combustible
robado migrantes muertos muerto quemado hombre hombres mujer mujeres ejercito marina guardia nacional vivienda
domicilio calle
"""

OTHERS = {
    "pt": """a o os as um uma uns umas em no na nos nas do da dos das ao aos pelo pela pelos pelas com sem por
        para que nao se mas mais ou como foi foram ser sao esta estao tem ha ele ela eles elas seu sua seus
        suas isso este essa esse tambem ja entre sobre ate quando onde quem muito apos segundo depois de e
        policia droga drogas armas cocaina heroina maconha fuzil preso presos presas pessoas dois
        duas toneladas quilos agentes porto carro apreendeu apreende apreendem apreendidas""",
    "fr": """le la les un une des du de d l en et a au aux dans par pour sur avec sans sous entre est sont ete
        etre ont avait qui que qu ne pas plus ce cette ces il elle ils elles on nous vous leur leurs son sa
        ses se mais ou donc comme selon apres avant deux trois chez lors deja aussi tout tous toute police
        drogue""",
    "it": """il lo la gli le un uno una di a da in con su per tra fra e ed del della dei delle degli al alla ai
        alle dal dalla nel nella nei sul sulla che non si piu ma o come sono stato stata stati era anche suo
        sua loro questo questa due tre dopo secondo quando dove chi ha hanno polizia droga cocaina eroina armi""",
    "de": """der die das den dem des ein eine einen einem einer und oder aber nicht ist sind war waren wird
        werden wurde wurden hat haben hatte in im am an auf aus bei mit nach von vom zu zum zur fur uber
        unter durch gegen ohne um als wie auch noch nur sich er sie es ihr ihre sein seine dass daß zwei
        drei mehr polizei""",
    "nl": """de het een en van in op te dat die is was zijn werd werden wordt worden met voor niet aan er om ook
        als bij door naar uit over tot maar of heeft hebben had ze hij zij hun deze dit twee drie meer
        politie""",
    "ca": """el la els les un una uns unes de d del dels i a al als en amb per que no es ha han van va sobre
        entre sense mes pero com quan on aquest aquesta aquests seva seu seus ser son era dos dues tambe
        despres segons policia""",
    "ro": """si in la de pe cu din pentru care este sunt a au fost nu mai un o unei unui ce sa se dupa prin sau
        dar ca ale lui al ei lor""",
    "pl": """i w z na do nie sie jest to od po przez dla za o jak ze ale czy byl byla zostal oraz jego ktory
        ktora""",
    "tl": """ang ng sa mga na ay at ito siya niya nila kay para may hindi isang ni si kanilang""",
    "ht": """nan yon ak pou yo li te ki sou se mwen nou ou pa gen fe pi tout men""",
}
