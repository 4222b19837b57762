"""The demo's comparison with the truth of its story: right if all is there, and each way of differing is noticed."""

from dataclasses import replace
from typing import Any

from deploy.demo.story_check import Story, compare_story, load_truth, network_name, withheld_documents
from deploy.demo.summary import tell_story
from streams.identity import document_id
from tests.unit.telling import rendered

TRUTH = load_truth()


def story() -> Story:
    """The story as its truth tells it, in the form of the index."""
    members = {one["name"]: [_report(report) for report in one["members"]] for one in TRUTH["networks"]}
    networks = tuple({"id": f"network-{name}", "members": listed} for name, listed in members.items())
    links = tuple(
        {"reports": [_report(one["left"]), _report(one["right"])], "id": str(number), "strength": "strong"}
        for number, one in enumerate(TRUTH["links"])
    )
    alerts = []
    for one in TRUTH["alerts"]:
        subject = dict(one["subject"])
        if "network" in subject:
            subject = {"kind": "network", "id": f"network-{subject['network']}"}
        else:
            subject = {"kind": "report", "id": document_id(subject["agency"], subject["report_id"]), **subject}
        alerts.append({**one, "subject": subject})
    return Story(links, networks, tuple(alerts))


def _report(report: dict[str, Any]) -> dict[str, Any]:
    return {**report, "id": document_id(report["agency"], report["report_id"]), "kind": "seizure"}


def test_the_truth_itself_has_no_problem() -> None:
    assert compare_story(story(), TRUTH) == ()


def test_an_empty_story_lacks_everything() -> None:
    missing = (len(TRUTH["links"]), len(TRUTH["networks"]), len(TRUTH["alerts"]))
    problems = compare_story(Story((), (), ()), TRUTH)
    assert [int(words.split(" of ")[0]) for words in problems] == list(missing)


def test_one_too_few_one_too_many_and_one_twice_are_noticed() -> None:
    right = story()
    assert "1 of the story's" in compare_story(replace(right, links=right.links[1:]), TRUTH)[0]
    other = {
        "id": "x",
        "strength": "strong",
        "reports": [right.links[0]["reports"][0], right.networks[2]["members"][0]],
    }
    assert compare_story(replace(right, links=(*right.links, other)), TRUTH) == (
        "1 links were found that the story has not",
    )
    assert compare_story(replace(right, links=(*right.links, right.links[0])), TRUTH) == (
        "some of the story's links are there twice",
    )
    smaller = {**right.networks[0], "members": right.networks[0]["members"][1:]}
    words = " ".join(compare_story(replace(right, networks=(smaller, *right.networks[1:])), TRUTH))
    assert "1 of the story's 3 networks" in words
    assert "1 networks were found that the story has not" in words
    assert network_name(smaller, TRUTH) is None
    assert "alerts" in compare_story(replace(right, alerts=right.alerts[1:]), TRUTH)[0]


def test_what_is_for_one_nation_alone_is_withheld_from_joint() -> None:
    held = {view: {one["id"] for one in rendered()[f"reports.{view}"]} for view in ("joint", "us", "mx")}
    withheld = withheld_documents(TRUTH, "joint")
    assert len(withheld) == 6
    assert not withheld & held["joint"]
    assert withheld <= held["us"] | held["mx"]


def test_nothing_is_told_of_a_story_without_links() -> None:
    assert tell_story(Story((), (), ()), TRUTH) is None
