"""The published Bot API as a JSON schema: what Telegram itself says a request may carry.

The sandbox checks requests against its own extract; this is the same question asked of the full file, by another road.
"""

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "botapi" / "api.min.json"
PLAIN: dict[str, Any] = {
    "String": {"type": "string"},
    "Integer": {"type": "integer"},
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "True": {"const": True},
    "InputFile": {"type": "string", "pattern": "^attach://"},
}


def faults(requests: Iterable[tuple[str, dict[str, Any]]]) -> list[str]:
    """What is wrong with the requests; nothing where the published file is not at hand."""
    if not PUBLISHED.exists():
        return []
    return [fault for method, request in requests for fault in _faults(method, json.dumps(request))]


@lru_cache(maxsize=10_000)
def _faults(method: str, request: str) -> list[str]:
    """What is wrong with one request, written as JSON: most are sent in many tests, and looking takes milliseconds."""
    if method not in _schema()["methods"]:
        return [f"{method}: not in the Bot API"]
    errors = _validator(method).iter_errors(json.loads(request))
    return [f"{method}{error.json_path[1:]}: {error.message}" for error in errors]


@cache
def _validator(method: str) -> Draft202012Validator:
    schema = _schema()
    return Draft202012Validator({**schema["methods"][method], "$defs": schema["types"]})


@cache
def _schema() -> dict[str, Any]:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    types = {name: _type(entry) for name, entry in published["types"].items()}
    return {"types": types, "methods": {name: _object(entry) for name, entry in published["methods"].items()}}


def _type(entry: dict[str, Any]) -> dict[str, Any]:
    return _one_of(entry["subtypes"]) if "subtypes" in entry else _object(entry)


def _object(entry: dict[str, Any]) -> dict[str, Any]:
    fields = entry.get("fields", [])
    return {
        "type": "object",
        "properties": {field["name"]: _one_of(field["types"]) for field in fields},
        "required": [field["name"] for field in fields if field["required"]],
        "additionalProperties": False,
    }


def _one_of(names: list[str]) -> dict[str, Any]:
    return {"anyOf": [_named(name) for name in names]}


def _named(name: str) -> dict[str, Any]:
    if name.startswith("Array of "):
        return {"type": "array", "items": _named(name.removeprefix("Array of "))}
    return PLAIN.get(name) or {"$ref": f"#/$defs/{name}"}
