"""Headings as people write them: decorated, in either script, in either language; and where in a sheet they stand."""

import re
import unicodedata
from collections.abc import Collection, Sequence

SEARCHED = 20
"""Lines at the top among which the headings are looked for: titles and notes may stand above."""
FEWEST = 2
"""Known words that make a line the headings."""
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DECORATION = re.compile(r"[\s*:_\-·•]+")
_BEFORE = ("所属", "所在", "员工")


def plain(text: str) -> str:
    """A heading without what surrounds its word: notes in brackets, stars, blanks, letter case; 所属部门 is 部门."""
    word = _DECORATION.sub("", _NOTE.sub("", unicodedata.normalize("NFKC", text))).casefold()
    for before in _BEFORE:
        if word.startswith(before) and len(word) > len(before) + 1:
            return word.removeprefix(before)
    return word


def known_in(line: Sequence[str], known: Collection[str]) -> int:
    """How many different words of `known`, plain ones, a line has."""
    return len({plain(cell) for cell in line if cell} & set(known))


def place(lines: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """Which of the first lines has the headings; of two that follow each other, as where headings are merged over two
    lines, the lower one. None where no line has enough known words."""
    counts = [known_in(line, known) for line in lines[:SEARCHED]]
    best = max(counts, default=0)
    if best < FEWEST:
        return None
    at = counts.index(best)
    while at + 1 < len(counts) and counts[at + 1] == best:
        at += 1
    return at
