"""Which extractor reads web pages: one of two, and never another in its place by a slip of the pen."""

from __future__ import annotations

import pytest

from dateline.errors import ConfigError
from dateline.pipeline import Coder


@pytest.mark.model
def test_unknown_extractor_stops_the_run(parser):
    with pytest.raises(ConfigError, match="extractors are precise, fast"):
        Coder(parser, extractor="fsat")
    assert Coder(parser, extractor="fast")
