"""Tables that people send: CSV or XLSX with a heading row, every cell checked, every fault named by row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from qualify.errors import InvalidInput, QualifyError
from qualify.imports import cells
from qualify.scoring import read_date

Reader = Callable[[str], Any]


class TableFile(Protocol):
    """A file by its name and content: one on the disk (a Path), or one that was sent."""

    @property
    def name(self) -> str:
        """The name with its ending, which says what kind of file it is."""

    def read_bytes(self) -> bytes:
        """The whole content; OSError where it can't be read."""


class Sent(NamedTuple):
    """A file that somebody sent in the chat."""

    name: str
    content: bytes

    def read_bytes(self) -> bytes:
        """The whole content."""
        return self.content


class Cells(NamedTuple):
    """A file that was read already: the cells of each line."""

    name: str
    cells: list[list[str]]


class Column(NamedTuple):
    """A column by its English or Chinese heading."""

    name: str
    chinese: str
    required: bool = False


class Fault(NamedTuple):
    """One cell that can't be used; `row` counts like the spreadsheet does, headings being row 1."""

    row: int
    column: str
    error: QualifyError


class TableRow(NamedTuple):
    """One line of a table: its number in the spreadsheet and its values by column."""

    number: int
    values: dict[str, Any]


class InvalidTable(InvalidInput):
    """A table with faults; all of them are in `faults`, in the order of the rows."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        super().__init__("error-table", file=file, count=str(len(faults)))
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row))


@dataclass(frozen=True)
class Table:
    """A table as read: the rows whose every cell is usable, and what is wrong with the others."""

    file: str
    rows: list[TableRow]
    faults: list[Fault]

    @contextmanager
    def naming(self, row: TableRow, column: str) -> Iterator[None]:
        """Turns a refusal in the block into a fault of this cell."""
        try:
            yield
        except QualifyError as error:
            self.faults.append(Fault(row.number, column, error))

    def refuse_faults(self) -> None:
        """Raises InvalidTable if there are any."""
        if self.faults:
            raise InvalidTable(self.file, self.faults)


def read_table(
    file: TableFile | Cells, columns: Sequence[Column], readers: Mapping[str, Reader], unique: Sequence[str] = ()
) -> Table:
    """The file's rows with a value for each column it has, read by `readers` (text by default); empty lines left out.

    No two rows may agree in all the columns `unique`. Raises InvalidInput when the file as a whole can't be read.
    """
    heading, *lines = _cells(file) or [[]]
    places = _places(file.name, heading, columns)
    required = {column.name for column in columns if column.required}
    table = Table(file.name, [], [])
    for line_number, line in enumerate(lines, start=2):
        row = TableRow(line_number, {})
        if not any(line):
            continue
        for name, index in places.items():
            with table.naming(row, name):
                row.values[name] = _value(_at(line, index), readers.get(name, str), required=name in required)
        if len(row.values) == len(places):
            table.rows.append(row)
    _refuse_repeated(table, unique)
    return table


def read_day(text: str) -> date:
    """A date as spreadsheets write it: 2026-03-01, 2026/3/1 or 2026年3月1日. Raises InvalidInput for anything else."""
    parts = re.split("[-/.年月]", text.removesuffix("日"))
    try:
        return read_date("-".join(part.zfill(2) for part in parts))
    except InvalidInput:
        raise InvalidInput("error-date", given=text) from None


def _value(text: str, reader: Reader, *, required: bool) -> Any:
    if required and not text:
        raise InvalidInput("error-cell-empty")
    return reader(text)


def _refuse_repeated(table: Table, unique: Sequence[str]) -> None:
    """A key given twice is a mistake, not a correction."""
    first: dict[tuple[object, ...], int] = {}
    for row in table.rows if unique else ():
        key = tuple(row.values[column] for column in unique)
        if key in first:
            table.faults.append(Fault(row.number, unique[0], InvalidInput("error-cell-repeated", row=str(first[key]))))
        first.setdefault(key, row.number)


def _at(line: Sequence[str], index: int) -> str:
    return line[index] if index < len(line) else ""


def headings(file: TableFile | Cells) -> list[str]:
    """The words of the heading row in lower case. Raises InvalidInput when the file can't be read."""
    return [cell.strip().lower() for cell in (_cells(file) or [[]])[0]]


def _cells(file: TableFile | Cells) -> list[list[str]]:
    if isinstance(file, Cells):
        return file.cells
    try:
        content = file.read_bytes()
    except OSError:
        raise InvalidInput("error-table-unreadable", file=file.name) from None
    return cells(file.name, content)


def _places(file: str, heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    found = {cell.strip().lower(): index for index, cell in enumerate(heading)}
    places = {column.name: found[word] for column in columns for word in (column.chinese, column.name) if word in found}
    missing = [column.name for column in columns if column.required and column.name not in places]
    if missing:
        raise InvalidInput("error-table-columns", file=file, missing=", ".join(missing))
    return places
