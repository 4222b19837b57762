"""Single words that mean the same in a search, in English, in Spanish and on the street."""

__all__ = ["SYNONYMS"]

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("fentanyl", "fentanilo", "fentanil", "m30", "azules"),
    ("methamphetamine", "metanfetamina", "meth", "cristal"),
    ("cocaine", "cocaína", "coca"),
    ("heroin", "heroína", "chiva"),
    ("marijuana", "marihuana", "mota", "cannabis"),
    ("seizure", "decomiso", "aseguramiento", "incautación"),
    ("firearm", "gun", "weapon", "arma"),
    ("handgun", "pistol", "pistola"),
    ("rifle", "fusil"),
    ("ammunition", "rounds", "cartuchos", "municiones"),
    ("truck", "camión", "tractocamión"),
    ("bridge", "puente"),
)
"""Groups of single words, spelled as people write them; case and accents do not count."""
