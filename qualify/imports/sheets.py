"""What a file that somebody made holds: its sheets as people see them."""

import re
from typing import Any, NamedTuple

from qualify.texts import visible

MOST_DIGITS = 15
"""Of a number that a spreadsheet keeps; the digits beyond are lost."""

_ESCAPE = re.compile(r"_x000[dDaA]_")
_AS_FORMULA = re.compile(r'^=\s*"(.*)"$', re.DOTALL)
_APOSTROPHE = re.compile(r"^['\u2018\u2019](?=[0-9])")
_EXPONENT = re.compile(r"^[+-]?\d(?:[.,]\d+)?[eE]\+\d+$")


class Unusable(str):
    """A cell whose value is lost: `key` is the sentence that says why. Where nobody needs the cell it does no harm."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, text: str, key: str) -> "Unusable":
        """The text that the cell shows, and why it is of no use."""
        made = super().__new__(cls, text)
        made.key = key
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Comes out of another process as it went in."""
        return Unusable, (str(self), self.key)


class TableSheet(NamedTuple):
    """The lines of a sheet; the first of them has the number `first`, and line ends don't count within a cell.

    `broken` is the number of a line that can't be told from those below it: a quote opens there and never ends.
    """

    name: str
    lines: list[list[str]]
    first: int = 1
    broken: int = 0


class Sheets(NamedTuple):
    """Those sheets of a file that people see; `guess` is the encoding that it was read in where that is a guess."""

    sheets: list[TableSheet]
    guess: str = ""


def cell_of(text: str) -> str:
    """What somebody meant by a cell: without what nobody sees, and without what keeps a spreadsheet from counting."""
    text = re.sub(r"\s*[\r\n]\s*", " ", visible(_ESCAPE.sub("\n", text))).strip()
    if quoted := _AS_FORMULA.match(text):
        text = quoted[1].replace('""', '"').strip()
    text = _APOSTROPHE.sub("", text)
    return Unusable(text, "error-cell-long-number") if is_ruined(text) else text


def is_ruined(text: str) -> bool:
    """Whether a spreadsheet has made this of a number longer than it can keep: 1.10101E+17, or noughts at the end."""
    digits = text.removesuffix(".0")
    return bool(_EXPONENT.match(text)) or (
        digits.isdecimal() and len(digits) > MOST_DIGITS and not digits[15:].strip("0")
    )
