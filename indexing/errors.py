"""Errors of the index: each message is one sentence that says what to do.

    PuenteError
    └── IndexingError                 the deployment, or what was asked of the index, is wrong: stop
        ├── SearchUnreachableError    Elasticsearch does not answer, or says that it can't at the moment: try again
        ├── AccessRefusedError        Elasticsearch refused our credentials or our rights (401, 403)
        ├── IndexMissingError         an index or alias is not there (404)
        ├── IndexSetupError           a template, index or alias was refused
        ├── CanaryRefusedError        the index refuses even a document that is known to be good
        ├── UnexpectedAnswerError     Elasticsearch answered something that no rule here covers
        ├── QueryRefusedError         a search was refused (400)
        ├── DeadLetterUnknownError    there is no dead letter of this id
        ├── DerivedUnknownError       there is no link or network of this id, or no link between these reports
        ├── OwnershipLostError        Kafka gave the partitions to another sink; never leaves the sink
        ├── SinkKafkaError            Kafka refused the sink, or a dead letter could not be written
        ├── SinkReplacedError         another indexer took our place in the group: stop, two would throw each other out
        └── SinkStalledError          records wait in Kafka and none arrives: restart the process

`indexing.elastic` and `indexing.broker` are the two files that know the vendors' own exceptions.
"""

from streams.errors import PuenteError

__all__ = [
    "AccessRefusedError",
    "CanaryRefusedError",
    "DeadLetterUnknownError",
    "DerivedUnknownError",
    "IndexMissingError",
    "IndexSetupError",
    "IndexingError",
    "OwnershipLostError",
    "QueryRefusedError",
    "SearchUnreachableError",
    "SinkKafkaError",
    "SinkReplacedError",
    "SinkStalledError",
    "UnexpectedAnswerError",
]


class IndexingError(PuenteError):
    """Base of every error of the index; a sink that raises one has committed nothing that is not indexed."""


class SearchUnreachableError(IndexingError):
    """Elasticsearch can't be reached or is too busy; the sink waits for it, a person tries again."""


class AccessRefusedError(IndexingError):
    """Wrong credentials, or an account without the right."""


class IndexMissingError(IndexingError):
    """An index that should be there is not."""


class IndexSetupError(IndexingError):
    """A template, index or alias could not be made."""


class CanaryRefusedError(IndexingError):
    """Not the records are wrong but the index."""


class UnexpectedAnswerError(IndexingError):
    """An answer that the sink must not guess about."""


class QueryRefusedError(IndexingError):
    """Elasticsearch could not read the search."""


class DeadLetterUnknownError(IndexingError):
    """No dead letter has this id."""


class DerivedUnknownError(IndexingError):
    """No link or network has this id, or several begin with it."""


class OwnershipLostError(IndexingError):
    """The batch in hand, of assignment `epoch`, belongs to another sink now: throw it away, that one has it too."""

    def __init__(self, topic: str, epoch: int) -> None:
        super().__init__(f"The partitions of {topic} have gone to another indexer: nothing to do, it reads on there.")
        self.epoch = epoch


class SinkKafkaError(IndexingError):
    """Kafka said no for good, or did not take a dead letter."""


class SinkReplacedError(IndexingError):
    """Two indexers under one name, or one that stood still for longer than the session timeout."""


class SinkStalledError(IndexingError):
    """The Kafka client hangs (seen after broker restarts); a fresh process reads on."""
