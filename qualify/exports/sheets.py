"""A workbook of plain sheets: a bold heading row that stays in sight, filters, columns as wide as their words.

The same sheets make the same bytes: the file doesn't say when it was made.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter
from rich.cells import cell_len

from qualify.exports.harmless import harmless, sheet_names

Cell = str | int | Decimal | date | datetime | bool | None
"""What a cell may hold. A datetime is naive, in the zone of whoever reads the sheet."""

_DATE, _TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_NARROWEST, _WIDEST = 8, 60  # cells of a column
_FILTER_BUTTON = 3  # cells beside a heading
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_LONG_AGO = datetime.fromisoformat("1980-01-01")  # the day ZIP files begin
_BOLD, _TOP, _WRAPPED = Font(bold=True), Alignment(vertical="top"), Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Sheet:
    """One table: as many cells in every row as there are headings."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The XLSX file of one or more sheets, whose names are made legal.

    ValueError for what only a bug can ask for: no sheet, rows of another length than the headings, a datetime with a
    zone, a number that is none.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    book = Workbook(write_only=True)
    book.properties.creator = "Qualify"
    book.properties.created = book.properties.modified = _LONG_AGO
    for name, sheet in zip(sheet_names(sheet.name for sheet in sheets), sheets, strict=True):
        _write(book.create_sheet(name), sheet)
    return _packed(book)


def _write(target: Any, sheet: Sheet) -> None:
    table = [[_plain(cell) for cell in row] for row in (sheet.headings, *sheet.rows)]
    target.freeze_panes = "A2"
    target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{len(table)}"
    for number, column in enumerate(zip(*table, strict=True), start=1):
        target.column_dimensions[get_column_letter(number)].width = _width(column)
    headings = _cells(target, table[0])
    for cell in headings:
        cell.font = _BOLD
    target.append(headings)
    for row in table[1:]:
        target.append(_cells(target, row))


def _plain(cell: Cell) -> Cell:
    """The value as the file holds it; a whole number longer than a spreadsheet can keep becomes text."""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        raise ValueError(f"a spreadsheet knows no zones: {cell!r}")
    if isinstance(cell, Decimal) and not cell.is_finite():
        raise ValueError(f"not a number: {cell}")
    return harmless(str(cell)) if isinstance(cell, int) and abs(cell) >= _EXACT else cell


def _cells(target: Any, row: Sequence[Cell]) -> list[Any]:
    """The cells of one row; where one has several lines, all begin at its top."""
    tall = [isinstance(value, str) and ("\n" in value or _length(value) > _WIDEST) for value in row]
    cells = [_cell(target, value) for value in row]
    if any(tall):
        for cell, wrapped in zip(cells, tall, strict=True):
            cell.alignment = _WRAPPED if wrapped else _TOP
    return cells


def _cell(target: Any, value: Any) -> Any:
    cell = WriteOnlyCell(target, None if value == "" else value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
    elif isinstance(value, date):
        cell.number_format = _TIME if isinstance(value, datetime) else _DATE
    return cell


def _width(column: Sequence[Cell]) -> int:
    heading, *values = column
    longest = max([_length(heading) + _FILTER_BUTTON, *map(_length, values)])
    return min(max(longest + 1, _NARROWEST), _WIDEST)


def _length(value: Cell) -> int:
    """Cells of the longest line as shown, Chinese characters counted as two; exact as far as widths go."""
    if isinstance(value, datetime):
        return len(_TIME)
    lines = ("" if value is None else str(value)).split("\n")
    return max(cell_len(line[: 2 * _WIDEST]) for line in lines)


def _packed(book: Workbook) -> bytes:
    """The file with its parts undated; `book.save` would take the clock's time for them and for the whole."""
    loose, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, ZipFile(loose, "w")).save()
    with ZipFile(loose) as parts, ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()
