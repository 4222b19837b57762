"""The tables of firearms: sources, and calibres in every spelling."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from processors.reference import DATA_FOLDER, default_reference

TREE = yaml.safe_load((DATA_FOLDER / "firearms.yaml").read_text(encoding="utf-8"))
FIREARMS = default_reference().firearms


def test_each_row_cites_its_source() -> None:
    for part in ("types", "makes", "models", "calibres"):
        assert all(len(row["source"]) > 2 for row in TREE[part]), part


def test_names_are_texts() -> None:
    # YAML reads .38 as a number and loses its dot.
    for row in TREE["calibres"]:
        assert all(isinstance(name, str) for name in (row["code"], *row["names"])), row
    for row in TREE["models"]:
        assert all(isinstance(name, str) for name in (row["model"], *row["names"], *row.get("calibres", ()))), row


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("9x19", ["9mm", "Cal. 9 mm", "cal. 9mm", "calibre 9 milímetros", "9x19", "9 × 19 mm Parabellum"]),
        (".38 Super", [".38 Super", "38 super", "calibre .38 súper"]),
        (".38 Special", ["38 especial", ".38 Spl"]),
        (".38", [".38", "cal .38"]),
        ("5.7x28", ["5.7x28", "5.7 x 28 mm", "5,7x28", "FN 5.7"]),
        ("7.62x39", ["7.62x39", "7.62 x 39mm", "762 por 39"]),
        (".223/5.56", [".223", "223", "5.56", "5.56x45 mm NATO", ".223/5.56", ".223 / 5.56 mm", ".223 Rem"]),
        (".308/7.62x51", [".308", "7.62x51", "7.62 x 51 mm NATO"]),
        ("7.62", ["7.62", "7.62 mm"]),
        (".50 BMG", [".50 BMG", "calibre 50", ".50 caliber", "50 cal", "12.7x99 mm"]),
        (".45 ACP", [".45", "45", "calibre .45", ".45 ACP"]),
        (".380 ACP", [".380", "0.380", "380", "9mm corto"]),
        (".22 LR", [".22", ".22 LR", "22 lr"]),
        (".30-06", ["30-06", ".30-06"]),
        ("12 gauge", ["12 gauge", "12 ga", "calibre 12"]),
    ],
)  # fmt: skip
def test_calibres_in_every_spelling(code: str, written: list[str]) -> None:
    assert {spelling: FIREARMS.read_calibre(spelling) for spelling in written} == dict.fromkeys(written, code)


@pytest.mark.parametrize(
    "written", ["", "?", "40 mm", "AK", "calibre", "diferentes calibres", "99", "7.62x93", "various"]
)
def test_what_is_no_known_calibre(written: str) -> None:
    assert FIREARMS.read_calibre(written) is None


@given(
    st.sampled_from(sorted(FIREARMS.calibres)), st.sampled_from(["", "cal. ", "calibre ", "Caliber "]), st.booleans()
)
def test_words_and_capitals_make_no_difference(name: str, before: str, capitals: bool) -> None:
    written = before + (name.upper() if capitals else name)
    assert FIREARMS.read_calibre(written) == FIREARMS.calibres[name]


@given(st.text(max_size=40))
def test_any_field_is_read(written: str) -> None:
    assert FIREARMS.read_calibre(written) in {None, *FIREARMS.calibres.values()}
    assert FIREARMS.read_type(written) in {None, *FIREARMS.types.values()}
    FIREARMS.read_make(written)
    FIREARMS.read_model(written, None)


def test_makers_and_models() -> None:
    smith = FIREARMS.read_make("SMITH & WESSON")
    assert smith is not None
    assert (smith.make, smith.country) == ("Smith & Wesson", "US")
    model = FIREARMS.read_model("19", "Glock")
    assert model is not None
    assert (model.model, model.make, model.type) == ("19", "Glock", "pistol")
    assert FIREARMS.read_model("19", None) is None
    assert FIREARMS.read_model("19", "Beretta") is None
    assert FIREARMS.read_model("Glock 19", None) == model
