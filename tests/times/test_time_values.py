"""Values, bounds and anchors of times in sentences, by publication date."""

from __future__ import annotations

import pytest

from dateline.times import find_times

pytestmark = pytest.mark.model

THURSDAY = "2019-03-28"
SENTENCES = [
    # weekdays and tense
    ("2019-03-28", "The minister resigned on Thursday.", "Thursday", "2019-03-28"),
    ("2019-03-28", "Troops crossed the river on Friday.", "Friday", "2019-03-22"),
    ("2019-03-28", "The two leaders will meet on Friday in Geneva.", "Friday", "2019-03-29"),
    ("2019-03-28", "The ship is expected to dock Sunday.", "Sunday", "2019-03-31"),
    ("2019-03-28", "A hearing was scheduled for Monday.", "Monday", "2019-04-01"),
    ("2019-03-28", "The court postponed the trial until Wednesday.", "Wednesday", "2019-04-03"),
    ("2019-03-28", "Police dispersed the crowd late Sunday.", "late Sunday", "2019-03-24"),
    ("2019-03-28", "Rebels shelled the port last Thursday.", "last Thursday", "2019-03-21"),
    ("2019-03-28", "Voting begins next Thursday.", "next Thursday", "2019-04-04"),
    ("2019-03-28", "Leaders discussed a summit set for Riga in April.", "April", "2019-04"),
    # months, days and years left out
    ("2019-03-28", "In November the parties signed a truce.", "November", "2018-11"),
    ("2019-03-28", "The parties will sign a truce in November.", "November", "2019-11"),
    ("2019-01-05", "On December 30 a bomb killed six people.", "December 30", "2018-12-30"),
    ("2018-12-28", "The new law takes effect on January 2.", "January 2", "2019-01-02"),
    ("2019-03-28", "The siege began on 3 February and never ended.", "3 February", "2019-02-03"),
    ("2019-03-28", "He was jailed last October.", "last October", "2018-10"),
    ("2019-03-28", "The base opened in June last year.", "June last year", "2018-06"),
    ("2019-03-28", "The empire fell in 1918.", "1918", "1918"),
    ("2019-03-28", "The abbey was founded in 1098.", "1098", "1098"),
    ("2019-03-28", "Sept. 30, 1938 is remembered here.", "Sept. 30, 1938", "1938-09-30"),
    # counted from the day of publication
    ("2019-03-28", "Officials met the day before yesterday.", "the day before yesterday", "2019-03-26"),
    ("2019-03-28", "The embassy closed two weeks ago.", "two weeks ago", "2019-W11"),
    ("2019-03-28", "He fled a month ago.", "a month ago", "2019-02"),
    ("2019-03-28", "The treaty was signed four decades ago.", "four decades ago", "1979"),
    ("2019-03-28", "The company expects a loss this year.", "this year", "2019"),
    ("2019-03-25", "Fighting spread over the weekend.", "the weekend", "2019-W12-WE"),
    ("2019-03-24", "Fighting spread over the weekend.", "the weekend", "2019-W12-WE"),
    # parts of day and clock times
    ("2019-03-28", "A mortar hit the market on Tuesday morning.", "Tuesday morning", "2019-03-26TMO"),
    ("2019-03-28", "The curfew starts at 8 p.m. on Friday.", "8 p.m. on Friday", "2019-03-29T20:00"),
    ("2019-03-28", "The quake struck at 03:15 GMT.", "03:15 GMT", "2019-03-28T03:15Z"),
    # longer stretches
    ("2019-03-28", "Inflation peaked in the fourth quarter.", "the fourth quarter", "2018-Q4"),
    ("2019-03-28", "He ruled in the early 1980s.", "the early 1980s", "198"),
    ("2019-03-28", "The dam was built in the 20th century.", "the 20th century", "19"),
    ("2019-03-28", "The offensive was launched last summer.", "last summer", "2018-SU"),
    # holidays
    ("2019-03-28", "Bombs exploded on Easter Sunday in 2011.", "Easter Sunday in 2011", "2011-04-24"),
    ("2019-03-28", "The pope will speak on Good Friday.", "Good Friday", "2019-04-19"),
    ("2019-03-28", "Troops were home by Christmas 2005.", "Christmas 2005", "2005-12-25"),
    # durations and sets
    ("2019-03-28", "They were held for two and a half years.", "two and a half years", "P2Y6M"),
    ("2019-03-28", "The walk took 45 minutes.", "45 minutes", "PT45M"),
    ("2019-03-28", "A 30-day ceasefire took hold.", "30-day", "P30D"),
    ("2019-03-28", "The council meets every other week.", "every other week", "P2W"),
    ("2019-03-28", "Trucks leave each Monday.", "each Monday", "XXXX-WXX-1"),
    # words that only point
    ("2019-03-28", "The road is now closed.", "now", "PRESENT_REF"),
    ("2019-03-28", "In recent weeks clashes grew.", "recent weeks", "PAST_REF"),
]


@pytest.mark.parametrize(("published", "sentence", "words", "value"), SENTENCES, ids=lambda each: each)
def test_time_has_its_words_and_value(parse_text, published, sentence, words, value):
    report, parse = parse_text(sentence, published=published)
    assert (words, value) in [(timex.text, timex.value) for timex in find_times(report, parse)]


BOUNDS = [
    ("The weekend raid failed; it sent men over the weekend.", "the weekend", "2019-03-23", "2019-03-24"),
    ("The pact was signed in May 2001.", "May 2001", "2001-05-01", "2001-05-31"),
    ("The bridge will open in early 2020.", "early 2020", "2020-01-01", "2020-07-01"),
    ("He was freed in late May 2018.", "late May 2018", "2018-05-16", "2018-05-31"),
    ("She left earlier this month.", "earlier this month", "2019-03-01", "2019-03-28"),
    ("Prices doubled in the past three months.", "the past three months", "2018-12-28", "2019-03-28"),
    ("Clashes grew in recent months.", "recent months", None, "2019-03-28"),
    ("It was dated 3/4/2019.", "3/4/2019", "2019-03-04", "2019-04-03"),
    ("They fought for three weeks.", "three weeks", None, None),
    ("The deficit of fiscal 2018 was small.", "fiscal 2018", None, None),
    ("The winter of 1994 was cold.", "The winter of 1994", "1994-01-01", "1995-02-28"),
]


@pytest.mark.parametrize(("sentence", "words", "earliest", "latest"), BOUNDS)
def test_bounds_are_the_days_that_the_words_leave(parse_text, sentence, words, earliest, latest):
    report, parse = parse_text(sentence, published=THURSDAY)
    (found,) = [timex for timex in find_times(report, parse) if timex.text == words]
    assert (found.earliest, found.latest) == (earliest, latest)


def test_later_counts_from_the_date_last_told(parse_text):
    report, parse = parse_text(
        "Police raided the camp on May 3, 2004. Two days later its leader surrendered.", published=THURSDAY
    )
    first, second = find_times(report, parse)
    assert (second.text, second.value, second.anchor) == ("Two days later", "2004-05-05", f"text:{first.id}")


def test_range_of_days_gives_both_ends(parse_text):
    report, parse = parse_text("The summit was held on March 3-5 in Riga.", published=THURSDAY)
    assert [(timex.text, timex.value) for timex in find_times(report, parse)] == [
        ("March 3", "2019-03-03"),
        ("5", "2019-03-05"),
    ]


def test_years_between_give_both_ends(parse_text):
    report, parse = parse_text("He governed between 2001 and 2004.", published=THURSDAY)
    assert [timex.value for timex in find_times(report, parse)] == ["2001", "2004"]


UNANCHORED = [
    ("He resigned on Thursday.", "XXXX-WXX-4"),
    ("In January the court ruled.", "XXXX-01"),
    ("They met yesterday.", "XXXX-XX-XX"),
    ("He left last year.", "XXXX"),
    ("On March 3 they voted.", "XXXX-03-03"),
    ("They marched over the weekend.", "XXXX-WXX-WE"),
]


@pytest.mark.parametrize(("sentence", "value"), UNANCHORED)
def test_without_a_publication_date_the_value_is_partial_and_says_why(parse_text, sentence, value):
    report, parse = parse_text(sentence)
    (found,) = find_times(report, parse)
    assert (found.value, found.earliest, found.latest, found.anchor) == (value, None, None, None)
    assert found.reason == "no publication date was given or found"


def test_full_date_needs_no_publication_date(parse_text):
    report, parse = parse_text("The treaty was signed on 4 April 1949 in Washington.")
    (found,) = find_times(report, parse)
    assert (found.value, found.anchor, found.reason) == ("1949-04-04", "given", None)


NOT_TIMES = [
    "They may march to the palace.",
    "The 12-year-old boy ran.",
    "About 2000 soldiers arrived.",
    "Prices fall when rates rise.",
    "She finished second.",
    "It cost $1990.",
    "A quarter of the crew fell ill.",
]


@pytest.mark.parametrize("sentence", NOT_TIMES)
def test_words_that_only_look_like_a_time_are_none(parse_text, sentence):
    report, parse = parse_text(sentence, published=THURSDAY)
    assert find_times(report, parse) == ()


def test_day_outside_the_calendar_has_no_value_but_a_reason(parse_text):
    report, parse = parse_text("The cave was used 90,000 years ago.", published=THURSDAY)
    (found,) = find_times(report, parse)
    assert (found.value, found.earliest, found.latest) == (None, None, None)
    assert found.reason == "outside the years 1 to 9999"


def test_date_of_the_dateline_is_a_time(parse_text):
    report, parse = parse_text(
        "WARSAW, March 26 (Newswire) -- The two ministers signed the pact on Monday.", published=THURSDAY
    )
    assert [(timex.text, timex.value) for timex in find_times(report, parse)] == [
        ("March 26", "2019-03-26"),
        ("Monday", "2019-03-25"),
    ]


def test_full_date_of_the_dateline_stands_in_for_a_publication_date(parse_text):
    report, parse = parse_text("WARSAW, March 26, 2019 (Newswire) -- The two ministers signed the pact on Monday.")
    assert report.published is None or report.published_from == "text"
    assert [timex.value for timex in find_times(report, parse)] == ["2019-03-26", "2019-03-25"]
