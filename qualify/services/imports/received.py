"""A table that was sent in the chat: what it is by its headings, what it would change, and taking it in."""

from enum import StrEnum
from typing import NamedTuple

from qualify.errors import InvalidInput
from qualify.services.authorization import Actor
from qualify.services.context import Context, reads
from qualify.services.imports.people_list import COLUMNS, Imported, import_people, plan_people
from qualify.services.imports.preview import Preview
from qualify.services.imports.score_list import SCORE_COLUMNS, import_scores, plan_scores
from qualify.services.imports.tables import Cells, headings

MOST_ROWS = 5000
"""This many people are stored within about a second, in which other answers wait for the disk."""

OF_SCORES = tuple(column for column in SCORE_COLUMNS if column.name in ("subject", "score"))


class ListKind(StrEnum):
    """What a table may hold."""

    PEOPLE = "people"
    SCORES = "scores"


class TriedOut(NamedTuple):
    """What would come of a table; for people who is new or changed."""

    kind: ListKind
    rows: int
    people: Imported
    preview: Preview

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is already as the table has it, and nobody could come back by it."""
        return self.kind is ListKind.PEOPLE and not (self.preview.differences or self.preview.away)


class TakenIn(NamedTuple):
    """What came of a table: how many rows; for people who is new or changed."""

    kind: ListKind
    rows: int
    people: Imported


@reads
def try_out(context: Context, actor: Actor, file: Cells) -> TriedOut:
    """What `take_in` would do; it raises the same and writes nothing."""
    kind = _kind(file)
    if kind is ListKind.SCORES:
        count, preview = plan_scores(context, actor, file)
        people = Imported([], [], [])
    else:
        people, preview = plan_people(context, actor, file)
        count = preview.rows
    _refuse_empty(file, count)
    return TriedOut(kind, count, people, preview)


def take_in(
    context: Context, actor: Actor, file: Cells, expected: int | None = None, *, bring_back: bool = False
) -> TakenIn:
    """Take in a list of people or of examination scores, all of it or nothing. `expected` is the fingerprint of the
    preview that was agreed to; `bring_back` activates who is named but away.

    Raises Forbidden, InvalidTable with every fault, or InvalidInput for a file that is neither, or empty; ListChanged
    where the preview said something else; Stale where the actor answers a question that was answered or taken back
    since.
    """
    kind = _kind(file)
    if kind is ListKind.SCORES:
        count = import_scores(context, actor, file, expected=expected)
        _refuse_empty(file, count)
        return TakenIn(kind, count, Imported([], [], []))
    imported = import_people(context, actor, file, bring_back=bring_back, expected=expected)
    rows = sum(map(len, imported))
    _refuse_empty(file, rows)
    return TakenIn(kind, rows, imported)


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
