"""What can be wrong with a container, each its own kind of rejection, so that a summary counts them by reason.

IntakeError
├── DamagedError         bytes that cannot be unpacked, or do not pass their own check
│   └── CutOffError      the file ends too early
├── FalseLengthError     a record or file is longer or shorter than it says
├── NoRecordError        bytes between two records that belong to none
├── LockedError          encrypted, or packed in a way that is not read
└── TooMuchError         more is packed in than is read: too large, too many, too deep
"""

from __future__ import annotations

from ..errors import IntakeError


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
