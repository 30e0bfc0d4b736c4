"""A table that was sent in the chat: what it is by its headings, what it would change, and taking it in."""

from enum import StrEnum
from typing import NamedTuple

from qualify.errors import InvalidInput
from qualify.services.authorization import Actor
from qualify.services.context import Context, reads
from qualify.services.imports.people_list import COLUMNS, Imported, import_people
from qualify.services.imports.score_list import SCORE_COLUMNS, import_scores
from qualify.services.imports.tables import Cells, headings, read_table
from qualify.services.people.renumbering import read_number

MOST_ROWS = 5000
"""This many people are stored within about a second, in which other answers wait for the disk."""

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

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is already as the table has it."""
        return self.kind is ListKind.PEOPLE and not (self.people.added or self.people.changed)


@reads
def try_out(context: Context, actor: Actor, file: Cells) -> TakenIn:
    """What `take_in` would do; it raises the same and writes nothing."""
    return _taken(context, actor, file, dry_run=True)


def take_in(context: Context, actor: Actor, file: Cells) -> TakenIn:
    """Take in a list of people or of examination scores, all of it or nothing.

    Raises Forbidden, InvalidTable with every fault, or InvalidInput for a file that is neither, or empty; Stale where
    the actor answers a question that was answered or taken back since.
    """
    return _taken(context, actor, file, dry_run=False)


def _taken(context: Context, actor: Actor, file: Cells, *, dry_run: bool) -> TakenIn:
    kind = _kind(file)
    if kind is ListKind.SCORES:
        count = import_scores(context, actor, file, dry_run=dry_run)
        _refuse_empty(file, count)
        return TakenIn(kind, count, Imported([], [], []), {})
    imported = import_people(context, actor, file, dry_run=dry_run)
    rows = sum(map(len, imported))
    _refuse_empty(file, rows)
    return TakenIn(kind, rows, imported, _names(file))


def _refuse_empty(file: Cells, rows: int) -> None:
    if rows == 0:
        raise InvalidInput("error-file-empty", file=file.name)


def _kind(file: Cells) -> ListKind:
    """Scores wherever there are subjects or scores, whatever stands beside them; else people.

    Raises InvalidInput that names both shapes where a heading is missing.
    """
    given = headings(file, (SCORE_COLUMNS, COLUMNS))
    kind = ListKind.SCORES if any(given & column.words for column in OF_SCORES) else ListKind.PEOPLE
    columns = SCORE_COLUMNS if kind is ListKind.SCORES else COLUMNS
    if not all(given & column.words for column in columns if column.required):
        raise InvalidInput("error-file-kind", file=file.name)
    return kind


def _names(file: Cells) -> dict[str, str]:
    table = read_table(file, COLUMNS, {"staff_no": read_number})
    return {row.values["staff_no"]: row.values["name"] for row in table.rows}
