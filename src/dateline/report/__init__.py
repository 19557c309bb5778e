"""Raw items become reports: headline, byline, dateline, captions, paragraphs and residue, as spans of a text fixed once."""

from .articles import article_id
from .build import build_report

__all__ = ["article_id", "build_report"]
