"""Everything as one workbook of three sheets: results, answers, progress."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from sqlalchemy import Connection

from qualify.access import Action
from qualify.exports import Sheet, workbook
from qualify.services.actors import Actor, acting
from qualify.services.context import Context, Elsewhere
from qualify.services.exported import Book, Row, answers, progress, results
from qualify.texts import say

ABOUT = ("assessment", "staff-no", "name", "department", "standard", "version", "level", "applied")
FIGURES = ("element", "rating", "target", "total", "grade", "signed-grade", "signed-by", "reason")
ENDS = ("published", "valid-until", "state")
ANSWERS = ("assessor", "part", "submitted", "element", "item", "answer", "reason")
PROGRESS = ("opened", "due", "state", "reviews-in", "reviews", "owed-by")


def export(context: Context, actor: Actor, language: str) -> bytes:
    """The workbook as an XLSX file; that it was asked for is kept in the audit log. Raises Forbidden."""
    begin(context, actor)
    return made(context, actor, language)


def begin(context: Context, actor: Actor) -> None:
    """Somebody asks for the workbook: kept in the audit log. Raises Forbidden."""
    with acting(context, actor) as deed:
        deed.authorize(Action.EXPORT)
        deed.keep("export", "company")


def made(context: Context, reader: Actor, language: str) -> bytes:
    """The workbook for whoever was let `begin`, read in one look at the database; takes seconds for thousands."""
    with context.database.reading() as connection:
        return workbook(_sheets(context, connection, reader, language))


def made_elsewhere(here: Elsewhere, reader: Actor, language: str) -> bytes:
    """`made` in another process, on a connection of its own."""
    context = here.context()
    with closing(context.database):
        return made(context, reader, language)


def _sheets(context: Context, connection: Connection, reader: Actor, language: str) -> Iterator[Sheet]:
    for name, headings, table in (
        ("results", (*ABOUT, *FIGURES, *ENDS), results),
        ("answers", (*ABOUT, *ANSWERS), answers),
        ("progress", (*ABOUT, *PROGRESS), progress),
    ):
        yield titled(language, name, headings, table(Book(context, connection, reader, language)))


def titled(language: str, name: str, headings: Iterable[str], table: Iterable[Row]) -> Sheet:
    """A sheet with its words from the catalogue."""
    titles = tuple(say(language, f"export-heading-{heading}") for heading in headings)
    return Sheet(say(language, f"export-sheet-{name}"), titles, table)
