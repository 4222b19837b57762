"""What analysts judge of links: the records on `facts.<view>`, and what a link's document shows of them.

An analyst says of a link that both reports are of the `same` matter, or of `different` ones, or takes back what they
said (`withdrawn`). The event that says so lies on `judgements` (`streams.contracts.judgement`); what the correlation of
a view reads of it is a `JudgementRecord`.
"""

from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

__all__ = [
    "JUDGEMENT_TYPE",
    "JudgementRecord",
    "KnownBy",
    "LinkJudgement",
    "Said",
    "ShownJudgement",
    "Verdict",
    "judgement_key",
]

JUDGEMENT_TYPE: Final = "puente.judgement.v1"
"""The CloudEvents type of a judgement."""

Verdict = Literal["same", "different"]
"""What holds of a link: `same` joins its reports, `different` keeps them apart."""
Said = Literal["same", "different", "withdrawn"]
"""What one judge says; `withdrawn` takes back whatever that judge said before."""
KnownBy = Literal["login", "principal"]
"""How the judge was known: by the operating system's login, or by the principal that the broker let in."""


class JudgementRecord(TypedDict):
    """What one judge says of one link, for correlation; `kind` tells it from a comparison record.

    `id` is its key, `judgement/<link>/<judge>`. Of one id the record with the highest (`received`, `event_id`) counts,
    whatever the order of arrival. `left` < `right` are the document ids of the reports, `received` is when the broker
    appended the event (UTC), `judged_at` when the judge's machine sent it.
    """

    id: str
    kind: Literal["judgement"]
    link: str
    left: str
    right: str
    said: Said
    why: str
    judge: str
    known_by: KnownBy
    judged_at: str
    received: str
    event_id: str


class ShownJudgement(TypedDict):
    """One judge's standing judgement, as an analyst sees it; `received` is when the broker took it in (UTC)."""

    judge: str
    known_by: KnownBy
    said: Verdict
    why: str
    received: str


class LinkJudgement(TypedDict):
    """How a link was judged (`LinkDocument.judged`); a link on which no judgement stands has none.

    `verdict` is what holds, and missing where nothing holds yet. `disputed`: some say `same` and some `different`, so
    the verdict is `different`. `awaiting_second`: one judge says `same` of two people, which takes two. `judgements`
    are the standing ones, the last first; at most `MAX_SHOWN` (`processors.correlation.judgements`) of each side are
    listed, and `judgement_count` counts all.
    """

    verdict: NotRequired[Verdict]
    disputed: bool
    awaiting_second: bool
    judgements: list[ShownJudgement]
    judgement_count: int


def judgement_key(link: str, judge: str) -> str:
    """The key on `facts.<view>` of what `judge` says of `link`."""
    return f"judgement/{link}/{judge}"
