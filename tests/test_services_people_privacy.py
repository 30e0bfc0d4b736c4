"""Everything about a person on request, and its erasure: figures stay, no word and no name does, on either database."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.reporting.wording import explained
from qualify.scoring import Result
from qualify.services import typed_answers
from qualify.services.assessments import amendments, appeals, listing, progress, results, sign_off
from qualify.services.assessments.opening import Opening, open_assessment
from qualify.services.imports import people_list, score_list
from qualify.services.people import directory, joining, privacy, roles
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from qualify.storage import people
from qualify.storage import results as stored_results
from qualify.storage.tables import CAREER, FACTS, Audit, Draft, NoticeKind, StoredResult
from qualify.workflow import AssessmentState, Rules
from tests.company import ACCOUNTS, ON_SQLITE, OPERATOR, POINTS, SCALE, Company, all_met, looked_up, refused
from tests.eligible import FIELD, asking_standards

pytest_plugins = ["tests.company_fixtures"]
SECRET = "只有他自己知道"
LIST = "工号,姓名,部门,岗位,级别,上级,角色\n"
BEFORE = f"{LIST}E1,旧名字,政企客户部,客户经理,4,林雪,员工 评审员\n"
SINCE = f"{LIST}E1,陈晨,政企客户部,客户经理,4,林雪,员工 评审员\nE2,何静,政企客户部,,,陈晨,员工\n"
TRACES = ("陈晨", "旧名字", SECRET, "案例", "客户经理", '"E1"', "BQACAgQ")


def outspoken(screen: Screen) -> Action:
    """Not all is met, and every word given is one to keep quiet about."""
    match screen.step.kind:
        case StepKind.CRITERION if screen.number == 1:
            return Action(Act.MARK, "not_met")
        case StepKind.RATING if screen.number == 2:
            return Action(Act.RATE, "1")
        case StepKind.REASON:
            return Action(Act.TEXT, SECRET)
        case _:
            return all_met(screen)


def with_a_past(company: Company) -> int:
    """E1 was renamed, assessed themselves and others, was returned, appealed, and has more open; the first result."""
    people_list.import_people(company.context, OPERATOR, company.file("people.csv", BEFORE))
    company.published(SCALE, "4", "E2", ("E1",))
    people_list.import_people(company.context, OPERATOR, company.file("people.csv", SINCE))
    table = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,84,2026-10-01\n"
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table))
    first = appealed(company)
    company.opens(SCALE, "4", sign_off=True)
    company.opens(SCALE, "4", "E2", ("R2",), sign_off=True)
    with company.context.database.transaction() as connection:
        draft = json.dumps({"subject": "E1", "level": "4"})
        connection.execute(insert(Draft).values(telegram_id=ACCOUNTS["A1"], content=draft))
        connection.execute(insert(Draft).values(telegram_id=ACCOUNTS["E1"], content="{}"))
    typed_answers.ask(company.context, ACCOUNTS["A1"], "roles E1")
    return first


def appealed(company: Company) -> int:
    """A result of E1 that was returned, signed otherwise than computed, and appealed; its reviews are open again."""
    lead, own = company.opens(POINTS, "3", sign_off=True, self_assessment=True)
    company.finishes("E1", own, outspoken)
    answering.open_review(company.context, ACCOUNTS["R1"], lead)
    answering.attach(company.context, ACCOUNTS["R1"], Attachment("document", SECRET, "BQACAgQ"))
    assessment_id = company.finishes("R1", lead, outspoken).row.assessment_id
    sign_off.return_to(company.context, OPERATOR, assessment_id, SECRET)
    company.finishes("R1", lead, outspoken)
    sign_off.sign_off(company.context, company.actor("A1"), assessment_id, "basic", SECRET)
    result_id = sign_off.publish(company.context, OPERATOR, assessment_id)
    appeals.appeal(company.context, company.actor("E1"), result_id, SECRET)
    appeals.reopen(company.context, OPERATOR, assessment_id, SECRET)
    return result_id


def traces(company: Company) -> list[tuple[str, str]]:
    """What is left of E1 outside the audit log."""
    own = {("person", "E1"), ("account", str(ACCOUNTS["E1"])), ("draft", str(ACCOUNTS["E1"]))}
    return [
        (table, value[:60])
        for table, value in company.cells(Audit)
        if (table, value) in own or any(trace in value for trace in TRACES)
    ]


def test_an_erased_person_leaves_no_name_number_account_or_word_outside_the_audit_log(company: Company) -> None:
    with_a_past(company)
    places = {table for table, _ in traces(company)}
    assert places >= {"person", "account", "entry", "evidence", "review", "result", "signature", "appeal", "draft"}
    erased = company.id("E1")
    privacy.erase_person(company.context, company.actor("A1"), "E1")
    assert traces(company) == []
    (line,) = company.lines()
    assert (line.action, line.record, line.record_id, line.before, line.after) == (
        "erase",
        "person",
        erased,
        "{}",
        "{}",
    )
    assert line.person_id == company.id("A1")
    assert any("陈晨" in line.after for line in company.lines(50))


def test_nothing_that_a_list_said_of_them_is_kept(company: Company) -> None:
    heading, line = (
        ",".join(("staff_no", "name", *FACTS, *CAREER)),
        ",".join(("E1", "陈晨", *(f"{name} 甲" for name in FACTS), "2020-03-01", "A")),
    )
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", f"{heading}\n{line}\n"))
    given_out = privacy.export_person(company.context, OPERATOR, "E1")["person"]
    assert [given_out[name] for name in CAREER] == ["2020-03-01", ["A"]]  # type: ignore[index]
    erased = company.id("E1")
    privacy.erase_person(company.context, OPERATOR, "E1")
    with company.context.database.reading() as connection:
        person = people.by_id(connection, erased)
    assert {name: getattr(person, name) for name in FACTS} == dict.fromkeys(FACTS, "")
    assert (person.hired_on, person.appraisals) == (None, ())


def test_why_somebody_was_an_exception_is_given_out_and_erased(company: Company) -> None:
    company.context = company.restarted(asking_standards(company.folder))
    opening = Opening(FIELD, "one", "E1", (("R1", Decimal(1)),), company.context.today(), exception="公司急需")
    assessment_id = open_assessment(company.context, OPERATOR, opening)
    (given_out,) = privacy.export_person(company.context, OPERATOR, "E1")["assessments"]  # type: ignore[misc]
    assert given_out["exception"] == "公司急需"
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert looked_up(company.context, assessment_id)[0].exception == ""


def stored(company: Company, result_id: int) -> StoredResult:
    with company.context.database.reading() as connection:
        found = stored_results.get(connection, result_id)
    assert found is not None
    return found


def test_figures_stay_and_are_still_explained_without_a_name_or_a_reason(company: Company) -> None:
    result_id = with_a_past(company)
    before = stored(company, result_id)
    privacy.erase_person(company.context, OPERATOR, "E1")
    after = stored(company, result_id)
    assert Result.model_validate_json(after.figures) == wordless(Result.model_validate_json(before.figures))
    assert (after.own, after.published_at, after.valid_until) == (before.own, before.published_at, before.valid_until)
    shown = results.of_assessment(company.context, OPERATOR, after.assessment_id)
    assert (shown.subject, shown.grade) == ("—", "basic")
    assert "评审员改为 1 分" in "\n".join(explained(shown, "zh-CN").lines())


def wordless(result: Result) -> Result:
    """The figures without reasons, and cases without titles."""
    elements = [
        element.model_copy(
            update={"reviews": tuple(each.model_copy(update={"reason": ""}) for each in element.reviews)}
        )
        for element in result.elements
    ]
    deductions = [
        each.model_copy(update={"cases": tuple(case._replace(title="") for case in each.cases)})
        for each in result.deductions
    ]
    return result.model_copy(update={"elements": tuple(elements), "deductions": tuple(deductions)})


@ON_SQLITE
def test_what_they_wrote_about_others_stays_without_their_name(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "E1", [Role.EMPLOYEE, Role.ASSESSOR])
    result_id = company.published(SCALE, "4", "E2", ("E1", "R1"), outspoken)
    privacy.erase_person(company.context, OPERATOR, "E1")
    shown = results.latest(company.context, company.id("E2"))
    assert shown.id == result_id
    assert [each.assessor for each in shown.result.elements[1].reviews] == ["—", "周明"]
    assert [each.reason for each in shown.result.elements[1].reviews] == [SECRET, SECRET]


def test_nobody_waits_any_more_for_anything_about_them(company: Company) -> None:
    result_id = company.published()
    appeals.appeal(company.context, company.actor("E1"), result_id, SECRET)
    company.reviewed(POINTS, "3")
    company.opens(POINTS, "4", assessors=("R1", "R2"), self_assessment=True)
    privacy.erase_person(company.context, OPERATOR, "E1")
    states = [each.state for each in listing.listed(company.context, OPERATOR)]
    assert sorted(states) == [AssessmentState.ANSWERED, AssessmentState.WITHDRAWN, AssessmentState.WITHDRAWN]
    assert answering.owed(company.context, company.id("R1")) == []
    assert NoticeKind.WITHDRAWN in {kind for kind, _, _ in company.owed()}
    assert progress.owed(company.context, OPERATOR) == []


def test_an_erased_person_is_a_stranger_and_can_be_entered_again_as_somebody_new(company: Company) -> None:
    token = joining.invite(company.context, OPERATOR, newcomer(company))
    privacy.erase_person(company.context, OPERATOR, "N1")
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert not joining.meet(company.context, ACCOUNTS["E1"], "zh-hans").is_known
    with refused("error-invite-unusable"):
        joining.accept(company.context, ACCOUNTS["E1"], token)
    assert "E1" not in [person.staff_no for person, _, _ in directory.listed(company.context, OPERATOR)]
    people_list.import_people(company.context, OPERATOR, company.file("people.csv", "工号,姓名\nE1,陈晨\n"))
    company.joins("E1")
    with refused("error-no-result"):
        results.latest(company.context, company.id("E1"))


def newcomer(company: Company) -> str:
    people_list.import_people(company.context, OPERATOR, company.file("people.csv", "工号,姓名\nN1,新人\n"))
    return "N1"


def test_who_still_owes_reviews_about_others_is_not_erased_before_they_are_reassigned(company: Company) -> None:
    company.opens(SCALE, "4")
    before = company.cells()
    with refused("error-erase-owing"):
        privacy.erase_person(company.context, OPERATOR, "R1")
    assert company.cells() == before
    (listed,) = listing.listed(company.context, OPERATOR)
    amendments.reassign(company.context, OPERATOR, listed.id, "R1", "R2")
    privacy.erase_person(company.context, OPERATOR, "R1")


def test_the_last_administrator_stays_and_nobody_erases_themselves(company: Company) -> None:
    before = company.cells()
    with refused("error-last-admin"):
        privacy.erase_person(company.context, OPERATOR, "A1")
    assert company.cells() == before
    roles.set_roles(company.context, OPERATOR, "R2", [Role.ADMIN])
    with refused("error-forbidden"):
        privacy.erase_person(company.context, company.actor("A1"), "A1")
    privacy.erase_person(company.context, company.actor("R2"), "A1")


@ON_SQLITE
@pytest.mark.parametrize("service", [privacy.export_person, privacy.erase_person])
def test_only_administrators_ask_for_it_and_only_of_people_there_are(
    company: Company, service: Callable[..., object]
) -> None:
    for staff_no in ("E1", "R1"):
        for about in ("E1", "E2", "nobody"):
            with refused("error-forbidden"):
                service(company.context, company.actor(staff_no), about)
    erased = f"erased-{company.id('E2')}"
    privacy.erase_person(company.context, OPERATOR, "E2")
    for staff_no in ("nobody", "E2", erased):
        with refused("error-staff-no-unknown"):
            service(company.context, company.actor("A1"), staff_no)


@ON_SQLITE
def test_a_list_of_people_does_not_reach_who_was_erased(company: Company) -> None:
    table = company.file("people.csv", f"工号,姓名\nerased-{company.id('E2')},何静\n")
    privacy.erase_person(company.context, OPERATOR, "E2")
    with refused("error-table"):
        people_list.import_people(company.context, OPERATOR, table)


def test_everything_about_a_person_is_given_out_ready_for_json_and_that_is_kept(company: Company) -> None:
    with_a_past(company)
    given = privacy.export_person(company.context, company.actor("A1"), "E1")
    text = json.dumps(given, ensure_ascii=False)
    for word in (*TRACES, "2026-11-22T01:00:00Z"):
        assert word in text
    assert "token" not in text
    (line,) = company.lines()
    assert (line.action, line.record, line.record_id) == ("export", "person", company.id("E1"))


@ON_SQLITE
def test_nobody_exports_what_is_kept_about_themselves(company: Company) -> None:
    company.reviewed(subject="A1")
    with refused("error-forbidden"):
        privacy.export_person(company.context, company.actor("A1"), "A1")


@ON_SQLITE
def test_who_exports_somebody_does_not_read_in_it_what_that_person_gave_about_them(company: Company) -> None:
    sign_off.sign_off(company.context, company.actor("R1"), company_about_admin(company))
    given = privacy.export_person(company.context, company.actor("A1"), "R1")
    assert [each["entries"] for each in listed(given, "reviews_written")] == [None]
    assert {json.dumps(line["after"]) for line in listed(given, "audit") if line["record"] == "assessment"} == {"{}"}
    whole = privacy.export_person(company.context, OPERATOR, "R1")
    assert all(each["entries"] for each in listed(whole, "reviews_written"))


def company_about_admin(company: Company) -> int:
    """A reviewed assessment of the administrator A1 by R1, who is an administrator as well."""
    roles.set_roles(company.context, OPERATOR, "R1", [Role.ASSESSOR, Role.ADMIN])
    return company.reviewed(subject="A1")


def test_an_administrator_who_rates_exports_no_fellow_assessors_answers_before_all_are_in(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "A1", [Role.ASSESSOR, Role.ADMIN])
    first, second = company.opens(SCALE, "4", assessors=("R1", "A1"))
    company.finishes("R1", first)
    assert read_by(company, "A1") == [False, True]
    assert read_by(company, "R2") == [True, True]
    company.finishes("A1", second)
    assert read_by(company, "A1") == [True, True]


def read_by(company: Company, staff_no: str) -> list[bool]:
    """Of each review about E1, whether its answers are in what this person exports, as an administrator."""
    roles.set_roles(company.context, OPERATOR, staff_no, [Role.ASSESSOR, Role.ADMIN])
    given = privacy.export_person(company.context, company.actor(staff_no), "E1")
    (assessment,) = listed(given, "assessments")
    return [review["entries"] is not None for review in listed(assessment, "reviews")]


def listed(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record[name]
    return found


def test_the_file_for_a_person_names_no_assessor_where_the_company_hides_them(company: Company) -> None:
    roles.set_roles(company.context, OPERATOR, "R1", [Role.ASSESSOR, Role.ADMIN])
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True, self_assessment=True)[:2]
    company.finishes("R1", first)
    assessment_id = company.finishes("R2", second).row.assessment_id
    sign_off.sign_off(company.context, company.actor("R1"), assessment_id)
    result_id = sign_off.publish(company.context, OPERATOR, assessment_id)
    appeals.appeal(company.context, company.actor("E1"), result_id, "请再看")
    appeals.answer(company.context, company.actor("R1"), assessment_id, "维持")
    for hidden in (False, True):
        context = replace(company.context, rules=Rules(hide_assessors=hidden))
        kept = privacy.export_person(context, company.actor("A1"), "E1")
        text = json.dumps(kept, ensure_ascii=False)
        named = [name for name in ("周明", "吴倩", '"R1"', '"R2"') if name in text]
        assert named == ([] if hidden else ["周明", "吴倩", '"R1"', '"R2"'])
        ids = set(numbers(kept["assessments"], ("assessor_id", "person_id", "answered_by_id")))
        assert ids & {company.id("R1"), company.id("R2")} == (set() if hidden else {company.id("R1"), company.id("R2")})
        assert company.id("E1") in ids  # their own self-assessment stays theirs


def numbers(value: object, keys: tuple[str, ...]) -> list[object]:
    """What stands under these keys, however deep."""
    if isinstance(value, list):
        return [found for each in value for found in numbers(each, keys)]
    if not isinstance(value, dict):
        return []
    own = [inner for name, inner in value.items() if name in keys and not isinstance(inner, (dict, list))]
    return own + [found for inner in value.values() for found in numbers(inner, keys)]
