"""The cells of a table as somebody made it. What the files may look like is told in `test_services_imports`."""

import subprocess
import sys
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from qualify import imports
from qualify.imports import read
from tests.company import refused
from tests.faults.program import ROOT


def xlsx(*lines: list[object]) -> bytes:
    book, data = Workbook(), BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(data)
    return data.getvalue()


def cells(name: str, content: bytes, most_rows: int = imports.NO_LIMIT) -> list[list[str]]:
    (sheet,) = read(name, content, most_rows).sheets
    return [[]] * (sheet.first - 1) + sheet.lines


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.csv", "工号 , 姓名,,\n\n N1,,马超,\n".encode()),
        ("名单.XLSX", xlsx(["工号 ", "姓名", None, ""], [], ["N1", None, "马超", None])),
    ],
)
def test_lines_keep_their_places_without_the_empty_cells_at_their_ends(name: str, content: bytes) -> None:
    assert cells(name, content) == [["工号", "姓名"], [], ["N1", "", "马超"]]


def test_rows_are_counted_that_have_something_in_them_all_of_them() -> None:
    table = "工号\n\n,\nN1\n\nN2\nN3\n".encode()
    assert len(cells("a.csv", table, most_rows=3)) == 7
    with refused("error-file-rows") as refusal:
        cells("a.csv", table, most_rows=1)
    assert refusal.value.values == {"count": "3", "most": "1"}


def test_a_csv_file_is_read_without_what_reads_workbooks() -> None:
    reading = (
        "import sys; from qualify.imports import read; read('a.csv', b'a'); print('python_calamine' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", reading], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# What is too much


def packed(parts: dict[str, bytes]) -> bytes:
    """The workbook with a number in it, some of its parts being others."""
    data = BytesIO()
    with ZipFile(BytesIO(xlsx([1]))) as book, ZipFile(data, "w", ZIP_DEFLATED) as anew:
        for part in book.namelist():
            anew.writestr(part, parts.get(part, book.read(part)))
    return data.getvalue()


def test_a_workbook_that_would_unpack_into_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MOST_MEGABYTES_UNPACKED", 1)
    bomb = packed({"xl/styles.xml": b" " * ((1 << 20) + 1)})
    assert len(bomb) < 20_000
    with refused("error-file-heavy"):
        cells("a.xlsx", bomb)


def test_a_workbook_that_is_larger_than_it_says_is_not_unpacked_further() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    content = packed({sheet: b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 100_000})
    with ZipFile(BytesIO(content)) as book:
        size = book.getinfo(sheet).file_size.to_bytes(4, "little")
    with refused("error-table-unreadable"):
        cells("a.xlsx", content.replace(size, (500).to_bytes(4, "little")))


def test_a_file_that_is_too_large_is_not_read() -> None:
    with refused("error-file-big") as refusal:
        cells("a.csv", bytes((imports.MOST_MEGABYTES << 20) + 1))
    assert refusal.value.values == {"most": "20"}


def test_what_takes_more_memory_than_a_list_may_is_refused_and_the_limit_is_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(imports, "_separated", lambda *_: bytes(2 * imports.MOST_BYTES))
    with refused("error-file-heavy"):
        cells("a.csv", b"a")
    assert len(bytes(2 * imports.MOST_BYTES)) > imports.MOST_BYTES


def test_more_than_a_list_has_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MOST_KEPT", 1000)
    assert len(cells("a.csv", b"a\n" * 19)) == 19
    with refused("error-file-heavy"):
        cells("a.csv", b"a\n" * 20)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_nobody_sees_is_no_part_of_a_cell(kind: str) -> None:
    lines = [["\u200e工号", "姓\u00ad名"], ["\u202aE1\u202c", "陈\u202e晨\u200b"], ["E2", "👩\u200d🔧"]]
    content = xlsx(*lines) if kind == "xlsx" else "\n".join(map(",".join, lines)).encode()
    assert cells(f"a.{kind}", content) == [["工号", "姓名"], ["E1", "陈晨"], ["E2", "👩\u200d🔧"]]
