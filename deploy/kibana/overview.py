"""The dashboard "Puente: overview": its data views and its panels, row by row. A new panel is one entry.

A panel that sums says which figures it sums (`basis`), in its filter and in its title; none mixes them. CBP's drug
figures are monthly totals of a field office, its weapons figures are incidents, and so are nearly all other records.
"""

from deploy.kibana.panels import (
    DataView,
    Documents,
    Is,
    Label,
    Metric,
    Months,
    Number,
    Panel,
    Queried,
    Series,
    Table,
    Terms,
    Words,
)
from indexing.mappings import ALERTS, DEAD_LETTERS, ITEMS, LINKS, NETWORKS, REPORTS
from streams.links import CAUTION

__all__ = ["CONTROLS", "DATA_VIEWS", "ROWS", "TITLE", "all_panels"]

TITLE = Label("Puente: overview", "panorama")

REPORT_VIEW = DataView(REPORTS, Label("reports", "reportes"), "when", middle=True)
ITEM_VIEW = DataView(ITEMS, Label("seized items", "bienes asegurados"), "when", middle=True)
# What is derived stands under the time of its last change: it may name no time of its own.
LINK_VIEW = DataView(LINKS, Label("links", "vínculos"), "written")
NETWORK_VIEW = DataView(NETWORKS, Label("networks", "redes"), "written")
ALERT_VIEW = DataView(ALERTS, Label("alerts", "alertas"), "written")
LETTER_VIEW = DataView(DEAD_LETTERS, Label("dead letters", "registros rechazados"), "received")

DATA_VIEWS = (REPORT_VIEW, ITEM_VIEW, LINK_VIEW, NETWORK_VIEW, ALERT_VIEW, LETTER_VIEW)

CORRIDOR = Label("Corridor", "Corredor")
COMMODITY = Label("Commodity", "Mercancía")
AGENCY = Label("Agency", "Dependencia")
COUNT = Label("Number", "Número")
KILOGRAMS = Label("kg", "kg")

# Sizes of terms that are stacked are no smaller than their vocabulary: no value falls under the table.
CORRIDORS = Terms("place.corridor", CORRIDOR, 40, missing=True)
COMMODITIES = Terms("commodity", COMMODITY, 25)
REGIONS = Terms("place.region", Label("Region", "Región"), 10, missing=True)

CONTROLS = (
    (REPORT_VIEW, "agency", AGENCY),
    (REPORT_VIEW, "place.corridor", CORRIDOR),
    (REPORT_VIEW, "flow", Label("Flow", "Flujo")),
)
"""Lists to choose from above the panels: data view, field, name."""

GUIDE = f"""\
**{CAUTION["en"]}**
Each panel counts one thing: *incidents*, or *monthly totals* that agencies publish. Never add the two. \
Exercises are left out: switch the filter *NOT exercise: true* off to see them. \
A panel that is opened alone, from the library, counts them too and says so in its title. \
A panel whose records lack the field that you filter by stays empty.

**{CAUTION["es"]}**
Cada panel cuenta una sola cosa: *incidentes* o *totales mensuales* que publican las dependencias. No los sume. \
Los ejercicios no se muestran: desactive el filtro *NOT exercise: true* para verlos. \
Un panel que se abre solo, desde la biblioteca, también los cuenta y lo dice en su título. \
Un panel cuyos registros no tienen el campo filtrado queda vacío.
"""

GUIDE_PANEL = Words(
    name="guide", title=Label("A lead, not proof", "Un indicio, no una prueba"), width=48, markdown=GUIDE
)

INCIDENTS = Number(
    name="incidents",
    title=Label("Seizures", "Aseguramientos"),
    explained=Label("Seizure reports of single incidents.", "Reportes de aseguramiento de un solo incidente."),
    width=12,
    data=REPORT_VIEW,
    only=(Is("kind", "seizure"),),
    basis="incident",
    metric=Metric("count", COUNT),
)
FENTANYL_KG = Number(
    name="fentanyl-kg",
    title=Label("Fentanyl, kg", "Fentanilo, kg"),
    explained=Label(
        "Kilograms in the monthly totals that agencies publish.",
        "Kilogramos en los totales mensuales que publican las dependencias.",
    ),
    width=12,
    data=ITEM_VIEW,
    only=(Is("commodity", "fentanyl"),),
    basis="monthly_total",
    metric=Metric("sum", KILOGRAMS, "mass_kg", decimals=1),
)
SOUTHBOUND_GUNS = Number(
    name="firearms-southbound",
    title=Label("Firearms going south", "Armas hacia el sur"),
    explained=Label(
        "Firearms seized on their way to Mexico, by piece.", "Armas aseguradas camino a México, por pieza."
    ),
    width=12,
    data=ITEM_VIEW,
    only=(Is("commodity", "firearm"), Is("flow", "southbound"), Is("count_unit", "unit")),
    basis="incident",
    metric=Metric("sum", COUNT, "count"),
)
NETWORK_COUNT = Number(
    name="networks",
    title=Label("Networks", "Redes"),
    explained=Label(
        "Networks of reports that share an exact identifier.",
        "Redes de reportes que comparten un identificador exacto.",
    ),
    width=12,
    data=NETWORK_VIEW,
    metric=Metric("count", COUNT),
)
FENTANYL_BY_REGION = Series(
    name="fentanyl-by-month-and-region",
    title=Label("Fentanyl, kg by month and region", "Fentanilo, kg por mes y región"),
    explained=Label(
        "A monthly total names an office, which may span several corridors: so by region.",
        "Un total mensual nombra una oficina, que puede abarcar varios corredores: por eso, por región.",
    ),
    width=24,
    data=ITEM_VIEW,
    only=(Is("commodity", "fentanyl"),),
    basis="monthly_total",
    metric=Metric("sum", KILOGRAMS, "mass_kg", decimals=1),
    across=Months(),
    split=REGIONS,
)
FENTANYL_BY_CORRIDOR = Series(
    name="fentanyl-by-month-and-corridor",
    title=Label("Fentanyl, pills by month and corridor", "Fentanilo, pastillas por mes y corredor"),
    explained=Label(
        "Pills of single incidents; a mass is never turned into pills.",
        "Pastillas de incidentes; una masa nunca se convierte en pastillas.",
    ),
    width=24,
    data=ITEM_VIEW,
    only=(Is("commodity", "fentanyl"), Is("count_unit", "pill")),
    basis="incident",
    metric=Metric("sum", Label("Pills", "Pastillas"), "count"),
    across=Months(),
    split=CORRIDORS,
)
SEIZURES_BY_COMMODITY = Series(
    name="seizures-by-month-and-commodity",
    title=Label("Seizures by month and commodity", "Aseguramientos por mes y mercancía"),
    explained=Label(
        "Reports; one that names two commodities counts once under each of them.",
        "Reportes; uno que nombra dos mercancías cuenta una vez en cada una.",
    ),
    width=24,
    data=REPORT_VIEW,
    only=(Is("kind", "seizure"),),
    basis="incident",
    metric=Metric("count", COUNT),
    across=Months(),
    split=Terms("commodities", COMMODITY, 25),
)
DRUGS_BY_MONTH = Series(
    name="drugs-by-month",
    title=Label("Drugs, kg by month", "Drogas, kg por mes"),
    explained=Label("Kilograms in the monthly totals.", "Kilogramos en los totales mensuales."),
    width=24,
    data=ITEM_VIEW,
    basis="monthly_total",
    metric=Metric("sum", KILOGRAMS, "mass_kg", decimals=1),
    across=Months(),
    split=COMMODITIES,
)
GUNS_BY_CORRIDOR = Series(
    name="firearms-southbound-by-corridor",
    title=Label("Firearms going south, by corridor", "Armas hacia el sur, por corredor"),
    explained=Label(
        "Pieces of single incidents; those whose record names only an office or a state have no corridor.",
        "Piezas de incidentes; las que solo nombran una oficina o un estado no tienen corredor.",
    ),
    width=24,
    data=ITEM_VIEW,
    only=(Is("commodity", "firearm"), Is("flow", "southbound"), Is("count_unit", "unit")),
    basis="incident",
    metric=Metric("sum", COUNT, "count"),
    across=CORRIDORS,
)
TOP_PLACES = Table(
    name="top-places",
    title=Label("Places with most seizures", "Lugares con más aseguramientos"),
    explained=Label("The first twenty.", "Los primeros veinte."),
    width=24,
    data=REPORT_VIEW,
    only=(Is("kind", "seizure"),),
    basis="incident",
    rows=(Terms("place.name", Label("Place", "Lugar"), 20),),
    figures=(Metric("count", COUNT), Metric("unique_count", Label("Agencies", "Dependencias"), "agency")),
)
NETWORKS_BY_SIZE = Documents(
    name="networks-by-size",
    title=Label("Networks by size", "Redes por tamaño"),
    explained=Label("Read one with: puente network ID", "Lea una con: puente network ID"),
    width=48,
    data=NETWORK_VIEW,
    columns=(
        "id",
        "exercise",
        "member_count",
        "link_count",
        "agencies",
        "commodities",
        "when",
        "when_end",
        "tlp",
        "reliability",
        "credibility",
    ),
    sort="member_count",
)
LINKED_AGENCIES = Table(
    name="linked-agencies",
    title=Label("Links between agencies", "Vínculos entre dependencias"),
    explained=Label("Whose records meet whose.", "Qué registros se encuentran con cuáles."),
    width=16,
    data=LINK_VIEW,
    only=(Is("cross_agency", True),),
    rows=(Terms("agency_pair", Label("Agencies", "Dependencias"), 50),),
    figures=(
        Metric("count", Label("Links", "Vínculos")),
        Metric("max", Label("Highest score", "Mayor puntaje"), "score", 2),
    ),
)
STANDING_ALERTS = Table(
    name="standing-alerts",
    title=Label("Standing alerts by subscriber", "Alertas vigentes por suscriptor"),
    # The alias hides those that were withdrawn.
    explained=Label("Withdrawn ones are left out.", "Sin las retiradas."),
    width=16,
    data=ALERT_VIEW,
    rows=(
        Terms("subscriber", Label("Subscriber", "Suscriptor"), 50),
        Terms("subscription", Label("Subscription", "Suscripción"), 50),
    ),
    figures=(Metric("count", COUNT),),
)
OPEN_LETTERS = Table(
    name="open-dead-letters",
    title=Label("Open dead letters by reason", "Registros rechazados abiertos, por motivo"),
    explained=Label(
        "A record with two reasons counts once under each.", "Un registro con dos motivos cuenta una vez en cada uno."
    ),
    width=16,
    data=LETTER_VIEW,
    only=(Is("state", "open"),),
    rows=(Terms("agency", AGENCY, 50), Terms("reasons.code", Label("Reason", "Motivo"), 50)),
    figures=(Metric("count", COUNT),),
)
LATEST_REPORTS = Documents(
    name="latest-reports",
    title=Label("Latest reports", "Últimos reportes"),
    explained=Label("As they came in.", "Según llegaron."),
    width=48,
    data=REPORT_VIEW,
    columns=(
        "received",
        "exercise",
        "agency",
        "report_id",
        "kind",
        "when",
        "place.name",
        "commodities",
        "title",
        "tlp",
        "reliability",
        "credibility",
    ),
    sort="received",
)

ROWS: tuple[tuple[int, tuple[Panel, ...]], ...] = (
    (8, (GUIDE_PANEL,)),
    (5, (INCIDENTS, FENTANYL_KG, SOUTHBOUND_GUNS, NETWORK_COUNT)),
    (14, (FENTANYL_BY_REGION, FENTANYL_BY_CORRIDOR)),
    (14, (SEIZURES_BY_COMMODITY, DRUGS_BY_MONTH)),
    (14, (GUNS_BY_CORRIDOR, TOP_PLACES)),
    (12, (NETWORKS_BY_SIZE,)),
    (12, (LINKED_AGENCIES, STANDING_ALERTS, OPEN_LETTERS)),
    (16, (LATEST_REPORTS,)),
)
"""The dashboard from top to bottom: the height of each row and its panels from left to right."""


def all_panels() -> tuple[Queried, ...]:
    """Every panel that asks Elasticsearch."""
    return tuple(panel for _, panels in ROWS for panel in panels if isinstance(panel, Queried))
