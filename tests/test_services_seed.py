"""The made-up company of the sandbox."""

from pathlib import Path

from qualify.paths import STANDARDS
from qualify.services import Context, assessments, notices, people, results
from qualify.services.seed import COLLEAGUES, is_made_up, seed
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage.schema import migrate
from qualify.storage.tables import Entry
from tests.company import OPERATOR, ZONE, Clock, Company, hasty

pytest_plugins = ["tests.company_fixtures"]


def test_the_made_up_company_is_filled_in_once_with_a_result_to_see_and_nothing_owed(database_url: str) -> None:
    context = Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, Clock())
    migrate(context.database)
    assert not is_made_up(context)
    assert seed(context)
    before = people.listed(context, OPERATOR), assessments.listed(context, OPERATOR)
    assert not seed(context)
    assert (people.listed(context, OPERATOR), assessments.listed(context, OPERATOR)) == before
    assert len(before[0]) == len(COLLEAGUES)
    assert {line.submitted for line in before[1]} == {0, 1}
    assert is_made_up(context)
    done = next(line for line in before[1] if line.submitted)
    assert results.of_assessment(context, OPERATOR, done.id).result.total is not None
    assert notices.take_due(context) == []
    context.database.close()


def test_a_real_company_is_left_alone(small_company: Company) -> None:
    assert not seed(small_company.context)
    assert not is_made_up(small_company.context)
    assert small_company.count(Entry) == 0


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
    assert [(line.standard, line.level) for line in assessments.listed(context, OPERATOR)] == [("reception", "1")]
    database.close()
