from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.report.tongue import find_language

SAMPLES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("language_samples.tsv").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
][1:]
OTHERS = [(language, text) for language, text in SAMPLES if language not in ("en", "open")]


@pytest.mark.parametrize(("language", "text"), OTHERS, ids=[language for language, _ in OTHERS])
def test_language_of_a_short_report_is_found(language: str, text: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize("text", [text for language, text in SAMPLES if language == "en"])
def test_english_is_english_whatever_names_it_holds(text: str) -> None:
    assert find_language(text) == "en"


@pytest.mark.parametrize("text", ["", "11/28/05", *(text for language, text in SAMPLES if language == "open")])
def test_tables_and_names_are_taken_for_no_other_language(text: str) -> None:
    assert find_language(text) in ("en", "und")


@given(st.sampled_from([text for _, text in OTHERS]), st.integers(0, 3))
def test_english_report_that_quotes_another_language_stays_english(quoted: str, times: int) -> None:
    report = (
        "The minister told the parliament on Monday that it was not the first time that such words had been heard in the house. "
        * (times + 2)
    )
    assert find_language(f"{report}“{quoted[:160]}”") == "en"


@given(st.text(max_size=300))
def test_any_text_has_a_language_code(text: str) -> None:
    assert 2 <= len(find_language(text)) <= 3
