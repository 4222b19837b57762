"""Errors of alerting.

PuenteError
└── SubscriptionError   a subscriptions file can't be read, or asks for what there is not
"""

from streams.errors import PuenteError

__all__ = ["SubscriptionError"]


class SubscriptionError(PuenteError):
    """A subscriptions file is wrong; the sentence names the file, the place in it, and what to do."""
