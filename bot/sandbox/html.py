"""Telegram's HTML style: text with tags in, plain text with entities out, or a refusal in Telegram's words.

Offsets and lengths of entities count UTF-16 units; offsets in refusals count bytes of UTF-8. Both are Telegram's ways.
"""

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.schema import Json

_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    **{"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji"},
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));?", re.IGNORECASE)
_RUN = re.compile(r"[^<&]+")
_SPACES = re.compile(r"\s*")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def units(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises ApiError ("can't parse entities: …") for anything Telegram refuses."""
    return _Html(source).parse()


@dataclass
class _Tag:
    name: str
    offset: int
    argument: str = ""


@dataclass
class _Html:
    """A reader of the source from left to right: `at` is where it is, `parts` the plain text so far."""

    source: str
    at: int = 0
    length: int = 0
    parts: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    open: list[_Tag] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self._peek() == "<":
                self._end_tag() if self.source.startswith("</", self.at) else self._start_tag()
            else:
                self._append(self._character() if self._peek() == "&" else self._take(_RUN))
        if self.open:
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.parts), sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _peek(self) -> str:
        """The next character, or "" at the end."""
        return self.source[self.at : self.at + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        taken = match[0] if match else ""
        self.at += len(taken)
        return taken

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)

    def _refusal(self, words: str, at: int | None = None, more: str = "") -> Exception:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {words}{place}{more}")

    def _character(self) -> str:
        """The character that an entity such as `&lt;` or `&#20013;` names; the ampersand itself for anything else."""
        match = _CHARACTER.match(self.source, self.at)
        found = ""
        if match:
            hexadecimal, decimal, name = match.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
            if 0xD800 <= code <= 0xDFFF:
                invalid = "Text contains invalid Unicode characters after decoding HTML entities"
                raise self._refusal(f"{invalid}, check for unmatched surrogate code units")
            found = _NAMED.get(name, "") if name else chr(code) if 0 < code <= 0x10FFFF else ""
        self.at += len(match[0]) if match and found else 1
        return found or "&"

    def _start_tag(self) -> None:
        begin, self.at = self.at, self.at + 1
        name = self._take(_TAG_NAME).lower()
        if not self._peek():
            raise self._refusal("Unclosed start tag", begin)
        if name not in _KINDS:
            raise self._refusal(f'Unsupported start tag "{name}"', begin)
        tag = _Tag(name, self.length)
        while self._take(_SPACES) or self._peek() != ">":
            if self._peek() == ">":
                break
            self._attribute(tag, begin)
        self.at += 1
        if name == "span" and tag.argument != "spoiler":
            raise self._refusal('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(tag)

    def _attribute(self, tag: _Tag, begin: int) -> None:
        name = self._take(_ATTRIBUTE_NAME)
        if not name and self._peek():
            raise self._refusal(f'Empty attribute name in the tag "{tag.name}"', begin)
        self._take(_SPACES)
        value = ""
        if self._peek() == "=":
            self.at += 1
            self._take(_SPACES)
            value = self._attribute_value(begin)
        if not self._peek():
            raise self._refusal(f'Unclosed start tag "{tag.name}"', begin)
        match tag.name, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                tag.argument = value
            case "code", "class":
                tag.argument = value.removeprefix("language-") if value.startswith("language-") else ""
            case "span", "class":
                tag.argument = value.removeprefix("tg-") if value.startswith("tg-") else ""
            case "blockquote", "expandable":
                tag.argument = "expandable"

    def _attribute_value(self, begin: int) -> str:
        quote = self._peek()
        if quote not in ("'", '"'):
            return self._name_token()
        self.at += 1
        value = []
        while self._peek() not in (quote, ""):
            value.append(self._character() if self._peek() == "&" else self._take(re.compile(f"[^&{quote}]+")))
        if not self._peek():
            raise self._refusal("Unclosed start tag", begin)
        self.at += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self.at
        token = self._take(_NAME_TOKEN).lower()
        if begin < len(self.source) and self._peek() != ">" and not self._peek().isspace():
            raise self._refusal("Unexpected end of name token", begin)
        return token

    def _end_tag(self) -> None:
        begin, self.at = self.at, self.at + 2
        if not self.open:
            raise self._refusal("Unexpected end tag", begin)
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._peek() != ">":
            raise self._refusal("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            raise self._refusal("Unmatched end tag", begin, f', expected "</{tag.name}>", found "</{name}>"')
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        entity: Json = {"type": _KINDS[tag.name], "offset": tag.offset, "length": self.length - tag.offset}
        match tag.name:
            case "a":
                text = "".join(self.parts).encode("utf-16-le")[tag.offset * 2 :].decode("utf-16-le")
                entity["url"] = tag.argument or text
            case "tg-emoji":
                entity["custom_emoji_id"] = tag.argument
            case "blockquote" if tag.argument:
                entity["type"] = "expandable_blockquote"
            case "code" if tag.argument and self.open and self.open[-1].name == "pre":
                self.open[-1].argument = tag.argument  # <pre><code class="language-x"> is one block of code
                return
            case "pre" if tag.argument:
                entity["language"] = tag.argument
        self.entities.append(entity)
