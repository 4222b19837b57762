"""The words of both languages for events and for the dossier of a network."""

__all__ = ["DOSSIER_SENTENCES", "MEASURES"]

DOSSIER_SENTENCES: dict[str, tuple[str, str]] = {
    "event": ("Event {id}", "Hecho {id}"),
    "event_withdrawn": (
        "There is no event here any more: the report was retracted, or it tells of no single incident.",
        "Aquí ya no hay ningún hecho: el informe se retiró, o no narra un incidente individual.",
    ),
    "origins": (
        "{n} independent origin|{n} independent origins",
        "{n} origen independiente|{n} orígenes independientes",
    ),
    "told_by": (
        "Told in {members} by {agencies}, of {origins}; copies of one text, and the records of one agency, are one "
        "origin.",
        "Narrado en {members} de {agencies}, de {origins}; las copias de un texto, y los informes de una institución, "
        "son un solo origen.",
    ),
    "only_news": (
        "Told only by news: no official record is known.",
        "Sólo lo narra la prensa: no se conoce informe oficial.",
    ),
    "on_day": ("On {day} (local date).", "El {day} (fecha local)."),
    "event_goods": (
        "Goods, each once, as the best graded official record has them:",
        "Bienes, cada uno una vez, según el informe oficial mejor calificado:",
    ),
    "amount_range": ("others say {low} to {high}", "otros dicen de {low} a {high}"),
    "amount_news": ("told only by news", "sólo según la prensa"),
    "about": ("about ", "unos "),
    "event_grade": (
        "Grade {grade} ({reliability}; {credibility}): that of the best graded origin; only independent origins raise "
        "its credibility.",
        "Calificación {grade} ({reliability}; {credibility}): la del origen mejor calificado; sólo los orígenes "
        "independientes elevan su credibilidad.",
    ),
    "events_listed": (
        "{shown} of {all} events in view {view}. Show one with: puente events ID",
        "{shown} de {all} hechos en la vista {view}. Para ver uno: puente events ID --lang es",
    ),
    "day_unknown": ("day unknown", "día desconocido"),
    "per_event": (
        "Each event counts once, however many of the records tell of it; what only news tell is left out.",
        "Cada hecho cuenta una vez, sin importar cuántos informes lo narren; se omite lo que sólo narra la prensa.",
    ),
    "network_grade": (
        "Grade {grade} ({reliability}; {credibility}): that of the weakest event, each raised by its independent "
        "origins.",
        "Calificación {grade} ({reliability}; {credibility}): la del hecho más débil, cada uno elevado por sus "
        "orígenes independientes.",
    ),
    "people": (
        "People: subjects under certified suspicion, charged or convicted, as the records name them:",
        "Personas: sujetos con sospecha certificada, imputados o sentenciados, como los nombran los informes:",
    ),
    "born": ("born {date}", "fecha de nacimiento {date}"),
    "aliases": ("also called {names}", "alias {names}"),
    "in_records": ("in {reports}", "en {reports}"),
    "vehicles": ("Vehicles:", "Vehículos:"),
    "plate": ("plate {value}", "placa {value}"),
    "vin": ("VIN {value}", "NIV {value}"),
    "firearm_list": ("Firearms:", "Armas de fuego:"),
    "serial": ("serial {value}", "matrícula {value}"),
    "phones": ("Telephones:", "Teléfonos:"),
    "marks": ("Marks on goods:", "Marcas en la mercancía:"),
    "timeline": ("What happened, by event:", "Qué ocurrió, por hecho:"),
    "period_total": ("a period's total, counted in no sum", "total de un periodo, no cuenta en ninguna suma"),
    "running_total": ("a running total, counted in no sum", "total acumulado, no cuenta en ninguna suma"),
    "no_event": ("a text that tells no amount", "texto que no indica cantidades"),
    "bridges": (
        "The network is large: a false link may have joined two. Its weakest bridges, each a link without which it "
        "falls in two; check them first with `puente why ID`:",
        "La red es grande: un vínculo falso pudo unir dos. Sus puentes más débiles, cada uno un vínculo sin el cual se "
        "parte en dos; revíselos primero con `puente why ID --lang es`:",
    ),
    "no_bridges": (
        "The network is large, and no single link holds two parts of it together.",
        "La red es grande, y ningún vínculo une por sí solo dos partes de ella.",
    ),
    "bridge": ("{id}  {left} | {right} members, score {score}", "{id}  {left} | {right} miembros, puntaje {score}"),
}

MEASURES: dict[str, str] = {"mass_kg": "kg", "volume_l": "l", "area_ha": "ha"}
