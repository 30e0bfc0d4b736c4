"""What the commands share: the language, plain tables, JSON, and how a refusal is said."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer
from rich.cells import cell_len
from sqlalchemy.exc import OperationalError, ProgrammingError
from typer.core import TyperGroup

from qualify.errors import InvalidInput, InvalidStandard, QualifyError
from qualify.services import Context, open_context
from qualify.services.tabular import InvalidTable
from qualify.settings import Settings, load_settings
from qualify.standard import Catalogue, problems_of, shipped
from qualify.texts import LANGUAGES, nearest_language, say


@dataclass
class Terminal:
    """One run of the command line; `as_json` once the command was asked for JSON."""

    language: str
    as_json: bool = False

    def say(self, key: str, **values: object) -> None:
        """One sentence on stdout."""
        typer.echo(say(self.language, key, **values))

    def show(self, data: object, lines: Callable[[], Sequence[str]], *, as_json: bool) -> None:
        """`data` as JSON and nothing else, or `lines` for people."""
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else "\n".join(lines()))

    def refuse(self, refusal: QualifyError) -> None:
        """The refusal on stderr: a sentence, and each fault of a table or a standard on a line of its own."""
        sentences = [say(self.language, refusal.key, **refusal.values), *self._faults(refusal)]
        if self.as_json:
            refused = {"error": refusal.key, "message": "\n".join(sentences)}
            typer.echo(json.dumps(refused, ensure_ascii=False), err=True)
        else:
            typer.echo("\n".join(sentences), err=True)

    def _faults(self, refusal: QualifyError) -> list[str]:
        if isinstance(refusal, InvalidStandard):
            return [problem.say(self.language) for problem in problems_of(refusal)]
        if not isinstance(refusal, InvalidTable):
            return []
        return [
            say(
                self.language,
                "table-fault",
                row=str(fault.row),
                column=fault.column,
                problem=say(self.language, fault.error.key, **fault.error.values),
            )
            for fault in refusal.faults
        ]


def terminal(context: typer.Context) -> Terminal:
    """The terminal of this run."""
    found = context.find_object(Terminal)
    return found or Terminal(default_language())


def default_language() -> str:
    """QUALIFY_LANGUAGE, or Chinese where the locale is Chinese, or English."""
    given = os.environ.get("QUALIFY_LANGUAGE")
    if given in LANGUAGES:
        return given
    return "zh-CN" if os.environ.get("LANG", "").startswith("zh") else nearest_language("en")


class Refusing(TyperGroup):
    """The root command: a refusal ends it with one clear sentence and exit code 1; anything else is a bug."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except QualifyError as refusal:
            terminal(ctx).refuse(refusal)
        except (OperationalError, ProgrammingError) as error:
            if "no such table" not in str(error) and "does not exist" not in str(error):
                raise
            terminal(ctx).refuse(InvalidInput("error-database-empty"))
        sys.exit(1)


def standards() -> Catalogue:
    """The standards of STANDARDS_DIR."""
    return shipped(load_settings(Settings).standards_dir)


def company() -> Context:
    """The services' context, by the settings."""
    settings = load_settings(Settings)
    return open_context(settings.database_url, settings.standards_dir, settings.timezone)


def aligned(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Columns that line up, Chinese characters counted as two cells."""
    table = [list(headings), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(map(_padded, line, widths)).rstrip() for line in table]


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - cell_len(cell))


def read_json(file: Path) -> object:
    """The JSON in a file; InvalidInput says where it breaks off."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput("error-file-unreadable", file=str(file), reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise InvalidInput("error-file-encoding", file=str(file)) from None
    except json.JSONDecodeError as error:
        raise InvalidInput("error-json", file=str(file), line=str(error.lineno), reason=error.msg) from None


def day(text: str) -> date:
    """A date option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("error-date", given=text) from None
