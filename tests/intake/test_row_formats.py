"""JSON documents, JSON Lines and tables in text form: each report by its place, each fault by its own message."""

from __future__ import annotations

import codecs
import csv
import io
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Limits, read_source
from dateline.intake.rows.json_pieces import cut
from dateline.records import RawItem, Rejection, Retraction

URL = "https://ledger.example/1"


def read(data: bytes | str, **options: Any) -> list[RawItem | Rejection | Retraction]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_source("-", stdin=io.BytesIO(raw), **options))


def texts(data: bytes | str, **options: Any) -> list[str]:
    """The texts, and the messages of what was rejected."""
    return [
        found.content if isinstance(found, RawItem) else getattr(found, "message", "")
        for found in read(data, **options)
    ]


def item(data: bytes | str, **options: Any) -> RawItem:
    (found,) = read(data, **options)
    assert isinstance(found, RawItem), found
    return found


def refusal(data: bytes | str, **options: Any) -> str:
    (found,) = read(data, **options)
    assert isinstance(found, Rejection), found
    return found.message


# -- JSON documents --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "names", "kind"),
    [
        ('{\n  "text": "One."\n}\n', ["standard input"], "json"),
        ('[{"text": "One."}, {"text": "Two."}]', ["standard input item 1", "standard input item 2"], "json"),
        ('[\n {"text": "One."},\n {"text": "Two."}\n]', ["standard input item 1", "standard input item 2"], "json"),
        ('{"status": "ok", "total": 2, "articles": [{"text": "One."}, {"text": "Two."}], "next": null}',
         ["standard input item 1", "standard input item 2"], "json"),
        ('{\n"meta": {"data": []}, "response": {"docs": [{"text": "One."}], "meta": 1}}', ["standard input item 1"], "json"),
        ('{"@context": "https://schema.org", "@graph": [{"text": "One."}]}', ["standard input item 1"], "json"),
        ('{\n"text": "One."}\n{"text": "Two."}', ["standard input item 1", "standard input item 2"], "json"),
        ('\x1e{\n"text": "One."}\x1e{"text": "Two."}', ["standard input item 1", "standard input item 2"], "json"),
        ('{"text": "One."}\n{"text": "Two."}\n', ["standard input line 1", "standard input line 2"], "jsonl"),
        ('{"text": "One."}', ["standard input line 1"], "jsonl"),
        ('{"count": 9, "text": "One.", "results": [{"a": 1}]}', ["standard input"], "json"),
        ('{\n"text": "One.", "items": ["a", "b"], "data": {"x": [1]}}', ["standard input"], "json"),
    ],
)  # fmt: skip
def test_reports_of_a_document_are_found_wherever_they_stand(document: str, names: list[str], kind: str) -> None:
    found = read(document)
    assert [each.name for each in found] == names
    assert [each.content for each in found if isinstance(each, RawItem)] == ["One.", "Two."][: len(names)]
    assert {each.format for each in found if isinstance(each, RawItem)} == {kind}


def test_line_that_wraps_a_list_gives_each_of_its_reports() -> None:
    line = json.dumps({"text_count": "x" * 5000, "articles": [{"text": "One."}, {"text": 5}]})
    assert [(each.name, type(each)) for each in read(f'{{"text": "Zero."}}\n{line}\n', input_format="jsonl")] == [
        ("standard input line 1", RawItem),
        ("standard input line 2 item 1", RawItem),
        ("standard input line 2 item 2", Rejection),
    ]


def test_answer_of_a_search_engine_is_unwrapped() -> None:
    document = {"took": 1, "hits": {"total": 1, "hits": [{"_index": "news", "_id": "7", "_source": {"text": "One."}}]}}
    found = item(json.dumps(document))
    assert (found.content, found.external_id) == ("One.", "7")


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32"], ids=["UTF-8 with a mark", "UTF-16", "UTF-32"]
)  # fmt: skip
def test_byte_order_mark_of_a_document_is_heeded(encoding: str) -> None:
    assert texts('[{"text": "Café."}, {"text": "Two."}]'.encode(encoding)) == ["Café.", "Two."]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ("[]", ['standard input holds no report: it is an empty list or file; a report is an object with a "text"']),
        ('[{"text": "One."}, {"text": "Tw', ["One.", "standard input is not whole JSON from byte 31 on: a text is cut off, "
         "its closing quote is missing; what came before was read"]),
        ('[{"text": "One."}, {"text": "Two."}', ["One.", "Two.", "standard input is not whole JSON from byte 35 on: "
         "the list is cut off, it never ends; what came before was read"]),
        ('[{"text": "One.", "n": 01}, {"text": "Two."}]', ["standard input item 1 is not JSON (Expecting ',' delimiter: line 1 "
         'column 24 (char 23)): \'{"text": "One.", "n": 01}\'; a report looks like {"id": "1", "text": "…"}', "Two."]),
        ('[{"text": "One."}, 17, {"text": "Three."}]', ["One.", "standard input item 2 is a JSON int, not an object; a report looks "
         'like {"id": "1", "text": "…"}', "Three."]),
        ('[{"text": 5}]', ['standard input item 1: "text" must be a string, not 5']),
        ('{\n"text": "One."}]', ["One.", "standard input is not whole JSON from byte 17 on: ']' stands where a value should begin; "
         "what came before was read"]),
        (b'[{"text": "caf\xe9"}]', ["standard input item 1 is not UTF-8 at byte 13 of it (0xe9); convert the file first, "
         "e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"]),
        (f'["{URL}"]', [f"standard input item 1 has only an address ({URL}): give --fetch to fetch it"]),
    ],
)  # fmt: skip
def test_fault_of_a_document_is_told_by_its_place_and_the_rest_is_read(document: str | bytes, found: list[str]) -> None:
    assert texts(document) == found


def test_item_above_the_limit_is_let_go_and_the_next_is_read() -> None:
    long = json.dumps({"text": 'a "quoted" \\ word ' * 40_000})
    document = f'[{{"text": "One."}}, {long}, {{"text": "Three."}}, {{"a": "{"x" * 300_000}\\\\", "b": [[[{{}}]]]}}, {{"text": "Five."}}]'
    found = texts(document, limits=Limits(line_bytes=100_000))
    assert found[0::2] == ["One.", "Three.", "Five."]
    assert found[1] == (
        f"standard input item 2 has {len(long):,} bytes; objects up to 100,000 are read. Split it, one report an object"
    )
    assert "item 4 has 300,0" in found[3]


class Repeated(io.RawIOBase):
    """A stream that repeats its middle and is never held in memory."""

    def __init__(self, head: bytes, middle: bytes, times: int, tail: bytes) -> None:
        self._parts = iter([head, *([middle] * times), tail])
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._held) < len(buffer) and (part := next(self._parts, None)) is not None:
            self._held += part
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize(
    ("head", "middle", "tail"),
    [
        (b"[", json.dumps({"text": "word " * 2_000}).encode() + b",\n", b'{"text": "Last."}]'),
        (
            b'{"status": "ok", "articles": [',
            json.dumps({"text": "word " * 2_000}).encode() + b",\n",
            b'{"text": "Last."}]}',
        ),
        (b"id,text\n", b'1,"' + b"word " * 1_000 + b"\n" + b"word " * 1_000 + b'"\n', b"2,Last.\n"),
    ],
    ids=["list", "wrapped list", "csv"],
)
def test_memory_does_not_grow_with_the_length_of_the_input(head: bytes, middle: bytes, tail: bytes) -> None:
    stream = io.BufferedReader(Repeated(head, middle, 1_000, tail))  # ten megabytes
    tracemalloc.start()
    last, count = None, 0
    for last in read_source("-", stdin=stream):  # type: ignore[arg-type]  # noqa: B007
        count += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(last, RawItem)
    assert (last.content, count) == ("Last.", 1_001)
    assert peak < 4_000_000


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=6) | st.sampled_from(["text", "data", "items"]), inner, max_size=3))  # fmt: skip


@given(st.lists(st.dictionaries(st.text(max_size=6), JSON, max_size=3), max_size=5), st.booleans(), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_pieces_of_a_list_are_its_values_however_the_bytes_come(values: list[Any], pretty: bool, step: int) -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            del size
            return super().read(step)

    document = json.dumps(values, indent=2 if pretty else None, ensure_ascii=step % 2 == 0).encode(
        "utf-8", "surrogatepass"
    )
    pieces = list(cut(Dripping(document), 1_000_000))
    assert [
        json.loads(piece.raw.decode("utf-8", "surrogatepass")) for piece in pieces if piece.raw is not None
    ] == values
    assert all(piece.fault is None and piece.inside for piece in pieces)


@given(st.binary(max_size=300) | st.text('{}[]",:\\ \x0b1tabextuniurlhp/.\n\t;|\'"<>', max_size=200).map(str.encode),
       st.sampled_from(["json", "jsonl", "csv", "lexisnexis", "auto"]))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_bytes_crash_a_reader(data: bytes, input_format: str) -> None:
    for found in read(data, input_format=input_format, limits=Limits(line_bytes=100)):
        assert isinstance(found, RawItem | Rejection | Retraction)


@given(
    st.lists(
        st.fixed_dictionaries({"text": JSON, "url": JSON, "date": JSON, "author": JSON, "bodies": JSON, "uri": JSON}),
        max_size=3,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_values_crash_the_reading_of_rows(rows: list[dict[str, Any]]) -> None:
    found = read(json.dumps(rows), input_format="json")
    assert len(found) == max(len(rows), 1)


# -- tables ----------------------------------------------------------------------------------

TABLE = [
    ["id", "title", "text", "date"],
    ["1", "Talks", 'He said "no", then\nleft; all did.', "2019-03-28"],
    ["2", "Mine", "The mine closed.", ""],
]


def table(delimiter: str, quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(TABLE)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_table_is_read_however_it_is_written(delimiter: str, quoting: int, encoding: str) -> None:
    first, second = read(table(delimiter, quoting).encode(encoding))
    assert isinstance(first, RawItem)
    assert isinstance(second, RawItem)
    assert (first.external_id, first.headline, first.content, first.published) == (
        "1",
        "Talks",
        TABLE[1][2],
        "2019-03-28",
    )
    assert (first.name, second.name) == ("standard input line 2", "standard input line 4")
    assert (second.content, second.published, second.format) == ("The mine closed.", None, "csv")


def test_table_can_be_written_back_from_what_was_read() -> None:
    assert [
        (found.external_id, found.headline, found.content) for found in read(table(",")) if isinstance(found, RawItem)
    ] == [(row[0], row[1], row[2]) for row in TABLE[1:]]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("sep=;\nid;text\n1;One.\n", ["One."]),
        ('id,text\n1,"He said \\"no\\", then left."\n', ['He said "no", then left.']),
        ('id\ttext\n1\t"Unclosed is just a quote here\n2\tTwo.\n', ['"Unclosed is just a quote here', "Two."]),
        ("id\ttext\t\t\n1\tOne.\t\t\n2\tTwo.\n", ["One.", "Two."]),
        ("text,id\rOne.,1\rTwo.,2\r", ["One.", "Two."]),
        ("\n\nid,text\n\n1,One.\n\n", ["One."]),
        ("id,text,text\n1,One.,Other.\n", ["One."]),
        ("text\nOne.\n", ["One."]),
        ("id,text\n1,=HYPERLINK(0)\n", ["=HYPERLINK(0)"]),
    ],
)
def test_odd_tables_are_read(data: str, found: list[str]) -> None:
    assert texts(data, input_format="csv") == found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("id,text\n1,One.\n2\n3,Three.\n4,Four.,x\n", ["One.", "standard input line 3 has 1 cell where 2 columns are named; it begins '2'",
         "Three.", "standard input line 5 has 3 cells where 2 columns are named; it begins '4,Four.,x'"]),
        ('id,text\n1,"One.\n2,Two.\n3,Three.\n', ["standard input line 2 cannot be read as a row: a quote that opens here is not closed "
         "as it should be, or the row is broken; it begins '1,\"One. '", "Two.", "Three."]),
        ('id,text\n1,"One" he said.\n2,Two.\n', ["standard input line 2 cannot be read as a row: a quote stands within quotes and is not "
         "doubled; it begins '1,\"One\" he said. '", "Two."]),
        ("id,text\n", ["standard input has no row below its line of names (id, text); a report is one row"]),
        ("colour,size\nred,3\n", ['standard input line 2 has no report: give its words under "text", or a page under "html". Its names '
         "are colour, size; which are read is in docs/formats.md, and --field text=NAME names another"]),
        (f"url,title\n{URL},Talks\n", [f"standard input line 2 has only an address ({URL}): give --fetch to fetch it"]),
        (" \n", ["standard input is empty; a table needs a line of names and a row, e.g. id,date,text"]),
    ],
)  # fmt: skip
def test_fault_of_a_table_is_told_by_its_line_and_the_rest_is_read(data: str, found: list[str]) -> None:
    assert texts(data, input_format="csv") == found


def test_quote_that_is_never_closed_does_not_swallow_the_table() -> None:
    rows = "".join(f"{number},Text {number}.\n" for number in range(2_000))
    found = texts(f'id,text\nx,"open\n{rows}', limits=Limits(line_bytes=10_000))
    assert "a quote that opens here is not closed" in found[0]
    assert found[1:] == [f"Text {number}." for number in range(2_000)]


def test_table_of_unclosed_quotes_takes_no_endless_time() -> None:
    found = texts("id,text\n" + 'x,"open "y" z\n' * 3_000, input_format="csv", limits=Limits(line_bytes=2_000))
    assert len(found) > 10
    assert all("cannot be read as a row" in each for each in found)


def test_table_in_windows_letters_is_read_with_a_warning() -> None:
    first, second = read("id,text\n1,Plain.\n2,“Café”\n".encode("cp1252"))
    assert isinstance(first, RawItem)
    assert isinstance(second, RawItem)
    assert (second.content, second.charset) == ("“Café”", "cp1252")
    assert second.warnings == (
        "read as Windows-1252, since the file is not UTF-8; if its letters look wrong, convert it first (iconv -f … -t UTF-8)",
    )
    assert first.warnings == ()


def test_byte_that_does_not_fit_the_lines_before_is_refused_with_its_line() -> None:
    good, bad, after = texts("id,text\n1,Café\n".encode() + b"2,caf\xe9\n3,Three.\n")
    assert (good, after) == ("Café", "Three.")
    assert bad == (
        "standard input line 3 is not UTF-8 as the lines before are (line 3, byte 0xe9); "
        "convert the file first, e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    )


def test_row_above_the_limit_is_refused_and_the_next_is_read() -> None:
    found = texts(
        "id,text\n1,One.\n2," + "x" * 5_000 + '\n3,Three.\n4,"' + "y\n" * 3_000 + '"\n5,Five.\n',
        limits=Limits(line_bytes=1_000),
    )
    assert (found[0], found[2], found[-1]) == ("One.", "Three.", "Five.")
    assert "line 3 cannot be read as a row: a row longer than 1,000 characters" in found[1]


def gdelt(columns: int, cells: dict[int, str]) -> str:
    return "\t".join(cells.get(number, "x") for number in range(1, columns + 1)) + "\n"


@pytest.mark.parametrize(
    "line",
    [
        gdelt(61, {1: "410412347", 60: "20190328100000", 61: URL}),
        gdelt(58, {1: "410412347", 57: "20190328", 58: URL}),
        gdelt(16, {1: "410412347", 3: "20190328100000", 5: "ledger.example", 6: URL}),
        gdelt(27, {1: "20190328100000-7", 2: "20190328100000", 5: URL}),
    ],
    ids=["events", "events of 1.0", "mentions", "knowledge graph"],
)
def test_tables_of_gdelt_are_known_without_names(line: str) -> None:
    assert [each.message for each in read(line * 2) if isinstance(each, Rejection)] == [
        f"standard input line {number} has only an address ({URL}): give --fetch to fetch it" for number in (1, 2)
    ]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", "id,title,text\n1,Talks,One.\n", "csv"),
        ("a.csv", "colour,text\nred,One.\n", "csv"),
        ("a.tsv", "text\tid\nOne.\t1\n", "csv"),
        ("a.json", '{"text": "One."}\n{"text": "Two."}\n', "jsonl"),
        ("a.json", '{"text": "One."}', "json"),
        ("a.jsonl", '[{"text": "One."}]', "json"),
        ("a.txt", "Sources, dates, texts and titles were all there.\nThen they left, and wept, and so on.\n", "text"),
        ("a.txt", "Talks, Text\n\nMinisters met on Monday, in Vienna.\n", "text"),
    ],
)
def test_content_decides_between_tables_documents_and_text(tmp_path: Path, name: str, data: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    assert {each.format for each in read_source(path) if isinstance(each, RawItem)} == {kind}


def test_tables_and_documents_in_a_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\nOne.\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('[{"text": "Two."}]', encoding="utf-8")
    assert [each.content for each in read_source(tmp_path) if isinstance(each, RawItem)] == ["One.", "Two."]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(",\t;|"), st.sampled_from(["\n", "\r\n"])
)
@settings(max_examples=60, deadline=None)
def test_cells_come_back_as_they_were_written(rows: list[tuple[str, str]], delimiter: str, end: str) -> None:
    kept = [(f"k{number}", f"{text}.x") for number, (_, text) in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("id", "text"), *kept])
    found = read(out.getvalue(), input_format="csv")
    assert [(each.external_id, each.content) for each in found if isinstance(each, RawItem)] == kept


def test_digest_is_of_the_bytes_of_the_row() -> None:
    from hashlib import sha256

    data = 'id,text\n1,"a\nb"\n2,c\n'
    assert [each.raw_sha256 for each in read(data)] == [sha256(raw).hexdigest() for raw in (b'1,"a\nb"\n', b"2,c\n")]
    wide = codecs.BOM_UTF16_LE + data.encode("utf-16-le")
    assert read(wide)[1].raw_sha256 == sha256("2,c\n".encode("utf-16-le")).hexdigest()  # type: ignore[union-attr]


def test_shuffled_bytes_of_a_table_give_items_and_rejections_only() -> None:
    dice = random.Random(7)
    data = bytearray(table(",").encode() * 20)
    for _ in range(30):
        for _ in range(20):
            data[dice.randrange(len(data))] = dice.randrange(256)
        assert read(bytes(data), input_format="csv")


def test_a_table_from_a_pipe_is_known_by_the_column_that_was_named() -> None:
    table = b"Kennung;Inhalt\n1;Kenya opened talks on Monday.\n2;Chad closed the border.\n"
    items = list(read_source("-", stdin=io.BytesIO(table), fields={"text": "Inhalt"}))
    assert [item.content for item in items if isinstance(item, RawItem)] == [
        "Kenya opened talks on Monday.",
        "Chad closed the border.",
    ]
