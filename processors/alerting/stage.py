"""The alert stage: renditions and networks of one view in, alerts of its subscribers out.

It remembers of each report and network the highest version and what stands there. So an older version changes nothing,
a replay writes nothing, and what stands is a function of the set of records, not of their order. Where one copy of a
record was enriched by two sets of rules the last one counts, and a replay may pass through the older one again.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import orjson

from processors.alerting.documents import Change, digest_content, tell, withdraw
from processors.alerting.matching import Matcher
from processors.alerting.subjects import Subject, read_network, read_report
from processors.alerting.subscriptions import Subscriber
from processors.faults import refuse_fault
from processors.stages import Emitted, Row, State
from streams.alerts import AlertDocument
from streams.parsing import canonical_json
from streams.records import Output, Record
from streams.topics import Topics

__all__ = ["AlertStage", "Held"]

Told = tuple[float, str]
"""Level and digest of an alert's content."""


class Held(NamedTuple):
    """What the state keeps of a subject: which version counts, and what stands there, by "subscriber/subscription"."""

    version: int
    received: str
    standing: dict[str, Told]

    @classmethod
    def load(cls, row: bytes | None) -> "Held | None":
        """What a state row holds, or None."""
        if row is None:
            return None
        version, received, *rest = orjson.loads(row)
        return cls(version, received, {name: tuple(told) for name, told in rest[0].items()} if rest else {})

    def dump(self) -> bytes:
        """The state row: about 50 bytes where nothing stands, as nearly everywhere."""
        row: list[object] = [self.version, self.received]
        return orjson.dumps([*row, self.standing] if self.standing else row, option=orjson.OPT_SORT_KEYS)

    def outranks(self, subject: Subject) -> bool:
        """Whether the subject is an older version, or a copy of this one that was received later.

        The very same copy may come again with other facts, once newer rules have enriched it: then the last one counts.
        """
        if subject.version != self.version:
            return subject.version < self.version
        return subject.received > self.received


class AlertStage:
    """Alerts of one view, from `reports.<view>` and `networks.<view>` to `alerts.<subscriber>`, keyed by alert id.

    Both inputs are keyed by their ids and have the same partitions, and so has the state. Of two copies of one version
    the one received first counts (as in correlation). Other subscriptions hold from the next record of a subject on;
    for all at once set the group's offsets back. A record that can't be read is a fault of ours: it becomes a dead
    letter, and the others go on. At least once: after a crash the same versions may be written again.
    """

    name = "alert"

    def __init__(self, topics: Topics, view: str, subscribers: Sequence[Subscriber]) -> None:
        """`subscribers` as `load_subscriptions` gives them; those of other views are left out."""
        self._topics = topics
        self._view = view
        self._networks = topics.networks(view)
        self._matcher = Matcher(subscribers, view)
        self.counts: Counter[str] = Counter()
        """Records `judged`, `ignored` (seen before, or older), `refused`; alerts by `change`."""

    def process(self, records: Sequence[Record], state: State) -> Emitted:
        """The alerts that the records raise, change or withdraw, in their order, and a row for each subject."""
        outputs: list[Output] = []
        rows: dict[bytes, bytes] = {}
        for record in records:
            of_network = record.topic == self._networks
            try:
                subject = read_network(record.value) if of_network else read_report(record.value)
            except ValueError:  # pydantic's error is one; its text may quote the record
                self.counts["refused"] += 1
                outputs += refuse_fault(self._topics, record, self.name, state.output_limit)
                continue
            key = (b"n/" if of_network else b"r/") + subject.about["id"].encode()
            row = rows.get(key) or state.get(key)
            held = Held.load(row)
            if held is not None and held.outranks(subject):
                self.counts["ignored"] += 1
                continue
            documents, now = self._judge(subject, held.standing if held is not None else {})
            if now == row:
                self.counts["ignored"] += 1
                continue
            self.counts["judged"] += 1
            rows[key] = now
            outputs += [self._write(document) for document in documents]
        return Emitted(outputs, [Row(key, value) for key, value in rows.items()])

    def _judge(self, subject: Subject, before: dict[str, Told]) -> tuple[list[AlertDocument], bytes]:
        """The versions that go out, and the subject's row."""
        found = {f"{one.subscriber}/{one.subscription}": one for one in self._matcher.match(subject)}
        now = {name: (one.level, digest_content(one.content)) for name, one in found.items()}
        documents: list[AlertDocument] = []
        for name in sorted(before.keys() - now.keys()):
            subscriber, _, subscription = name.partition("/")
            if subscriber in self._matcher.subscribers:
                documents.append(withdraw(self._view, subscriber, subscription, subject.about, subject.version))
            else:
                # Nobody's subscriber any more, so its topic may be gone; should it come back, it will be told.
                now[name] = before[name]
        for name, one in found.items():
            change = _change(before.get(name), now[name])
            if change is not None:
                documents.append(tell(one.content, subject, change))
        return documents, Held(subject.version, subject.received, now).dump()

    def _write(self, document: AlertDocument) -> Output:
        self.counts[document["change"]] += 1
        topic = self._topics.alerts(document["subscriber"])
        return Output(topic, document["id"].encode(), canonical_json(document))


def _change(before: Told | None, now: Told) -> Change | None:
    """What the new version does to the one before it, None if it is the same."""
    if before is None:
        return "new"
    if before == now:
        return None
    if before[0] == now[0]:
        return "updated"
    return "raised" if now[0] > before[0] else "lowered"
