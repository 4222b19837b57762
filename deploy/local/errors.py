"""Errors of the local servers: each message is one sentence that says what to do.

    PuenteError
    └── LocalServerError
        ├── JavaMissingError         no JDK that can run the servers was found or fetched
        ├── ArtifactLockError        artifacts.lock can't be read
        ├── DownloadError            a file could not be fetched from the Maven repository
        │   └── WrongHashError       the bytes fetched are not the bytes that artifacts.lock names
        ├── DiskFullError            no room in the cache or in the home folder
        ├── NoPermissionError        a folder is closed to us, or to the user that runs the servers
        ├── PortBusyError            another program listens on the port asked for
        ├── HomeBusyError            another process is starting or stopping the servers of this home
        ├── ServerStartError         a server died, or did not become healthy in time
        └── ServerNotRunningError    kill or restart of a server that was never started

The vendors' exceptions (requests, remotezip, cjdk, pydantic, OSError) stop in the files that call them.
"""

from streams.errors import PuenteError

__all__ = [
    "ArtifactLockError",
    "DiskFullError",
    "DownloadError",
    "HomeBusyError",
    "JavaMissingError",
    "LocalServerError",
    "NoPermissionError",
    "PortBusyError",
    "ServerNotRunningError",
    "ServerStartError",
    "WrongHashError",
]


class LocalServerError(PuenteError):
    """Base of every error of the local servers."""


class JavaMissingError(LocalServerError):
    """No JDK of at least the required version and modules was found, and none could be fetched."""


class ArtifactLockError(LocalServerError):
    """The lock file of server artifacts is missing, damaged or of another format."""


class DownloadError(LocalServerError):
    """A file could not be fetched; what has arrived is kept, so trying again goes on from there."""


class WrongHashError(DownloadError):
    """A file was fetched twice and both times its SHA-256 was not the one in the lock file."""


class DiskFullError(LocalServerError):
    """The disk, or the quota on it, is full."""


class NoPermissionError(LocalServerError):
    """The operating system refused a folder or file to us, or to the user that runs the servers."""


class PortBusyError(LocalServerError):
    """A port that was asked for by number is taken."""


class HomeBusyError(LocalServerError):
    """Another process holds the lock of this home or cache."""


class ServerStartError(LocalServerError):
    """A server ended, or was not healthy before its deadline; the message carries its last log lines."""


class ServerNotRunningError(LocalServerError):
    """The servers of this home were never started, so that there is nothing to kill or restart."""
