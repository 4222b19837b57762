"""docker-compose.yml says what the code and the lock files say, and keeps its own rules; no engine is needed."""

import base64
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.cli import main
from deploy.cli.worker import worker as worker_commands
from deploy.demo.make_scenario import SCENARIO_FILE
from deploy.local.kafka import server_properties
from deploy.local.lockfile import read_lock
from deploy.settings import Settings
from processors.batching import build_app
from processors.protection.keys import parse_keys
from streams.registry import load_registry

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"].startswith("puente:")}
SERVERS = {name: one for name, one in SERVICES.items() if name not in OURS}
WORKERS = {name: one for name, one in OURS.items() if one["command"][0] == "worker"}
JOBS = {name: one for name, one in OURS.items() if str(one.get("restart", "")).startswith("on-failure")}
METRICS = "--metrics-port"


def seconds(duration: str) -> float:
    """Compose's durations, as far as they are used here."""
    number, unit = re.fullmatch(r"(\d+)(s|m)", duration).groups()  # type: ignore[union-attr]
    return int(number) * {"s": 1, "m": 60}[unit]


def gigabytes(size: str) -> float:
    """Sizes such as 2g."""
    return float(re.fullmatch(r"(\d+)g", size).group(1))  # type: ignore[union-attr]


def puente_command(service: dict[str, Any]) -> list[str]:
    """The words after `puente`."""
    words: list[str] = service["command"]
    if service.get("entrypoint") == ["sh", "-c"]:
        (line,) = words
        assert line.startswith("exec puente "), "without exec the shell would swallow SIGTERM"
        return line.split()[2:]
    return words


def test_versions_are_those_of_the_local_servers() -> None:
    lock = read_lock()
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{lock.kafka.version}"
    assert SERVICES["elasticsearch"]["image"] == f"elasticsearch:{lock.elasticsearch.version}"
    assert SERVICES["kibana"]["image"] == f"kibana:{lock.elasticsearch.version}"


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_of_puente(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["puente", *puente_command(OURS[name]), "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 0, said.err


def test_one_service_builds_the_image_and_the_others_wait_for_it() -> None:
    """Several that export one tag side by side can fail on a clean machine, and none may ask a registry for ours."""
    assert [name for name, one in SERVICES.items() if "build" in one] == ["prepare"]
    assert SERVICES["prepare"]["image"] == "puente:local"
    assert "pull_policy" not in SERVICES["prepare"]
    assert (ROOT / SERVICES["prepare"]["build"]["dockerfile"]).is_file()
    for name in OURS.keys() - {"prepare"}:
        assert SERVICES[name]["image"] == SERVICES["prepare"]["image"]
        assert SERVICES[name]["pull_policy"] == "never"
        waits = [name]
        behind: set[str] = set()
        while waits:
            behind |= (new := SERVICES[waits.pop()].get("depends_on", {}).keys() - behind)
            waits += new
        assert "prepare" in behind, f"{name} may start before its image is built"


def test_the_demo_needs_no_setting_but_its_profile() -> None:
    """Everybody knows the agencies whose records it publishes, above all those who make topics and enrich."""
    needed = {json.loads(line)["agency"] for line in SCENARIO_FILE.read_text(encoding="utf-8").splitlines()}
    sources = {config["target"]: config["source"] for config in OURS["prepare"]["configs"]}
    assert len({one["environment"]["PUENTE_REGISTRY"] for one in OURS.values()}) == 1
    told = re.sub(r"\$\{\w+:-(.*?)\}", r"\1", OURS["prepare"]["environment"]["PUENTE_REGISTRY"])
    files = [ROOT / COMPOSE["configs"][sources[path]]["file"] for path in told.split(":")]
    assert needed <= load_registry(*files).keys()


def test_every_kind_of_worker_runs_and_every_view_has_its_own() -> None:
    kinds = {command.name or command.callback.__name__ for command in worker_commands.registered_commands}  # type: ignore[union-attr]
    assert {one["command"][1] for one in WORKERS.values()} == kinds
    views = OURS["enrich"]["environment"]["PUENTE_VIEWS"].split(",")
    for kind in ("correlate", "alert"):
        told = [one["command"] for one in WORKERS.values() if one["command"][1] == kind]
        assert sorted(command[command.index("--view") + 1] for command in told) == sorted(views)


def test_every_variable_is_one_that_settings_know(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {f"PUENTE_{field.upper()}" for field in Settings.model_fields}
    for one in OURS.values():
        environment = one["environment"]
        assert environment.keys() <= known
        for name, value in environment.items():
            monkeypatch.setenv(name, re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value))
        settings = Settings()
        assert settings.kafka == "kafka:9092"
        assert str(settings.data) == "/var/lib/puente"
        mounted = {config["target"] for config in one["configs"]}
        assert {str(path) for path in (*settings.registry, settings.subscriptions)} <= mounted


def test_every_value_to_fill_in_is_explained_and_no_secret_is_written_down() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    told = set(re.findall(r"^#?(\w+)=", example, re.MULTILINE)) - {"COMPOSE_PROFILES"}
    assert set(re.findall(r"\$\{(\w+)", TEXT)) == told
    needed = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert needed == set(re.findall(r"^(\w+)=$", example, re.MULTILINE)), "what must be filled in stands empty there"
    for one in SERVICES.values():
        for name, value in one["environment"].items():
            if re.search("KEY|PASSWORD|SECRET|TOKEN", name):
                assert re.match(r"\$\{\w+:\?", value), f"{name} is written down"
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_values_to_fill_in_can_be_made_as_it_says() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    made = {}
    for code, name in re.findall(r'^#   python3 -c "(.+)"\n(\w+)=$', example, re.MULTILINE):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        made[name] = done.stdout.strip()
    # Kafka's tool would take an id that begins with a dash for an option.
    assert re.fullmatch(r"\w[\w-]{21}", made["KAFKA_CLUSTER_ID"])
    assert len(base64.urlsafe_b64decode(made["KAFKA_CLUSTER_ID"] + "==")) == 16
    assert len(made["KIBANA_ENCRYPTION_KEY"]) >= 32
    assert parse_keys(made["PUENTE_TOKEN_KEYS"]).current.id == "k1"


def test_ports_are_open_to_this_machine_alone() -> None:
    published = {name: one["ports"] for name, one in SERVICES.items() if "ports" in one}
    assert published.keys() == {"kafka", "kibana"}
    for ports in published.values():
        for port in ports:
            assert re.fullmatch(r"127\.0\.0\.1:\$\{\w+:-\d+\}:\d+", port)
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name, one in SERVICES.items():
        assert one["networks"] == (["inside", "outside"] if name in published else ["inside"]), name


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_do_little_and_take_little(name: str) -> None:
    one = SERVICES[name]
    assert one["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in one["security_opt"]
    assert "privileged" not in one
    assert one["logging"]["options"]["max-size"]
    if name in OURS:
        assert one["read_only"]
        assert one["init"]
    if name != "cli":
        limits = one["deploy"]["resources"]["limits"]
        assert gigabytes(limits["memory"]) > 0
        assert float(limits["cpus"]) > 0
        assert one["restart"] in {"unless-stopped", "on-failure:5"}


def test_heaps_leave_room() -> None:
    for name, variable in (("kafka", "KAFKA_HEAP_OPTS"), ("elasticsearch", "ES_JAVA_OPTS")):
        heap = re.fullmatch(r"-Xms(\d+g) -Xmx\1", SERVICES[name]["environment"][variable])
        assert heap is not None
        assert gigabytes(heap.group(1)) <= gigabytes(SERVICES[name]["deploy"]["resources"]["limits"]["memory"]) / 2
    # The healthcheck inherits the environment: with the broker's heap it would not fit beside the broker.
    assert "KAFKA_HEAP_OPTS=-Xmx128m" in SERVICES["kafka"]["healthcheck"]["test"]


def test_what_is_waited_for_can_be_waited_for() -> None:
    for name, one in SERVICES.items():
        for target, how in one.get("depends_on", {}).items():
            assert how["condition"] in {"service_healthy", "service_completed_successfully"}
            if how["condition"] == "service_healthy":
                assert SERVICES[target]["healthcheck"]["test"][0] == "CMD"
            else:
                assert target in JOBS, f"{name} waits for {target} to end, and it never does"
            # A service of a profile would not be started for one without.
            assert set(SERVICES[target].get("profiles", ())) <= set(one.get("profiles", ()))
    for one in WORKERS.values():
        assert one["depends_on"].keys() == {"prepare"}
    assert SERVICES["prepare"]["depends_on"].keys() == {"kafka", "elasticsearch"}


def test_healthchecks_end_before_they_begin_again() -> None:
    for one in SERVICES.values():
        check = one.get("healthcheck", {"disable": True})
        if not check.get("disable"):
            assert seconds(check["timeout"]) < seconds(check["interval"])
            assert check["retries"] > 1


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_is_asked_where_it_answers(name: str) -> None:
    one = WORKERS[name]
    if METRICS not in one["command"]:
        assert one["healthcheck"] == {"disable": True}
        return
    port = one["command"][one["command"].index(METRICS) + 1]
    assert f"http://127.0.0.1:{port}/metrics" in one["healthcheck"]["test"][-1]


def test_a_worker_is_given_time_to_drain() -> None:
    drain_s = inspect.signature(build_app).parameters["drain_s"].default
    for one in WORKERS.values():
        assert seconds(one["stop_grace_period"]) > 2 * drain_s


def test_no_two_services_share_a_place_to_write() -> None:
    used: list[str] = []
    for one in SERVICES.values():
        for volume in one.get("volumes", ()):
            source, target, *mode = volume.split(":")
            if source.startswith("."):
                assert mode == ["ro"]
                assert (ROOT / source).is_dir()
            else:
                used.append(source)
                if one in OURS.values():
                    assert target == one["environment"]["PUENTE_DATA"]
    assert sorted(used) == sorted(COMPOSE["volumes"])
    for name, one in WORKERS.items():
        assert ("volumes" in one) == (METRICS in one["command"]), f"{name} keeps state and needs a volume"


def test_files_that_are_mounted_exist() -> None:
    for config in COMPOSE["configs"].values():
        path = re.sub(r"\$\{\w+:-(.*?)\}", r"\1", config["file"])
        assert (ROOT / path).is_file()
    demo = ROOT / "deploy" / "demo"
    for name in ("demo-drugs", "demo-weapons", "demo-scenario"):
        files = [word for word in puente_command(SERVICES[name]) if word.startswith("/demo/")]
        assert files
        for file in files:
            assert list(demo.glob(file.removeprefix("/demo/"))), file


def kafka_properties() -> dict[str, str]:
    """The broker's properties, as its image makes them from the environment."""
    environment: dict[str, str] = SERVICES["kafka"]["environment"]
    return {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in environment.items()
        if name.startswith("KAFKA_") and name != "KAFKA_HEAP_OPTS"
    }


def test_kafka_runs_as_it_runs_locally() -> None:
    told = kafka_properties()
    local = dict(line.split("=", 1) for line in server_properties(Path("/data"), 9092, 9093).splitlines())
    addresses = {
        *("listeners", "advertised.listeners", "controller.quorum.voters", "log.dirs", "inter.broker.listener.name"),
        *("listener.security.protocol.map", "min.insync.replicas"),
    }
    assert told.keys() - addresses <= local.keys(), "a property that the local broker does not know"
    for name in told.keys() - addresses:
        assert told[name] == local[name], name
    assert told["auto.create.topics.enable"] == "false"
    assert told["min.insync.replicas"] == "1"


def test_kafka_is_found_where_it_says() -> None:
    told = kafka_properties()
    listeners = dict(re.findall(r"(\w+)://[\w.]*:([\d]+)", told["listeners"]))
    assert listeners.keys() == {part.split(":")[0] for part in told["listener.security.protocol.map"].split(",")}
    assert told["inter.broker.listener.name"] in listeners
    advertised = dict(part.split("://") for part in told["advertised.listeners"].split(","))
    assert advertised["INSIDE"] == f"kafka:{listeners['INSIDE']}" == OURS["enrich"]["environment"]["PUENTE_KAFKA"]
    (port,) = SERVICES["kafka"]["ports"]
    assert port == f"{advertised['OUTSIDE']}:{listeners['OUTSIDE']}"
    assert told["controller.quorum.voters"] == f"{told['node.id']}@kafka:{listeners['CONTROLLER']}"
    assert told["log.dirs"] in SERVICES["kafka"]["volumes"][0]
