"""What the commands read besides the database: standards, answers, tables; a file that is of no use is refused."""

import json
from decimal import Decimal
from pathlib import Path

from qualify.errors import InvalidInput
from qualify.settings import Settings, load_settings
from qualify.standard import Catalogue, Standard, shipped


def standards() -> Catalogue:
    """The standards of STANDARDS_DIR."""
    return shipped(load_settings(Settings).standards_dir)


def standard_at(standard_id: str, level: str | None, version: int | None = None) -> Standard:
    """The standard, known to have that level. Raises NotFound for the standard, InvalidInput for the level."""
    standard = standards().get(standard_id, version)
    levels = [each.id for each in standard.levels]
    if level is not None and level not in levels:
        raise InvalidInput("error-level-unknown", given=level, levels=", ".join(levels))
    return standard


def readable(file: Path) -> Path:
    """The file, known to open: readers of tables don't say why one doesn't. Raises InvalidInput."""
    try:
        file.open("rb").close()
    except OSError as error:
        raise _unusable("error-file-unreadable", file, error) from None
    return file


def write(file: Path, data: bytes) -> None:
    """Write the file anew. Raises InvalidInput where that isn't possible."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise _unusable("error-file-unwritable", file, error) from None


def read_json(file: Path) -> object:
    """The JSON in a file, its numbers exact. Raises InvalidInput that says where it breaks off, or what stands in it
    twice."""
    try:
        text = readable(file).read_text(encoding="utf-8-sig")
        return json.loads(text, parse_int=Decimal, parse_float=Decimal, object_pairs_hook=_each_once)
    except UnicodeDecodeError:
        raise InvalidInput("error-file-encoding", file=str(file)) from None
    except json.JSONDecodeError as error:
        place = {"line": str(error.lineno), "column": str(error.colno)}
        raise InvalidInput("error-json", file=str(file), reason=error.msg, **place) from None
    except (RecursionError, ArithmeticError):
        raise InvalidInput("error-json-extreme", file=str(file)) from None


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object, unless a name stands in it twice: nobody knows which of two answers was meant. Raises
    InvalidInput."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise InvalidInput("error-json-twice", name=name)
        found[name] = value
    return found


def _unusable(key: str, file: Path, error: OSError) -> InvalidInput:
    kinds = {FileNotFoundError: "missing", IsADirectoryError: "directory", PermissionError: "forbidden"}
    reason = kinds.get(type(error), "other")
    return InvalidInput(key, file=str(file), reason=reason, detail=error.strerror or type(error).__name__)
