"""Who of many lacks what an applicant must bring: from what lists say, and from results that were published."""

import json
from datetime import date, timedelta

import pytest

from qualify.services.assessments import eligibility, sign_off
from qualify.services.imports import people_list
from qualify.services.people import keeping
from qualify.storage import people, results
from qualify.storage.tables import StoredResult
from tests.company import OPERATOR, Company, statements
from tests.eligible import FIELD, asking_standards

pytest_plugins = ["tests.company_fixtures"]


@pytest.fixture
def asking(company: Company) -> Company:
    """The company with the standard that asks something; E1 came three years ago and was appraised well."""
    company.context = company.restarted(asking_standards(company.folder))
    keeping.change(company.context, OPERATOR, "E1", {"hired_on": "2023-11-22", "appraisals": "A、B、D"})
    return company


def lacks(company: Company, level: str = "two", department: str = "政企客户部") -> dict[str, list[str]]:
    """By staff number what those of the department lack who lack something, by the end of each key."""
    context = company.context
    with context.database.reading() as connection:
        everybody = people.of_department(connection, department)
        found = eligibility.lacking(
            context, connection, context.standards.get(FIELD), level, everybody, applied=context.today()
        )
    return {each.person.staff_no: [lack.key.removeprefix("eligibility-") for lack in each.lacks] for each in found}


def test_who_lacks_something_is_named_with_what_it_is(asking: Company) -> None:
    keeping.change(asking.context, OPERATOR, "R1", {"hired_on": "2026-03-01", "appraisals": "C"})
    assert lacks(asking) == {
        "E1": ["level-none"],
        "E2": ["service-unknown", "appraisals-unknown", "level-none"],
        "R1": ["service-short", "appraisals-other", "level-none"],
    }
    assert lacks(asking, "one") == {"E2": ["service-unknown"], "R1": ["service-short"]}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "zh-CN",
            "周明（R1）：工龄要满 2 年，2026-03-01 入职，2028-03-01 才满；最近 2 次考核要都是 A、B，其中有 C；"
            "申请时要持有有效的一级，现在没有",
        ),
        (
            "en",
            "周明 (R1): must have served 2 years; hired 2026-03-01, which is full on 2028-03-01; the last 2 appraisals "
            "must be among A, B, and there is C; must hold Level 1, still valid, and doesn’t",
        ),
    ],
)
def test_what_somebody_lacks_is_one_line(small_company: Company, language: str, line: str) -> None:
    context = small_company.restarted(asking_standards(small_company.folder))
    keeping.change(context, OPERATOR, "R1", {"hired_on": "2026-03-01", "appraisals": "C"})
    with context.database.reading() as connection:
        person = people.by_staff_no(connection, "R1")
        assert person is not None
        standard, applied = context.standards.get(FIELD), context.today()
        (found,) = eligibility.lacking(context, connection, standard, "two", [person], applied=applied)
    assert found.say(language) == line


def test_a_level_is_held_once_its_result_is_published_and_long_enough(asking: Company) -> None:
    asking.published(FIELD, "one", "E1")
    assert lacks(asking)["E1"] == ["level-short"]
    asking.clock.time += timedelta(days=364)
    assert lacks(asking)["E1"] == ["level-short"]
    asking.clock.time += timedelta(days=1)  # 2026-11-22 + 12 months = 2027-11-22
    assert "E1" not in lacks(asking)
    asking.clock.time += timedelta(days=366)  # valid for 24 months, to 2028-11-22, that day in
    assert "E1" not in lacks(asking)
    asking.clock.time += timedelta(days=1)
    assert lacks(asking)["E1"] == ["level-none"]


def test_a_result_that_nobody_published_holds_nothing(asking: Company) -> None:
    asking.reviewed(FIELD, "one", "E1")
    assert lacks(asking)["E1"] == ["level-none"]


def test_a_signature_that_does_not_grant_the_level_holds_nothing(asking: Company) -> None:
    assessment_id = asking.reviewed(FIELD, "one", "E1")
    sign_off.sign_off(asking.context, OPERATOR, assessment_id, sign_off.NOT_GRANTED, "资料不全")
    sign_off.publish(asking.context, OPERATOR, assessment_id)
    assert lacks(asking)["E1"] == ["level-none"]


def corrects(company: Company, result_id: int, *, granted: bool = True) -> None:
    """A later result of the same assessment, published at once."""
    with company.context.database.transaction() as connection:
        stored = results.get(connection, result_id)
        assert stored is not None
        figures = stored.figures.replace('"granted":true', f'"granted":{json.dumps(granted)}')
        values = stored.model_dump() | {
            "replaces_id": stored.id,
            "published_at": company.clock.time,
            "figures": figures,
        }
        results.add(connection, StoredResult(**values))


def test_a_correction_takes_no_time_away(asking: Company) -> None:
    result_id = asking.published(FIELD, "one", "E1")
    asking.clock.time += timedelta(days=300)
    corrects(asking, result_id)
    asking.clock.time += timedelta(days=65)
    assert "E1" not in lacks(asking)


def test_a_correction_that_does_not_grant_the_level_takes_it_away(asking: Company) -> None:
    result_id = asking.published(FIELD, "one", "E1")
    asking.clock.time += timedelta(days=400)
    assert "E1" not in lacks(asking)
    corrects(asking, result_id, granted=False)
    assert lacks(asking)["E1"] == ["level-none"]


def test_a_day_of_publication_is_the_companys(asking: Company) -> None:
    asking.clock.time = asking.clock.time.replace(hour=17)  # 2026-11-23, one in the morning in Shanghai
    asking.published(FIELD, "one", "E1")
    asking.clock.time = asking.clock.time.replace(year=2027, hour=1)
    assert asking.context.today() == date(2027, 11, 22)
    assert lacks(asking)["E1"] == ["level-short"]


def test_looking_costs_the_same_however_many_they_are(asking: Company) -> None:
    rows = "".join(f"N{number},新人{number},新部,2020-01-01\n" for number in range(200))
    people_list.import_people(asking.context, OPERATOR, asking.file("more.csv", f"工号,姓名,部门,入职日期\n{rows}"))
    with statements(asking.context.database) as few:
        lacks(asking)
    with statements(asking.context.database) as many:
        assert len(lacks(asking, department="新部")) == 200
    assert len(many) == len(few) == 2
    with statements(asking.context.database) as none:
        lacks(asking, "one", department="新部")
    assert len(none) == 1, "nobody has to hold a level: only the people are read"
