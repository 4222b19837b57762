"""The one place that talks to Elasticsearch: requests in, status and body out; the client's exceptions stop here."""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from elasticsearch import ApiError, AsyncElasticsearch, OrjsonSerializer, SerializationError, TransportError

from indexing.errors import (
    AccessRefusedError,
    IndexingError,
    IndexMissingError,
    SearchUnreachableError,
    UnexpectedAnswerError,
)

__all__ = ["Address", "Answer", "Elastic", "explain_answer", "raise_for_answer"]

TIMEOUT_S = 60.0
SHARD_TIMEOUT = "10s"
"""How long a bulk waits inside Elasticsearch for a shard that is not there; then it is ours to try again."""
BUSY = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses that say "not now": the same request may work later."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where Elasticsearch is and who we are there; `ca_file` verifies its certificate beside the system's own."""

    hosts: tuple[str, ...]
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout_s: float = TIMEOUT_S

    @classmethod
    def read(cls, urls: str) -> Self:
        """The address in `http://[user:password@]host:port[,...]`; the login leaves the hosts, which are printed."""
        hosts: list[str] = []
        user = password = None
        for url in urls.split(","):
            scheme, slashes, rest = url.strip().partition("://")
            login, at, host = rest.rpartition("@")
            if at:
                name, _, secret = login.partition(":")
                user, password = unquote(name), unquote(secret)
            hosts.append(f"{scheme}{slashes}{host}" if slashes else url.strip().rpartition("@")[2])
        return cls(tuple(hosts), user=user, password=password)


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and decoded body."""

    status: int
    body: Any

    @property
    def busy(self) -> bool:
        """Whether trying the same again later may help."""
        return self.status in BUSY


class Elastic:
    """A connection pool to Elasticsearch. It retries nothing: the caller knows what may be repeated, and how long."""

    def __init__(self, address: Address) -> None:
        self._address = address
        auth = (address.user, address.password or "") if address.user else None
        try:
            self._client = AsyncElasticsearch(
                list(address.hosts),
                api_key=address.api_key,
                basic_auth=auth,
                ssl_context=ssl.create_default_context(cafile=address.ca_file) if address.ca_file else None,
                request_timeout=address.timeout_s,
                max_retries=0,
                retry_on_timeout=False,
                # A node that failed is tried again at once: the sink has its own back-off.
                dead_node_backoff_factor=0.0,
                max_dead_node_backoff=0.0,
                serializer=OrjsonSerializer(),
            )
        except ValueError as error:
            raise SearchUnreachableError(
                f"{', '.join(address.hosts)} is no address of Elasticsearch: write it as http://host:port."
            ) from error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    async def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, Any] | None = None,
        timeout_s: float | None = None,
    ) -> Answer:
        """One request, whatever the status of its answer; `bytes` as body are NDJSON and are sent as they are.

        Raises SearchUnreachableError if there was no answer: then nobody knows whether the request took effect.
        """
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        headers = {"accept": "application/json", **({"content-type": kind} if body is not None else {})}
        client = self._client if timeout_s is None else self._client.options(request_timeout=timeout_s)
        try:
            response = await client.perform_request(method, path, params=params, headers=headers, body=body)
        except ApiError as error:
            return Answer(error.meta.status, error.body)
        except SerializationError as error:
            raise UnexpectedAnswerError(
                "The request holds characters that are not Unicode text: leave them out."
            ) from error
        except TransportError as error:
            hosts = ", ".join(self._address.hosts)
            raise SearchUnreachableError(
                f"Elasticsearch does not answer at {hosts} ({_cause(error)}): start it, or check the address."
            ) from error
        return Answer(response.meta.status, getattr(response, "body", None))

    async def expect(self, method: str, path: str, body: Any = None, *, params: Mapping[str, Any] | None = None) -> Any:
        """The body of a successful answer; any other raises the error that fits (`raise_for_answer`)."""
        answer = await self.request(method, path, body, params=params)
        if answer.status >= 300:
            raise_for_answer(answer, path)
        return answer.body

    async def mget(self, index: str, ids: Sequence[str], field: str) -> Answer:
        """The newest version (unrefreshed ones too) of each id, with one field of its source."""
        params = {"_source_includes": field, "filter_path": "docs._id,docs.found,docs._version,docs._source,docs.error"}
        return await self.request("POST", f"/{index}/_mget", {"ids": list(ids)}, params=params)

    async def bulk(self, index: str, body: bytes) -> Answer:
        """Send one NDJSON bulk. It never asks for a refresh; the index makes new documents visible every second."""
        params = {"timeout": SHARD_TIMEOUT, "filter_path": "errors,items.*.status,items.*.result,items.*.error"}
        return await self.request("POST", f"/{index}/_bulk", body, params=params)


def _cause(error: TransportError) -> str:
    """The client's own words, in brief: they speak of the connection, never of a document."""
    return f"{type(error).__name__}: {str(error.message)[:120]}"


def explain_answer(answer: Answer) -> str:
    """Type of the error in an answer, such as `index_not_found_exception`; never its text, which may quote a record."""
    error = answer.body.get("error") if isinstance(answer.body, dict) else None
    if isinstance(error, dict):
        return str(error.get("type", "error"))
    return str(error or f"HTTP {answer.status}")


def raise_for_answer(answer: Answer, what: str) -> None:
    """Raise the error that a failed answer means; `what` names the path or index."""
    reason = explain_answer(answer)
    if answer.status in {401, 403}:
        raise AccessRefusedError(
            f"Elasticsearch refused access to {what} ({reason}): check the API key, or the account and its rights."
        )
    if answer.status == 404:
        raise IndexMissingError(
            f"Elasticsearch has no {what} ({reason}): switch its view on (PUENTE_VIEWS) if it is off, and "
            "run `puente prepare`, which creates the indices."
        )
    if answer.busy:
        raise SearchUnreachableError(f"Elasticsearch can't answer now ({reason}): try again in a moment.")
    error: type[IndexingError] = UnexpectedAnswerError
    raise error(f"Elasticsearch answered {answer.status} ({reason}) to {what}: see its log.")
