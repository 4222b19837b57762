"""Open-source news: what an outlet wrote. Authors are never recorded."""

from typing import Self

from pydantic import Field, model_validator

from streams.contracts.base import Code, Event, Language, Model, Number, Text, Title, Url
from streams.contracts.places import Place
from streams.contracts.times import Moment

__all__ = ["Lineage", "NewsItem"]


class Lineage(Model):
    """Where the text comes from: the wire agency or release that it repeats, so that copies count as one origin."""

    origin: Title
    origin_id: Number | None = None
    url: Url | None = None
    relation: Code | None = None


class NewsItem(Event):
    """An article, post or press release: outlet, language, title, body, URL, time of publication, lineage."""

    outlet: Title | None = None
    language: Language | None = None
    title: Title | None = None
    body: Text | None = None
    url: Url | None = None
    published: Moment | None = None
    place: Place | None = None
    lineage: tuple[Lineage, ...] = Field((), max_length=16)

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        if self.retraction is None and not (self.outlet and self.title):
            raise ValueError("news_without_outlet_or_title")
        return self
