"""Rows as XML, written whole into XlsxWriter's own file of rows.

Cell by cell, XlsxWriter takes five times as long, and it lets what was typed as <r>…</r> into the file as markup.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_DAY_ZERO = datetime.fromisoformat("1899-12-30")  # of Excel's calendar, as good from March 1900 on
_SECONDS = 86_400


Value = str | int | Decimal | date | bool | None


class Written(NamedTuple):
    """The XML of a cell of one column, from its style to where the row's number stands in the next cell: as it is among
    others of one line, and beside a cell that `is_tall`."""

    among_low: str
    among_tall: str
    is_tall: bool


def _serial(day: date) -> str:
    """Days since the calendar began, with the time as a fraction."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, datetime.min.time())
    passed = moment - _DAY_ZERO
    return repr(passed.days + passed.seconds / _SECONDS) if passed.seconds else str(passed.days)


def _content(value: Value) -> tuple[str, str]:
    """What comes after a cell's style, and which number's style it has."""
    if value is None or value == "":
        return "/>", ""
    if isinstance(value, str):
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        return f' t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>', ""
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>', ""
    if isinstance(value, date):
        return f"><v>{_serial(value)}</v></c>", MOMENT if isinstance(value, datetime) else DAY
    return f"><v>{value:f}</v></c>" if isinstance(value, Decimal) else f"><v>{value}</v></c>", ""


class RowStream(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet that takes ready rows. What it uses of XlsxWriter's inside stands in this class and nowhere else."""

    def begin(self, book: Any, columns: int) -> None:
        """Make the styles of cells known. Called once, before anything else."""
        self.count = 0
        self._columns = columns
        openings = [f'<c r="{xl_col_to_name(column)}' for column in range(columns)]
        self._beginning = ('<row r="', f'">{openings[0]}')  # the row's number stands after both, as after each opening
        self._after = (*openings[1:], "</row>")
        self._styles: dict[str, dict[str, str]] = {}  # by alignment, then by the number's format
        for alignment, properties in _ALIGNMENTS.items():
            self._styles[alignment] = {
                number_format: self._style(book, properties | ({"num_format": number_format} if number_format else {}))
                for number_format in ("", DAY, MOMENT)
            }

    @staticmethod
    def _style(book: Any, properties: dict[str, Any]) -> str:
        return f' s="{book.add_format(properties)._get_xf_index()}"' if properties else ""

    def written(self, value: Value, column: int, *, is_tall: bool = False, bold: bool = False) -> Written:
        """The cell of a value that is fit for it, in the column with this index; a text that `is_tall`, or has several
        lines, is wrapped."""
        content, style = _content(value)
        wraps = is_tall or (isinstance(value, str) and "\n" in value)
        weight = _BOLD if bold else ""
        low, tall = (self._styles[weight + alignment][style] for alignment in ("", _WRAPPED if wraps else _TOP))
        content += self._after[column]
        return Written(f'"{low}{content}', f'"{tall}{content}', wraps)

    def add(self, cells: Sequence[Written]) -> None:
        """The next row. Where one of its cells has several lines, all begin at its top."""
        self.count += 1
        has_tall = True in [cell.is_tall for cell in cells]  # quicker than `any` of a generator
        parts = [cell.among_tall for cell in cells] if has_tall else [cell.among_low for cell in cells]
        self.row_data_fh.write(str(self.count).join((*self._beginning, *parts)))
        self._check_dimensions(self.count - 1, self._columns - 1)  # the range that the file says it has

    def end(self) -> None:
        """Let go of the rows' own file, also when the workbook broke off."""
        self._opt_close()


_TOP, _WRAPPED, _BOLD = "top", "wrapped", "bold"
_ALIGNMENTS: dict[str, dict[str, Any]] = {
    "": {},
    _TOP: {"valign": "top"},
    _WRAPPED: {"valign": "top", "text_wrap": True},
    _BOLD: {"bold": True},
    _BOLD + _TOP: {"bold": True, "valign": "top"},
    _BOLD + _WRAPPED: {"bold": True, "valign": "top", "text_wrap": True},
}
