"""The pages of `docs/` as a test reads them: their fenced blocks, the commands in these, and what must come of them.

What a fence says after its backticks decides what the block is:

    console          lines `$ puente ...` are run one after the other, and what stands below each is its output
    console exit=1   the same; each of them must end with this code
    python           is run; an `output` block right behind it is what it prints
    output           see there
    LANGUAGE file=X  is written to the file X before anything below it runs
    text             is not run; each of its lines must stand in a test's list

Expected output is compared line by line, with runs of blanks as one and without empty lines. A line `…` stands for any
lines, `…` in a line for any text, and `<name>` for one word, which is put in the place of `<name>` in later commands.
`$ export NAME=VALUE` holds for the rest of the page. Nothing else is a block: so no page can hold a figure or a file
that no test has seen.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["ANY", "Block", "Command", "Page", "PageError", "fill_in", "match_output", "mentioned_commands", "read_page"]

ANY = "…"
BlockKind = Literal["console", "python", "output", "file", "text"]

_FENCE = re.compile(r"^```(.*)$")
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_HOLE = re.compile(r"<([a-z_]+)>")
_SLOT = re.compile(r"(…|<[a-z_]+>)")


class PageError(ValueError):
    """A page does not keep to the form; the message names page and line."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line to type: its words, the file that takes its output, and the lines that it must print."""

    line: int
    words: tuple[str, ...]
    redirect: str | None = None
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: `line` is that of its fence, `file` its name where it is a file to write."""

    kind: BlockKind
    line: int
    lines: tuple[str, ...]
    file: str | None = None
    exit_code: int = 0

    @property
    def text(self) -> str:
        """The whole of it, as a file holds it."""
        return "".join(f"{line}\n" for line in self.lines)

    def commands(self) -> tuple[Command, ...]:
        """The commands of a console block; `PageError` if it begins with anything else, or one lacks its output."""
        if self.kind != "console":
            return ()
        found: list[Command] = []
        for number, line in enumerate(self.lines, start=self.line + 1):
            if line.startswith("$ "):
                words, redirect = _split(line[2:], number)
                found.append(Command(number, words, redirect))
            elif not found:
                raise PageError(f"line {number}: a console block begins with a command, `$ puente ...`")
            elif line.strip():
                last = found[-1]
                found[-1] = Command(last.line, last.words, last.redirect, (*last.expected, line))
        for one in found:
            if one.words[0] == "puente" and not one.expected and one.redirect is None:
                raise PageError(f"line {one.line}: say what the command prints (`{ANY}` for anything)")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its file's name, its text, and its blocks in order."""

    name: str
    text: str
    blocks: tuple[Block, ...]


def read_page(path: Path) -> Page:
    """A page with its blocks; `PageError` if one of them has none of the forms."""
    text = path.read_text(encoding="utf-8")
    try:
        blocks = tuple(_read_blocks(text.splitlines()))
        for before, block in zip((None, *blocks), blocks, strict=False):
            _check_block(block, before)
    except PageError as error:
        raise PageError(f"{path.name}, {error}") from None
    return Page(path.name, text, blocks)


def _check_block(block: Block, before: Block | None) -> None:
    block.commands()
    if block.kind == "output" and (before is None or before.kind != "python"):
        raise PageError(f"line {block.line}: output stands behind a python block")


def mentioned_commands(page: Page) -> Iterator[tuple[str, ...]]:
    """The words of every `puente` command of the page, whether in a block or in the running text."""
    for block in page.blocks:
        yield from (command.words for command in block.commands())
        if block.kind == "text":
            yield from (_split(line, block.line)[0] for line in block.lines if line.strip())
    fenced = False
    for number, line in enumerate(page.text.splitlines(), start=1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield from (_split(code, number)[0] for code in _INLINE.findall(line) if code.startswith("puente"))


def fill_in(word: str, values: Mapping[str, str]) -> str:
    """A word of a command with each `<name>` replaced; `PageError` if no output gave it."""
    unknown = [name for name in _HOLE.findall(word) if name not in values]
    if unknown:
        raise PageError(f"no output before it holds <{unknown[0]}>")
    return _HOLE.sub(lambda found: values[found[1]], word)


def match_output(expected: Sequence[str], output: str, values: Mapping[str, str]) -> dict[str, str] | None:
    """What each new `<name>` stands for, or None if the output is another one."""
    lines = [squeezed for line in output.splitlines() if (squeezed := " ".join(line.split()))]
    parts: list[list[str]] = [[]]
    for line in expected:
        if line.strip() == ANY:
            parts.append([])
        else:
            parts[-1].append(" ".join(line.split()))
    found: dict[str, str] = {}
    at = 0
    for number, part in enumerate(parts):
        last = len(lines) - len(part)
        # The first part stands at the start, the last one at the end, any other where it fits first.
        starts = [at] if number == 0 else [last] if number == len(parts) - 1 and part else range(at, last + 1)
        for start in starts:
            fits = _match_lines(part, lines[start : start + len(part)], {**values, **found}) if start >= at else None
            if fits is not None:
                break
        else:
            return None
        found |= fits
        at = start + len(part)
    return found if at == len(lines) or expected[-1].strip() == ANY else None


def _match_lines(part: Sequence[str], lines: Sequence[str], values: Mapping[str, str]) -> dict[str, str] | None:
    if len(part) != len(lines):
        return None
    found: dict[str, str] = {}
    for expected, line in zip(part, lines, strict=True):
        fits = _pattern(expected, {**values, **found}).fullmatch(line)
        if fits is None:
            return None
        found |= fits.groupdict()
    return found


def _pattern(expected: str, values: Mapping[str, str]) -> "re.Pattern[str]":
    written = []
    for part in _SLOT.split(expected):
        name = part[1:-1]
        if part == ANY:
            written.append(".*")
        elif not _HOLE.fullmatch(part):
            written.append(re.escape(part))
        elif name in values:
            written.append(re.escape(values[name]))
        elif f"(?P<{name}>" in "".join(written):
            written.append(f"(?P={name})")
        else:
            written.append(rf"(?P<{name}>\S+)")
    return re.compile("".join(written))


def _read_blocks(lines: Sequence[str]) -> Iterator[Block]:
    opened: int | None = None
    for number, line in enumerate(lines, start=1):
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if opened is None:
            opened = number
        elif fence[1]:
            raise PageError(f"line {number}: a block opens in the block of line {opened}")
        else:
            yield _make_block(lines[opened - 1].removeprefix("```").split(), opened, tuple(lines[opened : number - 1]))
            opened = None
    if opened is not None:
        raise PageError(f"line {opened}: the block is not closed")


def _make_block(said: Sequence[str], line: int, lines: tuple[str, ...]) -> Block:
    kind, *options = said or [""]
    named = dict(option.split("=", 1) for option in options if "=" in option)
    if len(named) == len(options):
        if kind == "console" and set(named) <= {"exit"} and named.get("exit", "0").isdigit():
            return Block("console", line, lines, exit_code=int(named.get("exit", "0")))
        if kind == "python" and not named:
            return Block("python", line, lines)
        if kind == "output" and not named:
            return Block("output", line, lines)
        if kind == "text" and not named:
            return Block("text", line, lines)
        if kind.isalpha() and set(named) == {"file"} and re.fullmatch(r"[\w.-]+", named["file"]):
            return Block("file", line, lines, file=named["file"])
    raise PageError(f"line {line}: a block can't be {' '.join(said) or 'without a name'}")


def _split(line: str, number: int) -> tuple[tuple[str, ...], str | None]:
    """The words as a shell sees them, and the file behind `>`; comments are left out."""
    try:
        # `<name>` and `>` are words of ours: shlex leaves them as they are.
        words = tuple(shlex.split(line, comments=True))
    except ValueError as error:
        raise PageError(f"line {number}: {error}") from None
    if not words:
        raise PageError(f"line {number}: there is no command")
    if len(words) > 2 and words[-2] == ">":
        return words[:-2], words[-1]
    return words, None
