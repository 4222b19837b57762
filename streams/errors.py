"""Errors that a person may see: each message is one sentence that says what to do.

    PuenteError
    ├── ContractError            an event or an envelope does not fit the contract
    ├── RegistryError            the agency registry is wrong, or does not know the agency
    ├── MappingError             a mapping file, or the table it reads, is wrong
    ├── TopicError               a topic can't be created, or is not as the topic table says
    ├── SubscribeError           alerts can't be read or acknowledged
    │   └── UnknownSubscriberError   there is no alert topic for this subscriber
    └── PublishError             the event did not reach Kafka
        ├── UnknownAgencyError   there is no intake topic for this agency
        ├── OversizedEventError  the event is larger than the intake takes
        └── KafkaUnreachableError

Packages further up (processors, indexing, deploy) derive their own errors from `PuenteError`.
"""

__all__ = [
    "ContractError",
    "KafkaUnreachableError",
    "MappingError",
    "OversizedEventError",
    "PublishError",
    "PuenteError",
    "RegistryError",
    "SubscribeError",
    "TopicError",
    "UnknownAgencyError",
    "UnknownSubscriberError",
]


class PuenteError(Exception):
    """Base of every error that Puente raises on purpose; `str(error)` is one sentence for a person."""


class ContractError(PuenteError):
    """An event or its envelope does not fit the contract."""


class RegistryError(PuenteError):
    """The agency registry can't be read, contradicts itself, or lacks the agency asked for."""


class MappingError(PuenteError):
    """A mapping file is wrong, or does not fit the table that it should read."""


class TopicError(PuenteError):
    """A topic can't be created, or exists with other partitions or settings than the topic table says."""


class SubscribeError(PuenteError):
    """Alerts can't be read or acknowledged; trying again is safe."""


class UnknownSubscriberError(SubscribeError):
    """No alert topic exists for the subscriber."""


class PublishError(PuenteError):
    """An event was not acknowledged by Kafka; publishing it again is safe."""


class UnknownAgencyError(PublishError):
    """No intake topic exists for the agency."""


class OversizedEventError(PublishError):
    """The event is larger than an intake topic takes."""


class KafkaUnreachableError(PublishError):
    """No broker answered at the given address."""
