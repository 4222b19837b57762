"""The agency registry: who may publish, on which topic, in whose time zone, with which grade by default."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from streams.contracts import Grade, Handling, Model
from streams.errors import RegistryError

__all__ = ["AGENCIES_FILE", "Agency", "Registry", "default_registry", "load_registry"]

AGENCIES_FILE = Path(__file__).with_name("agencies.yaml")


class Agency(Model):
    """One publishing agency. `grade` holds for records that carry none; the reliability is the source's, A to F.

    `public_phones` (E.164) are its tip lines and switchboards: they stand in many reports and link none.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,31}$")]
    name_en: str
    name_es: str
    country: Literal["US", "MX"]
    level: Literal["federal", "state", "county", "municipal", "press"] = "federal"
    zone: str
    language: Literal["en", "es"]
    grade: Grade
    handling: Handling = Handling()
    fictional: bool = False
    public_phones: tuple[Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")], ...] = ()


class Registry(Mapping[str, Agency]):
    """Agencies by id."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies: dict[str, Agency] = {}
        for agency in agencies:
            if agency.id in self._agencies:
                raise RegistryError(f"The agency registry lists {agency.id} twice: keep one entry.")
            self._agencies[agency.id] = agency

    def __getitem__(self, agency: str) -> Agency:
        return self._agencies[agency]

    def __iter__(self) -> Iterator[str]:
        return iter(self._agencies)

    def __len__(self) -> int:
        return len(self._agencies)

    def public_phones(self) -> frozenset[str]:
        """The public telephones of all agencies, E.164."""
        return frozenset(phone for agency in self._agencies.values() for phone in agency.public_phones)

    def require(self, agency: str) -> Agency:
        """The agency, or `RegistryError` naming those that there are."""
        if agency not in self._agencies:
            known = ", ".join(sorted(self._agencies))
            raise RegistryError(f"There is no agency {agency!r}: use one of {known}, or add it to the agency registry.")
        return self._agencies[agency]


def load_registry(*paths: Path) -> Registry:
    """Read registry files (YAML) into one; raises `RegistryError` with one sentence, also if two list one agency."""
    return Registry(agency for path in paths for agency in _read(path))


def _read(path: Path) -> list[Agency]:
    import yaml

    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["agencies"]
        return [Agency.model_validate({"id": key, **row}, strict=False) for key, row in rows.items()]
    except OSError as error:
        raise RegistryError(f"The agency registry {path} can't be read ({error.strerror}): check the path.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        at = ".".join(str(part) for part in first["loc"])
        raise RegistryError(f"The agency registry {path} is wrong at {at}: {first['msg']}.") from error
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise RegistryError(f"The agency registry {path} must be YAML with a mapping `agencies`.") from error


@cache
def default_registry() -> Registry:
    """The registry that ships with the project."""
    return load_registry(AGENCIES_FILE)
