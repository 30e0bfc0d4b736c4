"""A workbook is read in a process of its own: what it costs there, and what becomes of one that dies."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from qualify.imports import apart
from qualify.imports.apart import read_apart
from tests.company import refused
from tests.test_imports_workbook import made


def bomb(part: str, start: bytes, again: bytes, times: int, end: bytes) -> bytes:
    """A workbook of which one part holds something very often."""
    data = BytesIO()
    with ZipFile(BytesIO(made(lambda _, sheet: sheet.append(["x"])))) as book, ZipFile(data, "w", ZIP_DEFLATED) as anew:
        for name in {*book.namelist()} - {part}:
            anew.writestr(name, book.read(name))
        anew.writestr(part, start + again * times + end)
    return data.getvalue()


def test_what_is_read_apart_is_what_is_read() -> None:
    (sheet,) = read_apart("a.xlsx", made(lambda _, sheet: sheet.append(["x", "=1"]))).sheets
    assert sheet.lines[0][0] == "x"
    assert sheet.lines[0][1].key == "error-cell-uncomputed"  # type: ignore[attr-defined]
    assert read_apart("a.csv", b"x").sheets[0].lines == [["x"]]
    with refused("error-table-unreadable"):
        read_apart("a.xlsx", b"x")


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS", 0)
    with refused("error-file-slow"):
        read_apart("a.xlsx", made(lambda _, sheet: sheet.append(["x"])))


SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("part", "start", "again", "end"),
    [
        ("xl/sharedStrings.xml", b"<sst " + SPACE + b">", b"<si/>", b"</sst>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet " + SPACE + b"><sheetData>", b"<row/>", b"</sheetData></worksheet>"),
        (
            "xl/worksheets/sheet1.xml",
            b"<worksheet " + SPACE + b"><sheetData><row>",
            b"<c><v>1</v></c>",
            b"</row></sheetData></worksheet>",
        ),
    ],
)
def test_a_bomb_costs_a_moment_and_a_sentence(part: str, start: bytes, again: bytes, end: bytes) -> None:
    content = bomb(part, start, again, (90 << 20) // len(again), end)
    began = time.process_time()
    with refused("error-file-heavy"):
        read_apart("a.xlsx", content)
    assert time.process_time() - began < 2
