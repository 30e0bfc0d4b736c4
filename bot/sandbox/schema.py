"""Check requests to the Bot API, and its replies, against the published schema (the extract in `schema.json`).

Every type becomes a small function that appends what is wrong with a value to a list. The functions are built once,
when a type is first met, so checking a request costs tens of microseconds.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("schema.json")

Json = dict[str, Any]
Problems = list[str]
Check = Callable[[object, str, Problems], None]

_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "String": (str,),
    "InputFile": (bytes,),  # in process; over HTTP a file arrives as "attach://name"
}


@cache
def schema() -> Json:
    """The extract: version, methods, types."""
    loaded: Json = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


def _split(field: str) -> tuple[str, bool, str]:
    """Types, whether required, and the only value (or ""), of a field as `extract` writes it."""
    declared, _, only = field.partition("=")
    return declared.removesuffix("!"), declared.endswith("!"), only


def _plain(name: str) -> Check:
    allowed = _PLAIN[name]

    def check(value: object, where: str, problems: Problems) -> None:
        if type(value) not in allowed:  # an exact comparison: True is no Integer
            problems.append(f"{where}: {name} expected, not {value!r:.80}")

    return check


def _constant(only: str) -> Check:
    def check(value: object, where: str, problems: Problems) -> None:
        if value != only:
            problems.append(f'{where}: "{only}" expected, not {value!r:.80}')

    return check


def _array(name: str) -> Check:
    item_check = type_check(name)

    def check(value: object, where: str, problems: Problems) -> None:
        if type(value) is not list:
            problems.append(f"{where}: Array of {name} expected, not {value!r:.80}")
            return
        for position, item in enumerate(value):
            item_check(item, f"{where}[{position}]", problems)

    return check


def _union(names: list[str]) -> Check:
    def check(value: object, where: str, problems: Problems) -> None:
        best: Problems | None = None
        for name in names:
            found: Problems = []
            type_check(name)(value, where, found)
            if not found:
                return
            if best is None or _rank(found, where) < _rank(best, where):
                best = found
        problems.extend(best or [])

    return check


def _rank(problems: Problems, where: str) -> tuple[bool, int]:
    """How far a member of a union is from fitting: a wrong kind of value or a wrong constant is farthest."""
    wrong_kind = any(problem.startswith(f"{where}:") or '" expected' in problem for problem in problems)
    return wrong_kind, len(problems)


def _object(name: str, fields: Mapping[str, str]) -> Check:
    declared = {key: _split(field) for key, field in fields.items()}
    required = [key for key, (_, needed, _) in declared.items() if needed]

    def check(value: object, where: str, problems: Problems) -> None:
        if type(value) is not dict:
            problems.append(f"{where}: {name} expected, not {value!r:.80}")
            return
        problems.extend(f"{where}.{key}: missing" for key in required if key not in value)
        for key, item in value.items():
            if key in declared:
                _field_check(fields[key])(item, f"{where}.{key}", problems)
            else:
                problems.append(f"{where}.{key}: unknown")

    return check


@cache
def _field_check(field: str) -> Check:
    declared, _, only = _split(field)
    return _constant(only) if only else type_check(declared)


@cache
def type_check(declared: str) -> Check:
    """The check for a type as the schema names it, such as `Integer|String` or `Array of PhotoSize`."""
    names = declared.split("|")
    if len(names) > 1:
        return _union(names)
    if declared.startswith("Array of "):
        return _array(declared.removeprefix("Array of "))
    if declared in _PLAIN:
        return _plain(declared)
    entry = schema()["types"][declared]
    return _union(entry) if isinstance(entry, list) else _object(declared, entry)


@cache
def _method_check(method: str) -> Check:
    return _object(method, fields(method))


def problems(method: str, params: Mapping[str, object]) -> Problems:
    """What is wrong with a request whose parameters are already JSON-decoded; empty when nothing is."""
    if method not in schema()["methods"]:
        return [f"{method}: unknown method"]
    found: Problems = []
    _method_check(method)(dict(params), method, found)
    return found


def validate_reply(method: str, result: object) -> Problems:
    """What is wrong with the result of a method; empty when nothing is."""
    found: Problems = []
    _union(schema()["methods"][method]["returns"])(result, f"{method}()", found)
    return found


def fields(method: str) -> dict[str, str]:
    """The parameters of a method, as `extract` writes them; none for a method that is not in the extract."""
    known: dict[str, str] = schema()["methods"].get(method, {}).get("fields", {})
    return known


def decode(method: str, raw: Mapping[str, object]) -> Json:
    """JSON values of parameters as they come over HTTP, where anything but text may be JSON inside a string."""
    known = fields(method)
    return {key: _decoded(known.get(key, "String"), value) for key, value in raw.items()}


def _decoded(field: str, value: object) -> object:
    names = _split(field)[0].split("|")
    if not isinstance(value, str) or names == ["String"] or "InputFile" in names:
        return value
    if "String" in names:  # Integer|String: a chat id, or a name
        return int(value) if value.lstrip("-").isdecimal() else value
    try:
        return json.loads(value)
    except ValueError:
        return value  # left as it is, for `problems` to name
