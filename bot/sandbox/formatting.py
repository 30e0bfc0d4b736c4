"""What a message shows: its text as Telegram keeps it, with the entities given, parsed or found in it."""

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.html import parse_html, units
from bot.sandbox.schema import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)|(?<![\w/])(?P<bot_command>/\w{1,64}(?:@\w+)?)|(?<!\w)(?P<mention>@\w{4,32})",
    re.ASCII,
)


def find_entities(text: str) -> list[Json]:
    """Links, commands and mentions that Telegram marks by itself."""
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match[0])}
        for match in _FOUND.finditer(text)
    ]


def format_text(source: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """What a message shows: parsed by `parse_mode`, or marked by given `entities`, and what Telegram marks itself."""
    if parse_mode and parse_mode.lower() == "html":
        text, marked = _trimmed(*parse_html(source))
    elif parse_mode:
        raise bad_request("unsupported parse_mode (the sandbox implements HTML only)")
    else:
        text, marked = _trimmed(source, [dict(entity) for entity in entities or ()])
    free = [entity for entity in find_entities(text) if not any(_overlap(entity, other) for other in marked)]
    return text, sorted(marked + free, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: Json, other: Json) -> bool:
    """Whether two entities may not both stand; a link inside bold text may."""
    exclusive = other["type"] in ("code", "pre", "text_link")
    apart = one["offset"] + one["length"] <= other["offset"] or other["offset"] + other["length"] <= one["offset"]
    return exclusive and not apart


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, which Telegram drops; entities moved and cut with it."""
    kept = text.strip()
    if kept == text:
        return text, entities
    before, length = units(text[: len(text) - len(text.lstrip())]), units(kept)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - before, 0)
        end = min(entity["offset"] + entity["length"] - before, length)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved
