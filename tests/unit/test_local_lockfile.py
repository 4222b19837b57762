"""The lock of server artifacts: the checked-in one, and every way another could be wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.errors import ArtifactLockError
from deploy.local.lock import ARCHIVE, ARCHIVE_FOLDER, ELASTICSEARCH_VERSION, KAFKA_VERSION, KEPT
from deploy.local.lockfile import (
    LOCK_PATH,
    Archive,
    ArtifactLock,
    Jars,
    LockedFile,
    folder_name,
    parse_lock,
    read_lock,
    render_lock,
)

names = st.from_regex(r"[a-z0-9_][a-z0-9_.\-]{0,8}[a-z0-9]", fullmatch=True)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
sizes = st.integers(0, 10**9)
jars = st.builds(
    LockedFile,
    path=names,
    size=sizes,
    packed=sizes,
    sha256=hashes,
    coordinate=names.map(lambda name: f"g:{name}:1:jar"),
)
entries = st.builds(
    LockedFile,
    path=st.lists(names, min_size=1, max_size=3).map("/".join),
    size=sizes,
    packed=sizes,
    sha256=hashes,
    coordinate=st.none(),
)


def by_path(item: LockedFile) -> str:
    """What files are sorted by."""
    return item.path


def sorted_files(item: st.SearchStrategy[LockedFile]) -> st.SearchStrategy[tuple[LockedFile, ...]]:
    """Lists of files with paths of their own, as a lock holds them."""
    return st.lists(item, min_size=1, max_size=5, unique_by=by_path).map(
        lambda found: tuple(sorted(found, key=by_path))
    )


locks = st.builds(
    ArtifactLock,
    format=st.just(1),
    kafka=st.builds(Jars, version=names, files=sorted_files(jars)),
    elasticsearch=st.builds(
        Archive, version=names, coordinate=st.just("g:a:1:zip"), folder=names, files=sorted_files(entries)
    ),
)


@given(locks)
def test_what_is_written_is_read_back(lock: ArtifactLock) -> None:
    assert parse_lock(render_lock(lock), "test") == lock


@given(st.text())
def test_any_other_text_is_one_clear_error(text: str) -> None:
    with pytest.raises(ArtifactLockError, match="not a valid artifact lock"):
        parse_lock(text, "test")


def test_checked_in_lock_is_the_one_of_the_versions_named() -> None:
    lock = read_lock()
    assert (lock.kafka.version, lock.elasticsearch.version) == (KAFKA_VERSION, ELASTICSEARCH_VERSION)
    assert (lock.elasticsearch.coordinate, lock.elasticsearch.folder) == (ARCHIVE, ARCHIVE_FOLDER)
    assert LOCK_PATH.read_text() == render_lock(lock)
    assert all(file.path.startswith(tuple(KEPT)) for file in lock.elasticsearch.files)
    coordinates = [file.coordinate or "" for file in lock.kafka.files]
    assert any(coordinate.startswith("org.apache.logging.log4j:log4j-slf4j-impl:") for coordinate in coordinates)
    ours = [coordinate for coordinate in coordinates if coordinate.startswith("org.apache.kafka:")]
    assert ours
    assert all(coordinate.split(":")[2] == KAFKA_VERSION for coordinate in ours)


def test_no_address_in_the_lock_nor_in_the_code() -> None:
    for path in LOCK_PATH.parent.iterdir():
        if path.is_file():
            assert not re.search(r"https?://(?!\{|\d|PORT)|repo1?\.|\.org/|\.com/", path.read_text()), path.name


def valid() -> dict[str, Any]:
    """A small right lock as plain data."""
    entry = {"path": "lib/a.jar", "size": 1, "packed": 1, "sha256": "0" * 64}
    jar = {**entry, "path": "a.jar", "coordinate": "g:a:1:jar"}
    return {
        "format": 1,
        "kafka": {"version": "4", "files": [jar]},
        "elasticsearch": {"version": "9", "coordinate": "g:z:1:zip", "folder": "es/", "files": [entry]},
    }


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../up", "a//b", "./a", "", "a\\b", "C:x", "a\0b", "a/"])
def test_paths_that_leave_the_folder_are_refused(path: str) -> None:
    content = valid()
    content["elasticsearch"]["files"][0]["path"] = path
    with pytest.raises(ArtifactLockError, match="path"):
        parse_lock(json.dumps(content), "test")


@pytest.mark.parametrize(
    ("field", "value"),
    [("sha256", "0" * 63), ("sha256", "G" * 64), ("size", -1), ("size", "1"), ("packed", None), ("address", "x")],
)
def test_wrong_fields_are_named(field: str, value: object) -> None:
    content = valid()
    content["kafka"]["files"][0][field] = value
    with pytest.raises(ArtifactLockError, match=field):
        parse_lock(json.dumps(content), "test")


def test_a_file_twice_none_at_all_and_a_jar_without_coordinate_are_refused() -> None:
    twice, none, bare = valid(), valid(), valid()
    twice["kafka"]["files"] *= 2
    none["elasticsearch"]["files"] = []
    del bare["kafka"]["files"][0]["coordinate"]
    for content, words in ((twice, "twice"), (none, "no file"), (bare, "without a coordinate")):
        with pytest.raises(ArtifactLockError, match=words):
            parse_lock(json.dumps(content), "test")


def test_missing_lock_file(tmp_path: Path) -> None:
    with pytest.raises(ArtifactLockError, match="restore it from version control"):
        read_lock(tmp_path / "none.lock")


def test_another_file_list_gets_another_folder() -> None:
    first = parse_lock(json.dumps(valid()), "test").kafka
    content = valid()
    content["kafka"]["files"][0]["sha256"] = "1" * 64
    second = parse_lock(json.dumps(content), "test").kafka
    assert folder_name("kafka", first).startswith("kafka-4-")
    assert folder_name("kafka", first) != folder_name("kafka", second)
