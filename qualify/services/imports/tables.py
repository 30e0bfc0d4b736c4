"""Tables that people send: CSV or XLSX with a heading row, every cell checked, every fault named by row and column."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from qualify.errors import InvalidInput, QualifyError
from qualify.imports import read
from qualify.imports.headings import plain
from qualify.imports.marked import Marked
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
    encoding: str | None = None
    """Of a CSV file, where somebody said it."""

    def read_bytes(self) -> bytes:
        """The whole content."""
        return self.content


class Cells(NamedTuple):
    """A file that was read already: the cells of each line, the headings being the first that isn't empty; and the
    encoding where it is a guess that somebody should look at."""

    name: str
    cells: list[list[str]]
    doubt: str = ""

    @property
    def heading(self) -> int:
        """Which line has the headings."""
        return next((at for at, line in enumerate(self.cells) if any(line)), 0)


class Column(NamedTuple):
    """A column by its English or Chinese heading."""

    name: str
    chinese: str
    required: bool = False
    others: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Every heading that means it, plain."""
        return frozenset(map(plain, (self.name, self.chinese, *self.others)))


STAFF_NO = Column("staff_no", "工号", required=True, others=("工號", "员工编号", "staff number"))
"""Whom a row is about."""


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
    given = read_cells(file, columns)
    at = given.heading
    heading, lines = (given.cells[at], given.cells[at + 1 :]) if given.cells else ([], [])
    places = _places(file.name, heading, columns)
    required = {column.name for column in columns if column.required}
    table = Table(file.name, [], [])
    for line_number, line in enumerate(lines, start=at + 2):
        row = TableRow(line_number, {})
        if not any(line) or _is_total(line, places, required) or _is_example(line, places):
            continue
        if any(line[len(heading) :]):
            beyond = next(index for index in range(len(heading), len(line)) if line[index])
            refusal = InvalidInput("error-cell-beyond", count=str(len(line)), headings=str(len(heading)))
            table.faults.append(Fault(line_number, column_letter(beyond), refusal))
            continue
        for name, index in places.items():
            with table.naming(row, name):
                row.values[name] = _value(_at(line, index), readers.get(name, str), required=name in required)
        if len(row.values) == len(places):
            table.rows.append(row)
    _refuse_repeated(table, unique)
    return table


TOTAL = re.compile(r"(合计|总计|小计|共计|总人数|总数|total|subtotal|grandtotal|sum)[\d:.人名个]*", re.IGNORECASE)


def _is_total(line: Sequence[str], places: Mapping[str, int], required: Collection[str]) -> bool:
    """Whether a line sums up those above: it says so where a row has what it must have, or lacks that."""
    needed = [_at(line, places[name]) for name in required]
    if not all(needed):
        needed = [cell for cell in line if cell]
    return any(TOTAL.fullmatch(plain(cell)) for cell in needed)


EXAMPLES = ("示例", "EXAMPLE")
"""Begin the staff number in the example of a template."""


def _is_example(line: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether a line is a template's example, left where it was."""
    at = places.get(STAFF_NO.name)
    return at is not None and _at(line, at).upper().startswith(EXAMPLES)


def column_letter(index: int) -> str:
    """What a spreadsheet calls the column, the first being 0."""
    rest, letter = divmod(index, 26)
    return (column_letter(rest - 1) if rest else "") + chr(65 + letter)


EARLIEST, LATEST = 1950, 2100
"""Years of the dates in lists; others are slips."""
SERIAL = re.compile(r"([2-7]\d{4})(\.\d+)?")
SERIALS_BEGIN = date(1899, 12, 30)


def read_day(text: str) -> date:
    """A date as spreadsheets write it: 2026-03-01, 2026/3/1 or 2026年3月1日. Raises InvalidInput for anything else:
    the number of a day, as what exports spreadsheets leaves it, may be counted from one of two beginnings."""
    if serial := SERIAL.fullmatch(text):
        day = SERIALS_BEGIN + timedelta(days=int(serial[1]))
        raise InvalidInput("error-date-serial", given=text, day=day.isoformat())
    parts = re.split("[-/.年月]", unicodedata.normalize("NFKC", text).removesuffix("日"))
    try:
        day = read_date("-".join(part.strip().zfill(2) for part in parts))
    except InvalidInput:
        raise InvalidInput("error-date", given=text) from None
    if not EARLIEST <= day.year <= LATEST:
        raise InvalidInput("error-date-absurd", given=text)
    return day


def _value(text: str, reader: Reader, *, required: bool) -> Any:
    if isinstance(text, Marked):
        raise InvalidInput(text.key, given=str(text))
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


def headings(file: Cells) -> list[str]:
    """The words of the heading row, plain."""
    return [plain(cell) for cell in file.cells[file.heading]] if file.cells else []


def ignored(file: Cells, columns: Iterable[Column]) -> tuple[str, ...]:
    """The headings, as they are written, that mean none of the columns."""
    known = known_words(columns)
    return tuple(cell for cell in file.cells[file.heading] if cell and plain(cell) not in known) if file.cells else ()


def known_words(columns: Iterable[Column]) -> frozenset[str]:
    """Every heading that means one of the columns."""
    return frozenset(word for column in columns for word in column.words)


def read_cells(file: TableFile | Cells, columns: Iterable[Column]) -> Cells:
    """The file's cells. Raises InvalidInput when it can't be read, or only with an encoding that is a guess: nobody
    looks at it before it is taken in."""
    if isinstance(file, Cells):
        return file
    try:
        content = file.read_bytes()
    except OSError:
        raise InvalidInput("error-table-unreadable", file=file.name) from None
    encoding = file.encoding if isinstance(file, Sent) else None
    lines, doubt = read(file.name, content, known=known_words(columns), encoding=encoding)
    if doubt:
        sample = next((cell for line in lines for cell in line if not cell.isascii()), "")
        raise InvalidInput("error-table-encoding", file=file.name, encoding=doubt, sample=sample[:40])
    return Cells(file.name, lines)


def _places(file: str, heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column is. Raises InvalidInput where one is missing or there twice."""
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(heading):
        for column in columns:
            if cell and plain(cell) in column.words:
                found.setdefault(column.name, []).append(index)
    twice = [f"{column_letter(index)} {heading[index]}" for at in found.values() if len(at) > 1 for index in at]
    if twice:
        raise InvalidInput("error-table-twice", file=file, columns=", ".join(twice))
    missing = [column.name for column in columns if column.required and column.name not in found]
    if missing:
        raise InvalidInput("error-table-columns", file=file, missing=", ".join(missing))
    return {column.name: found[column.name][0] for column in columns if column.name in found}
