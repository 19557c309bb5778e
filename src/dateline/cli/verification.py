"""Reports derived again from their raw bytes and held against what the store says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from ..errors import DatelineError
from ..records import RawItem, Record, Rejection, Report, Retraction
from .options import ExtractorName
from .terminal import counted

if TYPE_CHECKING:
    from ..store import Library

Outcome = Literal["same", "text changed", "spans broken", "bytes changed", "unreadable"]

# Characters shown on either side of where two texts part.
_AROUND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the text derived now parts from the stored one, with the words around there in both."""

    at: int
    stored: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenSpan:
    """Words of a finding that no longer stand where it says; ``elsewhere`` if they stand in another place of the text."""

    finding: str
    role: str
    start: int
    end: int
    text: str
    elsewhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What became of one stored report. An extractor is its name and version; ``stored`` is of the store, ``now`` of today."""

    report: str
    source: str
    outcome: Outcome
    extractor_stored: str | None = None
    extractor_now: str | None = None
    difference: Difference | None = None
    spans: tuple[BrokenSpan, ...] = ()
    message: str | None = None


@dataclass(slots=True)
class Verification:
    """Holds sources against a store. ``check`` gives new rejections, and reports that are the same, at once, and all other
    reports at the end: only then is it known that no other source has their bytes.
    """

    library: Library
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    sources_not_stored: int = 0
    rejected: int = 0
    rejected_before: int = 0
    _same: set[str] = field(default_factory=set)
    _different: dict[str, Checked] = field(default_factory=dict)
    _moved: dict[str, Checked] = field(default_factory=dict)

    def check(self, items: Iterable[RawItem | Rejection | Retraction]) -> Iterator[Checked | Rejection]:
        for item in items:
            if isinstance(item, RawItem):
                yield from self._check_item(item)
            elif isinstance(item, Rejection):
                if self.library.has_rejection(item):
                    self.rejected_before += 1
                else:
                    self.rejected += 1
                    yield item
        for key, checked in {**self._moved, **self._different}.items():
            if key not in self._same:
                yield self._counted(checked)

    @property
    def compared(self) -> int:
        return sum(self.outcomes.values())

    @property
    def found_faults(self) -> bool:
        """Whether something is not as the store says, or could not be looked at at all."""
        return self.outcomes["same"] < self.compared or bool(self.rejected) or not self.compared

    def summary(self, stored: int) -> str:
        """The counts for a person; ``stored`` is how many reports the store holds."""
        kinds = (
            ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(self.outcomes.items())) or "none to compare"
        )
        lines = [f"Compared {counted(self.compared, 'report')} of {stored:,} with {self.library.location}: {kinds}."]
        if missing := stored - self.compared:
            lines.append(f"  {counted(missing, 'report')} of the store not found in the sources.")
        if self.sources_not_stored:
            lines.append(f"  {counted(self.sources_not_stored, 'source')} not in the store.")
        if self.rejected:
            lines.append(f"  {counted(self.rejected, 'source')} could not be read.")
        if self.rejected_before:
            lines.append(f"  {counted(self.rejected_before, 'source')} rejected, as when the store was written.")
        return "\n".join(lines)

    def _counted(self, checked: Checked) -> Checked:
        self.outcomes[checked.outcome] += 1
        return checked

    def _check_item(self, item: RawItem) -> Iterator[Checked]:
        known = self.library.reports_of(item.raw_sha256)
        if not known:
            self._note_other_bytes(item)
            return
        derived: dict[ExtractorName, Report | Exception] = {}
        for record in self._records(known, item):
            key = record.report.id
            if key in self._same:
                continue
            checked = compare(record, item, derived)
            if checked.outcome == "same":
                self._same.add(key)
                yield self._counted(checked)
            else:
                self._different[key] = checked

    def _records(self, keys: Iterable[str], item: RawItem) -> list[Record]:
        """The stored reports that an item stands for: several may have the same bytes, and then the item's id decides."""
        records = [record for key in keys if (record := self.library.record(key)) is not None]
        named = [record for record in records if record.report.external_id == item.external_id]
        return named or records

    def _note_other_bytes(self, item: RawItem) -> None:
        keys = self.library.reports_from(item.name)
        if not keys:
            self.sources_not_stored += 1
        derived: dict[ExtractorName, Report | Exception] = {}
        for record in self._records(keys, item):
            message = f"the bytes were {record.report.raw_sha256[:12]} and are {item.raw_sha256[:12]}"
            checked = compare(record, item, derived)
            message = f"{message}; {checked.message}" if checked.message else message
            self._moved[record.report.id] = replace(checked, outcome="bytes changed", message=message)


def compare(record: Record, item: RawItem, derived: dict[ExtractorName, Report | Exception]) -> Checked:
    """The stored report held against the same report derived from the item; ``derived`` keeps what was derived before."""
    extractor = _extractor(record.report)
    if extractor not in derived:
        derived[extractor] = _derive(item, extractor)
    now = derived[extractor]
    before = _made_by(record.report)
    if isinstance(now, Exception):
        return Checked(
            report=record.report.id,
            source=item.name,
            outcome="unreadable",
            extractor_stored=before,
            message=_told(now),
        )
    spans = tuple(_broken_spans(record, now.text))
    difference = first_difference(record.report.text, now.text)
    return Checked(
        report=record.report.id,
        source=item.name,
        outcome="text changed" if difference else "spans broken" if spans else "same",
        extractor_stored=before,
        extractor_now=_made_by(now),
        difference=difference,
        spans=spans,
        message=_decoding(record.report, now) if difference else None,
    )


def first_difference(stored: str, now: str) -> Difference | None:
    """Where two texts part, or ``None`` if they are one."""
    if stored == now:
        return None
    pairs = enumerate(zip(stored, now, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(stored), len(now)))
    around = slice(max(at - _AROUND, 0), at + _AROUND)
    return Difference(at=at, stored=stored[around], now=now[around])


def _derive(item: RawItem, extractor: ExtractorName) -> Report | Exception:
    """The report in the item as it is read today, or why there is none: one bad page must not end the run."""
    from ..report import build_report

    try:
        return build_report(item, extractor=extractor.value)[0]
    except Exception as error:
        return error


def _told(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words if isinstance(error, DatelineError) else f"{type(error).__name__}: {words}"


def _extractor(report: Report) -> ExtractorName:
    """The extractor that made the text; reports stored before captures were kept had the precise one."""
    fast = report.capture is not None and report.capture.extractor == ExtractorName.FAST
    return ExtractorName.FAST if fast else ExtractorName.PRECISE


def _made_by(report: Report) -> str | None:
    capture = report.capture
    return f"{capture.extractor} {capture.extractor_version}".strip() if capture else None


def _decoding(stored: Report, now: Report) -> str | None:
    """What to say when the bytes were read in another encoding, as when the server's word for it is not at hand."""
    before, after = (each.capture.charset if each.capture else None for each in (stored, now))
    return f"decoded from {before}, now from {after}" if before and after and before != after else None


def _broken_spans(record: Record, text: str) -> Iterator[BrokenSpan]:
    from ..store.checking import quotes, spans_of

    for finding, role, span in spans_of(record):
        if not quotes(span, text):
            yield BrokenSpan(
                finding=finding,
                role=role,
                start=span.start,
                end=span.end,
                text=span.text,
                elsewhere=span.text in text,
            )
