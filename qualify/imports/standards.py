"""The workbook of a standard as somebody sent it: told from other tables, and read into a standard."""

from qualify.errors import InvalidInput
from qualify.exports.harmless import unharmed
from qualify.imports import NO_LIMIT, read
from qualify.imports.sheets import Sheets, TableSheet, Unusable
from qualify.standard import Standard
from qualify.standard.workbook import GivenSheet, is_standard, standard_in


def holds_standard(sheets: Sheets) -> bool:
    """Whether a workbook's sheets are those of a standard, whatever is wrong with them."""
    return is_standard([_given(sheet) for sheet in sheets.sheets])


def read_standard(name: str, content: bytes, most_rows: int = NO_LIMIT) -> Standard:
    """The standard in a workbook. Raises InvalidInput for a file that can't be read, InvalidStandard with every problem
    by sheet, row and column."""
    sheets = read(name, content, most_rows, unharmed)
    if not holds_standard(sheets):
        raise InvalidInput("error-workbook-other", file=name)
    return standard_in([_given(sheet) for sheet in sheets.sheets], name)


def read_sent(name: str, content: bytes, most_rows: int = NO_LIMIT) -> Sheets | Standard:
    """What somebody sent: the standard where it is the workbook of one, else the sheets. Raises as `read_standard`
    does."""
    found = read(name, content, most_rows)
    return read_standard(name, content, most_rows) if holds_standard(found) else found


def _given(sheet: TableSheet) -> GivenSheet:
    lost = {
        (row, column): cell.key
        for row, line in enumerate(sheet.lines)
        for column, cell in enumerate(line)
        if isinstance(cell, Unusable)
    }
    return GivenSheet(sheet.name, sheet.lines, sheet.first, lost)
