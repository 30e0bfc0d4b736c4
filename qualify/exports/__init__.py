"""Tables as XLSX workbooks, from plain values; what people typed can do no harm in a spreadsheet program."""

from qualify.exports.sheets import Cell, Sheet, workbook

__all__ = ["Cell", "Sheet", "workbook"]
