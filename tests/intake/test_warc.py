"""Web archives: pages with their addresses and days; damage and false lengths cost one record each, and are counted by place."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import struct
import sys
import zlib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from fastwarc.stream_io import BrotliWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Limits, read_source
from dateline.intake.archives.packings import zstd_module
from dateline.records import RawItem, Rejection, Retraction

Found = RawItem | Rejection | Retraction
PAGE = "<html><body><p>The ministers met on Monday – at last. {}</p></body></html>"
URL = "https://ledger.example/{}.html"
FORMS = ("plain", "by record", "whole", "zstd")


def load_bench(name: str) -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up, and one script imports the other
    spec.loader.exec_module(module)
    return module


made_up = load_bench("warc_pages")
bench = load_bench("warc")


def record(block: bytes, *, kind: str = "response", url: str | None = URL.format(1), by: int = 0, **more: str) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Date": "2024-06-01T00:00:00Z",
        "Content-Type": "application/http; msgtype=response",
    }
    fields |= {"WARC-Target-URI": url} if url else {}
    fields |= {name.replace("_", "-"): value for name, value in more.items()} | {"Content-Length": str(len(block) + by)}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(
    body: str | bytes, status: int = 200, media_type: str | None = "text/html; charset=utf-8", **more: str
) -> bytes:
    fields = {name.replace("_", "-"): value for name, value in more.items()} | (
        {"Content-Type": media_type} if media_type else {}
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Words\r\n{head}\r\n".encode() + (body.encode() if isinstance(body, str) else body)


def page(number: int, by: int = 0) -> bytes:
    return record(answer(PAGE.format(number) + " " * 3000 + str(number) * 50), url=URL.format(number), by=by)


def archive(records: list[bytes], form: str) -> bytes:
    if form == "by record":
        return b"".join(gzip.compress(each, mtime=0) for each in records)
    if form == "zstd":
        return b"".join(zstd_module().compress(each) for each in records)
    return gzip.compress(b"".join(records)) if form == "whole" else b"".join(records)


def read(data: bytes, **options: object) -> list[Found]:
    return list(read_source("-", stdin=io.BytesIO(data), **options))  # type: ignore[arg-type]


def numbers(found: list[Found]) -> list[int]:
    """The numbers of the pages that were read."""
    return [int(item.url.split("/")[-1].split(".")[0]) for item in found if isinstance(item, RawItem) and item.url]


def faults(found: list[Found]) -> list[str]:
    return [item.error for item in found if isinstance(item, Rejection)]


# -- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("input_format", ["auto", "warc"])
def test_page_is_read_with_address_day_and_digest(form: str, input_format: str) -> None:
    first, second = read(archive([page(1), page(2)], form), input_format=input_format, outlet="The Daily Ledger")
    assert isinstance(first, RawItem)
    assert (first.kind, first.format, first.charset, first.url) == ("html", "warc", "utf-8", URL.format(1))
    assert first.content.startswith(PAGE.format(1))
    assert (first.captured, first.published, first.outlet) == ("2024-06-01T00:00:00Z", None, "The Daily Ledger")
    assert first.name == f"standard input record at byte {0}"
    at = {"plain": len(page(1)), "whole": f"0+{len(page(1))}"}.get(form, len(archive([page(1)], form)))
    assert second.name == f"standard input record at byte {at}"


def brotli(data: bytes) -> bytes:
    class KeptOpen(io.BytesIO):
        def close(self) -> None:
            """The writer closes what it writes to."""

    out = KeptOpen()
    writer = BrotliWriter(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


def chunked(data: bytes) -> bytes:
    return (
        b"".join(b"%X;x=1\r\n%s\r\n" % (len(data[at : at + 40]), data[at : at + 40]) for at in range(0, len(data), 40))
        + b"0\r\n\r\n"
    )


BODY = PAGE.format("x" * 300).encode()
RAW_DEFLATE = zlib.compress(BODY)[2:-4]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (BODY, {}),
        (gzip.compress(BODY), {"Content_Encoding": "gzip"}),
        (zlib.compress(BODY), {"Content_Encoding": "deflate"}),
        (RAW_DEFLATE, {"Content_Encoding": "deflate"}),
        (brotli(BODY), {"Content_Encoding": "br"}),
        (bytes(zstd_module().compress(BODY)), {"Content_Encoding": "zstd"}),
        (chunked(BODY), {"Transfer_Encoding": "chunked"}),
        (chunked(gzip.compress(BODY)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (gzip.compress(brotli(BODY)), {"Content_Encoding": "br, gzip"}),
        *((BODY, {"Content_Encoding": name}) for name in ("gzip", "deflate", "br", "zstd", "identity")),
        (BODY, {"Transfer_Encoding": "chunked"}),
    ],
)
def test_body_is_read_without_its_packing_or_as_it_stands_where_the_crawler_took_it_off(
    body: bytes, fields: dict[str, str]
) -> None:
    (found,) = read(record(answer(body, **fields)))
    assert isinstance(found, RawItem), found
    assert found.content == BODY.decode()


@pytest.mark.parametrize(
    ("body", "fields", "error"),
    [
        (gzip.compress(BODY)[:-20], {"Content_Encoding": "gzip"}, "CutOffError"),
        (gzip.compress(BODY)[:-8] + b"\xff" * 8, {"Content_Encoding": "gzip"}, "DamagedError"),
        (b"\x9f" * 60, {"Content_Encoding": "br"}, "DamagedError"),
        (gzip.compress(b"0" * 9_000_000), {"Content_Encoding": "gzip"}, "TooMuchError"),
        (brotli(b"0" * 9_000_000), {"Content_Encoding": "br"}, "TooMuchError"),
        (BODY, {"Content_Encoding": "compress"}, "LockedError"),
        (chunked(BODY)[:-9], {"Transfer_Encoding": "chunked"}, "CutOffError"),
        (b" ", {}, "IntakeError"),
        (b"%PDF-1.7 ....", {}, "IntakeError"),
    ],
)
def test_body_that_cannot_be_read_is_a_rejection_with_its_place(
    body: bytes, fields: dict[str, str], error: str
) -> None:
    found = read(record(answer(body, **fields)) + page(2), limits=Limits(html_bytes=4_000_000))
    assert faults(found) == [error]
    assert found[0].name == "standard input record at byte 0"
    assert numbers(found) == [2]


def test_encoding_is_that_of_the_answer_or_of_the_page() -> None:
    russian = record(
        answer("<html><p>Привет</p></html>".encode("cp1251"), media_type="text/html; charset=windows-1251")
    )
    declared = record(
        answer('<html><meta charset="koi8-r"><p>Привет</p></html>'.encode("koi8-r"), media_type="text/html")
    )
    found = read(russian + declared)
    assert [(item.charset, "Привет" in item.content) for item in found if isinstance(item, RawItem)] == [
        ("cp1251", True), ("koi8-r", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "options", "kind"),
    [
        (answer("Words of a report.", media_type="text/plain"), {}, "text"),
        (answer("User-agent: *", media_type="text/plain"), {"url": "https://a.example/robots.txt"}, None),
        (answer("var x", media_type="text/plain"), {"url": "https://a.example/x.js"}, None),
        (answer(PAGE, media_type="application/xhtml+xml"), {}, "html"),
        (answer(PAGE, media_type=None), {}, "html"),
        (answer("{}", media_type="application/json"), {}, None),
        (answer("<rss/>", media_type="application/rss+xml"), {}, None),
        (answer(PAGE, status=301), {}, None),
        (answer(PAGE, status=500), {}, None),
        (answer(PAGE, status=206), {}, None),
        (PAGE.encode(), {"kind": "resource", "Content_Type": "text/html"}, "html"),
        (b"Words of a report.", {"kind": "conversion", "Content_Type": "text/plain"}, "text"),
        (b"ledger.example. 60 IN A 192.0.2.1", {"Content_Type": "text/dns"}, None),
        (answer(PAGE), {"kind": "request"}, None),
        (answer(PAGE), {"kind": "revisit"}, None),
        (b"no answer", {}, None),
    ],
)
def test_pages_are_read_and_other_records_passed_over(block: bytes, options: dict[str, str], kind: str | None) -> None:
    found = read(record(block, **options) + page(2))  # type: ignore[arg-type]
    assert [item.kind for item in found if isinstance(item, RawItem)] == ([kind, "html"] if kind else ["html"])
    assert faults(found) == []


def test_page_that_is_gone_is_taken_back() -> None:
    first, second = read(record(answer("<p>Gone</p>", status=410)) + record(answer("", status=404, media_type=None)))
    assert first == Retraction(
        name="standard input record at byte 0",
        reason="the server answered 410",
        url=URL.format(1),
        at="2024-06-01T00:00:00Z",
    )
    assert isinstance(second, Retraction)


def test_archive_without_pages_is_refused_and_says_what_it_holds() -> None:
    (found,) = read(record(b"x", kind="warcinfo", url=None) + record(answer(b"\xff", media_type="image/png")))
    assert isinstance(found, Rejection)
    assert "is a web archive without pages (1 warcinfo, 1 image/png)" in found.message


def test_page_that_the_crawler_cut_is_read_with_a_warning() -> None:
    (found,) = read(record(answer(PAGE), WARC_Truncated="length", WARC_Date="yesterday"))
    assert isinstance(found, RawItem)
    assert "WARC-Truncated: length" in found.warnings[1]
    assert "WARC-Date: 'yesterday'" in found.warnings[0]
    assert found.captured is None


def test_page_that_names_web_archives_is_one_page() -> None:
    talk = record(answer(f"<html><p>It said\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n{'x' * 900}</p></html>"))
    for form in FORMS:
        found = read(archive([talk, page(2)], form))
        assert numbers(found) == [1, 2]
        assert faults(found) == []


def test_zstd_archive_with_a_dictionary_is_read() -> None:
    zstd = zstd_module()
    pages = [page(at) for at in range(40)]
    trained = zstd.train_dict(pages, 4000)
    for stored in (trained.dict_content, zstd.compress(trained.dict_content)):
        frames = b"".join(zstd.compress(each, zstd_dict=trained) for each in pages)
        data = b"\x5d\x2a\x4d\x18" + struct.pack("<L", len(stored)) + stored + frames
        assert numbers(read(data)) == list(range(40))


def test_archive_packed_otherwise_or_in_a_file_of_its_own_is_read() -> None:
    whole = archive([page(1), page(2)], "plain")
    assert numbers(read(bz2.compress(whole))) == [1, 2]
    assert numbers(read(gzip.compress(archive([page(1)], "by record")))) == [1]


# -- damage ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    written = made_up.write_crawl(path, 60)
    return path, written, path.read_bytes()


def test_generator_writes_the_same_bytes_again(crawl, tmp_path: Path) -> None:
    made_up.write_crawl(tmp_path / "again.warc.gz", 60)
    assert (tmp_path / "again.warc.gz").read_bytes() == crawl[2]


def test_every_page_of_a_good_crawl_is_read(crawl) -> None:
    path, written, _ = crawl
    found = list(read_source(path))
    truth = Counter(each.kind for each in written)
    assert Counter(type(item).__name__ for item in found) == {"RawItem": truth["page"], "Retraction": truth["gone"]}
    starts = [each.start for each in written if each.kind in ("page", "gone")]
    assert [item.name for item in found] == [f"{path} record at byte {start}" for start in starts]
    pages = [made_up.make_page(at) for at in range(60)]
    assert [item.url for item in found if isinstance(item, RawItem)] == [each.url for each in pages]
    assert all(each.paragraphs[-1] in item.content.replace("&#8220;", "“").replace("&#8221;", "”")
               for each, item in zip(pages, (item for item in found if isinstance(item, RawItem)), strict=True))  # fmt: skip


def test_broken_copies_of_the_bench_lose_what_it_says(crawl) -> None:
    path, written, _ = crawl
    for name, stream, expected in bench.broken_copies(path, written):
        with io.BufferedReader(stream) as opened:
            found = list(read_source("-", stdin=opened, input_format="warc"))
        assert len(found) - len(faults(found)) == expected, name
        assert bool(faults(found)) == (name != "whole")


def kept(written, *lost: int, before: int | None = None) -> int:
    """How many pages and retractions stand outside the lost records."""
    alive = [each for at, each in enumerate(written) if at not in lost and (before is None or each.end <= before)]
    return sum(each.kind in ("page", "gone") for each in alive)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_crawl_that_is_cut_off_is_read_to_the_cut(crawl, share: float) -> None:
    _, written, data = crawl
    cut = int(len(data) * share)
    *items, last = read(data[:cut])
    assert len(items) == kept(written, before=cut)
    (torn,) = [each for each in written if each.start < cut < each.end]
    assert (last.name, last.error) == (f"standard input record at byte {torn.start}", "CutOffError")  # type: ignore[union-attr]


@pytest.mark.parametrize("place", [2, 12, 40, -9])
def test_damaged_member_costs_one_record(crawl, place: int) -> None:
    _, written, data = crawl
    broken = bytearray(data)
    victims = [10, 11, 30]
    for victim in victims:
        each = written[victim]
        at = each.start + place if place > 0 else each.end + place
        broken[at : at + 4] = bytes(255 - byte for byte in broken[at : at + 4])
    found = read(bytes(broken))
    assert len(found) - len(faults(found)) == kept(written, *victims)
    # The two neighbours are one stretch where the first one's magic number is gone, and two places else.
    assert set(faults(found)) <= {"DamagedError", "CutOffError", "FalseLengthError"}
    assert len(faults(found)) in (2, 3)
    assert all("reading goes on at byte" in item.message for item in found if isinstance(item, Rejection))


def test_lost_bytes_cost_the_records_that_they_tear(crawl) -> None:
    _, written, data = crawl
    torn = data[: written[20].start + 300] + data[written[22].start + 300 :]
    found = read(torn)
    assert len(found) - len(faults(found)) == kept(written, 20, 21, 22)
    assert len(faults(found)) >= 1


@pytest.mark.parametrize("by", [-2000, -300, 300, 60_000, 10**7, 10**9, 10**14])
@pytest.mark.parametrize("form", FORMS)
def test_record_that_lies_about_its_length_costs_itself(form: str, by: int) -> None:
    records = [page(at, by if at == 3 else 0) for at in range(8)]
    found = read(archive(records, form))
    assert numbers(found) == [0, 1, 2, 4, 5, 6, 7]
    assert faults(found) == ["FalseLengthError"]
    assert "reading goes on at byte" in found[3].message  # type: ignore[union-attr]


@pytest.mark.parametrize("form", FORMS)
def test_last_record_that_says_too_much_is_cut_off(form: str) -> None:
    found = read(archive([page(0), page(1, by=5000)], form))
    assert (numbers(found), faults(found)) == ([0], ["CutOffError"])


@pytest.mark.parametrize("length", ["", "-5", "many", "9" * 30, "٣"])
def test_length_that_is_no_number_costs_the_record(length: str) -> None:
    head, rest = record(answer(PAGE)).split(b"Content-Length: ", 1)
    bad = head + f"Content-Length: {length}".encode() + rest[rest.index(b"\r\n") :]
    found = read(page(0) + bad + page(2))
    assert (numbers(found), faults(found)) == ([0, 2], ["FalseLengthError"])


@pytest.mark.parametrize(
    "junk", [b"junk " * 30, b"\0" * 2000, b"WARC/9.x\r\n" * 9, b"WARC/1.0\r\nno end: " + b"x" * 90_000]
)
def test_bytes_that_are_no_record_are_stepped_over(junk: bytes) -> None:
    plain = read(page(0) + junk + page(1))
    assert (numbers(plain), len(faults(plain))) == ([0, 1], 1)
    packed = read(archive([page(0)], "by record") + junk + archive([page(1)], "by record"))
    assert numbers(packed) == [0, 1]
    assert len(faults(packed)) == (1 if junk.strip(b"\0") else 0)


@pytest.mark.parametrize("form", FORMS)
def test_record_above_the_limit_is_stepped_over(form: str) -> None:
    large = record(answer("<html>" + "x" * 90_000), url=URL.format(1))
    film = record(answer(b"x" * 90_000, media_type="video/mp4"))
    found = read(archive([page(0), large, film, page(2)], form), limits=Limits(record_bytes=50_000))
    assert (numbers(found), faults(found)) == ([0, 2], ["TooMuchError"])


def test_archive_with_bare_line_ends_is_read() -> None:
    block = answer(PAGE.format(1))
    head = f"WARC/1.0\nWARC-Type: response\nWARC-Target-URI: {URL.format(1)}\nContent-Length: {len(block)}\n\n".encode()
    assert numbers(read((head + block + b"\n\n") * 2)) == [1, 1]


def test_record_packed_in_thousands_of_pieces_is_read_in_good_time() -> None:
    whole = page(1)
    pieces = b"".join(gzip.compress(whole[at : at + 1], compresslevel=1, mtime=0) for at in range(len(whole)))
    assert numbers(read(pieces + gzip.compress(page(2)), input_format="warc")) == [1, 2]


def test_archive_damaged_everywhere_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.intake.archives.warc_records._MOST_FAULTS", 5)
    found = read(archive([page(at, by=50) for at in range(20)], "by record"))
    assert faults(found) == ["FalseLengthError"] * 5 + ["TooMuchError"]


def test_first_record_damaged_is_still_a_web_archive_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    data = bytearray(archive([page(0), page(1)], "by record"))
    data[10:40] = bytes(30)
    path.write_bytes(data)
    found = list(read_source(path))
    assert (numbers(found), faults(found)) == ([1], ["DamagedError"])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(FORMS),
    st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 8), st.binary(max_size=8)), max_size=5),
)
def test_no_bytes_crash_the_archive_reader(form: str, changes: list[tuple[int, int, bytes]]) -> None:
    changed = bytearray(archive([page(at) for at in range(4)], form))
    for place, size, value in changes:
        at = place % len(changed)
        changed[at : at + size] = value
    for item in read(bytes(changed), input_format="warc"):
        assert isinstance(item, RawItem | Rejection | Retraction)
