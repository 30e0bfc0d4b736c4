"""Cells that can't be used as they stand, and what every cell is freed of."""

import re

from qualify.texts import visible


class Marked(str):
    """The text of a cell with what is wrong with it: the key of a sentence. It is a fault only where it is needed."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, text: str, key: str) -> "Marked":
        """The cell's text, and the sentence about it."""
        made = super().__new__(cls, text)
        made.key = key
        return made

    def __reduce__(self) -> tuple[type["Marked"], tuple[str, str]]:
        """Both go along to another process."""
        return Marked, (str(self), self.key)


ERRORS = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_ESCAPED = re.compile(r"_x00(?:0[9AD]|7F)_", re.IGNORECASE)
_QUOTED = re.compile(r'="([^"]*)"')
_TEXT_MARK = re.compile(r"['’](?=\d)")
_RUINED = re.compile(r"[+-]?\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


def clean(text: str) -> str:
    """What people see of a cell's text: no escapes, no marks that a number is text, one blank between words; Marked
    where a formula failed or a spreadsheet has cut a long number's digits off."""
    text = " ".join(visible(_ESCAPED.sub(" ", text)).split())
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1].strip()
    text = _TEXT_MARK.sub("", text, count=1) if text[:1] in ("'", "’") else text
    if ERRORS.fullmatch(text):
        return Marked(text, "error-cell-formula")
    return Marked(text, "error-cell-digits") if _RUINED.fullmatch(text) else text
