"""What follows from fetching the page of an entry, or from failing to: what is written, and when the page is looked at again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from ..fetching import Fetched, FetchError, moment
from ..intake import Limits
from ..records import Rejection, Retraction
from .articles import Item, read_article, read_words
from .jobs import Job
from .schedule import CONFIRM_S, next_check, seconds
from .state import EntryState, EntryStatus, Said


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of the entry from now on, what is to be written, and a word for a person."""

    state: EntryState
    items: tuple[Item, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times:
    """When the page was asked for, and when it is to be asked for again."""

    now: float
    seen: float
    again: str | None


class Outcomes:
    """Of one job. ``window`` is for how many seconds articles are looked at again."""

    def __init__(self, job: Job, *, window: float, limits: Limits) -> None:
        self._job = job
        self._window = window
        self._limits = limits
        before = job.before.said if job.before else None
        self._said = replace(Said.from_json(before), entry=job.entry)

    def with_page(self, fetched: Fetched, now: float) -> Outcome:
        """The page is there, or it is as it was."""
        job, times = self._job, self._times(now)
        state = replace(self._state("article", times), etag=fetched.etag, last_modified=fetched.last_modified)
        if fetched.status == 304:
            return Outcome(replace(state, said=self._said.to_json()))
        said = replace(self._said, found_at=fetched.url, page_sha256=hashlib.sha256(fetched.data).hexdigest())
        if job.kind == "again" and said.page_sha256 == self._said.page_sha256:
            return Outcome(replace(state, said=said.to_json()))
        article = read_article(fetched, job.entry, job.feed, self._limits)
        if article.fault is not None:
            return self._unread(article.fault, replace(times, again=None))
        is_other = job.kind != "new" and job.before is not None and job.before.status == "article"
        note = "the page is another than before" if is_other else None
        return Outcome(replace(state, said=said.to_json()), article.items, note)

    def without_page(self, error: FetchError, now: float) -> Outcome:
        """The page could not be had: for now, or no longer."""
        job, times = self._job, self._times(now, error.retry_after_s)
        was_missing = job.before is not None and job.before.status == "missing"
        if error.status == 410 or (error.status == 404 and was_missing):
            return self._taken_back(error.status, times)
        if error.status == 404:
            times = replace(times, again=moment(now + CONFIRM_S) if self._window else None)
            outcome = self._unread(str(error), times)
            return replace(outcome, state=replace(outcome.state, status="missing"))
        return self._unread(str(error), replace(times, again=None) if error.refused_by_robots else times)

    def _unread(self, reason: str, times: _Times) -> Outcome:
        """What was read before stays; of a new entry, the words of the feed are taken. One without words is rejected only
        when its page is not looked for any more."""
        before = self._job.before
        if before is not None and before.status != "unread":
            state = replace(
                self._state("unread", times), status=before.status, etag=before.etag, last_modified=before.last_modified
            )
            return Outcome(replace(state, said=self._said.to_json()), note=reason)
        item = read_words(self._job.feed, self._job.entry, reason=reason)
        refused = isinstance(item, Rejection)
        state = replace(self._state("unread" if refused else "feed", times), said=self._said.to_json())
        return Outcome(state, () if refused and times.again else (item,), reason)

    def _taken_back(self, status: int, times: _Times) -> Outcome:
        job = self._job
        words = f"the server answered {status}{' twice' if status == 404 else ''}"
        retraction = Retraction(
            name=job.url,
            reason=words,
            url=self._said.found_at or job.url,
            # An id is one of its outlet; without the outlet's name, "17" would be anyone's. Nor does it name an article
            # in a feed that gives one to several.
            external_id=job.entry.external_id if job.feed.outlet and job.key.startswith("id:") else None,
            outlet=job.feed.outlet,
            at=moment(times.now),
        )
        state = self._state("gone", replace(times, again=None))
        return Outcome(replace(state, said=self._said.to_json()), (retraction,), f"it was taken back: {words}")

    def _times(self, now: float, not_before: float | None = None) -> _Times:
        """An entry that its feed changed counts as seen now, so that its page is looked at often again."""
        before = self._job.before if self._job.kind == "again" else None
        seen = (seconds(before.seen_at) if before else None) or now
        return _Times(now=now, seen=seen, again=next_check(now, seen, self._window, not_before=not_before))

    def _state(self, status: EntryStatus, times: _Times) -> EntryState:
        return EntryState(
            feed=self._job.feed.url,
            entry=self._job.key,
            url=self._job.entry.url,
            digest=self._job.digest,
            seen_at=moment(times.seen),
            checked_at=moment(times.now),
            next_check_at=times.again,
            status=status,
        )
