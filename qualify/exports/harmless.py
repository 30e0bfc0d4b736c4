"""Text that people typed, made fit for a cell: never a formula, nothing that the file can't hold."""

import re
from collections.abc import Iterable

MOST_CHARACTERS = 32_767  # of a cell, counted as Excel does: in UTF-16 units
MOST_NAME_CHARACTERS = 31  # of a sheet's name

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_INVISIBLE = r"\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"[\t\n]|[{_INVISIBLE}]*[=+\-@＝＋－＠]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\t\n]")
_RESERVED = "history"  # Excel keeps this sheet's name for itself


def harmless(text: str) -> str:
    """`text` as a cell may hold it: lines end in \\n, and what could begin a formula begins with an apostrophe.

    The apostrophe is part of the text, not the style `quotePrefix`: a style is lost when the sheet is saved as CSV.
    """
    clean = _writable(text)
    marked = f"'{clean}" if _FORMULA.match(clean) else clean
    return _cut(_ESCAPE.sub("_x005F_", marked), MOST_CHARACTERS)  # or Excel would read _x003D_ as "="


def unharmed(text: str) -> str:
    """The text that `harmless` wrote, where it had neither to cut it nor to take characters out."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def legal_name(wanted: str, taken: Iterable[str]) -> str:
    """A legal name for a sheet, as like the wanted one as can be; it differs from those `taken` not only in case."""
    legal, folded = _legal(wanted), {each.casefold() for each in taken}
    number = 1
    unique = legal
    while unique.casefold() in folded:
        number += 1
        unique = _cut(legal, MOST_NAME_CHARACTERS - len(f" ({number})")) + f" ({number})"
    return unique


def _legal(name: str) -> str:
    legal = _cut(_NOT_IN_A_NAME.sub("-", _writable(name)).strip("' "), MOST_NAME_CHARACTERS).rstrip("' ") or "-"
    return f"{legal}-" if legal.casefold() == _RESERVED else legal


def _writable(text: str) -> str:
    """Without the control characters and halves of characters that XML can't hold."""
    return _UNWRITABLE.sub("", _LINE_END.sub("\n", text))


def _cut(text: str, most: int) -> str:
    """At most `most` UTF-16 units of `text`; the last is an ellipsis where some are missing."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"
