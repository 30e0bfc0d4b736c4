"""Workbooks as people leave them: what is shown, what is lost, and what is too much."""

import time
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from qualify.imports import marks, read
from qualify.imports.sheets import TableSheet, Unusable
from tests.company import refused


def made(fill: Callable[[Workbook, Worksheet], object]) -> bytes:
    book, data = Workbook(), BytesIO()
    fill(book, book.worksheets[0])
    book.save(data)
    return data.getvalue()


def only(content: bytes, name: str = "a.xlsx") -> TableSheet:
    (sheet,) = read(name, content).sheets
    return sheet


def shows(value: object, form: str = "General") -> str:
    """What a cell with this value and format is read as."""

    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet["A1"] = value
        sheet["A1"].number_format = form

    return only(made(fill)).lines[0][0]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (7, "General", "7"),
        (7, "0000", "0007"),
        (7, '"P"000', "P007"),
        (12345, "000", "12345"),
        (7.5, "000", "7.5"),
        (0.88, "0%", "88%"),
        (0.885, "0.0%", "88.5%"),
        (88.1, "0.00", "88.1"),
        (-3, "000", "-3"),
        (True, "General", "TRUE"),
        (date(2026, 3, 1), "yyyy-mm-dd", "2026-03-01"),
        (
            datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001
            "yyyy/m/d h:mm",
            "2026-03-01",
        ),
        ("007", "@", "007"),
        (CellRichText("张", TextBlock(InlineFont(b=True), "伟")), "General", "张伟"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: object, form: str, expected: str) -> None:
    assert shows(value, form) == expected


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("=1+1", "error-cell-uncomputed"),
        (110101199003074000, "error-cell-long-number"),
        ("1.10101E+17", "error-cell-long-number"),
    ],
)
def test_what_is_lost_is_no_empty_cell(value: object, key: str) -> None:
    cell = shows(value)
    assert isinstance(cell, Unusable)
    assert cell.key == key


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!"])
def test_every_error_of_a_formula_is_kept_as_one(error: str) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet["B3"].value, sheet["B3"].data_type = error, "e"

    sheet = only(made(fill))
    cell = sheet.lines[3 - sheet.first][1]
    assert isinstance(cell, Unusable)
    assert cell.key == "error-cell-formula"


def test_merged_cells_hold_downwards_and_stand_once_across() -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        for line in (["工号", "部门", "组"], ["P1", "客服部", "甲"], ["P2"], ["P3", "", ""], ["P4", "x", "y"]):
            sheet.append(line)
        sheet.merge_cells("B2:C4")
        sheet.merge_cells("A5:B5")

    assert only(made(fill)).lines[1:] == [["P1", "客服部"], ["P2", "客服部"], ["P3", "客服部"], ["P4", "", "y"]]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_not_read(state: str) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet["A1"], sheet.sheet_state = "old", state
        book.create_sheet("新")["A1"] = "new"

    assert only(made(fill)) == TableSheet("新", [["new"]])


def test_a_table_that_begins_far_down_has_its_own_row_numbers() -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet["C1000000"], sheet["C1000001"] = "工号", "P1"

    assert only(made(fill)) == TableSheet("Sheet", [["", "", "工号"], ["", "", "P1"]], first=1_000_000)


def test_a_macro_workbook_is_read_and_what_hides_its_errors_is_refused() -> None:
    assert only(made(lambda _, sheet: sheet.append(["x"])), "a.XLSM").lines == [["x"]]
    for ending in ("xls", "xlsb", "ods", "et"):
        with refused("error-table-kind"):
            read(f"a.{ending}", b"x")


def with_sheet(sheet: bytes) -> bytes:
    data = BytesIO()
    with ZipFile(BytesIO(made(lambda _, sheet: sheet.append(["x"])))) as book, ZipFile(data, "w", ZIP_DEFLATED) as anew:
        for part in book.namelist():
            anew.writestr(part, sheet if part.endswith("sheet1.xml") else book.read(part))
    return data.getvalue()


def sheet_of(cells: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, cells)


def test_two_cells_in_opposite_corners_cost_nothing() -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    began = time.perf_counter()
    with refused("error-file-heavy"):
        read("a.xlsx", with_sheet(sheet_of(cells)))
    assert time.perf_counter() - began < 1


def test_more_cells_than_a_list_has_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MOST_CELLS", 20)
    line = b"<row>" + b"<c><v>1</v></c>" * 21 + b"</row>"
    with refused("error-file-heavy"):
        read("a.xlsx", with_sheet(sheet_of(line)))


def test_more_tags_than_a_list_has_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_sheet(sheet_of(b"<row/>" * 300))
    monkeypatch.setattr(marks, "MOST_TAGS", 1000)
    read("a.xlsx", content)
    monkeypatch.setattr(marks, "MOST_TAGS", 300)
    with refused("error-file-heavy"):
        read("a.xlsx", content)


def test_cells_without_places_follow_each_other() -> None:
    cells = b'<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c><f>A1</f></c></row>'
    first, second = only(with_sheet(sheet_of(cells))).lines
    assert (first[0], first[1].key, second[0].key) == ("1", "error-cell-formula", "error-cell-uncomputed")  # type: ignore[attr-defined]


def test_formulas_that_gave_an_empty_text_are_empty() -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'
    assert only(with_sheet(sheet_of(cells))).lines == [["1"]]
