"""A file of separated values: its encoding, its separator, and its lines."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from qualify.imports.sheets import cell_of

SEPARATORS = ",;\t|"
LOOKED_AT = 30
"""So many lines tell what separates the cells."""
SURE = 0.85
"""The share of everyday characters in a text that was read in its own encoding."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAYS = re.compile(r"sep=(.)\s*$", re.IGNORECASE)


class Decoded(NamedTuple):
    """A text, and the encoding that it was read in where that is a guess."""

    text: str
    guess: str = ""


class OpenQuoteError(Exception):
    """A quote opens in this line and never ends, or ends in the middle of a cell."""


def decoded(content: bytes) -> Decoded | None:
    """The file's text; None for what is none. Chinese of mainland China is told from that of Taiwan by which characters
    are everyday ones; where neither is clear the text is a guess."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _read(content, encoding)
    found = _read(content, "utf-8") or _wide(content)
    if found:
        return found
    mainland, taiwan = _read(content, "gb18030"), _read(content, "big5")
    likely = {
        "gb18030": _everyday(mainland, "gb2312", 0xB0, 0xD7),
        "big5": _everyday(taiwan, "big5", 0xA4, 0xC6),
    }
    if mainland and likely["gb18030"] >= SURE and likely["gb18030"] >= likely["big5"]:
        return mainland
    if taiwan and likely["big5"] > likely["gb18030"]:
        return Decoded(taiwan.text, "Big5")
    return Decoded(mainland.text, "GB18030") if mainland else None


def _read(content: bytes, encoding: str) -> Decoded | None:
    with suppress(UnicodeDecodeError):
        text = content.decode(encoding)
        if "\0" not in text:  # a program's file, whatever it is called
            return Decoded(text)
    return None


def _wide(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte of its separators and line ends is nought."""
    for encoding, nought in (("utf-16-le", 1), ("utf-16-be", 0)):
        if content[nought::2].count(0) * 8 > len(content) and len(content) % 2 == 0:
            return _read(content, encoding)
    return None


def _everyday(found: Decoded | None, encoding: str, first: int, last: int) -> float:
    """The share of a text's characters beyond ASCII that this encoding keeps among its everyday ones."""
    beyond = [character for character in found.text[:20_000] if character > "\x7f"] if found else []
    everyday = 0
    for character in beyond:
        code = character.encode(encoding, "ignore")
        everyday += len(code) == 2 and (first <= code[0] <= last or (encoding == "gb2312" and code[0] in (0xA1, 0xA3)))
    return everyday / len(beyond) if beyond else 0


def lines(text: str) -> Iterator[list[str]]:
    """The cells of each line. Raises OpenQuoteError instead of the line whose quotes are wrong."""
    separator = separator_of(text)
    csv.field_size_limit(max(len(text), 1))  # files are small: a long cell is no quote that never ends
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, line in enumerate(reader):
            is_said = number == 0 and _SAYS.match(separator.join(line))
            yield [] if is_said else [cell_of(each) for each in line]
    except csv.Error:
        raise OpenQuoteError from None


def separator_of(text: str) -> str:
    """What separates the cells: what the first line says (`sep=;`), or what most lines have, and most often."""
    first = text[: 1 << 16].splitlines()[:LOOKED_AT]
    if first and (said := _SAYS.match(first[0])):
        return said[1]
    bare = [re.sub(r'"[^"]*"', "", line) for line in first]
    counts = {each: [line.count(each) for line in bare] for each in SEPARATORS}
    return max(SEPARATORS, key=lambda each: (sum(map(bool, counts[each])), sum(counts[each])))
