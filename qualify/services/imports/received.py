"""A table that was sent in the chat: what it is by its headings, what it would change, and taking it in."""

from enum import StrEnum
from typing import Any, NamedTuple

from qualify.errors import InvalidInput
from qualify.services.authorization import Actor
from qualify.services.context import Context, reads
from qualify.services.imports.people_list import COLUMNS, Imported, import_people
from qualify.services.imports.score_list import SCORE_COLUMNS, import_scores
from qualify.services.imports.tables import Cells, Column, headings, ignored, known_words, read_table
from qualify.texts import staff_number

MOST_ROWS = 5000
"""This many people are stored within about a second, in which other answers wait for the disk."""

KNOWN = known_words((*COLUMNS, *SCORE_COLUMNS))
"""Headings by which a list is found in a file."""
OF_SCORES = tuple(column for column in SCORE_COLUMNS if column.name in ("subject", "score"))


class ListKind(StrEnum):
    """What a table may hold."""

    PEOPLE = "people"
    SCORES = "scores"


class TakenIn(NamedTuple):
    """What came of a table, or would: how many rows; for people who is new or changed, and their names."""

    kind: ListKind
    rows: int
    people: Imported
    names: dict[str, str]
    ignored: tuple[str, ...] = ()
    """Headings that mean nothing here."""
    doubt: str = ""
    """The encoding, where it is a guess."""
    sample: str = ""
    """What it makes of the file, to be looked at."""

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is already as the table has it."""
        people = self.people
        return self.kind is ListKind.PEOPLE and not (people.added or people.changed or people.away)


@reads
def try_out(context: Context, actor: Actor, file: Cells) -> TakenIn:
    """What `take_in` would do; it raises the same and writes nothing."""
    return _taken(context, actor, file, dry_run=True)


def take_in(
    context: Context, actor: Actor, file: Cells, *, bring_back: bool = False, expected: int | None = None
) -> TakenIn:
    """Take in a list of people or of examination scores, all of it or nothing; with `bring_back` people who have left
    and whom the list names come back. `expected` is the fingerprint of what was said of it.

    Raises Forbidden, PlanChanged, InvalidTable with every fault, or InvalidInput for a file that is neither, or empty;
    Stale where the actor answers a question that was answered or taken back since.
    """
    return _taken(context, actor, file, dry_run=False, bring_back=bring_back, expected=expected)


def _taken(context: Context, actor: Actor, file: Cells, *, dry_run: bool, **asked: Any) -> TakenIn:
    taken = _of_its_kind(context, actor, file, dry_run=dry_run, **asked)
    columns = COLUMNS if taken.kind is ListKind.PEOPLE else SCORE_COLUMNS
    sample = "、".join([cell for line in file.cells for cell in line if file.doubt and not cell.isascii()][:6])
    return taken._replace(ignored=ignored(file, columns), doubt=file.doubt, sample=sample)


def _of_its_kind(context: Context, actor: Actor, file: Cells, *, dry_run: bool, **asked: Any) -> TakenIn:
    kind = _kind(file)
    if sum(map(any, file.cells)) <= 1:
        raise InvalidInput("error-file-empty", file=file.name)
    if kind is ListKind.SCORES:
        count = import_scores(context, actor, file, dry_run=dry_run)
        return TakenIn(kind, count, Imported([], [], []), {})
    imported = import_people(context, actor, file, dry_run=dry_run, **asked)
    names = _names(file)
    return TakenIn(kind, len(names), imported, names)


def _kind(file: Cells) -> ListKind:
    """Scores wherever there are subjects or scores, whatever stands beside them; else people.

    Raises InvalidInput that names both shapes where a heading is missing.
    """
    given = set(headings(file))
    kind = ListKind.SCORES if any(_has(given, column) for column in OF_SCORES) else ListKind.PEOPLE
    columns = SCORE_COLUMNS if kind is ListKind.SCORES else COLUMNS
    if not all(_has(given, column) for column in columns if column.required):
        raise InvalidInput("error-file-kind", file=file.name)
    return kind


def _has(headings: set[str], column: Column) -> bool:
    return bool(headings & column.words)


def _names(file: Cells) -> dict[str, str]:
    table = read_table(file, [column for column in COLUMNS if column.required], {"staff_no": staff_number})
    return {row.values["staff_no"]: row.values["name"] for row in table.rows}
