"""What a workbook says about its cells beside their values: errors, formulas never computed, how numbers are shown.

The reader of the values gives an empty text for the first two and plain numbers for the third. This looks through the
same parts, piece by piece, and so finds out before that whether they are too much to be read.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

MOST_CELLS = 2_000_000
"""Of a workbook, with anything in them."""
MOST_AREA = 8_000_000
"""Cells between the first and the last with anything in it, empty ones too: the reader keeps a place for each."""
MOST_TAGS = 5_000_000
"""Of a workbook: the cells of fifty thousand people in twenty columns."""
MOST_TIMES = 150
"""A part that is packed closer than this, and not short, holds one thing over and over."""
FLAT = 4 << 20
PIECE = 1 << 16
PADDED = re.compile(r'(?:"([^"]*)"|\\?([A-Za-z\-]))*(0+)(?:"([^"]*)")?')
PERCENT = {9: "0%", 10: "0.00%"}


class TooMuchError(Exception):
    """More cells than anybody's list has."""


class CellMark(NamedTuple):
    """What is odd about a cell: the sentence that refuses it, or else the format that its number is shown by."""

    key: str = ""
    shown: str = ""


Marks = dict[tuple[int, int], CellMark]
"""By row and column, from 0."""


def marks_of(archive: ZipFile) -> dict[str, Marks]:
    """The odd cells of each sheet, by its name. Raises TooMuchError, ExpatError for what is no XML, BadZipFile for a
    part that isn't what the directory says, KeyError where a part is missing."""
    _refuse_bomb(archive)
    formats = _formats(archive)
    budget = [MOST_CELLS]
    return {name: _Sheet(formats, budget).read(archive, part) for name, part in _sheets(archive)}


def shown(value: float, form: str) -> str:
    """The number as the cell shows it, by one of the formats that matter."""
    if form.endswith("%"):
        return f"{value * 100:.15g}%"
    match = PADDED.fullmatch(form)
    if match is None or not value.is_integer() or value < 0:
        return f"{value:.15g}"
    before = form[: match.start(3)].replace('"', "").replace("\\", "")
    return f"{before}{int(value):0{len(match[3])}d}{match[4] or ''}"


def _elements(archive: ZipFile, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    _feed(archive, part, parser)


def _feed(archive: ZipFile, part: str, parser: expat.XMLParserType) -> None:
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)


def _refuse_bomb(archive: ZipFile) -> None:
    """Count the tags of all that is XML, which is quick, before more is made of them. Raises TooMuchError."""
    left = MOST_TAGS
    for part in archive.infolist():
        if part.file_size > FLAT and part.file_size > MOST_TIMES * part.compress_size:
            raise TooMuchError
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                left -= piece.count(b"<")
                if left < 0:
                    raise TooMuchError


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part that it is kept in."""
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []

    def related(tag: str, given: dict[str, str]) -> None:
        if tag.endswith(" Relationship"):
            targets[given["Id"]] = given["Target"]

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag.endswith(" sheet"):
            key = next((value for name, value in given.items() if name.endswith("relationships id")), "")
            named.append((given["name"], key))

    _elements(archive, "xl/_rels/workbook.xml.rels", related)
    _elements(archive, "xl/workbook.xml", sheet)
    parts = set(archive.namelist())
    for name, key in named:
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in parts:
            yield name, part


def _formats(archive: ZipFile) -> list[str]:
    """The format of each style of cells, "" where it is none that matters."""
    own: dict[int, str] = {}
    styles: list[str] = []
    inside = [False]

    def start(tag: str, given: dict[str, str]) -> None:
        word = tag.rpartition(" ")[2]
        if word == "numFmt":
            own[int(given["numFmtId"])] = given["formatCode"]
        elif word in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside[0] = word == "cellXfs"
        elif word == "xf" and inside[0]:
            number = int(given.get("numFmtId", 0))
            code = own.get(number, PERCENT.get(number, ""))
            styles.append(_that_matters(code.partition(";")[0]))
        if len(own) + len(styles) > MOST_CELLS:
            raise TooMuchError

    with suppress(KeyError):
        _elements(archive, "xl/styles.xml", start)
    return styles


def _that_matters(code: str) -> str:
    if code.endswith("%"):
        return code
    match = PADDED.fullmatch(code)
    return code if match and (len(match[3]) > 1 or match.start(3) or match[4]) else ""


@dataclass
class _Sheet:
    """Goes through the cells of one sheet; `budget` is how many may still come, of this sheet and the next ones."""

    formats: list[str]
    budget: list[int]
    marks: Marks = field(default_factory=dict)
    row: int = -1
    column: int = -1
    corners: tuple[int, int, int, int] = (1 << 30, 1 << 30, 0, 0)
    kind: str = ""
    style: int = 0
    has_formula: bool = False
    has_value: bool = False

    def read(self, archive: ZipFile, part: str) -> Marks:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        self.in_value = False
        _feed(archive, part, parser)
        return self.marks

    def _start(self, tag: str, given: dict[str, str]) -> None:
        word = tag.rpartition(":")[2]
        if word == "c":
            place = given.get("r")
            self.row, self.column = place_of(place) if place else (max(self.row, 0), self.column + 1)
            self.kind, self.style = given.get("t", ""), int(given.get("s", 0))
            self.has_formula = self.has_value = False
        elif word == "row":
            self.row, self.column = int(given.get("r", self.row + 2)) - 1, -1
        elif word == "f":
            self.has_formula = True
        self.in_value = word in ("v", "t")

    def _text(self, text: str) -> None:
        self.has_value = self.has_value or (self.in_value and bool(text))

    def _end(self, tag: str) -> None:
        self.in_value = False
        if tag.rpartition(":")[2] != "c" or not (self.has_value or self.has_formula or self.kind == "e"):
            return
        self._count()
        if self.kind == "e":
            self.marks[self.row, self.column] = CellMark("error-cell-formula")
        elif self.has_formula and not self.has_value and self.kind != "str":
            self.marks[self.row, self.column] = CellMark("error-cell-uncomputed")
        elif self.kind in ("", "n") and self.style < len(self.formats) and self.formats[self.style]:
            self.marks[self.row, self.column] = CellMark(shown=self.formats[self.style])

    def _count(self) -> None:
        self.budget[0] -= 1
        top, left, bottom, right = self.corners
        top, left = min(top, self.row), min(left, self.column)
        bottom, right = max(bottom, self.row), max(right, self.column)
        self.corners = top, left, bottom, right
        if self.budget[0] < 0 or (bottom - top + 1) * (right - left + 1) > MOST_AREA:
            raise TooMuchError


def place_of(reference: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell that a spreadsheet calls "C7"."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1
