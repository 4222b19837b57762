"""People and things of the story as contract fields. Everyone is invented and carries a surname that says so."""

from typing import Any

from deploy.demo.story.marks import Json, Mark, mark, strip_marks

__all__ = ["person", "plate", "protected", "subject", "text", "vehicle"]

_LINKING_BASES = {"certified_suspicion", "charged", "convicted"}


def text(words: str, language: str) -> Json:
    """A narrative that says that it is fictional."""
    sign = "(fictional)" if language.startswith("en") else "(ficticio)"
    return {"text": f"{words} {sign}", "language": language}


def person(name: str, role: str, basis: str = "mentioned", **more: Any) -> Json:
    """A person in one subject role; whoever is only mentioned, or cleared, lends no identifier to any link."""
    found: Json = {"name": name, "roles": [role], "basis": basis, **more}
    if basis in _LINKING_BASES:
        found.setdefault("review_date", "2026-12-31")
        return found
    stripped: Json = strip_marks(found)
    return stripped


def subject(given: str, *surnames: str, role: str = "suspect", basis: str = "certified_suspicion", **more: Any) -> Json:
    """A named subject, the name in its parts as Mexican records keep it."""
    found = person("x", role, basis, **more)
    return {"given_names": given, "surnames": list(surnames)} | {key: found[key] for key in found if key != "name"}


def protected(name: str, *roles: str, **more: Any) -> Json:
    """A protected person: the name and every number are markers that must not come out of intake."""
    found: Json = {"name": Mark(name, "protected", name), "roles": list(roles), **strip_marks(more, "protected")}
    return found


def plate(normal: str, written: str, state: str | None = None, country: str | None = None) -> Json:
    """A licence plate as one agency writes it."""
    found: Json = {"number": mark("plate", normal, written)}
    if state:
        found["state"] = state
    if country:
        found["country"] = country
    return found


def vehicle(
    make: str,
    model: str,
    colour: str,
    plates: list[Json] | None = None,
    vin: Mark | None = None,
    kind: str = "vehicle",
    seized: bool | None = None,
) -> Json:
    """A conveyance of the contract."""
    found: Json = {"kind": kind, "make": make, "model": model, "colour": colour}
    if plates:
        found["plates"] = plates
    if vin is not None:
        found["vin"] = vin
    if seized is not None:
        found["seized"] = seized
    return found
