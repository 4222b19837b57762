"""The keys by which protected people become tokens, and their rotation."""

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from streams.errors import PuenteError

__all__ = ["TOKEN", "TokenKey", "TokenKeyError", "TokenKeys", "parse_keys"]

_WRITTEN = re.compile(r"([a-z0-9]{1,8}):((?:[0-9a-f]{2}){16,64})")
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_TOKEN_LETTERS = 14
TOKEN = re.compile(r"\[P:[a-z0-9]{1,8}:[a-p]{14}\]")
"""A protected person as readers see them: `[P:k1:dhfkaobcpmelga]`; letters, so that nothing takes it for a number."""


class TokenKeyError(PuenteError):
    """The keys can't be read."""


class TokenKey(NamedTuple):
    """One secret; `id` stands in every token that it made."""

    id: str
    secret: bytes

    def sign(self, scope: str, kind: str, text: str, size: int = 8) -> str:
        """Keyed hash (BLAKE2b) of `text` in hex; `scope` is the report, so that no two reports share a token."""
        mac = hashlib.blake2b(key=self.secret, digest_size=size)
        mac.update(f"{kind}\0{scope}\0{text}".encode())
        return mac.hexdigest()

    def token(self, scope: str, name: str) -> str:
        """The token of the person called `name` (folded) in the report `scope`."""
        return f"[P:{self.id}:{self.sign(scope, 'person', name).translate(_LETTERS)[:_TOKEN_LETTERS]}]"


class TokenKeys:
    """The key that signs, and older ones that still recognise what they signed."""

    def __init__(self, keys: Sequence[TokenKey]) -> None:
        self.current = keys[0]
        self._by_id = {key.id: key for key in keys}

    def find(self, key_id: str) -> TokenKey | None:
        """The key of that id, or None where it was given up."""
        return self._by_id.get(key_id)


def parse_keys(written: str) -> TokenKeys:
    """`k2:<hex>,k1:<hex>`, newest first; raises `TokenKeyError`, which never repeats what was written."""
    keys = []
    for part in written.split(","):
        match = _WRITTEN.fullmatch(part.strip())
        if match is None:
            raise TokenKeyError(
                "A token key must be an id of up to 8 small letters and digits, a colon, and 32 to 128 hexadecimal "
                "digits: make one with python3 -c \"import secrets; print('k1:' + secrets.token_hex(32))\"."
            )
        keys.append(TokenKey(match[1], bytes.fromhex(match[2])))
    if len({key.id for key in keys}) < len(keys):
        raise TokenKeyError("Two token keys have one id: give each its own.")
    return TokenKeys(keys)
