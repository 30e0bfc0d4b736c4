"""A CSV file's lines: its encoding and its separator found out, its quotes watched."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import NamedTuple

from qualify.errors import InvalidInput
from qualify.imports.headings import SEARCHED, known_in
from qualify.imports.marked import clean

SEPARATORS = (",", ";", "\t", "|", "，", "；")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_TOLD = re.compile(r'"?sep=(.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)
SURE = 0.2
"""By how much more of one encoding's letters must be everyday ones for it to be taken without a doubt."""


class Decoded(NamedTuple):
    """A file's text; `doubt` names the encoding where it is a guess that somebody should look at."""

    text: str
    doubt: str = ""


def decoded(name: str, content: bytes, known: Collection[str], encoding: str | None = None) -> Decoded:
    """The file's text: in the encoding given, else as its first bytes say, UTF-8, or what Chinese spreadsheets save
    CSV in. Raises InvalidInput where it is none of them."""
    if encoding is not None:
        with suppress(UnicodeDecodeError, LookupError):
            return Decoded(content.decode(encoding).removeprefix("\ufeff"))
        raise InvalidInput("error-table-unreadable", file=name)
    if b"\0" in content or content[:2] in _MARKS:
        encodings = ["utf-16"] if content[:2] in _MARKS else ["utf-16-le", "utf-16-be"]
    else:
        encodings = ["utf-8-sig"]
    for each in encodings:
        with suppress(UnicodeDecodeError):
            text = content.decode(each)
            if "\0" not in text and (each not in ("utf-16-le", "utf-16-be") or _known(text, known)):
                return Decoded(text)
    if b"\0" in content:  # a program's file, whatever it is called
        raise InvalidInput("error-table-unreadable", file=name)
    return _guessed(name, content, known)


def _guessed(name: str, content: bytes, known: Collection[str]) -> Decoded:
    """GB18030 or Big5, by the headings known in them and by how everyday their characters are."""
    found = []
    for encoding in ("gb18030", "big5"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            found.append((_known(text, known), _everyday(text, encoding), encoding, text))
    if not found:
        raise InvalidInput("error-table-unreadable", file=name)
    found.sort(key=lambda each: each[:2], reverse=True)
    best, *others = found
    sure = best[0] > max((each[0] for each in others), default=-1) and best[0] > 0
    sure = sure or best[1] - max((each[1] for each in others), default=0.0) >= SURE
    return Decoded(best[3], "" if sure else best[2])


def _known(text: str, known: Collection[str]) -> int:
    heads = text.splitlines()[:SEARCHED]
    return max((known_in(re.split(r"[,;\t|，；\"]", line), known) for line in heads), default=0)


def _everyday(text: str, encoding: str) -> float:
    """Which part of the Chinese characters is in the encoding's first half, that of the frequent ones; and no more
    than that where there are characters that are none."""
    first, last = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    codec = "gb2312" if encoding == "gb18030" else "big5"
    strange = [each for each in text[:10_000] if each > "\x7f"]
    frequent = sum(first <= each.encode(codec, "replace")[0] <= last for each in strange)
    return frequent / len(strange) if strange else 1.0


def lines(name: str, text: str, known: Collection[str]) -> Iterator[list[str]]:
    """The cells of each line. Raises InvalidInput at a quote that isn't closed where its cell ends."""
    told = _TOLD.match(text)
    separator = told[1] if told else _separator(text, known)
    if told:
        yield []  # it is a line of the file, but none of the table
        text = text[told.end() :]
    row = 2 if told else 1
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [clean(cell) for cell in line]
            row += 1
    except csv.Error:
        raise InvalidInput("error-table-quote", file=name, row=str(row)) from None


def _separator(text: str, known: Collection[str]) -> str:
    """What parts the cells: by it the most headings are known, or else there are the most cells."""
    heads = [line for line in text.split("\n", SEARCHED)[:SEARCHED] if line.strip()]

    def fits(separator: str) -> tuple[int, int]:
        parted = [[cell.strip(' "\r') for cell in line.split(separator)] for line in heads]
        return max((known_in(line, known) for line in parted), default=0), len(parted[0]) if parted else 0

    return max(SEPARATORS, key=fits)
