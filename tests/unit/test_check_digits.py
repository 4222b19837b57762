"""Check digits by published examples, and what a changed digit does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.reference.check_digits import hold_check_digits
from processors.reference.wallets import read_wallet

VALID = [
    ("vin", "1M8GDM9AXKP042788"),  # the worked example of 49 CFR 565 that NHTSA's guides use
    ("vin", "11111111111111111"),  # the test value of check digit routines: every weight counts
    ("vin", "5GZCZ43D13S812715"),  # the example of ISO 3779's description in Wikipedia
    ("curp", "BOXW310820HNERXN09"),  # RENAPO's sample, in the documentation of python-stdnum
    ("curp", "HEGG560427MVZRRL04"),  # Wikipedia: Gloria Hernández García, an invented person
    ("rfc", "GODE561231GR8"),  # SAT's sample of a person, in the documentation of python-stdnum
    ("rfc", "MAB9307148T4"),  # SAT's sample of a company
    ("clabe", "032180000118359719"),  # the worked example of Wikipedia's article on the CLABE
    ("iban", "GB33BUKB20201555555555"),  # IBAN registry (SWIFT)
    ("iban", "DE89370400440532013000"),  # IBAN registry
    ("iban", "ES9121000418450200051332"),  # IBAN registry
    ("imei", "490154203237518"),  # GSMA TS.06 and Wikipedia: 49-015420-323751-8
    ("container", "CSQU3054383"),  # ISO 6346, the example of BIC
    ("container", "TOLU4734787"),  # Wikipedia on ISO 6346
    ("vessel", "IMO9074729"),  # the example of the IMO number scheme in Wikipedia
    ("wallet", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),  # Bitcoin wiki, Address: pay to pubkey hash
    ("wallet", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),  # Bitcoin wiki, Address: pay to script hash
    ("wallet", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),  # BIP-173
    ("wallet", "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y"),  # BIP-350
    ("wallet", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),  # BIP-350
    ("wallet", "BC1SW50QGDZ25J"),  # BIP-350, witness version 16
    ("wallet", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),  # EIP-55
    ("wallet", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),  # EIP-55
    ("wallet", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),  # EIP-55
    ("wallet", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"),  # EIP-55
    ("wallet", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),  # the contract of USDT, which Tether publishes
]
INVALID = [
    ("vin", "1M8GDM9A1KP042788"),
    ("vin", "1M8GDM9AXKP04278O"),  # no VIN has the letter O
    ("curp", "BOXW310820HNERXN08"),
    ("curp", "BOXW311320HNERXN09"),  # the thirteenth month
    ("curp", "BOXW310820HXXRXN09"),  # no such state
    ("rfc", "GODE561231GR7"),
    ("rfc", "GODE561331GR8"),
    ("clabe", "032180000118359718"),
    ("iban", "DE88370400440532013000"),
    ("iban", "ZZ89370400440532013000"),
    ("imei", "490154203237517"),
    ("container", "CSQU3054384"),
    ("vessel", "IMO9074728"),
    ("wallet", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"),
    ("wallet", "11BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),  # one 1 too many in front
    ("wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"),  # BIP-173, invalid checksum
    ("wallet", "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P"),  # BIP-173, invalid program length
    ("wallet", "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4"),  # BIP-350, invalid character
    ("wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh"),  # BIP-350: bech32m where bech32 is due
    ("wallet", "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ("wallet", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"),
]
UNKNOWN = [
    ("vin", "WVWZZZ1JZXW000001"),  # Europe: no check digit is due
    ("vin", "KFX41070"),  # older than the standard
    ("imei", "49015420323751"),  # without its check digit
    ("imei", "4901542032375101"),  # with a software version instead
    ("vessel", "TX1234AB"),
    ("wallet", "0x52908400098527886E0F7030069857D2E4169EE7"),  # EIP-55: all capitals carry no checksum
    ("wallet", "0xde709f2102306220921060314715629080e2fb77"),  # EIP-55: all small
    ("wallet", "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d"),  # another network
    ("plate", "XGT482C"),
    ("phone", "+19565550142"),
]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [(*one, True) for one in VALID] + [(*one, False) for one in INVALID] + [(*one, None) for one in UNKNOWN],
)
def test_published_examples(kind: str, value: str, expected: bool | None) -> None:
    assert hold_check_digits(kind, value, value) is expected


@pytest.mark.parametrize(
    ("written", "network", "value"),
    [
        ("BC1SW50QGDZ25J", "BTC", "bc1sw50qgdz25j"),
        ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "BTC", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TRON", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
        ("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", "ETH", "0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb"),
    ],
)
def test_a_wallet_says_its_network_and_has_one_spelling(written: str, network: str, value: str) -> None:
    assert read_wallet(written) == (network, value, True)


@pytest.mark.parametrize("written", ["", "1", "0x12", "bc1", "bc1gmk9yu", "T" * 33, "1O" + "a" * 30, "0x" + "g" * 40])
def test_what_has_no_form_of_a_wallet_is_none(written: str) -> None:
    assert read_wallet(written) is None


# The weights of CURP, IMO, VIN and ISO 6346 let some slips pass; those of the others catch every single digit.
@given(st.sampled_from([one for one in VALID if one[0] in {"clabe", "iban", "imei", "wallet"}]), st.data())
def test_one_other_digit_never_passes(one: tuple[str, str], data: st.DataObject) -> None:
    kind, value = one
    place = data.draw(st.sampled_from([at for at, sign in enumerate(value) if sign.isdecimal() and at > 1]))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {value[place]})))
    changed = value[:place] + other + value[place + 1 :]
    assert hold_check_digits(kind, changed, changed) is not True


@given(st.sampled_from(sorted({kind for kind, _ in VALID})), st.text(max_size=50))
def test_no_text_crashes_a_check(kind: str, value: str) -> None:
    assert hold_check_digits(kind, value, value) in {True, False, None}
