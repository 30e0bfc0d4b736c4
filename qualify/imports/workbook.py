"""A workbook's lines, read in a process of its own.

What unpacks workbooks keeps its memory to itself and ends the whole process where there is too little; so the process
has little, and its death is a refusal.
"""

import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from qualify.errors import InvalidInput
from qualify.imports.headings import SEARCHED, place
from qualify.imports.marked import Marked, clean

MOST_MEGABYTES_UNPACKED = 100
"""Of what a workbook is packed from, as its directory has it; nothing beyond that is unpacked."""
MOST_BYTES = 250 << 20
"""Of address space beyond what the process began with; about half of it is ever touched."""
MOST_SECONDS = 10
"""Of reckoning."""
DIGITS = 15
"""A spreadsheet keeps no more of a number."""
_MAIN = "{*}"
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([-_ /.])|(0)')


def lines(name: str, content: bytes, known: Collection[str]) -> list[list[str]]:
    """The cells of each line of the workbook's list, as people see them. Raises InvalidInput where it can't be read, is
    too much, or has several lists."""
    _check_unpacked(name, content)
    done = subprocess.run(
        [sys.executable, "-c", "from qualify.imports.workbook import main; main()"],
        input=pickle.dumps((name, content, sorted(known))),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
        capture_output=True,
        check=False,
    )
    if not done.stdout:  # it died: of too little memory, or of too little time
        raise InvalidInput("error-file-heavy", file=name)
    result: list[list[str]] | InvalidInput = pickle.loads(done.stdout)  # it comes from our own program
    if isinstance(result, InvalidInput):
        raise result
    return result


def _check_unpacked(name: str, content: bytes) -> None:
    """Raises InvalidInput for a workbook that would unpack into too much. What its directory says binds: no more of a
    part than that is ever unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if not any(part.lower() == "xl/workbook.xml" for part in archive.namelist()):
                raise InvalidInput("error-table-old", file=name)
            if size > MOST_MEGABYTES_UNPACKED << 20:
                raise InvalidInput("error-file-heavy", file=name)
            for part in archive.infolist():  # some readers unpack on beyond what is said, or stop without a word
                with archive.open(part) as stream:
                    while stream.read(1 << 20):
                        pass
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise InvalidInput("error-table-unreadable", file=name) from None
    except Exception as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput("error-table-unreadable", file=name) from error  # zlib's own


def main() -> None:
    """What the process does: read the work, be modest, and write what came of it."""
    name, content, known = pickle.loads(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import python_calamine  # noqa: F401, PLC0415  # before the memory is bounded

    _be_modest()
    answer: object
    try:
        answer = _lines(name, content, known)
    except InvalidInput as refusal:
        answer = refusal
    except MemoryError:
        answer = InvalidInput("error-file-heavy", file=name)
    except BaseException:  # calamine has a dozen errors, and panics that are no Exception
        answer = InvalidInput("error-table-unreadable", file=name)
    answers.write(pickle.dumps(answer))
    answers.close()


def _be_modest() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # Windows has none

        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        for limit, most in ((resource.RLIMIT_AS, taken + MOST_BYTES), (resource.RLIMIT_CPU, MOST_SECONDS)):
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _lines(name: str, content: bytes, known: Collection[str]) -> list[list[str]]:
    from python_calamine import load_workbook  # noqa: PLC0415  # other processes needn't have it

    with load_workbook(io.BytesIO(content)) as book:
        title, sheet = _chosen(name, book, known)
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    odd = _odd_cells(content, title)
    shown = [[_shown(value, odd.get((y, x))) for x, value in enumerate(row)] for y, row in enumerate(rows)]
    _fill(shown, merged)
    return shown


def _chosen(name: str, book: Any, known: Collection[str]) -> tuple[str, Any]:
    """The one sheet that people see and that has the headings; the first that has anything where none has them."""
    fits: list[tuple[str, Any, bool]] = []
    others: list[tuple[str, Any, bool]] = []
    for meta in book.sheets_metadata:
        if str(meta.visible).endswith(".Visible") and str(meta.typ).endswith(".WorkSheet"):
            sheet = book.get_sheet_by_name(meta.name)
            top = [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False, nrows=SEARCHED)]
            (others if place(top, known) is None else fits).append((meta.name, sheet, any(map(any, top))))
    if len(fits) > 1:
        raise InvalidInput("error-table-sheets", file=name, sheets="、".join(title for title, *_ in fits))
    for title, sheet, filled in (*fits, *others):
        if filled:
            return title, sheet
    raise InvalidInput("error-file-empty", file=name)


def _fill(lines: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """What is merged over several lines stands in each of them that has something of its own."""
    own = [any(line) for line in lines]
    for (top, left), (bottom, _) in merged:
        for y in range(top + 1, min(bottom + 1, len(lines))):
            if own[y] and left < len(lines[y]):
                lines[y][left] = lines[top][left]


class _Odd(NamedTuple):
    """What calamine doesn't say of a cell: a formula's failure, or the number format."""

    fault: str = ""
    text: str = ""
    format: str = "General"


def _shown(value: object, odd: _Odd | None) -> str:
    """The cell as its sheet shows it; numbers with all their digits."""
    odd = odd or _Odd()
    if odd.fault:
        return Marked(odd.text, odd.fault)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, odd.format)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return clean(str(value))


def _number(value: float, format_: str) -> str:
    if abs(value) >= 10**DIGITS:
        return Marked(f"{value:.0f}", "error-cell-digits")
    if "%" in format_:
        return f"{value * 100:.{DIGITS - 2}g}%"
    if not float(value).is_integer():
        return f"{value:.{DIGITS}g}"
    return _padded(int(value), format_.partition(";")[0])


def _padded(value: int, format_: str) -> str:
    """A whole number by a format of zeros and fixed characters, as those of staff numbers are: 123 by 000000."""
    parts = _LITERAL.findall(format_)
    zeros = sum(bool(zero) for *_, zero in parts)
    fixed = "".join(map("".join, parts)) if zeros else ""
    if value < 0 or not fixed or _LITERAL.sub("", format_) or "." in format_:
        return str(value)
    digits = str(value).zfill(zeros)
    first, rest = digits[: len(digits) - zeros + 1], iter(digits[len(digits) - zeros + 1 :])
    shown, begun = "", False
    for quoted, escaped, plain, zero in parts:
        shown += (next(rest) if begun else first) if zero else quoted or escaped or plain
        begun = begun or bool(zero)
    return shown


def _odd_cells(content: bytes, title: str) -> dict[tuple[int, int], _Odd]:
    """The cells of a sheet whose formula failed or was never computed, and those with a number format of their own."""
    with ZipFile(io.BytesIO(content)) as archive:
        part = _part(archive, title)
        if part is None:
            return {}
        formats = _formats(archive)
        found: dict[tuple[int, int], _Odd] = {}
        with archive.open(part) as stream:
            _Scan(formats, found).parse(stream)
    return found


def _part(archive: ZipFile, title: str) -> str | None:
    """The name of the part with this sheet."""
    names = {name.lower(): name for name in archive.namelist()}
    book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
    links = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        if sheet.get("name") == title:
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            return names.get((target[1:] if target.startswith("/") else f"xl/{target}").lower())
    return None


def _formats(archive: ZipFile) -> list[str]:
    """The number format of each style."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/styles.xml" not in names:
        return []
    styles = ElementTree.fromstring(archive.read(names["xl/styles.xml"]))
    told = styles.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in told}
    shipped = {"9": "0%", "10": "0.00%"}
    used = styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    return [(shipped | own).get(each.get("numFmtId"), "General") for each in used]


class _Scan:
    """Walks through a sheet's cells without keeping them."""

    def __init__(self, formats: Sequence[str], found: dict[tuple[int, int], _Odd]) -> None:
        self._formats, self._found = formats, found
        self._y = self._x = -1
        self._kind, self._style, self._formula, self._value, self._text = "", 0, False, False, ""
        self._inside = False

    def parse(self, stream: Any) -> None:
        """Fill what is found."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._said
        parser.ParseFile(stream)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._y, self._x = int(attributes.get("r", self._y + 2)) - 1, -1
        elif tag == "c":
            self._y, self._x = _at(attributes.get("r"), self._y, self._x + 1)
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self._formula = self._value = False
            self._text = ""
        elif tag == "f":
            self._formula = True
        elif tag == "v":
            self._inside, self._value = True, self._kind == "str"  # a text may be computed to be empty

    def _said(self, text: str) -> None:
        self._value = self._value or self._inside
        if self._kind == "e" and self._inside:
            self._text = (self._text + text)[:20]

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self._inside = False
        if tag != "c":
            return
        format_ = self._formats[self._style] if self._style < len(self._formats) else "General"
        if self._kind == "e":
            self._found[self._y, self._x] = _Odd("error-cell-formula", self._text or "#")
        elif self._formula and not self._value:
            self._found[self._y, self._x] = _Odd("error-cell-uncomputed", "=")
        elif self._kind == "n" and self._value and format_ != "General":
            self._found[self._y, self._x] = _Odd(format=format_)


def _at(reference: str | None, y: int, x: int) -> tuple[int, int]:
    """The place that a reference such as B7 names; the next one where there is none."""
    if reference is None:
        return y, x
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - 64
    return int(reference[len(letters) :]) - 1, column - 1
