"""Raw items become reports: headline, byline, dateline, captions, paragraphs and residue, as spans of a text fixed once."""

from .build import build_report

__all__ = ["build_report"]
