"""Everything that dateline raises on purpose.

    DatelineError
    ├── IntakeError       an input cannot be read as a report: missing, empty, binary, unreadable
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


class RuleError(DatelineError):
    """A rule or lexicon file is wrong; raised before the first report is read."""


class ConfigError(DatelineError):
    """A setting or argument is wrong."""


class StoreError(DatelineError):
    """The database cannot be opened, read or written."""


class ModelError(DatelineError):
    """The language model is missing or does not fit."""
