"""Configuration, folders, ports, state and messages of the local servers; nothing is started here."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from deploy.local import LocalServers, default_cache, default_home
from deploy.local.elasticsearch import NodeFolders, elasticsearch_spec, node_settings, write_node_config
from deploy.local.errors import HomeBusyError, LocalServerError, NoPermissionError, PortBusyError
from deploy.local.folders import closed_folder, hold_lock, make_folder, require_enterable
from deploy.local.java import Java
from deploy.local.kafka import kafka_spec, server_properties
from deploy.local.ports import FIRST, LAST, choose_port, is_free, require_free
from deploy.local.process import ProcessRecord
from deploy.local.state import ServerState, State, load_state, save_state

QUIET = Console(quiet=True)
ROOT = Path(__file__).parents[2]
records = st.builds(ProcessRecord, st.text(), st.integers(1), st.floats(0, 1e10), st.text(), st.text())
server_states = st.builds(
    ServerState, port=st.integers(1, 65535), inner_port=st.integers(1, 65535), process=st.none() | records
)


def unescape(line: str) -> str:
    """A value of a properties line as Java reads it: UTF-16 escapes and backslashes."""
    value = line.partition("=")[2]
    return value.encode("ascii").decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_folder_name_survives_kafkas_properties(name: str) -> None:
    text = server_properties(Path("/x") / name.replace("/", "_").strip() / "y", 1, 2)
    assert text.isascii()
    (line,) = (line for line in text.split("\n") if line.startswith("log.dirs="))
    assert unescape(line) == str(Path("/x") / name.replace("/", "_").strip() / "y")


def test_kafka_is_on_loopback_and_makes_no_topics() -> None:
    text = server_properties(Path("/data"), 21000, 21001)
    assert "listeners=PLAINTEXT://127.0.0.1:21000,CONTROLLER://127.0.0.1:21001\n" in text
    assert "auto.create.topics.enable=false\n" in text


def test_node_settings_are_written_as_yaml_that_is_json(open_folder: Path) -> None:
    write_node_config(open_folder / 'a "node"', 21000, 21001, None)
    folders = NodeFolders(open_folder / 'a "node"')
    lines = (folders.config / "elasticsearch.yml").read_text().splitlines()
    read = {key: json.loads(value) for key, value in (line.split(": ", 1) for line in lines)}
    assert read == node_settings(folders.data, folders.logs, 21000, 21001)
    assert read["network.host"] == "127.0.0.1"
    assert folders.data.is_dir()
    # The seam for access control replaces the open default.
    closed = node_settings(folders.data, folders.logs, 1, 2, {"xpack.security.enabled": True})
    assert closed["xpack.security.enabled"] is True


def test_default_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / "h"))
    monkeypatch.setenv("PUENTE_CACHE", str(tmp_path / "c"))
    assert (default_home(), default_cache()) == (tmp_path / "h", tmp_path / "c")
    monkeypatch.delenv("PUENTE_HOME")
    monkeypatch.delenv("PUENTE_CACHE")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_home().parent == Path("/var/lib/puente")
    assert default_cache() == Path("/var/cache/puente")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative is ignored")
    assert default_home().parent == tmp_path / "puente"
    checkout = ROOT.parents[1] if ROOT.parts[-2:] == ("build", "compiled") else ROOT
    assert default_home().name.startswith(f"{checkout.name}-")
    assert default_cache() == Path.home() / ".cache" / "puente"


def test_a_compiled_copy_has_the_home_of_its_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Found in review: the copy would have had other servers, other state and other keys for tokens."""
    monkeypatch.delenv("PUENTE_HOME", raising=False)
    homes = []
    for root in (tmp_path, tmp_path / "build" / "compiled"):
        root.mkdir(parents=True, exist_ok=True)
        (root / "pyproject.toml").touch()
        monkeypatch.setattr("deploy.local.folders.__file__", str(root / "deploy" / "local" / "folders.py"))
        homes.append(default_home())
    assert homes[0] == homes[1]


def test_folder_closed_to_the_servers_user_is_named(tmp_path: Path) -> None:
    uid = os.getuid() + 4321
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    for parent in (tmp_path, *tmp_path.parents):
        if parent.owner() != "root" or parent.stat().st_mode & 0o001 == 0:
            break
    closed = closed_folder(inner, uid)
    assert closed is not None
    with pytest.raises(NoPermissionError, match=rf"may not enter {closed}: choose a folder .* chmod o\+x {closed}"):
        require_enterable(inner, uid)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands folders to another user")
def test_made_folders_are_open_whatever_the_umask(open_folder: Path) -> None:
    before = os.umask(0o077)
    try:
        made = make_folder(open_folder / "a" / "b", 65534)
    finally:
        os.umask(before)
    assert closed_folder(made, 65534) is None
    assert made.stat().st_uid == 65534
    assert made.parent.stat().st_uid == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as another user")
def test_home_under_a_closed_folder_is_one_sentence(open_folder: Path) -> None:
    (open_folder / "closed").mkdir(mode=0o700)
    with pytest.raises(NoPermissionError, match=r"which may not enter .*/closed: choose a folder outside of it"):
        LocalServers(open_folder / "closed" / "home", console=QUIET).up()


def test_lock_is_held_against_another_process_and_freed_by_its_death(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom deploy.local.folders import hold_lock\n"
        "with hold_lock(Path(sys.argv[1]), 'busy'):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    lock = tmp_path / "lock"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(HomeBusyError, match="busy there"), hold_lock(lock, "busy there"):
            pass
        other.kill()
    with hold_lock(lock, "free now"):
        pass


def test_ports(tmp_path: Path) -> None:
    first = choose_port(tmp_path, "kafka")
    assert FIRST <= first <= LAST
    assert choose_port(tmp_path, "kafka") == first
    assert choose_port(tmp_path, "kafka", {first}) != first
    with socket.socket() as held:
        held.bind(("127.0.0.1", first))
        held.listen()
        assert not is_free(first)
        assert choose_port(tmp_path, "kafka") != first
        with pytest.raises(PortBusyError, match=f"Port {first}, asked for by number for Kafka, is taken"):
            require_free(first, "Kafka")
    assert is_free(first)


@given(st.dictionaries(st.sampled_from(["kafka", "elasticsearch"]), server_states))
def test_state_is_read_back(servers: dict[str, ServerState]) -> None:
    state = State.model_validate({"servers": servers})
    assert State.model_validate_json(state.model_dump_json()) == state


def test_state_file(tmp_path: Path) -> None:
    assert load_state(tmp_path) == State()
    state = State().put("kafka", ServerState(port=1, inner_port=2))
    save_state(tmp_path, state)
    assert load_state(tmp_path) == state
    (tmp_path / "servers.json").write_text('{"servers": {"kafka"')
    assert load_state(tmp_path) == State()
    assert [path.name for path in tmp_path.iterdir()] == ["servers.json"]


def test_stale_state_after_a_reboot_is_not_running_and_harms_nobody(open_folder: Path) -> None:
    # The pid of this very test, under a marker that it does not carry: a pid that was given out again.
    record = ProcessRecord("Kafka", os.getpid(), 1.0, "kafka-0000000000000000", str(open_folder / "log"))
    state = State()
    for name in ("kafka", "elasticsearch"):
        state = state.put(name, ServerState(port=21000, inner_port=21001, process=record))
    save_state(open_folder, state)
    local = LocalServers(open_folder, console=QUIET)
    assert not local.status().running
    assert local.status().addresses is None
    local.kill("kafka")
    assert local.down() is False


def test_status_and_down_of_a_home_that_is_not_there(tmp_path: Path) -> None:
    local = LocalServers(tmp_path / "none", console=QUIET)
    assert not local.status().running
    assert local.down() is False
    assert not (tmp_path / "none").exists()


def test_names_that_the_servers_would_misread(tmp_path: Path) -> None:
    for home, cache in ((tmp_path / "a,b", tmp_path), (tmp_path, tmp_path / "a:b")):
        with pytest.raises(LocalServerError, match="choose another"):
            LocalServers(home, cache=cache, console=QUIET).up()


def test_more_java_options_reach_both_servers(tmp_path: Path) -> None:
    java, options = Java(tmp_path, "25"), ("-XX:TieredStopAtLevel=1", "-Da=b")
    kafka = kafka_spec(java, [tmp_path], tmp_path, tmp_path / "log", "m", None, options, die_with_parent=False)
    assert kafka.command[1:3] == list(options)
    node = elasticsearch_spec(
        java, tmp_path, tmp_path, "1g", tmp_path / "log", "m", None, options, die_with_parent=False
    )
    assert node.environ["ES_JAVA_OPTS"].split() == ["-Xms1g", "-Xmx1g", "-Dpuente.server=m", *options]
