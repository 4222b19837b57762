"""The pages of `docs/`, typed in by a test: every command, program and file of a page, on a platform with the story.

The form of a page is that of `tests/docs_pages.py`. One platform runs for all pages, with the names that a fresh
installation has (no prefix), because the programs of the pages name none; each page keeps to reports of its own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from deploy.demo.make_scenario import SCENARIO_FILE
from streams.registry import AGENCIES_FILE
from tests.conftest import RunningServers, make_open_folder
from tests.docs_pages import ANY, Block, Command, fill_in, match_output, read_page
from tests.live.platforms import await_all, publish_lines, run_platform, story_platform

ROOT = Path(__file__).parents[2]
PAGES = ("partner.md", "analyst.md", "subscriber.md", "operator.md")
PATIENCE_S = 20.0
READING = ("search", "network", "why", "alerts", "dead-letters")
"""Commands that only read (but for the two below): what was published a moment ago may take a second to get there, so
they are typed again until they show it."""
CHANGING = ("resubmit", "close")


@pytest.fixture(scope="module")
def platform_environ(servers: RunningServers) -> Iterator[dict[str, str]]:
    """The environment of somebody who has started the demo, with the story published and every stage done."""
    with make_open_folder() as folder:
        platform = story_platform(servers, "", folder)
        with run_platform(platform) as supervisor:
            publish_lines(platform, SCENARIO_FILE.read_text(encoding="utf-8").splitlines(), folder)
            await_all(platform, supervisor)
            clean = {name: value for name, value in os.environ.items() if not name.startswith("PUENTE_")}
            yield {**clean, "PUENTE_HOME": str(servers.local.home), "PUENTE_KAFKA": servers.kafka, "COLUMNS": "240"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_what_it_says(name: str, platform_environ: dict[str, str], tmp_path: Path) -> None:
    Reader(tmp_path, platform_environ).read(name)


class Reader:
    """Somebody who types a page in, from top to bottom, in a folder that looks like the checkout's."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        self._environ = dict(environ)
        self._values: dict[str, str] = {}
        for part in (AGENCIES_FILE.parents[1], ROOT / "deploy"):
            (folder / part.name).symlink_to(part)

    def read(self, name: str) -> None:
        page = read_page(ROOT / "docs" / name)
        for number, block in enumerate(page.blocks):
            if block.kind == "file":
                assert block.file is not None
                (self._folder / block.file).write_text(block.text, encoding="utf-8")
            elif block.kind == "console":
                for command in block.commands():
                    self._type(command, block.exit_code, f"{name}:{command.line}")
            elif block.kind == "python":
                told = page.blocks[number + 1] if number + 1 < len(page.blocks) else None
                self._run_program(block, told if told is not None and told.kind == "output" else None, name)

    def _type(self, command: Command, exit_code: int, at: str) -> None:
        if command.words[0] == "export":
            name, _, value = command.words[1].partition("=")
            self._environ[name] = value
            return
        assert command.words[0] == "puente", f"{at}: only `puente` and `export` are typed in"
        words = [fill_in(word, self._values) for word in command.words[1:]]
        end = time.monotonic() + (PATIENCE_S if _only_reads(words) else 0)
        while True:
            done = self._run([sys.executable, "-m", "deploy.cli", *words])
            shown = done.stdout + done.stderr
            found = match_output(command.expected or (ANY,), shown, self._values)
            if (found is not None and done.returncode == exit_code) or time.monotonic() > end:
                break
        assert found is not None, f"{at}: {' '.join(words)} shows something else:\n{shown}"
        assert done.returncode == exit_code, f"{at}: {' '.join(words)} ends with {done.returncode}:\n{shown}"
        self._values |= found
        if command.redirect is not None:
            (self._folder / command.redirect).write_text(done.stdout, encoding="utf-8")

    def _run_program(self, block: Block, told: Block | None, name: str) -> None:
        done = self._run([sys.executable, "-c", block.text])
        at = f"{name}:{block.line}"
        assert done.returncode == 0, f"{at}: the program fails:\n{done.stderr}"
        assert told is not None, f"{at}: say what the program prints (`output` behind it)"
        assert match_output(told.lines, done.stdout, self._values) is not None, f"{at} prints:\n{done.stdout}"

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, cwd=self._folder, env=self._environ, capture_output=True, text=True, timeout=60, check=False
        )


def _only_reads(words: list[str]) -> bool:
    if words[0] == "judge":
        return "--list" in words
    return words[0] in READING and not set(words[1:2]) & set(CHANGING)
