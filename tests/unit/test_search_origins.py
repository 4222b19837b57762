"""Copies of one text among the hits of a search: told, and counted as one origin."""

from typing import Any

from deploy.origins import count_origins, find_copies
from indexing.search import Hit
from tests.unit.telling import renditions


def hit(report: dict[str, Any]) -> Hit:
    read = report["facts"].get("text", {})
    return Hit(
        id=report["id"], agency=report["agency"], report_id=report["report_id"], revision=1, kind=report["kind"],
        score=1.0, grade="B2", tlp="GREEN", releasable_to=("joint",), exercise=True, received=report["received"],
        count_basis="incident", origin=read.get("origin"), prints=tuple(read.get("fingerprints", ())),
    )  # fmt: skip


def told() -> list[dict[str, Any]]:
    return [report for report in renditions()["joint"] if not report["retracted"]]


def syndicated() -> dict[str, list[str]]:
    """Wire text -> the ids of the news that declare to be its copies, by the publishers' own word."""
    copies: dict[str, list[str]] = {}
    for report in told():
        for lineage in report["event"].get("lineage", ()):
            if lineage.get("relation") == "copy":
                copies.setdefault(lineage["origin_id"], []).append(report["id"])
    return copies


def test_copies_of_one_wire_text_are_one_origin() -> None:
    hits = [hit(report) for report in told()]
    copies = find_copies(hits)
    assert syndicated(), "the story has syndicated news"
    for ids in syndicated().values():
        for one in ids:
            assert set(ids) - {one} <= set(copies[one])
    assert count_origins(hits) < len(hits)


def test_news_alone_is_a_copy_and_the_order_does_not_matter() -> None:
    hits = [hit(report) for report in told()]
    assert {one.kind for one in hits if one.id in find_copies(hits)} == {"news"}
    assert find_copies(hits[::-1]) == find_copies(hits)
    assert count_origins(hits[::-1]) == count_origins(hits)


def test_copies_without_a_word_of_their_lineage_are_found_by_their_text() -> None:
    hits = [hit(report) for report in told()]
    silent = [Hit(**{**{name: getattr(one, name) for name in Hit.__slots__}, "origin": None}) for one in hits]
    found = find_copies(silent)
    for ids in syndicated().values():
        assert any(set(found.get(one, ())) & set(ids) for one in ids)


def test_nothing_is_a_copy_of_itself_and_none_counts_as_none() -> None:
    hits = [hit(report) for report in told()]
    assert all(one not in others for one, others in find_copies(hits).items())
    assert count_origins([]) == 0
    assert count_origins(hits[:1]) == 1
