"""Assessments, who rates in them, and exam scores."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    insert,
    literal,
    select,
    tuple_,
    union_all,
    update,
)
from sqlmodel import col

from qualify.storage.database import insert_or, new_id
from qualify.storage.names import called
from qualify.storage.rows import MOST_COUNTED, as_object, batches, rows, store
from qualify.storage.tables import Assessment, Batch, ExamScore, Person, Review
from qualify.workflow import CURRENT, OWED, UNFINISHED, AssessmentState, Part, ReviewState

SCORE_KEY = ("person_id", "standard", "subject", "taken_on")


def add(connection: Connection, assessment: Assessment) -> int:
    """Store a new assessment; returns its id."""
    added = store(connection, Assessment, assessment.model_dump(exclude={"id"}))
    return new_id(added)


def add_batch(connection: Connection, opened_at: datetime) -> int:
    """Store a new batch; returns its id."""
    return new_id(store(connection, Batch, {"opened_at": opened_at}))


_due = select(col(Assessment.due_date)).where(col(Assessment.id) == bindparam("assessment_id")).scalar_subquery()
_add_review = insert(Review.__table__).values(  # type: ignore[attr-defined]
    {name: bindparam(name) for name in Review.model_fields if name not in {"id", "due_date"}} | {"due_date": _due}
)


def add_review(connection: Connection, review: Review) -> int:
    """Assign an assessor, or the employee themselves; returns the review's id. It is due when the assessment is."""
    return new_id(connection.execute(_add_review, review.model_dump(exclude={"id", "due_date"})))


def get(connection: Connection, assessment_id: int, *, lock: bool = False) -> Assessment | None:
    """The assessment, None when there is none; `lock` keeps other writers out until the transaction ends."""
    statement = select(Assessment.__table__).where(col(Assessment.id) == assessment_id)  # type: ignore[attr-defined]
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return None if row is None else as_object(Assessment, row._mapping)


class Scope(NamedTuple):
    """Which assessments are meant: of people of this department, by this standard, applied for from `since` to `until`,
    both in, by this version, for this level. What is None doesn't matter."""

    department: str | None = None
    standard: str | None = None
    since: date | None = None
    until: date | None = None
    version: int | None = None
    level: str | None = None


EVERYTHING = Scope()


def in_parts(
    connection: Connection, most: int, scope: Scope = EVERYTHING, *, newest_first: bool = False
) -> Iterator[list[int]]:
    """The numbers of all assessments of the scope in their order, or the other way round, at most so many at a time."""
    number, last = col(Assessment.id), 0
    ids = _scoped(scope).order_by(number.desc() if newest_first else number).limit(most)
    while part := list[int](connection.execute(ids.where(_beyond(last, newest_first=newest_first))).scalars()):
        last = part[-1]
        yield part


def _beyond(last: int, *, newest_first: bool) -> Any:
    number = col(Assessment.id)
    return number < last if newest_first and last else number > last


def _scoped(scope: Scope) -> Select[Any]:
    within = _within(scope, col(Assessment.standard), col(Assessment.application_date))
    if scope.version is not None:
        within.append(col(Assessment.version) == scope.version)
    if scope.level is not None:
        within.append(col(Assessment.level) == scope.level)
    return select(col(Assessment.id)).join(Person, col(Person.id) == col(Assessment.subject_id)).where(*within)


def _within(scope: Scope, standard: Any, day: Any) -> list[Any]:
    """The conditions of the scope on these columns and the person's department."""
    wanted = []
    if scope.department is not None:
        wanted.append(col(Person.department) == scope.department)
    if scope.standard is not None:
        wanted.append(standard == scope.standard)
    if scope.since is not None:
        wanted.append(day >= scope.since)
    if scope.until is not None:
        wanted.append(day <= scope.until)
    return wanted


def scores_in_parts(connection: Connection, most: int, scope: Scope = EVERYTHING) -> Iterator[list[tuple[Any, ...]]]:
    """The scores that lists gave, with each person's staff number, name and department, at most so many at a time. The
    scope's days are those of the examinations."""
    number, last = col(ExamScore.id), 0
    statement = (
        select(
            *(number, col(Person.staff_no), col(Person.name), col(Person.department)),
            *(col(ExamScore.standard), col(ExamScore.subject), col(ExamScore.score), col(ExamScore.taken_on)),
            col(ExamScore.level),
        )
        .join(Person, col(Person.id) == col(ExamScore.person_id))
        .where(*_within(scope, col(ExamScore.standard), col(ExamScore.taken_on)))
        .order_by(number)
        .limit(most)
    )
    while part := connection.execute(statement.where(number > last)).all():
        last = part[-1].id
        yield [tuple(row)[1:] for row in part]


def with_subjects(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, tuple[Assessment, Person]]:
    """The assessments, each with the person it is about, by id."""
    persons = Person.__table__.c  # type: ignore[attr-defined]
    statement = (
        select(*Assessment.__table__.c, *(column.label(f"person_{column.name}") for column in persons))  # type: ignore[attr-defined]
        .join(Person, col(Person.id) == col(Assessment.subject_id))
        .where(col(Assessment.id).in_(set(assessment_ids)))
    )
    return {
        assessment.id: (assessment, person) for assessment, person in map(_with_person, connection.execute(statement))
    }


def _with_person(row: Any) -> tuple[Assessment, Person]:
    values = dict(row._mapping)
    columns = Person.__table__.c  # type: ignore[attr-defined]
    person = {column.name: values.pop(f"person_{column.name}") for column in columns}
    return as_object(Assessment, values), as_object(Person, person)


def change(connection: Connection, assessment_id: int, **values: object) -> None:
    """Change the assessment's state or its due date, which is its reviews' too."""
    connection.execute(update(Assessment).where(col(Assessment.id) == assessment_id).values(**values))
    if "due_date" in values:
        theirs = update(Review).where(col(Review.assessment_id) == assessment_id)
        connection.execute(theirs.values(due_date=values["due_date"]))


def move(connection: Connection, assessment_id: int, before: AssessmentState, after: AssessmentState) -> bool:
    """Change the state if it still is `before`; returns whether it was."""
    found = col(Assessment.id) == assessment_id, col(Assessment.state) == before.value
    return connection.execute(update(Assessment).where(*found).values(state=after.value)).rowcount == 1


def running_by(
    connection: Connection, standard: str, *, but: int, after: int = 0, most: int | None = None
) -> list[int]:
    """The assessments by any other version of the standard than this one whose reviews are still owed, by id: all, or
    up to `most` after the id `after`."""
    running = select(col(Assessment.id)).where(
        col(Assessment.standard) == standard,
        col(Assessment.version) != but,
        col(Assessment.state).in_([state.value for state in OWED]),
        col(Assessment.id) > after,
    )
    return list(connection.execute(running.order_by(col(Assessment.id)).limit(most)).scalars())


def unfinished_of(connection: Connection, subject_ids: Iterable[int], standard: str) -> dict[int, int]:
    """Those of the people who have an assessment by this standard that isn't finished, each with the first such one."""
    statement = select(col(Assessment.subject_id), func.min(col(Assessment.id))).where(
        col(Assessment.subject_id).in_(set(subject_ids)),
        col(Assessment.standard) == standard,
        col(Assessment.state).in_([state.value for state in UNFINISHED]),
    )
    return {row[0]: row[1] for row in connection.execute(statement.group_by(col(Assessment.subject_id)))}


def newest_about(connection: Connection, subject_id: int) -> Assessment | None:
    """The newest assessment of this person that wasn't withdrawn."""
    statement = (
        select(Assessment.__table__)  # type: ignore[attr-defined]
        .where(col(Assessment.subject_id) == subject_id, col(Assessment.state) != AssessmentState.WITHDRAWN)
        .order_by(col(Assessment.id).desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else as_object(Assessment, row._mapping)


def owed_about(connection: Connection, subject_id: int) -> list[int]:
    """The assessments about this person whose reviews are still owed."""
    states = [state.value for state in OWED]
    theirs = col(Assessment.subject_id) == subject_id, col(Assessment.state).in_(states)
    return list(connection.execute(select(col(Assessment.id)).where(*theirs)).scalars())


class ListedAssessment(NamedTuple):
    """One line of the list of assessments."""

    id: int
    standard: str
    version: int
    level: str
    subject_id: int
    subject: str
    staff_no: str
    due_date: date
    state: str
    reviews: int
    submitted: int


COUNTED = and_(
    col(Review.assessment_id) == col(Assessment.id),
    col(Review.state) != ReviewState.WITHDRAWN,
    col(Review.part) != Part.SELF,
)


_listed = (
    select(
        col(Assessment.id),
        col(Assessment.standard),
        col(Assessment.version),
        col(Assessment.level),
        col(Assessment.subject_id),
        called(),
        col(Person.staff_no),
        col(Assessment.due_date),
        col(Assessment.state),
        func.count(col(Review.id)),
        func.count(col(Review.submitted_at)),
    )
    .join(Person, col(Person.id) == col(Assessment.subject_id))
    .outerjoin(Review, COUNTED)
    .group_by(col(Assessment.id), col(Person.id))
    .order_by(col(Assessment.due_date), col(Assessment.id))
)


def listed(
    connection: Connection, states: Iterable[AssessmentState] | None = None, conditions: Iterable[Any] = ()
) -> list[ListedAssessment]:
    """All assessments (in one of the states, and that meet all conditions) by due date, with how many of their
    assessors' reviews are in."""
    chosen = _listed.where(*conditions)
    if states is not None:
        chosen = chosen.where(col(Assessment.state).in_([state.value for state in states]))
    return [ListedAssessment._make(row) for row in connection.execute(chosen)]


def listed_of(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, ListedAssessment]:
    """The lines of these assessments, by id."""
    chosen = _listed.where(col(Assessment.id).in_(list(assessment_ids)))
    return {row[0]: ListedAssessment._make(row) for row in connection.execute(chosen)}


class DuePlace(NamedTuple):
    """A place in the order of due dates, and of ids within a day."""

    due: date
    id: int

    def literal(self) -> Any:
        """The place as statements compare it."""
        return tuple_(literal(self.due, Date), literal(self.id, Integer))


FIRST, LAST = DuePlace(date.min, 0), DuePlace(date.max, 0)
"""Before and after everything."""


def places(
    connection: Connection,
    states: Iterable[AssessmentState],
    *,
    since: DuePlace | None = None,
    before: DuePlace | None = None,
    but: int | None = None,
    most: int,
) -> list[DuePlace]:
    """Where up to `most` assessments in these states stand: from `since` on by due date, or before `before`, the last
    one first. Without those about the person `but`. Each state's are read in order and no further than needed.
    """
    order = col(Assessment.due_date), col(Assessment.id)
    ordered = order if before is None else tuple(column.desc() for column in order)
    conditions: list[Any] = [] if but is None else [col(Assessment.subject_id) != but]
    if since is not None:
        conditions.append(tuple_(*order) >= since.literal())
    if before is not None:
        conditions.append(tuple_(*order) < before.literal())
    chosen = select(*order).where(*conditions).order_by(*ordered).limit(most)
    parts = [chosen.where(col(Assessment.state) == state.value).subquery() for state in states]
    together = union_all(*(select(part) for part in parts)).subquery().c
    both = (together.due_date, together.id) if before is None else (together.due_date.desc(), together.id.desc())
    statement = select(together.due_date, together.id).order_by(*both).limit(most)
    return [DuePlace._make(row) for row in connection.execute(statement)]


def count(
    connection: Connection, states: Iterable[AssessmentState], *, but: int | None = None
) -> dict[AssessmentState, int]:
    """How many assessments stand in each of the states, without those about the person `but`."""
    chosen = set(states)
    in_them = col(Assessment.state).in_([state.value for state in chosen])
    counted = select(col(Assessment.state), func.count()).where(in_them)
    rows = connection.execute(counted.group_by(col(Assessment.state))).all()
    found = Counter({AssessmentState(state): number for state, number in rows})
    if but is not None:  # taken off, so that the many are counted by an index alone
        theirs = select(col(Assessment.state)).where(col(Assessment.subject_id) == but)
        found.subtract(state for state in map(AssessmentState, connection.execute(theirs).scalars()) if state in chosen)
    return dict(found)


def save_exam_scores(connection: Connection, scores: Collection[ExamScore]) -> None:
    """Store scores; a second list of the same day corrects the first."""
    if scores:
        given = insert_or(connection, ExamScore)
        said = {name: getattr(given.excluded, name) for name in ("score", "level")}
        corrects = given.on_conflict_do_update(index_elements=SCORE_KEY, set_=said)
        connection.execute(corrects, [score.model_dump(exclude={"id"}) for score in scores])


def exam_scores(connection: Connection, person_ids: Collection[int]) -> list[ExamScore]:
    """All the scores of these people from lists, the earliest day first."""
    found: list[ExamScore] = []
    for some in batches(person_ids):
        found += rows(connection, ExamScore, col(ExamScore.person_id).in_(some))
    return sorted(found, key=lambda each: (each.taken_on, each.id))


def concerned(
    connection: Connection, person_ids: Collection[int], standards: Collection[str], *, lock: bool = True
) -> list[Assessment]:
    """The assessments of these people by these standards that scores still make a difference to, unless `lock` is False
    locked against other writers until the transaction ends."""
    states = [state.value for state in UNFINISHED | CURRENT]
    matters, ids = col(Assessment.state).in_(states), list[int]()
    for some in batches(person_ids):
        theirs = col(Assessment.subject_id).in_(some), col(Assessment.standard).in_(standards)
        ids += connection.execute(select(col(Assessment.id)).where(*theirs, matters)).scalars()
    found: list[Assessment] = []
    for some in batches(sorted(ids)):  # whoever locks many does so in this order
        found += rows(connection, Assessment, col(Assessment.id).in_(some), matters, lock=lock)
    return found


def unheard(connection: Connection, state: AssessmentState, *, but: int | None, most: int) -> list[str]:
    """The names of up to `most` people with an assessment in this state who haven't joined; without `but`, a person."""
    some = select(col(Assessment.subject_id)).where(col(Assessment.state) == state.value).limit(MOST_COUNTED).subquery()
    people = select(col(Person.name)).where(
        col(Person.id).in_(select(some.c.subject_id)), ~col(Person.joined), col(Person.id) != (but or 0)
    )
    return list(connection.execute(people.order_by(col(Person.staff_no)).limit(most)).scalars())
