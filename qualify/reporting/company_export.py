"""Everything that an administrator may see, or a part of it, as one workbook: a row a person and standard first, then
elements, answers, cases, scores of examinations, progress, appeals, and statistics of the standards in use.

What it says is cut already (see `qualify.services.assessments.overview`); besides, answers stay out until all reviews
of their assessment are in.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain, starmap

from sqlalchemy import Connection

from qualify.dialogue import Entry, EntryKind, answers_of
from qualify.errors import NotFound
from qualify.exports import Cell, Sheet, workbook
from qualify.reporting import item_figures
from qualify.reporting.sheets import titled
from qualify.reporting.wording import assessor_name
from qualify.scoring import Answers, Mark
from qualify.services.assessments import export_source, item_statistics
from qualify.services.assessments.export_source import Standing
from qualify.services.assessments.overview import Overview, ResultView, ReviewOverview
from qualify.services.authorization import Actor
from qualify.services.context import Context, Elsewhere
from qualify.standard import Standard, all_criteria, all_subjects, criteria_at, names
from qualify.storage.assessments import EVERYTHING, Scope, scores_in_parts
from qualify.texts import say, shortened
from qualify.visibility import Stage, stage_of
from qualify.workflow import Part

ABOUT = ("assessment", "staff-no", "name", "department", "standard", "version", "level", "applied")
FIGURES = ("total", "grade", "items-met", "items", "composite", "rank", "ranked", "deducted", "keys")
SIGNED = ("signed-grade", "signed-by", "signed-on", "reason")
ENDS = ("published", "valid-until", "state", "settings")
ELEMENTS = ("module", "element", "rating", "full-mark", "target")
WHOSE = ("assessor", "part", "submitted")
ANSWERS = (*WHOSE, "element", "item", "item-level", "answer", "reason")
CASES = (*WHOSE, "adopted", "title", "counts")
SCORES = ("staff-no", "name", "department", "standard", "subject", "score", "full-mark", "taken-on", "level")
PROGRESS = ("opened", "due", "state", "reviews-in", "reviews", "owed-by", "exception")
APPEALS = ("appealed", "appeal", "outcome", "answered", "reply")
IN_ELEMENTS = (EntryKind.MARK, EntryKind.RATING, EntryKind.REASON, EntryKind.SCORE)
OF_CASES = (EntryKind.CASE, EntryKind.CASE_REMOVED)
"""What was given that a sheet is made of."""
MOST_CHARACTERS = 60
"""Of a criterion in a cell: enough to know which one it is."""

Cells = tuple[Cell, ...]
Words = dict[str, str]


def export(context: Context, actor: Actor, language: str, scope: Scope = EVERYTHING) -> bytes:
    """The workbook as an XLSX file; that it was asked for is kept in the audit log. Raises Forbidden, and NotFound for
    a standard that isn't there."""
    export_source.begin(context, actor, scope)
    return made(context, actor, language, scope)


def made(context: Context, reader: Actor, language: str, scope: Scope = EVERYTHING) -> bytes:
    """The workbook for somebody whose permission was checked, read in one look at the database; takes seconds for
    thousands."""
    with context.database.reading() as connection:
        return workbook(_sheets(context, connection, reader, language, scope))


def made_elsewhere(here: Elsewhere, reader: Actor, language: str, scope: Scope = EVERYTHING) -> bytes:
    """`made` in another process, on a connection of its own."""
    context = here.context()
    with closing(context.database):
        return made(context, reader, language, scope)


def _sheets(context: Context, connection: Connection, reader: Actor, language: str, scope: Scope) -> Iterator[Sheet]:
    book = Book(context, language)
    read = partial(export_source.overviews, context, connection, reader, scope)
    newest = export_source.newest_results(context, connection, reader, scope)
    scores = chain.from_iterable(scores_in_parts(connection, export_source.AT_A_TIME, scope))

    def every(rows: Callable[[Overview], Iterable[Cells]], entries: Collection[EntryKind] = ()) -> Iterator[Cells]:
        return chain.from_iterable(map(rows, read(entries=entries)))

    yield titled(language, "results", (*ABOUT, *FIGURES, *SIGNED, *ENDS), starmap(book.person, newest))
    yield titled(language, "elements", (*ABOUT, *ELEMENTS, *ENDS), every(book.elements))
    yield titled(language, "answers", (*ABOUT, *ANSWERS), every(book.answers, IN_ELEMENTS))
    yield titled(language, "cases", (*ABOUT, *CASES), every(book.cases, OF_CASES))
    yield titled(language, "scores", SCORES, starmap(book.score, scores))
    yield titled(language, "progress", (*ABOUT, *PROGRESS), map(book.progress, read()))
    yield titled(language, "appeals", (*ABOUT, *APPEALS), every(book.appeals))
    yield titled(language, "statistics", item_figures.SHEET, _statistics(context, connection, language, scope))


def _statistics(context: Context, connection: Connection, language: str, scope: Scope) -> Iterator[Cells]:
    """One row for each element and criterion, counted when the sheet's turn has come."""
    for found in item_statistics.gather(context, connection, scope):
        yield from item_figures.sheet_rows(found, language)


class Book:
    """The rows of each sheet, in one language."""

    def __init__(self, context: Context, language: str) -> None:
        self._context, self._language = context, language
        self._words: dict[tuple[str, int], Words] = {}
        self._marks = {mark: self._say(f"explain-mark-{mark.replace('_', '-')}") for mark in Mark}
        self._above: dict[tuple[Standard, str], Words] = {}

    def person(self, view: Overview, shown: ResultView, standing: Standing | None) -> Cells:
        """The newest result of somebody by a standard in one row."""
        words, result = self._words_of(view), shown.result
        is_scale = result.total is None
        met = sum(module.at + module.above for module in result.modules) if is_scale else None
        items = len(result.elements) if is_scale else None
        composite, rank, ranked = standing or (result.composite, None, None)
        deducted = sum((each.points for each in result.deductions), Decimal(0)) if result.deductions else None
        figures = (result.total, self._grade(words, shown), met, items, composite, rank, ranked, deducted)
        keys = self._keys(words, shown)
        return (*self._about(view), *figures, keys, *self._signed(words, shown), *self._ends(view, shown))

    def _keys(self, words: Words, shown: ResultView) -> str | None:
        """Which key conditions aren't met; None where there are none."""
        if shown.made_by is None or shown.made_by.key_conditions is None:
            return None
        unmet = [words.get(key, key) for key in shown.result.blocked_by]
        return self._say("export-keys-unmet", keys="\n".join(unmet)) if unmet else self._say("export-keys-met")

    def elements(self, view: Overview) -> Iterator[Cells]:
        """One row a result and element: of everything published, and of the newest result."""
        words, about = self._words_of(view), self._about(view)
        for shown in view.results:
            if shown.stored.published_at is None and shown is not view.results[-1]:
                continue
            modules = {} if shown.made_by is None else _modules(shown.made_by)
            for each in shown.result.elements:
                module = words.get(modules.get(each.id, ""))
                target = each.target if shown.result.total is None else None
                figures = (words.get(each.id, each.id), each.rating, each.possible, target)
                yield (*about, module, *figures, *self._ends(view, shown))

    def _ends(self, view: Overview, shown: ResultView) -> Cells:
        """When the result was published, how long it is valid, where its assessment stands, and with which settings it
        was made."""
        state = self._say("export-replaced") if shown.is_replaced else self._say("life-state", state=view.state)
        published = self._local(shown.stored.published_at)
        return (published, shown.valid_until, state, self._settings(shown))

    def _grade(self, words: Words, shown: ResultView) -> str | None:
        """The computed grade."""
        if shown.result.grade is None:
            return self._say("result-not-granted") if shown.result.granted is False else None
        return words.get(shown.result.grade, shown.result.grade)

    def _signed(self, words: Words, shown: ResultView) -> Cells:
        """The grade that was signed, by whom and when, and why where it differs."""
        signed = shown.signed
        if signed is None:
            return (None, None, None, None)
        by = signed.name or (None if shown.hides_assessors else self._say("export-operator"))
        if signed.grade is None:
            return (self._grade(words, shown), by, signed.on, None)
        grade = words.get(signed.grade, signed.grade) if signed.grade else self._say("result-not-granted")
        return (grade, by, signed.on, signed.reason)

    def answers(self, view: Overview) -> Iterator[Cells]:
        """One row for each answer, score and rating in its submitted reviews, once all are in."""
        about, words, levels = self._about(view), self._words_of(view), self._levels(view)
        for whose, entries in self._given(view):
            given = answers_of(entries)
            keys: dict[str, dict[str, None]] = {}  # of each element, both in the order in which they came
            for entry in entries:
                keys.setdefault(entry.element, {})[entry.key] = None
            for element, items in keys.items():
                name = words.get(element, element)
                for item, answer, reason in self._element(given, element, items):
                    said = words.get(item, item) if item else self._say("export-rating")
                    yield (*about, *whose, name, said, levels.get(item), answer, reason)

    def _given(self, view: Overview) -> Iterator[tuple[Cells, tuple[Entry, ...]]]:
        """What was given in each submitted review, and whose it is; nothing before all are in."""
        if stage_of(view.state) is Stage.OWED:
            return
        for review in view.reviews:
            if review.entries is not None:
                yield (self._assessor(review), self._part(review), self._local(review.submitted_at)), review.entries

    def _element(self, given: Answers, element: str, items: Iterable[str]) -> Iterator[tuple[str, Cell, str | None]]:
        """Item, answer and reason; the rating, of no item, comes last."""
        for key in items:
            if key in given.marks:
                yield (key, self._marks[given.marks[key]], None)
            elif key in given.scores:
                score = given.scores[key]
                yield (key, self._say("export-not-taken") if score is None else score, None)
        if element in given.ratings:
            yield ("", given.ratings[element], given.reasons.get(element))

    def _levels(self, view: Overview) -> Words:
        """The name of the level that each criterion is asked for, where it isn't the assessment's own."""
        standard, level = view.made_by, view.assessment.level
        if standard is None:
            return {}
        if (standard, level) not in self._above:
            self._above[standard, level] = self._made_levels(standard, level)
        return self._above[standard, level]

    def _made_levels(self, standard: Standard, level: str) -> Words:
        own = {each.id for element in standard.all_elements() for each in criteria_at(element, level)}
        return {
            criterion.id: self._say("export-next-level", level=named.name.in_language(self._language))
            for named in standard.levels
            for element in standard.all_elements()
            for criterion in criteria_at(element, named.id)
            if criterion.id not in own
        }

    def cases(self, view: Overview) -> Iterator[Cells]:
        """One row for each case in its submitted reviews, and whether it counts."""
        windows = [(each.since, each.until) for each in view.results[-1].result.deductions] if view.results else []
        for whose, entries in self._given(view):
            for case in answers_of(entries).cases:
                counts = any(since <= case.adopted <= until for since, until in windows) if windows else None
                said = None if counts is None else self._say("export-counts" if counts else "export-counts-not")
                yield (*self._about(view), *whose, case.adopted, case.title, said)

    def score(  # noqa: PLR0917  # the columns of the row
        self,
        staff_no: str,
        name: str,
        department: str,
        standard: str,
        subject: str,
        score: Decimal,
        taken_on: date,
        level: str,
    ) -> Cells:
        """One score that a list gave; without a level where its paper is the same for all."""
        newest = self._newest(standard)
        words = {} if newest is None else self._named(newest)
        full = None if newest is None else {each.id: each.max for each in all_subjects(newest)}.get(subject)
        whose = (staff_no, name, department)
        named = {} if newest is None else {each.id: each.name.in_language(self._language) for each in newest.levels}
        what = words.get("", standard), words.get(subject, subject), score, full, taken_on
        return (*whose, *what, named.get(level, level) or None)

    def _newest(self, standard: str) -> Standard | None:
        try:
            return self._context.standards.get(standard)
        except NotFound:
            return None

    def appeals(self, view: Overview) -> Iterator[Cells]:
        """Each appeal, and what came of it."""
        for appeal in view.appeals:
            outcome = "waiting" if appeal.answered_at is None else "reopened" if appeal.reopened else "answered"
            answered = (self._say(f"export-appeal-{outcome}"), self._local(appeal.answered_at), appeal.answer or None)
            yield (*self._about(view), self._local(appeal.at), appeal.text, *answered)

    def progress(self, view: Overview) -> Cells:
        """Where the assessment stands, and who owes a review."""
        counted = [review for review in view.standing if review.part is not Part.SELF]
        submitted = [review for review in counted if not review.is_open]
        owing = [self._assessor(review) for review in view.standing if review.is_open]
        dates = (self._local(view.assessment.opened_at), view.assessment.due_date)
        state, owed = self._say("life-state", state=view.state), self._say("explain-separator").join(owing)
        exception = view.exception or None
        return (*self._about(view), *dates, state, len(submitted), len(counted), owed, exception)

    def _about(self, view: Overview) -> Cells:
        """The cells that every row begins with."""
        assessment, subject, words = view.assessment, view.subject, self._words_of(view)
        level = words.get(f"level {assessment.level}", assessment.level)
        who = (view.id, subject.staff_no, subject.name, subject.department)
        return (*who, words.get("", assessment.standard), assessment.version, level, assessment.application_date)

    def _settings(self, shown: ResultView) -> str | None:
        """Which of the organisation's settings it was made with; None for the standard as released."""
        mark = shown.made_by.settings if shown.made_by else None
        return mark and self._say("export-settings", number=str(mark.number), since=mark.valid_from.isoformat())

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
        return {} if view.made_by is None else self._named(view.made_by)

    def _named(self, standard: Standard) -> Words:
        key = (standard.id, standard.version)
        if key not in self._words:
            self._words[key] = self._made_words(standard)
        return self._words[key]

    def _made_words(self, standard: Standard) -> Words:
        language = self._language
        criteria = {
            each.id: shortened(each.text.in_language(language), MOST_CHARACTERS) for each in all_criteria(standard)
        }
        levels = {f"level {each.id}": each.name.in_language(language) for each in standard.levels}
        return {"": standard.name.in_language(language)} | criteria | levels | names(standard, language)


def _modules(standard: Standard) -> dict[str, str]:
    """The module of each element."""
    return {element.id: module.id for module in standard.modules for element in module.elements}
