"""Real places of the border as the invented agencies write them. Port codes: CBP; municipality codes: INEGI; FIPS."""

from deploy.demo.story.marks import Json

__all__ = ["PLACES", "highway", "place"]


def _port(name: str, state: str, code: str, written: str) -> Json:
    codes = [{"system": "cbp_port", "value": code}]
    return {"as_written": written, "country": "US", "state": state, "port_of_entry": name, "codes": codes}


def _county(county: str, state: str, fips: str, locality: str) -> Json:
    codes = [{"system": "fips", "value": fips}]
    return {"country": "US", "state": state, "municipality": county, "locality": locality, "codes": codes}


def _municipality(name: str, state: str, code: str) -> Json:
    return {"country": "MX", "state": state, "municipality": name, "codes": [{"system": "inegi", "value": code}]}


PLACES: dict[str, Json] = {
    "laredo": _port("Laredo", "Texas", "2304", "World Trade Bridge, Laredo, TX"),
    "laredo_juarez": _port("Laredo", "Texas", "2304", "Juarez-Lincoln Bridge, Laredo, TX"),
    "hidalgo": _port("Hidalgo", "Texas", "2305", "Hidalgo International Bridge, Hidalgo, TX"),
    "brownsville": _port("Brownsville", "Texas", "2301", "Veterans International Bridge, Brownsville, TX"),
    "roma": _port("Roma", "Texas", "2310", "Roma International Bridge, Roma, TX"),
    "progreso": _port("Progreso", "Texas", "2309", "Progreso International Bridge, Progreso, TX"),
    "eagle_pass": _port("Eagle Pass", "Texas", "2303", "Camino Real Bridge, Eagle Pass, TX"),
    "otay_mesa": _port("Otay Mesa", "California", "2506", "Otay Mesa Cargo Facility, San Diego, CA"),
    "nogales_az": _port("Nogales", "Arizona", "2604", "Mariposa Port of Entry, Nogales, AZ"),
    "webb": _county("Webb County", "Texas", "48479", "Laredo"),
    "la_salle": _county("La Salle County", "Texas", "48283", "Cotulla"),
    "hidalgo_county": _county("Hidalgo County", "Texas", "48215", "McAllen"),
    "bexar": _county("Bexar County", "Texas", "48029", "San Antonio"),
    "cameron": _county("Cameron County", "Texas", "48061", "Brownsville"),
    "maverick": _county("Maverick County", "Texas", "48323", "Eagle Pass"),
    "starr": _county("Starr County", "Texas", "48427", "Rio Grande City"),
    "nuevo_laredo": _municipality("Nuevo Laredo", "Tamaulipas", "28027"),
    "reynosa": _municipality("Reynosa", "Tamaulipas", "28032"),
    "matamoros": _municipality("Matamoros", "Tamaulipas", "28022"),
    "rio_bravo": _municipality("Río Bravo", "Tamaulipas", "28033"),
    "san_fernando": _municipality("San Fernando", "Tamaulipas", "28035"),
    "miguel_aleman": _municipality("Miguel Alemán", "Tamaulipas", "28025"),
    "valle_hermoso": _municipality("Valle Hermoso", "Tamaulipas", "28040"),
    "sabinas_hidalgo": _municipality("Sabinas Hidalgo", "Nuevo León", "19044"),
    "anahuac": _municipality("Anáhuac", "Nuevo León", "19005"),
    "piedras_negras": _municipality("Piedras Negras", "Coahuila", "05025"),
    "tijuana": _municipality("Tijuana", "Baja California", "02004"),
    "mexicali": _municipality("Mexicali", "Baja California", "02002"),
    "nogales_son": _municipality("Nogales", "Sonora", "26043"),
    "caborca": _municipality("Caborca", "Sonora", "26017"),
    "culiacan": _municipality("Culiacán", "Sinaloa", "25006"),
    "badiraguato": _municipality("Badiraguato", "Sinaloa", "25003"),
}


def place(name: str, written: str | None = None) -> Json:
    """A place of the list, with the publisher's own words where given."""
    return PLACES[name] | ({"as_written": written} if written else {})


def highway(name: str, road: str, kilometre: float | None = None) -> Json:
    """A place of the list on a highway, `kilometre` along it."""
    return PLACES[name] | {"highway": road} | ({} if kilometre is None else {"kilometre": kilometre})
