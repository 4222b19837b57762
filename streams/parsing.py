"""From bytes to an event, or to the reasons why not. The publisher and the enrichment stage use the same door."""

import json
import math
import re
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from streams.contracts import EVENT_TYPES, AnyEvent, NewsItem
from streams.door import refuse_confidential
from streams.refusals import REASONS, Reason, Refused, make_reason

__all__ = ["ParsedEvent", "canonical_json", "encode_event", "encode_tree", "parse_event", "read_object"]

# orjson writes NUL as \u0000 and all above ASCII as itself; U+202A-202E and U+2066-2069 reorder what people read.
_BIDI = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
_CONTROL = re.compile("[\x00\u202a-\u202e\u2066-\u2069]")


class ParsedEvent(NamedTuple):
    """A valid event with its canonical body (keys sorted, no white space), which identity hashes; `tree` is that body
    read.
    """

    event: AnyEvent
    canonical: bytes
    tree: dict[str, Any]


def canonical_json(tree: object) -> bytes:
    """One spelling of a JSON value: keys sorted, no white space, UTF-8."""
    return orjson.dumps(tree, option=orjson.OPT_SORT_KEYS)


def encode_event(event: AnyEvent) -> bytes:
    """The body of an event as it travels: canonical JSON of the fields that were set."""
    return canonical_json(event.model_dump(mode="json", exclude_unset=True, exclude_none=True))


def encode_tree(tree: object) -> bytes:
    """The body of an event given as a dictionary; raises `Refused` if JSON can't carry it (NaN, sets, bytes ...)."""
    try:
        body = canonical_json(tree)
    except TypeError:  # orjson's error for a foreign type, an integer over 64 bits, a lone surrogate, a circle
        raise Refused.because("not_json") from None
    # orjson writes NaN and infinities as null.
    if b"null" in body and _has_non_finite(tree):
        raise Refused.because("not_json")
    return body


def _has_non_finite(tree: object) -> bool:
    if isinstance(tree, float):
        return not math.isfinite(tree)
    if isinstance(tree, dict):
        return any(_has_non_finite(part) for part in tree.values())
    if isinstance(tree, list | tuple):
        return any(_has_non_finite(part) for part in tree)
    return False


def parse_event(event_type: str, body: bytes | None, *, limit: int) -> ParsedEvent:
    """Parse and validate a body of at most `limit` bytes; raises `Refused` with every reason that can be given.

    orjson refuses NaN, infinities, lone surrogates, bad UTF-8 and depth over 1,024, but takes duplicate keys, NUL and
    bidirectional controls: those are looked for here.
    """
    model = EVENT_TYPES.get(event_type)
    if model is None:
        raise Refused.because("unknown_type", field="ce_type")
    if not body:
        raise Refused.because("empty_value")
    if len(body) > limit:
        raise Refused.because("event_too_large", limit=limit)
    tree, canonical = read_object(body)
    try:
        # What `model_validate_json` calls, after some questions about its own options.
        event: AnyEvent = model.__pydantic_validator__.validate_json(canonical)
    except ValidationError as error:
        raise Refused(explain_validation(error)) from None
    refuse_confidential(tree, canonical, news=model is NewsItem)
    # Through the class itself it takes five times as long in compiled code.
    return tuple.__new__(ParsedEvent, (event, canonical, tree))


def read_object(body: bytes) -> tuple[dict[str, Any], bytes]:
    """The JSON object in a body, and its canonical form; raises `Refused` if it is not exactly one sound object."""
    try:
        tree = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        try:
            body.decode()
        except UnicodeDecodeError:
            raise Refused.because("invalid_utf8") from None
        raise Refused.because("invalid_json", position=error.pos) from None
    if not isinstance(tree, dict):
        raise Refused.because("not_an_object")
    try:
        canonical = canonical_json(tree)
    except orjson.JSONEncodeError:  # orjson reads 1,024 levels and writes 254
        raise Refused.because("too_deep") from None
    # Our own clients send the canonical form, which repeats no key.
    if body != canonical and _may_repeat_keys(body, canonical) and _has_duplicate_keys(body):
        raise Refused.because("duplicate_key")
    # One byte is found in a tenth of the time of two, and most bodies hold neither.
    has_nul = b"\\" in canonical and b"\\u0000" in canonical
    if (has_nul or (b"\xe2" in canonical and _BIDI.search(canonical))) and _has_control(tree):
        raise Refused.because("control_character")
    return tree, canonical


def _may_repeat_keys(body: bytes, canonical: bytes) -> bool:
    """Whether a key may have been dropped: each string has two quotes, and the canonical form keeps one key of two."""
    if b"\\" not in body:
        return body.count(b'"') != canonical.count(b'"')
    if b"\\\\" in body or b"\\u" in body:
        return True  # escapes that this count can't tell apart
    return _count_quotes(body) != _count_quotes(canonical)


def _count_quotes(body: bytes) -> int:
    return body.count(b'"') - body.count(b'\\"')


def _has_duplicate_keys(body: bytes) -> bool:
    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        tree = dict(pairs)
        if len(tree) != len(pairs):
            raise _DuplicateKeyError
        return tree

    try:
        # Numbers stay text: Python would refuse to read a whole number of more than 4,300 digits.
        json.loads(body, object_pairs_hook=check, parse_int=str, parse_float=str)
    except _DuplicateKeyError:
        return True
    return False


class _DuplicateKeyError(Exception):
    pass


def _has_control(tree: object) -> bool:
    if isinstance(tree, str):
        return _CONTROL.search(tree) is not None
    if isinstance(tree, dict):
        return any(_has_control(part) for pair in tree.items() for part in pair)
    if isinstance(tree, list):
        return any(_has_control(part) for part in tree)
    return False


_TYPE_NAMES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dict_type": "an object",
}
_BOUNDS = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most"),
           "greater_than": ("gt", "more than"), "less_than": ("lt", "less than")}  # fmt: skip
_MAX_REASONS = 20


def explain_validation(error: ValidationError) -> tuple[Reason, ...]:
    """The reasons behind a pydantic error, at most 20, without any of the values."""
    details = error.errors(include_url=False, include_input=False)
    return tuple(_explain(detail) for detail in details[:_MAX_REASONS])


def _explain(detail: Any) -> Reason:
    kind: str = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    field = _path(detail["loc"])
    if kind in {"missing", "union_tag_not_found"}:
        return make_reason("missing_field", field=field if kind == "missing" else f"{field}.kind")
    if kind == "extra_forbidden":
        # A key that no contract has may be data (`Maria_Lopez`): where it stands is told, never the key.
        return make_reason("unknown_field", field=_path((*detail["loc"][:-1], "?")))
    if kind == "json_invalid":  # the body is valid JSON by now: pydantic's parser stops at 200 levels
        return make_reason("too_deep")
    if kind in _TYPE_NAMES:
        return make_reason("wrong_type", field=field, expected=_TYPE_NAMES[kind])
    if kind in {"literal_error", "union_tag_invalid"}:
        return make_reason("not_allowed", field=field, expected=context.get("expected") or context["expected_tags"])
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return make_reason("out_of_range", field=field, expected=f"{words} {context[name]}")
    if kind == "finite_number":
        return make_reason("not_a_number", field=field)
    if kind == "string_too_long":
        return make_reason("too_long", field=field, expected=f"{context['max_length']} characters")
    if kind == "too_long":
        return make_reason("too_many", field=field, expected=str(context["max_length"]))
    if kind in {"string_too_short", "too_short"}:
        return make_reason("too_short", field=field)
    if kind == "string_pattern_mismatch":
        return make_reason("bad_format", field=field)
    if kind == "value_error" and str(context.get("error")) in REASONS:
        return make_reason(str(context["error"]), field=field)
    return make_reason("invalid_field", field=field)


def _path(location: tuple[int | str, ...]) -> str:
    """`items[0].quantity.value`; pydantic puts a union's tag behind the index, which is no field."""
    path, after_index = "", False
    for part in location:
        if isinstance(part, int):
            path, after_index = f"{path}[{part}]", True
            continue
        if after_index and path.startswith("items[") and path.count(".") == 0:
            after_index = False
            continue
        path, after_index = f"{path}.{part}" if path else part, False
    return path
