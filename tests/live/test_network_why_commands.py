"""`puente network` and `puente why` as a person types them, on the scenario's own networks."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from streams.links import CAUTION
from tests.conftest import RunningServers
from tests.derived import told_scenario
from tests.live.index_tools import index_derived, prepare_indices, remove_indices

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(servers: RunningServers, prefix: str) -> Iterator[Run]:
    """Runs `puente` with these words on indices that hold the scenario."""
    told = told_scenario()
    prepare_indices(servers.elasticsearch, prefix)
    index_derived(servers.elasticsearch, prefix, "links", told.links)
    index_derived(servers.elasticsearch, prefix, "networks", told.networks)
    environ = {**os.environ, "PUENTE_PREFIX": prefix, "PUENTE_ELASTICSEARCH": servers.elasticsearch}

    def puente(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "deploy.cli", *words]
        return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)

    yield puente
    remove_indices(servers, prefix)


def test_networks_are_listed_followed_and_explained(run: Run) -> None:
    folded = told_scenario().folded
    networks = sorted(folded.live_networks().values(), key=lambda one: -one["member_count"])
    listed = run("network")
    assert listed.returncode == 0, listed.stderr
    assert "3 of 3 networks in view joint" in listed.stdout
    assert listed.stdout.splitlines()[-1] == CAUTION["en"]
    in_spanish = run("network", "--lang", "es").stdout.splitlines()
    assert "3 de 3 redes en la vista joint" in in_spanish[-3]
    assert in_spanish[-1] == CAUTION["es"]
    for network in networks:
        assert network["id"][:12] in listed.stdout

    member = networks[0]["members"][-1]
    by_report = run("network", member["agency"], member["report_id"])
    assert f"Network {networks[0]['id']}" in by_report.stdout
    owner = next(line for line in by_report.stdout.splitlines() if line.startswith(f"  {member['agency']}: "))
    assert f"{member['report_id']} (" in owner

    merged = next(one for one in folded.networks.values() if one["state"] == "merged")
    followed = json.loads(run("network", merged["id"][:10], "--json").stdout)
    assert followed["followed"][0] == merged["id"]
    assert followed["network"]["state"] != "merged"
    gone = next(one for one in folded.networks.values() if one["state"] == "withdrawn")
    assert "was withdrawn" in run("network", gone["id"]).stdout
    nobody = run("network", "nobody", "X-1")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "No network of the view joint holds" in nobody.stderr

    # Each link that the network shows can be asked about, by its id and by the names of its reports.
    shown = json.loads(run("network", networks[0]["id"], "--json").stdout)["links"]
    inside = {one["id"] for one in networks[0]["members"]}
    assert len(shown) == networks[0]["link_count"] > 5
    assert "(5 of" in run("network", networks[0]["id"]).stdout
    told = run("network", networks[0]["id"], "--links", "1000").stdout
    assert all(f"  {link['id'][:12]}  " in told for link in shown)
    assert all({link["left"], link["right"]} <= inside for link in shown)
    link = shown[0]
    why = run("why", link["id"][:12])
    assert why.returncode == 0, why.stderr
    assert why.stdout.splitlines()[-1] == CAUTION["en"]
    names = [word for report in link["reports"] for word in (report["agency"], report["report_id"])]
    spanish = run("why", *names, "--lang", "es")
    assert link["reasons"][0]["sentence_es"] in spanish.stdout
    assert json.loads(run("why", link["right"], link["left"], "--json").stdout)["link"]["id"] == link["id"]
    stranger = run("why", "nobody", "X-1", *names[:2])
    assert (stranger.returncode, stranger.stdout) == (1, "")
    assert "Nothing links these two reports" in stranger.stderr
    assert "`puente network ID --links 1000` lists" in run("why", "f" * 32).stderr
    assert "`puente network --size 1000` lists" in run("network", "f" * 32).stderr
