"""The cells of a table that somebody made: a CSV file, or the first sheet of a workbook.

It needs nothing but the file, and no more memory than it may have: a caller that a large one must not hold up lets
another process read it.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from qualify.errors import InvalidInput
from qualify.texts import visible

ENCODINGS = ("utf-8-sig", "gb18030")
NO_LIMIT = 1 << 31
MOST_MEGABYTES = 20
"""Of a file that is read."""
MOST_MEGABYTES_UNPACKED = 100
"""Of what a workbook is packed from, as its directory has it; nothing beyond that is unpacked."""
MOST_BYTES = 400 << 20
"""Of memory that reading may take."""
MOST_KEPT = 100 << 20
"""Bytes of the cells that are kept, about."""
CELL_BYTES = 50  # that Python needs for a text beside its characters


def cells(name: str, content: bytes, most_rows: int = NO_LIMIT) -> list[list[str]]:
    """The cells of each line as people see them, without those at its end that are empty; `name` says by its ending
    what kind of file it is.

    Raises InvalidInput for a file that can't be read, or is too big for that, and for more rows with anything in them,
    besides the headings.
    """
    try:
        with _modestly():
            return _cells(name, content, most_rows)
    except MemoryError:
        raise InvalidInput("error-file-heavy", file=name) from None


def check_size(size: int) -> None:
    """Raises InvalidInput for a file of more bytes than are read."""
    if size > MOST_MEGABYTES << 20:
        raise InvalidInput("error-file-big", most=str(MOST_MEGABYTES))


def _cells(name: str, content: bytes, most_rows: int) -> list[list[str]]:
    check_size(len(content))
    lines: list[list[str]] = []
    rows, kept = -1, 0
    for line in _workbook(name, content) if name.lower().endswith(".xlsx") else _csv(name, content):
        while line and not line[-1]:
            line.pop()
        rows += bool(line) or not lines
        if rows <= most_rows:
            lines.append(line)
            kept += sum(map(len, line)) + CELL_BYTES * len(line)
        if kept > MOST_KEPT:
            raise InvalidInput("error-file-heavy", file=name)
    if rows > most_rows:
        raise InvalidInput("error-file-rows", count=str(rows), most=str(most_rows))
    return lines


@contextmanager
def _modestly() -> Iterator[None]:
    """What needs more than `MOST_BYTES` of memory in the block fails with MemoryError, where the system allows it."""
    try:
        import resource  # noqa: PLC0415  # Windows has none

        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    allowed = [each for each in (taken + MOST_BYTES, *before) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(allowed), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _csv(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        for line in csv.reader(io.StringIO(_text(name, content), newline="")):
            yield [visible(cell).strip() for cell in line]
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

    _check_unpacked(name, content)
    try:
        with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=True)) as book:
            for line in book.worksheets[0].iter_rows(values_only=True):
                yield [_cell(value) for value in line]
    except MemoryError:
        raise
    except Exception as error:  # openpyxl has no error of its own for a broken file: a dozen kinds come through
        raise InvalidInput("error-table-unreadable", file=name) from error


def _check_unpacked(name: str, content: bytes) -> None:
    """Raises InvalidInput for a workbook that would unpack into too much. What its directory says binds: no more of a
    part than that is ever unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, OSError):
        raise InvalidInput("error-table-unreadable", file=name) from None
    if size > MOST_MEGABYTES_UNPACKED << 20:
        raise InvalidInput("error-file-heavy", file=name)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    date = getattr(value, "date", None)
    return visible(str(date() if callable(date) else value)).strip()
