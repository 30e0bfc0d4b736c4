"""A workbook of plain sheets: a bold heading row that stays in sight, filters, columns as wide as their words.

Rows are written as they come and never kept. The same sheets make the same bytes: the file doesn't say when it was
made.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryDirectory
from typing import Any

from rich.cells import cell_len
from xlsxwriter import Workbook

from qualify.exports.harmless import harmless, legal_name
from qualify.exports.stream import RowStream, Written, written

Cell = str | int | Decimal | date | datetime | bool | None
"""What a cell may hold. A datetime is naive, in the zone of whoever reads the sheet."""

MOST_ROWS = 1_048_575  # that a spreadsheet program shows below the headings
_NARROWEST, _WIDEST = 8, 60  # cells of a column
_FILTER_BUTTON = 3  # cells beside a heading
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_MOST_KNOWN = 20_000  # values whose XML is remembered: most of a table's cells say what one above has said
_LONG_AGO = datetime.fromisoformat("1980-01-01")  # the day ZIP files begin
_TIME_WIDTH = len("yyyy-mm-dd hh:mm")


@dataclass(frozen=True)
class Sheet:
    """One table: as many cells in every row as there are headings. The rows are read once, while it is written."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The XLSX file of one or more sheets, whose names are made legal. What doesn't fit on one sheet goes on in a next.

    ValueError for what only a bug can ask for: no sheet, rows of another length than the headings, a datetime with a
    zone, a number that is none.
    """
    file, names = io.BytesIO(), list[str]()
    with TemporaryDirectory() as folder, ExitStack() as streams:  # the rows lie there until the file is packed
        book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"author": "Qualify", "created": _LONG_AGO})
        for sheet in sheets:
            for rows in _parts(sheet):
                names.append(legal_name(sheet.name, names))
                target = book.add_worksheet(names[-1], RowStream)
                streams.callback(target.end)
                _write(book, target, sheet.headings, rows)
        if not names:
            raise ValueError("a workbook has at least one sheet")
        book.close()
    return file.getvalue()


def _parts(sheet: Sheet) -> Iterator[Iterable[Sequence[Cell]]]:
    """The rows in parts that each fit on a sheet; one, empty, where there are none."""
    rows = iter(sheet.rows)
    yield islice(rows, MOST_ROWS)
    for following in rows:
        yield chain([following], islice(rows, MOST_ROWS - 1))


def _write(book: Any, target: RowStream, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    known: dict[tuple[type, Cell], Written] = {}

    def cell(value: Cell) -> Written:
        key = (value.__class__, value)  # True, 1 and Decimal(1) are equal
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            found = known[key] = written(plain := _plain(value), _length(plain), _WIDEST)
        return found

    titles = [cell(heading) for heading in headings]
    widths = [title.width + _FILTER_BUTTON for title in titles]
    target.begin(book)
    target.add(titles, bold=True)
    for row in rows:
        cells = [cell(value) for value in row]
        target.add(cells)
        widths = [width if width >= each.width else each.width for width, each in zip(widths, cells, strict=True)]
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, target.count - 1, len(headings) - 1)
    for column, width in enumerate(widths):
        target.set_column(column, column, min(max(width + 1, _NARROWEST), _WIDEST))


def _plain(cell: Cell) -> Cell:
    """The value as the file holds it; a whole number longer than a spreadsheet can keep becomes text."""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        raise ValueError(f"a spreadsheet knows no zones: {cell!r}")
    if isinstance(cell, Decimal) and not cell.is_finite():
        raise ValueError(f"not a number: {cell}")
    return harmless(str(cell)) if isinstance(cell, int) and abs(cell) >= _EXACT else cell


def _length(value: Cell) -> int:
    """Cells of the longest line as shown, Chinese characters counted as two; exact as far as widths go."""
    if isinstance(value, datetime):
        return _TIME_WIDTH
    lines = ("" if value is None else str(value)).split("\n")
    return max(cell_len(line[: 2 * _WIDEST]) for line in lines)
