"""The parts that a report falls into. All texts here were written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.errors import IntakeError
from dateline.records import RawItem, Report
from dateline.report import build_report

ReportFrom = Callable[..., Report]
BODY = "The foreign ministers of Chad and Niger met on Monday and agreed to reopen the border crossing that was closed in May."
MORE = "Officials from both sides said that the crossing would open to lorries first and to families a week later."


def words(spans: tuple) -> list[str]:
    return [span.text for span in spans]


def test_every_part_of_a_reprinted_report_is_found(report_from: ReportFrom) -> None:
    text = (
        "Chad and Niger to reopen ‘lifeline’ crossing\n\n"
        "Amina Saleh\n\n"
        f"N’Djamena. {BODY} Minister Amina Saleh was pleased.\n\n{MORE}\n\n\n"
        "Share this:\nPlease enter your comment!\nPlease enter your name here"
    )
    report = report_from(text)
    assert report.text == text
    assert report.headline is not None
    assert report.headline.text == "Chad and Niger to reopen ‘lifeline’ crossing"
    assert words(report.captions) == ["Amina Saleh"]
    assert report.dateline is not None
    assert report.dateline.text == "N’Djamena."
    assert words(report.paragraphs) == [f"N’Djamena. {BODY} Minister Amina Saleh was pleased.", MORE]
    assert [span.reason for span in report.residue] == ["share bar", "comment form", "comment form"]


@pytest.mark.parametrize(
    ("opening", "agency", "date"),
    [
        ("MOSCOW, March 28 (Interfax) —", "Interfax", "2019-03-28"),
        ("MOSCOW, Mar. 28 /TASS/.", "TASS", "2019-03-28"),
        ("NEW YORK, Dec. 30 (UPI) --", "UPI", "2018-12-30"),
        ("KYIV (AFP) -", "AFP", None),
        ("KYIV, Ukraine (AP) —", "AP", None),
        ("WASHINGTON/LONDON (Reuters) -", "Reuters", None),
        ("New Delhi [India], Mar 27 (ANI):", "ANI", "2019-03-27"),
        ("TEHRAN, 27 March 2019 (IRNA) –", "IRNA", "2019-03-27"),
        ("(Reuters) -", "Reuters", None),
        ("March 28 (Xinhua) --", "Xinhua", "2019-03-28"),
        ("ST. LOUIS —", None, None),
        ("PORT-AU-PRINCE, Haiti —", None, None),
        ("THE HAGUE, Netherlands --", None, None),
        ("Islamabad:", None, None),
        ("Moscow.", None, None),
        ("Nairobi –", None, None),
    ],
)
def test_dateline_opens_the_first_paragraph(
    report_from: ReportFrom, opening: str, agency: str | None, date: str | None
) -> None:
    report = report_from(f"Ministers agree on water\n\n{opening} {BODY}\n\n{MORE}", published="2019-03-28")
    assert report.dateline is not None
    assert report.dateline.text == opening
    assert (report.dateline.agency, report.dateline.date) == (agency, date)
    assert report.agency == agency
    assert report.paragraphs[0].start == report.dateline.start


@pytest.mark.parametrize(
    "opening",
    [
        "NATO — the alliance of thirty states — met.",
        "BREAKING: The border is open.",
        "WATCH: Families cross the bridge.",
        "In Moscow - as in Kyiv - people waited.",
        "Enough. The ministers had waited long.",
        "Ministers - two of them - resigned.",
        "Moscow-based banks closed.",
        "Moscow said the bridge was open.",
        "He met Reuters (and others) - twice.",
    ],
)
def test_words_that_only_resemble_a_dateline_are_none(report_from: ReportFrom, opening: str) -> None:
    assert report_from(f"{opening} {BODY}\n\n{MORE}").dateline is None


def test_dateline_on_a_line_of_its_own_is_no_paragraph(report_from: ReportFrom) -> None:
    report = report_from(f"Ministers meet in Lima\n\nLIMA, Peru (AP) _\n\n{BODY}")
    assert report.dateline is not None
    assert report.dateline.text == "LIMA, Peru (AP) _"
    assert words(report.paragraphs) == [BODY]


def test_dateline_date_without_a_year_needs_the_publication_date(report_from: ReportFrom) -> None:
    report = report_from(f"LIMA, March 28 (EFE) — {BODY}")
    assert report.dateline is not None
    assert (report.dateline.date, report.published, report.published_from) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "agency", "place"),
    [
        ("By Jane Doe", None, None),
        ("By JANE DOE and JOHN ROE", None, None),
        ("By Jane Doe, Associated Press", "AP", None),
        ("By Jane Doe in Cairo", None, "Cairo"),
        ("Jane Doe, Reuters", "Reuters", None),
        ("By our correspondent in Juba", None, "Juba"),
        ("By AFP", "AFP", None),
    ],
)
def test_byline_with_its_agency_and_place(
    report_from: ReportFrom, line: str, agency: str | None, place: str | None
) -> None:
    report = report_from(f"Ministers agree on water\n\n{line}\n\n{BODY}\n\n{MORE}")
    assert report.byline is not None
    assert report.byline.text == line
    assert report.agency == agency
    assert (report.dateline.text if report.dateline else None) == place
    assert words(report.paragraphs) == [BODY, MORE]


def test_sentence_beginning_with_by_is_no_byline(report_from: ReportFrom) -> None:
    report = report_from(f"By Friday the river had risen.\n\n{BODY}")
    assert report.byline is None
    assert len(report.paragraphs) == 2


@pytest.mark.parametrize(
    "line",
    [
        "FILE PHOTO: Soldiers stand guard at the gate of the port",
        "A ferry leaves the port of Zanzibar (AP Photo/Jane Doe)",
        "Police guard the mine near Arlit. Photo: Jane Doe/Reuters",
        "In this photo taken on Monday, a boy carries water in Agadez.",
    ],
)
def test_caption_is_known_by_its_words_wherever_it_stands(report_from: ReportFrom, line: str) -> None:
    for text in (f"Ministers meet\n\n{line}\n\n{BODY}", f"Ministers meet\n\n{BODY}\n\n{line}\n\n{MORE}"):
        assert words(report_from(text).captions) == [line]


def test_name_on_a_line_of_its_own_is_the_writer_when_the_text_never_speaks_of_it(report_from: ReportFrom) -> None:
    report = report_from(f"Ministers agree on water\n\nJane Doe\n\n{BODY}")
    assert report.byline is not None
    assert report.byline.text == "Jane Doe"


@pytest.mark.parametrize(
    ("ending", "agency", "residue"),
    [
        (" (AFP)", "AFP", "(AFP)"),
        (" — AFP", "AFP", "— AFP"),
        (" - Xinhua.", "Xinhua", "- Xinhua."),
        ("\n\nReuters", "Reuters", "Reuters"),
        ("\n\nWith inputs from Reuters", "Reuters", "With inputs from Reuters"),
        ("\n\nSource: Xinhua", "Xinhua", "Source: Xinhua"),
        (
            "\n\nReporting by Jane Doe; Editing by John Roe",
            None,
            "Reporting by Jane Doe; Editing by John Roe",
        ),
    ],
)
def test_agency_credit_at_the_end_is_residue(
    report_from: ReportFrom, ending: str, agency: str | None, residue: str
) -> None:
    report = report_from(f"Ministers agree on water\n\n{BODY}\n\n{MORE}{ending}")
    assert report.agency == agency
    assert words(report.residue) == [residue]
    assert words(report.paragraphs) == [BODY, MORE]


def test_short_lines_after_a_comment_form_belong_to_it(report_from: ReportFrom) -> None:
    report = report_from(f"{BODY}\n\n{MORE}\n\nLeave a Reply\n\nSome field\n\nAnother one\n\n{BODY}")
    assert words(report.residue) == ["Leave a Reply", "Some field", "Another one"]
    assert len(report.paragraphs) == 3


def test_one_sentence_is_one_paragraph_without_headline(report_from: ReportFrom) -> None:
    report = report_from(BODY)
    assert report.headline is None
    assert words(report.paragraphs) == [BODY]


def test_sentence_is_no_headline(report_from: ReportFrom) -> None:
    report = report_from(f"The river rose again.\n\n{BODY}")
    assert report.headline is None
    assert len(report.paragraphs) == 2


def test_block_over_a_dateline_is_the_headline_though_it_ends_with_a_stop(report_from: ReportFrom) -> None:
    report = report_from(f"Ministers agree on water after talks.\n\nACCRA (AFP) - {BODY}\n\n{MORE}")
    assert report.headline is not None
    assert report.headline.text == "Ministers agree on water after talks."


def test_given_headline_is_found_whatever_its_quotes_and_spaces(report_from: ReportFrom) -> None:
    text = f"Ministers  agree on ‘last’ water.\n\n{BODY}"
    report = report_from(text, headline="Ministers agree on 'last' water")
    assert report.headline is not None
    assert report.headline.start == 0
    assert words(report.paragraphs) == [BODY]


def test_headline_of_a_megabyte_is_not_looked_for() -> None:
    """As a pattern it would take a minute and gigabytes."""
    item = RawItem(name="x", kind="text", content=f"{BODY}\n\n{MORE}", raw_sha256="", headline="'" * 1_000_000)
    report, _ = build_report(item)
    assert report.headline is None


def test_given_headline_that_is_not_in_the_text_is_said_in_a_warning() -> None:
    item = RawItem(name="x", kind="text", content=f"{BODY}\n\n{MORE}", raw_sha256="", headline="Quite Another Matter")
    report, warnings = build_report(item)
    assert report.headline is None
    assert "headline" in warnings[0]


def test_hard_wrapped_lines_are_one_paragraph(report_from: ReportFrom) -> None:
    wrapped = (
        "Ministers agree on water\n\n"
        "The foreign ministers of the two states met on Monday in the\n"
        "capital and agreed to reopen the crossing that was closed in the\n"
        "spring of last year, when the river rose and took the bridge away\n"
        "with it. Lorries will cross first.\n\n"
        "Families may follow a week later, officials from both sides said\n"
        "after the meeting, which had lasted until the early morning.\n"
    )
    report = report_from(wrapped)
    assert len(report.paragraphs) == 2
    assert report.paragraphs[0].text.count("\n") == 3


def test_lines_without_blank_lines_between_them_are_paragraphs_of_their_own(report_from: ReportFrom) -> None:
    report = report_from(f"Ministers agree on water\n{BODY}\n{MORE}\nThe bridge was closed in May.")
    assert report.headline is not None
    assert len(report.paragraphs) == 3


def test_odd_spaces_and_line_ends_move_no_offset(report_from: ReportFrom) -> None:
    text = f"\ufeff\tMinisters agree\u00a0on wa\u00adter \r\n\r\n\u00a0{BODY}\u00a0\r\n\u2029{MORE}\t\r\n"
    report = report_from(text)
    assert report.text == text
    assert report.headline is not None
    assert report.headline.text == "Ministers agree\u00a0on wa\u00adter"
    assert words(report.paragraphs) == [BODY, MORE]


def test_date_line_dates_the_report_and_is_not_coded(report_from: ReportFrom) -> None:
    report = report_from(f"Ministers agree on water\nApril 9, 2012\n{BODY}\n{MORE}")
    assert (report.published, report.published_from) == ("2012-04-09", "text")
    assert words(report.residue) == ["April 9, 2012"]


def test_date_line_gives_the_dateline_its_year(report_from: ReportFrom) -> None:
    report = report_from(
        f"Ministers agree on water\n\nPublished 10:02 AM, June 8, 2021\n\nACCRA, June 7 (AFP) - {BODY}"
    )
    assert report.dateline is not None
    assert (report.published, report.dateline.date) == ("2021-06-08", "2021-06-07")


def test_furniture_of_a_copied_page_is_no_paragraph(report_from: ReportFrom) -> None:
    text = (
        "Home World Ministers agree on water\nWorld\nMinisters agree on water\nBy Newsroom - June 7, 2021  0  83\n"
        f"Share\nFacebook\nTwitter\n\n{BODY}\n\nALSO READ\nWater runs low at the dam\n\n{MORE} Enditem\n\n"
        "Previous articleElection delayed again\nLEAVE A REPLY Cancel reply\nYour email address will not be published.\n"
        "jd/jr/ap\nCopyright 2021 The Daily Ledger. All rights reserved."
    )
    report = report_from(text)
    assert report.headline is not None
    assert report.headline.text == "Ministers agree on water"
    assert words(report.paragraphs) == [BODY, MORE]
    assert report.byline is not None
    assert report.published == "2021-06-07"


def test_chronology_in_the_body_keeps_its_dates(report_from: ReportFrom) -> None:
    text = f"Ten years of talks\n\n{BODY}\n\n{MORE}\n\n{BODY}\n\nJune 7, 2021\n\n{MORE}"
    assert "June 7, 2021" in words(report_from(text).paragraphs)


def test_given_date_wins_over_the_text(report_from: ReportFrom) -> None:
    report = report_from(f"Ministers agree on water\nApril 9, 2012\n{BODY}", published="2012-04-11")
    assert (report.published, report.published_from) == ("2012-04-11", "given")


@pytest.mark.parametrize("text", ["", "  \n\t", "\ufeff\u200b\u00ad \r\n"])
def test_text_without_a_visible_character_is_refused(report_from: ReportFrom, text: str) -> None:
    with pytest.raises(IntakeError, match="empty"):
        report_from(text)


def test_language_other_than_english_is_said_in_a_warning() -> None:
    spanish = "El ministro dijo que las tropas se quedarán en el país por el tiempo que sea necesario, según los medios de la capital. "
    report, warnings = build_report(RawItem(name="x", kind="text", content=spanish * 2, raw_sha256=""))
    assert report.language == "es"
    assert "English" in warnings[0]


def test_the_same_item_gives_the_same_id_and_another_outlet_another(report_from: ReportFrom) -> None:
    assert report_from(BODY).id == report_from(BODY).id
    assert report_from(BODY).id != report_from(BODY, outlet="The Daily Ledger").id
