"""The cells of a table that somebody made: a CSV file, or the sheet of a workbook that has the list.

It needs nothing but the file, and no more memory than it may have: a caller that a large one must not hold up lets
another process read it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from qualify.errors import InvalidInput
from qualify.imports import csv_text, workbook
from qualify.imports.headings import SEARCHED, place

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ods", ".numbers")
OLD = b"\xd0\xcf\x11\xe0"
PACKED = b"PK\x03\x04"
NO_LIMIT = 1 << 31
MOST_MEGABYTES = 20
"""Of a file that is read."""
MOST_BYTES = 400 << 20
"""Of memory that reading may take."""
MOST_KEPT = 100 << 20
"""Bytes of the cells that are kept, about."""
CELL_BYTES = 50  # that Python needs for a text beside its characters


class Lines(NamedTuple):
    """The cells of each line of a file; `doubt` names the encoding where it is a guess that somebody should look at."""

    lines: list[list[str]]
    doubt: str = ""


def read(
    name: str,
    content: bytes,
    most_rows: int = NO_LIMIT,
    known: Collection[str] = (),
    encoding: str | None = None,
) -> Lines:
    """The cells of each line as people see them, without those at its end that are empty. A cell that can't be used is
    `Marked`. The headings, found by the words `known`, are the first line that isn't empty: what stands above is left
    out. `encoding` is that of a CSV file, found out where it is None.

    Raises InvalidInput for a file that can't be read, is too big for that, or has several lists, and for more rows with
    anything in them, besides the headings.
    """
    try:
        with _modestly():
            return _read(name, content, most_rows, known, encoding)
    except MemoryError:
        raise InvalidInput("error-file-heavy", file=name) from None


def check_size(size: int) -> None:
    """Raises InvalidInput for a file of more bytes than are read."""
    if size > MOST_MEGABYTES << 20:
        raise InvalidInput("error-file-big", most=str(MOST_MEGABYTES))


def _read(name: str, content: bytes, most_rows: int, known: Collection[str], encoding: str | None) -> Lines:
    check_size(len(content))
    doubt = ""
    if name.lower().endswith(WORKBOOKS) or content[:4] in (OLD, PACKED):
        if content[:4] == OLD:  # it says nothing of failed formulas and of number formats: fields would go lost
            raise InvalidInput("error-table-old", file=name)
        lines: Iterator[list[str]] = iter(workbook.lines(name, content, known))
    else:
        lines, doubt = _csv(name, content, known, encoding)
    return Lines(_kept(name, lines, most_rows, known), doubt)


def _csv(name: str, content: bytes, known: Collection[str], encoding: str | None) -> tuple[Iterator[list[str]], str]:
    text, doubt = csv_text.decoded(name, content, known, encoding)
    return csv_text.lines(name, text, known), doubt


def _kept(name: str, given: Iterator[list[str]], most_rows: int, known: Collection[str]) -> list[list[str]]:
    """The lines, bounded, and empty ones in place of those above the headings."""
    lines: list[list[str]] = []
    rows, kept = 0, 0
    for line in given:
        while line and not line[-1]:
            line.pop()
        rows += bool(line)
        if rows <= most_rows + SEARCHED:
            lines.append(line)
            kept += sum(map(len, line)) + CELL_BYTES * len(line)
        if kept > MOST_KEPT:
            raise InvalidInput("error-file-heavy", file=name)
    above = place(lines, known) or 0
    rows -= sum(map(bool, lines[:above])) + 1
    lines[:above] = [[] for _ in range(above)]
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
