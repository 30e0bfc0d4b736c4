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
from qualify.exports.stream import RowStream, Written

Cell = str | int | Decimal | date | datetime | bool | None
"""What a cell may hold. A datetime is naive, in the zone of those who read the sheet."""

MOST_ROWS = 1_048_575  # that a spreadsheet program shows below the headings
_NARROWEST, _WIDEST = 8, 60  # cells of a column
_FILTER_BUTTON = 3  # cells beside a heading
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_MOST_KNOWN = 2_000  # values of a column that are remembered: most of its cells say what one above has said
LONG_AGO = datetime.fromisoformat("1980-01-01")  # the day ZIP files begin
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
        book.set_properties({"author": "Qualify", "created": LONG_AGO})
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


class _Column:
    """The cells of one column: how wide the widest was, and those that will come again, ready as they were."""

    def __init__(self, target: RowStream, number: int, heading: str) -> None:
        self._written, self._number = target.written, number
        self.width = _length(harmless(heading)) + _FILTER_BUTTON
        self.heading = target.written(
            harmless(heading), number, is_tall=_length(harmless(heading)) > _WIDEST, bold=True
        )
        self._known: dict[object, Written] = {}
        self.ready = self._known.get
        """The cell of a text, a day or nothing, if there was one like it."""

    def cell(self, value: Cell) -> Written:
        """The cell of any value."""
        key = (value.__class__, value) if isinstance(value, int | Decimal) else value  # True, 1 and 1.0 are equal
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            plain = _plain(value)
            width = _length(plain)
            self.width = max(self.width, width)
            found = self._known[key] = self._written(
                plain, self._number, is_tall=isinstance(plain, str) and width > _WIDEST
            )
        return found


def _write(book: Any, target: RowStream, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    target.begin(book, len(headings))
    columns = [_Column(target, number, heading) for number, heading in enumerate(headings)]
    target.add([column.heading for column in columns])
    for row in rows:
        target.add([column.ready(value) or column.cell(value) for column, value in zip(columns, row, strict=True)])
    target.freeze_panes(1, 0)
    target.autofilter(0, 0, target.count - 1, len(headings) - 1)
    for number, column in enumerate(columns):
        target.set_column(number, number, min(max(column.width + 1, _NARROWEST), _WIDEST))


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
