"""What analysts judged of a link, in plain words. Pure functions; each line is safe to print."""

from deploy.describing import plain, tell_instant
from deploy.explaining_words import Lang, say
from streams.judgements import LinkJudgement, ShownJudgement

__all__ = ["explain_judged", "tell_judge"]


def explain_judged(judged: LinkJudgement, lang: Lang = "en") -> list[str]:
    """The verdict that holds, or why none does, then who said what, when and why, the last first."""
    if judged["awaiting_second"]:
        name = "judged_awaiting"
    elif judged["disputed"]:
        name = "judged_disputed"
    else:
        name = f"judged_{judged['verdict']}"
    lines = [say(name, lang), *(f"  {_tell(one, lang)}" for one in judged["judgements"])]
    if more := judged["judgement_count"] - len(judged["judgements"]):
        lines.append(f"  {say('not_listed', lang, count=f'{more:,}')}")
    return [plain(line) for line in lines]


def tell_judge(judge: str, known_by: str, lang: Lang = "en") -> str:
    """A judge and how they were known: `ana (login)`."""
    return plain(say(f"judge_{known_by}", lang, judge=judge))


def _tell(one: ShownJudgement, lang: Lang) -> str:
    who, said = tell_judge(one["judge"], one["known_by"], lang), say(f"said_{one['said']}", lang)
    return say("judgement", lang, who=who, when=tell_instant(one["received"]), said=said, why=one["why"])
