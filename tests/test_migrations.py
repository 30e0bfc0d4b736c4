"""The schema by migrations: up and down with data, the same as the tables say, and safe to start twice."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from qualify.paths import STANDARDS
from qualify.services import Context, deliveries, inbox, standard_settings
from qualify.services.assessments import adopting, appeal_drafts, appeals, facts, results
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.authorization import Actor
from qualify.services.people import joining
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from qualify.services.sample_company import COLLEAGUES, seed
from qualify.services.standards import drafts
from qualify.standard import shipped
from qualify.storage import Database, audit, rescorings, settlements
from qualify.storage import results as stored
from qualify.storage.inbox import Delivery, KeptUpdate
from qualify.storage.schema import downgrade, migrate
from qualify.storage.tables import Appeal, Draft, Settlement, Signature, StoredResult
from tests.company import OPERATOR, ZONE, Clock, hasty, refused, statements, together

VERSION = "alembic_version"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = hasty(Database(database_url))
    yield database
    database.close()


def tables(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(inspect(connection).get_table_names())


def fill(database: Database) -> dict[str, int]:
    """Put rows into every table; how many each has."""
    context = Context(database, shipped(STANDARDS), ZONE, Clock())
    seed(context)
    standard_settings.keep(context, OPERATOR, "client-manager", f"from: {context.today()}\nuntaken: 1", "own.yaml")
    joining.invite(context, OPERATOR, "Q008")
    account = COLLEAGUES[1].telegram_id
    assessor = joining.find(context, account)
    row = answering.owed(context, assessor.person_id)[0]
    answering.open_review(context, account, row.id)
    delivered = replace(context, delivery=Delivery(7, 1, account))
    deliveries.once("write", answering.write, delivered, account, "当面谈过")
    inbox.keep(context, 7, [KeptUpdate(2, account, "{}")])
    _around_a_review(context)
    opening = Opening("client-manager", "4", "", (("Q003", Decimal(1)),), context.today())
    openings.open_batch(context, OPERATOR, opening, "政企客户部")
    return counts(database)


def counts(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }


def _around_a_review(context: Context) -> None:
    """A signature, something settled, an appeal, a form half filled in, and what a list has changed."""
    admin, subject = Actor(joining.find(context, 1001).person_id), joining.find(context, 1006)
    result = results.latest(context, subject.person_id)
    proof = Attachment("photo", "拜访记录", "AgAC1")
    appeal_drafts.add(context, Actor(subject.person_id), result.id, proof)
    appeals.appeal(context, Actor(subject.person_id), result.id, "请再看一下客户拜访。")
    with context.database.transaction() as connection:
        stored.sign(connection, Signature(result_id=result.id, person_id=admin.person_id, at=context.now()))
        decided = facts.score_settlement(Decimal(45), [Decimal(45), Decimal(85)])
        about = {"assessment_id": result.stored.assessment_id, "kind": facts.SCORE, "subject": "law"}
        settlements.add(connection, Settlement(**about, value=decided, at=context.now()))
        connection.execute(insert(Draft).values(telegram_id=1001, content="{}"))
        rescorings.add(connection, [result.stored.assessment_id], audit.newest(connection, 1)[0][0].id, context.now())
    second = shipped(STANDARDS).get("client-manager", 2)
    drafts.take_in(context, admin, second.model_copy(update={"version": 3}))
    adopting.adopt(context, admin, result.standard.id, 1, context.today())


def test_migrations_make_exactly_the_tables_that_the_code_knows(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(compared, SQLModel.metadata) == []


def test_indexes_for_some_rows_only_are_for_those_rows(database: Database) -> None:
    migrate(database)
    column = "sql" if database.is_embedded else "indexdef"
    source = "sqlite_master WHERE name" if database.is_embedded else "pg_indexes WHERE indexname"
    with database.reading() as connection:
        found = connection.execute(text(f"SELECT {column} FROM {source} = 'ix_notice_look_at'")).scalar_one()
    assert "look_at IS NOT NULL" in found


def test_the_schema_goes_down_and_up_again_with_rows_in_every_table(database: Database) -> None:
    migrate(database)
    rows = fill(database)
    assert {name for name, count in rows.items() if count == 0} == set()
    downgrade(database, "base")
    assert tables(database) == {VERSION}
    migrate(database)
    assert tables(database) == {*rows, VERSION}
    assert fill(database) == rows


def test_of_several_appeals_in_an_assessment_the_older_release_keeps_the_last(database: Database) -> None:
    migrate(database)
    fill(database)
    with database.transaction() as connection:
        first = connection.execute(select(Appeal.__table__)).mappings().one()  # type: ignore[attr-defined]
        made = connection.execute(select(StoredResult.__table__)).mappings().first()  # type: ignore[attr-defined]
        assert made is not None
        later = {**made, "id": 900, "assessment_id": first["assessment_id"], "replaces_id": first["result_id"]}
        connection.execute(insert(StoredResult).values(later))
        connection.execute(insert(Appeal).values({**first, "id": 901, "result_id": 900}))
    downgrade(database, "0011")
    with database.reading() as connection:
        assert connection.execute(text("SELECT id FROM appeal")).scalars().all() == [901]
    migrate(database)
    with database.reading() as connection:
        assert connection.execute(text("SELECT id FROM appeal")).scalars().all() == [901]


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    rows = fill(database)
    with statements(database) as seen:
        migrate(database)
    assert {sql.split()[0] for sql, _ in seen} <= {"SELECT", "PRAGMA"}
    assert counts(database) == rows


def test_a_migration_that_breaks_leaves_nothing_behind(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE review (in_the_way int)"))
    with pytest.raises(DBAPIError, match="already exists"):
        migrate(database)
    assert tables(database) == {"review"}


def test_a_database_of_a_newer_release_is_refused_and_left_alone(database: Database) -> None:
    migrate(database)
    with database.transaction() as connection:
        connection.execute(text(f"UPDATE {VERSION} SET version_num = '9999'"))
    before = tables(database)
    for attempt in (lambda: migrate(database), lambda: downgrade(database, "base")):
        with refused("error-database-newer"):
            attempt()
    assert tables(database) == before


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(3)]
    together(*[lambda database=database: migrate(database) for database in databases])
    with databases[0].reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() is not None
    for database in databases:
        database.close()
