"""Words that tell a person's name from other words with a capital; folded."""

# ruff: noqa: SIM905 - word lists read better as text

__all__ = ["COMPOUNDS", "CUES", "NEVER", "PARTICLES", "PLACE_HEADS", "TAILS", "TITLES"]

TITLES = frozenset(
    "administrator admiral agent agente alcalde alcaldesa almirante attorney c cabo cadete capitan captain"
    " ciudadana ciudadano colonel comandante comisionada comisionado commander commissioner congressman"
    " congresswoman contralmirante coronel deputy detective director directora don dona dr dra fiscal general"
    " gobernador gobernadora governor ing judge juez jueza lic licenciada licenciado lieutenant maestra maestro"
    " magistrado marino mayor ministra ministro miss mr mrs ms mtra mtro officer oficial president presidenta"
    " presidente prof profesor profesora representative sargento secretaria secretario secretary senador senadora"
    " senator senor senora sergeant sheriff soldado sr sra srta subsecretaria subsecretario teniente"
    " vicealmirante".split()
)
"""Titles and offices that stand before a name."""
CUES = frozenset(
    "accused acusada acusado alias arrested brother capo ciudadano conductor convicted daughter defendant"
    " detenida detenido died driver esposa esposo fallecio father fugitive fugitivo hermana hermano hermanos hija"
    " hijo hombre husband identificada identificado identified imputada imputado indicted informant informante"
    " jefe joven lider llamada llamado madre man menor migrante mother mujer murio named nina nino nombre operador"
    " padre pasajera pasajero passenger procesada procesado sentenciada sentenciado sister son sospechosa"
    " sospechoso suspect testigo traficante victim victima wife witness woman".split()
)
"""Words before a name by which a text says that a person follows."""
NEVER = frozenset(
    "abril acapulco act ademas administration aduana aeropuerto after agencia agency agosto ahi airport al all"
    " alli america american americana among and angeles any april aqui arizona army article articulo as asimismo"
    " at august avenida avenue bahia baja banco bank between bien blvd boletin bolivia border both boulevard"
    " brasil brazil bridge buenas bueno buenos but by california calle camara campeche canada cancun carretera"
    " cartel cartels center centro cerro chiapas chief chihuahua china city ciudad civil coahuila code codigo"
    " colima colombia colonia comision commission como comunicado con condado congreso congress consejo"
    " constitucion constitution corte council county court cuando culiacan customs december defensa defense del"
    " departamento department desde dias diciembre district distrito domingo donde drug drugs durango durante"
    " during each east eastern ecuador ejercito el en enero enforcement entonces entre equipo era esa ese eso"
    " especial esta estado estados estas este esto estos europa europe febrero february federal fentanilo fentanyl"
    " first fiscalia florida for force forces fort friday from frontera fue fuerza fuerzas generacion generation"
    " gobierno golfo good government gracias gran grande great group grupo guadalajara guanajuato guard guardia"
    " guatemala gulf hasta hay he her here hermosillo highway his homeland honduras hospital house if in informe"
    " institute instituto internacional international isla it its jalisco january jefe jersey joint jueves julio"
    " july june junio justice justicia juzgado lago laguna lake laredo las ley los lunes major march marina martes"
    " marzo matamoros may mayo medal mexicali mexican mexicana mexicano mexico michoacan miercoles monday monte"
    " monterrey morning mount muchas municipio muy my nacional national navy nayarit new no noches nogales norte"
    " north northern not nota note november noviembre nueva nuevo oaxaca october octubre oeste office oficina on"
    " operacion operation operativo or our over para paso patrol penal peru plan playa playas police policia por"
    " port presa press primero program programa puebla pueblo puente puerto pues que queretaro rancho region"
    " release report republic republica reynosa rio river sabado saltillo san santa santo saturday second"
    " secretaria secretariat section security segun segundo seguridad senate september septiembre she si sierra"
    " sinaloa since sistema so son sonora south southern special states street su sunday sur sus tabasco"
    " tamaulipas tambien tardes task team tenemos tepic tercero texas thank thanks that the their then there these"
    " they third this those thursday tijuana title tlaxcala today tomorrow torreon tras tribunal tuesday un una"
    " under unidad unidos union unit united universidad university valle valley vegas venezuela veracruz viernes"
    " villa washington we wednesday west western when where which while white who with ya yes yesterday york your"
    " yucatan zacatecas zona batallon curp ministerio public rfc roja safety".split()
)
"""Words that are no part of a name unless a surname: months, places, bodies, the heads of sentences."""
COMPOUNDS = frozenset("angeles lagos mar milagros monte nieves reyes rio rios santos sierra valle valles villa".split())
"""Words that are no name alone and end one after a particle: María de los Ángeles, Juan del Río."""
PLACE_HEADS = frozenset(
    "aeropuerto airport av avenida avenue barrio base blvd boulevard bridge bulevar calle carretera city ciudad"
    " colonia colonias comunidad county ejido escuela estado fraccionamiento heroica highway hospital ley"
    " localidad municipio nueva nuevo operacion operation operativo parque penal penitentiary plaza poblado port"
    " presidio prison puente puerto rancho rio road san santa santo school street unidad valle villa".split()
)
"""After these a name is that of a place or thing: Ciudad Juárez, Operación Ejemplo."""
PARTICLES = frozenset("da de del der do dos e la las los van von y".split())
"""Small words inside a name."""
TAILS = frozenset(
    "school academy college law act bill tunnel post road street avenue bridge foundation family families fund award"
    " house building library museum institute company inc llc corporation municipal confirmation record ranch park"
    " airport station stadium memorial escuela secundaria primaria preparatoria tunel fundacion hospital".split()
)
"""After a name these make it that of a thing: Ejemplo High School."""
