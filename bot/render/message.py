"""A message before it is sent: HTML text and a keyboard, as Telegram's plain JSON."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from typing import Any, Literal

from qualify.texts import one_line, shortened

Button = dict[str, Any]
Rows = list[list[Button]]
_UNITS = (
    "assessors?|cases?|criteri(?:on|a)|days?|elements?|hours?|items?|minutes?|months?|people|points?|reviews?|years?"
)
_TOGETHER = re.compile(
    r"<(?:a|code|pre)\b.*?</(?:a|code|pre)>|<[^>]*>"  # stays as it is
    r"|(?<![0-9A-Za-z-])(?:\d{4}-)?\d\d-\d\d(?![0-9A-Za-z-])"
    rf"|\d (?=[%\u4e00-\u9fff]|(?:{_UNITS})\b)|\b[Ll]evels? (?=\d)"
    r"|\d级（[^（）<>\n]{1,8}）|\d(?=[级分])|\d+–\d+| ·(?= )"
)
"""What a line may not end in the middle of: a date, a number and its unit, a level."""
_REMEMBERED = 256
"""So long a line may be that is remembered: what people write is often longer, and no two write the same."""
BUNDLE = "☀️ "
"""What a message begins with that tells of several things."""
_HOLDING, _JOINER = str.maketrans("- ", "\u2011\xa0"), "\u2060"
Style = Literal["success", "danger", "primary"]


@dataclass(frozen=True, slots=True)
class Message:
    """What the person sees. `text` is HTML with every value escaped; what is `protected` can't be forwarded."""

    text: str
    rows: Rows
    protected: bool = False

    @property
    def html(self) -> str:
        """The text as it is sent."""
        return unbroken(self.text)

    @property
    def markup(self) -> dict[str, Rows]:
        """The keyboard as `reply_markup`; empty rows take an earlier keyboard away."""
        return {"inline_keyboard": self.rows}


def button(text: str, data: str, style: Style | None = None) -> Button:
    """An inline button that sends `data` when it is pressed."""
    made = {"text": text, "callback_data": data}
    return made | {"style": style} if style else made


def copying(text: str, copied: str) -> Button:
    """A button that copies a text of at most 256 characters."""
    return {"text": text, "copy_text": {"text": copied}}


def in_rows(buttons: list[Button], width: int) -> Rows:
    """The buttons in rows of `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def chosen(is_chosen: bool) -> str:
    """The mark before the present choice among several buttons; empty before the others."""
    return "• " if is_chosen else ""


def short(text: str, most: int) -> str:
    """At most `most` characters of what somebody typed, in one line; the last is an ellipsis where some are missing."""
    return shortened(one_line(text), most)


def bold(text: str) -> str:
    """The text escaped, in bold."""
    return f"<b>{esc(text)}</b>"


def esc(text: str) -> str:
    """The text escaped for Telegram's HTML."""
    return escape(text, quote=False)


def unbroken(html: str) -> str:
    """The HTML with dates, levels and numbers with their units held together, for lines on a phone are short."""
    return "\n".join(_known(line) if len(line) <= _REMEMBERED else _unbroken(line) for line in html.split("\n"))


def _unbroken(line: str) -> str:
    return _TOGETHER.sub(_held, line)


_known = lru_cache(maxsize=4096)(_unbroken)
"""Most lines of a screen are the standard's, the same for everybody."""


def _held(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith("<"):
        return text
    if "级" in text or "–" in text:
        return _JOINER.join(text)
    return text.translate(_HOLDING) if len(text) > 1 else text + _JOINER


def packed(blocks: Iterable[str], gap: str, most: int) -> list[str]:
    """Blocks of HTML put together into pages of at most `most` UTF-16 units; a block too long for a page is cut between
    two lines."""
    pages: list[str] = []
    for piece in (piece for block in blocks for piece in _pieces(block, most)):
        if pages and units(pages[-1] + gap + piece) <= most:
            pages[-1] += gap + piece
        else:
            pages.append(piece)
    return pages


def _pieces(block: str, most: int) -> list[str]:
    pieces = [""]
    for line in block.split("\n"):
        if units(pieces[-1] + line) + 1 > most:
            pieces.append("")
        pieces[-1] += ("\n" if pieces[-1] else "") + line
    return pieces


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units, two for most emoji."""
    return len(text.encode("utf-16-le")) // 2


def shown_units(html: str) -> int:
    """The length in UTF-16 units of what an HTML text shows once it is sent, its markup not counted."""
    return units(unescape(re.sub("<[^>]*>", "", unbroken(html))))
