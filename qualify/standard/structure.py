"""What freezes when a standard is released: its structure, not its wording.

Results are stored with the standard's version and structure hash. Names and texts may be corrected afterwards, as may
what is only told about the source (where a part stands, what of it is lost or restored, which weights and bands it
leaves open); ids, numbers, order, lines, targets, key conditions, descriptors of the least and inheritance may not: a
correction of meaning is a new version.
"""

import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from qualify.standard.model import Model, Standard
from qualify.standard.problems import Problem, invalid, problem

LOCK = "released.lock"
_LINE = re.compile(r"(?P<id>\S+) v(?P<version>[1-9]\d{0,3}) (?P<hash>[0-9a-f]{64})")
_WORDING = frozenset({"name", "text", "definition", "summary", "regulation", "adopted_by", "reading"})
_OF_THE_SOURCE = frozenset({"source", "lost", "restored", "weights_assumed", "bands_assumed"})
FREE = _WORDING | _OF_THE_SOURCE
"""The fields that may be corrected after a release."""

Version = tuple[str, int]
"""A standard's id and version."""


def structure_hash(standard: Standard) -> str:
    """SHA-256 (64 hex digits) of the standard without its wording.

    A field left at its default counts like one not written, so a later format with more fields keeps old hashes. With
    an organisation's settings it is another one for each of them, so that it tells which a result was made with.
    """
    structure = _structure(standard)
    if standard.settings is not None:
        number, valid_from = standard.settings
        structure = {"standard": structure, "settings": [number, valid_from.isoformat()]}
    canonical = json.dumps(structure, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _structure(value: object) -> object:
    match value:
        case Model():
            fields = type(value).model_fields.items()
            held = ((name, getattr(value, name), field.default) for name, field in fields if name not in FREE)
            return {name: _structure(each) for name, each, default in held if each != default}
        case dict():
            return {key: _structure(each) for key, each in value.items()}
        case tuple():
            return [_structure(each) for each in value]
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return value


def lock_line(standard: Standard) -> str:
    """The line that releases the standard when it is added to `released.lock`."""
    return f"{standard.id} v{standard.version} {structure_hash(standard)}"


def released(directory: Path) -> dict[Version, str]:
    """The structure hash of every version released in `directory` (none without a lock file); "#" starts a comment.

    Raises InvalidStandard for a line that cannot be read.
    """
    file = directory / LOCK
    if not file.is_file():
        return {}
    hashes: dict[Version, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        entry = line.partition("#")[0].strip()
        if match := _LINE.fullmatch(entry):
            hashes[match["id"], int(match["version"])] = match["hash"]
        elif entry:
            problems.append(problem(str(file), number, "lock-line"))
    if problems:
        raise invalid(str(file), problems)
    return hashes


def release_problems(standard: Standard, file: str, line: int, locked: dict[Version, str]) -> list[Problem]:
    """The refusal when a released structure changed, a note when the version is still a draft, else nothing."""
    pinned = locked.get((standard.id, standard.version))
    this = {"id": standard.id, "version": standard.version}
    if pinned is None:
        return [replace(problem(file, line, "draft", **this, entry=lock_line(standard)), note=True)]
    if pinned != structure_hash(standard):
        return [problem(file, line, "released-changed", **this, next=standard.version + 1)]
    return []
