"""Tables that people send: CSV or XLSX with a heading row, every cell checked, every fault named by row and column.

Above the headings may stand a title, below the rows a total; what the headings are called is taken as people write it.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from qualify.errors import InvalidInput, QualifyError
from qualify.imports import read
from qualify.imports.sheets import Sheets, TableSheet, Unusable
from qualify.scoring import read_date
from qualify.texts import letters_of, staff_number, visible

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
    """A file that was read already."""

    name: str
    cells: Sheets


class Column(NamedTuple):
    """A column by its English or Chinese heading, or by what else people call it."""

    name: str
    chinese: str
    required: bool = False
    also: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """All its headings, in the form that headings are compared in."""
        return frozenset(map(heading_of, (self.name, self.chinese, *self.also)))


EXAMPLE = "EXAMPLE"
"""The staff number of the example row of a template, which is nobody's."""
STAFF_NO = (
    "员工编号",
    "员工工号",
    "人员编号",
    "职工号",
    "工號",
    "staff number",
    "employee no",
    "employee number",
    "employee id",
)
"""What else the column of staff numbers is called."""


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
    """A table as read: the rows whose every cell is usable, and what is wrong with the others.

    `ignored` are headings that nobody asked for, `skipped` the numbers of rows that are totals; `guess` is the encoding
    where that is a guess.
    """

    file: str
    rows: list[TableRow]
    faults: list[Fault]
    ignored: list[str] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    guess: str = ""
    columns: frozenset[str] = frozenset()

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

    No two rows may agree in all the columns `unique`. Raises InvalidInput when the file as a whole can't be read, when
    several sheets could be meant, and when a column is missing or there twice.
    """
    found = _sheets(file)
    sheet, top = _listed(file.name, found.sheets, columns)
    heading, *lines = sheet.lines[top:] or [[]]
    places = _places(file.name, heading, columns)
    table = Table(file.name, [], [], _ignored(heading, places), guess=found.guess, columns=frozenset(places))
    required = {column.name for column in columns if column.required}
    for line_number, line in enumerate(lines, start=sheet.first + top + 1):
        row = TableRow(line_number, {})
        if not any(line) and not any(isinstance(cell, Unusable) for cell in line):
            continue
        if staff_number(_at(line, places[columns[0].name])) == EXAMPLE:
            continue
        if _is_repeated_heading(line, heading, places) or _is_total(line, places, required):
            table.skipped.append(line_number)
            continue
        with table.naming(row, columns[0].name):
            _refuse_longer(line, heading)
            for name, index in places.items():
                with table.naming(row, name):
                    row.values[name] = _value(_at(line, index), readers.get(name, str), required=name in required)
        if len(row.values) == len(places):
            table.rows.append(row)
    if sheet.broken:
        table.faults.append(Fault(sheet.broken, columns[0].name, InvalidInput("error-row-quote")))
    refuse_repeated(table, unique)
    return table


def heading_of(text: str) -> str:
    """A heading as headings are compared: `＊所属部门（必填）` is `所属部门`, `Staff No.` is `staff_no`."""
    text = unicodedata.normalize("NFKC", visible(text)).lower()
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>", "", text)
    text = re.sub(r"[\s_.\-/]+", "_", text.strip(" \t\n*:·#?!_."))
    return text.strip("*:_") if text.isascii() else re.sub(r"[_*:]", "", text)


def _listed(file: str, sheets: Sequence[TableSheet], columns: Sequence[Column]) -> tuple[TableSheet, int]:
    """The sheet with the headings and the index of their line; without any the first that has anything in it. Raises
    InvalidInput where several have them."""
    tops = [(sheet, _top(sheet.lines, columns)) for sheet in sheets]
    having = [(sheet, top) for sheet, top in tops if top is not None]
    if len(having) > 1:
        names = "、".join(sheet.name for sheet, _ in having)
        raise InvalidInput("error-table-sheets", file=file, sheets=names)
    if having:
        return having[0]
    filled = [sheet for sheet in sheets if any(map(any, sheet.lines))]
    sheet = (filled or [TableSheet("", [])])[0]
    return sheet, next((index for index, line in enumerate(sheet.lines) if any(line)), 0)


MOST_ABOVE = 20
"""Lines that may stand above the headings."""


def _top(lines: Sequence[Sequence[str]], columns: Sequence[Column]) -> int | None:
    """The index of the first line with all the headings that there must be."""
    required = [column.words for column in columns if column.required]
    for index, line in enumerate(lines[:MOST_ABOVE]):
        words = set(map(heading_of, line))
        if all(words & each for each in required):
            return index
    return None


def _is_repeated_heading(line: Sequence[str], heading: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether the headings stand here once more, as on each page of a printed list."""
    return all(heading_of(_at(line, index)) == heading_of(heading[index]) for index in places.values())


TOTALS = re.compile("(合计|总计|小计|共计|总人数|合計|總計|(grand|sub)?total|sum)([:0-9].*)?", re.IGNORECASE)


def _is_total(line: Sequence[str], places: Mapping[str, int], required: Collection[str]) -> bool:
    """Whether the row sums up the others: it says so first, and lacks something that every row has."""
    first = next(filter(None, line), "")
    said = TOTALS.fullmatch(unicodedata.normalize("NFKC", first).replace(" ", ""))
    lacking = [name for name in required if not _at(line, places[name]) or _at(line, places[name]) == first]
    return bool(said and lacking)


def _refuse_longer(line: Sequence[str], heading: Sequence[str]) -> None:
    """A cell beyond the headings: something has moved the others out of their columns."""
    if any(line[len(heading) :]):
        raise InvalidInput("error-row-long", cells=str(len(line)), headings=str(len(heading)))


def read_day(text: str) -> date:
    """A date as spreadsheets write it: 2026-03-01, 2026/3/1 or 2026年3月1日. Raises InvalidInput for anything else; for
    a spreadsheet's own number of a day it says which day that would be."""
    given = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[2-6]\d{4}(\.\d+)?", given):
        day = FIRST_DAY + timedelta(days=int(float(given)))
        raise InvalidInput("error-date-serial", given=text, day=day.isoformat())
    parts = re.split("[-/.年月]", re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "", given).removesuffix("日"))
    try:
        return read_date("-".join(part.strip().zfill(2) for part in parts))
    except InvalidInput:
        raise InvalidInput("error-date", given=text) from None


FIRST_DAY = date(1899, 12, 30)
"""What spreadsheets count days from."""


def _value(text: str, reader: Reader, *, required: bool) -> Any:
    if isinstance(text, Unusable):
        raise InvalidInput(text.key, given=str(text))
    if required and not text:
        raise InvalidInput("error-cell-empty")
    return reader(text)


def refuse_repeated(table: Table, unique: Sequence[str]) -> None:
    """Makes a fault of each row that agrees with an earlier one in all these columns: a mistake, no correction."""
    first: dict[tuple[object, ...], int] = {}
    for row in table.rows if unique else ():
        key = tuple(row.values[column] for column in unique)
        if key in first:
            table.faults.append(Fault(row.number, unique[0], InvalidInput("error-cell-repeated", row=str(first[key]))))
        first.setdefault(key, row.number)


def _at(line: Sequence[str], index: int) -> str:
    return line[index] if index < len(line) else ""


def headings(file: TableFile | Cells, kinds: Sequence[Sequence[Column]]) -> set[str]:
    """The headings, as headings are compared, of the sheet that holds one of these kinds of tables. Raises InvalidInput
    when the file can't be read."""
    sheets = _sheets(file).sheets
    for columns in kinds:
        for sheet in sheets:
            top = _top(sheet.lines, columns)
            if top is not None:
                return set(map(heading_of, sheet.lines[top]))
    return {heading_of(cell) for sheet in sheets for line in sheet.lines[:MOST_ABOVE] for cell in line}


def _sheets(file: TableFile | Cells) -> Sheets:
    if isinstance(file, Cells):
        return file.cells
    try:
        content = file.read_bytes()
    except OSError:
        raise InvalidInput("error-table-unreadable", file=file.name) from None
    return read(file.name, content)


def _places(file: str, heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands. Raises InvalidInput that names what is missing, or what is there twice."""
    words = [heading_of(cell) for cell in heading]
    places: dict[str, int] = {}
    for column in columns:
        found = [index for index, word in enumerate(words) if word in column.words]
        if len(found) > 1:
            twice = "、".join(f"{letters_of(index)} {heading[index]}" for index in found)
            raise InvalidInput("error-table-twice", file=file, columns=twice)
        if found:
            places[column.name] = found[0]
    missing = [column.name for column in columns if column.required and column.name not in places]
    if missing:
        raise InvalidInput("error-table-columns", file=file, missing=", ".join(missing))
    return places


def _ignored(heading: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The headings that nobody asked for; a column without one by its letter."""
    taken = set(places.values())
    return [cell or letters_of(index) for index, cell in enumerate(heading) if index not in taken]
