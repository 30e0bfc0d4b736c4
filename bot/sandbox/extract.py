"""Cut the published Bot API down to what the sandbox implements: `python -m bot.sandbox.extract SOURCE.json`.

A field becomes one word: its types joined by `|`, then `!` when it is required, then `=value` when the field can
have only that value (which tells the members of a union apart), as in `"type": "String!=photo"`.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.sandbox.core import METHODS
from bot.sandbox.schema import SCHEMA, Json

_ONLY_VALUE = re.compile(r'(?:always "(\w+)"|type of the media, must be (\w+)|scope type, must be (\w+))$', re.I)


def _field(field: Json) -> str:
    only = _ONLY_VALUE.search(field["description"].replace("“", '"').replace("”", '"'))
    value = "=" + next(filter(None, only.groups())) if only else ""
    return "|".join(field["types"]) + ("!" if field["required"] else "") + value


def _fields(entry: Json) -> dict[str, str]:
    return {field["name"]: _field(field) for field in entry.get("fields", ())}


def _mentioned(entry: Json) -> Iterator[str]:
    """The names of the types an entry mentions, "Array of" removed."""
    words = [*entry.get("subtypes", ()), *entry.get("returns", ())]
    words += (word for field in entry.get("fields", ()) for word in field["types"])
    return (word.removeprefix("Array of ").removeprefix("Array of ") for word in words)


def _reached(types: Json, entries: Iterable[Json]) -> set[str]:
    reached: set[str] = set()
    waiting = [name for entry in entries for name in _mentioned(entry)]
    while waiting:
        name = waiting.pop()
        if name in types and name not in reached:
            reached.add(name)
            waiting.extend(_mentioned(types[name]))
    return reached


def extract(source: Json) -> Json:
    """The version, the implemented methods and every type they can reach, in the compact form."""
    methods = {name: source["methods"][name] for name in METHODS}
    types = source["types"]
    return {
        "version": source["version"],
        "methods": {name: {"returns": entry["returns"], "fields": _fields(entry)} for name, entry in methods.items()},
        "types": {
            name: types[name]["subtypes"] if "subtypes" in types[name] else _fields(types[name])
            for name in sorted(_reached(types, methods.values()))
        },
    }


def _one_line_each(entries: Json) -> str:
    compact = (f"{json.dumps(name)}:{json.dumps(entry, separators=(',', ':'))}" for name, entry in entries.items())
    return "{\n" + ",\n".join(compact) + "\n}"


def render(schema: Json) -> str:
    """The text of `schema.json`: one line a method or type, so that a new version reads well as a difference."""
    parts = (f"{json.dumps(part)}:{_one_line_each(schema[part])}" for part in ("methods", "types"))
    return f'{{"version":{json.dumps(schema["version"])},\n' + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    published = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    SCHEMA.write_text(render(extract(published)), encoding="utf-8")
