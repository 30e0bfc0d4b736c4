"""The rows of an export. They say no more than their reader may know: answers stay out until all reviews of their
assessment are in, and so does whatever isn't published about the reader; where the company hides assessors from those
whom they assess, readers find numbers in their place in what is about themselves.

A company is read some assessments at a time, with everything that belongs to them at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection
from sqlmodel import col

from qualify.dialogue import Entry, answers_of
from qualify.exports import Cell
from qualify.life import CURRENT, AssessmentState, Part, ReviewState
from qualify.scoring import Answers, Result
from qualify.services.actors import Actor
from qualify.services.context import Context
from qualify.standard import all_criteria, names
from qualify.storage import people, reviews
from qualify.storage import results as results_stored
from qualify.storage.rows import in_parts, rows
from qualify.storage.tables import Assessment, Person, Review, Signature, StoredResult
from qualify.texts import say, shortened

PUBLIC = CURRENT | {AssessmentState.EXPIRED}
ALL_IN = PUBLIC | {AssessmentState.REVIEWED, AssessmentState.SIGNED_OFF}
MOST_CHARACTERS = 60
"""Of a criterion in a cell: enough to know which one it is."""

AT_A_TIME = 100
"""Assessments, or results: with all answers of their reviews some tens of thousands of rows."""

Row = tuple[Cell, ...]
Words = dict[str, str]


class Book:
    """What a sheet says to one reader in one language. It lies open at some assessments at a time: these, their reviews
    and the people who have to do with them are at hand."""

    def __init__(self, context: Context, connection: Connection, reader: Actor, language: str) -> None:
        self.context, self.connection, self.reader, self.language = context, connection, reader, language
        self.persons: dict[int, Person] = {}
        self.assessments: dict[int, Assessment] = {}
        self._reviews: dict[int, list[Review]] = {}
        self._words: dict[tuple[str, int, str], Words] = {}

    def open_at(self, assessments: Iterable[Assessment], others: Iterable[int | None] = ()) -> None:
        """Have these assessments at hand with the people whom they are about, and the `others`, by id."""
        self.assessments = {assessment.id: assessment for assessment in assessments}
        wanted = {assessment.subject_id for assessment in self.assessments.values()}
        self.persons = people.by_ids(self.connection, wanted | {each for each in others if each is not None})

    def turned(self) -> Iterator[list[Assessment]]:
        """Every assessment of the company, in parts at which the book lies open, with reviews and assessors."""
        for part in in_parts(self.connection, Assessment, AT_A_TIME):
            found = rows(self.connection, Review, col(Review.assessment_id).in_([each.id for each in part]))
            self._reviews = {each.id: [] for each in part}
            for review in found:
                self._reviews[review.assessment_id].append(review)
            self.open_at(part, [review.assessor_id for review in found])
            yield part

    def say(self, key: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(self.language, key, **values)

    def reviews_of(self, assessment: Assessment, state: ReviewState | None = None) -> list[Review]:
        """The reviews of an assessment that weren't withdrawn, or those in one state."""
        mine = self._reviews[assessment.id]
        return [each for each in mine if (each.state == state if state else each.state != ReviewState.WITHDRAWN)]

    def words(self, of: Assessment | StoredResult) -> Words:
        """The words of the standard by id; none where the standard is gone, and the ids must do."""
        key = (of.standard, of.version, of.structure)
        if key not in self._words:
            found = self.context.has_standard(*key)
            self._words[key] = self._named(of) if found else {}
        return self._words[key]

    def _named(self, of: Assessment | StoredResult) -> Words:
        standard = self.context.standard(of.standard, of.version, of.structure)
        criteria = {
            each.id: shortened(each.text.in_language(self.language), MOST_CHARACTERS) for each in all_criteria(standard)
        }
        levels = {f"level {each.id}": each.name.in_language(self.language) for each in standard.levels}
        return {"": standard.name.in_language(self.language)} | criteria | levels | names(standard, self.language)

    def about(self, assessment: Assessment) -> Row:
        """The cells that every row begins with."""
        subject, words = self.persons[assessment.subject_id], self.words(assessment)
        level = words.get(f"level {assessment.level}", assessment.level)
        who = (assessment.id, subject.staff_no, subject.name, subject.department)
        standard = words.get("", assessment.standard)
        return (*who, standard, assessment.version, level, assessment.application_date)

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment on the company's clocks; a spreadsheet knows no zones."""
        return None if moment is None else moment.astimezone(self.context.timezone).replace(tzinfo=None)

    def is_mine(self, subject_id: int) -> bool:
        """Whether it is about the reader."""
        return subject_id == self.reader.person_id

    def assessor(self, assessment: Assessment, review: Review) -> str:
        """Whose review it is: a name, or a number as in the result where the reader isn't to know."""
        hidden = self.is_mine(assessment.subject_id) and self.context.rules.hide_assessors
        if not hidden or review.part == Part.SELF:
            return self.persons[review.assessor_id].name
        counted = [each.id for each in self.reviews_of(assessment) if each.part != Part.SELF]
        return self.say("result-assessor", number=str(counted.index(review.id) + 1))


def results(book: Book) -> Iterator[Row]:
    """One row a result and element: of everything published, and of each assessment's newest result."""
    for part in in_parts(book.connection, StoredResult, AT_A_TIME):
        about = {result.assessment_id for result in part}
        signed = rows(book.connection, Signature, col(Signature.result_id).in_([result.id for result in part]))
        signatures = {signature.result_id: signature for signature in signed}
        found = rows(book.connection, Assessment, col(Assessment.id).in_(about))
        book.open_at(found, [signature.person_id for signature in signed])
        newest = results_stored.newest_ids(book.connection, about)
        for result in part:
            stands = newest[result.assessment_id] == result.id
            if result.published_at is not None or (stands and not book.is_mine(result.subject_id)):
                yield from _result(book, result, signatures.get(result.id), stands=stands)


def _result(book: Book, stored: StoredResult, signature: Signature | None, *, stands: bool) -> Iterator[Row]:
    assessment, words = book.assessments[stored.assessment_id], book.words(stored)
    result = Result.model_validate_json(stored.figures)
    state = book.say("life-state", state=assessment.state) if stands else book.say("export-replaced")
    outcome = (result.total, _grade(book, words, result), *_signed(book, words, result, signature))
    ends = (book.local(stored.published_at), stored.valid_until, state)
    about = book.about(assessment)
    for element in result.elements:
        rating = (words.get(element.id, element.id), element.rating, element.target)
        yield (*about, *rating, *outcome, *ends)


def _grade(book: Book, words: Words, result: Result) -> str | None:
    if result.grade is None:
        return book.say("result-not-granted") if result.granted is False else None
    return words.get(result.grade, result.grade)


def _signed(book: Book, words: Words, result: Result, signature: Signature | None) -> Row:
    """The grade that was signed, by whom, and why where it differs."""
    if signature is None:
        return (None, None, None)
    by = book.say("export-operator") if signature.person_id is None else book.persons[signature.person_id].name
    if signature.grade is None:
        return (_grade(book, words, result), by, None)
    grade = words.get(signature.grade, signature.grade) if signature.grade else book.say("result-not-granted")
    return (grade, by, signature.reason)


def answers(book: Book) -> Iterator[Row]:
    """One row for each answer, score, rating and case in the submitted reviews of assessments that may be seen."""
    for part in book.turned():
        seen = [
            (assessment, book.reviews_of(assessment, ReviewState.SUBMITTED))
            for assessment in part
            if assessment.state in (PUBLIC if book.is_mine(assessment.subject_id) else ALL_IN)
        ]
        given = reviews.entries_of(book.connection, [review.id for _, found in seen for review in found])
        for assessment, found in seen:
            about, words = book.about(assessment), book.words(assessment)
            for review in found:
                by = book.assessor(assessment, review)
                whose = (by, book.say("life-part", part=review.part), book.local(review.submitted_at))
                for row in _answers(book, words, given.get(review.id, [])):
                    yield (*about, *whose, *row)


def _answers(book: Book, words: Words, entries: list[Entry]) -> Iterator[Row]:
    """Element, item, answer and reason, element by element in the order in which they were rated; then the cases."""
    given = answers_of(entries)
    keys: dict[str, dict[str, None]] = {}  # of each element, both in the order in which they came
    for entry in entries:
        if entry.element:
            keys.setdefault(entry.element, {})[entry.key] = None
    for element, items in keys.items():
        name = words.get(element, element)
        yield from ((name, *row) for row in _element(book, words, given, element, items))
    for case in given.cases:
        yield (None, book.say("export-case"), f"{case.adopted.isoformat()} {case.title}".strip(), None)


def _element(book: Book, words: Words, given: Answers, element: str, items: Iterable[str]) -> Iterator[Row]:
    for key in items:
        if key in given.marks:
            yield (words.get(key, key), book.say(f"explain-mark-{given.marks[key].replace('_', '-')}"), None)
        elif key in given.scores:
            score = given.scores[key]
            yield (words.get(key, key), book.say("export-not-taken") if score is None else score, None)
    if element in given.ratings:
        yield (book.say("export-rating"), given.ratings[element], given.reasons.get(element))


def progress(book: Book) -> Iterator[Row]:
    """One row an assessment: where it stands, and who owes a review."""
    for assessment in (each for part in book.turned() for each in part):
        counted = [each for each in book.reviews_of(assessment) if each.part != Part.SELF]
        submitted = [each for each in counted if each.state == ReviewState.SUBMITTED]
        owing = [book.assessor(assessment, each) for each in book.reviews_of(assessment, ReviewState.OPEN)]
        state = book.say("life-state", state=assessment.state)
        dates = (book.local(assessment.opened_at), assessment.due_date)
        owed = book.say("explain-separator").join(owing)
        yield (*book.about(assessment), *dates, state, len(submitted), len(counted), owed)
