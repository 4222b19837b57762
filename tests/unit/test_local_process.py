"""Starting, finding again and stopping real small processes."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.errors import ServerStartError
from deploy.local.kafka import make_cluster_id
from deploy.local.process import ManagedProcess, ProcessSpec, start_process, stop_processes, tail
from tests.polling import poll_until

READY = "print('ready', flush=True)"
WAIT = "import signal\nwhile True: signal.pause()"
DEAF = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{READY}\n{WAIT}"
POLITE = f"""
import signal, sys
signal.signal(signal.SIGTERM, lambda *_: (print('bye', flush=True), sys.exit()))
{READY}
{WAIT}
"""
# A launcher with a child, as Elasticsearch has; both know the marker.
FAMILY = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {DEAF!r}, sys.argv[1]])\n{WAIT}"

Start = Callable[..., ManagedProcess]


def lives(process: psutil.Process) -> bool:
    """Whether it runs; a zombie (an orphan where pid 1 reaps nothing) does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts Python code as a managed process and waits for its `ready`; kills what is left at the end."""
    started: list[ManagedProcess] = []

    def begin(code: str, *, wait: bool = True, name: str = "Example", **options: bool) -> ManagedProcess:
        marker = f"marker-{len(started)}-{os.getpid()}"
        spec = ProcessSpec(
            name=name,
            command=[sys.executable, "-c", code, marker],
            folder=tmp_path,
            environ={"PATH": os.environ["PATH"]},
            log=tmp_path / f"{name}.log",
            marker=marker,
            **options,
        )
        process = start_process(spec)
        started.append(process)
        if wait:
            poll_until(lambda: "ready" in tail(spec.log, 5), 20, "ready line in the log")
        return process

    yield begin
    for process in started:
        process.kill()


def test_stops_on_sigterm_and_leaves_nothing(start: Start, tmp_path: Path) -> None:
    process = start(POLITE)
    assert process.record.pid in psutil.pids()
    assert process.memory_bytes() > 1_000_000
    assert process.stop(grace_s=20) is True
    assert not process.is_alive
    assert not psutil.pid_exists(process.record.pid)
    assert tail(tmp_path / "Example.log", 1) == ["bye"]
    assert process.stop(grace_s=20) is False


def test_one_that_ignores_sigterm_is_killed_after_the_grace(start: Start) -> None:
    process = start(DEAF)
    assert process.stop(grace_s=0.3) is True
    assert not psutil.pid_exists(process.record.pid)


def test_children_go_too(start: Start) -> None:
    process = start(FAMILY)
    members = process.members()
    assert len(members) == 2
    assert process.stop(grace_s=0.5) is True
    assert not any(lives(member) for member in members)


def test_child_left_behind_by_a_dead_launcher_is_found_and_killed(start: Start) -> None:
    process = start(FAMILY)
    child = process.members()[1]
    os.kill(process.record.pid, signal.SIGKILL)
    poll_until(lambda: not process.is_alive, 10, "death of the launcher")
    assert [member.pid for member in process.members()] == [child.pid]
    assert process.stop(grace_s=0.2) is True
    assert not lives(child)


def test_kill_takes_the_whole_family(start: Start) -> None:
    process = start(FAMILY)
    members = process.members()
    assert process.kill() is True
    assert not any(lives(member) for member in members)
    assert process.kill() is False


def test_recycled_pid_is_never_touched(start: Start) -> None:
    process = start(POLITE)
    # As if a process of ours had had this pid before.
    ours = dataclasses.replace(process.record, created=process.record.created - 100, marker="kafka-0123456789abcdef")
    stranger = ManagedProcess(ours)
    assert not stranger.is_alive
    assert stranger.stop(grace_s=0) is False
    assert stranger.kill() is False
    assert process.is_alive


def test_unreadable_command_line_leaves_the_creation_time(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    process = start(POLITE)

    def refuse(self: psutil.Process) -> list[str]:
        raise psutil.AccessDenied(self.pid)

    monkeypatch.setattr(psutil.Process, "cmdline", refuse)
    recycled = ManagedProcess(dataclasses.replace(process.record, created=process.record.created - 100))
    assert process.is_alive
    assert not recycled.is_alive
    assert recycled.kill() is False


def test_setting_the_clock_does_not_lose_a_process(start: Start) -> None:
    process = start(POLITE)
    moved = ManagedProcess(dataclasses.replace(process.record, created=process.record.created + 100))
    assert moved.is_alive
    assert moved.stop(grace_s=20) is True


def test_foreign_session_with_the_number_of_ours_is_never_touched(start: Start) -> None:
    process = start(FAMILY)
    os.kill(process.record.pid, signal.SIGKILL)
    poll_until(lambda: not process.is_alive, 10, "death of the launcher")
    foreign = ManagedProcess(dataclasses.replace(process.record, marker="somebody else's"))
    assert foreign.members() == []
    assert foreign.kill() is False
    assert len(process.members()) == 1


def test_found_again_by_its_record_in_another_process(start: Start) -> None:
    process = start(POLITE)
    code = (
        "import json, sys\nfrom deploy.local.process import *\n"
        "process = ManagedProcess(ProcessRecord(**json.loads(sys.argv[1])))\n"
        "assert process.is_alive\nprint(process.stop(20))"
    )
    record = json.dumps(dataclasses.asdict(process.record))
    root = Path(__file__).parents[2]
    other = subprocess.Popen([sys.executable, "-c", code, record], cwd=root, stdout=subprocess.PIPE, text=True)
    # We are its parent and must reap it, or the other process would wait for a zombie.
    poll_until(lambda: not process.is_alive, 20, "stop by the other process")
    assert other.communicate(timeout=20)[0].strip() == "True"


def test_dead_at_once_shows_the_end_of_its_log(start: Start) -> None:
    process = start("import sys\nprint('no luck')\nsys.exit(3)", wait=False)
    with pytest.raises(ServerStartError, match=r"Example ended while starting; its log .*\n  no luck"):
        process.wait_healthy(lambda: False, deadline_s=20)


def test_too_slow_is_named(start: Start) -> None:
    process = start(POLITE)
    with pytest.raises(ServerStartError, match=r"did not answer within 0.2 seconds"):
        process.wait_healthy(lambda: False, deadline_s=0.2)
    assert process.wait_healthy(lambda: True, deadline_s=0.2) < 0.2


def test_missing_program_is_one_sentence(tmp_path: Path) -> None:
    spec = ProcessSpec("Example", [tmp_path / "none"], tmp_path, {}, tmp_path / "x.log", "marker")
    with pytest.raises(ServerStartError, match="Example could not be started"):
        start_process(spec)


def test_log_of_the_run_before_is_kept(start: Start, tmp_path: Path) -> None:
    start(f"print('first')\n{READY}\n{WAIT}").stop(1)
    start(f"print('second')\n{READY}\n{WAIT}")
    assert tail(tmp_path / "Example.log", 5) == ["second", "ready"]
    assert tail(tmp_path / "Example.log.1", 5) == ["first", "ready"]


def test_several_are_stopped_side_by_side(start: Start) -> None:
    pair = [start(DEAF, name=f"Deaf{number}") for number in range(2)]
    assert stop_processes(pair, grace_s=0.3) is True
    assert not any(process.is_alive for process in pair)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a parent death signal")
def test_dies_with_its_parent(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom deploy.local.process import *\n"
        "folder = Path(sys.argv[1])\n"
        f"spec = ProcessSpec('Child', [sys.executable, '-c', {WAIT!r}, 'mark'], folder, {{}}, folder / 'log', 'mark', "
        "die_with_parent=True)\n"
        "print(start_process(spec).record.pid, flush=True)\nos.kill(os.getpid(), 9)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True, check=False
    )
    pid = int(run.stdout)

    poll_until(lambda: not psutil.pid_exists(pid) or not lives(psutil.Process(pid)), 20, "death of the child")


def test_tail_of_a_missing_and_of_a_binary_file(tmp_path: Path) -> None:
    assert tail(tmp_path / "none", 3) == []
    (tmp_path / "log").write_bytes(b"\xff\xfe one\n\n\ntwo\nthree\n")
    assert tail(tmp_path / "log", 2) == ["two", "three"]


def test_no_cluster_id_begins_with_a_dash() -> None:
    """Found in a test run: Kafka's storage tool read such an id as an option, and Kafka did not start."""
    draws = iter([uuid.UUID(bytes=b"\xfb" + bytes(15)), uuid.UUID(int=0)])
    assert make_cluster_id(lambda: next(draws)) == "A" * 22
