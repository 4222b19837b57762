"""The oracle: what stands for a set of records, worked out at once and as plainly as can be.

It shares with the stage what is decided about one subscription and one record, and nothing of how subscriptions are
found, how versions follow each other, or what is remembered.
"""

from collections.abc import Iterable, Mapping, Sequence

from processors.alerting.conditions import find_reasons
from processors.alerting.documents import Content, describe
from processors.alerting.matching import is_wanted
from processors.alerting.subjects import Subject, read_network, read_report
from processors.alerting.subscriptions import Subscriber
from streams.parsing import canonical_json

__all__ = ["standing"]


def standing(
    records: Iterable[Mapping[str, object]], subscribers: Sequence[Subscriber], view: str
) -> dict[str, Content]:
    """The standing alerts of all records of a view together, by alert id, without their history.

    `records` are enriched reports and networks, told apart by their fields; any order, duplicates included.
    """
    newest: dict[tuple[str, str], Subject] = {}
    for record in records:
        read = read_report if "report_id" in record else read_network
        subject = read(canonical_json(record))
        at = subject.on, subject.about["id"]
        held = newest.get(at)
        # The highest version, and of its copies the one received first.
        if held is None or (-subject.version, subject.received) < (-held.version, held.received):
            newest[at] = subject
    found: dict[str, Content] = {}
    for subject in newest.values():
        for subscriber in subscribers:
            for one in subscriber.subscriptions:
                if not subject.live or subscriber.view != view or one.on != subject.on or not is_wanted(one, subject):
                    continue
                met = find_reasons(one.filter, subject)
                if met is not None:
                    content = describe(view, subscriber, one, subject, *met)
                    found[str(content["id"])] = content
    return found
