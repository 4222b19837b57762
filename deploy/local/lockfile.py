"""The model of `artifacts.lock`: which bytes make up the local servers. It names coordinates, never addresses."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from deploy.local.errors import ArtifactLockError

__all__ = ["Archive", "ArtifactLock", "LockedFile", "read_lock", "render_lock"]

LOCK_PATH = Path(__file__).with_name("artifacts.lock")


def _safe_relative(path: str) -> str:
    """`path` itself if it stays inside the folder it is put under; ValueError otherwise."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or ":" in path or "\0" in path or ".." in parts:
        raise ValueError(f"not a relative path inside its folder: {path!r}")
    if path != "/".join(parts):
        raise ValueError(f"not in its plain form: {path!r}")
    return path


SafePath = Annotated[str, AfterValidator(_safe_relative)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
MavenCoordinate = Annotated[str, Field(pattern=r"^[\w.\-]+:[\w.\-]+:[\w.\-]+:[\w.\-]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LockedFile(_Strict):
    """One file: where it goes under its folder, its size in bytes on disk and on the wire, and its SHA-256."""

    path: SafePath
    size: Annotated[int, Field(ge=0)]
    packed: Annotated[int, Field(ge=0)]
    sha256: Sha256
    coordinate: MavenCoordinate | None = None


class Jars(_Strict):
    """A server as jars from the repository: group:artifact:version:type of each stands on the file."""

    version: str
    files: tuple[LockedFile, ...]


class Archive(_Strict):
    """A server inside one larger zip of the repository; only the entries under `folder` are read."""

    version: str
    coordinate: MavenCoordinate
    folder: str
    files: tuple[LockedFile, ...]


class ArtifactLock(_Strict):
    """All that is downloaded for the local servers."""

    format: Literal[1]
    kafka: Jars
    elasticsearch: Archive


def folder_name(name: str, part: Jars | Archive) -> str:
    """The cache folder of one server: name, version and a digest of its file list.

    The digest keeps a folder from being shared by two lock files: Elasticsearch loads every module folder it
    finds, listed or not.
    """
    listing = "".join(f"{file.path}\0{file.sha256}\n" for file in part.files)
    return f"{name}-{part.version}-{sha256(listing.encode()).hexdigest()[:8]}"


def parse_lock(text: str, source: str) -> ArtifactLock:
    """The lock in `text`; ArtifactLockError that names `source` if it is not one."""
    try:
        lock = ArtifactLock.model_validate_json(text)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise ArtifactLockError(
            f"{source} is not a valid artifact lock ({where}: {first['msg']}); restore it from version control."
        ) from exc
    for part in (lock.kafka, lock.elasticsearch):
        paths = [file.path for file in part.files]
        if not paths or len(set(paths)) != len(paths):
            raise ArtifactLockError(
                f"{source} lists no file, or one file twice, for a server; restore it from version control."
            )
    if any(file.coordinate is None for file in lock.kafka.files):
        raise ArtifactLockError(f"{source} has a jar without a coordinate; restore it from version control.")
    return lock


def render_lock(lock: ArtifactLock) -> str:
    """The lock as JSON with one file a line, sorted by path, so that a version change reads well as a diff."""

    def lines(files: tuple[LockedFile, ...]) -> str:
        ordered = sorted(files, key=lambda file: file.path)
        return ",\n".join(f"      {json.dumps(file.model_dump(exclude_none=True))}" for file in ordered)

    kafka, elastic = lock.kafka, lock.elasticsearch
    return (
        "{\n"
        f'  "format": {lock.format},\n'
        '  "kafka": {\n'
        f'    "version": {json.dumps(kafka.version)},\n'
        f'    "files": [\n{lines(kafka.files)}\n    ]\n'
        "  },\n"
        '  "elasticsearch": {\n'
        f'    "version": {json.dumps(elastic.version)},\n'
        f'    "coordinate": {json.dumps(elastic.coordinate)},\n'
        f'    "folder": {json.dumps(elastic.folder)},\n'
        f'    "files": [\n{lines(elastic.files)}\n    ]\n'
        "  }\n"
        "}\n"
    )


@cache
def read_lock(path: Path = LOCK_PATH) -> ArtifactLock:
    """The checked-in lock file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ArtifactLockError(f"{path} can't be read; restore it from version control.") from exc
    return parse_lock(text, path.name)
