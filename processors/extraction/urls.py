"""The canonical form of a web address, so that one page has one address."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

__all__ = ["canonical_url"]

# What campaigns, social networks and newsletters add to a link: the common ones, compiled by hand.
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "li_fat_id",
        "igshid", "igsh", "mc_cid", "mc_eid", "yclid", "_openstat", "vero_id", "wickedid",
        "oly_anon_id", "oly_enc_id", "_hsenc", "_hsmi", "mkt_tok", "ref", "ref_src", "ref_url",
        "referrer", "source", "src", "cmpid", "cid", "ncid", "ocid", "smid", "smtyp", "share",
        "amp", "output", "outputtype", "xtor", "s_cid", "__twitter_impression",
    }
)  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "hsa_", "pk_", "mtm_", "matomo_", "at_", "ga_", "stm_")
_FRONT = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_AMP = re.compile(r"/(?:amp|index\.(?:html?|php))$", re.IGNORECASE)


def canonical_url(url: str) -> str | None:
    """Host, path and telling parameters of a page: no scheme, `www.`, tracking, fragment; `None` for a front page.

    `https://www.news.example/a/?utm_source=x#top` is `news.example/a`. Canonical addresses stay as they are. What can't
    be read as an address gives `None`.
    """
    try:
        return _canonical(url.strip())
    except ValueError:  # also of characters that no address may hold
        return None


def _canonical(url: str) -> str | None:
    parts = urlsplit(url if _SCHEME.match(url) else f"https://{url}")
    port, host = parts.port, (parts.hostname or "").rstrip(".")
    while (shorter := _FRONT.sub("", host)) != host:
        host = shorter
    if "." not in host or host.startswith("."):
        return None
    path, query = _path_of(parts), _query_of(parts)
    if not path and not query:
        return None
    return f"{host}{'' if port in (None, 80, 443) else f':{port}'}{path}{'?' if query else ''}{query}"


def _path_of(parts: SplitResult) -> str:
    path = re.sub(r"//+", "/", parts.path).rstrip("/ ")
    while (shorter := _AMP.sub("", path).rstrip("/ ")) != path:
        path = shorter
    return path


def _query_of(parts: SplitResult) -> str:
    told = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    return urlencode(sorted(told))
