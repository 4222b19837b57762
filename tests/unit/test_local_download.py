"""Downloads against a real HTTP server that breaks off, lies, refuses and stalls."""

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import artifacts, folders
from deploy.local.artifacts import install_programs, missing_bytes, programs_of
from deploy.local.errors import (
    DiskFullError,
    DownloadError,
    HomeBusyError,
    LocalServerError,
    NoPermissionError,
    WrongHashError,
)
from deploy.local.maven import Fetcher
from deploy.local.repository import Repository
from tests.unit.fake_repository import (
    ARCHIVE,
    ENTRIES,
    FOLDER,
    JARS,
    LOCK,
    QUIET,
    ZIP,
    ZIP_PATH,
    FakeRepository,
    answer,
    break_off,
    jar_path,
    lie,
    send,
)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRepository]:
    """A running fake repository with all files; pauses between attempts are cut to nothing."""
    monkeypatch.setattr(artifacts, "Fetcher", lambda repository: Fetcher(repository, pauses_s=(0.0, 0.0)))
    with FakeRepository() as server:
        server.files = {jar_path(name): content for name, content in JARS.items()} | {ZIP_PATH: ZIP}
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def assert_complete(cache: Path) -> None:
    """Every locked file is in the cache with its right bytes, and no part is left."""
    programs = programs_of(LOCK, cache)
    assert {path.name.removesuffix(".jar"): path.read_bytes() for path in programs.kafka_jars} == JARS
    home = programs.elasticsearch_home
    assert {name: (home / name).read_bytes() for name in ENTRIES} == ENTRIES
    assert list(cache.rglob("*.part")) == []


def install(fake: FakeRepository, cache: Path) -> None:
    """Install the test's lock."""
    install_programs(LOCK, cache, fake.repository, QUIET)


def test_everything_arrives_and_is_not_fetched_again(fake: FakeRepository, open_folder: Path) -> None:
    assert missing_bytes(LOCK, open_folder) == sum(
        file.packed for file in (*LOCK.kafka.files, *LOCK.elasticsearch.files)
    )
    install(fake, open_folder)
    assert_complete(open_folder)
    assert missing_bytes(LOCK, open_folder) == 0
    fake.log.clear()
    install(fake, open_folder)
    assert fake.log == []


def test_of_the_zip_only_its_entries_and_directory_are_read(
    fake: FakeRepository, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filler = bytes(range(256)) * 40_000
    target = io.BytesIO(ZIP)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("big-1/filler.bin", filler)
    fake.files[ZIP_PATH] = target.getvalue()
    install(fake, open_folder)
    assert_complete(open_folder)
    asked = [entry for entry in fake.requests_for(".zip") if not entry.startswith("bytes=-")]
    spans = [entry.removeprefix("bytes=").split("-") for entry in asked]
    assert sum(int(last) - int(first) + 1 for first, last in spans) < len(ZIP)


def test_damaged_file_in_the_cache_is_fetched_again(fake: FakeRepository, open_folder: Path) -> None:
    install(fake, open_folder)
    damaged = programs_of(LOCK, open_folder).kafka_jars[1]
    damaged.write_bytes(bytes(damaged.stat().st_size))
    fake.log.clear()
    install(fake, open_folder)
    assert_complete(open_folder)
    assert [path for path, _ in fake.log] == [jar_path("beta")]


def test_broken_off_jar_goes_on_where_it_stopped(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[jar_path("alpha")] = [break_off(100_000)]
    install(fake, open_folder)
    assert_complete(open_folder)
    first, second = fake.requests_for("alpha-1.jar")
    assert first == ""
    start = int(second.removeprefix("bytes=").rstrip("-"))
    assert 80_000 < start <= 100_000


def test_next_run_goes_on_where_the_last_one_stopped(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[jar_path("alpha")] = [break_off(150_000), break_off(50_000), break_off(50_000)]
    with pytest.raises(DownloadError, match=r"run the command again, it goes on where it stopped") as caught:
        install(fake, open_folder)
    assert "org.example:alpha:1:jar" in str(caught.value)
    fake.log.clear()
    install(fake, open_folder)
    assert_complete(open_folder)
    (asked,) = fake.requests_for("alpha-1.jar")
    assert asked.startswith("bytes=")


def test_server_without_ranges_sends_the_jar_again(fake: FakeRepository, open_folder: Path) -> None:
    fake.files.pop(ZIP_PATH)
    part = programs_of(LOCK, open_folder).kafka_jars[0].with_name("alpha.jar.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(JARS["alpha"][:1000])
    fake.ranges = False
    Fetcher(fake.repository).fetch_file(LOCK.kafka.files[0], part.with_name("alpha.jar"), lambda _: None)
    assert part.with_name("alpha.jar").read_bytes() == JARS["alpha"]


@pytest.mark.parametrize("leftover", [b"x" * 1000, b"x" * 10_000_000])
def test_wrong_leftover_is_thrown_away(fake: FakeRepository, open_folder: Path, leftover: bytes) -> None:
    part = programs_of(LOCK, open_folder).kafka_jars[0].with_name("alpha.jar.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(leftover)
    install(fake, open_folder)
    assert_complete(open_folder)


def test_broken_off_entry_is_read_again(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[ZIP_PATH] = [send, break_off(40), break_off(40)]
    install(fake, open_folder)
    assert_complete(open_folder)


@pytest.mark.parametrize("where", [jar_path("gamma"), ZIP_PATH])
def test_server_errors_are_tried_again(fake: FakeRepository, open_folder: Path, where: str) -> None:
    fake.plans[where] = [answer(503), answer(429)]
    install(fake, open_folder)
    assert_complete(open_folder)


def test_wrong_bytes_twice_are_refused_and_not_kept(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[jar_path("beta")] = [lie, lie]
    with pytest.raises(WrongHashError, match=r"org.example:beta:1:jar was downloaded twice and is not the file"):
        install(fake, open_folder)
    beta = programs_of(LOCK, open_folder).kafka_jars[1]
    assert not beta.exists()
    assert not beta.with_name("beta.jar.part").exists()


def test_wrong_bytes_once_are_fetched_again(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[jar_path("beta")] = [lie]
    install(fake, open_folder)
    assert_complete(open_folder)


def test_changed_entry_of_the_zip_is_refused(fake: FakeRepository, open_folder: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in ENTRIES.items():
            archive.writestr(FOLDER + name, content[::-1])
    fake.files[ZIP_PATH] = target.getvalue()
    with pytest.raises(WrongHashError, match=r"elasticsearch/.* of org.example:big:1:zip was downloaded twice"):
        install(fake, open_folder)


@pytest.mark.parametrize("missing", [jar_path("alpha"), ZIP_PATH])
def test_absent_file_is_not_asked_for_again(fake: FakeRepository, open_folder: Path, missing: str) -> None:
    del fake.files[missing]
    with pytest.raises(DownloadError, match=r"answered 404; check PUENTE_MAVEN_MIRROR") as caught:
        install(fake, open_folder)
    assert "\n" not in str(caught.value)
    # Each connection may ask once; none repeats.
    assert len(fake.requests_for(missing)) <= len(ENTRIES)


def test_nobody_listens(open_folder: Path, fake: FakeRepository) -> None:
    with pytest.raises(DownloadError, match=r"the connection was refused\): check the network"):
        install_programs(LOCK, open_folder, Repository("http://127.0.0.1:9"), QUIET)


def test_disk_full_while_writing(fake: FakeRepository, open_folder: Path) -> None:
    part = programs_of(LOCK, open_folder).kafka_jars[0].with_name("alpha.jar.part")
    part.parent.mkdir(parents=True)
    # A real device that is always full.
    part.symlink_to("/dev/full")
    with pytest.raises(DiskFullError, match=r"is full: free some space there"):
        install(fake, open_folder)


def test_too_little_room_is_said_before_the_download(
    fake: FakeRepository, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "free_bytes", lambda _: 10_000_000)
    with pytest.raises(DiskFullError, match=r"need 5\d MB under .* and 10 MB are free"):
        install(fake, open_folder)
    assert fake.log == []


def test_cache_that_is_no_folder(fake: FakeRepository, open_folder: Path) -> None:
    (open_folder / "file").write_text("")
    with pytest.raises(LocalServerError, match="is in the way, it is not a folder"):
        install(fake, open_folder / "file" / "cache")


def test_cache_without_permission(fake: FakeRepository) -> None:
    with pytest.raises(NoPermissionError, match="No permission for /sys"):
        install(fake, Path("/sys/fs/puente-test"))


def test_two_at_once_fetch_each_file_once(fake: FakeRepository, open_folder: Path) -> None:
    errors: list[BaseException] = []

    def run() -> None:
        try:
            install(fake, open_folder)
        except BaseException as exc:
            errors.append(exc)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert_complete(open_folder)
    assert len(fake.requests_for(".jar")) == len(JARS)


def test_a_lock_held_too_long_is_one_sentence(
    fake: FakeRepository, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "LOCK_WAIT_S", 0.2)
    with (
        folders.hold_lock(open_folder / ".lock", "busy"),
        pytest.raises(HomeBusyError, match="Another process has been"),
    ):
        install(fake, open_folder)


def test_stopped_fetcher_ends_at_once_and_keeps_what_it_has(fake: FakeRepository, open_folder: Path) -> None:
    fetcher = Fetcher(fake.repository, pauses_s=(60.0,))

    def stop_when_some_has_come(_: int) -> None:
        if (open_folder / "alpha.jar.part").exists():
            fetcher.stop()

    with pytest.raises(DownloadError, match="run the command again to go on"):
        fetcher.fetch_file(LOCK.kafka.files[0], open_folder / "alpha.jar", stop_when_some_has_come)
    fetcher.close()
    assert 0 < (open_folder / "alpha.jar.part").stat().st_size < len(JARS["alpha"])


def test_first_error_stops_the_rest_and_is_the_one_shown(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[jar_path("alpha")] = [answer(404)]
    fake.plans[jar_path("beta")] = [answer(503)] * 50
    with pytest.raises(DownloadError, match=r"could not be downloaded"):
        install(fake, open_folder)


def test_progress_counts_the_bytes_on_the_wire(fake: FakeRepository, open_folder: Path) -> None:
    fake.plans[jar_path("alpha")] = [break_off(100_000), lie]
    counted: list[int] = []
    fetcher = Fetcher(fake.repository, pauses_s=(0.0,))
    fetcher.fetch_file(LOCK.kafka.files[0], open_folder / "alpha.jar", counted.append)
    assert sum(counted) == len(JARS["alpha"])
    counted.clear()
    entry = LOCK.elasticsearch.files[0]
    fetcher.fetch_entry(ARCHIVE, FOLDER + entry.path, entry, open_folder / "one.jar", counted.append)
    assert sum(counted) == entry.packed
    fetcher.close()


def test_mirror_from_the_environment_and_jgo_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_MAVEN_MIRROR", "http://127.0.0.1:1/maven/")
    address = Repository.default().address("org.example.deep:name:1.2:jar")
    assert address == "http://127.0.0.1:1/maven/org/example/deep/name/1.2/name-1.2.jar"
    monkeypatch.delenv("PUENTE_MAVEN_MIRROR")
    assert Repository.default().address("g:a:1:zip").endswith("/g/a/1/a-1.zip")
