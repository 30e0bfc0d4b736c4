"""Workbooks to fill in: headings, an example row, columns of text, and drop-down lists of what may stand in them."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook

from qualify.exports.harmless import harmless

ROWS = 5001
"""So far down the columns are formatted and have their drop-down lists."""


class TemplateColumn(NamedTuple):
    """A heading, the example below it, and the words to choose from; other words are allowed unless `only_these`."""

    heading: str
    example: str
    choices: Sequence[str] = ()
    only_these: bool = False


def template(sheet: str, hint: str, columns: Sequence[TemplateColumn]) -> bytes:
    """The XLSX file of one sheet to fill in. The lists to choose from stand on a hidden sheet; the `hint` is a comment
    at the first heading. Every column is text, so that no number loses its noughts."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    target, lists = book.add_worksheet(sheet), book.add_worksheet("lists")
    lists.hide()
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    grey = book.add_format({"num_format": "@", "italic": True, "font_color": "#808080"})
    for number, column in enumerate(columns):
        target.set_column(number, number, 18, text)
        target.write_string(0, number, column.heading, bold)
        target.write_string(1, number, column.example, grey)
        for row, choice in enumerate(column.choices):
            lists.write_string(row, number, harmless(choice))
        if column.choices:
            letter = chr(65 + number)
            source = f"=lists!${letter}$1:${letter}${len(column.choices)}"
            style = "stop" if column.only_these else "information"
            rule = {"validate": "list", "source": source, "error_type": style, "show_error": column.only_these}
            target.data_validation(1, number, ROWS, number, rule)
    target.write_comment(0, 0, hint)
    target.freeze_panes(1, 0)
    book.close()
    return file.getvalue()
