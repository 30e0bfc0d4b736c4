"""Workbooks to fill in: headings, rows that are there already, and drop-down lists of what may stand in a column."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from qualify.errors import InvalidInput, InvalidStandard
from qualify.exports.harmless import MOST_CHARACTERS, harmless, unharmed
from qualify.exports.sheets import LONG_AGO
from qualify.standard import Standard
from qualify.standard.workbook import Choices, FilledSheet, GivenSheet, filled_sheets, standard_in
from qualify.texts import shortened

ROWS = 5001
"""So far down the columns are formatted and have their drop-down lists."""
MOST_QUOTED = 40
_WIDTH = 18
_LISTS = "lists"


class TemplateColumn(NamedTuple):
    """A heading, the example below it, and the words to choose from; other words are allowed unless `only_these`."""

    heading: str
    example: str
    choices: Sequence[str] = ()
    only_these: bool = False


def template(sheet: str, hint: str, columns: Sequence[TemplateColumn]) -> bytes:
    """The XLSX file of one sheet to fill in, with a row of examples; the `hint` is a comment at the first heading.
    Every column is text, so that no number loses its noughts."""
    choices = (
        Choices(number, tuple(column.choices), only_these=column.only_these)
        for number, column in enumerate(columns)
        if column.choices
    )
    filled = FilledSheet(
        sheet,
        tuple(column.heading for column in columns),
        [tuple(column.example for column in columns)],
        (_WIDTH,) * len(columns),
        tuple(choices),
    )
    return _made([filled], hint)


def standard_workbook(standard: Standard, language: str) -> bytes:
    """The XLSX file of a standard, from which it can be read back whole. Raises InvalidInput where it could not, such
    as for a text that no cell can hold."""
    sheets = filled_sheets(standard, language)
    texts = (cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str))
    lost = next((text for text in texts if unharmed(harmless(text)) != text), None)
    if lost is None and not _comes_back(standard, sheets):
        lost = standard.name.in_language(language)
    if lost is not None:
        values = {"id": standard.id, "start": shortened(lost, MOST_QUOTED), "most": str(MOST_CHARACTERS)}
        raise InvalidInput("error-workbook-unwritable", **values)
    return _made(sheets)


def _comes_back(standard: Standard, sheets: Sequence[FilledSheet]) -> bool:
    """Whether the sheets say all that the standard says."""
    given = [
        GivenSheet(
            sheet.name, [["" if cell is None else str(cell) for cell in row] for row in (sheet.headings, *sheet.rows)]
        )
        for sheet in sheets
    ]
    try:
        return standard_in(given, standard.id) == standard
    except InvalidStandard:
        return False


def _made(sheets: Sequence[FilledSheet], hint: str = "") -> bytes:
    """The file; a sheet with a `hint` has examples for rows, one without has rows that count."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "Qualify", "created": LONG_AGO})
    targets = [book.add_worksheet(sheet.name) for sheet in sheets]
    lists = _Lists(book)
    text = {"num_format": "@", "valign": "top"}
    example = book.add_format(text | {"italic": True, "font_color": "#808080"})
    wrapped = book.add_format(text | {"text_wrap": True})
    styles = {"head": book.add_format(text | {"bold": True}), "text": example if hint else wrapped}
    styles |= {"column": book.add_format({"num_format": "@"} if hint else text | {"text_wrap": True})}
    styles |= {"number": book.add_format({"valign": "top"})}
    for sheet, target in zip(sheets, targets, strict=True):
        _write(sheet, target, styles)
        for each in sheet.choices:
            first, last = (1, ROWS) if each.row is None else (each.row + 1, each.row + 1)
            style = {"error_type": "stop" if each.only_these else "information", "show_error": each.only_these}
            source = {"validate": "list", "source": lists.source(each.words)}
            target.data_validation(first, each.column, last, each.column, source | style)
    if hint:
        targets[0].write_comment(0, 0, hint)
    book.close()
    return file.getvalue()


def _write(sheet: FilledSheet, target: Any, styles: dict[str, Any]) -> None:
    for number, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        target.set_column(number, number, width, styles["number" if number in sheet.numbers else "column"])
        target.write_string(0, number, heading, styles["head"])
    for row, cells in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                target.write_string(row, number, harmless(cell), styles["text"])
            elif isinstance(cell, str):
                target.write_blank(row, number, None, styles["text"])
            elif cell is not None:
                target.write_number(row, number, cell, styles["number"])
    target.freeze_panes(1, 0)


class _Lists:
    """The lists to choose from, on a hidden sheet, each once."""

    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet(_LISTS)
        self.sheet.hide()
        self.known: dict[tuple[str, ...], str] = {}

    def source(self, words: tuple[str, ...]) -> str:
        """Where a list stands."""
        if words not in self.known:
            number = len(self.known)
            for row, word in enumerate(words):
                self.sheet.write_string(row, number, harmless(word))
            letters = xl_col_to_name(number)
            self.known[words] = f"={_LISTS}!${letters}$1:${letters}${len(words)}"
        return self.known[words]
