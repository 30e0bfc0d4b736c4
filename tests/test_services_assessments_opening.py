"""Opening assessments: what is stored, who is told, and every refusal."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col

from qualify.errors import QualifyError
from qualify.services.assessments import amendments, listing
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import LeftOut, Opening
from qualify.services.imports import people_list
from qualify.services.notices import content, queue
from qualify.services.people import keeping, roles
from qualify.standard import structure_hash
from qualify.storage.rows import rows
from qualify.storage.tables import Assessment, Candidate, NoticeKind, Review
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, POINTS, SCALE, Company, looked_up, meeting_before, refused, statements, together
from tests.eligible import FIELD, asking_standards

pytest_plugins = ["tests.company_fixtures"]
ONE = Decimal(1)
NAMES = ("周明", "吴倩", "陈晨")
MORE = "工号,姓名,部门\nE3,马超,政企客户部\nE4,许诺,政企客户部\n"
OPENING = Opening(SCALE, "3", "E1", (("R1", Decimal(2)), ("R2", Decimal("0.5"))), date(2026, 12, 1))


def test_an_assessment_keeps_its_standard_its_dates_and_its_assessors_with_their_weights(company: Company) -> None:
    assessment, subject, assigned = looked_up(
        company.context, openings.open_assessment(company.context, OPERATOR, OPENING)
    )
    standard = company.context.standards.get(SCALE)
    assert (assessment.standard, assessment.version) == (standard.id, standard.version)
    assert assessment.structure == structure_hash(standard)
    assert (assessment.level, assessment.state, subject.name) == ("3", AssessmentState.OPEN, "陈晨")
    assert (assessment.application_date, assessment.due_date) == (date(2026, 11, 22), date(2026, 12, 1))
    assert assessment.opened_at == company.clock.time
    assert [(name, str(review.weight)) for review, name in assigned] == [("周明", "2"), ("吴倩", "0.5")]


def test_a_second_one_by_the_standard_is_opened_only_when_it_is_meant(company: Company) -> None:
    first = openings.open_assessment(company.context, OPERATOR, OPENING, again=False)
    with refused("error-assessment-second") as refusal:
        openings.open_assessment(company.context, OPERATOR, OPENING, again=False)
    assert refusal.value.values == {"name": "陈晨", "id": str(first)}
    openings.open_assessment(company.context, OPERATOR, replace(OPENING, subject="E2"), again=False)
    openings.open_assessment(company.context, OPERATOR, replace(OPENING, standard=POINTS), again=False)
    assert openings.open_assessment(company.context, OPERATOR, OPENING, again=True) > first


def test_each_assessor_is_told_at_once(company: Company) -> None:
    openings.open_assessment(company.context, OPERATOR, OPENING)
    due = queue.take_due(company.context)
    assert [(notice.kind, who.name) for notice, who in due] == [
        (NoticeKind.REVIEW, "周明"),
        (NoticeKind.REVIEW, "吴倩"),
    ]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"standard": "pilot"}, "error-standard-unknown"),
        ({"level": "9"}, "error-level-unknown"),
        ({"subject": "E9"}, "error-person-unknown"),
        ({"assessors": ()}, "error-assessors-missing"),
        ({"assessors": (("R9", ONE),)}, "error-person-unknown"),
        ({"subject": "R1", "assessors": (("R1", ONE),)}, "error-own-assessor"),
        ({"assessors": (("R1", ONE), ("R1", ONE))}, "error-assessor-twice"),
        ({"assessors": (("R1", ONE), ("E2", ONE))}, "error-not-assessor"),
        ({"assessors": (("R1", Decimal(0)),)}, "error-weight"),
        ({"assessors": (("R1", Decimal("NaN")),)}, "error-weight"),
        ({"assessors": (("R1", Decimal("Infinity")),)}, "error-weight"),
        ({"application_date": date(2026, 11, 23)}, "error-applied-future"),
        ({"application_date": date(1999, 12, 31)}, "error-applied-far"),
    ],
)
def test_what_can_not_be_assessed_is_refused_and_leaves_nothing(
    small_company: Company, change: dict[str, object], key: str
) -> None:
    with refused(key):
        openings.open_assessment(small_company.context, OPERATOR, replace(OPENING, **change))  # type: ignore[arg-type]
    assert (small_company.count(Assessment), small_company.count(Review)) == (0, 0)
    assert queue.take_due(small_company.context) == []


@pytest.mark.parametrize("staff_no", ["E1", "R2"])
def test_nobody_who_left_is_assessed_or_assesses(company: Company, staff_no: str) -> None:
    roles.set_active(company.context, OPERATOR, staff_no, active=False)
    with refused("error-person-unknown"):
        openings.open_assessment(company.context, OPERATOR, OPENING)
    assert company.count(Assessment) == 0


def test_the_list_goes_by_due_date_and_counts_what_is_in(company: Company) -> None:
    openings.open_assessment(company.context, OPERATOR, replace(OPENING, due=date(2026, 12, 24)))
    (review_id,) = company.opens(POINTS, "3", "E2", ["R1"])
    company.finishes("R1", review_id)
    lines = listing.listed(company.context, OPERATOR)
    assert [(line.subject, line.state, line.submitted, line.reviews) for line in lines] == [
        ("何静", AssessmentState.PUBLISHED, 1, 1),
        ("陈晨", AssessmentState.OPEN, 0, 2),
    ]


def test_the_first_assessor_leads_unless_another_one_is_named_and_the_employee_is_asked_where_wanted(
    company: Company,
) -> None:
    for lead, parts in ((None, ["lead", "member", "self"]), ("R2", ["member", "lead", "self"])):
        opening = replace(OPENING, lead=lead, self_assessment=True)
        assessment_id = openings.open_assessment(company.context, OPERATOR, opening)
        assessment, _, assigned = looked_up(company.context, assessment_id)
        assert [(review.part, name) for review, name in assigned] == list(zip(parts, NAMES, strict=True))
        assert assessment.sign_off
    told = [(kind, name) for kind, name, _ in company.owed()]
    assert sorted(told) == sorted([(NoticeKind.REVIEW, name) for name in NAMES] * 2)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"lead": "E2"}, "error-lead"),
        ({"lead": "R9"}, "error-lead"),
        ({"due": date(2026, 11, 21)}, "error-due-past"),
        ({"department": "没有这个部门"}, "error-batch-empty"),
        ({"department": "人力资源部", "assessors": (("E2", ONE),)}, "error-not-assessor"),
        ({"assessors": ()}, "error-assessors-missing"),
        ({"level": "9"}, "error-level-unknown"),
    ],
)
def test_a_batch_that_can_not_be_opened_opens_nothing(
    small_company: Company, change: dict[str, object], key: str
) -> None:
    given = {"department": "政企客户部"} | change
    department = str(given.pop("department"))
    before = small_company.cells()
    with refused(key):
        openings.open_batch(small_company.context, OPERATOR, replace(OPENING, **given), department)  # type: ignore[arg-type]
    assert small_company.cells() == before


def test_nobody_opens_a_batch_whose_result_about_themselves_nobody_signs(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("hr.csv", "工号,姓名,部门\nH2,马超,人力资源部\n"))
    waived, before = replace(OPENING, sign_off=False), company.cells()
    with refused("error-own-waived"):
        openings.open_batch(company.context, company.actor("A1"), waived, "人力资源部")
    assert company.cells() == before
    assert openings.open_batch(company.context, company.actor("A1"), waived, "政企客户部").opened
    assert len(openings.open_batch(company.context, company.actor("A1"), OPENING, "人力资源部").opened) == 2
    again = replace(waived, standard=POINTS)
    assert len(openings.open_batch(company.context, OPERATOR, again, "人力资源部").opened) == 2


def test_a_batch_opens_one_assessment_for_each_active_person_of_the_department_but_the_assessors(
    company: Company,
) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", MORE))
    roles.set_active(company.context, OPERATOR, "E3", active=False)
    batch = openings.open_batch(company.context, company.actor("A1"), OPENING, "政企客户部")
    assert (list(batch.opened), batch.left_out) == (["E1", "E2", "E4"], [])
    lines = listing.listed(company.context, OPERATOR)
    assert {(line.staff_no, line.id, line.reviews) for line in lines} == {
        (no, key, 2) for no, key in batch.opened.items()
    }
    assert [(line.action, line.person_id) for line in company.lines(3)] == [("open", company.id("A1"))] * 3


@pytest.mark.parametrize(
    "without",
    [
        LeftOut(positions=frozenset({"主管"})),
        LeftOut(levels=frozenset({"T9"})),
        LeftOut(staff_numbers=frozenset({"E1"})),
    ],
    ids=lambda without: next(name for name, value in without._asdict().items() if value),
)
def test_a_batch_leaves_out_whom_it_is_told_to_by_position_level_or_number(company: Company, without: LeftOut) -> None:
    keeping.change(company.context, OPERATOR, "E1", {"position": "主管", "level": "T9"})
    newcomer = "工号,姓名,部门,岗位\nN1,许诺,政企客户部,经理\n"
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", newcomer))
    everybody = replace(OPENING, assessors=(("R2", Decimal(1)),))
    opened = openings.open_batch(company.context, OPERATOR, everybody, "政企客户部", without).opened
    assert "E1" not in opened
    assert "N1" in opened


def test_of_a_batch_an_assessor_is_owed_one_message_that_knows_all_of_it(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", MORE))
    company.opens(SCALE, "4", "E2", ["R1"])  # of another level, and not of the batch
    batch = openings.open_batch(company.context, OPERATOR, OPENING, "政企客户部")
    assert len(batch.opened) > 1
    told = [notice for notice, _ in queue.take_due(company.context) if notice.kind == NoticeKind.REVIEWS]
    assert sorted(notice.person_id for notice in told) == sorted(map(company.id, ("R1", "R2")))
    assert [len(content.given(company.context, notice)) for notice in told] == [len(batch.opened)] * 2


def test_a_batch_stays_one_when_one_of_it_is_put_off(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", MORE))
    batch = openings.open_batch(company.context, OPERATOR, OPENING, "政企客户部")
    openings.open_batch(company.context, OPERATOR, replace(OPENING, standard=POINTS), "政企客户部")
    (first, *_) = batch.opened.values()
    amendments.extend(company.context, OPERATOR, first, OPENING.due + timedelta(days=7))
    told = [notice for notice, _ in queue.take_due(company.context) if notice.kind == NoticeKind.REVIEWS]
    assert [len(content.given(company.context, notice)) for notice in told] == [len(batch.opened)] * 4


def test_who_has_an_unfinished_assessment_by_the_same_standard_is_left_out_of_a_batch(company: Company) -> None:
    company.opens(SCALE, "4", "E1", sign_off=True)
    company.opens(POINTS, "3", "E2", sign_off=True)
    batch = openings.open_batch(company.context, OPERATOR, OPENING, "政企客户部")
    assert (list(batch.opened), [person.staff_no for person in batch.left_out]) == (["E2"], ["E1"])
    with refused("error-batch-empty"):
        openings.open_batch(company.context, OPERATOR, OPENING, "政企客户部")


def test_who_has_a_published_result_is_in_the_next_batch(company: Company) -> None:
    company.published(SCALE, "4", "E1")
    assert list(openings.open_batch(company.context, OPERATOR, OPENING, "政企客户部").opened) == ["E1", "E2"]


# ——— what applicants must bring

FIELD_OPENING = replace(OPENING, standard=FIELD, level="one")
REASON = "公司急需，总经理批准"


@pytest.fixture
def asking(company: Company) -> Company:
    """The company with a standard that asks for a year of service: E1 has it, E2's day of hiring isn't known."""
    company.context = company.restarted(asking_standards(company.folder))
    keeping.change(company.context, OPERATOR, "E1", {"hired_on": "2025-11-22"})
    return company


def kept(company: Company) -> dict[str, object]:
    """What the newest line of the log has after it."""
    found: dict[str, object] = json.loads(company.lines()[0].after)
    return found


def exceptions(company: Company) -> list[str]:
    """Why each assessment was opened all the same, in their order; an exception of none is empty."""
    with company.context.database.reading() as connection:
        return [each.exception for each in rows(connection, Assessment, col(Assessment.standard) == FIELD)]


def test_the_application_date_is_the_one_given_and_is_kept_in_the_log(company: Company) -> None:
    applied = replace(OPENING, application_date=date(2026, 11, 1))
    assessment, _, _ = looked_up(company.context, openings.open_assessment(company.context, OPERATOR, applied))
    assert assessment.application_date == date(2026, 11, 1)
    assert kept(company)["application_date"] == "2026-11-01"
    openings.open_assessment(company.context, OPERATOR, replace(OPENING, subject="E2"))
    assert kept(company)["application_date"] == "2026-11-22", "today, by default"


def test_who_lacks_something_is_refused_by_name_and_opened_with_a_reason(asking: Company) -> None:
    lacking = replace(FIELD_OPENING, subject="E2")
    with refused("error-ineligible") as refusal:
        openings.open_assessment(asking.context, OPERATOR, lacking)
    assert [each.say("zh-CN") for each in refusal.value.values["problems"]] == [  # type: ignore[attr-defined]
        "何静（E2）：工龄要满 1 年，名单里没有入职日期"
    ]
    assert asking.count(Assessment) == 0
    openings.open_assessment(asking.context, OPERATOR, replace(lacking, exception=f"  {REASON} "))
    assert exceptions(asking) == [REASON]
    assert kept(asking)["exception"] == REASON


def test_who_lacks_nothing_is_no_exception_whatever_was_said(asking: Company) -> None:
    openings.open_assessment(asking.context, OPERATOR, replace(FIELD_OPENING, exception=REASON))
    openings.open_assessment(asking.context, OPERATOR, replace(OPENING, exception=REASON))
    assert exceptions(asking) == [""]
    assert kept(asking)["exception"] == ""


def test_what_is_lacking_counts_on_the_application_date(asking: Company) -> None:
    with refused("error-ineligible"):
        earlier = replace(FIELD_OPENING, application_date=date(2026, 11, 21))
        openings.open_assessment(asking.context, OPERATOR, earlier)
    openings.open_assessment(asking.context, OPERATOR, FIELD_OPENING)


@pytest.mark.parametrize("reason", ["\u200b", "……", "长" * 5000])
def test_a_reason_for_an_exception_is_made_of_words(asking: Company, reason: str) -> None:
    with refused("error-exception-reason"):
        openings.open_assessment(asking.context, OPERATOR, replace(FIELD_OPENING, subject="E2", exception=reason))


def test_a_batch_is_all_or_none_unless_there_is_one_reason_for_all(asking: Company) -> None:
    batch = replace(FIELD_OPENING, assessors=(("R2", ONE),))
    with refused("error-ineligible") as refusal:
        openings.open_batch(asking.context, OPERATOR, batch, "政企客户部")
    assert refusal.value.values["count"] == 2
    assert asking.count(Assessment) == 0
    opened = openings.open_batch(asking.context, OPERATOR, replace(batch, exception=REASON), "政企客户部")
    assert list(opened.opened) == ["E1", "E2", "R1"]
    assert exceptions(asking) == ["", REASON, REASON], "only who lacks something is an exception"


def test_a_batch_leaves_out_who_lacks_something_where_it_is_asked_to(asking: Company) -> None:
    without = LeftOut(ineligible=True)
    opened = openings.open_batch(asking.context, OPERATOR, FIELD_OPENING, "政企客户部", without)
    assert (list(opened.opened), [each.staff_no for each in opened.ineligible]) == (["E1"], ["E2"])
    assert opened.left_out == []
    with refused("error-batch-empty"):
        openings.open_batch(asking.context, OPERATOR, FIELD_OPENING, "政企客户部", without)


def test_an_assessor_is_left_out_of_a_batch_however_the_number_is_written(company: Company) -> None:
    opened = openings.open_batch(company.context, OPERATOR, replace(OPENING, assessors=(("r1", ONE),)), "政企客户部")
    assert list(opened.opened) == ["E1", "E2"]


def test_a_large_batch_asks_once_who_rates_and_who_lacks_something(asking: Company) -> None:
    for department, number in (("少", 2), ("多", 40)):
        lines = "".join(f"{department}{n},新人{n},{department},2020-01-01\n" for n in range(number))
        file = asking.file("more.csv", f"工号,姓名,部门,入职日期\n{lines}")
        people_list.import_people(asking.context, OPERATOR, file)
    reads = []
    for department in ("少", "多"):
        with statements(asking.context.database) as seen:
            openings.open_batch(asking.context, OPERATOR, FIELD_OPENING, department)
        reads.append(sum(sql.startswith("SELECT") and "FROM person" in sql for sql, _ in seen))
    assert reads[0] == reads[1]


@pytest.mark.parametrize("whole", [False, True])
def test_of_two_openings_at_the_same_moment_the_second_one_knows_of_the_first(company: Company, whole: bool) -> None:
    company.hires("A2", "孙悦", "管理员")

    def opens(actor: str) -> str:
        try:
            if whole:
                openings.open_batch(company.context, company.actor(actor), OPENING, "政企客户部")
            else:
                openings.open_assessment(company.context, company.actor(actor), OPENING, again=False)
        except QualifyError as refusal:
            return refusal.key
        return ""

    with meeting_before(company.context, "SELECT pg_advisory_xact_lock"):
        said = together(lambda: opens("A1"), lambda: opens("A2"))
    assert sorted(said) == ["", "error-batch-empty" if whole else "error-assessment-second"]


def test_of_two_applications_at_the_same_moment_one_is_the_last(company: Company) -> None:
    with meeting_before(company.context, "SELECT pg_advisory_xact_lock"):
        together(*[lambda: openings.open_assessment(company.context, OPERATOR, OPENING)] * 2)
    with company.context.database.reading() as connection:
        assert sorted(each.is_last for each in rows(connection, Candidate)) == [False, True]


def test_of_two_applications_withdrawn_at_the_same_moment_the_one_before_counts_again(company: Company) -> None:
    first, *later = [openings.open_assessment(company.context, OPERATOR, OPENING) for _ in range(3)]
    with meeting_before(company.context, "SELECT pg_advisory_xact_lock"):
        together(*[lambda each=each: amendments.withdraw(company.context, OPERATOR, each) for each in later])
    with company.context.database.reading() as connection:
        assert [(each.assessment_id, each.is_last) for each in rows(connection, Candidate)] == [(first, True)]
