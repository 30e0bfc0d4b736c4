"""A small company for the tests of storage and services: people with accounts, a clock, reviews that answer themselves.

Everything happens through services, on whichever database the test is given.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select
from sqlmodel import SQLModel

from qualify.dialogue import (
    Act,
    Action,
    Entry,
    Outcome,
    Position,
    Screen,
    Situation,
    StepKind,
    answers_of,
    plan,
    step,
    view,
)
from qualify.errors import QualifyError
from qualify.paths import STANDARDS
from qualify.scoring import Answers, plain
from qualify.services import Context, audit_log
from qualify.services.assessments import facts
from qualify.services.assessments import opening as assessment_services
from qualify.services.assessments import sign_off as sign_off_service
from qualify.services.authorization import Actor
from qualify.services.imports import people_list
from qualify.services.notices import queue
from qualify.services.people import joining
from qualify.services.reviews import answering, submission
from qualify.services.reviews.screen import Reference, Turn
from qualify.standard import Catalogue, Standard, shipped
from qualify.storage import Database
from qualify.storage import assessments as stored_assessments
from qualify.storage import reviews as stored_reviews
from qualify.storage.schema import migrate
from qualify.storage.tables import Assessment, Audit, Person, Review

ZONE = ZoneInfo("Asia/Shanghai")
POINTS, SCALE = "service-manager", "client-manager"
PEOPLE = """工号,姓名,部门,角色
A1,林雪,人力资源部,管理员
R1,周明,政企客户部,评审员
R2,吴倩,技术支援部,评审员
E1,陈晨,政企客户部,员工
E2,何静,政企客户部,员工
"""
OPERATOR = Actor(None, "tests")
ACCOUNTS = {"A1": 10, "A2": 11, "R1": 21, "R2": 22, "R3": 23, "E1": 31, "E2": 32}
NEWCOMERS = {"A2": 11, "R3": 23}
ON_SQLITE = pytest.mark.parametrize("company", ["sqlite"], indirect=True)
"""For a test whose statements others of its module run on PostgreSQL as well."""

T = TypeVar("T")


class Clock:
    """The time, as the test sets it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def hasty(database: Database) -> Database:
    """The same database without waiting for the disk: what a test stores needn't survive a power cut."""
    haste = "PRAGMA synchronous = OFF" if database.is_embedded else "SET synchronous_commit = off"

    def relax(connection: Any, _: object) -> None:
        connection.execute(haste)
        connection.commit()

    database.close()
    event.listen(database.engine, "connect", relax)
    return database


class Company:
    """People by staff number; `ACCOUNTS` are their Telegram ids. With `founded` the database has them already."""

    def __init__(self, url: str, folder: Path, *, founded: bool = False) -> None:
        self.url, self.folder, self.clock = url, folder, Clock()
        self.context = Context(hasty(Database(url)), shipped(STANDARDS), ZONE, self.clock)
        self._contexts = [self.context]
        if not founded:
            self._found()

    def _found(self) -> None:
        migrate(self.context.database)
        people_list.import_people(self.context, OPERATOR, self.file("people.csv", PEOPLE))
        for line in PEOPLE.splitlines()[1:]:
            self.joins(line.split(",")[0])

    def file(self, name: str, content: str | bytes) -> Path:
        """A file that somebody sends."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def hires(self, staff_no: str, name: str, role: str) -> None:
        """One more person, who joins at once."""
        people_list.import_people(
            self.context, OPERATOR, self.file("more.csv", f"工号,姓名,角色\n{staff_no},{name},{role}\n")
        )
        self.joins(staff_no)

    def joins(self, staff_no: str) -> None:
        """Accept an invitation."""
        joining.meet(self.context, ACCOUNTS[staff_no], "zh-hans")
        joining.accept(self.context, ACCOUNTS[staff_no], joining.invite(self.context, OPERATOR, staff_no))

    def id(self, staff_no: str) -> int:
        """The person's key."""
        who = joining.find(self.context, ACCOUNTS[staff_no])
        assert who is not None
        assert who.person_id is not None
        return who.person_id

    def restarted(self, standards: Catalogue | None = None) -> Context:
        """Another process on the same database."""
        context = Context(hasty(Database(self.url)), standards or shipped(STANDARDS), ZONE, self.clock)
        self._contexts.append(context)
        return context

    def opens(
        self,
        standard: str,
        level: str,
        subject: str = "E1",
        assessors: Sequence[str] = ("R1",),
        *,
        weights: Sequence[int] = (),
        sign_off: bool = False,
        self_assessment: bool = False,
    ) -> list[int]:
        """Open an assessment, by default without a signature; its reviews, in the order of the assessors."""
        weighed = tuple(
            (staff_no, Decimal(weight)) for staff_no, weight in zip(assessors, chain(weights, repeat(1)), strict=False)
        )
        opening = assessment_services.Opening(
            standard,
            level,
            subject,
            weighed,
            self.context.today() + timedelta(days=9),
            self.context.today() - timedelta(days=2),
            sign_off=sign_off,
            self_assessment=self_assessment,
        )
        assessment_id = assessment_services.open_assessment(self.context, OPERATOR, opening)
        _, _, assigned = looked_up(self.context, assessment_id)
        return [review.id for review, _ in assigned]

    def review(self, standard: str = SCALE, level: str = "4") -> int:
        """A review of E1 that R1 has opened."""
        (review_id,) = self.opens(standard, level)
        answering.open_review(self.context, ACCOUNTS["R1"], review_id)
        return review_id

    def at_rating(self) -> tuple[int, Turn]:
        """A review of E1 whose first element waits for its rating."""
        review_id = self.review()
        turn = answering.open_review(self.context, ACCOUNTS["R1"], review_id)
        return review_id, self.press("R1", turn, Action(Act.ALL_MET))

    def press(self, staff_no: str, turn: Turn, action: Action) -> Turn:
        """Press a button of the screen that `turn` shows."""
        return answering.press(self.context, ACCOUNTS[staff_no], reference(turn), action)

    def actor(self, staff_no: str) -> Actor:
        """The person as somebody who acts."""
        return Actor(self.id(staff_no))

    def reviewed(
        self,
        standard: str = SCALE,
        level: str = "4",
        subject: str = "E1",
        assessors: Sequence[str] = ("R1",),
        choose: Callable[[Screen], Action] | None = None,
    ) -> int:
        """An assessment whose reviews are in and whose result waits for a signature; its id."""
        ids = self.opens(standard, level, subject, assessors, sign_off=True)
        turns = [self.finishes(*each, choose) for each in zip(assessors, ids, strict=True)]
        return turns[0].row.assessment_id

    def published(
        self,
        standard: str = SCALE,
        level: str = "4",
        subject: str = "E1",
        assessors: Sequence[str] = ("R1",),
        choose: Callable[[Screen], Action] | None = None,
    ) -> int:
        """A result that was signed and published; its id."""
        assessment_id = self.reviewed(standard, level, subject, assessors, choose)
        sign_off_service.sign_off(self.context, OPERATOR, assessment_id)
        return sign_off_service.publish(self.context, OPERATOR, assessment_id)

    def walks(self, staff_no: str, review_id: int, choose: Callable[[Screen], Action] | None = None) -> Turn:
        """Answer every step as `choose` says (by default: all met); ends on the summary."""
        return filled_in(self.context, ACCOUNTS[staff_no], review_id, choose or all_met)

    def finishes(self, staff_no: str, review_id: int, choose: Callable[[Screen], Action] | None = None) -> Turn:
        """Answer everything and submit."""
        turn = self.walks(staff_no, review_id, choose)
        return submission.submit(self.context, ACCOUNTS[staff_no], reference(turn), anyway=True)

    def count(self, table: type[SQLModel]) -> int:
        """How many rows a table has."""
        with self.context.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar_one()

    def state(self, assessment_id: int) -> str:
        """Where an assessment stands."""
        assessment, _, _ = looked_up(self.context, assessment_id)
        return assessment.state

    def lines(self, count: int = 1) -> list[Audit]:
        """The newest lines of the audit log, the newest first."""
        return [line for line, _, _ in audit_log.page(self.context, OPERATOR, most=count).lines]

    def owed(self) -> list[tuple[str, str, int]]:
        """Every notice that is due now, as its kind, the person's name and what it is about; none is due any more."""
        told = []
        for notice, who in queue.take_due(self.context):
            told.append((notice.kind, who.name, notice.reference))
            queue.settle(self.context, notice, "sent")
        return told

    def cells(self, *but: type[SQLModel]) -> list[tuple[str, str]]:
        """Every value of every table with the table's name, but for some tables."""
        skipped, found = {table.__tablename__ for table in but}, []
        with self.context.database.reading() as connection:
            for table in SQLModel.metadata.sorted_tables:
                rows = connection.execute(table.select()) if table.name not in skipped else ()
                found += [(table.name, str(value)) for row in rows for value in row]
        return found

    def close(self) -> None:
        """Give every connection back."""
        for context in self._contexts:
            context.database.close()


def filled_in(context: Context, telegram_id: int, review_id: int, choose: Callable[[Screen], Action]) -> Turn:
    """Answer every step as `choose` says, and stop at the summary with the review in hand. The first answer is pressed,
    the others are stored as their presses would store them, all in one transaction: a press for each would take longer
    than most tests."""
    turn = answering.open_review(context, telegram_id, review_id)
    if turn.screen is None or turn.screen.step.kind is StepKind.SUMMARY:
        return turn
    first = answering.press(context, telegram_id, reference(turn), choose(turn.screen))
    assert first.refusal is None, first.refusal
    # what else somebody chooses may be otherwise the next time
    walk = _to_the_summary if choose is all_met else _to_the_summary.__wrapped__
    with context.database.transaction() as connection:
        row, given = first.row, tuple(stored_reviews.entries(connection, review_id))
        asked = first.plan.standard, first.plan.level
        for outcome in walk(*asked, row.position, given, context.today(), row.application_date, choose):
            stored_reviews.append(connection, row, outcome.entries, outcome.position, at=context.now())
            row = row.moved(outcome.position, "", Answers())
    return answering.shown(context, telegram_id, review_id)


@lru_cache(maxsize=64)
def _to_the_summary(  # noqa: PLR0917  # what is remembered goes by all of these
    standard: Standard,
    level: str,
    position: Position,
    given: tuple[Entry, ...],
    today: date,
    applied: date,
    choose: Callable[[Screen], Action],
) -> list[Outcome]:
    """Every step of a review that stands there, with what was given so far."""
    outcomes: list[Outcome] = []
    way, so_far = plan(standard, level), list(given)
    while (in_hand := way.steps[position.current]).kind is not StepKind.SUMMARY:
        answers = answers_of([entry for entry in so_far if entry.element == in_hand.element])
        here = Situation(way, position, answers, today, applied)
        outcomes.append(step(here, choose(view(here))))
        so_far += outcomes[-1].entries
        position = outcomes[-1].position
    return outcomes


def reference(turn: Turn) -> Reference:
    """What the buttons of the screen carry."""
    assert turn.screen is not None
    return Reference(turn.row.id, *turn.screen.reference)


def key_of(turn: Turn | None) -> str | None:
    """Why the turn was refused."""
    assert turn is not None
    return turn.refusal.key if turn.refusal else None


def all_met(screen: Screen) -> Action:
    """Everything met, every suggestion confirmed, full marks, three cases."""
    match screen.step.kind:
        case StepKind.CRITERION:
            return Action(Act.ALL_MET) if screen.together else Action(Act.MARK, "met")
        case StepKind.RATING:
            assert screen.suggestion is not None
            return Action(Act.RATE, plain(screen.suggestion))
        case StepKind.SCORE:
            return Action(Act.TEXT, " ".join(plain(subject.max) for subject in screen.subjects))
        case _ if screen.cases:
            return Action(Act.DONE)
        case _:
            return Action(Act.TEXT, "\n".join(f"2026-0{month}-01 案例{month}" for month in (7, 8, 9)))


def titled(title: str) -> Callable[[Screen], Action]:
    """Everything met, and one case of this title."""

    def choose(screen: Screen) -> Action:
        if screen.step.kind is StepKind.CASES:
            return Action(Act.DONE) if screen.cases else Action(Act.TEXT, f"2026-07-01 {title}")
        return all_met(screen)

    return choose


def refused(key: str) -> "pytest.RaisesExc[QualifyError]":
    """The block is refused with this sentence."""
    return pytest.raises(QualifyError, match=rf"^{key}\(")


def looked_up(context: Context, assessment_id: int) -> tuple[Assessment, Person, list[tuple[Review, str]]]:
    """An assessment as it is stored, whom it is about, and its reviews with their assessors' names."""
    with context.database.reading() as connection:
        (assessment, subject), assigned = (
            stored_assessments.with_subjects(connection, [assessment_id])[assessment_id],
            stored_reviews.of_assessment(connection, assessment_id),
        )
    return assessment, subject, assigned


def listed_scores(context: Context, person_id: int, applied: date, level: str = "") -> dict[str, Decimal]:
    """The scores of lists that count for somebody who applies on that day, by subject."""
    with context.database.reading() as connection:
        theirs = stored_assessments.exam_scores(connection, [person_id])
    fitting = facts.latest_fitting(theirs, level, applied, context.rules.score_months)
    return {subject: each.score for subject, each in fitting.items()}


def together(*calls: Callable[[], T]) -> list[T]:
    """Make all calls at the same moment, each in a thread of its own; their answers in order."""
    start = threading.Barrier(len(calls), timeout=20)

    def run(call: Callable[[], T]) -> T:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@contextmanager
def meeting_before(context: Context, statement: str) -> Iterator[None]:
    """On PostgreSQL the first two threads that are about to run `statement` wait for each other: the race really
    happens. On SQLite only one of them can be there, because a transaction that writes has the database to itself."""
    if context.database.is_embedded:
        yield
        return
    both, waits = threading.Barrier(2, timeout=20), iter((True, True))

    def wait(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.startswith(statement) and next(waits, False):
            both.wait()

    event.listen(context.database.engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(context.database.engine, "before_cursor_execute", wait)
    assert next(waits, None) is None, f"nobody met before {statement}"


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters, but for those that begin transactions."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        if not sql.startswith("BEGIN"):
            seen.append((sql, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
