"""An actor while the report is still being read; ``finish`` freezes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..records import Actor, ActorId, Mention, ReportId, Span, content_id

Sort = Literal["person", "group", "body", "country", "government", "unknown"]


@dataclass(slots=True, eq=False)
class Draft:
    """What is known so far of one actor."""

    sort: Sort
    name: str
    named: bool = False
    known_as: str | None = None
    country: str | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    gender: str = ""
    plural: bool = False
    words: tuple[str, ...] = ()  # the words of the fullest name
    heads: set[str] = field(default_factory=set)  # nouns that have described it
    mentions: dict[tuple[int, int], Mention] = field(default_factory=dict)
    at: list[int] = field(default_factory=list)  # token index of each mention
    subject_at: set[int] = field(default_factory=set)
    found_by: list[str] = field(default_factory=list)
    merged_into: Draft | None = None

    def add(
        self, span: Span, kind: Literal["name", "nominal", "pronoun", "metonym"], index: int, subject: bool
    ) -> None:
        """Notes one mention."""
        self.mentions.setdefault((span.start, span.end), Mention(span.start, span.end, span.text, kind))
        self.at.append(index)
        if subject:
            self.subject_at.add(index)

    def note(self, *reasons: str) -> None:
        """Adds reasons not given before."""
        for reason in reasons:
            if reason and reason not in self.found_by and len(self.found_by) < 12:
                self.found_by.append(reason)

    def last_at(self, before: int) -> int:
        """The last mention before this token, or -1."""
        return max((index for index in self.at if index < before), default=-1)

    def absorb(self, other: Draft) -> None:
        """Makes the other draft part of this one: "the attache" turned out to be "Jose Perez"."""
        other.merged_into = self
        self.mentions.update(other.mentions)
        self.at.extend(other.at)
        self.subject_at |= other.subject_at
        self.heads |= other.heads
        self.country = self.country or other.country
        self.code = self.code or other.code
        self.sectors = self.sectors or other.sectors
        self.role = self.role or other.role
        self.gender = self.gender or other.gender
        self.known_as = self.known_as or other.known_as
        if other.named and not self.named:
            self.name, self.named, self.words = other.name, True, other.words
        self.note(*other.found_by)

    def finish(self, report: ReportId) -> Actor:
        """The frozen actor."""
        mentions = tuple(sorted(self.mentions.values(), key=lambda mention: (mention.start, mention.end)))
        return Actor(
            id=ActorId(content_id("a", report, self.name, mentions[0].start)),
            name=self.name,
            country=self.country,
            code=self.code,
            sectors=self.sectors,
            role=self.role,
            known_as=self.known_as,
            mentions=mentions,
            found_by=tuple(self.found_by),
        )


def current(draft: Draft) -> Draft:
    """The draft that this one has become part of."""
    while draft.merged_into is not None:
        draft = draft.merged_into
    return draft
