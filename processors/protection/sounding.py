"""Other spellings of one word of a name: by ear, with one slip, as a diminutive."""

import re

__all__ = ["diminutives", "slips_of", "sound_of"]

_LEAST = 4
"""Letters of a word that may be misspelled; a shorter one with a slip is another word."""
_EAR = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu(?=[ei])|q|ck|c(?![eih])"), "k"),
    (re.compile(r"c(?=[ei])|z|x"), "s"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"m(?=[pb])"), "n"),
    (re.compile(r"(?<!c)h"), ""),
    (re.compile(r"y(?![aeou])"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def sound_of(word: str) -> str:
    """How a folded word sounds, so that Kintana is Quintana and Brissa is Brisa; empty for a short one."""
    if len(word) < _LEAST or not word.isalpha():
        return ""
    for pattern, put in _EAR:
        word = pattern.sub(put, word)
    return word


def slips_of(word: str) -> set[str]:
    """The word and what is left of it without one letter: two words with one of these in common are a slip apart."""
    if len(word) < _LEAST or not word.isalpha():
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def diminutives(word: str) -> tuple[str, ...]:
    """Familiar forms of a given name: Brisa, Brisita; Juan, Juanito."""
    if len(word) < _LEAST or not word.isalpha():
        return ()
    if word[-1] in "ao":
        stem = word[:-1]
        stem = stem[:-1] + "qu" if stem.endswith("c") else stem + "u" if stem.endswith("g") else stem
        return stem + "it" + word[-1], stem + "ill" + word[-1]
    if word[-1] == "e":
        return word + "cita", word + "cito"
    return word + "ita", word + "ito", word + "cita", word + "cito"
