"""What an analyst does with a link: say what they judge of it, or take that back."""

from typing import NamedTuple

from deploy.describing import plain
from deploy.explaining_judgements import explain_judged, tell_judge
from deploy.explaining_words import KINDS, Lang, say
from deploy.logins import login_name
from processors.correlation.judgements import declares_people_the_same, evidence_of_reasons
from streams.contracts.judgement import Judgement
from streams.errors import PuenteError
from streams.judgements import KnownBy, Said
from streams.judging import JudgementReceipt, make_judgement
from streams.links import LinkDocument

__all__ = ["Judge", "JudgingError", "confirm_judgement", "find_judge", "list_judgements", "outline", "write_judgement"]


class JudgingError(PuenteError):
    """The link can't be judged as it stands."""


class Judge(NamedTuple):
    """Who judges, and how that is known."""

    name: str
    known_by: KnownBy


def find_judge(principal: str | None) -> Judge:
    """Who judges: the principal under which the broker lets this process in, else the user who runs it."""
    return Judge(login_name(), "login") if principal is None else Judge(principal, "principal")


def write_judgement(link: LinkDocument, view: str, said: Said, why: str, judge: Judge) -> Judgement:
    """The judgement of a link as the index has it.

    Of a withdrawn link one can only take back what one said: it holds for the two reports, and would count again as
    soon as something links them. Raises `JudgingError`, and `Refused` with every reason if the text is none.
    """
    if link["state"] != "live" and said != "withdrawn":
        raise JudgingError(
            f"Link {link['id']} was withdrawn: a record was corrected or retracted, or what both share turned out to "
            "be common, so there is nothing to judge."
        )
    return make_judgement(
        {
            "link": link["id"],
            "left": link["left"],
            "right": link["right"],
            "view": view,
            "said": said,
            "why": why,
            "judge": judge.name,
            "known_by": judge.known_by,
        }
    )


def outline(link: LinkDocument, lang: Lang = "en") -> list[str]:
    """What a link is about: whose reports, how strong, and the reasons in a sentence each."""
    lines = [say("link", lang, id=link["id"])]
    if link["state"] != "live":
        return [*lines, say("link_withdrawn", lang)]
    if link.get("exercise"):
        lines.append(say("exercise", lang))
    for side, report in zip("AB", link.get("reports", []), strict=False):
        kind = KINDS[report["kind"]][lang == "es"] if report["kind"] in KINDS else report["kind"]
        named = say("record", lang, side=side, agency=report["agency"], report_id=report["report_id"], kind=kind)
        lines.append(f"  {named}")
    for reason in link.get("reasons", []):
        against = f"{say('against', lang)} " if reason["weight"] < 0 else ""
        lines.append(f"  {against}{reason['sentence_es'] if lang == 'es' else reason['sentence_en']}")
    return [plain(line) for line in lines]


def list_judgements(link: LinkDocument, lang: Lang = "en") -> list[str]:
    """The judgements that stand on a link."""
    if "judged" not in link:
        return [say("judged_not", lang)]
    return explain_judged(link["judged"], lang)


def confirm_judgement(
    link: LinkDocument, judgement: Judgement, receipt: JudgementReceipt, lang: Lang = "en"
) -> list[str]:
    """What was written, where it lies, and what follows from it."""
    who = tell_judge(judgement.judge, judgement.known_by, lang)
    said = say(f"said_{judgement.said}", lang)
    lines = [plain(say("judged_now", lang, who=who, said=said, why=judgement.why))]
    lines.append(say("receipt", lang, at=f"{receipt.topic}[{receipt.partition}]@{receipt.offset}"))
    if judgement.said == "same" and declares_people_the_same(evidence_of_reasons(link.get("reasons", []))):
        lines.append(say("two_needed", lang))
    return [*lines, say("ask_again", lang, id=link["id"][:12])]
