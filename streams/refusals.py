"""Why a record is refused: one code a reason, with the sentence a clerk reads in English and in Spanish.

The sentences name the field and the rule, never the value: a refusal may be read by people who may not see the record.
"""

from dataclasses import dataclass
from typing import Self

from streams.errors import ContractError

__all__ = ["REASONS", "Reason", "Refused"]

_LIST_208_6 = (
    "8 CFR 208.6 keeps asylum and fear claims confidential, so this record can't be shared: remove the claim, or the "
    "A-number, and publish again."
)
_LISTA_208_6 = (
    "La norma 8 CFR 208.6 protege las solicitudes de asilo y de temor, por lo que este registro no puede compartirse: "
    "retire la solicitud, o el número A, y publique de nuevo."
)

REASONS: dict[str, tuple[str, str]] = {
    # the record as a whole
    "empty_value": (
        "The record has no body: publish the event as JSON.",
        "El registro no tiene contenido: publique el evento en JSON.",
    ),
    "event_too_large": (
        "The record is larger than {limit} bytes: shorten it or split it.",
        "El registro supera {limit} bytes: acórtelo o divídalo.",
    ),
    "invalid_utf8": (
        "The body is not valid UTF-8: save the file as UTF-8.",
        "El contenido no es UTF-8 válido: guarde el archivo como UTF-8.",
    ),
    "invalid_json": (
        "The body is not valid JSON (near byte {position}).",
        "El contenido no es JSON válido (cerca del byte {position}).",
    ),
    "not_json": (
        "The event holds a value that JSON can't carry: use text, finite numbers, true, false, lists and objects.",
        "El evento contiene un valor que JSON no admite: use texto, números finitos, true, false, listas y objetos.",
    ),
    "not_an_object": ("The body must be one JSON object.", "El contenido debe ser un solo objeto JSON."),
    "duplicate_key": (
        "A field stands twice in one object: keep one.",
        "Un campo aparece dos veces en el mismo objeto: deje uno.",
    ),
    "too_deep": (
        "The body nests objects or lists too deep: no contract needs more than a few levels.",
        "El contenido anida objetos o listas con demasiada profundidad: ningún contrato necesita más de unos niveles.",
    ),
    "control_character": (
        "The text holds a NUL or a bidirectional control character: remove it.",
        "El texto contiene un carácter NUL o de control bidireccional: elimínelo.",
    ),
    # the envelope
    "missing_header": ("The header {field} is missing or empty.", "Falta el encabezado {field} o está vacío."),
    "repeated_header": ("The header {field} stands twice.", "El encabezado {field} aparece dos veces."),
    "unreadable_header": (
        "The header {field} can't be read as CloudEvents 1.0.",
        "El encabezado {field} no puede leerse según CloudEvents 1.0.",
    ),
    "unknown_type": (
        "The event type is not known; use puente.seizure.v1, puente.case.v1 or puente.news.v1.",
        "El tipo de evento no se conoce; use puente.seizure.v1, puente.case.v1 o puente.news.v1.",
    ),
    "foreign_source": (
        "The event names another agency as its source; {agency} publishes on this topic.",
        "El evento indica otra dependencia como fuente; en este tópico publica {agency}.",
    ),
    "unknown_agency": (
        "No agency of this name is registered.",
        "No hay ninguna dependencia registrada con ese nombre.",
    ),
    "future_time": (
        "The time in {field} lies in the future: check the date and the zone.",
        "La fecha de {field} está en el futuro: revise la fecha y la zona horaria.",
    ),
    "absurd_time": ("The time in {field} is not a possible date.", "La fecha de {field} no es una fecha posible."),
    "unknown_zone": (
        "The time zone in {field} is not known; use a name like America/Tijuana.",
        "La zona horaria de {field} no se conoce; use un nombre como America/Tijuana.",
    ),
    # fields
    "missing_field": ("The field {field} is missing.", "Falta el campo {field}."),
    "unknown_field": (
        "The field {field} is not part of the contract.",
        "El campo {field} no forma parte del contrato.",
    ),
    "wrong_type": (
        "The field {field} has the wrong type: it must be {expected}.",
        "El campo {field} tiene un tipo incorrecto: debe ser {expected}.",
    ),
    "not_allowed": ("The field {field} must be one of: {expected}.", "El campo {field} debe ser uno de: {expected}."),
    "out_of_range": (
        "The number in {field} is out of range: it must be {expected}.",
        "El número de {field} está fuera de rango: debe ser {expected}.",
    ),
    "not_a_number": ("The field {field} must be a finite number.", "El campo {field} debe ser un número finito."),
    "too_long": (
        "The field {field} is too long: at most {expected}.",
        "El campo {field} es demasiado largo: máximo {expected}.",
    ),
    "too_short": ("The field {field} is empty or too short.", "El campo {field} está vacío o es demasiado corto."),
    "too_many": (
        "The list {field} has too many entries: at most {expected}.",
        "La lista {field} tiene demasiados elementos: máximo {expected}.",
    ),
    "bad_format": (
        "The field {field} is not written in the expected form.",
        "El campo {field} no tiene el formato esperado.",
    ),
    "invalid_field": ("The field {field} does not fit the contract.", "El campo {field} no cumple el contrato."),
    "narrative_too_long": ("The text in {field} is longer than 256 KiB.", "El texto de {field} supera 256 KiB."),
    # rules across fields
    "retraction_with_content": (
        "A retraction carries no content but its reason.",
        "Una retractación no lleva más contenido que su motivo.",
    ),
    "moment_form": (
        "The time in {field} must be an ISO 8601 value, or a fiscal year with a month.",
        "La fecha de {field} debe ser ISO 8601, o un año fiscal con mes.",
    ),
    "moment_precision": (
        "The precision of {field} is finer than its value.",
        "La precisión de {field} es mayor que la de su valor.",
    ),
    "place_empty": ("The place in {field} is empty: leave it out.", "El lugar de {field} está vacío: omítalo."),
    "coordinates_incomplete": ("{field} needs both latitude and longitude.", "{field} necesita latitud y longitud."),
    "phone_empty": (
        "The phone in {field} has neither number nor IMEI.",
        "El teléfono de {field} no tiene número ni IMEI.",
    ),
    "review_date_missing": (
        "The person in {field} has a basis and needs a review_date.",
        "La persona de {field} tiene una base y necesita review_date.",
    ),
    "period_missing": ("A total needs the field period.", "Un total necesita el campo period."),
    "report_empty": (
        "The report says nothing: no items, people, conveyances or narrative.",
        "El reporte no dice nada: sin objetos, personas, vehículos ni narrativa.",
    ),
    "news_without_outlet_or_title": ("A news item needs outlet and title.", "Una nota necesita medio y titulo."),
    "case_kind_missing": ("A case event needs the field kind.", "Un evento de caso necesita el campo kind."),
    "case_detail_mismatch": (
        "The case event's kind and its details do not fit together.",
        "El tipo del evento de caso y sus detalles no coinciden.",
    ),
    "amended_item_unnamed": (
        "{field} names no item: give report_id, exhibit, line or serial.",
        "{field} no indica ningún objeto: dé report_id, exhibit, line o serial.",
    ),
    "absurd_quantity": (
        "The amount in {field} is beyond anything ever seized: check number and unit.",
        "La cantidad de {field} supera todo lo asegurado hasta hoy: revise número y unidad.",
    ),
    "asylum_confidential": (_LIST_208_6, _LISTA_208_6),
    # judgements
    "unknown_view": (
        "The view in {field} is not switched on: judge the link in a view that is.",
        "La vista de {field} no está activada: juzgue el vínculo en una vista que lo esté.",
    ),
    "foreign_link": (
        "The link is not that of the two reports that the judgement names.",
        "El vínculo no es el de los dos reportes que indica el juicio.",
    ),
    # tables that are read through a mapping; {field} is the column
    "line_unreadable": (
        "The line can't be split into columns: look for a quotation mark that is not closed.",
        "La línea no puede dividirse en columnas: busque una comilla sin cerrar.",
    ),
    "line_encoding": (
        "The line is not written in {expected}: save the file in that encoding, or name the right one in the mapping.",
        "La línea no está escrita en {expected}: guarde el archivo así, o indique la codificación en el mapeo.",
    ),
    "line_columns": (
        "The line has another number of columns than the heading ({expected}).",
        "La línea tiene un número de columnas distinto al del encabezado ({expected}).",
    ),
    "column_empty": ("The column {field} is empty.", "La columna {field} está vacía."),
    "column_format": (
        "The column {field} is not written in the expected form.",
        "La columna {field} no tiene el formato esperado.",
    ),
    "column_number": (
        "The column {field} is no number as the mapping writes them (decimal and thousands mark).",
        "La columna {field} no es un número según el mapeo (signos decimal y de millares).",
    ),
    "column_integer": ("The column {field} is no whole number.", "La columna {field} no es un número entero."),
    "column_boolean": ("The column {field} must say yes or no.", "La columna {field} debe decir sí o no."),
    "column_date": (
        "The date in the column {field} has none of the forms {expected}.",
        "La fecha de la columna {field} no tiene ninguna de las formas {expected}.",
    ),
    "column_value": (
        "The value in the column {field} is not listed in the mapping.",
        "El valor de la columna {field} no está en la lista del mapeo.",
    ),
    "id_rounded": (
        "A spreadsheet has rounded the number in the column {field}: format the column as text and export again.",
        "Una hoja de cálculo redondeó el número de la columna {field}: dé formato de texto a la columna y exporte de "
        "nuevo.",
    ),
    "rows_disagree": (
        "The rows of one report disagree in the column {field}.",
        "Las filas de un mismo reporte difieren en la columna {field}.",
    ),
    "other_row_refused": (
        "Another row of the same report was refused (line {line}); publish them together.",
        "Se rechazó otra fila del mismo reporte (línea {line}); publíquelas juntas.",
    ),
    "same_report_twice": (
        "Another row gives the same report with other content (line {line}): keep one.",
        "Otra fila da el mismo reporte con otro contenido (línea {line}): deje una.",
    ),
    # after intake
    "enrichment_failed": (
        "Our step {expected} failed on this record: nothing is wrong with it, it is resubmitted after the repair.",
        "Nuestro paso {expected} falló con este registro: no tiene error y se reenviará tras la reparación.",
    ),
    "enriched_too_large": (
        "The enriched report is larger than {limit} bytes: shorten the record.",
        "El reporte enriquecido supera {limit} bytes: acorte el registro.",
    ),
    "document_refused": (
        "The search index refused the document: {expected}.",
        "El índice de búsqueda rechazó el documento: {expected}.",
    ),
}
"""Reason code -> (English, Spanish), with places for field, expected, limit, agency, position and line."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: code, the field's path (`items[0].quantity.value`) or "", and the two sentences."""

    code: str
    field: str
    en: str
    es: str


class Refused(ContractError):  # noqa: N818 - the record is refused; nothing failed
    """A record does not fit the contract; `reasons` says why, first things first."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(" ".join(reason.en for reason in reasons))
        self.reasons = reasons

    @classmethod
    def because(cls, code: str, *, field: str = "", expected: str = "", **parts: object) -> Self:
        """One reason by its code; the parts fill the sentence."""
        return cls((make_reason(code, field=field, expected=expected, **parts),))


def make_reason(code: str, *, field: str = "", expected: str = "", **parts: object) -> Reason:
    """The reason with both sentences filled in."""
    en, es = REASONS[code]
    values = {"field": field or "the record", "expected": expected, **parts}
    return Reason(code, field, en.format(**values), es.format(**{**values, "field": field or "el registro"}))
