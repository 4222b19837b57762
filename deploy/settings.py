"""Settings: read once, at the composition root, from options and `PUENTE_*` variables; handed down as values."""

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from streams.errors import PuenteError
from streams.registry import AGENCIES_FILE, Registry, load_registry
from streams.topics import Topics

if TYPE_CHECKING:
    from processors.alerting.subscriptions import Subscriber
    from processors.protection.keys import TokenKeys
    from processors.reference.known_hubs import KnownHubs

__all__ = [
    "VIEW_NAME",
    "KafkaLogin",
    "Settings",
    "SettingsError",
    "load_settings",
    "read_subscriptions",
    "require_view",
    "resolve_data",
    "resolve_elasticsearch",
    "resolve_home",
    "resolve_kafka",
    "resolve_kafka_login",
    "resolve_known_hubs",
    "resolve_registry",
    "resolve_subscribers",
    "resolve_token_keys",
    "resolve_topics",
    "resolve_views",
]


_BROKER = re.compile(r"(\[[0-9a-fA-F:]+\]|[^\s:,/]+):\d{1,5}")
VIEW_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
"""What a view may be called: the pattern of `Handling.releasable_to`, or no record could be released to it."""


class SettingsError(PuenteError):
    """A setting is missing or unusable."""


class Settings(BaseSettings):
    """What may be set from the environment; every value has a default that suits one machine."""

    model_config = SettingsConfigDict(env_prefix="PUENTE_", extra="ignore")

    kafka: str | None = None
    """Bootstrap brokers, `host:port[,host:port]`; default: the local servers of `puente up`."""
    kafka_user: str | None = None
    """The SASL user, and so the broker's principal, under which `puente judge` writes; default: no SASL."""
    kafka_password: SecretStr | None = None
    """The user's password."""
    kafka_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = "SCRAM-SHA-512"
    """How the user proves who it is."""
    kafka_protocol: Literal["SASL_SSL", "SASL_PLAINTEXT"] = "SASL_SSL"
    """Whether the connection is encrypted; without it the password of `PLAIN` crosses the network in clear."""
    elasticsearch: str | None = None
    """Base URL; default: the local servers of `puente up`."""
    prefix: str = ""
    """Put before every topic, group and index name, so that several deployments share servers."""
    views: Annotated[tuple[str, ...], NoDecode] = ("joint",)
    """The views that are switched on, `joint,us,mx`: each once, by a name that a record may be released to."""
    registry: Annotated[tuple[Path, ...], NoDecode] = (AGENCIES_FILE,)
    """Agency registry (YAML), several files parted as in PATH; default: the one that ships with the project.

    Paths are absolute, this and those below: what was relative was so to the directory of the process that read it.
    """
    subscriptions: Path | None = None
    """Who is alerted of what (YAML); default: nobody."""
    home: Path | None = None
    """Where the local servers keep data and logs (`deploy.local.servers.default_home`)."""
    data: Path | None = None
    """Where workers keep state; default: `workers` under home."""
    token_keys: SecretStr | None = None
    """Keys by which protected people become tokens, `k2:<hex>,k1:<hex>`, the newest first; all enrich and release
    workers need the same. Default: one made for this machine, in the file `token-keys` of the workers' folder."""

    @field_validator("views", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("views")
    @classmethod
    def _check_views(cls, views: tuple[str, ...]) -> tuple[str, ...]:
        if not any(views):
            raise ValueError("it names no view")
        for view in views:
            if not VIEW_NAME.fullmatch(view):
                raise ValueError(f"{view!r} is no name of a view: a small letter, then up to 31 of a-z, 0-9, _ and -")
        if len(set(views)) < len(views):
            raise ValueError("it names a view twice")
        return views

    @field_validator("registry", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(os.pathsep) if part.strip()) or (AGENCIES_FILE,)

    @field_validator("subscriptions", "home", "data", "token_keys", "kafka_user", "kafka_password", mode="before")
    @classmethod
    def _unset_if_empty(cls, value: object) -> object:
        # As the shell has it: `PUENTE_DATA= puente ...` sets nothing. An empty path would be the current directory.
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("registry", "subscriptions", "home", "data")
    @classmethod
    def _make_absolute(cls, value: Path | tuple[Path, ...] | None) -> Path | tuple[Path, ...] | None:
        # At once: the workers get these paths, and run in another directory.
        if isinstance(value, tuple):
            return tuple(path.absolute() for path in value)
        return None if value is None else value.absolute()


@cache
def load_settings() -> Settings:
    """The settings of this process; `SettingsError` if a variable can't be read."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        why = first["msg"].removeprefix("Value error, ")
        name = str(first["loc"][0]).upper()
        raise SettingsError(f"PUENTE_{name} is wrong ({why}): correct or unset it.") from error


def resolve_kafka(option: str | None = None) -> str:
    """The brokers: the option, else `PUENTE_KAFKA`, else the local servers; `SettingsError` if there are none."""
    brokers = option or load_settings().kafka or _local_address("kafka")
    if not all(_BROKER.fullmatch(part.strip()) for part in brokers.split(",")):
        raise SettingsError(f"{brokers!r} is no list of brokers: write host:port, several parted by commas.")
    return brokers


class KafkaLogin(NamedTuple):
    """A user whom the broker must accept, and kafka-python's options to log in as that user."""

    user: str
    client_options: dict[str, str]


def resolve_kafka_login() -> KafkaLogin | None:
    """The login at the broker that `PUENTE_KAFKA_USER` and `PUENTE_KAFKA_PASSWORD` set; None without them."""
    chosen = load_settings()
    if chosen.kafka_user is None and chosen.kafka_password is None:
        return None
    if chosen.kafka_user is None or chosen.kafka_password is None:
        raise SettingsError("PUENTE_KAFKA_USER and PUENTE_KAFKA_PASSWORD go together: set both, or neither.")
    options = {
        "security_protocol": chosen.kafka_protocol,
        "sasl_mechanism": chosen.kafka_mechanism,
        "sasl_plain_username": chosen.kafka_user,
        "sasl_plain_password": chosen.kafka_password.get_secret_value(),
    }
    return KafkaLogin(chosen.kafka_user, options)


def resolve_elasticsearch(option: str | None = None) -> str:
    """The URL: the option, else `PUENTE_ELASTICSEARCH`, else the local servers; `SettingsError` if there are none."""
    return option or load_settings().elasticsearch or _local_address("elasticsearch")


def resolve_topics(prefix: str | None = None) -> Topics:
    """Topic names under the prefix in force."""
    return Topics(load_settings().prefix if prefix is None else prefix)


def resolve_views() -> tuple[str, ...]:
    """The views that are switched on."""
    return load_settings().views


def require_view(view: str) -> str:
    """The view, or `SettingsError` if it is not switched on."""
    if view not in resolve_views():
        raise SettingsError(
            f"The view {view!r} is not switched on: use one of {', '.join(resolve_views())}, or set PUENTE_VIEWS."
        )
    return view


def resolve_registry() -> Registry:
    """The agency registry in force."""
    return load_registry(*load_settings().registry)


def resolve_known_hubs() -> "KnownHubs":
    """Numbers and marks that link nothing: those of the reference data and the agencies' public telephones."""
    from processors.reference.known_hubs import default_known_hubs

    return default_known_hubs().with_phones(resolve_registry().public_phones())


def resolve_subscribers() -> "tuple[Subscriber, ...]":
    """Who is alerted of what; nobody if no file is set. `SettingsError` if one waits in a view that is switched off."""
    path = load_settings().subscriptions
    subscribers = () if path is None else read_subscriptions(path)
    for one in subscribers:
        if one.view not in resolve_views():
            raise SettingsError(
                f"The subscriber {one.id} waits in the view {one.view}, which is not switched on: correct {path}, "
                "or set PUENTE_VIEWS."
            )
    return subscribers


def read_subscriptions(path: Path) -> "tuple[Subscriber, ...]":
    """The subscribers of a file, against the reference data that ships with the project."""
    from processors.alerting.subscriptions import load_subscriptions
    from processors.reference import default_reference

    return load_subscriptions(path, default_reference())


def resolve_home() -> Path:
    """Where the local servers keep data and logs."""
    from deploy.local.servers import default_home

    return load_settings().home or default_home()


def resolve_data() -> Path:
    """Where workers keep state; the folder is made here. `SettingsError` if it can't be."""
    from deploy.local.folders import WORKERS

    folder = load_settings().data or resolve_home() / WORKERS
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The workers' folder {folder} can't be made ({error.strerror}): set PUENTE_DATA to another."
        ) from error
    return folder


def resolve_token_keys(folder: Path | None = None) -> "TokenKeys":
    """The keys in force: `PUENTE_TOKEN_KEYS`, else those of this machine, made at the first call."""
    from deploy.token_keys import machine_keys
    from processors.protection.keys import parse_keys

    written = load_settings().token_keys
    return parse_keys(written.get_secret_value() if written else machine_keys(folder or resolve_data()))


def _local_address(name: str) -> str:
    from deploy.local.servers import LocalServers

    status = LocalServers(resolve_home()).status()
    if status.addresses is None:
        raise SettingsError(
            f"No {name.capitalize()} is running here: start one with `puente up`, "
            f"or name one with --{name} or PUENTE_{name.upper()}."
        )
    return str(getattr(status.addresses, name))
