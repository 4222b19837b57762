"""Settings from the environment: names of views, paths that hold in another directory, and what empty means."""

import os
from pathlib import Path

import pytest

from deploy import settings
from deploy.demo.platform import DEMO_AGENCIES
from deploy.demo.session import demo_registry_files
from deploy.settings import VIEW_NAME, Settings, SettingsError, load_settings
from streams.contracts import Handling
from streams.registry import AGENCIES_FILE, load_registry

pytestmark = pytest.mark.usefixtures("no_settings")

PATHS = ("SUBSCRIPTIONS", "HOME", "DATA")


def test_a_view_is_named_as_records_name_it() -> None:
    pattern = Handling.model_json_schema()["properties"]["releasable_to"]["items"]["pattern"]
    assert pattern == f"^{VIEW_NAME.pattern}$"


@pytest.mark.parametrize("views", [("joint",), ("joint", "us", "mx"), ("a" * 32, "task_force-7")])
def test_views_that_can_be(views: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_VIEWS", ", ".join(views))
    assert settings.resolve_views() == views


@pytest.mark.parametrize(
    ("views", "words"),
    [
        ("", "it names no view"),
        (" , ", "it names no view"),
        ("joint,", "'' is no name of a view"),
        ("Joint", "'Joint' is no name of a view"),
        ("joint us", "'joint us' is no name of a view"),
        ("*", "is no name of a view"),
        ("7th", "is no name of a view"),
        ("a" * 33, "is no name of a view"),
        ("joint,us,joint", "it names a view twice"),
    ],
)
def test_views_that_can_not_be(views: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_VIEWS", views)
    with pytest.raises(SettingsError) as caught:
        settings.resolve_views()
    said = str(caught.value)
    assert said.startswith("PUENTE_VIEWS is wrong (")
    assert words in said
    assert said.endswith("): correct or unset it.")
    assert "Value error" not in said


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_variable_counts_as_unset(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unset = Settings()
    for name in (*PATHS, "REGISTRY"):
        monkeypatch.setenv(f"PUENTE_{name}", empty)
    assert Settings() == unset
    assert settings.resolve_subscribers() == ()
    monkeypatch.setenv("PUENTE_REGISTRY", os.pathsep)
    assert Settings().registry == (AGENCIES_FILE,)


def test_a_relative_path_holds_in_another_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in PATHS:
        monkeypatch.setenv(f"PUENTE_{name}", name.lower())
    monkeypatch.setenv("PUENTE_REGISTRY", os.pathsep.join(("one.yaml", "sub/two.yaml")))
    read = load_settings()
    monkeypatch.chdir("/")
    assert (read.subscriptions, read.home, read.data) == tuple(tmp_path / name.lower() for name in PATHS)
    assert read.registry == (tmp_path / "one.yaml", tmp_path / "sub" / "two.yaml")


def test_the_demo_adds_its_agencies_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert demo_registry_files() == (AGENCIES_FILE, DEMO_AGENCIES)
    load_settings.cache_clear()
    # As from the folder of the checkout, and through a link.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deploy").symlink_to(DEMO_AGENCIES.parents[1])
    (tmp_path / "streams").symlink_to(AGENCIES_FILE.parents[1])
    monkeypatch.setenv("PUENTE_REGISTRY", "streams/registry/agencies.yaml:deploy/demo/agencies.yaml")
    files = demo_registry_files()
    assert [file.resolve() for file in files] == [AGENCIES_FILE.resolve(), DEMO_AGENCIES.resolve()]
    assert load_registry(*files).keys() >= {"cbp", "bridge-customs"}
