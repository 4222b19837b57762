"""Shields: what gives a protected person away, as keyed hashes, so that other revisions can be held against it.

A shield names nobody. Without the key it can't be tried out on a list of names, and it is bound to one report.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, permutations
from typing import Any, NamedTuple

from processors.protection.keys import TOKEN, TokenKey, TokenKeys
from streams.protection import SHORTEST_NUMBER, fold_words
from streams.reports import Shield

__all__ = [
    "PARTICLES",
    "Guard",
    "join_shields",
    "make_shield",
    "name_words",
    "number_forms",
    "person_names",
    "person_numbers",
]

PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "das", "san", "santa", "van", "von", "el", "al")
)
"""Words of a name that many names share: they give nobody away."""
_NATIONAL_DIGITS = 10
_SHORTEST_JOINED = 6
_MOST_WORDS = 12
"""Words of one name that are looked at; a longer one is no name of one person."""


def person_names(person: dict[str, Any]) -> list[str]:
    """Every name and alias of a person of an event, tokens left out."""
    spelled = " ".join(filter(None, (person.get("given_names"), *person.get("surnames", ()))))
    written = filter(None, (person.get("name"), spelled, *person.get("aliases", ())))
    return [name for name in dict.fromkeys(written) if not TOKEN.search(name)]


def person_numbers(person: dict[str, Any]) -> list[str]:
    """Every number that a person of an event carries."""
    numbers = [identifier["value"] for identifier in person.get("identifiers", ())]
    phones = [phone.get(field) for phone in person.get("phones", ()) for field in ("number", "imei")]
    return [*numbers, *filter(None, phones)]


def name_words(name: str) -> list[str]:
    """The words of a name that may give somebody away, folded: "Ana de la Cruz" -> ana, cruz."""
    words = fold_words(name)
    return [word for word in words if word not in PARTICLES and len(word) > 1][:_MOST_WORDS] or words[:_MOST_WORDS]


def number_forms(joined: str) -> tuple[str, ...]:
    """A number, and its national part where it may begin with a country's code; none if it is too short to tell."""
    if len(joined) < SHORTEST_NUMBER:
        return ()
    if joined.isdigit() and len(joined) > _NATIONAL_DIGITS:
        return joined, joined[-_NATIONAL_DIGITS:]
    return (joined,)


def make_shield(key: TokenKey, scope: str, names: Iterable[str], numbers: Iterable[str] = ()) -> Shield | None:
    """The shield of one person; None where nothing is known that could give them away."""
    spelled = [words for name in names if (words := name_words(name))]
    joined = [form for number in numbers for form in number_forms("".join(fold_words(number)))]
    if not spelled and not joined:
        return None
    # The longest name stands for the person, so that an alias more or less gives the same token.
    longest = max(spelled, key=lambda words: (len(words), words)) if spelled else joined[:1]
    token = key.token(scope, " ".join(longest))
    return {
        "key": key.id,
        "token": token,
        "words": _signed(key, scope, "word", (word for words in spelled for word in words)),
        "pairs": _signed(key, scope, "pair", (pair for words in spelled for pair in _pairs(words))),
        "whole": _signed(key, scope, "whole", (words[0] for words in spelled if len(words) == 1)),
        "joined": _signed(key, scope, "joined", (run for words in spelled for run in _joined(words))),
        "numbers": _signed(key, scope, "number", joined),
    }


def join_shields(held: Iterable[Shield], new: Iterable[Shield]) -> list[Shield]:
    """The shields of both, each once, in a fixed order."""
    distinct = {(shield["token"], *shield["words"], *shield["numbers"]): shield for shield in (*held, *new)}
    return [distinct[key] for key in sorted(distinct)]


def _signed(key: TokenKey, scope: str, kind: str, texts: Iterable[str]) -> list[str]:
    return sorted({key.sign(scope, kind, text) for text in texts})


def _pairs(words: list[str]) -> Iterator[str]:
    for left, right in combinations(sorted(set(words)), 2):
        yield f"{left} {right}"


def _joined(words: list[str]) -> Iterator[str]:
    """Two words of a name run together, as in addresses and handles: anaficticia, ficticiaana."""
    for left, right in permutations(dict.fromkeys(words), 2):
        yield left + right


class _Signed(NamedTuple):
    """Hash -> token, for the shields that one key made."""

    key: TokenKey
    words: dict[str, str]
    pairs: dict[str, str]
    whole: dict[str, str]
    joined: dict[str, str]
    numbers: dict[str, str]


class Guard:
    """Holds words, names and numbers of one report against its shields; each answer is a token or None.

    `blind` is true where a shield was made by a key that is gone: then nothing can be told, and the caller must take
    everybody for protected.
    """

    def __init__(self, keys: TokenKeys, scope: str, shields: Iterable[Shield]) -> None:
        self._scope = scope
        self._signed: dict[str, _Signed] = {}
        self.blind = False
        for shield in shields:
            key = keys.find(shield["key"])
            if key is None:
                self.blind = True
                continue
            signed = self._signed.setdefault(key.id, _Signed(key, {}, {}, {}, {}, {}))
            for kind in ("words", "pairs", "whole", "joined", "numbers"):
                table: dict[str, str] = getattr(signed, kind)
                for value in shield[kind]:
                    table.setdefault(value, shield["token"])
        self._seen: dict[str, str | None] = {}

    def word(self, folded: str) -> str | None:
        """The token of whom this word is part of the name of."""
        if folded not in self._seen:
            self._seen[folded] = self._find("word", folded)
        return self._seen[folded]

    def pair(self, left: str, right: str) -> str | None:
        """The token of whom these two words, in any order, are part of the name of."""
        if left == right or self.word(left) is None or self.word(right) is None:
            return None
        return self._find("pair", f"{left} {right}" if left < right else f"{right} {left}")

    def joined(self, folded: str) -> str | None:
        """The token of whom a long run of letters belongs to, two words of the name written as one."""
        return self._find("joined", folded) if len(folded) >= _SHORTEST_JOINED else None

    def name(self, written: str) -> str | None:
        """The token of whom a name belongs to: two words in common, or the whole of a name of one word."""
        words = name_words(written)
        for left, right in combinations(dict.fromkeys(words), 2):
            if (token := self.pair(left, right)) is not None:
                return token
        return self._find("whole", words[0]) if len(words) == 1 and self.word(words[0]) else None

    def number(self, joined: str) -> str | None:
        """The token of whom a number, folded and without blanks, belongs to."""
        for form in number_forms(joined):
            if (token := self._find("number", form)) is not None:
                return token
        return None

    def _find(self, kind: str, text: str) -> str | None:
        table = kind if kind in {"whole", "joined"} else f"{kind}s"
        for signed in self._signed.values():
            token: str | None = getattr(signed, table).get(signed.key.sign(self._scope, kind, text))
            if token is not None:
                return token
        return None
