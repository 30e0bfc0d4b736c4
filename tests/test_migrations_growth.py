"""What a company of the release before had is found, counted, ranked and told of after the migration, and the way back
leaves it as it was."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qualify.services.assessments import amendments, candidate_standings, listing, progress, ranking
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.context import fingerprint
from qualify.services.imports import people_list
from qualify.services.notices import content, digests, queue
from qualify.services.people import directory, joining
from qualify.services.people import directory as directory_service
from qualify.services.reviews import answering
from qualify.storage import Database
from qualify.storage.schema import downgrade, migrate
from qualify.storage.tables import NoticeKind
from qualify.workflow import AssessmentState as State
from tests.builders import SERVICE, all_marked, reviewed, scored
from tests.company import ACCOUNTS, OPERATOR, POINTS, SCALE, Company, hasty
from tests.lives import bring_to
from tests.test_migrations_data import Rows, contents, context_of, insert_rows

pytest_plugins = ["tests.company_fixtures"]
EMPLOYEE, FIRST, SECOND, GONE = 1, 2, 3, 4
MADE = datetime(2026, 10, 1, 17, tzinfo=UTC)
LATER = MADE + timedelta(hours=1)
DUE, TAKEN = date(2026, 12, 1), date(2026, 1, 1)
ONE = Decimal(1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database as the release before left it."""
    database = hasty(Database(database_url))
    migrate(database, "0003")
    insert_rows(database, before())
    yield database
    database.close()


def before() -> Rows:
    """Two batches, of the first of which one assessment was put off; one assessment by itself; two with results."""
    persons = [(EMPLOYEE, "E1", "陈晨"), (FIRST, "R1", "周明"), (SECOND, "R2", "吴倩"), (GONE, "erased-4", "—")]
    opened = {1: (MADE, DUE), 2: (MADE, DUE + timedelta(days=7)), 3: (MADE, DUE), 4: (LATER, DUE), 5: (LATER, DUE)}
    opened |= {6: (LATER + timedelta(hours=1), DUE)}
    told = [
        *[(FIRST, "reviews", 7, None), (SECOND, "reviews", 1, MADE)],  # of the first batch: its last and its first
        *[(FIRST, "reviews", 4, None), (FIRST, "reviews", 2, MADE)],  # of the second one, and a third told before
        *[(FIRST, "review", 6, None), (EMPLOYEE, "result", 1, None)],
    ]
    assigned = {1: (1, SECOND), 2: (8, FIRST), 4: (4, FIRST), 5: (5, FIRST), 6: (6, FIRST)}
    assigned |= {7: (1, FIRST), 8: (2, FIRST), 9: (3, FIRST), 10: (2, SECOND)}
    return {
        "person": [
            {"id": key, "staff_no": number, "name": name, "active": key != GONE, **dict.fromkeys(EMPTY, "")}
            | {"department": "政企客户部" if key == EMPLOYEE else "", "erased_at": MADE if key == GONE else None}
            for key, number, name in persons
        ],
        "account": [
            {"telegram_id": 100 + key, "person_id": key, "language": "zh-CN", "theme": "dark", "asked": ""}
            for key in (EMPLOYEE, FIRST)
        ],
        "assessment": [
            *(assessment(key, opened_at, due) for key, (opened_at, due) in opened.items()),
            assessment(7, MADE - timedelta(days=9), DUE, "expired", date(2025, 3, 1)),
            assessment(8, MADE - timedelta(days=5), DUE, "published", date(2026, 3, 1)),
            assessment(9, MADE - timedelta(days=4), DUE, "withdrawn", date(2026, 12, 1)),
        ],
        "review": [
            {"id": key, "assessment_id": of, "assessor_id": by, "weight": "1", "state": "open", "part": "lead"}
            | {"returned": ""}
            for key, (of, by) in assigned.items()
        ],
        "result": [result(1, 7, None), result(2, 8, "82.2"), result(3, 8, "90.0")],
        "notice": [
            {"person_id": who, "kind": kind, "reference": about, "due_at": MADE, "sent_at": sent, "outcome": ""}
            for who, kind, about, sent in told
        ],
        "exam_score": [
            {"person_id": EMPLOYEE, "standard": POINTS, "subject": subject, "score": score, "taken_on": TAKEN}
            for subject, score in (("specialist", "70"), ("product", "350"))
        ],
    }


EMPTY = ("department", "position", "level", "manager")


def assessment(
    key: int, opened_at: datetime, due: date, state: str = "open", applied: date = date(2026, 9, 1)
) -> dict[str, Any]:
    return {
        "id": key,
        "standard": POINTS,
        "version": 1,
        "structure": fingerprint(SERVICE),
        "level": "3",
        "subject_id": EMPLOYEE,
        "application_date": applied,
        "due_date": due,
        "state": state,
        "sign_off": True,
        "opened_at": opened_at,
    }


def result(key: int, assessment_id: int, composite: str | None) -> dict[str, Any]:
    figures = scored(SERVICE, "3", reviewed(assessor="周明", marks=all_marked(SERVICE, "3")))
    figures = figures.model_copy(update={"composite": None if composite is None else Decimal(composite)})
    same = {name: value for name, value in assessment(0, MADE, DUE).items() if name in SAME}
    same |= {"at": MADE, "published_at": MADE, "valid_until": date(2026, 1, 1) if key == 1 else date(2030, 1, 1)}
    return {"id": key, "assessment_id": assessment_id, "figures": figures.model_dump_json(), "own": "{}", **same}


SAME = ("standard", "version", "structure", "level", "subject_id")


def test_what_was_opened_at_once_is_a_batch_and_its_notices_name_it(database: Database) -> None:
    migrate(database)
    after = contents(database)
    batches = {row["id"]: row["batch_id"] for row in after["assessment"]}
    first, second, third = batches[1], batches[4], batches[8]
    assert batches == {1: first, 2: first, 3: first, 4: second, 5: second, 6: None, 7: None, 8: third, 9: None}
    assert {row["id"]: row["opened_at"].replace(tzinfo=UTC) for row in after["batch"]} == {
        first: MADE, second: LATER, third: MADE - timedelta(days=5),
    }  # fmt: skip
    named = [(row["person_id"], row["kind"], row["reference"]) for row in after["notice"]]
    assert named == [
        *[(FIRST, "reviews", first), (SECOND, "reviews", first), (FIRST, "reviews", second), (FIRST, "reviews", third)],
        *[(FIRST, "review", 6), (EMPLOYEE, "result", 1)],
    ]


def test_who_is_still_to_be_told_of_a_batch_is_told_of_all_of_it_and_the_next_batch_is_another(
    database: Database,
) -> None:
    migrate(database)
    context = context_of(database)
    told = [notice for notice, _ in queue.take_due(context) if notice.kind == NoticeKind.REVIEWS]
    assert sorted(sorted(content.given(context, notice)) for notice in told) == [[4, 5], [7, 8, 9]]
    _hire(database)
    opening = Opening(SCALE, "4", "", (("R1", ONE),), DUE)
    openings.open_batch(context, OPERATOR, opening, "新部")
    (new,) = [notice for notice, _ in queue.take_due(context)]
    assert len(content.given(context, new)) == 2
    assert new.reference not in {notice.reference for notice in told}


def _hire(database: Database) -> None:
    """One more person, a department of two, and an assessor."""
    person = {"id": 9, "staff_no": "N9", "name": "马超", "active": True, **dict.fromkeys(EMPTY, "")}
    person["department"] = "新部"
    insert_rows(database, {"person": [person], "person_role": [{"person_id": FIRST, "role": "assessor"}]})
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE person SET department = '新部' WHERE id = 3")
        if not database.is_embedded:  # the rows above were numbered by hand
            for table in ("assessment", "review", "notice"):
                last = f"(SELECT max(id) FROM {table})"
                connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")


def test_everybody_is_found_counted_ranked_and_reminded_as_before(database: Database) -> None:
    migrate(database)
    context = context_of(database)
    page = directory.page(context, OPERATOR, most=9)
    assert ([(each.name, each.joined) for each in page.people], page.total, page.not_joined) == (
        [("陈晨", True), ("周明", True), ("吴倩", False)], 3, 1,
    )  # fmt: skip
    found = {words: directory.find(context, OPERATOR, words, most=9).total for words in ("晨", "r", "企客", "erased")}
    assert found == {"晨": 1, "r": 2, "企客": 1, "erased": 0}
    assert directory_service.departments(context, OPERATOR) == ["政企客户部"]
    listed = listing.page(context, OPERATOR, ((State.OPEN,),), most=9).lines
    assert [each.id for each in listed] == [1, 3, 4, 5, 6, 2]
    owing = progress.page(context, OPERATOR, most=9, reviews_each=9).people
    assert [(each.assessor.id, each.reviews) for each in owing] == [(SECOND, 2), (FIRST, 7)]
    assert [row.id for row in answering.owed(context, FIRST)] == []  # without the role
    ranked = ranking.ranking_page(context, OPERATOR, POINTS, "3", 2026, most=9).ranked
    assert ranked == [], "the last application has no result: only a standard knows where it stands"
    digests.plan_today(context)
    ranked = ranking.ranking_page(context, OPERATOR, POINTS, "3", 2026, most=9).ranked
    assert [(row.assessment_id, str(row.composite)) for row in ranked] == [(6, "70.0")]
    ranked = ranking.ranking_page(context, OPERATOR, POINTS, "3", 2025, most=9).ranked
    assert [(row.assessment_id, row.composite) for row in ranked] == [(7, None)]
    amendments.withdraw(context, OPERATOR, 6)
    for key in (5, 4, 3, 2, 1):
        amendments.withdraw(context, OPERATOR, key)
    ranked = ranking.ranking_page(context, OPERATOR, POINTS, "3", 2026, most=9).ranked
    assert [(row.assessment_id, str(row.composite)) for row in ranked] == [(8, "90.0")], "of its newest result"


def test_what_had_expired_is_not_looked_at_again(database: Database) -> None:
    migrate(database)
    assert {row["id"]: row["expired"] for row in contents(database)["result"]} == {1: True, 2: False, 3: False}


def test_down_again_everything_is_as_it_was_and_up_again_too(database: Database) -> None:
    was = contents(database)
    migrate(database)
    after = contents(database)
    downgrade(database, "0003")
    assert contents(database) == was
    migrate(database)
    assert contents(database) == after


def test_what_this_release_stores_goes_down_and_comes_up_the_same(company: Company) -> None:
    """Whatever the services do, the migration would make of the older release's data."""
    for state in State:
        bring_to(company, state)
    table = "工号,姓名,部门\nN1,马超,西凉部\nN2,马岱,西凉部\n"
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", table))
    opening = Opening(POINTS, "3", "", (("R1", ONE), ("R2", ONE)), company.context.today())
    batch = openings.open_batch(company.context, OPERATOR, opening, "西凉部")
    amendments.extend(company.context, OPERATOR, batch.opened["N1"], company.context.today() + timedelta(days=5))
    joining.set_blocked(company.context, ACCOUNTS["R2"], blocked=True)
    database = company.context.database
    was = _numbered(contents(database))
    downgrade(database, "0003")
    migrate(database)
    with database.transaction() as connection:
        candidate_standings.settle(company.context, connection)
    assert _numbered(contents(database)) == was


def _numbered(rows: Rows) -> Rows:
    """The same with the batches numbered from 1 on: that is all that may differ."""
    numbers = {row["id"]: number for number, row in enumerate(rows["batch"], start=1)}
    for row in rows["batch"]:
        row["id"] = numbers[row["id"]]
    for row in rows["assessment"]:
        row["batch_id"] = numbers.get(row["batch_id"])
    for row in rows["notice"]:
        if row["kind"] == NoticeKind.REVIEWS:
            row["reference"] = numbers[row["reference"]]
    return rows
