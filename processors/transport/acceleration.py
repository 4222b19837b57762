"""The compiled parts of Faust and aiokafka: without them the worker is slow, and Faust's stream path is wrong."""

import importlib

from processors.errors import WorkerSetupError

__all__ = ["require_acceleration"]

# The pure-Python stream path of Faust acknowledges events of an old generation, the compiled one does not.
_COMPILED = (
    ("faust._cython.streams", "faust-streaming"),
    ("faust.transport._cython.conductor", "faust-streaming"),
    ("aiokafka.record._crecords.default_records", "aiokafka"),
)


def require_acceleration() -> None:
    """Make sure that the compiled parts are there and in use.

    Raises:
        WorkerSetupError: one is missing, or switched off by an environment variable.
    """
    for module, distribution in _COMPILED:
        try:
            importlib.import_module(module)
        except ImportError as exc:
            raise WorkerSetupError(
                f"The compiled part {module} is missing: install {distribution} from a binary wheel."
            ) from exc
    from aiokafka.record import default_records
    from faust.transport import conductor

    if conductor.ConductorHandler is None or default_records.DefaultRecordBatchBuilder.__module__ == (
        "aiokafka.record.default_records"
    ):
        raise WorkerSetupError("The compiled parts are switched off: unset NO_CYTHON and AIOKAFKA_NO_EXTENSIONS.")
