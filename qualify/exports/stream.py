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


class Written(NamedTuple):
    """A value as the file has it: the XML of its cell after the style, which number's style it has, whether it is tall.

    `xml` is empty for a cell that holds nothing: it isn't written at all.
    """

    xml: str
    style: str = ""
    is_tall: bool = False


def written(value: str | int | Decimal | date | bool | None, *, is_tall: bool = False) -> Written:
    """The cell of a value that is fit for it; a text that `is_tall`, or has several lines, is wrapped."""
    if value is None or value == "":
        return Written("")
    if isinstance(value, str):
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        text = f' t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>'
        return Written(text, is_tall=is_tall or "\n" in value)
    if isinstance(value, bool):
        return Written(f' t="b"><v>{value:d}</v></c>')
    if isinstance(value, date):
        return Written(f"><v>{_serial(value)}</v></c>", MOMENT if isinstance(value, datetime) else DAY)
    return Written(f"><v>{value:f}</v></c>" if isinstance(value, Decimal) else f"><v>{value}</v></c>")


def _serial(day: date) -> str:
    """Days since the calendar began, with the time as a fraction."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, datetime.min.time())
    passed = moment - _DAY_ZERO
    return repr(passed.days + passed.seconds / _SECONDS) if passed.seconds else str(passed.days)


class RowStream(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet that takes ready rows. What it uses of XlsxWriter's inside stands in this class and nowhere else."""

    def begin(self, book: Any) -> None:
        """Make the styles of cells known. Called once, before the first row."""
        self.count = 0
        self._letters: list[str] = []
        self._styles: dict[str, dict[str, str]] = {}  # by alignment, then by the number's format
        for alignment, properties in _ALIGNMENTS.items():
            self._styles[alignment] = {
                number_format: self._style(book, properties | ({"num_format": number_format} if number_format else {}))
                for number_format in ("", DAY, MOMENT)
            }

    @staticmethod
    def _style(book: Any, properties: dict[str, Any]) -> str:
        return f' s="{book.add_format(properties)._get_xf_index()}"' if properties else ""

    def add(self, cells: Sequence[Written], *, bold: bool = False) -> None:
        """The next row. Where one of its cells has several lines, all begin at its top."""
        if not self.count:
            self._letters = [xl_col_to_name(column) for column in range(len(cells))]
        self.count += 1
        number, is_tall = self.count, True in [cell.is_tall for cell in cells]  # quicker than `any` of a generator
        weight = _BOLD if bold else ""
        others, tall = self._styles[weight + (_TOP if is_tall else "")], self._styles[weight + _WRAPPED]
        parts = [
            f'<c r="{letter}{number}"{(tall if cell.is_tall else others)[cell.style]}{cell.xml}'
            for letter, cell in zip(self._letters, cells, strict=True)
            if cell.xml
        ]
        self.row_data_fh.write(f'<row r="{number}">{"".join(parts)}</row>')
        self._check_dimensions(number - 1, len(cells) - 1)  # the range that the file says it has

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
