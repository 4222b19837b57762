"""The dry run of `puente publish` promises nothing that enrichment would refuse."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from deploy.publishing import publish_files
from streams.errors import RegistryError

EVENT = {"report_id": "F-1", "items": [{"kind": "ammunition"}]}


def check(folder: Path, *events: dict[str, Any], agency: str = "cbp") -> dict[str, Any]:
    path = folder / "events.ndjson"
    path.write_bytes(b"\n".join(orjson.dumps({"type": "puente.seizure.v1", "event": e}) for e in events))
    return publish_files([path], brokers=None, agency=agency).to_json()


def test_reports_are_counted(tmp_path: Path) -> None:
    summary = check(tmp_path, EVENT, EVENT, {**EVENT, "report_id": "F-2"})
    assert (summary["published"], summary["reports"], summary["refused"]) == (3, 2, 0)


def test_unknown_agency_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="nobody"):
        check(tmp_path, EVENT, agency="nobody")
    path = tmp_path / "lines.ndjson"
    path.write_bytes(orjson.dumps({"type": "puente.seizure.v1", "event": EVENT, "agency": "nobody"}))
    summary = publish_files([path], brokers=None).to_json()
    assert [row["reasons"][0]["code"] for row in summary["refusals"]] == ["unknown_agency"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seized": {"value": "2024-02-30"}}, "absurd_time"),
        ({"seized": {"value": "2999-01-01"}}, "future_time"),
        ({"seized": {"value": "2024-01-01T10:00", "zone": "America/Nowhere"}}, "unknown_zone"),
        ({"items": [{"kind": "substance", "name": "x", "quantity": {"value": 1e11, "unit": "kg"}}]}, "absurd_quantity"),
    ],
)
def test_what_enrichment_refuses_is_refused(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    summary = check(tmp_path, {**EVENT, **change})
    assert (summary["published"], summary["reports"]) == (0, 0)
    assert [row["reasons"][0]["code"] for row in summary["refusals"]] == [code]


def test_split_groups_are_named(tmp_path: Path) -> None:
    path = tmp_path / "weapons.csv"
    heading = (
        "Fiscal Year,Month (abbv),Component,Region,Area of Responsibility,Inbound/Outbound,Mode of Transportation,"
        "Seizure Type,Category,Event ID,Quantity Seized"
    )
    rows = [f"2024,DEC,Fictional,Fictional,Office {n},INBOUND,Air,Weapons,Handgun,77,1" for n in "AB"]
    path.write_text("\n".join([heading, *rows]))
    summary = publish_files([path], brokers=None, agency="cbp", mapping="cbp_weapons").to_json()
    (split,) = summary["splits"]
    assert (split["report_id"], split["parts"]) == ("77", ["77 [Office A | INBOUND]", "77 [Office B | INBOUND]"])
