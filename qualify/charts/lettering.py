"""Words as pixels: which characters the fonts have, how wide a text is, how it is cut to fit, and its stamp.

Laying out and rasterising text is most of what a chart costs, and charts repeat their words, so the measures and
stamps of single words are kept in bounded caches. A character is drawn by the first of the families that has it; one
that none has becomes □ and is told in the log once: never a warning of matplotlib's, never a crash.
"""

import logging
import math
import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from qualify.charts.agg import FontProperties, fontManager, get_font, renderer, to_rgb
from qualify.charts.theme import LAST_FAMILY, OWN_FAMILIES, SYSTEM_FAMILIES
from qualify.paths import FONTS

log = logging.getLogger(__name__)

STAMP_PAD = 4  # pixels around a stamp, for glyphs that reach out of their advance
_MISSING = "□"
_INVISIBLE = {"Cc", "Cf"}  # Unicode categories: controls, formats
_MARKS = {"Mn", "Me"}  # set on the letter before
_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])  # choose a letter's variant
_TOKEN = re.compile(r"[（《“(\[]*(?:[^\s\u2e80-\uffff（《“(\[]+|\S)[）》”)\],，、。；：！？]*\s*")


@cache
def register_fonts() -> None:
    """Make the shipped fonts known to matplotlib; later calls do nothing."""
    for file in sorted(FONTS.glob("*.[ot]tf")):
        fontManager.addfont(file)


@lru_cache(maxsize=128)
def _font(size: int, bold: bool) -> FontProperties:
    register_fonts()
    installed = set(fontManager.get_font_names())
    families = [*OWN_FAMILIES, *(family for family in SYSTEM_FAMILIES if family in installed), LAST_FAMILY]
    return FontProperties(family=families, weight="bold" if bold else "normal", size=size)


@cache
def _covered(bold: bool) -> frozenset[int]:
    """The code points that some font of the family list has."""
    font = _font(16, bold)
    each = (FontProperties(family=family, weight=font.get_weight()) for family in font.get_family())
    return frozenset(code for one in each for code in get_font(fontManager.findfont(one)).get_charmap())


@lru_cache(maxsize=2048)
def printable(text: str, bold: bool = False) -> str:
    """`text` on one line, with □ for what no font has; control characters, joiners, selectors and marks that no font
    has are dropped."""
    one_line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(_drawn(char, bold) for char in one_line)


def _drawn(char: str, bold: bool) -> str:
    """What stands for one character."""
    kind = unicodedata.category(char)
    if kind in _INVISIBLE or ord(char) in _SELECTORS:
        return ""
    if ord(char) in _covered(bold):
        return char
    return "" if kind in _MARKS else _missing(char)


@lru_cache(maxsize=2048)
def _missing(char: str) -> str:
    """The box. That it is drawn is told once, for the cache answers the next time."""
    log.info("no font of the charts has U+%04X, a box stands for it", ord(char))
    return _MISSING


@lru_cache(maxsize=4096)
def _advance(word: str, size: int, bold: bool) -> float:
    width, _, _ = renderer(1, 1).get_text_width_height_descent(word, _font(size, bold), False)
    return float(width)


@lru_cache(maxsize=2048)
def spread(text: str, size: int, bold: bool = False) -> tuple[tuple[tuple[float, str], ...], float]:
    """The printable words of `text` at `size` pixels an em, each with its distance in pixels from the beginning, and
    the width of all."""
    space = _advance("n n", size, bold) - 2 * _advance("n", size, bold)
    words, x = [], 0.0
    for word in printable(text, bold).split(" "):
        words.append((x, word))
        x += _advance(word, size, bold) + space
    return tuple(words), x - space


def width_of(text: str, size: int, bold: bool = False) -> float:
    """The width in pixels of `text` at `size` pixels an em."""
    return spread(text, size, bold)[1]


@lru_cache(maxsize=512)
def stamp(word: str, size: int, colour: str, bold: bool = False) -> NDArray[np.uint8]:
    """A printable word as an RGBA picture, bottom row first as Agg wants it: it starts STAMP_PAD from the left, its
    baseline lies `size` + STAMP_PAD below the top."""
    scratch = renderer(math.ceil(_advance(word, size, bold)) + 2 * STAMP_PAD, math.ceil(1.4 * size) + 2 * STAMP_PAD)
    pen = scratch.new_gc()
    pen.set_foreground(colour)
    scratch.draw_text(pen, STAMP_PAD, size + STAMP_PAD, word, _font(size, bold), 0)
    image: NDArray[np.uint8] = np.asarray(scratch.buffer_rgba())[::-1].copy()
    image[..., :3] = [round(255 * part) for part in to_rgb(colour)]  # whole colour, faint only by alpha
    return image


def shorten(text: str, size: int, width: float, bold: bool = False) -> str:
    """`text`, or as much of it as fits in `width` pixels with an ellipsis."""
    if width_of(text, size, bold) <= width:
        return text
    ellipsis = "..." if text.isascii() else "…"  # Chinese fonts draw … at half the height of the letters

    def cut(letters: int) -> str:
        return text[:letters].rstrip() + ellipsis

    too_many = bisect_right(range(len(text)), width, key=lambda letters: width_of(cut(letters), size, bold))
    return cut(max(too_many - 1, 0))


def fit(text: str, size: int, width: float, *, smallest: int, bold: bool = False) -> tuple[str, int]:
    """`text` and the largest size, down to `smallest`, at which it fits in `width`; then it is shortened."""
    for candidate in range(size, smallest, -1):
        if width_of(text, candidate, bold) <= width:
            return text, candidate
    return shorten(text, smallest, width, bold), smallest


@lru_cache(maxsize=2048)
def wrap(text: str, size: int, width: float, most: int) -> tuple[str, ...]:
    """`text` in at most `most` lines, broken between words or between Chinese characters; the rest is shortened."""
    lines = [""]
    for token in _TOKEN.findall(printable(text)):
        if lines[-1] and width_of((lines[-1] + token).rstrip(), size) > width and len(lines) < most:
            lines.append("")
        lines[-1] += token
    return tuple(shorten(line.rstrip(), size, width) for line in lines)
