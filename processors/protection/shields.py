"""Shields: what gives a protected person away, as keyed hashes, so that other revisions can be held against it.

A shield names nobody. Without the key it can't be tried out on a list of names, and it is bound to one report.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, permutations
from typing import Any, NamedTuple

from processors.extraction.people_words import TITLES
from processors.protection.keys import TOKEN, TokenKey, TokenKeys
from processors.protection.sounding import diminutives, slips_of, sound_of
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


def person_names(person: Mapping[str, Any]) -> list[str]:
    """Every name and alias of a person of an event, tokens left out."""
    spelled = " ".join(filter(None, (person.get("given_names"), *person.get("surnames", ()))))
    written = filter(None, (person.get("name"), spelled, *person.get("aliases", ())))
    return [name for name in dict.fromkeys(written) if not TOKEN.search(name)]


def person_numbers(person: Mapping[str, Any]) -> list[str]:
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


def make_shield(
    key: TokenKey,
    scope: str,
    names: Iterable[str],
    numbers: Iterable[str] = (),
    born: Iterable[str] = (),
    *,
    token: str | None = None,
    listed: bool = False,
) -> Shield | None:
    """The shield of one person; None where nothing is known that could give them away.

    `token` is given where the person has one already. Of somebody whom a record lists other spellings of the name are
    known too; of the many whom texts name they would cost too much.
    """
    spelled = [words for name in names if (words := name_words(name))]
    joined = [form for number in numbers for form in number_forms("".join(fold_words(number)))]
    days = sorted(born)
    if not spelled and not joined and not days:
        return None
    if token is None:
        # The longest name stands for the person, so that an alias more or less gives the same token.
        longest = max(spelled, key=lambda words: (len(words), words)) if spelled else (joined or days)[:1]
        token = key.token(scope, " ".join(longest))
    words = [word for words in spelled for word in words]
    familiar = [form for words in spelled for form in diminutives(words[0])] if listed else []
    shield: Shield = {
        "key": key.id,
        "token": token,
        "words": _signed(key, scope, "word", [*words, *familiar]),
        "pairs": _signed(key, scope, "pair", (pair for words in spelled for pair in _pairs(words))),
        "whole": _signed(key, scope, "whole", (words[0] for words in spelled if len(words) == 1)),
        "joined": _signed(key, scope, "joined", (run for words in spelled for run in _joined(words))),
        "numbers": _signed(key, scope, "number", joined),
        "given": _signed(key, scope, "given", (words[0] for words in spelled)),
    }
    if days:
        shield["born"] = _signed(key, scope, "born", days)
    if listed:
        shield["sounds"] = _signed(key, scope, "sound", filter(None, map(sound_of, words)))
        shield["slips"] = _signed(key, scope, "slip", (form for word in words for form in slips_of(word)))
    return shield


def join_shields(held: Iterable[Shield], new: Iterable[Shield]) -> list[Shield]:
    """The shields of both, each once, in a fixed order."""
    distinct = {
        (shield["token"], *shield["words"], *shield["numbers"], *shield.get("born", ())): shield
        for shield in (*held, *new)
    }
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


_TABLES = ("words", "pairs", "whole", "joined", "numbers", "given", "born", "sounds", "slips")


class _Signed(NamedTuple):
    """Table -> hash -> token, for the shields that one key made."""

    key: TokenKey
    tables: dict[str, dict[str, str]]


class Guard:
    """Holds words, names and numbers of one report against its shields; each answer is a token or None.

    `blind` is true where a shield was made by a key that is gone: then nothing can be told, and the caller must take
    everybody for protected.
    """

    def __init__(self, keys: TokenKeys, scope: str, shields: Iterable[Shield]) -> None:
        self._keys = keys
        self._scope = scope
        self._by_key: dict[str, _Signed] = {}
        self.blind = False
        self._seen: dict[str, str | None] = {}
        for shield in shields:
            self.add(shield)

    def add(self, shield: Shield) -> None:
        """Hold what comes against one more shield."""
        key = self._keys.find(shield["key"])
        if key is None:
            self.blind = True
            return
        signed = self._by_key.setdefault(key.id, _Signed(key, {table: {} for table in _TABLES}))
        for name, table in signed.tables.items():
            for value in shield.get(name, ()):  # type: ignore[attr-defined]
                table.setdefault(value, shield["token"])
        self._seen.clear()

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
        """The token of whom a name belongs to: two words in common, unless it begins with another given name, or a
        name of one word as a whole.
        """
        words = name_words(written)
        if len(words) == 1:
            return self._find("whole", words[0]) if self.word(words[0]) else None
        known = [word for word in dict.fromkeys(words) if self.word(word) is not None]
        for left, right in combinations(known, 2):
            if (token := self.pair(left, right)) is not None:
                # Relatives have their surnames in common; a title before the name is no given name.
                same = words[0] in known or words[0] in TITLES or not self._knows("given")
                return token if same or any(self._find("given", word) for word in known) else None
        return None

    def person(self, written: str) -> str | None:
        """The token of whom the name of a listed person may belong to: as `name`, or one that names somebody more fully
        or with a slip in a word.
        """
        if (token := self.name(written)) is not None:
            return token
        words = name_words(written)
        for word in words:
            if self.word(word) is not None and (token := self._find("whole", word)) is not None:
                return token
        if not self._knows("slips"):
            return None
        near: dict[str, int] = {}
        for at, word in enumerate(words):
            token = self.word(word) or self._near(word)
            if token is None:
                if at == 0 and word not in TITLES:
                    return None
                continue
            near[token] = near.get(token, 0) + 1
        return next((token for token, count in near.items() if count > 1), None)

    def _near(self, word: str) -> str | None:
        for form in sorted(slips_of(word)):
            if (token := self._find("slip", form)) is not None:
                return token
        return None

    def sound(self, folded: str) -> str | None:
        """The token of whom a word sounds like part of the name of."""
        sound = sound_of(folded)
        return self._find("sound", sound) if sound else None

    def born(self, days: Iterable[str]) -> str | None:
        """The token of whom one of these days is the date of birth of."""
        return next(filter(None, (self._find("born", day) for day in days)), None)

    def number(self, joined: str) -> str | None:
        """The token of whom a number, folded and without blanks, belongs to."""
        for form in number_forms(joined):
            if (token := self._find("number", form)) is not None:
                return token
        return None

    @property
    def has_sounds(self) -> bool:
        """Whether other spellings of somebody's name are known."""
        return self._knows("sounds")

    @property
    def has_numbers(self) -> bool:
        """Whether a number is known."""
        return self._knows("numbers")

    @property
    def has_born(self) -> bool:
        """Whether a date of birth is known."""
        return self._knows("born")

    def _knows(self, table: str) -> bool:
        return any(signed.tables[table] for signed in self._by_key.values())

    def _find(self, kind: str, text: str) -> str | None:
        table = kind if kind in _TABLES else f"{kind}s"
        for signed in self._by_key.values():
            held = signed.tables[table]
            if held and (token := held.get(signed.key.sign(self._scope, kind, text))) is not None:
                return token
        return None
