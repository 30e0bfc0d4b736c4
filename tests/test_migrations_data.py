"""What a company had before a migration it still has afterwards, in the words of the newer release; and back again."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import MetaData, insert, select, text

from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.services.assessments import listing, progress, results
from qualify.services.context import fingerprint
from qualify.services.people import joining
from qualify.services.reviews import answering, evidence
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage import reviews as stored_reviews
from qualify.storage.schema import downgrade, migrate
from qualify.workflow import AssessmentState as State
from tests.builders import CLIENT, all_marked, reviewed, scored
from tests.company import OPERATOR, SCALE, ZONE, Clock, Company, hasty
from tests.lives import bring_to

pytest_plugins = ["tests.company_fixtures"]
SUBJECT, FIRST, SECOND = 1, 2, 3
MADE = datetime(2026, 10, 1, 17, tzinfo=UTC)
LEAP_DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]
PEOPLE = [(SUBJECT, "E1", "陈晨", "employee"), (FIRST, "R1", "周明", "assessor"), (SECOND, "R2", "吴倩", "assessor")]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database as the release before left it."""
    database = hasty(Database(database_url))
    migrate(database, "0002")
    insert_rows(database, _before())
    yield database
    database.close()


def _before() -> Rows:
    """Two completed assessments, one with several assessors that is half answered, and one that nobody began."""
    states = {1: "completed", 2: "completed", 3: "open", 4: "open"}
    assigned = {1: (1, FIRST, "submitted"), 2: (1, SECOND, "submitted"), 3: (2, FIRST, "submitted")}
    assigned |= {4: (3, SECOND, "open"), 5: (3, FIRST, "open"), 6: (4, FIRST, "open")}
    answers = {"given": "mark", "element": "achievement", "value": "met", "frontier": 1, "at": MADE}
    return {
        "person": [
            {"id": key, "staff_no": staff_no, "name": name, "active": True, **dict.fromkeys(_EMPTY, "")}
            for key, staff_no, name, _ in PEOPLE
        ],
        "person_role": [{"person_id": key, "role": role} for key, _, _, role in PEOPLE],
        "account": [
            {"telegram_id": 100 + key, "person_id": key, "language": "zh-CN", "theme": "dark"} for key, *_ in PEOPLE
        ],
        "assessment": [_assessment(key, state) for key, state in states.items()],
        "review": [
            {"id": key, "assessment_id": of, "assessor_id": by, "weight": "1", "state": state, "submitted_at": None}
            for key, (of, by, state) in assigned.items()
        ],
        "entry": [{"review_id": 4, "revision": 1, "key": "achievement.4.1", "person_id": SECOND, **answers}],
        "result": [_result(1, 1, MADE, "周明", "吴倩"), _result(2, 2, LEAP_DAY, "周明")],
    }


_EMPTY = ("department", "position", "level", "manager")


def _assessment(key: int, state: str) -> dict[str, Any]:
    return {
        "id": key,
        "standard": SCALE,
        "version": 1,
        "structure": fingerprint(CLIENT),
        "level": "4",
        "subject_id": SUBJECT,
        "application_date": date(2026, 9, 1),
        "due_date": date(2026, 12, 1),
        "state": state,
        "opened_at": MADE,
    }


def _result(key: int, assessment_id: int, at: datetime, *assessors: str) -> dict[str, Any]:
    marks = all_marked(CLIENT, "4")
    figures = scored(CLIENT, "4", *(reviewed(assessor=name, marks=marks) for name in assessors))
    of = {name: value for name, value in _assessment(0, "").items() if name in _SAME}
    return {"id": key, "assessment_id": assessment_id, "figures": figures.model_dump_json(), "at": at, **of}


_SAME = ("standard", "version", "structure", "level", "subject_id")


def insert_rows(database: Database, rows: Rows) -> None:
    """Into the tables as they are in the database, not as the code knows them."""
    with database.transaction() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table, values in rows.items():
            connection.execute(insert(tables.tables[table]), values)


def contents(database: Database) -> Rows:
    """Every row of every table, as the database has it."""
    with database.reading() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables.sorted_tables
        }


def context_of(database: Database) -> Context:
    return Context(database, shipped(STANDARDS), ZONE, Clock())


def test_what_was_completed_is_published_and_what_was_begun_is_in_progress(database: Database) -> None:
    migrate(database)
    states = {each.id: each.state for each in listing.listed(context_of(database), OPERATOR)}
    assert states == {1: State.PUBLISHED, 2: State.PUBLISHED, 3: State.IN_PROGRESS, 4: State.OPEN}
    after = contents(database)
    assert [row["sign_off"] for row in after["assessment"]] == [False] * 4
    assert [row["part"] for row in after["review"]] == ["lead", "member", "lead", "lead", "member", "lead"]
    assert {table: after[table] for table in ("appeal", "audit", "draft", "signature")} == {
        table: [] for table in ("appeal", "audit", "draft", "signature")
    }


def test_a_result_that_was_there_is_its_employees_as_before_valid_for_two_years_and_not_appealed_any_more(
    database: Database,
) -> None:
    migrate(database)
    shown = results.seen_by(context_of(database), SUBJECT, 1)
    assert (shown.stored.published_at, shown.stored.appeal_until) == (MADE, MADE)
    assert (shown.stored.valid_until, shown.signed, shown.own) == (date(2028, 10, 1), None, {})
    assert (shown.may_acknowledge, shown.may_appeal) == (True, False)
    assert results.seen_by(context_of(database), SUBJECT, 2).stored.valid_until == date(2026, 2, 28)
    assert [each.id for each in results.history(context_of(database), SUBJECT)] == [2, 1]


def test_a_half_answered_review_goes_on_and_its_last_submission_publishes_as_before(database: Database) -> None:
    migrate(database)
    context = context_of(database)
    turn = answering.open_review(context, 100 + SECOND, 4)
    assert (turn.row.position.revision, turn.row.part) == (1, "lead")
    assert joining.find(context, 100 + SECOND).theme == "dark"  # type: ignore[union-attr]
    assert [owing.row.id for owing in progress.owed(context, OPERATOR)] == [4, 5, 6]


def test_down_again_everything_is_as_it_was_and_up_again_too(database: Database) -> None:
    before = contents(database)
    migrate(database)
    after = contents(database)
    downgrade(database, "0002")
    assert contents(database) == before
    migrate(database)
    assert contents(database) == after


def test_notes_and_answers_of_messages_stay_when_messages_are_known_by_their_updates(database: Database) -> None:
    migrate(database, "0004")
    note = {"review_id": 4, "element": "achievement", "kind": "note", "file_id": "", "at": MADE}
    notes = [note | {"text": text, "message_id": number} for number, text in ((7, "一"), (8, "二"))]
    typed = {"review_id": 4, "revision": 2, "given": "rating", "element": "achievement", "key": "", "value": "4"}
    rest = {"frontier": 2, "person_id": SECOND, "at": MADE, "message_id": 9}
    insert_rows(database, {"evidence": notes, "entry": [typed | rest]})
    before = contents(database)
    migrate(database)
    after = contents(database)
    assert [(row["review_id"], row["text"]) for row in after["evidence"]] == [(4, "一"), (4, "二")]
    assert [(row["revision"], row["value"], row["update_id"]) for row in after["entry"]] == [
        (1, "met", None),
        (2, "4", None),
    ]
    assert answering.open_review(context_of(database), 100 + SECOND, 4).row.position.revision == 2
    downgrade(database, "0004")
    unnumbered = {"evidence": [-1, -2], "entry": [None, None]}
    for table, numbers in unnumbered.items():
        known = zip(before[table], numbers, strict=True)
        assert contents(database)[table] == [row | {"message_id": number} for row, number in known]


def test_evidence_from_before_can_be_opened_and_what_was_taken_back_is_not_shown_again_on_the_way_back(
    database: Database,
) -> None:
    migrate(database, "0005")
    note = {"review_id": 4, "element": "achievement", "kind": "photo", "file_id": "f", "at": MADE}
    insert_rows(database, {"evidence": [note | {"text": text} for text in ("一", "二")]})
    before = contents(database)["evidence"]
    migrate(database)
    context = context_of(database)
    with database.reading() as connection:
        first, second = stored_reviews.evidence_of(connection, 4)
    assert evidence.opened(context, OPERATOR, first.id).evidence.file_id == "f"
    evidence.take_back(context, 100 + SECOND, second.id)
    downgrade(database, "0005")
    assert contents(database)["evidence"] == [before[0], before[1] | {"text": "", "file_id": ""}]


def test_the_way_back_leaves_only_what_the_older_release_knows(company: Company) -> None:
    lives = {state: bring_to(company, state) for state in State}
    database = company.context.database
    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM review WHERE part = 'lead'").scalar_one()
    try:
        downgrade(database, "0002")
        rows = contents(database)
    finally:
        migrate(database)
    states = {row["id"]: row["state"] for row in rows["assessment"]}
    owed = {State.OPEN, State.IN_PROGRESS, State.RETURNED}
    assert states == {life.assessment_id: "open" if state in owed else "completed" for state, life in lives.items()}
    assert {row["state"] for row in rows["review"]} == {"open", "submitted"}
    assert len(rows["review"]) == kept - 1  # without the one that was withdrawn, and nobody's own
    assert {row["kind"] for row in rows["notice"]} <= {"result", "review", "reminder", "overdue"}
    again = {state: company.state(life.assessment_id) for state, life in lives.items()}
    assert (again[State.WITHDRAWN], again[State.SIGNED_OFF]) == (State.WITHDRAWN, State.PUBLISHED)
    assert (again[State.OPEN], again[State.RETURNED]) == (State.OPEN, State.IN_PROGRESS)


def test_a_form_half_filled_in_stays_beside_a_standard_that_is_tried(database: Database) -> None:
    migrate(database, "0016")
    form, trial = '{"standard": "client-manager"}', '{"trial":{"standard":"client-manager"}}'
    insert_rows(database, {"draft": [{"telegram_id": 101, "content": form}, {"telegram_id": 102, "content": trial}]})
    migrate(database)
    assert contents(database)["draft"] == [{"telegram_id": 101, "content": form, "kind": "opening"}]
    insert_rows(database, {"draft": [{"telegram_id": 101, "content": "{}", "kind": "trial"}]})
    downgrade(database, "0016")
    assert contents(database)["draft"] == [{"telegram_id": 101, "content": form}]


def test_managers_become_people_where_the_word_says_who_and_the_log_keeps_the_others(database: Database) -> None:
    migrate(database, "0005")
    words = {1: "R1", 2: "吴倩", 3: "E1", 4: "双", 5: "没有的人", 6: "C", 7: "R1", 8: ""}
    called = {4: "C", 5: "双", 6: "双", 7: "D", 8: "R9"}
    blank = {"active": True, "joined": False, **dict.fromkeys(_EMPTY, "")}
    insert_rows(
        database,
        {"person": [blank | {"id": key, "staff_no": f"N{key}", "name": name} for key, name in called.items()]},
    )
    with database.transaction() as connection:
        for key, word in words.items():
            connection.execute(text("UPDATE person SET manager = :word WHERE id = :key"), {"word": word, "key": key})
    migrate(database)
    after = contents(database)
    assert {row["id"]: row["manager_id"] for row in after["person"]} == {
        **{1: FIRST, 2: SECOND, 3: None, 4: None, 5: None, 6: 4, 7: FIRST, 8: None},
    }
    kept = {row["record_id"]: (row["action"], json.loads(row["before"])["manager"]) for row in after["audit"]}
    assert kept == {key: ("manager", words[key]) for key in (3, 4, 5)}
    downgrade(database, "0005")
    numbers = {row["id"]: row["manager"] for row in contents(database)["person"]}
    assert numbers == {1: "R1", 2: "R2", 3: "", 4: "", 5: "", 6: "N4", 7: "R1", 8: ""}
