"""What can be wrong with a standard's file, said so that its author can mend it: where, what, and what would be right.

Rules find faults at a *path* into the document; once the file is known to the line, a finding becomes a problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from qualify.errors import InvalidStandard
from qualify.texts import letters_of, say

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: field names, mapping keys and list positions."""


class Finding(NamedTuple):
    """A broken rule at `path`: the text key of the sentence about it and the values the sentence needs."""

    path: Path
    key: str
    values: Mapping[str, str]


def finding(path: Path, name: str, /, **values: object) -> Finding:
    """A finding with the text key "error-standard-`name`"; the values are said as plain text, numbers unformatted."""
    return Finding(path, f"error-standard-{name}", {field: str(value) for field, value in values.items()})


@dataclass(frozen=True)
class Problem:
    """A finding with its place in a file. A `note` is worth knowing but refuses nothing."""

    file: str
    line: int
    key: str
    values: Mapping[str, str]
    note: bool = False

    def say(self, language: str) -> str:
        """ "FILE:LINE: sentence", the form that editors and terminals make clickable."""
        return f"{self.file}:{self.line}: {self.message(language)}"

    def message(self, language: str) -> str:
        """What is wrong, without the place in a text file."""
        return say(language, self.key, **self.values)

    @property
    def order(self) -> tuple[str | int, ...]:
        """Where it comes among the others of its file."""
        return (self.file, self.line)


class CellPlace(NamedTuple):
    """A cell of a workbook: its sheet and the number of that, its row from 1, its column from 0 with the heading; no
    column means the row."""

    sheet: str
    number: int
    row: int
    column: int | None
    heading: str


@dataclass(frozen=True)
class CellProblem(Problem):
    """A problem whose place is a cell; `line` is the row."""

    cell: CellPlace = field(kw_only=True)

    def message(self, language: str) -> str:
        """The same as `say`: a sheet and its column stand nowhere else."""
        return self.say(language)

    def say(self, language: str) -> str:
        """Sheet, row and column, and the sentence."""
        place = {"sheet": self.cell.sheet, "row": str(self.line), "heading": self.cell.heading or "none"}
        column = "none" if self.cell.column is None else letters_of(self.cell.column)
        return say(language, "workbook-fault", problem=say(language, self.key, **self.values), column=column, **place)

    @property
    def order(self) -> tuple[str | int, ...]:
        """Sheet by sheet, row by row."""
        return (self.file, self.cell.number, self.line, -1 if self.cell.column is None else self.cell.column)


def problem(file: str, line: int, name: str, /, **values: object) -> Problem:
    """A problem with the text key "error-standard-`name`"."""
    _, key, said = finding((), name, **values)
    return Problem(file, line, key, said)


def invalid(file: str, problems: Sequence[Problem]) -> InvalidStandard:
    """The error that carries all problems of a file (or of a directory), in the order of the lines."""
    ordered = tuple(sorted(problems, key=lambda each: each.order))
    return InvalidStandard("error-standard-invalid", file=file, count=len(ordered), problems=ordered)


def problems_of(error: InvalidStandard) -> tuple[Problem, ...]:
    """The problems that an `InvalidStandard` carries."""
    return cast("tuple[Problem, ...]", error.values["problems"])
