"""What the commands share: the language, plain tables, JSON, and how a refusal is said."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.cells import cell_len, set_cell_size
from typer.core import TyperGroup

from qualify.errors import QualifyError
from qualify.texts import DEFAULT_LANGUAGE, LANGUAGES, say

LARGEST_ID = 2**31 - 1


def known_language(language: str | None) -> str | None:
    """The option's value; a usage error names the languages there are."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is not one of {', '.join(LANGUAGES)}.")
    return language


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[str | None, typer.Option(callback=known_language, help="zh-CN or en.")]
AssessmentId = Annotated[int, typer.Argument(metavar="ASSESSMENT", min=1, max=LARGEST_ID, help="Its number.")]
StandardId = Annotated[str, typer.Option("--standard", help="The standard's id.")]
Level = Annotated[str, typer.Option(help="The level's id.")]
Table = Annotated[Path, typer.Argument(metavar="FILE", help="CSV (UTF-8 or GB18030) or XLSX, headings in row 1.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything and say what would change; store nothing.")]

TrustEncoding = Annotated[
    bool, typer.Option("--trust-encoding", help="Read a file whose encoding can only be guessed.")
]


@dataclass
class Terminal:
    """One run of the command line; `as_json` once the command was asked for JSON.

    `staff_no` is whom `--as` names: the person who acts. None means the account of the system.
    """

    language: str
    staff_no: str | None = None
    as_json: bool = False

    def text(self, key: str, **values: object) -> str:
        """One sentence in the run's language."""
        return say(self.language, key, **values)

    def say(self, key: str, **values: object) -> None:
        """Print one sentence on stdout."""
        typer.echo(self.text(key, **values))

    def show(self, data: object, lines: Callable[[], Sequence[str]]) -> None:
        """Print `data` and nothing else where JSON was asked for, or `lines` for people."""
        typer.echo(_json(data, sys.stdout, indent=2) if self.as_json else "\n".join(lines()))

    def tell(self, data: object, key: str, **values: object) -> None:
        """Say what was done: print `data` where JSON was asked for, or one sentence for people."""
        self.show(data, lambda: [self.text(key, **values)])

    def table(self, data: object, headings: str, rows: Sequence[Sequence[object]]) -> None:
        """Print a list: `data` where JSON was asked for, or columns under `headings` (words of `cli-heading-…`)."""
        self.show(data, lambda: self.columns(headings, rows))

    def columns(self, headings: str, rows: Sequence[Sequence[object]]) -> list[str]:
        """Lines of a table under `headings`."""
        return aligned([[self.text(f"cli-heading-{name}") for name in headings.split()], *rows])

    def refuse(self, refusal: QualifyError) -> None:
        """The refusal on stderr: a sentence, and each fault of a table or a standard on a line of its own.

        As JSON: {"error": the sentence's key, "message": the sentence, "faults": [the lines]}.
        """
        message, faults = self.text(refusal.key, **refusal.values), self._faults(refusal)
        refused = {"error": refusal.key, "message": message, "faults": faults}
        typer.echo(_json(refused, sys.stderr) if self.as_json else "\n".join([message, *faults]), err=True)

    def _faults(self, refusal: QualifyError) -> list[str]:
        """The refusal's faults, found by their attributes: importing the errors that carry them would take longer than
        most commands."""
        problems: Any = refusal.values.get("problems", ())
        return [problem.say(self.language) for problem in problems] + [
            self.text(
                "table-fault",
                row=str(fault.row),
                column=fault.column,
                problem=self.text(fault.error.key, **fault.error.values),
            )
            for fault in getattr(refusal, "faults", ())
        ]


def _json(data: object, stream: Any, indent: int | None = None) -> str:
    """JSON that any program can read: pure ASCII where the stream isn't UTF-8."""
    is_utf8 = (stream.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(data, ensure_ascii=not is_utf8, indent=indent)


def terminal(context: typer.Context, language: str | None = None, as_json: bool = False) -> Terminal:
    """The terminal of this run, told what the command's own options say."""
    found = context.find_object(Terminal)
    assert found is not None, "the root command makes it"
    found.language = language or found.language
    found.as_json = as_json
    return found


def default_language() -> str:
    """The locale's language where the project speaks it, English for all others."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return DEFAULT_LANGUAGE if locale.startswith("zh") else "en"


class Refusing(TyperGroup):
    """The root command: a refusal ends it with one clear sentence and exit code 1; anything else is a bug."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; print a refusal and exit with code 1."""
        try:
            return super().invoke(ctx)
        except QualifyError as refusal:
            ctx.obj.refuse(refusal)
        sys.exit(1)


def aligned(table: Sequence[Sequence[object]]) -> list[str]:
    """Columns that line up, Chinese characters counted as two cells."""
    cells = [[str(cell) for cell in row] for row in table]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(map(set_cell_size, line, widths)).rstrip() for line in cells]
