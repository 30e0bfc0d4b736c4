"""Workbooks to fill in: headings, an example, text cells where digits are no number, lists to choose from."""

from collections.abc import Mapping, Sequence
from io import BytesIO

LINES = 5000
"""Below the headings, that are formatted and have lists to choose from."""
LONGEST_LIST = 255
"""Characters that a spreadsheet takes in a list of choices; a longer one isn't offered."""


def template(
    headings: Sequence[str], example: Sequence[str], choices: Mapping[int, Sequence[str]], numbers: Sequence[int] = ()
) -> bytes:
    """A workbook with the headings and one example row. `choices` are offered by column; every column is text, but for
    those in `numbers`."""
    import xlsxwriter  # noqa: PLC0415  # most commands need none

    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet.freeze_panes(1, 0)
        for index, heading in enumerate(headings):
            sheet.set_column(index, index, 18, None if index in numbers else text)
            sheet.write_string(0, index, heading, bold)
            sheet.write_string(1, index, example[index], text)
            offered = list(choices.get(index, ()))
            if offered and len(",".join(offered)) <= LONGEST_LIST:
                # a hint, no fence: several roles and new departments may be typed
                rule = {"validate": "list", "source": offered, "error_type": "information", "show_error": False}
                sheet.data_validation(1, index, LINES, index, rule)
    return data.getvalue()
