"""Administrators are told of signs that a standard may have to be adjusted: once a quarter at most."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from qualify.services.notices import digests, signs
from qualify.statistics import SignKind, SignRules
from tests.company import SCALE, Company
from tests.many_results import publish_many, results_of, ten_of

pytest_plugins = ["tests.company_fixtures"]


def told(company: Company, months: int) -> list[tuple[str, str]]:
    """Who is told of signs in so many months from the second of January on, and on which day."""
    found = []
    company.clock.time = datetime(2027, 1, 2, 1, tzinfo=UTC)
    for _ in range(30 * months):
        digests.plan_today(company.context)
        found += [(name, f"{company.clock.time:%m-%d}") for kind, name, _ in company.owed() if kind == "signs"]
        company.clock.time += timedelta(days=1)
    return found


def test_each_administrator_is_told_on_the_first_working_day_of_each_quarter(company: Company) -> None:
    ten_of(company.context)
    assert told(company, 7) == [("林雪", "01-04"), ("林雪", "04-01"), ("林雪", "07-01")]


def test_nothing_is_owed_while_there_are_too_few_results(small_company: Company) -> None:
    publish_many(small_company.context, results_of(small_company.context.standards.get(SCALE), "4", 9, 9))
    assert told(small_company, 4) == []


def test_what_is_told_holds_by_the_time_it_is_told(small_company: Company) -> None:
    company = small_company
    ten_of(company.context)
    company.clock.time = datetime(2026, 11, 22, 1, tzinfo=UTC)
    (model,) = signs.find_elsewhere(company.context.elsewhere())
    (level,) = model.levels
    assert (model.standard.id, model.yearly, level.statistics.level) == (SCALE, date(2026, 12, 1), "4")
    assert SignKind.MET_BY_MOST in {sign.kind for sign in level.signs}


def test_the_yearly_day_is_told_in_its_quarter_only_and_alone_where_nothing_else_is_noticed(
    small_company: Company,
) -> None:
    company = small_company
    ten_of(company.context, met=5)
    quiet = SignRules(met_by_most=1, met_by_few=-1, unobserved=1.1)
    company.context = replace(company.context, sign_rules=quiet)
    (model,) = signs.find(company.context)
    assert (model.yearly, model.levels) == (date(2026, 12, 1), ())
    company.clock.time += timedelta(days=60)
    assert signs.find(company.context) == []


def test_of_the_latest_version_only_its_own_results_speak(small_company: Company) -> None:
    older = small_company.context.standards.get(SCALE, 1)
    publish_many(small_company.context, results_of(older, "4", 10, 10))
    assert signs.find(small_company.context) == []
