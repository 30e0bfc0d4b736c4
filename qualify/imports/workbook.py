"""A workbook: those of its sheets that people see, each cell as it is shown."""

import datetime
import io
from collections.abc import Callable
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from qualify.imports.marks import MOST_AREA, CellMark, Marks, TooMuchError, marks_of, shown
from qualify.imports.sheets import MOST_DIGITS, TableSheet, Unusable, cell_of


def sheets_of(content: bytes, cell: Callable[[str], str] = cell_of) -> list[TableSheet]:
    """The visible sheets, merged cells filled downwards; `cell` makes of a text what is meant by it.

    Raises TooMuchError, BadZipFile or CalamineError; ExpatError, KeyError and ValueError for one that is damaged.
    """
    with ZipFile(io.BytesIO(content)) as archive:
        marks = marks_of(archive)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        _sheet(book.get_sheet_by_name(each.name), marks.get(each.name, {}), cell)
        for each in book.sheets_metadata
        if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
    ]


def _sheet(sheet: CalamineSheet, marks: Marks, cell: Callable[[str], str]) -> TableSheet:
    if sheet.start is None and not marks:
        return TableSheet(sheet.name, [])
    top, left = sheet.start or (0, 0)
    first = min([top, *(row for row, _ in marks)])
    values: list[list[object]] = [[] for _ in range(top - first)]
    values += [[""] * left + [*line] for line in sheet.to_python()]
    lines = [
        [_shown(value, marks.get((row, column)), cell) for column, value in enumerate(line)]
        for row, line in enumerate(values, start=first)
    ]
    for (row, column), mark in marks.items():
        if mark.key:
            _put(lines, row - first, column, Unusable("", mark.key))
    _fill_merged(sheet, lines, first)
    return TableSheet(sheet.name, lines, first + 1)


def _put(lines: list[list[str]], row: int, column: int, cell: str) -> None:
    while len(lines) <= row:
        lines.append([])
    lines[row] += [""] * (column + 1 - len(lines[row]))
    lines[row][column] = cell


def _fill_merged(sheet: CalamineSheet, lines: list[list[str]], first: int) -> None:
    """A cell that was merged over several rows holds for each of them; over several columns it stands in the first."""
    left = MOST_AREA
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or []:
        rows = range(max(top, first) - first, min(bottom - first + 1, len(lines)))
        left -= len(rows)
        if left < 0:
            raise TooMuchError
        if not rows or column >= len(lines[rows[0]]):
            continue
        for row in rows[1:]:
            if column >= len(lines[row]) or not lines[row][column]:
                _put(lines, row, column, lines[rows[0]][column])


def _shown(value: object, mark: CellMark | None, cell: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(float(value), mark.shown if mark else "")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else cell(str(value))


def _number(value: float, form: str) -> str:
    if abs(value) >= 10**MOST_DIGITS:
        return Unusable(f"{value:.15g}", "error-cell-long-number")
    if form:
        return shown(value, form)
    return str(int(value)) if value.is_integer() else f"{value:.15g}"


BROKEN = (BadZipFile, CalamineError, KeyError, ValueError, NotImplementedError, RuntimeError, OSError, EOFError)
"""What a damaged workbook, or one with a password, comes to."""
