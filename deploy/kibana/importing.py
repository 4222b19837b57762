"""Handing the saved objects to a running Kibana: the one place that talks to it.

Errors
    PuenteError
    └── KibanaError               Kibana did not take the objects
        └── KibanaUnreachableError  nothing that is ready answers there
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from streams.errors import PuenteError

__all__ = ["Imported", "KibanaError", "KibanaUnreachableError", "import_ndjson"]

TIMEOUT_S = 60.0
PAUSE_S = 3.0
NOT_READY = frozenset({502, 503, 504})
"""Kibana answers 503 while it starts and brings its own indices up to date, which takes a minute the first time."""

_NO_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
)


class KibanaError(PuenteError):
    """Kibana did not take the objects."""


class KibanaUnreachableError(KibanaError):
    """Nothing that is ready answers there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many saved objects Kibana took."""

    count: int


def import_ndjson(
    kibana: str,
    ndjson: str,
    *,
    wait_s: float = 0.0,
    login: tuple[str, str] | None = None,
    ca_file: str | None = None,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Imported:
    """Import `ndjson` into the Kibana at `kibana` (base URL), overwriting objects of the same ids.

    Tries again for `wait_s` seconds while Kibana is not up. An import is repeatable, so an answer that got lost is no
    matter. Raises KibanaUnreachableError if it never was ready, KibanaError if it refused anything.
    """
    deadline = clock() + wait_s
    while True:
        cause: Exception | None = None
        try:
            answer = _post(kibana, ndjson, login, ca_file)
        except _NO_ADDRESS as error:
            raise KibanaError(f"{kibana} is no address of Kibana: write it as http://host:port.") from error
        except requests.RequestException as error:
            found, cause = "does not answer", error
        else:
            if answer.status_code not in NOT_READY:
                return _judge(kibana, answer)
            found = f"is not ready (status {answer.status_code})"
        if clock() >= deadline:
            raise KibanaUnreachableError(
                f"Kibana at {kibana} {found}: start it, check the address, or wait longer with --wait."
            ) from cause
        pause(PAUSE_S)


def _post(kibana: str, ndjson: str, login: tuple[str, str] | None, ca_file: str | None) -> requests.Response:
    return requests.post(
        f"{kibana.rstrip('/')}/api/saved_objects/_import",
        params={"overwrite": "true"},
        headers={"kbn-xsrf": "puente"},  # Kibana refuses a request without it
        files={"file": ("puente.ndjson", ndjson.encode(), "application/x-ndjson")},
        auth=login,
        verify=ca_file or True,
        timeout=TIMEOUT_S,
    )


def _judge(kibana: str, answer: requests.Response) -> Imported:
    if answer.status_code in {401, 403}:
        raise KibanaError(f"Kibana at {kibana} refused this user: give one that may manage saved objects.")
    try:
        body: Any = answer.json()
    except requests.JSONDecodeError as error:
        raise KibanaError(
            f"What answers at {kibana} is no Kibana (status {answer.status_code}): check the address."
        ) from error
    if not isinstance(body, dict) or answer.status_code != 200 or not body.get("success"):
        raise KibanaError(f"Kibana at {kibana} refused the saved objects ({_reasons(body)}): check its version.")
    return Imported(int(body.get("successCount", 0)))


def _reasons(body: Any) -> str:
    """What Kibana says is wrong, the first three of it."""
    if not isinstance(body, dict):
        return "no reason given"
    errors = [
        f"{one.get('type')} {one.get('id')}: {(one.get('error') or {}).get('type', 'unknown')}"
        for one in body.get("errors", ())[:3]
    ]
    return "; ".join(errors) or str(body.get("message", "no reason given")).splitlines()[0][:200]
