"""Files, folders and standard input. Each bad input gives one clear rejection, and the rest is still read."""

from __future__ import annotations

import codecs
import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.intake import FORMATS, Limits, read_source
from dateline.intake.sniffing import find_format
from dateline.records import RawItem, Rejection

TEXT = "The ministers met on Monday.\r\n\r\nThey agreed to meet again: “soon”.\n"


def items(source: str | Path, **options: object) -> list[RawItem | Rejection]:
    return list(read_source(source, **options))  # type: ignore[arg-type]


def item(source: str | Path, **options: object) -> RawItem:
    (found,) = items(source, **options)
    assert isinstance(found, RawItem), found
    return found


def refusal(source: str | Path, **options: object) -> Rejection:
    (found,) = items(source, **options)
    assert isinstance(found, Rejection), found
    assert found.stage == "intake"
    assert found.error == "IntakeError"
    assert found.message.startswith(found.name)
    assert "\n" not in found.message
    return found


@pytest.fixture
def write(tmp_path: Path):
    def make(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return make


def test_text_file_is_one_report_unchanged(write) -> None:
    path = write("report.txt", TEXT)
    found = item(path, published="2019-03-28", outlet="The Daily Ledger")
    assert (found.kind, found.content, found.name) == ("text", TEXT, str(path))
    assert (found.published, found.published_from, found.outlet) == ("2019-03-28", "given", "The Daily Ledger")
    assert len(found.raw_sha256) == 64


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(write, data: bytes) -> None:
    assert item(write("report.txt", data)).content == TEXT


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n ", "is empty"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("latin.txt", "café".encode("latin-1"), "is not UTF-8 at byte 3 (0xe9); convert it first, e.g. iconv"),
        ("half.txt", codecs.BOM_UTF16_LE + b"abc", "is not UTF-16-LE at byte 4"),
        ("scan.txt", b"%PDF-1.7\n...", "is a PDF"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n...", "is a PNG image"),
        ("zeros.txt", b"abc\0def", "is a binary file (a zero byte at byte 3)"),
        ("late.txt", b"a" * 9000 + b"\0", "is a binary file"),
        ("wide.jsonl", codecs.BOM_UTF16_LE + '{"text": "a"}\n'.encode("utf-16-le"), "is not JSON Lines"),
    ],
)
def test_file_that_is_no_report_is_refused_with_the_reason(write, name: str, data: bytes, words: str) -> None:
    assert words in refusal(write(name, data)).message


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "none.txt").message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file_is_refused(write) -> None:
    path = write("secret.txt", TEXT)
    path.chmod(0)
    assert "permission denied" in refusal(path).message


def test_text_file_above_the_limit_is_refused(write) -> None:
    message = refusal(write("big.txt", "a" * 101), limits=Limits(text_bytes=100)).message
    assert "larger than 100 bytes" in message
    assert item(write("fits.txt", "a" * 100), limits=Limits(text_bytes=100)).content == "a" * 100


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.txt", b"<!DOCTYPE html><html><body><p>Hello.</p></body></html>", "html"),
        ("page", b"\n <!-- saved --> <html><p>Hello.</p></html>", "html"),
        ("piece.html", b"Hello <b>there</b>", "html"),
        ("plain.html", b"Hello there.", "text"),
        ("rows.txt", b'{"id": "7", "html": "<p>Hello.</p>"}', "html"),
        ("rows", b'{"id": "7", "text": "Hello."}', "text"),
        ("quote.txt", b"{The speaker was not named.}", "text"),
        ("less.txt", b"<5 ships were seen.", "text"),
    ],
)
def test_content_says_the_format_and_not_only_the_name(write, name: str, data: bytes, kind: str) -> None:
    found = item(write(name, data))
    assert found.kind == kind
    assert (found.external_id == "7") == name.startswith("rows")


@pytest.mark.parametrize("fields", [{"text"}, {"html"}])
@pytest.mark.parametrize("comment", ["<!---->", "<!-- a -->", "<?xml?>"])
def test_very_many_comments_before_no_page_take_no_time(comment: str, fields: set[str]) -> None:
    """A pattern that could divide them up in several ways would take longer than anyone waits."""
    text = comment * 300 + "zz"
    line = json.dumps(dict.fromkeys(fields, text)).encode()
    assert find_format(text.encode(), "") == "text"
    assert len(list(read_source("-", input_format="jsonl", stdin=io.BytesIO(line)))) == 1


def test_comments_and_a_declaration_before_a_page_leave_it_a_page() -> None:
    page = b'<?xml version="1.0"?>\n<!-- a - b -- c --->\n<!---->\n<html><body><p>Hello.</p></body></html>'
    assert find_format(page, "") == "html"


def test_given_format_is_taken_at_its_word(write) -> None:
    path = write("page.html", "<p>Hello.</p>")
    assert item(path, input_format="text").kind == "text"
    assert list(FORMATS) == sorted(FORMATS)


def test_page_is_read_in_the_encoding_it_declares(write) -> None:
    page = "<html><head><meta charset='windows-1251'></head><p>Привет</p></html>"
    assert "Привет" in item(write("page.html", page.encode("cp1251"))).content
    latin = "<html><meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'><p>“café”</p></html>"
    assert "“café”" in item(write("page.html", latin.encode("cp1252"))).content
    odd = "<html><meta charset='no-such-thing'><p>café</p></html>"
    assert "café" in item(write("page.html", odd)).content
    assert "is not UTF-8" in refusal(write("page.html", "<html><p>é</p></html>".encode("latin-1"))).message


def test_folder_is_read_in_order_of_name_and_one_bad_file_stops_nothing(write, tmp_path: Path) -> None:
    write("b.txt", TEXT)
    write("a/z.jsonl", '{"text": "One."}\n{"text": "Two."}\n')
    write("a.txt", "")
    write("c.md", "not looked at")
    write(".hidden.txt", TEXT)
    write(".git/x.txt", TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    names = [Path(found.name).name for found in items(tmp_path)]
    assert names == ["a.txt", "b.txt", "z.jsonl line 1", "z.jsonl line 2"]
    assert [type(found) for found in items(tmp_path)] == [Rejection, RawItem, RawItem, RawItem]


def test_folder_without_reports_is_refused(tmp_path: Path) -> None:
    assert "folder without reports" in refusal(tmp_path).message


def test_names_that_would_move_the_cursor_are_shown_harmless(tmp_path: Path) -> None:
    assert "\x1b" not in refusal(tmp_path / "a\x1b[2Jb.txt").message
    refusal(str(tmp_path / "nul\0.txt"))


def test_json_lines_give_the_fields_of_each_report(write) -> None:
    row = {"id": 7, "text": TEXT, "published": "20190328", "headline": " Talks\n resume ", "url": "https://a.example/1",
           "outlet": "Ledger", "other": [1]}  # fmt: skip
    found = item(write("rows.jsonl", codecs.BOM_UTF8 + json.dumps(row).encode()), published="2020-01-01", outlet="X")
    assert found == RawItem(
        name=f"{found.name}",
        kind="text",
        content=TEXT,
        raw_sha256=found.raw_sha256,
        external_id="7",
        url="https://a.example/1",
        outlet="Ledger",
        headline="Talks resume",
        published="2019-03-28",
        published_from="given",
        format="jsonl",
        charset="utf-8",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"not json", "is not JSON"),
        (b'{"text": "cut', "is not JSON"),
        (b'["text"]', "is a JSON list, not an object"),
        (b"17", "is a JSON int, not an object"),
        (b'{"id": 1}', 'has no report: give its words under "text"'),
        (b'{"text": "  "}', "has no report"),
        (b'{"text": null, "html": ""}', "has no report"),
        (b'{"text": 5}', '"text" must be a string, not 5'),
        (b'{"text": "a", "outlet": ["b"]}', '"outlet" must be a string'),
        (b'{"text": "a", "id": true}', '"id" must be a string or a number'),
        (b'{"text": "a", "published": "last week"}', "publication date 'last week' cannot be read; write it as"),
        (b'{"text": "a", "published": 20191399}', "publication date '20191399' cannot be read"),
        (b'{"text": "caf\xe9"}', "is not UTF-8 at byte 13"),
        (b'{"text": ' + b"[" * 100_000, "is not JSON"),
        (b'{"text": "a", "n": ' + b"1" * 5000 + b"}", "is not JSON"),
    ],
)
def test_bad_line_is_refused_by_number_and_the_others_are_read(write, line: bytes, words: str) -> None:
    path = write("rows.jsonl", b'{"text": "One."}\n' + line + b'\n\n{"text": "Four."}')
    first, second, third = items(path)
    assert isinstance(first, RawItem)
    assert isinstance(second, Rejection)
    assert second.message.startswith(f"{path} line 2")
    assert words in second.message
    assert isinstance(third, RawItem)
    assert third.name == f"{path} line 4"


def test_address_that_is_not_of_the_web_is_left_out_with_a_warning(write) -> None:
    found = item(write("rows.jsonl", '{"text": "a", "url": "javascript:alert(1)"}'))
    assert found.url is None
    assert "javascript" in found.warnings[0]


def test_characters_that_cannot_be_stored_are_replaced_one_for_one(write) -> None:
    found = item(write("rows.jsonl", r'{"text": "a\ud800b\u0000c"}'))
    assert found.content == "a\ufffdb\ufffdc"
    assert "2 characters" in found.warnings[0]


class EndlessLine(io.RawIOBase):
    """One line of 50 MB that is never held in memory, then a good line."""

    def __init__(self) -> None:
        self.left = 50_000_000
        self.tail = b'"}\n{"id": "after", "text": "Fine."}\n'
        self.head = b'{"text": "'

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self.head:
            data, self.head = self.head, b""
        elif self.left:
            data = b"a" * min(len(buffer), self.left)
            self.left -= len(data)
        else:
            data, self.tail = self.tail[: len(buffer)], self.tail[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def test_line_of_fifty_megabytes_is_one_refusal_and_the_next_line_is_read() -> None:
    tracemalloc.start()
    first, second = items("-", stdin=io.BufferedReader(EndlessLine()), limits=Limits(line_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Rejection)
    assert first.message.startswith("standard input line 1 has 50,000,013 bytes; lines up to 1,000,000 are read")
    assert isinstance(second, RawItem)
    assert second.external_id == "after"
    assert peak < 10_000_000


def test_lines_are_given_as_they_come() -> None:
    stream = io.BytesIO(b'{"text": "One."}\n' * 100_000)
    source = read_source("-", stdin=stream)
    assert isinstance(next(source), RawItem)
    assert stream.tell() < 100_000


def test_standard_input_may_be_text_or_a_page() -> None:
    assert item("-", stdin=io.BytesIO(TEXT.encode())).content == TEXT
    assert item("-", stdin=io.BytesIO(b"<html><p>Hello.</p></html>")).kind == "html"
    assert "standard input is empty" in refusal("-", stdin=io.BytesIO(b"")).message


def test_wrong_options_stop_the_run_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"formats are auto, {', '.join(FORMATS)}"):
        read_source(tmp_path, input_format="docx")
    with pytest.raises(ConfigError, match="cannot be read; write it as"):
        read_source(tmp_path, published="28.3.")
