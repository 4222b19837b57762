"""Errors of the reference data.

PuenteError
└── ReferenceDataError   a reference file is missing or contradicts itself: the worker does not start

A worker that finds one broken must not run on: every report would carry it.
"""

from streams.errors import PuenteError

__all__ = ["ReferenceDataError"]


class ReferenceDataError(PuenteError):
    """A reference file can't be used; the message names the file and what to mend."""
