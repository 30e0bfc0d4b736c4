"""Everything that an administrator may see as one workbook of three sheets: results, answers, progress.

What it says is cut already (see `qualify.services.assessments.overview`); besides, answers stay out until all reviews
of their assessment are in.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import chain

from sqlalchemy import Connection

from qualify.dialogue import Entry, answers_of
from qualify.exports import Cell, Sheet, workbook
from qualify.reporting.sheets import titled
from qualify.reporting.wording import assessor_name
from qualify.scoring import Answers
from qualify.services.assessments import export_source
from qualify.services.assessments.overview import Overview, ResultView, ReviewOverview
from qualify.services.authorization import Actor
from qualify.services.context import Context, Elsewhere
from qualify.standard import Standard, all_criteria, names
from qualify.texts import say, shortened
from qualify.visibility import Stage, stage_of
from qualify.workflow import Part

ABOUT = ("assessment", "staff-no", "name", "department", "standard", "version", "level", "applied")
FIGURES = ("element", "rating", "target", "total", "grade", "signed-grade", "signed-by", "reason")
ENDS = ("published", "valid-until", "state")
ANSWERS = ("assessor", "part", "submitted", "element", "item", "answer", "reason")
PROGRESS = ("opened", "due", "state", "reviews-in", "reviews", "owed-by")
MOST_CHARACTERS = 60
"""Of a criterion in a cell: enough to know which one it is."""

Cells = tuple[Cell, ...]
Words = dict[str, str]


def export(context: Context, actor: Actor, language: str) -> bytes:
    """The workbook as an XLSX file; that it was asked for is kept in the audit log. Raises Forbidden."""
    export_source.begin(context, actor)
    return made(context, actor, language)


def made(context: Context, reader: Actor, language: str) -> bytes:
    """The workbook for somebody whose permission was checked, read in one look at the database; takes seconds for
    thousands."""
    with context.database.reading() as connection:
        return workbook(_sheets(context, connection, reader, language))


def made_elsewhere(here: Elsewhere, reader: Actor, language: str) -> bytes:
    """`made` in another process, on a connection of its own."""
    context = here.context()
    with closing(context.database):
        return made(context, reader, language)


def _sheets(context: Context, connection: Connection, reader: Actor, language: str) -> Iterator[Sheet]:
    read, book = partial(export_source.overviews, context, connection, reader), Book(context, language)
    yield titled(language, "results", (*ABOUT, *FIGURES, *ENDS), chain.from_iterable(map(book.results, read())))
    yield titled(language, "answers", (*ABOUT, *ANSWERS), chain.from_iterable(map(book.answers, read(entries=True))))
    yield titled(language, "progress", (*ABOUT, *PROGRESS), map(book.progress, read()))


class Book:
    """The rows of each sheet, in one language."""

    def __init__(self, context: Context, language: str) -> None:
        self._context, self._language = context, language
        self._words: dict[tuple[str, int, str], Words] = {}

    def results(self, view: Overview) -> Iterator[Cells]:
        """One row a result and element: of everything published, and of the newest result."""
        for shown in view.results:
            if shown.stored.published_at is not None or shown is view.results[-1]:
                yield from self._result(view, shown)

    def _result(self, view: Overview, shown: ResultView) -> Iterator[Cells]:
        words, result = self._words_of(view), shown.result
        state = self._say("export-replaced") if shown.is_replaced else self._say("life-state", state=view.state)
        outcome = (result.total, self._grade(words, shown), *self._signed(words, shown))
        ends = (self._local(shown.stored.published_at), shown.stored.valid_until, state)
        about = self._about(view)
        for element in result.elements:
            yield (*about, words.get(element.id, element.id), element.rating, element.target, *outcome, *ends)

    def _grade(self, words: Words, shown: ResultView) -> str | None:
        """The computed grade."""
        if shown.result.grade is None:
            return self._say("result-not-granted") if shown.result.granted is False else None
        return words.get(shown.result.grade, shown.result.grade)

    def _signed(self, words: Words, shown: ResultView) -> Cells:
        """The grade that was signed, by whom, and why where it differs."""
        signed = shown.signed
        if signed is None:
            return (None, None, None)
        by = signed.name or (None if shown.hides_assessors else self._say("export-operator"))
        if signed.grade is None:
            return (self._grade(words, shown), by, None)
        grade = words.get(signed.grade, signed.grade) if signed.grade else self._say("result-not-granted")
        return (grade, by, signed.reason)

    def answers(self, view: Overview) -> Iterator[Cells]:
        """One row for each answer, score, rating and case in its submitted reviews, once all are in."""
        if stage_of(view.state) is Stage.OWED:
            return
        about, words = self._about(view), self._words_of(view)
        for review in view.reviews:
            if review.entries is not None:
                whose = (self._assessor(review), self._part(review), self._local(review.submitted_at))
                for row in self._given(words, review.entries):
                    yield (*about, *whose, *row)

    def _given(self, words: Words, entries: Iterable[Entry]) -> Iterator[Cells]:
        """Element, item, answer and reason, element by element as they were rated; then the cases."""
        given = answers_of(entries)
        keys: dict[str, dict[str, None]] = {}  # of each element, both in the order in which they came
        for entry in entries:
            if entry.element:
                keys.setdefault(entry.element, {})[entry.key] = None
        for element, items in keys.items():
            name = words.get(element, element)
            yield from ((name, *row) for row in self._element(words, given, element, items))
        for case in given.cases:
            yield (None, self._say("export-case"), f"{case.adopted.isoformat()} {case.title}".strip(), None)

    def _element(self, words: Words, given: Answers, element: str, items: Iterable[str]) -> Iterator[Cells]:
        for key in items:
            if key in given.marks:
                yield (words.get(key, key), self._say(f"explain-mark-{given.marks[key].replace('_', '-')}"), None)
            elif key in given.scores:
                score = given.scores[key]
                yield (words.get(key, key), self._say("export-not-taken") if score is None else score, None)
        if element in given.ratings:
            yield (self._say("export-rating"), given.ratings[element], given.reasons.get(element))

    def progress(self, view: Overview) -> Cells:
        """Where the assessment stands, and who owes a review."""
        counted = [review for review in view.standing if review.part is not Part.SELF]
        submitted = [review for review in counted if not review.is_open]
        owing = [self._assessor(review) for review in view.standing if review.is_open]
        dates = (self._local(view.assessment.opened_at), view.assessment.due_date)
        state, owed = self._say("life-state", state=view.state), self._say("explain-separator").join(owing)
        return (*self._about(view), *dates, state, len(submitted), len(counted), owed)

    def _about(self, view: Overview) -> Cells:
        """The cells that every row begins with."""
        assessment, subject, words = view.assessment, view.subject, self._words_of(view)
        level = words.get(f"level {assessment.level}", assessment.level)
        who = (view.id, subject.staff_no, subject.name, subject.department)
        return (*who, words.get("", assessment.standard), assessment.version, level, assessment.application_date)

    def _assessor(self, review: ReviewOverview) -> str:
        return assessor_name(review, self._language)

    def _part(self, review: ReviewOverview) -> str:
        return self._say("life-part", part=review.part)

    def _say(self, key: str, **values: object) -> str:
        return say(self._language, key, **values)

    def _local(self, moment: datetime | None) -> datetime | None:
        """A moment on the company's clocks; a spreadsheet knows no zones."""
        return None if moment is None else moment.astimezone(self._context.timezone).replace(tzinfo=None)

    def _words_of(self, view: Overview) -> Words:
        """The words of the standard by id; none where the standard is gone, and the ids must do."""
        of = view.assessment
        key = (of.standard, of.version, of.structure)
        if key not in self._words:
            self._words[key] = {} if view.made_by is None else self._named(view.made_by)
        return self._words[key]

    def _named(self, standard: Standard) -> Words:
        language = self._language
        criteria = {
            each.id: shortened(each.text.in_language(language), MOST_CHARACTERS) for each in all_criteria(standard)
        }
        levels = {f"level {each.id}": each.name.in_language(language) for each in standard.levels}
        return {"": standard.name.in_language(language)} | criteria | levels | names(standard, language)
