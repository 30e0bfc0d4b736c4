"""Everything as one workbook of three sheets: results, answers, progress."""

from collections.abc import Iterable

from qualify.access import Action
from qualify.exports import Sheet, workbook
from qualify.services.actors import Actor, acting
from qualify.services.context import Context
from qualify.services.exported import Book, Row, answers, progress, results
from qualify.texts import say

ABOUT = ("assessment", "staff-no", "name", "department", "standard", "version", "level", "applied")
FIGURES = ("element", "rating", "target", "total", "grade", "signed-grade", "signed-by", "reason")
ENDS = ("published", "valid-until", "state")
ANSWERS = ("assessor", "part", "submitted", "element", "item", "answer", "reason")
PROGRESS = ("opened", "due", "state", "reviews-in", "reviews", "owed-by")


def export(context: Context, actor: Actor, language: str) -> bytes:
    """The workbook as an XLSX file; that it was asked for is kept in the audit log. Raises Forbidden."""
    return workbook(sheets(context, actor, language))


def sheets(context: Context, actor: Actor, language: str) -> tuple[Sheet, ...]:
    """What the workbook is made of, all that it needs of the database. Raises Forbidden."""
    with acting(context, actor) as deed:
        deed.authorize(Action.EXPORT)
        deed.keep("export", "company")
    with context.database.reading() as connection:
        book = Book(context, connection, actor, language)
        return (
            titled(language, "results", (*ABOUT, *FIGURES, *ENDS), results(book)),
            titled(language, "answers", (*ABOUT, *ANSWERS), answers(book)),
            titled(language, "progress", (*ABOUT, *PROGRESS), progress(book)),
        )


def titled(language: str, name: str, headings: Iterable[str], table: Iterable[Row]) -> Sheet:
    """A sheet with its words from the catalogue."""
    titles = tuple(say(language, f"export-heading-{heading}") for heading in headings)
    return Sheet(say(language, f"export-sheet-{name}"), titles, list(table))
