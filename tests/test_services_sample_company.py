"""The made-up company of the sandbox."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from qualify.access import Role
from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.services.assessments import listing, results
from qualify.services.imports import people_list
from qualify.services.notices import queue
from qualify.services.people import directory, joining, privacy, roles
from qualify.services.sample_company import COLLEAGUES, is_made_up, refuse_others, seed
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage.schema import downgrade, migrate, tables
from qualify.storage.tables import StoredEntry
from tests.company import OPERATOR, ZONE, Clock, Company, hasty, refused

pytest_plugins = ["tests.company_fixtures"]


def test_the_made_up_company_is_filled_in_once_with_a_result_to_see_and_nothing_owed(database_url: str) -> None:
    context = Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, Clock())
    migrate(context.database)
    assert not is_made_up(context)
    assert seed(context)
    before = directory.listed(context, OPERATOR), listing.listed(context, OPERATOR)
    assert not seed(context)
    assert (directory.listed(context, OPERATOR), listing.listed(context, OPERATOR)) == before
    assert len(before[0]) == len(COLLEAGUES)
    assert {line.submitted for line in before[1]} == {0, 1}
    assert is_made_up(context)
    done = next(line for line in before[1] if line.submitted)
    assert results.of_assessment(context, OPERATOR, done.id).result.total is not None
    assert queue.take_due(context) == []
    context.database.close()


def test_a_real_company_is_left_alone(small_company: Company) -> None:
    assert not seed(small_company.context)
    assert not is_made_up(small_company.context)
    assert small_company.count(StoredEntry) == 0


def made_up(database_url: str) -> Context:
    """The made-up company, just filled in."""
    context = Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, Clock())
    migrate(context.database)
    seed(context)
    return context


def run(context: Context, *statements: str) -> None:
    with context.database.transaction() as connection:
        for statement in statements:
            connection.execute(text(statement))


def everybody_is_renamed(context: Context, folder: Path) -> None:
    table = folder / "people.csv"
    rows = [f"{colleague.staff_no},某{colleague.staff_no}" for colleague in COLLEAGUES]
    table.write_text("\n".join(["工号,姓名", *rows]), encoding="utf-8")
    people_list.import_people(context, OPERATOR, table)


def a_company_is_imported(context: Context, folder: Path) -> None:
    table = folder / "people.csv"
    table.write_text("工号,姓名,角色\nE1,陈晨,员工\nA1,林雪,管理员\n", encoding="utf-8")
    people_list.import_people(context, OPERATOR, table)


def everybody_is_erased(context: Context, folder: Path) -> None:
    a_company_is_imported(context, folder)
    roles.set_roles(context, OPERATOR, "A1", [Role.ADMIN])
    for line in listing.listed(context, OPERATOR):
        run(context, f"UPDATE review SET state = 'submitted' WHERE assessment_id = {line.id}")
    for colleague in COLLEAGUES:
        privacy.erase_person(context, OPERATOR, colleague.staff_no)


def an_earlier_release_filled_it(context: Context, folder: Path) -> None:
    everybody_is_renamed(context, folder)
    downgrade(context.database, "0001")
    migrate(context.database)


def it_is_of_the_first_release(context: Context, _: Path) -> None:
    downgrade(context.database, "0001")


@pytest.mark.parametrize(
    "change",
    [
        everybody_is_renamed,
        a_company_is_imported,
        everybody_is_erased,
        an_earlier_release_filled_it,
        it_is_of_the_first_release,
    ],
)
def test_the_made_up_company_is_known_whatever_became_of_it(
    database_url: str, tmp_path: Path, change: Callable[[Context, Path], None]
) -> None:
    context = made_up(database_url)
    change(context, tmp_path)
    assert is_made_up(context)
    refuse_others(context)
    context.database.close()


def nothing(_: Context) -> None:
    """A database that was only just made."""


def it_was_used_and_taken_back(context: Context) -> None:
    migrate(context.database)
    downgrade(context.database, "base")


def tables_without_anybody(context: Context) -> None:
    migrate(context.database)


@pytest.mark.parametrize("change", [nothing, it_was_used_and_taken_back, tables_without_anybody])
def test_the_sandbox_takes_a_database_that_nobody_uses(database_url: str, change: Callable[[Context], None]) -> None:
    context = Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, Clock())
    change(context)
    assert not is_made_up(context)
    refuse_others(context)
    context.database.close()


def a_person(context: Context) -> None:
    migrate(context.database)
    run(
        context,
        "INSERT INTO person (staff_no, name, department, position, level, active)"
        " VALUES ('E1', '陈晨', '', '', '', true)",
    )


def a_person_of_the_first_release(context: Context) -> None:
    a_person(context)
    downgrade(context.database, "0001")


def somebody_who_pressed_start(context: Context) -> None:
    migrate(context.database)
    joining.meet(context, 4242, "zh")


def nobody_left(context: Context) -> None:
    migrate(context.database)
    run(context, "INSERT INTO audit (at, operator, action, record) VALUES ('2026-11-22', 'root', 'import', 'person')")


def another_program(context: Context) -> None:
    run(context, "CREATE TABLE song (title TEXT)")


@pytest.mark.parametrize(
    "change",
    [a_person, a_person_of_the_first_release, somebody_who_pressed_start, nobody_left, another_program],
)
def test_the_sandbox_refuses_what_somebody_uses_and_changes_nothing(
    database_url: str, change: Callable[[Context], None]
) -> None:
    context = Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, Clock())
    change(context)
    with context.database.reading() as connection:
        before = tables(connection)
    with refused("settings-not-made-up"):
        refuse_others(context)
    with context.database.reading() as connection:
        assert tables(connection) == before
    assert not is_made_up(context)
    context.database.close()


OWN = """
id: reception
version: 1
name: {zh: 前台, en: Reception}
rating: {kind: points}
levels: [{id: "1", name: {zh: 一级, en: Level 1}}]
modules:
  - id: all
    name: {zh: 全部, en: All}
    elements:
      - id: greeting
        name: {zh: 迎客, en: Greeting}
        points: {"1": 100}
        levels: {"1": {criteria: [{id: greeting.1, text: {zh: 微笑。, en: Smiles.}}]}}
"""


def test_a_company_with_its_own_standards_only_gets_a_review_by_each_of_them(tmp_path: Path) -> None:
    file = tmp_path / "standards" / "reception" / "v1.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(OWN, encoding="utf-8")
    database = hasty(Database(f"sqlite:///{tmp_path / 'try.sqlite3'}"))
    context = Context(database, shipped(tmp_path / "standards"), ZONE, Clock())
    migrate(database)
    assert seed(context)
    assert [(line.standard, line.level) for line in listing.listed(context, OPERATOR)] == [("reception", "1")]
    database.close()
