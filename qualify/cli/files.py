"""What the commands read besides the database: standards, answers, tables; a file that is of no use is refused."""

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from qualify.errors import InvalidInput
from qualify.imports import MOST_MEGABYTES, apart, check_size
from qualify.paths import private
from qualify.settings import Settings, load_settings
from qualify.standard import Catalogue, Standard, load, shipped

if TYPE_CHECKING:
    from qualify.services.imports.tables import Cells


def standards() -> Catalogue:
    """The standards of STANDARDS_DIR."""
    return shipped(load_settings(Settings).standards_dir)


def standard_at(standard_id: str, level: str | None, version: int | None = None) -> Standard:
    """The standard, known to have that level. Raises NotFound for the standard, InvalidInput for the level."""
    standard = standards().get(standard_id, version)
    check_level(standard, level)
    return standard


def check_level(standard: Standard, level: str | None) -> None:
    """Raises InvalidInput for a level that the standard doesn't have."""
    levels = [each.id for each in standard.levels]
    if level is not None and level not in levels:
        raise InvalidInput("error-level-unknown", given=level, levels=", ".join(levels))


def standard_in(file: Path) -> Standard:
    """The standard in a workbook, read in a process of its own, or in a YAML file. Raises InvalidStandard with all its
    problems, and InvalidInput for a file that doesn't open or holds something else."""
    if file.suffix.lower() not in (".xlsx", ".xlsm"):
        return load(file)
    from qualify.imports.standards import read_standard  # noqa: PLC0415  # only workbooks need it

    return apart.apart(read_standard, file.name, _content(file))


def table(file: Path, *, trust_encoding: bool = False) -> "Cells":
    """The table in a file, not read further than a table may be long; a workbook in a process of its own. Raises
    InvalidInput for a file that doesn't open or is longer, and for one whose encoding is a guess unless that is
    trusted."""
    content = _content(file)
    from qualify.services.imports.tables import Cells  # noqa: PLC0415  # brings a database along, which scores don't need

    found = apart.read_apart(file.name, content)
    if found.guess and not trust_encoding:
        raise InvalidInput("error-table-guess", file=file.name, encoding=found.guess)
    return Cells(file.name, found)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read((MOST_MEGABYTES << 20) + 1)
    except OSError as error:
        raise unusable("error-file-unreadable", file, error) from None
    check_size(len(content))
    return content


def write(file: Path, data: bytes) -> None:
    """Write the file anew; one that wasn't there is for its owner's eyes only. Raises InvalidInput where that isn't
    possible."""
    try:
        with open(file, "wb", opener=private) as stream:  # a Path opens without an opener
            stream.write(data)
    except OSError as error:
        raise unusable("error-file-unwritable", file, error) from None


def read_json(file: Path) -> object:
    """The JSON in a file, its numbers exact. Raises InvalidInput that says where it breaks off, or what stands in it
    twice."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_int=Decimal, parse_float=Decimal, object_pairs_hook=_each_once)
    except OSError as error:
        raise unusable("error-file-unreadable", file, error) from None
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


def unusable(key: str, file: Path, error: OSError) -> InvalidInput:
    """The refusal of a file that the system won't open or write, with its reason."""
    kinds = {FileNotFoundError: "missing", IsADirectoryError: "directory", PermissionError: "forbidden"}
    reason = kinds.get(type(error), "other")
    return InvalidInput(key, file=str(file), reason=reason, detail=error.strerror or type(error).__name__)
