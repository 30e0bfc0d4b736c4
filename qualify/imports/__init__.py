"""The cells of a table that somebody made: a CSV file, or the sheets of a workbook that people see.

It needs nothing but the file, and no more memory than it may have: a caller that a large one must not hold up lets
another process read it.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from qualify.errors import InvalidInput
from qualify.imports import separated
from qualify.imports.sheets import Sheets, TableSheet, Unusable, cell_of

WORKBOOKS = ("xlsx", "xlsm")
OTHER_WORKBOOKS = ("xls", "xlsb", "ods", "et", "numbers", "xlt", "xltx")
"""They don't say which cells have errors: such a cell would look empty."""
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


def read(name: str, content: bytes, most_rows: int = NO_LIMIT, cell: Callable[[str], str] = cell_of) -> Sheets:
    """The sheets that people see, each line without the empty cells at its end; `name` says by its ending what kind of
    file it is, `cell` what is meant by the text in a cell of a workbook.

    Raises InvalidInput for a file that can't be read, or is too big for that, and for more rows with anything in them,
    besides the headings.
    """
    try:
        with _modestly():
            return _read(name, content, most_rows, cell)
    except MemoryError:
        raise InvalidInput("error-file-heavy", file=name) from None


def check_size(size: int) -> None:
    """Raises InvalidInput for a file of more bytes than are read."""
    if size > MOST_MEGABYTES << 20:
        raise InvalidInput("error-file-big", most=str(MOST_MEGABYTES))


def _read(name: str, content: bytes, most_rows: int, cell: Callable[[str], str]) -> Sheets:
    check_size(len(content))
    ending = name.lower().rpartition(".")[2]
    if ending in OTHER_WORKBOOKS:
        raise InvalidInput("error-table-kind", file=name)
    found = _workbook(name, content, cell) if ending in WORKBOOKS else _separated(name, content)
    for sheet in found.sheets:
        for line in sheet.lines:
            while line and not line[-1] and not isinstance(line[-1], Unusable):
                line.pop()
        rows = sum(map(bool, sheet.lines)) - 1
        if rows > most_rows:
            raise InvalidInput("error-file-rows", count=str(rows), most=str(most_rows))
    kept = sum(sum(map(len, line)) + CELL_BYTES * len(line) for sheet in found.sheets for line in sheet.lines)
    if kept > MOST_KEPT:
        raise InvalidInput("error-file-heavy", file=name)
    return found


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


def _separated(name: str, content: bytes) -> Sheets:
    found = separated.decoded(content)
    if found is None:
        raise InvalidInput("error-table-unreadable", file=name)
    lines: list[list[str]] = []
    try:
        lines.extend(separated.lines(found.text))
    except separated.OpenQuoteError:
        return Sheets([TableSheet("", lines, broken=len(lines) + 1)], found.guess)
    return Sheets([TableSheet("", lines)], found.guess)


def _workbook(name: str, content: bytes, cell: Callable[[str], str]) -> Sheets:
    from qualify.imports import marks, workbook  # noqa: PLC0415  # which a CSV file needn't wait for

    _check_unpacked(name, content)
    try:
        return Sheets(workbook.sheets_of(content, cell))
    except marks.TooMuchError:
        raise InvalidInput("error-file-heavy", file=name) from None
    except MemoryError:
        raise
    except Exception as error:  # a damaged workbook comes to a dozen kinds of errors
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
