"""Errors of the processors: each message is one sentence that says what to do.

PuenteError
└── WorkerError                      the worker must stop; a supervisor starts it again
    ├── WorkerSetupError             the worker can't run as it is installed or configured
    ├── StageFailedError             a stage raised, or returned what it may not
    ├── OversizedOutputError         an output, or one record's state rows, is larger than its topic takes
    ├── OutputsNotAcknowledgedError  Kafka refused an output, a state row or a commit
    ├── OffsetsWentBackError         an input partition now has lower offsets than before
    ├── ChangelogError               the state can't be restored from its changelog
    │   └── ZombieWriterError        somebody else wrote to the changelog of our partition
    └── WorkerStalledError           there is work to do, and nothing moves
"""

from streams.errors import PuenteError

__all__ = [
    "ChangelogError",
    "OffsetsWentBackError",
    "OutputsNotAcknowledgedError",
    "OversizedOutputError",
    "StageFailedError",
    "WorkerError",
    "WorkerSetupError",
    "WorkerStalledError",
    "ZombieWriterError",
]


class WorkerError(PuenteError):
    """The world is broken for this worker: it stops before it acknowledges anything later, and exits non-zero."""


class WorkerSetupError(WorkerError):
    """Something that the worker needs is missing or wrong."""


class StageFailedError(WorkerError):
    """A stage let an exception out, or broke its contract."""


class OversizedOutputError(WorkerError):
    """An output is larger than the limit that the stage was given."""


class OutputsNotAcknowledgedError(WorkerError):
    """Kafka did not take an output, a state row or a commit."""


class OffsetsWentBackError(WorkerError):
    """The input topic was truncated or created anew under the worker."""


class ChangelogError(WorkerError):
    """The changelog is missing, does not match its input, or can't be read to its end."""


class ZombieWriterError(ChangelogError):
    """The changelog holds a row that this worker, its only writer, did not write."""


class WorkerStalledError(WorkerError):
    """The watchdog saw work and no progress."""
