"""Pages saved by a browser in one file, mail, and mailboxes."""

from __future__ import annotations

import base64
import gzip
import io
import quopri
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Limits, read_source
from dateline.records import RawItem, Rejection, Retraction

TEXT = "The ministers met on Monday – at last.\n\nThey agreed to meet again.\n"
PAGE = "<html><body><p>The ministers met on Monday – at last.</p></body></html>"
HEAD = (
    "From: The Daily Ledger <news@ledger.example>\r\nTo: reader@home.example\r\nSubject: Fwd: =?utf-8?q?Talks_=E2=80=93_at_last?=\r\n"
    "Date: Thu, 28 Mar 2019 10:00:00 +0000 (UTC)\r\nMessage-ID: <7@ledger.example>\r\nMIME-Version: 1.0\r\n"
)


def read(data: bytes | str, **options: object) -> list[RawItem | Rejection | Retraction]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_source("-", stdin=stream, **options))  # type: ignore[arg-type]


def only(data: bytes | str, **options: object) -> RawItem:
    (found,) = read(data, **options)
    assert isinstance(found, RawItem), found
    return found


def part(kind: str, text: str | bytes, *more: str, packed: str = "base64") -> str:
    data = text.encode() if isinstance(text, str) else text
    coded = base64.encodebytes(data) if packed == "base64" else quopri.encodestring(data)
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {packed}", *more, "", coded.decode()]
    return "\r\n".join(lines)


def parts(kind: str, *inside: str, border: str = "b1") -> str:
    body = "".join(f"--{border}\r\n{each}\r\n" for each in inside)
    return f'Content-Type: multipart/{kind}; boundary="{border}"\r\n\r\n{body}--{border}--\r\n'


# -- saved pages -----------------------------------------------------------------------------

SAVED = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ledger.example/1\r\nSubject: Talks\r\n" \
        "Date: Fri, 29 Mar 2019 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"  # fmt: skip


@pytest.mark.parametrize("packed", ["base64", "quoted-printable"])
def test_page_in_a_saved_page_is_read_with_its_address_and_day(packed: str) -> None:
    picture = part("image/png", b"\x89PNG", "Content-Location: https://ledger.example/1.png")
    page = part("text/html; charset=utf-8", PAGE, "Content-Location: https://ledger.example/other", packed=packed)
    found = only(SAVED + parts("related", picture, page))
    assert (found.kind, found.format, found.charset) == ("html", "mhtml", "utf-8")
    assert found.content.strip() == PAGE
    assert found.url == "https://ledger.example/1"
    assert found.captured == "2019-03-29T08:00:00Z"
    assert found.published is None


def test_part_that_a_saved_page_names_as_its_beginning_is_read() -> None:
    frame = part("text/html", "<html><p>A frame</p></html>", "Content-ID: <frame>")
    page = part("text/html", PAGE, "Content-ID: <main>", "Content-Location: https://ledger.example/2")
    saved = SAVED.replace("Snapshot-Content-Location: https://ledger.example/1\r\n", "")
    found = only(saved + parts('related; start="<main>"', frame, page))
    assert found.content == PAGE
    assert found.url == "https://ledger.example/2"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SAVED + parts("related", part("image/png", b"\x89PNG")), "none of its parts is HTML"),
        (SAVED + parts("related", part("text/html", " ")), "is a saved page without content"),
        ("no header at all", "does not begin with headers"),
        ("", "is empty"),
    ],
)
def test_saved_page_without_a_page_is_refused(data: str, words: str) -> None:
    (found,) = read(data, input_format="mhtml")
    assert isinstance(found, Rejection)
    assert words in found.message


# -- mail ------------------------------------------------------------------------------------


def test_mail_gives_its_text_day_subject_and_sender() -> None:
    found = only(HEAD + part("text/plain; charset=utf-8", TEXT))
    assert (found.kind, found.format, found.content) == ("text", "eml", TEXT)
    assert (found.published, found.published_from) == ("2019-03-28T10:00:00Z", "given")
    assert (found.headline, found.external_id) == ("Talks – at last", "7@ledger.example")
    marks = {mark.field: mark.value for mark in found.marks}
    assert marks["outlet"] == "The Daily Ledger"
    assert marks["published"] == found.published


@pytest.mark.parametrize(
    ("plain", "kind"),
    [(TEXT, "text"), ("Read this in a browser.", "html"), ("", "html")],
    ids=["whole", "stub", "empty"],
)
def test_plain_part_is_read_unless_it_is_a_stub_beside_the_page(plain: str, kind: str) -> None:
    page = PAGE.replace("</p>", "</p><p>They agreed to meet again, said the spokeswoman after the talks.</p>")
    found = only(HEAD + parts("alternative", part("text/plain", plain), part("text/html", page)))
    assert found.kind == kind


def test_text_in_an_old_encoding_is_read() -> None:
    found = only(HEAD.encode() + part("text/plain; charset=iso-8859-1", "“Café” reopens.".encode("cp1252")).encode())
    assert (found.content, found.charset) == ("“Café” reopens.", "cp1252")


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("Talks – at last".encode(), "Talks – at last"),
        ("Café reopens".encode("cp1252"), "Café reopens"),
        (b"=?iso-8859-1?q?Caf=E9?= reopens", "Café reopens"),
        (b"=?no-such?q?Caf=E9?= reopens", "=?no-such?q?Caf=E9?= reopens"),
        (b"=?utf\xff-8?q?x?=", "=?utfÿ-8?q?x?="),
        (b"Re: FW: Talks\r\n go on", "Talks go on"),
    ],
)
def test_subject_is_the_headline_however_it_is_written(subject: bytes, headline: str) -> None:
    data = HEAD.encode().replace(b"Fwd: =?utf-8?q?Talks_=E2=80=93_at_last?=", subject)
    assert only(data + part("text/plain", TEXT).encode()).headline == headline


def test_reports_attached_to_a_mail_are_read() -> None:
    inner = (
        "Content-Type: message/rfc822\r\n\r\n" + HEAD.replace("7@", "8@") + part("text/plain", "Forwarded text here.")
    )
    rows = part("application/json", '{"text": "One."}\n', 'Content-Disposition: attachment; filename="../rows.jsonl"')
    packed = part("application/gzip", gzip.compress(b"Two."), 'Content-Disposition: attachment; filename="a.txt.gz"')
    picture = part("image/png", b"\x89PNG", 'Content-Disposition: attachment; filename="a.png"')
    found = read(HEAD + parts("mixed", part("text/plain", TEXT), inner, rows, packed, picture))
    assert [item.name.removeprefix("standard input") for item in found] == [
        "", ": attached message 1", ": rows.jsonl line 1", ": a.txt.gz",
    ]  # fmt: skip
    assert [item.content for item in found if isinstance(item, RawItem)] == [
        TEXT,
        "Forwarded text here.",
        "One.",
        "Two.",
    ]


def test_unreadable_date_is_a_warning_and_the_mail_is_read() -> None:
    found = only((HEAD + part("text/plain", TEXT)).replace("28 Mar", "99 Mar"), published="2020-01-01")
    assert found.published == "2020-01-01"
    assert "the date of the mail cannot be read" in found.warnings[0]
    assert next(mark for mark in found.marks if mark.field == "published").value is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (HEAD + parts("mixed", part("image/png", b"\x89PNG")), "is a mail without text"),
        (HEAD + "\r\n", "is a mail without text"),
        (HEAD + "".join(f"Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n" for at in range(300)), "parts that hold"),
    ],
    ids=["pictures", "empty", "nested"],
)  # fmt: skip
def test_mail_without_a_report_is_refused(data: str, words: str) -> None:
    (found,) = read(data)
    assert isinstance(found, Rejection)
    assert words in found.message


def test_mail_larger_than_the_limit_is_refused() -> None:
    (found,) = read(HEAD + part("text/plain", "a " * 4000), limits=Limits(mail_bytes=3000))
    assert isinstance(found, Rejection)
    assert "larger than 3,000 bytes" in found.message


def test_report_with_one_colon_is_no_mail() -> None:
    assert only("Update: The ministers met.\n\nThey agreed.\n").format != "eml"
    assert only("Subject: the ministers met.\nDate: they agreed.\n\nAnd left.\n").format != "eml"


# -- mailboxes -------------------------------------------------------------------------------

BORDER = "From news@ledger.example Thu Mar 28 10:00:00 2019\n"


def test_messages_of_a_mailbox_are_read_one_by_one() -> None:
    first = HEAD + "Content-Type: text/plain\r\n\r\nOne.\n>From here on it rained.\n"
    found = read(BORDER + first + "\n" + BORDER + "\n" + BORDER + HEAD + "\r\nThree.\n")
    assert [item.name for item in found] == [f"standard input message {at}" for at in (1, 2, 3)]
    assert found[0].content == "One.\nFrom here on it rained.\n\n"  # type: ignore[union-attr]
    assert isinstance(found[1], Rejection)
    assert isinstance(found[2], RawItem)


def test_huge_message_in_a_mailbox_costs_only_itself() -> None:
    mailbox = BORDER + HEAD + "\r\n" + "word \n" * 3000 + "\n" + BORDER + HEAD + "\r\nTwo.\n"
    first, second = read(mailbox, limits=Limits(mail_bytes=2000))
    assert isinstance(first, Rejection)
    assert "larger than 2,000 bytes" in first.message
    assert isinstance(second, RawItem)


# -- anything at all -------------------------------------------------------------------------

SEEDS = [
    (SAVED + parts("related", part("text/html", PAGE))).encode(),
    (HEAD + parts("mixed", part("text/plain", TEXT), part("text/html", PAGE), "Content-Type: message/rfc822\r\n\r\n" + HEAD)).encode(),
    (BORDER + HEAD + "\r\nOne.\n\n" + BORDER + HEAD + "\r\nTwo.\n").encode(),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 8), st.binary(max_size=8)), max_size=5),
    st.sampled_from(["auto", "eml", "mhtml"]),
)
def test_no_bytes_crash_the_mail_readers(seed: bytes, changes: list[tuple[int, int, bytes]], input_format: str) -> None:
    changed = bytearray(seed)
    for place, size, value in changes:
        changed[place % len(seed) : place % len(seed) + size] = value
    for item in read(bytes(changed), input_format=input_format):
        assert isinstance(item, RawItem | Rejection | Retraction)


@pytest.mark.parametrize("character", ["(", ":", "<", '"'])
def test_a_sender_of_nothing_but_brackets_does_not_end_the_run(character: str) -> None:
    assert only(f"From: {character * 1900}\nSubject: Talks\n\nKenya opened talks on Monday.\n").kind == "text"


def test_time_does_not_grow_with_the_square_of_a_hostile_mail() -> None:
    mail = (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nA few words.\n'
        f"--b\nContent-Type: text/html\n\n{'<style' * 40_000}\n--b--\n"
    )
    start = time.process_time()
    assert len(read(mail)) == 1
    assert time.process_time() - start < 2  # it took 24 seconds when the end of each style was looked for
