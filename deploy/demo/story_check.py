"""What the platform made of the invented story, and whether that is what its truth file says."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from deploy.demo.make_scenario import TRUTH_FILE
from indexing.elastic import Address, Elastic
from indexing.mappings import ALERT_FAMILY, ALERTS, LINK_FAMILY, LINKS, NETWORK_FAMILY, NETWORKS, Family, Kind
from streams.identity import document_id
from streams.topics import Topics

__all__ = ["Story", "compare_story", "load_truth", "network_name", "read_story", "withheld_documents"]

Report = tuple[str, str]
"""Agency and report id."""
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Story:
    """The live links and networks and the standing alerts of a view, as its index holds them."""

    links: tuple[dict[str, Any], ...]
    networks: tuple[dict[str, Any], ...]
    alerts: tuple[dict[str, Any], ...]

    def strong(self) -> list[dict[str, Any]]:
        """The links that join networks; the truth lists these. Others are possible, and say no more than that."""
        return [link for link in self.links if link["strength"] == "strong"]

    def of(self, agencies: Iterable[str]) -> "Story":
        """The part that is about records of these agencies alone."""
        ours = set(agencies)
        return Story(
            tuple(one for one in self.links if ours.issuperset(one["agencies"])),
            tuple(one for one in self.networks if ours.issuperset(one["agencies"])),
            tuple(one for one in self.alerts if ours.issuperset(one["agencies"])),
        )


@cache
def load_truth() -> dict[str, Any]:
    """What belongs together in the scenario."""
    truth: dict[str, Any] = json.loads(TRUTH_FILE.read_text(encoding="utf-8"))
    return truth


def withheld_documents(truth: Mapping[str, Any], view: str) -> set[str]:
    """Document ids of the story's reports that are released to other views alone."""
    return {
        document_id(report["agency"], report["report_id"])
        for other, reports in truth["only_in_view"].items()
        if other != view
        for report in reports
    }


def read_story(elasticsearch: str, topics: Topics, view: str) -> Story:
    """Everything live in the view's indices of links, networks and alerts, at most 10,000 of each."""

    async def read(elastic: Elastic, family: Family, kind: Kind) -> tuple[dict[str, Any], ...]:
        index = family.index(kind, topics.prefix, view)
        await elastic.expect("POST", f"/{index}/_refresh")
        body = {"size": MOST, "query": {"term": {"live": True}}, "sort": ["id"]}
        answer = await elastic.expect("POST", f"/{index}/_search", body)
        return tuple(hit["_source"] for hit in answer["hits"]["hits"])

    async def read_all() -> Story:
        async with Elastic(Address.read(elasticsearch)) as elastic:
            return Story(
                await read(elastic, LINK_FAMILY, LINKS),
                await read(elastic, NETWORK_FAMILY, NETWORKS),
                await read(elastic, ALERT_FAMILY, ALERTS),
            )

    return asyncio.run(read_all())


def compare_story(story: Story, truth: Mapping[str, Any]) -> tuple[str, ...]:
    """What differs from the truth of the joint view, one sentence each; nothing if all is as it should be."""
    return (
        *_differ("links", map(_linked, story.strong()), (_pair(one["left"], one["right"]) for one in truth["links"])),
        *_differ(
            "networks",
            (frozenset(map(_name, one["members"])) for one in story.networks),
            (frozenset(map(_name, one["members"])) for one in truth["networks"]),
        ),
        *_differ(
            "alerts",
            (_alert(one, _subject_of(one, story.networks, truth)) for one in story.alerts),
            (_alert(one, _true_subject(one["subject"])) for one in truth["alerts"]),
        ),
    )


def network_name(network: Mapping[str, Any], truth: Mapping[str, Any]) -> str | None:
    """The name that the truth gives a network with just these members."""
    members = frozenset(map(_name, network["members"]))
    for one in truth["networks"]:
        if members == frozenset(map(_name, one["members"])):
            return str(one["name"])
    return None


def _differ(what: str, found: Iterable[object], wanted: Iterable[object]) -> Iterable[str]:
    found_list, wanted_set = list(found), set(wanted)
    if len(found_list) != len(set(found_list)):
        yield f"some of the story's {what} are there twice"
    if missing := wanted_set - set(found_list):
        yield f"{len(missing)} of the story's {len(wanted_set)} {what} were not found"
    if extra := set(found_list) - wanted_set:
        yield f"{len(extra)} {what} were found that the story has not"


def _name(report: Mapping[str, Any]) -> Report:
    return report["agency"], report["report_id"]


def _pair(left: Mapping[str, Any], right: Mapping[str, Any]) -> frozenset[Report]:
    return frozenset((_name(left), _name(right)))


def _linked(link: Mapping[str, Any]) -> frozenset[Report]:
    left, right = link["reports"]
    return _pair(left, right)


def _alert(alert: Mapping[str, Any], subject: object) -> tuple[str, str, object]:
    return alert["subscriber"], alert["subscription"], subject


def _subject_of(alert: Mapping[str, Any], networks: Iterable[Mapping[str, Any]], truth: Mapping[str, Any]) -> object:
    subject = alert["subject"]
    if subject["kind"] == "report":
        return _name(subject)
    by_id = {network["id"]: network_name(network, truth) for network in networks}
    return by_id.get(subject["id"], subject["id"])


def _true_subject(subject: Any) -> object:
    return subject["network"] if "network" in subject else _name(subject)
