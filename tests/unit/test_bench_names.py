"""The benchmark of names: its figures, what it says where something is missing, and one run beside a stand-in."""

import stat
import sys
from pathlib import Path

import pytest

from tests.bench import bench_names

CASES = """case_group,schema,name1,name2,is_match,quality,category,notes
made_up,Person,Ana Ficticia,ANA FICTICIA,true,,,
made_up,Person,Ana Ficticia,Olga Muestra,false,,,
made_up,Company,Ejemplo Ltd,Ejemplo Limited,true,,,
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "contrib" / "name_bench"
    folder.mkdir(parents=True)
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_the_figures_of_a_judge() -> None:
    figures = bench_names.measure([True, True, True, False], [True, False, False, True])
    assert figures == bench_names.Figures(0.25, 0.5, 1 / 3, 0.4)
    assert bench_names.measure([False], [False]) == bench_names.Figures(1.0, 1.0, 1.0, 1.0)


def test_without_the_cases_or_the_other_side_it_says_what_to_do(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare"
    bare.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'nomenklatura'\" >&2; exit 1\n")
    bare.chmod(bare.stat().st_mode | stat.S_IXUSR)
    for arguments, said in (
        ([str(tmp_path / "nowhere")], "clone"),
        ([str(checkout), "--python", str(bare)], "pip install"),
    ):
        monkeypatch.setattr(sys, "argv", ["bench_names", *arguments])
        with pytest.raises(SystemExit, match=said):
            bench_names.main()


def test_both_stand_side_by_side_and_disagreements_are_listed(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text(
        '#!/bin/sh\ncat > /dev/null\necho \'{"version": "0", "scores": [0.9, 0.8, 0.9], "seconds": 0.3}\'\n'
    )
    theirs.chmod(theirs.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "argv", ["bench_names", str(checkout), "--python", str(theirs), "--disagreements"])
    bench_names.main()
    told = capsys.readouterr().out
    assert "all                  3   1.000  0.667" in told
    assert "time per pair, theirs: 100000 us" in told
    assert [line for line in told.splitlines() if " right (" in line] == [
        "ours right (0.00, 0.80; similar: False): Ana Ficticia | Olga Muestra"
    ]
