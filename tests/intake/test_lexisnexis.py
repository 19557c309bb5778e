"""Text files that news databases export: documents are parted, their labels read, the words of their texts kept."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Limits, read_source
from dateline.intake.exports.export_labels import looks_like_export
from dateline.records import RawItem, Rejection, Retraction


def read(data: bytes | str, **options: Any) -> list[RawItem | Rejection | Retraction]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_source("-", stdin=io.BytesIO(raw), **options))


def items(data: bytes | str, **options: Any) -> list[RawItem]:
    found = read(data, **options)
    assert all(isinstance(each, RawItem) for each in found), found
    return [each for each in found if isinstance(each, RawItem)]


def marks(found: RawItem) -> dict[str, str]:
    return {mark.field: mark.words for mark in found.marks}


BODY = (
    "   Ministers met on Monday and agreed to meet again on Friday, the host of\n"
    "the talks said on Tuesday, after two days in the old town.\n"
    "\n"
    '   "Subject: closed," one of them said.'
)
CLASSIC = f"""

                               1 of 2 DOCUMENTS


                           The Daily Ledger (London)

                            March 28, 2019 Thursday
                                 First Edition

Talks resume in Vienna

BYLINE: Jane Doe in Vienna

SECTION: NEWS; Pg. 4

LENGTH: 32 words

DATELINE: VIENNA

{BODY}

LOAD-DATE: March 29, 2019

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                    Copyright 2019 The Daily Ledger Ltd.
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                         Copyright 2019 Evening Sample
                              All Rights Reserved
                                 Evening Sample

                              Friday 29 March 2019

SECTION: Pg. 1

LENGTH: 5 words

HEADLINE: Mine closes

BODY:
The mine closed. Source: the mine.
"""
ADVANCE = f"""Date and Time: Thursday, March 28, 2019 10:00 AM
Job Number: 12345
Documents (1)
1. Talks resume in Vienna
Client/Matter: -None-
End of Document
Talks resume in Vienna
The Daily Ledger (London)
March 28, 2019 Thursday
First Edition

Copyright 2019 The Daily Ledger Ltd. All Rights Reserved

Section: NEWS; Pg. 4
Length: 32 words
Byline: Jane Doe
Dateline: VIENNA
Body


{BODY}

Graphic

A picture of a table.

Classification


Language: ENGLISH

Load-Date: March 29, 2019

End of Document
"""
TAGGED = f"""HD  Talks resume in
    Vienna
BY  Jane Doe
WC  32 words
PD  28 March 2019
SN  The Daily Ledger (London)
SC  DLED
PG  4
LA  English
CY  Copyright 2019 The Daily Ledger

LP
{BODY}

TD
IN the town it rained.

CO  sample : Sample Mining
NS  gdip : Talks
AN
Document DLED000020190328ef3s00001

"""
COUNTED = f"""Talks resume in Vienna
Jane Doe
32 words
28 March 2019
10:00 GMT
The Daily Ledger (London)
DLED
English
(c) 2019 The Daily Ledger

{BODY}

Document DLED000020190328ef3s00001
"""
PROQUEST = f"""____________________________________________________________

Report Information from ProQuest 28 March 2019

____________________________________________________________

Document 1 of 2

Talks resume in Vienna

Author: Doe, Jane

Publication info: The Daily Ledger ; London [London]. 28 Mar 2019: 4.

Abstract: Ministers met.

Links: https://library.example/1

Full text: {BODY.lstrip()}

Subject: Talks;

Publication title: The Daily Ledger (London)

Publication date: Mar 28, 2019

Section: World

ProQuest document ID: 123456789

Document URL: https://search.example/docview/123456789

Copyright: Copyright The Daily Ledger 2019

____________________________________________________________

Document 2 of 2

Title: Mine closes

Abstract: The mine closed.

ProQuest document ID: 123456790

____________________________________________________________

Contact us at: https://library.example/contact

Database copyright 2019
"""
EXPORTS = {
    "LexisNexis": CLASSIC,
    "Nexis Uni": ADVANCE,
    "Factiva with tags": TAGGED,
    "Factiva": COUNTED,
    "ProQuest": PROQUEST,
}


@pytest.mark.parametrize("name", EXPORTS)
def test_document_of_each_database_is_read_with_the_exact_words_of_its_text(name: str) -> None:
    found = items(EXPORTS[name])[0]
    body = BODY.lstrip() if name == "ProQuest" else BODY
    assert found.content == (f"{BODY}\n\nIN the town it rained." if name == "Factiva with tags" else body)
    assert (found.headline, found.outlet) == ("Talks resume in Vienna", "The Daily Ledger (London)")
    assert (found.published, found.published_from, found.format) == ("2019-03-28", "given", "lexisnexis")
    assert marks(found)["author"] in {"Jane Doe", "Jane Doe in Vienna", "Doe, Jane"}
    assert found.name == "standard input document 1"
    assert found.warnings == ()


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_export_is_read_in_the_encoding_that_it_came_in(name: str, encoding: str) -> None:
    text = EXPORTS[name].replace("old town", "“old” town")
    assert "“old” town" in items(text.encode(encoding))[0].content


@pytest.mark.parametrize("name", EXPORTS)
def test_line_ends_of_windows_change_nothing_but_the_line_ends(name: str) -> None:
    found = items(EXPORTS[name].replace("\n", "\r\n"))[0]
    assert found.content.replace("\r\n", "\n") == items(EXPORTS[name])[0].content
    assert found.headline == "Talks resume in Vienna"


def test_second_document_is_its_own() -> None:
    found = items(CLASSIC)[1]
    assert (found.headline, found.outlet, found.published) == ("Mine closes", "Evening Sample", "2019-03-29")
    assert found.content == "The mine closed. Source: the mine."
    assert found.raw_sha256 != items(CLASSIC)[0].raw_sha256


def test_ids_addresses_and_days_of_loading_are_kept() -> None:
    assert items(TAGGED)[0].external_id == items(COUNTED)[0].external_id == "DLED000020190328ef3s00001"
    assert (items(PROQUEST)[0].external_id, items(PROQUEST)[0].url) == (
        "123456789",
        "https://search.example/docview/123456789",
    )
    assert items(CLASSIC)[0].captured == items(ADVANCE)[0].captured == "2019-03-29"
    assert marks(items(CLASSIC)[0])["dateline"] == "VIENNA"
    assert marks(items(CLASSIC)[0])["section"] == "NEWS; Pg. 4"
    assert [mark.found_in for mark in items(TAGGED)[0].marks if mark.field == "outlet"] == ["Factiva: SN"]


def test_document_with_only_a_summary_is_read_with_a_warning() -> None:
    found = items(PROQUEST)[1]
    assert found.content == "The mine closed."
    assert found.warnings == ("only a summary was there; it was read as the text",)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("1 of 2 DOCUMENTS\n\nHEADLINE: Talks\n\nLENGTH: 5 words\n\n2 of 2 DOCUMENTS\n\nLENGTH: 2 words\n\nTwo words.\n",
         ["standard input document 1 has no text below its labels (headline, length); export the full text of the documents", None]),
        ("1 of 1 DOCUMENTS\n",
         ["standard input holds no document; documents are parted by lines like '1 of 20 DOCUMENTS' or 'End of Document'"]),
        ("1 of 2 DOCUMENTS\n\nLENGTH: 9 words\n\n" + "word " * 400 + "\n\n2 of 2 DOCUMENTS\n\nLENGTH: 2 words\n\nTwo words.\n",
         ["standard input document 1 is longer than 1,000 characters; no line says where it ends", None]),
    ],
)  # fmt: skip
def test_bad_document_is_refused_by_its_number_and_the_others_are_read(text: str, messages: list[str | None]) -> None:
    found = read(text, limits=Limits(text_bytes=1_000))
    assert [each.message if isinstance(each, Rejection) else None for each in found] == messages


def test_date_that_cannot_be_read_is_a_warning() -> None:
    (found,) = items("Document 1 of 1\n\nTitle: Talks\n\nFull text: One.\n\nPublication date: Spring 2019\n")
    assert found.published is None
    assert found.warnings == ("the date 'Spring 2019' cannot be read; it was left out",)
    assert [(mark.words, mark.value) for mark in found.marks if mark.field == "published"] == [("Spring 2019", None)]


@pytest.mark.parametrize(
    "text",
    [
        "VIENNA, March 28 -- Ministers met.\n\nThey agreed on 1 of 3 documents.\n",
        "BYLINE: Jane Doe\n\nMinisters met.\n",
        "Section: one\n\nSubject: two\n",
        "____________________\n\nMinisters met on Monday.\n",
        '{"text": "1 of 2 DOCUMENTS"}',
    ],
)
def test_plain_report_is_no_export(text: str) -> None:
    assert not looks_like_export(text.encode())


@given(st.lists(st.sampled_from([*CLASSIC.splitlines(), *ADVANCE.splitlines(), *TAGGED.splitlines(), *COUNTED.splitlines(),
                                 *PROQUEST.splitlines()]), max_size=60))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_lines_in_any_order_give_items_and_rejections(lines: list[str]) -> None:
    text = "\n".join(lines)
    words = " ".join(text.split())  # the lines of a labelled text are joined
    for found in read(text, input_format="lexisnexis"):
        assert isinstance(found, RawItem | Rejection)
        if isinstance(found, RawItem):
            assert all(" ".join(line.split()) in words for line in found.content.splitlines())
