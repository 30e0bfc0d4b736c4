"""The made-up company of the sandbox."""

from qualify.paths import STANDARDS
from qualify.services import Context, assessments, notices, people, results
from qualify.services.seed import COLLEAGUES, is_made_up, seed
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage.schema import migrate
from qualify.storage.tables import Entry
from tests.company import ZONE, Clock, Company, hasty

pytest_plugins = ["tests.company_fixtures"]


def test_the_made_up_company_is_filled_in_once_with_a_result_to_see_and_nothing_owed(database_url: str) -> None:
    context = Context(hasty(Database(database_url)), shipped(STANDARDS), ZONE, Clock())
    migrate(context.database)
    assert not is_made_up(context)
    assert seed(context)
    before = people.listed(context), assessments.listed(context)
    assert not seed(context)
    assert (people.listed(context), assessments.listed(context)) == before
    assert len(before[0]) == len(COLLEAGUES)
    assert {line.submitted for line in before[1]} == {0, 1}
    assert is_made_up(context)
    done = next(line for line in before[1] if line.submitted)
    assert results.of_assessment(context, done.id).result.total is not None
    assert notices.take_due(context) == []
    context.database.close()


def test_a_real_company_is_left_alone(small_company: Company) -> None:
    assert not seed(small_company.context)
    assert not is_made_up(small_company.context)
    assert small_company.count(Entry) == 0
