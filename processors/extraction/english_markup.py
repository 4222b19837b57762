"""A text without the marks of its page: link addresses, stars, brackets and line breaks become blanks, offsets hold."""

import re

from processors.extraction.texts import Text

__all__ = ["without_markup"]

_MARKS = re.compile(r"\]\([^)\s]*\)|https?://[^\s)\]]+|\\?[\[\]]|\*\*|(?<=\w)\*|\*(?=\w)")
# A line that breaks within a sentence: the next begins with a small letter, or the first is as long as a full line.
_WRAP = re.compile(
    r"\n(?<=[^\s.:;!?]\n)(?=[ \t]{0,12}[a-z])"
    r"|\n(?<=[^\n]{55}[^\s.:;!?]\n)(?=[ \t]{0,12}[A-Z0-9$“\"(])"
)


def _blank(mark: re.Match[str]) -> str:
    return " " * len(mark[0])


def without_markup(text: Text) -> Text:
    """The same text where it has no marks; else one as long, in which they are blanks.

    Addresses are full of words (`/ice-arrests-370-migrants`) and stand between a verb and its object; an editor's
    brackets in a transcript stand within a number ("23 [thousand] pounds").
    """
    raw = text.raw
    # A single sign is looked for at a tenth of the cost of two.
    links = "]" in raw and ("](" in raw or "\\[" in raw)
    marked = links or ("*" in raw and "**" in raw) or ("/" in raw and "://" in raw)
    plain = _MARKS.sub(_blank, raw) if marked else raw
    if "\n" in plain:
        plain = _WRAP.sub(" ", plain)
    if plain == raw:
        return text
    # The words are the same but for those of addresses: cutting them again costs 200 us for 5 kB.
    words = [word for word in text.words if plain[word[1]] != " "] if marked else text.words
    where = (text.language, text.field, text.country, text.date)
    return Text(plain, *where, words=words, vocabulary=text.vocabulary)
