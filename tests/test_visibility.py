"""Who may see which part of an assessment: the whole table by rules of its own, and the overview that is cut by it."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from qualify.access import Relation, Role
from qualify.errors import NotFound
from qualify.services.assessments import amendments, appeals, overview, progress, results, sign_off
from qualify.services.assessments.overview import Overview
from qualify.services.notices import digests
from qualify.services.people import joining, line_managers, roles
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from qualify.visibility import (
    TABLE,
    Content,
    Stage,
    sees,
    sees_decision,
    sees_given,
    sees_names,
    sees_result,
    stage_of,
)
from qualify.workflow import AssessmentState as State
from qualify.workflow import ReviewState, Rules
from tests.company import ACCOUNTS, OPERATOR, SCALE, Company
from tests.lives import bring_to

pytest_plugins = ["tests.company_fixtures"]
GIVEN = (Content.ANSWERS, Content.NOTES, Content.RECORDS)


def expected(part: Content, stage: Stage, role: Role, relation: Relation) -> bool:
    """What the design says, in other words than the table."""
    if relation is Relation.SUBJECT:
        return (part, stage) == (Content.ANSWERS, Stage.PUBLISHED)
    if role is not Role.ADMIN:
        return False
    if stage is Stage.OWED and part in GIVEN:
        return relation in {Relation.MANAGER, Relation.OTHER} and part is not Content.ANSWERS
    return True


@pytest.mark.parametrize("part", Content)
def test_every_cell_of_the_table_says_what_the_design_says(part: Content) -> None:
    for stage, role, relation in product(Stage, Role, Relation):
        assert sees(part, stage, [role], relation) == expected(part, stage, role, relation), (stage, role, relation)


def test_the_table_has_every_part_at_every_stage_and_nothing_but_marks() -> None:
    assert set(TABLE) == set(product(Content, Stage))
    assert all(set(row.split()) <= {"x", "."} and len(row.split()) == len(Relation) for row in TABLE.values())


def test_nobody_without_a_role_sees_what_others_gave() -> None:
    for part, stage, relation in product(Content, Stage, set(Relation) - {Relation.SUBJECT}):
        assert not sees(part, stage, [], relation)


@pytest.mark.parametrize("part", GIVEN)
def test_what_was_given_is_its_authors_whatever_the_stage_and_whoever_they_are(part: Content) -> None:
    for stage, role, relation, state in product(Stage, Role, Relation, ReviewState):
        assert sees_given(part, stage, [role], relation, state, is_author=True)
        if state is not ReviewState.WITHDRAWN:
            seen = sees_given(part, stage, [role], relation, state, is_author=False)
            assert seen == sees(part, stage, [role], relation)


def test_answers_and_notes_of_a_review_that_was_taken_back_are_shown_to_nobody_else_but_stay_in_the_records() -> None:
    for stage, relation in product(Stage, Relation):
        for part in (Content.ANSWERS, Content.NOTES):
            assert not sees_given(part, stage, [Role.ADMIN], relation, ReviewState.WITHDRAWN, is_author=False)
        kept = sees_given(Content.RECORDS, stage, [Role.ADMIN], relation, ReviewState.WITHDRAWN, is_author=False)
        assert kept == sees(Content.RECORDS, stage, [Role.ADMIN], relation)


STAGES = {
    Stage.OWED: {State.OPEN, State.IN_PROGRESS, State.RETURNED, State.WITHDRAWN},
    Stage.IN: {State.REVIEWED, State.SIGNED_OFF},
    Stage.PUBLISHED: {State.PUBLISHED, State.ACKNOWLEDGED, State.APPEALED, State.ANSWERED, State.EXPIRED},
}


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_stage(state: State) -> None:
    assert [stage for stage, states in STAGES.items() if state in states] == [stage_of(state)]


def test_a_result_is_seen_early_by_administrators_it_is_not_about_and_once_published_by_all_concerned() -> None:
    for role, relation in product(Role, Relation):
        about_others = role is Role.ADMIN and relation is not Relation.SUBJECT
        assert sees_result([role], relation, published=False) == about_others
        concerned = relation in {Relation.SUBJECT, Relation.MANAGER} or (role, relation) == (
            Role.ASSESSOR,
            Relation.ASSESSOR,
        )
        assert sees_result([role], relation, published=True) == (about_others or concerned)


def test_who_is_assessed_and_who_leads_them_read_numbers_for_names_and_only_where_the_company_wants_it() -> None:
    for role, relation, hide in product(Role, Relation, (True, False)):
        led = relation is Relation.MANAGER and role is not Role.ADMIN
        hidden = hide and (relation is Relation.SUBJECT or led)
        assert sees_names([role], relation, hide_assessors=hide) != hidden


def test_the_details_of_decisions_are_for_administrators_whom_they_are_not_about() -> None:
    for role, relation in product(Role, Relation):
        assert sees_decision([role], relation) == (role is Role.ADMIN and relation is not Relation.SUBJECT)


# The overview, cut.


def seen(company: Company, staff_no: str, assessment_id: int) -> Overview:
    return overview.view(company.context, company.actor(staff_no), assessment_id)


def noted(company: Company, staff_no: str, review_id: int, words: str) -> None:
    answering.open_review(company.context, ACCOUNTS[staff_no], review_id)
    assert answering.attach(company.context, ACCOUNTS[staff_no], Attachment("note", words)) is not None


def notes(view: Overview) -> list[list[str] | None]:
    return [None if each.notes is None else [note.text for note in each.notes] for each in view.reviews]


def test_an_administrator_who_rates_reads_their_fellows_notes_only_once_all_are_in(small_company: Company) -> None:
    company = small_company
    roles.set_roles(company.context, OPERATOR, "R1", [Role.ASSESSOR, Role.ADMIN])
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    noted(company, "R1", first, "自己的")
    noted(company, "R2", second, "同事的笔记")
    assert notes(seen(company, "R1", 1)) == [["自己的"], None]
    assert notes(seen(company, "A1", 1)) == [["自己的"], ["同事的笔记"]]
    company.finishes("R1", first)
    company.finishes("R2", second)
    assert notes(seen(company, "R1", 1)) == [["自己的"], ["同事的笔记"]]


def test_what_a_replaced_assessor_noted_is_shown_to_nobody_but_them(small_company: Company) -> None:
    company = small_company
    roles.set_roles(company.context, OPERATOR, "R1", [Role.ASSESSOR, Role.ADMIN])
    (review_id,) = company.opens(SCALE, "4", assessors=("R1",), sign_off=True)
    noted(company, "R1", review_id, "旧笔记")
    amendments.reassign(company.context, OPERATOR, 1, "R1", "R2")
    assert notes(seen(company, "A1", 1)) == [None, []]


def test_a_replaced_assessor_does_not_see_the_published_result(small_company: Company) -> None:
    company = small_company
    company.opens(SCALE, "4", assessors=("R1",), sign_off=True)
    company.finishes("R2", amendments.reassign(company.context, OPERATOR, 1, "R1", "R2"))
    sign_off.sign_off(company.context, OPERATOR, 1)
    result_id = sign_off.publish(company.context, OPERATOR, 1)
    assert results.seen_by(company.context, company.id("R2"), result_id).id == result_id
    with pytest.raises(Exception, match="error-result-unknown"):
        results.seen_by(company.context, company.id("R1"), result_id)


def test_where_assessors_are_hidden_whoever_is_assessed_finds_no_name_in_the_overview(small_company: Company) -> None:
    company = small_company
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    company.context = replace(company.context, rules=Rules(hide_assessors=True))
    life = bring_to(company, State.PUBLISHED)
    view = seen(company, "E1", life.assessment_id)
    assert [(each.assessor, each.assessor_id, each.number) for each in view.reviews] == [
        ("", None, 1),
        ("陈晨", company.id("E1"), None),
    ]
    assert view.result is not None
    assert {each.assessor for element in view.result.result.elements for each in element.reviews} == {""}
    assert [each.assessor for each in seen(company, "A1", life.assessment_id).reviews] == ["周明", "陈晨"]


def test_a_signer_who_rated_as_well_is_not_named_where_assessors_are_hidden(small_company: Company) -> None:
    company = small_company
    roles.set_roles(company.context, OPERATOR, "R1", [Role.ASSESSOR, Role.ADMIN])
    company.context = replace(company.context, rules=Rules(hide_assessors=True))
    (review_id,) = company.opens(SCALE, "4", assessors=("R1",), sign_off=True)
    company.finishes("R1", review_id)
    sign_off.sign_off(company.context, company.actor("R1"), 1)
    result_id = sign_off.publish(company.context, OPERATOR, 1)
    shown = results.seen_by(company.context, company.id("E1"), result_id)
    assert shown.signed is not None
    assert (shown.signed.name, shown.signed.on) == ("", company.context.today())
    whole = results.seen_by(company.context, company.id("A1"), result_id)
    assert whole.signed is not None
    assert whole.signed.name == "周明"


@pytest.mark.parametrize(("role", "relation"), list(product(Role, Relation)))
def test_single_answers_are_read_by_whoever_is_assessed_once_published_and_by_administrators_once_all_are_in(
    small_company: Company, role: Role, relation: Relation
) -> None:
    company = small_company
    whose = {Relation.SUBJECT: "E1", Relation.ASSESSOR: "R2", Relation.MANAGER: "E2", Relation.OTHER: "E2"}
    staff_no = whose[relation]
    if relation is Relation.MANAGER:
        line_managers.set_manager(company.context, OPERATOR, "E1", "E2")
    assessment_id = company.reviewed(SCALE, "4", "E1", ("R1", "R2"))
    roles.set_roles(company.context, OPERATOR, staff_no, [role])
    is_admin = role is Role.ADMIN
    if is_admin and relation is not Relation.SUBJECT:
        before = seen(company, staff_no, assessment_id).result
        assert before is not None
        assert before.opens_answers
    sign_off.sign_off(company.context, OPERATOR, assessment_id)
    result_id = sign_off.publish(company.context, OPERATOR, assessment_id)
    try:
        shown = results.seen_by(company.context, company.id(staff_no), result_id)
    except NotFound:
        assert not sees_result([role], relation, published=True)
        return
    assert shown.opens_answers == (is_admin or relation is Relation.SUBJECT)


def test_who_alone_rated_reads_their_own_answers_in_the_result(small_company: Company) -> None:
    result_id = small_company.published(SCALE, "4")
    assert results.seen_by(small_company.context, small_company.id("R1"), result_id).opens_answers


def test_answers_of_a_returned_assessment_are_closed_again_but_not_those_in_what_was_published(
    small_company: Company,
) -> None:
    company = small_company
    assessment_id = company.reviewed(SCALE, "4", "E1", ("R1", "R2"))
    sign_off.return_to(company.context, OPERATOR, assessment_id, "请再看")
    shown = seen(company, "A1", assessment_id).result
    assert shown is not None
    assert not shown.opens_answers
    life = bring_to(company, State.APPEALED)
    appeals.reopen(company.context, company.actor("A1"), life.assessment_id, "补看材料")
    shown = seen(company, "A1", life.assessment_id).result
    assert shown is not None
    assert shown.opens_answers


def test_where_assessors_are_hidden_no_list_of_what_is_owed_names_those_who_rate_the_reader(
    small_company: Company,
) -> None:
    company = small_company
    roles.set_roles(company.context, OPERATOR, "E1", [Role.ADMIN])
    company.opens(SCALE, "4", assessors=("R1",), self_assessment=True)
    company.opens(SCALE, "4", "E2", assessors=("R1",))
    company.clock.time += timedelta(days=30)
    who = {staff_no: joining.find(company.context, ACCOUNTS[staff_no]) for staff_no in ("A1", "E1")}
    for hidden, staff_no, expected in (
        (False, "E1", [("周明", "陈晨"), ("陈晨", "陈晨"), ("周明", "何静")]),
        (True, "E1", [("陈晨", "陈晨"), ("周明", "何静")]),
        (True, "A1", [("周明", "陈晨"), ("陈晨", "陈晨"), ("周明", "何静")]),
    ):
        context, actor = replace(company.context, rules=Rules(hide_assessors=hidden)), company.actor(staff_no)
        listed = [(each.assessor.name, each.row.subject) for each in progress.owed(context, actor)]
        page = progress.page(context, actor, most=9, reviews_each=9)
        paged = {(one.assessor.name, one.row.subject) for each in page.people for one in each.owed}
        reader = who[staff_no]
        assert reader is not None
        told = [(debt.assessor, debt.subject) for debt in digests.overdue(context, reader)]
        assert (listed, paged, told) == (expected, set(expected), expected)


def test_a_self_assessment_can_be_looked_at_before_the_publication_and_is_frozen_by_it(small_company: Company) -> None:
    company = small_company
    lead, own = company.opens(SCALE, "4", sign_off=True, self_assessment=True)
    company.finishes("E1", own)
    company.finishes("R1", lead)
    before = seen(company, "A1", 1).own
    assert len(before) == 18
    sign_off.sign_off(company.context, OPERATOR, 1)
    sign_off.publish(company.context, OPERATOR, 1)
    assert seen(company, "A1", 1).own == before
