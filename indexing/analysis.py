"""How text becomes terms, in English and in Spanish; every step is one that Python can repeat.

A saved search must match alike in the stream and in the index, so the chain is: split at everything that is neither
letter, mark nor digit; lower-case; fold accents; cut to 200 characters; stem (Snowball, as PyStemmer has it). Stop
words go from the query alone, so that the index holds every word and phrases keep their distances. Synonyms are values
that the caller hands to a search (`indexing.query`), not settings: a new one needs no new index.
"""

from typing import Any

__all__ = ["ANALYSIS", "LONGEST_TERM", "STOP_WORDS", "TEXT", "WORD_SPLIT"]

WORD_SPLIT = r"[^\p{L}\p{M}\p{N}]+"
"""What stands between two words. Texts are in NFC before they are indexed (`indexing.documents`)."""

LONGEST_TERM = 200
"""Characters of a term. Lucene refuses a document whose term is over 32,766 bytes: one long blob would sink it."""

# Folded already, for they are compared behind the folding.
STOP_WORDS = (
    *("a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "was", "were", "with"),
    *("al", "con", "de", "del", "e", "el", "en", "fue", "la", "las", "los", "o", "para", "por", "que", "se", "su"),
    *("u", "un", "una", "y"),
)
"""Words of both languages that a query need not find."""

_FOLD = ["lowercase", "asciifolding", "cut"]


def _analyzer(tokenizer: str, *filters: str, char_filter: str | None = None) -> dict[str, Any]:
    analyzer: dict[str, Any] = {"type": "custom", "tokenizer": tokenizer, "filter": list(filters)}
    return analyzer if char_filter is None else {**analyzer, "char_filter": [char_filter]}


ANALYSIS: dict[str, Any] = {
    "char_filter": {
        "joined": {"type": "pattern_replace", "pattern": r"[^\p{L}\p{N}]+", "replacement": ""},
    },
    "tokenizer": {"words": {"type": "pattern", "pattern": WORD_SPLIT}},
    "filter": {
        "cut": {"type": "truncate", "length": LONGEST_TERM},
        "english": {"type": "snowball", "language": "English"},
        "spanish": {"type": "snowball", "language": "Spanish"},
        "stop_words": {"type": "stop", "stopwords": list(STOP_WORDS)},
    },
    "analyzer": {
        "folded": _analyzer("words", *_FOLD),
        "folded_query": _analyzer("words", *_FOLD, "stop_words"),
        "english": _analyzer("words", *_FOLD, "english"),
        "english_query": _analyzer("words", *_FOLD, "stop_words", "english"),
        "spanish": _analyzer("words", *_FOLD, "spanish"),
        "spanish_query": _analyzer("words", *_FOLD, "stop_words", "spanish"),
        # A plate, serial or docket number as one term without its dashes: "AB-12-345" and "ab12345" meet.
        "number": _analyzer("keyword", *_FOLD, char_filter="joined"),
        "number_query": _analyzer("keyword", *_FOLD, "stop_words", char_filter="joined"),
    },
    "normalizer": {"folded": {"type": "custom", "filter": ["lowercase", "asciifolding"]}},
}
"""The `analysis` settings of every index."""

TEXT: dict[str, Any] = {
    "type": "text",
    "analyzer": "folded",
    "search_analyzer": "folded_query",
    "fields": {
        "en": {"type": "text", "analyzer": "english", "search_analyzer": "english_query"},
        "es": {"type": "text", "analyzer": "spanish", "search_analyzer": "spanish_query"},
    },
}
"""The mapping of a text: unstemmed, and stemmed in both languages."""
