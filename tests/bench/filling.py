"""Companies of any size, made in a minute or two: a few assessments are done through the services, all others are their
copies with everything that hangs on them: answers, result, signature, place in the ranking, notices, audit lines.

With so many finished assessments the company has half as many people, a twentieth as many assessors, a fiftieth as many
appeals, and a tenth as many assessments under way. What is due today, what waits for an answer, and what one assessor
owes is the same at every size.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from qualify.access import Role
from qualify.storage import search
from qualify.storage.tables import (
    Account,
    Appeal,
    Assessment,
    Audit,
    Candidate,
    Notice,
    Person,
    PersonRole,
    Review,
    Signature,
    StoredEntry,
    StoredResult,
)
from qualify.workflow import AssessmentState as State
from tests.company import POINTS, SCALE, Company

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)  # a Wednesday, ten in Shanghai
TODAY = NOW.date()
LEVELS = {SCALE: ("3", "2"), POINTS: ("3", "4")}
FIRST = 1000
"""The first id of copied rows."""
RARE, RARE_ONES = "殷商", 3
"""A name that three people have, whatever the size."""
REMINDED_TODAY, OWED_BY_ONE, APPEALS_WAITING = 20, 5, 10
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文波辉宇浩然子轩雨欣思远嘉怡"
NOT_TODAY = (9, 10, 11, 12, 16, 17, 18, 19)
"""For how many days a review may be overdue without causing a notice today."""
ALL = 10**6
Changed = dict[str, str | None]
"""SQL expressions by column."""
UNDER_WAY = (
    *[(State.OPEN, 0)] * 5,
    *[(State.IN_PROGRESS, 40)] * 8,
    *[(State.REVIEWED, ALL)] * 4,
    *[(State.SIGNED_OFF, ALL)] * 3,
)
"""The states of unfinished assessments, and after how many answers."""


class Copy(NamedTuple):
    """One copied assessment; its review and its result have the same number."""

    id: int
    template: int
    subject_id: int
    assessor_id: int
    state: str
    answers: int
    applied: date
    due: date
    gap: int
    opened_at: datetime


def grow(company: Company, finished: int) -> None:
    """Fill the company until it has this many finished assessments, and everything that belongs to them."""
    company.clock.time = NOW
    templates = _templates(company)
    busy, subject, admin = (company.id(staff_no) for staff_no in ("R1", "E1", "A1"))
    chance = random.Random(1)
    people, assessors = finished // 2, finished // 20
    with company.context.database.transaction() as connection:
        _hire(connection, people, assessors, chance)
        done = list(_finished(finished, assessors, templates, busy, chance))
        _copy_all(connection, done, subject)
        _copy_all(connection, list(_under_way(finished, people, assessors, templates, busy, chance)), subject)
        _appeal(connection, done[:: max(1, 50)], admin)
        _number_on(connection)


def _templates(company: Company) -> dict[tuple[str, str], int]:
    """Make a published assessment of each standard and level. Returns their ids."""
    made = {}
    for standard, levels in LEVELS.items():
        for level in levels:
            company.published(standard, level)
            with company.context.database.reading() as connection:
                made[standard, level] = connection.execute(text("SELECT max(id) FROM assessment")).scalar_one()
    return made


def _hire(connection: Connection, people: int, assessors: int, chance: random.Random) -> None:
    """Add people, nine of ten with an account; the first ones are assessors."""
    departments = [f"第{number}{kind}部" for number in range(max(3, people // 1000)) for kind in ("政企", "技术支援")]
    hired = [
        {
            "id": FIRST + number,
            "staff_no": f"P{number:06}",
            "name": RARE if number < RARE_ONES else chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
            "department": chance.choice(departments),
            "joined": number % 10 != 9,
        }
        for number in range(people)
    ]
    _store(connection, Person, ({"active": True, **_blank("position", "level"), **each} for each in hired))
    accounts = [each["id"] for each in hired if each["joined"]]
    settings = {"language": "zh-CN", "theme": "light", "asked": ""}
    _store(connection, Account, ({"telegram_id": 10**9 + key, "person_id": key, **settings} for key in accounts))
    _store(connection, PersonRole, ({"person_id": each["id"], "role": Role.EMPLOYEE.value} for each in hired))
    rating = range(FIRST, FIRST + assessors)
    _store(connection, PersonRole, ({"person_id": key, "role": Role.ASSESSOR.value} for key in rating))
    search.index(connection, {each["id"]: (each["staff_no"], each["name"], each["department"]) for each in hired})


def _blank(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "")


def _finished(
    count: int, assessors: int, templates: dict[tuple[str, str], int], busy: int, chance: random.Random
) -> Iterator[Copy]:
    """Assessments of everybody by each standard; one of a hundred was rated by the same busy assessor."""
    standards = list(LEVELS)
    for number in range(count):
        person, standard = number // 2, standards[number % 2]
        days = 30 + number % 250
        yield Copy(
            id=FIRST + number,
            template=templates[standard, LEVELS[standard][person % 2]],
            subject_id=FIRST + person,
            assessor_id=busy if number % 100 == 0 else FIRST + number * 7 % assessors,
            state=(State.PUBLISHED, State.ACKNOWLEDGED)[person % 2],
            answers=ALL,
            applied=TODAY - timedelta(days=days),
            due=TODAY - timedelta(days=days - 20),
            gap=1001 if number % 50 == 1 else chance.randrange(1000),
            opened_at=NOW - timedelta(days=days),
        )


def _under_way(  # noqa: PLR0917
    finished: int,
    people: int,
    assessors: int,
    templates: dict[tuple[str, str], int],
    busy: int,
    chance: random.Random,
) -> Iterator[Copy]:
    """Unfinished assessments: most are due later and some are overdue, on days that cause no notice today, except a
    few."""
    standards, first = list(LEVELS), FIRST + finished
    for number in range(finished // 10):
        state, answers = UNDER_WAY[number % len(UNDER_WAY)]
        person, standard = number * 3 % people, standards[number % 2]
        late = TODAY - timedelta(days=NOT_TODAY[number % 8])
        yield Copy(
            id=first + number,
            template=templates[standard, LEVELS[standard][1 - person % 2]],
            subject_id=FIRST + person,
            assessor_id=FIRST + number * 11 % assessors,
            state=state,
            answers=answers,
            applied=TODAY - timedelta(days=number % 30),
            due=late if number % 10 == 3 else TODAY + timedelta(days=10 + number % 60),
            gap=chance.randrange(1000) if answers == ALL else 1001,
            opened_at=NOW - timedelta(days=5),
        )
    for number in range(REMINDED_TODAY + OWED_BY_ONE):
        is_theirs = number < OWED_BY_ONE
        yield Copy(
            id=first + finished // 10 + number,
            template=templates[SCALE, "3"],
            subject_id=FIRST + 20 + number,
            assessor_id=busy if is_theirs else FIRST + number % 10,
            state=State.OPEN,
            answers=0,
            applied=TODAY,
            due=TODAY + timedelta(days=25 if is_theirs else 3),
            gap=1001,
            opened_at=NOW - timedelta(days=5),
        )


def _copy_all(connection: Connection, copies: list[Copy], subject: int) -> None:
    """Copy all rows that belong to the templates, once for each of the copies; within the database, row by row."""
    types = ["integer", "integer", "integer", "integer", "text", "integer", "date", "date", "integer", "timestamptz"]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(Copy._fields, types, strict=True))
    connection.execute(text(f"CREATE TEMPORARY TABLE one ({columns})"))
    _rows(connection, "one", Copy._fields, copies)
    same: Changed = {"id": "one.id", "assessment_id": "one.id", "subject_id": "one.subject_id"}
    times: Changed = {"application_date": "one.applied", "due_date": "one.due", "opened_at": "one.opened_at"}
    is_in, is_over = f"one.answers = {ALL}", "one.state IN ('published', 'acknowledged')"
    _copy(connection, Assessment, "id", same | times | {"state": "one.state"})
    handed_in: Changed = {"state": f"CASE WHEN {is_in} THEN 'submitted' ELSE 'open' END", "due_date": "one.due"}
    handed_in |= {"assessor_id": "one.assessor_id", "message_id": "NULL"}
    _copy(connection, Review, "assessment_id", same | handed_in)
    given: Changed = {"review_id": "one.id", "person_id": "one.assessor_id", "message_id": "NULL"}
    _copy(
        connection,
        StoredEntry,
        _of("review", "review_id"),
        given,
        "made.revision <= one.answers",
        order="made.revision",
    )
    place: Changed = {"person_id": "one.subject_id", "gap": "one.gap", "application_date": "one.applied"}
    _copy(connection, Candidate, "assessment_id", same | place)
    published: Changed = {
        name: f"CASE WHEN {is_over} THEN made.{name} END" for name in ("published_at", "appeal_until", "valid_until")
    }
    _copy(connection, StoredResult, "assessment_id", same | published, is_in)
    signed = f"{is_over} OR one.state = 'signed_off'"
    _copy(connection, Signature, _of("result", "result_id"), {"result_id": "one.id"}, signed)
    told: Changed = {"id": None, "person_id": "one.subject_id", "reference": "one.id"}
    sent: Changed = {"sent_at": "CASE WHEN made.kind = 'result' THEN made.due_at END"}
    sent |= {"look_at": "CASE WHEN made.kind = 'result' THEN NULL ELSE made.due_at END"}
    theirs = f"kind IN ('result', 'expires_soon', 'expires_now') AND person_id = {subject}"
    about = f"CASE WHEN {theirs} THEN {_of('result', 'reference')} END"
    _copy(connection, Notice, about, told | sent, is_over)
    changed: Changed = {"id": None, "record_id": "one.id", "at": "one.opened_at"}
    _copy(connection, Audit, "CASE WHEN record = 'assessment' THEN record_id END", changed, is_over)
    connection.execute(text("DROP TABLE one"))


def _of(table: str, key: str) -> str:
    """SQL for the assessment to which a row that names a review or a result belongs."""
    return f"(SELECT assessment_id FROM {table} AS its WHERE its.id = {key})"


def _copy(  # noqa: PLR0917
    connection: Connection,
    table: type[SQLModel],
    assessment: str,
    changed: Changed,
    condition: str = "true",
    order: str = "one.id",
) -> None:
    """Copy the templates' rows of the table, in which `assessment` says what a row belongs to, with some values
    changed; None leaves a value to the database."""
    name = table.__tablename__
    templates = ", ".join(str(row[0]) for row in connection.execute(text("SELECT DISTINCT template FROM one")))
    connection.execute(
        text(
            f"CREATE TEMPORARY TABLE made AS SELECT * FROM (SELECT *, {assessment} AS template FROM {name}) AS every"
            f" WHERE template IN ({templates})"
        )
    )
    columns = [column.name for column in table.__table__.c if changed.get(column.name, "") is not None]  # type: ignore[attr-defined]
    values = ", ".join(changed.get(column) or f"made.{column}" for column in columns)
    connection.execute(
        text(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM one"
            f" JOIN made ON made.template = one.template WHERE {condition} ORDER BY one.id, {order}"
        )
    )
    connection.execute(text("DROP TABLE made"))


def _appeal(connection: Connection, about: Sequence[Copy], admin: int) -> None:
    """Add appeals against some results; the first ones wait for an answer."""
    answered = [number >= APPEALS_WAITING for number in range(len(about))]
    moment = NOW - timedelta(days=3)
    rows = [
        {
            "id": each.id,
            "assessment_id": each.id,
            "result_id": each.id,
            "text": "请再看一下第三项。",
            "at": moment,
            "answer": "结果不变。" if is_answered else "",
            "answered_by_id": admin if is_answered else None,
            "answered_at": moment if is_answered else None,
            "reopened": False,
        }
        for each, is_answered in zip(about, answered, strict=True)
    ]
    _store(connection, Appeal, rows)
    for state, chosen in ((State.APPEALED, False), (State.ANSWERED, True)):
        ids = [each.id for each, is_answered in zip(about, answered, strict=True) if is_answered is chosen]
        connection.execute(
            text(f"UPDATE assessment SET state = '{state.value}' WHERE id IN ({', '.join(map(str, ids)) or 'NULL'})")
        )


def _number_on(connection: Connection) -> None:
    """Let the database's own numbering go on after the copies."""
    if connection.dialect.name == "postgresql":
        for name in ("person", "assessment", "review", "result", "appeal"):
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
            )


def _store(connection: Connection, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows that have the same columns."""
    rows = list(rows)
    if rows:
        _rows(connection, str(table.__tablename__), tuple(rows[0]), (tuple(row.values()) for row in rows))


def _rows(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows in the fastest way that the database has."""
    cursor = connection.connection.cursor()
    named = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copying:  # type: ignore[attr-defined]
            for row in rows:
                copying.write_row(row)
        return
    places = ", ".join("?" * len(columns))
    plain = ([_plain(value) for value in row] for row in rows)
    cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", plain)


def _plain(value: object) -> object:
    """A value in the form in which SQLAlchemy stores it in SQLite."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    return value.isoformat() if isinstance(value, date) else value
