"""Where the Maven repository is (as jgo says), and what went wrong on the way to it, in plain words."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = ["Repository", "explain_break"]


@dataclass(frozen=True)
class Repository:
    """A Maven repository; `base` is its address, jgo's own default (Maven Central) if empty."""

    base: str = ""

    @classmethod
    def default(cls) -> "Repository":
        """The mirror named in `PUENTE_MAVEN_MIRROR`, or jgo's default."""
        return cls(os.environ.get("PUENTE_MAVEN_MIRROR", "").rstrip("/"))

    @cached_property
    def _context(self) -> Any:
        from jgo.maven import MavenContext

        return MavenContext(remote_repos={"central": self.base} if self.base else None)

    def address(self, coordinate: str) -> str:
        """Where `group:artifact:version:type` is, as jgo says."""
        group, artifact, version, packaging = coordinate.split(":")
        found = self._context.project(group, artifact).at_version(version).artifact(packaging=packaging)
        (base,) = self._context.remote_repos.values()
        return f"{base}/{found.component.path_prefix.as_posix()}/{found.filename}"


def explain_break(exc: BaseException) -> str:
    """The class of a network error in plain words; the vendor's text has addresses and memory locations in it."""
    name = type(exc).__name__
    for part, words in _PLAIN:
        if part in name or part in str(exc):
            return words
    return "the connection broke"


_PLAIN = [
    ("Proxy", "the proxy refused or did not answer"),
    ("SSL", "its certificate was not accepted"),
    ("NameResolution", "its name could not be resolved"),
    ("Timeout", "no answer in time"),
    ("timed out", "no answer in time"),
    ("refused", "the connection was refused"),
    ("Range", "the repository can't send parts of a file"),
]
