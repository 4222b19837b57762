"""Mapping files: by path, or by the name of one that ships with the project."""

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from streams.errors import MappingError
from streams.mapping.model import Mapping

__all__ = ["SHIPPED", "load_mapping", "shipped_mappings"]

SHIPPED = Path(__file__).with_name("mappings")


@cache
def shipped_mappings() -> dict[str, Path]:
    """The mapping files that ship with the project, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def load_mapping(name: str | Path) -> Mapping:
    """A mapping by shipped name (`cbp_drugs`) or by path; raises `MappingError` with one sentence."""
    try:
        import yaml
    except ImportError:
        raise MappingError(
            "Reading mapping files needs PyYAML: run `pip install '.[mapping]'` in the checkout."
        ) from None

    path = shipped_mappings().get(str(name)) or Path(name)
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise MappingError(
            f"There is no mapping {str(name)!r} ({exc.strerror}): give the path of a YAML file, or one of "
            f"{', '.join(shipped_mappings())}."
        ) from exc
    except (yaml.YAMLError, UnicodeDecodeError) as exc:
        where = getattr(exc, "problem_mark", None)
        line = f" near line {where.line + 1}" if where is not None else ""
        raise MappingError(f"The mapping file {path} is no valid YAML{line}: correct it.") from exc
    try:
        return Mapping.model_validate(tree, strict=False)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        at = ".".join(str(part) for part in first["loc"]) or "the top level"
        raise MappingError(
            f"The mapping file {path} is wrong at {at}: {first['msg'].removeprefix('Value error, ')}."
        ) from exc
