"""The cells of a table that somebody made: a CSV file, or the first sheet of a workbook.

It needs nothing but the file: a caller that a large one must not hold up lets another process read it.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import closing, suppress

from qualify.errors import InvalidInput

ENCODINGS = ("utf-8-sig", "gb18030")
NO_LIMIT = 1 << 31


def cells(name: str, content: bytes, most_rows: int = NO_LIMIT) -> list[list[str]]:
    """The cells of each line as people see them, without those at its end that are empty; `name` says by its ending
    what kind of file it is.

    Raises InvalidInput for a file that can't be read, and for more rows with anything in them, besides the headings.
    """
    lines: list[list[str]] = []
    rows = -1
    for line in _workbook(name, content) if name.lower().endswith(".xlsx") else _csv(name, content):
        while line and not line[-1]:
            line.pop()
        rows += bool(line) or not lines
        if rows <= most_rows:
            lines.append(line)
    if rows > most_rows:
        raise InvalidInput("error-file-rows", count=str(rows), most=str(most_rows))
    return lines


def _csv(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        for line in csv.reader(io.StringIO(_text(name, content), newline="")):
            yield [cell.strip() for cell in line]
    except csv.Error:
        raise InvalidInput("error-table-unreadable", file=name) from None


def _text(name: str, content: bytes) -> str:
    """The file's text: UTF-8, or the encoding that Chinese spreadsheets save CSV in."""
    for encoding in ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:  # a program's file, whatever it is called
                return text
    raise InvalidInput("error-table-unreadable", file=name)


def _workbook(name: str, content: bytes) -> Iterator[list[str]]:
    """The cells of the workbook's first sheet, line by line: values, not formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415  # half a second, which a CSV file needn't wait for

    try:
        with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=True)) as book:
            for line in book.worksheets[0].iter_rows(values_only=True):
                yield [_cell(value) for value in line]
    except Exception as error:  # openpyxl has no error of its own for a broken file: a dozen kinds come through
        raise InvalidInput("error-table-unreadable", file=name) from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    date = getattr(value, "date", None)
    return str(date() if callable(date) else value).strip()
