"""The token key of one machine, for a laptop, the demo and tests: made at random, kept in a file for its user alone."""

import os
import secrets
from pathlib import Path

from processors.protection.keys import TokenKeyError

__all__ = ["machine_keys"]

_NAME = "token-keys"


def machine_keys(folder: Path) -> str:
    """What stands in `<folder>/token-keys`; it is made where it lacks, once, however many workers start together."""
    path = folder / _NAME
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenKeyError(
            f"The token keys in {path} can't be read: set PUENTE_TOKEN_KEYS or mend the file."
        ) from error


def _make(path: Path) -> None:
    draft = path.with_name(f"{_NAME}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"m1:{secrets.token_hex(32)}\n")
    try:
        os.link(draft, path)  # unlike a rename, this fails if another worker was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
