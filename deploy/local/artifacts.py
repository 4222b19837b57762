"""The cache of server programs: what is missing, fetching it, and checking every byte before it is run."""

from collections.abc import Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from deploy.local.errors import DiskFullError
from deploy.local.folders import disk_errors, free_bytes, hold_lock, make_folder, require_enterable, server_owner
from deploy.local.lockfile import ArtifactLock, LockedFile, folder_name
from deploy.local.maven import Fetcher, Repository, hash_file

__all__ = ["Programs", "install_programs", "missing_bytes", "programs_of"]

# Most files are small, so the round trip counts more than the bandwidth: 266 files took 5 to 9 s with 8 connections
# and 34 to 40 s with one.
CONNECTIONS = 8
LOCK_WAIT_S = 1800.0
# Free space to leave beyond the download itself.
SPARE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the two server programs are: Kafka's jars, and Elasticsearch's home."""

    kafka_jars: tuple[Path, ...]
    elasticsearch_home: Path


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One locked file, its place in the cache, and the zip entry it comes from (None: a file of its own)."""

    locked: LockedFile
    target: Path
    entry: str | None


def programs_of(lock: ArtifactLock, cache: Path) -> Programs:
    """The places of the locked programs under `cache`, present or not."""
    kafka = cache / folder_name("kafka", lock.kafka)
    return Programs(
        kafka_jars=tuple(kafka / file.path for file in lock.kafka.files),
        elasticsearch_home=cache / folder_name("elasticsearch", lock.elasticsearch),
    )


def _wanted_files(lock: ArtifactLock, cache: Path) -> list[_Wanted]:
    programs = programs_of(lock, cache)
    jars = zip(lock.kafka.files, programs.kafka_jars, strict=True)
    entries = (
        _Wanted(file, programs.elasticsearch_home / file.path, lock.elasticsearch.folder + file.path)
        for file in lock.elasticsearch.files
    )
    return [*(_Wanted(file, target, None) for file, target in jars), *entries]


def _has_size(wanted: _Wanted) -> bool:
    return wanted.target.is_file() and wanted.target.stat().st_size == wanted.locked.size


def missing_bytes(lock: ArtifactLock, cache: Path) -> int:
    """Bytes that a start would download (judged by presence and size; content is checked at the start)."""
    with disk_errors(cache):
        return sum(file.locked.packed for file in _wanted_files(lock, cache) if not _has_size(file))


def install_programs(lock: ArtifactLock, cache: Path, repository: Repository, console: Console) -> Programs:
    """Make every locked file present in `cache`, checked by SHA-256, and return where they are.

    A file already there is hashed again each time (0.1 s for all 208 MB): nothing runs that the lock does not name.
    Two processes may call this at once; the second waits and then finds everything there.
    Raises DownloadError, WrongHashError, DiskFullError, NoPermissionError or HomeBusyError.
    """
    owner = server_owner()
    make_folder(cache)
    if owner is not None:
        require_enterable(cache, owner)
    busy = f"Another process has been downloading into {cache} for half an hour: end it, or wait, then try again."

    def tell() -> None:
        console.print(f"Another process is downloading into {cache}; waiting for it.")

    with hold_lock(cache / ".lock", busy, wait_s=LOCK_WAIT_S, on_wait=tell):
        files = _wanted_files(lock, cache)
        missing = _find_missing(files)
        if missing:
            _require_space(cache, missing)
            _fetch_all(lock, missing, repository, console)
        # Folders that the server expects although the lock, a list of files, can't name an empty one.
        make_folder(programs_of(lock, cache).elasticsearch_home / "plugins")
    return programs_of(lock, cache)


def _find_missing(files: Iterable[_Wanted]) -> list[_Wanted]:
    def is_right(wanted: _Wanted) -> bool:
        return _has_size(wanted) and hash_file(wanted.target) == wanted.locked.sha256

    ordered = list(files)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return [wanted for wanted, right in zip(ordered, pool.map(is_right, ordered), strict=True) if not right]


def _require_space(cache: Path, missing: list[_Wanted]) -> None:
    needed = sum(wanted.locked.size for wanted in missing) + SPARE_BYTES
    free = free_bytes(cache)
    if free < needed:
        raise DiskFullError(
            f"The servers need {needed / 1e6:.0f} MB under {cache} and {free / 1e6:.0f} MB are free: free some space, "
            "or point PUENTE_CACHE to a folder on another disk."
        )


def _fetch_all(lock: ArtifactLock, missing: list[_Wanted], repository: Repository, console: Console) -> None:
    """Fetch `missing` over several connections, large files first; the first error stops the rest and is raised."""
    archive = lock.elasticsearch.coordinate
    fetcher = Fetcher(repository)
    failures: list[BaseException] = []
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
    with progress:
        task = progress.add_task(
            f"Downloading Kafka {lock.kafka.version} and Elasticsearch {lock.elasticsearch.version}",
            total=sum(wanted.locked.packed for wanted in missing),
        )

        def advance(count: int) -> None:
            progress.advance(task, count)

        def fetch(wanted: _Wanted) -> None:
            try:
                if wanted.entry is None:
                    fetcher.fetch_file(wanted.locked, wanted.target, advance)
                else:
                    fetcher.fetch_entry(archive, wanted.entry, wanted.locked, wanted.target, advance)
            except BaseException as exc:
                # The first error is the one to show; those of the fetches that it stops say less.
                failures.append(exc)
                fetcher.stop()
                raise

        pool = ThreadPoolExecutor(CONNECTIONS)
        try:
            ordered = sorted(missing, key=lambda wanted: wanted.locked.packed, reverse=True)
            futures = [pool.submit(fetch, wanted) for wanted in ordered]
            wait(futures, return_when=FIRST_EXCEPTION)
            if failures:
                raise failures[0]
        finally:
            # Also on Ctrl-C.
            fetcher.stop()
            pool.shutdown(cancel_futures=True)
            fetcher.close()
