"""The form of the pages of `docs/`, and what in them can be held against the code without a server."""

import functools
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deploy.kibana.overview import all_panels
from deploy.settings import Settings
from processors.alerting.subscriptions import ASKED_OF
from streams.alerts import AlertDocument
from tests.docs_pages import ANY, Page, PageError, fill_in, match_output, mentioned_commands, read_page

ROOT = Path(__file__).parents[2]
PAGES = tuple(read_page(path) for path in sorted((ROOT / "docs").glob("*.md")))

# What a page may show without its being run, and why it can't be: it needs Docker, starts or stops servers, or has no
# end. A line in a `text` block that isn't here fails; one here that no page shows fails too.
KAFKA_GROUPS = "docker compose exec kafka /opt/kafka/bin/kafka-consumer-groups.sh --bootstrap-server kafka:9092"
NOT_RUN = (
    "export PUENTE_KAFKA=127.0.0.1:9094",
    "make demo",
    "puente up",
    "puente prepare",
    "puente down",
    "puente worker enrich",
    "puente worker release",
    "puente worker correlate --view joint",
    "puente worker correlate --view joint --number 0",
    "puente worker correlate --view joint --number 1",
    "puente worker alert --view joint",
    "puente worker index",
    "puente alerts --follow laredo-desk",
    "docker compose up --build --detach",
    "COMPOSE_PROFILES=demo docker compose up --build --detach",
    "docker compose ps",
    "docker compose logs --follow enrich",
    "docker compose run --rm cli search M30 Laredo",
    f"{KAFKA_GROUPS} --describe --all-groups",
    f"{KAFKA_GROUPS} --group alert.joint --all-topics --reset-offsets --to-earliest --execute",
    "docker compose up --detach --force-recreate enrich",
    "docker compose up --detach --force-recreate enrich release",
    "PUENTE_TOKEN_KEYS=k2:<64 hexadecimal digits>,k1:<the old one>",
    "docker compose up --detach --force-recreate alert index",
    "docker compose kill correlate",
    "docker compose up --detach correlate",
    "docker compose stop",
)
NOT_SETTINGS = ("PUENTE_CACHE", "PUENTE_MAVEN_MIRROR", "PUENTE_KIBANA_PASSWORD")
"""Variables that are read elsewhere than in `Settings`; the last test below finds them in the code."""


def page_named(name: str) -> Page:
    return next(page for page in PAGES if page.name == name)


def section(page: Page, title: str) -> str:
    """The text between one heading and the next."""
    return page.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """The names in backquotes in the first column of the tables of a text."""
    rows = re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE)
    return [name for cell in rows for name in re.findall(r"`([^`]+)`", cell)]


@functools.cache
def help_of(command: tuple[str, ...]) -> str:
    """What `puente ... --help` prints; fails if there is no such command."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", *command, "--help"],
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"puente {' '.join(command)}: {done.stderr}"
    return done.stdout


def command_path(words: Sequence[str]) -> tuple[str, ...]:
    """The command and, for a group of commands, the one in it."""
    groups = ("worker", "kibana", "dead-letters")
    return tuple(words[: 2 if words[:1] and words[0] in groups else 1])


def test_there_is_a_page_for_each_kind_of_user() -> None:
    assert [page.name for page in PAGES] == ["analyst.md", "operator.md", "partner.md", "subscriber.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_page_begins_with_what_must_be_known_and_ends_with_what_is_not_yet(page: Page) -> None:
    opening = page.text.partition("\n## ")[0].lower()
    for words in ("what you must know first", "lead, not proof", "default releases", "to nobody", "protected people"):
        assert words in " ".join(opening.split())
    assert re.findall(r"^## (.*)$", page.text, re.MULTILINE)[-1] == "Not yet"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists_with_its_options(page: Page) -> None:
    for words in mentioned_commands(page):
        if words[0] == "puente" and len(words) > 1:
            shown = help_of(command_path(words[1:]))
            for option in (word for word in words if word.startswith("--")):
                assert re.search(rf"(^|[\s,]){option}\b", shown), f"{page.name}: {' '.join(words)} has no {option}"


def test_only_what_is_listed_is_shown_without_being_run() -> None:
    shown = {line for page in PAGES for block in page.blocks if block.kind == "text" for line in block.lines if line}
    assert shown == set(NOT_RUN)


def test_the_compose_services_that_are_named_exist() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    for line in NOT_RUN:
        verb, *words = line.partition("docker compose ")[2].split() or [""]
        if verb in ("logs", "kill", "up", "run", "exec"):
            named = [word for word in words if not word.startswith("-")]
            for name in named[:1] if verb in ("run", "exec") else named:
                assert name in services, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Page) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.text):
        name, _, anchor = target.partition("#")
        other = page_named(name) if name else page
        headings = re.findall(r"^#+ (.*)$", other.text, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, target


def test_the_settings_table_is_complete() -> None:
    named = first_cells(section(page_named("operator.md"), "Settings"))
    assert sorted(named) == sorted([*(f"PUENTE_{field}".upper() for field in Settings.model_fields), *NOT_SETTINGS])


def test_no_other_variable_is_read_anywhere() -> None:
    read = set()
    for package in ("streams", "processors", "indexing", "deploy"):
        for file in (ROOT / package).rglob("*.py"):
            read |= set(re.findall(r"\bPUENTE_[A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8")))
    assert read <= {f"PUENTE_{field}".upper() for field in Settings.model_fields} | set(NOT_SETTINGS)
    assert set(NOT_SETTINGS) <= read


def test_the_fields_of_an_alert_are_all_explained() -> None:
    named = first_cells(section(page_named("subscriber.md"), "Follow from your own program"))
    assert sorted(named) == sorted(AlertDocument.__annotations__)


def test_the_parts_of_a_filter_are_all_explained() -> None:
    text = section(page_named("subscriber.md"), "Write down what you wait for")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([\w, ]+) \|$", text, re.MULTILINE)
    assert {part: tuple(asked.split(", ")) for part, asked in rows} == ASKED_OF


def test_the_workers_that_are_explained_are_those_that_there_are() -> None:
    named = first_cells(section(page_named("operator.md"), "The workers"))
    commands = help_of(("worker",)).partition("Commands:")[2]
    assert sorted(named) == sorted(re.findall(r"^  (\w+)", commands, re.MULTILINE))


def test_the_panels_that_the_analyst_is_sent_to_exist_and_count_what_is_said() -> None:
    text = section(page_named("analyst.md"), "Look at the whole in Kibana")
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| ?([a-z ]*?) ?\|$", text, re.MULTILINE)
    panels = {panel.title.en: panel.basis for panel in all_panels()}
    bases = {"incidents": "incident", "monthly totals": "monthly_total", "": None}
    for title, counts in rows[1:]:
        assert panels[title] == bases[counts]
    assert len(rows) > 4


# --- the form itself -------------------------------------------------------------------------------------------------


def make_page(tmp_path: Path, text: str) -> Page:
    path = tmp_path / "page.md"
    path.write_text(text, encoding="utf-8")
    return read_page(path)


def test_blocks_are_read_with_their_commands_and_what_these_print(tmp_path: Path) -> None:
    page = make_page(
        tmp_path,
        "Type `puente status` first.\n```console exit=1\n$ puente publish a.csv --check > out.txt\n"
        "$ puente search 'M 30'\n1 of …\n\n…\n```\n"
        "```yaml file=a.yaml\nkey: 1\n```\n```python\nprint(1)\n```\n```output\n1\n```\n"
        "```text\nmake demo\n```\n",
    )
    console, file, program, output, text = page.blocks
    first, second = console.commands()
    assert (console.exit_code, console.line) == (1, 2)
    assert (first.words, first.redirect, first.expected) == (
        ("puente", "publish", "a.csv", "--check"),
        "out.txt",
        (),
    )
    assert (second.words, second.expected, second.line) == (("puente", "search", "M 30"), ("1 of …", "…"), 4)
    assert (file.file, file.text) == ("a.yaml", "key: 1\n")
    assert (program.text, output.lines, text.lines) == ("print(1)\n", ("1",), ("make demo",))
    assert list(mentioned_commands(page)) == [first.words, second.words, ("make", "demo"), ("puente", "status")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("```\nls\n```", "without a name"),
        ("```json\n{}\n```", "a block can't be json"),
        ("```console slow\n$ puente status\n…\n```", "a block can't be console slow"),
        ("```json file=../etc\n{}\n```", "a block can't be"),
        ("```text\nmake demo", "is not closed"),
        ("```text\n```python\n```", "opens in the block of line 1"),
        ("```output\n1\n```", "output stands behind a python block"),
        ("```console\nputs\n```", "begins with a command"),
        ("```console\n$ puente status\n```", "say what the command prints"),
        ("```console\n$ puente search 'M30\n…\n```", "No closing quotation"),
        ("```console\n$ # nothing\n```", "there is no command"),
    ],
)
def test_another_form_is_refused_with_its_place(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(PageError, match=f"^page.md, line .*{re.escape(why)}"):
        make_page(tmp_path, text)


@pytest.mark.parametrize(
    ("expected", "output", "fits"),
    [
        (["a  b"], " a b \n\n", True),
        (["a"], "a\nb", False),
        (["b"], "a\nb", False),
        (["a", ANY], "a\nb", True),
        ([ANY, "b"], "a\nb", True),
        ([ANY, "b"], "b", True),
        ([ANY, "a"], "a\nb", False),
        (["a", ANY, "b"], "a\nx\nb\ny\nb", True),
        (["a", ANY, "a"], "a", False),
        ([ANY, "b", "c", ANY], "a\nb\nx\nb\nc\nd", True),
        ([ANY, "c", ANY, "b", ANY], "a\nb\nc", False),
        (["1 of … reports."], "1 of 20 reports.", True),
        (["1 of … reports."], "1 of 20 report.", False),
        (["a+b (c)"], "a+b (c)", True),
        ([ANY], "", True),
        (["a"], "", False),
    ],
)
def test_output_is_held_line_by_line(expected: list[str], output: str, fits: bool) -> None:
    assert (match_output(expected, output, {}) is not None) is fits


def test_a_name_is_caught_once_and_must_be_the_same_afterwards() -> None:
    assert match_output(["<letter> cbp <letter>"], "3f9c cbp 3f9c", {}) == {"letter": "3f9c"}
    assert match_output(["<letter> cbp <letter>"], "3f9c cbp 77aa", {}) is None
    caught = match_output(["id  report", "<letter> cbp …"], "id report\n3f9c  cbp  X-1 open", {})
    assert caught == {"letter": "3f9c"}
    assert match_output(["<letter> is closed"], "3f9c is closed", caught) == {}
    assert match_output(["<letter> is closed"], "77aa is closed", caught) is None
    assert fill_in("show-<letter>", caught) == "show-3f9c"
    with pytest.raises(PageError, match="no output before it holds <other>"):
        fill_in("<other>", caught)


LINES = st.lists(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1), max_size=6)


@given(LINES, st.data())
def test_output_fits_itself_with_any_lines_left_out_and_no_longer_output(lines: list[str], data: st.DataObject) -> None:
    kept = [line.replace("<", "[") for line in lines]
    cut = data.draw(st.lists(st.integers(0, len(kept)), max_size=3))
    expected = [one for at, line in enumerate([*kept, ""]) for one in ([ANY] if at in cut else []) + [line] if one]
    output = "\n".join(kept)
    assert match_output(expected or [ANY], output, {}) is not None
    if ANY not in expected and expected:
        assert match_output(expected, f"{output}\nmore", {}) is None
        assert match_output(expected, "\n".join(kept[:-1]), {}) is None
