"""Reviews and their entries. A press reads one narrow row and appends; nothing loads a whole review for it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, String, bindparam, cast, exists, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from qualify.access import Role
from qualify.dialogue import Entry, EntryKind, Position
from qualify.scoring import Answers, Mark
from qualify.storage.columns import fixed
from qualify.storage.names import called
from qualify.storage.rows import as_object, grouped, rows, store
from qualify.storage.tables import Account, Assessment, Evidence, Person, PersonRole, Review, StoredEntry
from qualify.workflow import Part, ReviewState

_KINDS = {kind.value: kind for kind in EntryKind}
"""The kinds by their words in the database: quicker than to ask the enumeration for each row."""
RATED = (EntryKind.MARK, EntryKind.RATING)
"""Entries that make a rating."""
FACTS = (EntryKind.SCORE, EntryKind.CASE, EntryKind.CASE_REMOVED)
"""Entries that say what is so, and not what somebody thinks of it."""


class ReviewRow(NamedTuple):
    """A review with what its screen needs: the assessment, the people, and where it stands.

    `may_rate`: its assessor hasn't left and still has the role (a self-assessment needs none). `has_evidence` spares
    most presses a look for what is kept on the element. Where the review `was_converted`, an element may have answers
    though none of its steps has one. `element` is that of the newest entry, and `answers` are the marks and the rating
    that stand in it, where one review was asked for: they spare most presses a look for what was answered."""

    id: int
    state: str
    part: str
    returned: str
    submitted_at: datetime | None
    message_id: int | None
    assessment_id: int
    standard: str
    version: int
    structure: str
    level: str
    due_date: date
    application_date: date
    subject_id: int
    subject: str
    assessor_id: int
    may_rate: bool
    has_evidence: bool
    was_converted: bool
    language: str | None
    in_hand_id: int | None
    revision: int | None
    frontier: int | None
    cursor: int | None
    ahead: str | None
    element: str | None
    answers: Answers | None = None

    @property
    def position(self) -> Position:
        """Where the review stands; the start when nothing was given yet."""
        return Position(self.frontier or 0, self.cursor, self.revision or 0, _ahead_as_read(self.ahead))

    def moved(self, position: Position, element: str, answers: Answers) -> "ReviewRow":
        """The same review, standing somewhere else, after something was given in the element, in which these answers
        stand."""
        return self._replace(
            element=element,
            answers=answers,
            revision=position.revision,
            frontier=position.frontier,
            cursor=position.cursor,
            ahead=_ahead_as_stored(position),
        )

    @property
    def is_in_hand(self) -> bool:
        """Whether the assessor's typed text goes here."""
        return self.in_hand_id == self.id

    @property
    def is_open(self) -> bool:
        """Whether answers may still be given."""
        return self.state == ReviewState.OPEN

    @property
    def is_own(self) -> bool:
        """Whether it is a self-assessment."""
        return self.part == Part.SELF


_given = aliased(StoredEntry)
_newest = (
    select(func.max(col(StoredEntry.revision)))
    .where(col(StoredEntry.review_id) == col(Review.id))
    .correlate(Review)
    .scalar_subquery()
)
_converted = exists().where(
    col(_given.review_id) == col(Review.id),
    col(_given.element) == fixed(""),  # of which there are few
    col(_given.given) == fixed(EntryKind.CONVERTED),
)
_subject = Person.__table__.alias("subject")  # type: ignore[attr-defined]
_assessor = Person.__table__.alias("assessor")  # type: ignore[attr-defined]


def may_rate(assessor: Any) -> Any:
    """The condition that the assessor of a review, a join of people, hasn't left and has the role; it isn't needed for
    a self-assessment."""
    has_role = (col(PersonRole.person_id) == assessor.c.id) & (col(PersonRole.role) == fixed(Role.ASSESSOR))
    return assessor.c.active & ((col(Review.part) == fixed(Part.SELF)) | exists().where(has_role))


_rows = (
    select(
        col(Review.id),
        col(Review.state),
        col(Review.part),
        col(Review.returned),
        col(Review.submitted_at),
        col(Review.message_id),
        col(Review.assessment_id),
        col(Assessment.standard),
        col(Assessment.version),
        col(Assessment.structure),
        col(Assessment.level),
        col(Assessment.due_date),
        col(Assessment.application_date),
        _subject.c.id,
        called(_subject),
        col(Review.assessor_id),
        may_rate(_assessor),
        exists().where(col(Evidence.review_id) == col(Review.id)).correlate(Review),
        _converted.correlate(Review),
        col(Account.language),
        col(Account.review_id),
        col(StoredEntry.revision),
        col(StoredEntry.frontier),
        col(StoredEntry.cursor),
        col(StoredEntry.ahead),
        col(StoredEntry.element),
    )
    .join(Assessment, col(Assessment.id) == col(Review.assessment_id))
    .join(_subject, _subject.c.id == col(Assessment.subject_id))
    .join(_assessor, _assessor.c.id == col(Review.assessor_id))
    .outerjoin(Account, col(Account.person_id) == col(Review.assessor_id))
    .outerjoin(StoredEntry, (col(StoredEntry.review_id) == col(Review.id)) & (col(StoredEntry.revision) == _newest))
)
_answer = cast(_given.revision, String) + fixed(" ") + col(_given.key) + fixed(" ") + col(_given.value)
_answers = (
    select(func.aggregate_strings(_answer, fixed(",")))
    .where(
        col(_given.review_id) == col(Review.id),
        col(_given.element) == col(StoredEntry.element),
        col(_given.given).in_([fixed(kind) for kind in RATED]),
    )
    .correlate(Review, StoredEntry)
    .scalar_subquery()
)
"""The marks of the newest entry's element and its rating, which has no key, each with the revision that gave it: no
database promises their order."""
_one_row = _rows.add_columns(_answers)
_by_review = _one_row.where(col(Review.id) == bindparam("review_id"))
_by_account = _by_review.where(col(Account.telegram_id) == bindparam("telegram_id"))
_in_hand = _one_row.where(
    col(Account.telegram_id) == bindparam("telegram_id"), col(Account.review_id) == col(Review.id)
)
_all_open = _rows.where(col(Review.state) == fixed(ReviewState.OPEN)).order_by(col(Review.due_date), col(Review.id))
_open_of = _all_open.where(col(Review.assessor_id) == bindparam("assessor_id"), may_rate(_assessor))

_entries = (
    select(col(StoredEntry.given), col(StoredEntry.element), col(StoredEntry.key), col(StoredEntry.value))
    .where(col(StoredEntry.review_id) == bindparam("review_id"))
    .order_by(col(StoredEntry.revision))
)
_entries_of_element = _entries.where(col(StoredEntry.element) == bindparam("element"))
_append = insert(StoredEntry)
_count_all_evidence = select(func.count()).where(
    col(Evidence.review_id) == bindparam("review_id"), col(Evidence.taken_back_at).is_(None)
)
_count_evidence = _count_all_evidence.where(col(Evidence.element) == bindparam("element"))


def of_account(connection: Connection, review_id: int, telegram_id: int) -> ReviewRow | None:
    """The review, if this account's person is its assessor."""
    return _one(connection, _by_account, review_id=review_id, telegram_id=telegram_id)


def get(connection: Connection, review_id: int) -> ReviewRow | None:
    """The review, without asking whose it is; None when there is none."""
    return _one(connection, _by_review, review_id=review_id)


def in_hand(connection: Connection, telegram_id: int) -> ReviewRow | None:
    """The review that this account has in hand, if its person is the assessor."""
    return _one(connection, _in_hand, telegram_id=telegram_id)


def open_of(connection: Connection, assessor_id: int) -> list[ReviewRow]:
    """The reviews that an assessor still owes and may do, by due date."""
    return [_read(row) for row in connection.execute(_open_of, {"assessor_id": assessor_id})]


def open_rows(connection: Connection, assessor_id: int | None = None) -> list[ReviewRow]:
    """Every open review, or those of one assessor whether or not they may do them, by due date."""
    chosen = _all_open if assessor_id is None else _all_open.where(col(Review.assessor_id) == assessor_id)
    return [_read(row) for row in connection.execute(chosen)]


def submitted_by(
    connection: Connection, assessor_id: int, *, until: int | None = None, after: int | None = None, most: int
) -> list[int]:
    """Up to `most` reviews that somebody has handed in: from the number `until` on, those given to them last first; or
    those after `after`, the oldest first."""
    number = col(Review.id)
    theirs = [col(Review.assessor_id) == assessor_id, col(Review.state) == fixed(ReviewState.SUBMITTED)]
    if until is not None:
        theirs.append(number <= until)
    if after is not None:
        theirs.append(number > after)
    ordered = number if after is not None else number.desc()
    return list(connection.execute(select(number).where(*theirs).order_by(ordered).limit(most)).scalars())


def rows_of(connection: Connection, review_ids: Iterable[int]) -> list[ReviewRow]:
    """These reviews, by due date."""
    chosen = _rows.where(col(Review.id).in_(list(review_ids))).order_by(col(Review.due_date), col(Review.id))
    return [_read(row) for row in connection.execute(chosen)]


def _one(connection: Connection, statement: object, **values: int) -> ReviewRow | None:
    row: Row[tuple[object, ...]] | None = connection.execute(statement, values).first()  # type: ignore[call-overload]
    if row is None:
        return None
    found = _read(row)
    return found._replace(answers=_standing(found.element or "", str(found.answers)) if found.answers else Answers())


def _read(row: Sequence[Any]) -> ReviewRow:
    return ReviewRow(*row)


def _standing(element: str, answers: str) -> Answers:
    """The answers as `_answers` reads them, the newest of each criterion and the newest rating."""
    given = sorted((answer.split(" ") for answer in answers.split(",")), key=lambda answer: int(answer[0]))
    marks, ratings = {}, {}
    for _, key, value in given:
        if key:
            marks[key] = Mark(value)
        else:
            ratings[element] = Decimal(value)
    return Answers(marks=marks, ratings=ratings)


def entries(connection: Connection, review_id: int, element: str | None = None) -> list[Entry]:
    """What was given, oldest first: in the whole review, or for one element ("" = the cases)."""
    if element is None:
        found = connection.execute(_entries, {"review_id": review_id})
    else:
        found = connection.execute(_entries_of_element, {"review_id": review_id, "element": element})
    return [Entry(_KINDS[given], of, key, value) for given, of, key, value in found.all()]


_entries_by_review = select(
    col(StoredEntry.review_id),
    col(StoredEntry.given),
    col(StoredEntry.element),
    col(StoredEntry.key),
    col(StoredEntry.value),
).order_by(col(StoredEntry.review_id), col(StoredEntry.revision))


_facts_beside = _entries_by_review.join(Review, col(Review.id) == col(StoredEntry.review_id)).where(
    col(Review.assessment_id) == bindparam("assessment_id"),
    col(Review.id) != bindparam("review_id"),
    col(Review.part) != fixed(Part.SELF),
    col(Review.state) != fixed(ReviewState.WITHDRAWN),
    col(StoredEntry.given).in_([fixed(kind) for kind in FACTS]),
)


def entries_of(
    connection: Connection, review_ids: Collection[int], kinds: Collection[EntryKind]
) -> dict[int, list[Entry]]:
    """What was given of these kinds in each of the reviews, oldest first; reviews without such an entry are left
    out."""
    chosen = col(StoredEntry.review_id).in_(review_ids), col(StoredEntry.given).in_([kind.value for kind in kinds])
    return _by_number(connection, _entries_by_review.where(*chosen))


def facts_beside(connection: Connection, assessment_id: int, review_id: int) -> list[list[Entry]]:
    """The scores and cases given in each of the other reviews of the assessment that weren't taken back, but for a
    self-assessment; the reviews in their order, the oldest entry first."""
    values = {"assessment_id": assessment_id, "review_id": review_id}
    return list(_by_number(connection, _facts_beside, values).values())


def _by_number(connection: Connection, statement: Any, values: dict[str, int] | None = None) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for number, given, element, key, value in connection.execute(statement, values).all():
        found.setdefault(number, []).append(Entry(_KINDS[given], element, key, value))
    return found


def append(
    connection: Connection,
    row: ReviewRow,
    given: Sequence[Entry],
    position: Position,
    *,
    at: datetime,
    update_id: int | None = None,
) -> None:
    """Store what was given, by which update of the chat, and where the review stands after it. A revision that exists
    raises IntegrityError."""
    first = position.revision - len(given) + 1
    connection.execute(
        _append,
        [
            {
                "review_id": row.id,
                "revision": first + offset,
                "given": entry.given.value,
                "element": entry.element,
                "key": entry.key,
                "value": entry.value,
                "frontier": position.frontier,
                "cursor": position.cursor,
                "ahead": _ahead_as_stored(position),
                "update_id": update_id,
                "person_id": row.assessor_id,
                "at": at,
            }
            for offset, entry in enumerate(given)
        ],
    )


def _ahead_as_stored(position: Position) -> str:
    return ",".join(map(str, position.ahead))


def _ahead_as_read(stored: str | None) -> tuple[int, ...]:
    return tuple(map(int, stored.split(","))) if stored else ()


def taken_by(connection: Connection, review_id: int, revision: int) -> int | None:
    """The update of the chat that gave what stands at this revision; None for nothing, or what the chat didn't give."""
    at = col(StoredEntry.review_id) == review_id, col(StoredEntry.revision) == revision
    return connection.execute(select(col(StoredEntry.update_id)).where(*at)).scalar()


def add_evidence(connection: Connection, evidence: Evidence) -> None:
    """Store one note or file."""
    store(connection, Evidence, evidence.model_dump(exclude={"id"}))


def evidence_of(connection: Connection, review_id: int) -> list[Evidence]:
    """All notes and files of a review, in the order in which they came."""
    return rows(connection, Evidence, col(Evidence.review_id) == review_id)


def lock_state(connection: Connection, review_id: int) -> ReviewState:
    """Where the review stands, which nobody else changes until the transaction ends."""
    statement = select(col(Review.state)).where(col(Review.id) == review_id).with_for_update()
    return ReviewState(connection.execute(statement).scalar_one())


def count_evidence(connection: Connection, review_id: int, element: str) -> int:
    """How many notes and files an element has, or for "" the whole review, without those that were taken back."""
    if not element:
        return connection.execute(_count_all_evidence, {"review_id": review_id}).scalar_one()
    return connection.execute(_count_evidence, {"review_id": review_id, "element": element}).scalar_one()


def evidence(connection: Connection, evidence_id: int, *, lock: bool = False) -> Evidence | None:
    """One note or file; None when there is none. `lock` keeps other writers out until the transaction ends."""
    return _evidence(connection, col(Evidence.id) == evidence_id, lock=lock)


def evidence_from(connection: Connection, bot_id: int, message_id: int) -> Evidence | None:
    """What came with this message of the chat with this bot, locked against other writers; None for nothing."""
    theirs = (col(Evidence.message_id) == message_id) & (col(Evidence.bot_id) == bot_id)
    return _evidence(connection, theirs, lock=True)


def _evidence(connection: Connection, condition: Any, *, lock: bool) -> Evidence | None:
    statement = select(Evidence.__table__).where(condition)  # type: ignore[attr-defined]
    row = connection.execute(statement.with_for_update() if lock else statement).first()
    return None if row is None else as_object(Evidence, row._mapping)


def change_evidence(connection: Connection, evidence_id: int, **values: object) -> None:
    """Change what is kept: other words, another file, or that it was taken back."""
    connection.execute(update(Evidence).where(col(Evidence.id) == evidence_id).values(**values))


def change(connection: Connection, review_id: int, **values: object) -> None:
    """Change the review's state, part, weight, or why it was returned."""
    connection.execute(update(Review).where(col(Review.id) == review_id).values(**values))


def set_message(connection: Connection, review_id: int, message_id: int | None) -> None:
    """Remember the living message of the review."""
    change(connection, review_id, message_id=message_id)


def submit(connection: Connection, row: ReviewRow, at: datetime) -> None:
    """Close the review. It takes a revision of its own, so that no answer slips in on another connection."""
    position = row.position
    closing = Entry(EntryKind.GOTO, "", "", str(position.current))
    append(connection, row, [closing], replace(position, revision=position.revision + 1), at=at)
    change(connection, row.id, state=ReviewState.SUBMITTED, submitted_at=at, returned="")


def opened_with(connection: Connection, batch_id: int, assessor_id: int) -> set[int]:
    """The reviews that a batch gave to one assessor."""
    statement = (
        select(col(Review.id))
        .join(Assessment, col(Assessment.id) == col(Review.assessment_id))
        .where(
            col(Assessment.batch_id) == batch_id, col(Review.assessor_id) == assessor_id, col(Review.part) != Part.SELF
        )
    )
    return set(connection.execute(statement).scalars())


class Assigned(NamedTuple):
    """A review with its assessor's name, where it stands, and whether the assessor has left."""

    review: Review
    assessor: str
    position: Position
    has_left: bool


def assigned_in(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, list[Assigned]]:
    """All reviews of these assessments, in the order in which they were assigned."""
    columns: Any = Review.__table__.c  # type: ignore[attr-defined]
    aside: tuple[Any, ...] = (
        called().label("assessor"),
        col(StoredEntry.frontier).label("frontier"),
        col(StoredEntry.ahead).label("ahead"),
        col(Person.active).label("is_here"),
    )
    statement: Select[Any] = (
        select(*columns, *aside)
        .join(Person, col(Person.id) == col(Review.assessor_id))
        .outerjoin(StoredEntry, (col(StoredEntry.review_id) == col(Review.id)) & (col(StoredEntry.revision) == _newest))
        .where(col(Review.assessment_id).in_(set(assessment_ids)))
    )
    found: dict[int, list[Assigned]] = {}
    for row in connection.execute(statement):
        values = dict(row._mapping)
        assessor, frontier, ahead, is_here = (values.pop(each) for each in ("assessor", "frontier", "ahead", "is_here"))
        review, position = as_object(Review, values), Position(frontier or 0, ahead=_ahead_as_read(ahead))
        found.setdefault(review.assessment_id, []).append(Assigned(review, assessor, position, not is_here))
    return {key: sorted(assigned, key=lambda each: each.review.id) for key, assigned in found.items()}


def evidence_in(connection: Connection, review_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """All notes and files of these reviews, in the order in which they came."""
    return grouped(connection, Evidence, col(Evidence.review_id), review_ids)


def of_assessment(connection: Connection, assessment_id: int) -> list[tuple[Review, str]]:
    """The reviews of an assessment with their assessors' names, in the order in which they were assigned."""
    statement: Select[Any] = (
        select(*Review.__table__.c, col(Person.name).label("assessor"))  # type: ignore[attr-defined]
        .join(Person, col(Person.id) == col(Review.assessor_id))
        .where(col(Review.assessment_id) == assessment_id)
        .order_by(col(Review.id))
    )
    found = []
    for row in connection.execute(statement):
        values = dict(row._mapping)
        assessor = values.pop("assessor")
        found.append((as_object(Review, values), assessor))
    return found
