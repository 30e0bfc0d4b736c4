"""What statistics count: published results that stand, of the scope asked for; and who may see them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from qualify.services import standard_settings
from qualify.services.assessments import item_statistics
from qualify.services.context import fingerprint
from qualify.services.people import privacy
from qualify.statistics import SignKind, SignRules
from qualify.storage import results
from qualify.storage.assessments import EVERYTHING, Scope
from qualify.storage.tables import StoredResult
from tests.company import OPERATOR, POINTS, SCALE, Company, refused
from tests.many_results import publish_many, results_of, ten_of

pytest_plugins = ["tests.company_fixtures"]


def counted(company: Company, scope: Scope = EVERYTHING) -> list[tuple[str, int, str, int]]:
    """Of which standard, version and level how many results were counted."""
    found = item_statistics.find(company.context, OPERATOR, scope)
    return [(each.standard.id, each.standard.version, each.statistics.level, each.statistics.results) for each in found]


def changed(company: Company, result_id: int, **values: Any) -> None:
    with company.context.database.transaction() as connection:
        connection.execute(update(StoredResult).where(col(StoredResult.id) == result_id).values(**values))


def test_only_the_published_result_that_stands_counts_and_nobody_who_was_erased(company: Company) -> None:
    (first, _), (second, _), (_, erased), *_ = ten_of(company.context)
    ten_of(company.context, met=9)
    assert counted(company) == [(SCALE, 2, "4", 20)]
    changed(company, second, published_at=None)
    privacy.erase_person(company.context, OPERATOR, erased)
    with company.context.database.transaction() as connection:
        replaced = results.get(connection, first)
        assert replaced is not None
        nothing_met = results_of(company.context.standards.get(SCALE), "4", 0, 1)[0].model_dump_json()
        results.add(connection, replaced.model_copy(update={"replaces_id": first, "figures": nothing_met}))
    (found,) = item_statistics.find(company.context, OPERATOR, EVERYTHING)
    met = found.statistics.items[0].met
    assert met is not None
    assert (met.results, round(met.value * met.results)) == (18, 16), "of 18 the correction and one more met nothing"


def test_the_scope_narrows_by_standard_version_level_period_and_department(company: Company) -> None:
    context = company.context
    ten_of(context, applied=date(2026, 3, 1))
    ten_of(context, level="3", applied=date(2026, 6, 30))
    publish_many(context, results_of(context.standards.get(POINTS), "3", 1, 2), department="政企客户部")
    publish_many(context, results_of(context.standards.get(SCALE, 1), "4", 1, 3))
    model, older = [(SCALE, 2, "4", 10), (SCALE, 2, "3", 10)], (SCALE, 1, "4", 3)
    assert counted(company) == [*model, older, (POINTS, 2, "3", 2)]
    assert counted(company, Scope(standard=SCALE, version=1)) == [older]
    assert counted(company, Scope(standard=SCALE, level="3")) == model[1:]
    assert counted(company, Scope(since=date(2026, 3, 1), until=date(2026, 6, 29))) == model[:1]
    assert counted(company, Scope(department="政企客户部")) == [(POINTS, 2, "3", 2)]
    with refused("error-standard-version-unknown"):
        counted(company, Scope(standard=SCALE, version=9))


def test_a_standard_that_is_gone_or_was_changed_since_is_left_out(small_company: Company) -> None:
    for result_id, _ in ten_of(small_company.context):
        changed(small_company, result_id, structure="another")
    assert counted(small_company) == []


def test_results_made_with_an_organisations_own_settings_count_with_all_others(small_company: Company) -> None:
    context, published = small_company.context, ten_of(small_company.context)
    lower = f'from: {context.today()}\ntargets: {{writing: {{"4": 2}}}}'
    own = fingerprint(standard_settings.keep(context, OPERATOR, SCALE, lower, "own.yaml").made)
    for result_id, _ in published[:5]:
        changed(small_company, result_id, structure=own)
    assert counted(small_company) == [(SCALE, 2, "4", 10)]


@pytest.mark.parametrize("staff_no", ["R1", "E1"])
def test_only_administrators_see_statistics(small_company: Company, staff_no: str) -> None:
    with refused("error-forbidden"):
        item_statistics.find(small_company.context, small_company.actor(staff_no), EVERYTHING)
    assert item_statistics.find(small_company.context, small_company.actor("A1"), EVERYTHING) == []


def test_another_process_finds_the_same_by_the_organisations_own_limits(small_company: Company) -> None:
    ten_of(small_company.context, met=8)
    admin, rules = small_company.actor("A1"), SignRules(met_by_most=0.8)
    strict = replace(small_company.context, sign_rules=rules)
    (found,) = item_statistics.find_elsewhere(strict.elsewhere(), admin, EVERYTHING)
    assert SignKind.MET_BY_MOST in {sign.kind for sign in found.signs}
    (found,) = item_statistics.find(small_company.context, admin, EVERYTHING)
    assert SignKind.MET_BY_MOST not in {sign.kind for sign in found.signs}


def test_reading_takes_as_many_looks_as_there_are_parts(
    small_company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(item_statistics, "AT_A_TIME", 4)
    ten_of(small_company.context)
    assert counted(small_company) == [(SCALE, 2, "4", 10)]
