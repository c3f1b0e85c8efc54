"""One CSV file: what it may look like, and what is said of one that cannot be read."""

import gzip
from hashlib import shake_256
from pathlib import Path

import pytest

import envgov as eg
from envgov.readers import sheet
from envgov.readers.sheet import Sheet

HEADS = {"day": ("day", "日期"), "why": ("why",)}


def problems(file: Path) -> list[str]:
    with pytest.raises(eg.InputError) as refused:
        Sheet(file, HEADS)
    assert all(fault.remedy for fault in refused.value.faults)
    return [fault.problem for fault in refused.value.faults]


def test_columns_are_found_by_any_of_their_headers_in_any_order_and_others_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("else, why ,日期\n1, 洪水 ,2024-07-03\n,,\n\n2,,\n", encoding="utf-8-sig")
    assert list(Sheet(file, HEADS).rows()) == [(2, {"day": "2024-07-03", "why": "洪水"}), (5, {"day": "", "why": ""})]


def test_a_file_in_gb18030_and_one_packed_with_gzip_are_read(tmp_path: Path) -> None:
    text = "日期,why\n2024-07-03,洪水\n".encode("gb18030")
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes(text)
    packed.write_bytes(gzip.compress(text))
    assert (
        list(Sheet(plain, HEADS).rows())
        == list(Sheet(packed, HEADS).rows())
        == [(2, {"day": "2024-07-03", "why": "洪水"})]
    )


def test_columns_that_are_missing_or_there_twice_are_told_together(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("whyy,日期,day\n", encoding="utf-8")
    with pytest.raises(eg.InputError) as refused:
        Sheet(file, HEADS)
    assert str(refused.value).splitlines()[1:] == [
        "a.csv, row 1, 日期: the column is there twice; keep one of them",
        "a.csv, row 1, why: the column is missing; did you mean 'whyy'? add it, or correct the header; it may be called why",
    ]


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("\n\n", encoding="utf-8")
    assert problems(file) == ["the column is missing"] * 2


def test_a_packed_file_that_was_cut_or_altered_is_told(tmp_path: Path) -> None:
    packed = gzip.compress(b"day,why\n" + bytes(range(48, 90)) * 50)
    file = tmp_path / "a.csv.gz"
    for damaged in (packed[:-9], b"day,why\n", packed[:12] + b"\xff\xff\xff" + packed[15:]):
        file.write_bytes(damaged)
        [problem] = problems(file)
        assert problem.startswith("the file cannot be unpacked: ")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"day,why\n\x00,1\n")
    assert problems(file) == ["a control character in line 2, as in a file that is no text"]
    file.write_bytes("day,why\n".encode("utf-16"))
    assert problems(file) == ["this is UTF-16 text"]


def test_a_file_that_is_too_large_is_refused_before_it_is_unpacked_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.csv.gz"
    whole = gzip.compress(b"day,why\n" + shake_256(b"noise").digest(100_000))
    file.write_bytes(whole[:50_000])  # whoever unpacks all of it finds that it was cut
    monkeypatch.setattr(sheet, "MAX_BYTES", 100)
    assert problems(file) == ["the file has more than 100 bytes"]


def test_rows_up_to_a_broken_quotation_mark_are_read_and_the_break_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('day,why\n1,2\n3,"4\n', encoding="utf-8")
    read = Sheet(file, HEADS)
    assert [row["day"] for _, row in read.rows()] == ["1"]
    assert [(fault.row, fault.problem) for fault in read.faults] == [
        (3, "row 3 cannot be read: unexpected end of data")
    ]
