"""Tables that people send: CSV or XLSX with a heading row, every cell checked, every fault named by row and column."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from qualify.errors import InvalidInput, QualifyError

ENCODINGS = ("utf-8-sig", "gb18030")
Reader = Callable[[str], Any]


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


class Row(NamedTuple):
    """One line of a table: its number in the spreadsheet and its values by column."""

    number: int
    values: dict[str, Any]


class InvalidTable(InvalidInput):
    """A table with faults; all of them are in `faults`."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        super().__init__("error-table", file=file, count=str(len(faults)))
        self.faults = tuple(faults)


def read_table(
    file: Path, columns: Sequence[Column], readers: Mapping[str, Reader], unique: str | None = None
) -> list[Row]:
    """The rows of the file with a value for each column, read by `readers` (text by default); empty lines are left out.

    Raises InvalidTable with every fault (also a value given twice in the column `unique`), InvalidInput when the
    file as a whole can't be read.
    """
    heading, *lines = _cells(file) or [[]]
    places = _places(file.name, heading, columns)
    faults: list[Fault] = []
    rows = []
    for line_number, line in enumerate(lines, start=2):
        if any(line):
            values, wrong = _values({name: _at(line, index) for name, index in places.items()}, columns, readers)
            rows.append(Row(line_number, values))
            faults += [Fault(line_number, column, error) for column, error in wrong]
    faults += _repeated(rows, unique) if unique else []
    if faults:
        raise InvalidTable(file.name, faults)
    return rows


def _at(line: Sequence[str], index: int) -> str:
    return line[index] if index < len(line) else ""


def _cells(file: Path) -> list[list[str]]:
    try:
        if file.suffix.lower() == ".xlsx":
            return _workbook(file)
        return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(_text(file)))]
    except (OSError, csv.Error, BadZipFile, InvalidFileException, KeyError, ValueError):
        raise InvalidInput("error-table-unreadable", file=file.name) from None


def _workbook(file: Path) -> list[list[str]]:
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        return [[_cell(value) for value in line] for line in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    date = getattr(value, "date", None)
    return str(date() if callable(date) else value).strip()


def _text(file: Path) -> str:
    """The file's text: UTF-8, or the encoding that Chinese spreadsheets save CSV in."""
    data = file.read_bytes()
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("error-table-unreadable", file=file.name)


def _places(file: str, heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    found = {cell.strip().lower(): index for index, cell in enumerate(heading)}
    places = {column.name: found[word] for column in columns for word in (column.chinese, column.name) if word in found}
    missing = [column.name for column in columns if column.required and column.name not in places]
    if missing:
        raise InvalidInput("error-table-columns", file=file, missing=", ".join(missing))
    return places


def _values(
    cells: Mapping[str, str], columns: Sequence[Column], readers: Mapping[str, Reader]
) -> tuple[dict[str, Any], list[tuple[str, QualifyError]]]:
    values: dict[str, Any] = {}
    wrong: list[tuple[str, QualifyError]] = []
    for column in columns:
        text = cells.get(column.name, "")
        try:
            if column.required and not text:
                raise InvalidInput("error-cell-empty")
            values[column.name] = readers.get(column.name, str)(text)
        except QualifyError as error:
            wrong.append((column.name, error))
    return values, wrong


def _repeated(rows: Sequence[Row], column: str) -> list[Fault]:
    """A key given twice is a mistake, not a correction."""
    faults: list[Fault] = []
    first: dict[object, int] = {}
    for number, values in rows:
        value = values.get(column)
        if value is not None and value in first:
            faults.append(Fault(number, column, InvalidInput("error-cell-repeated", row=str(first[value]))))
        first.setdefault(value, number)
    return faults
