"""Everything that dateline raises on purpose.

    DatelineError
    ├── IntakeError       an input cannot be read as a report: missing, empty, binary, unreadable
    │   ├── FetchError        an address cannot be fetched, or may not be
    │   ├── DamagedError      bytes that cannot be unpacked, or do not pass their own check
    │   │   └── CutOffError       the file ends too early
    │   ├── FalseLengthError  a record or file is longer or shorter than it says
    │   ├── NoRecordError     bytes between two records that belong to none
    │   ├── LockedError       encrypted, or packed in a way that is not read
    │   └── TooMuchError      more is packed in than is read: too large, too many, too deep
    ├── RuleError         a rule or lexicon file is wrong; stops the run before the first report
    ├── ConfigError       a setting or argument is wrong
    ├── StoreError        the database cannot be opened, read or written
    └── ModelError        the language model is missing or does not fit

A message says what was attempted, the offending value, what would be valid, and the next step.
"""

from __future__ import annotations


class DatelineError(Exception):
    """The root of the tree."""


class IntakeError(DatelineError):
    """An input cannot be read as a report."""


class FetchError(IntakeError):
    """An address could not be fetched, or may not be.

    ``status`` is what the server answered, ``None`` when it did not. ``retry_after_s`` is how many seconds to wait before
    asking again, ``None`` where asking again would not help or no time is known. ``refused_by_robots``: its robots.txt says no.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        refused_by_robots: bool = False,
    ) -> None:
        # A server's words go to terminals and into the store: nothing that moves a cursor.
        super().__init__("".join(character if character.isprintable() else "\ufffd" for character in message))
        self.status = status
        self.retry_after_s = retry_after_s
        self.refused_by_robots = refused_by_robots

    @property
    def is_gone(self) -> bool:
        """The server knows the address and has nothing there: the article was taken back, or never was."""
        return self.status in (404, 410)


class DamagedError(IntakeError):
    """Bytes that cannot be unpacked, or do not pass their own check."""


class CutOffError(DamagedError):
    """The file ends too early."""


class FalseLengthError(IntakeError):
    """A record or file is longer or shorter than it says."""


class NoRecordError(IntakeError):
    """Bytes between two records that belong to none."""


class LockedError(IntakeError):
    """Encrypted, or packed in a way that is not read."""


class TooMuchError(IntakeError):
    """More is packed in than is read: too large, too many, too deep."""


class RuleError(DatelineError):
    """A rule or lexicon file is wrong; raised before the first report is read."""


class ConfigError(DatelineError):
    """A setting or argument is wrong."""


class StoreError(DatelineError):
    """The database cannot be opened, read or written."""


class ModelError(DatelineError):
    """The language model is missing or does not fit."""
