"""Addresses of wallets: of which network one is, and whether its checksum holds; the only file that hashes them.

python-stdnum's bitcoin module is left aside: it knows no bech32m, so that it refuses every taproot address.
"""

from hashlib import sha256
from typing import NamedTuple

from Crypto.Hash import keccak

__all__ = ["Wallet", "read_wallet"]

_BASE58 = {sign: value for value, sign in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
_BECH32 = {sign: value for value, sign in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_HEX = frozenset("0123456789abcdefABCDEF")
_VERSIONS = {"1": ("BTC", 0x00), "3": ("BTC", 0x05), "T": ("TRON", 0x41)}
_BECH32_TAILS = {1: "bech32", 0x2BC830A3: "bech32m"}


class Wallet(NamedTuple):
    """`value` is the address in its normal form; `checked` is None where the address carries no checksum."""

    network: str
    value: str
    checked: bool | None


def read_wallet(written: str) -> Wallet | None:
    """The address as a wallet of BTC, ETH or TRON by its form, or None for any other; tokens like USDT live on these.

    Small letters for bech32 (BIP-173) and for hexadecimal addresses, whose capitals are a checksum (EIP-55); base58
    tells capitals from small letters and stays as written.
    """
    if written[:2] in {"0x", "0X"}:
        return _read_ethereum(written[2:])
    if written[:3].lower() == "bc1":
        return Wallet("BTC", written.lower(), _is_bech32(written)) if 14 <= len(written) <= 90 else None
    network, version = _VERSIONS.get(written[:1], ("", 0))
    # Tron's addresses have 34 signs; Bitcoin's 26 to 35. Longer ones are of other networks (Solana: 43 or 44).
    if not network or not (len(written) == 34 if network == "TRON" else 26 <= len(written) <= 35):
        return None
    if not _BASE58.keys() >= set(written):
        return None
    return Wallet(network, written, _is_base58check(written, version))


def _read_ethereum(digits: str) -> Wallet | None:
    if len(digits) != 40 or not _HEX.issuperset(digits):
        return None
    value = digits.lower()
    checked = None if digits in {value, digits.upper()} else digits == _capitalise(value)
    return Wallet("ETH", f"0x{value}", checked)


def _capitalise(value: str) -> str:
    """EIP-55: a letter is a capital where the digit of the hash of the whole is 8 or more."""
    hashed = keccak.new(digest_bits=256, data=value.encode()).hexdigest()
    return "".join(sign.upper() if int(digit, 16) >= 8 else sign for sign, digit in zip(value, hashed, strict=False))


def _is_base58check(written: str, version: int) -> bool:
    number = 0
    for sign in written:
        number = number * 58 + _BASE58[sign]
    if number >= 1 << 200:
        return False
    raw = number.to_bytes(25, "big")
    # Each zero byte in front is written as a 1, no more and no fewer.
    zeros, ones = 25 - len(raw.lstrip(b"\0")), len(written) - len(written.lstrip("1"))
    return raw[0] == version and zeros == ones and sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def _is_bech32(written: str) -> bool:
    """BIP-173 and, from witness version 1 on, BIP-350."""
    data = [_BECH32.get(sign, -1) for sign in written.lower()[3:]]
    if -1 in data or written not in {written.lower(), written.upper()}:
        return False
    kind = _BECH32_TAILS.get(_polymod([3, 3, 0, 2, 3, *data]))
    version, program = data[0], data[1:-6]
    size, rest = divmod(len(program) * 5, 8)
    padding = program[-1] & ((1 << rest) - 1) if program else 0
    return (
        kind == ("bech32m" if version else "bech32")
        and version <= 16
        and (2 <= size <= 40 if version else size in {20, 32})
        and rest < 5
        and not padding
    )


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> place & 1:
                check ^= generator
    return check
