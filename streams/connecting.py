"""Reaching the brokers: kafka-python's failures as ours. The library itself is imported on first use only."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from streams.errors import KafkaUnreachableError, PublishError, PuenteError

if TYPE_CHECKING:
    from kafka.admin import KafkaAdminClient

__all__ = ["admin_client", "say_why", "unreachable"]

# A broker that refuses connections is down or just starting: worth a second, not all of the time-out.
_REFUSED_PATIENCE_S = 1.0


def say_why(error: BaseException) -> str:
    """The cause of a kafka-python error in a few words, to stand inside a sentence."""
    from kafka import errors

    known: list[tuple[type[BaseException], str]] = [
        (errors.TopicAuthorizationFailedError, "the broker does not let this client write to the topic"),
        (errors.ClusterAuthorizationFailedError, "the broker does not let this client do that"),
        (errors.SaslAuthenticationFailedError, "the broker refused the user name, password or certificate"),
        (errors.UnknownTopicOrPartitionError, "the topic is gone"),
        (errors.MessageSizeTooLargeError, "the broker takes no event of this size"),
        (errors.NotEnoughReplicasError, "too few brokers of the cluster are up"),
        (errors.KafkaTimeoutError, "no broker answered in time"),
        (errors.KafkaConnectionError, "no broker could be reached"),
    ]
    for kind, words in known:
        if isinstance(error, kind):
            return words
    return type(error).__name__


@contextmanager
def admin_client(
    brokers: str, *, connect_timeout_s: float, client_options: Mapping[str, Any]
) -> Iterator["KafkaAdminClient"]:
    """A connected administration client, closed at the end.

    Raises `KafkaUnreachableError` if no broker answers within `connect_timeout_s`, and `PublishError` if the broker
    refuses this client.
    """
    from kafka import errors
    from kafka.admin import KafkaAdminClient

    if "proxy_url" not in client_options:
        _require_listening(brokers, connect_timeout_s)
    try:
        client = KafkaAdminClient(
            bootstrap_servers=brokers, bootstrap_timeout_ms=int(connect_timeout_s * 1000), **client_options
        )
    except errors.SaslAuthenticationFailedError as exc:
        raise PublishError(f"Kafka at {brokers} refused the login: check user name and password.") from exc
    except (errors.KafkaError, OSError) as exc:
        if "sasl_mechanism" in client_options:
            # kafka-python takes a broker that closes the door on a wrong password for one that is gone, and tries on.
            raise PublishError(
                f"Kafka at {brokers} did not let you in within {connect_timeout_s:g} seconds: "
                "check user name, password, mechanism and protocol."
            ) from exc
        raise unreachable(brokers, connect_timeout_s) from exc
    except (ValueError, AssertionError) as exc:
        raise PublishError(f"The connection to Kafka at {brokers} is set up wrongly: {exc}") from exc
    try:
        yield client
    except PuenteError:
        raise
    except (errors.KafkaTimeoutError, errors.KafkaConnectionError) as exc:
        raise unreachable(brokers, connect_timeout_s) from exc
    finally:
        client.close()


def _require_listening(brokers: str, timeout_s: float) -> None:
    """`KafkaUnreachableError` unless a broker accepts a connection.

    kafka-python would try for all of the time-out, and leaves its sockets open when it gives up.
    """
    addresses = [_split_address(broker) for broker in brokers.split(",") if broker.strip()]
    deadline = time.monotonic() + timeout_s
    refused_until = time.monotonic() + min(timeout_s, _REFUSED_PATIENCE_S)
    while True:
        slow = False
        for address in addresses:
            try:
                socket.create_connection(address, timeout=max(deadline - time.monotonic(), 0.05)).close()
            except TimeoutError:
                slow = True
            except OSError:
                continue
            else:
                return
        now = time.monotonic()
        if now >= (deadline if slow else refused_until):
            raise unreachable(brokers, timeout_s)
        time.sleep(0.05)


def _split_address(broker: str) -> tuple[str, int]:
    host, _, port = broker.strip().rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise KafkaUnreachableError(f"{broker.strip()!r} is no broker address: write it as host:port.")
    return host.strip("[]"), int(port)


def unreachable(brokers: str, waited_s: float) -> KafkaUnreachableError:
    """The error for brokers that do not answer."""
    return KafkaUnreachableError(
        f"No Kafka broker answers at {brokers} (tried for up to {waited_s:g} seconds): check the address, or start the "
        "servers with `puente up`."
    )
