"""Who may do what: the whole table by rules of its own, and that every service which needs a permission asks for it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations, product
from typing import NamedTuple

import pytest

from qualify.access import TABLE, Permission, Relation, Role, may
from qualify.errors import QualifyError
from qualify.paths import STANDARDS
from qualify.reporting import company_export
from qualify.services import audit_log, standard_settings
from qualify.services.assessments import (
    amendments,
    item_statistics,
    listing,
    overview,
    progress,
    ranking,
    results,
    team,
)
from qualify.services.assessments.appeals import acknowledge, answer, appeal, check_appeal, reopen
from qualify.services.assessments.opening import Opening, open_assessment, open_batch
from qualify.services.assessments.sign_off import publish, return_to, sign_off
from qualify.services.authorization import Actor
from qualify.services.imports import people_list, score_list
from qualify.services.imports.tables import Sent
from qualify.services.notices import queue
from qualify.services.people import directory, joining, keeping, line_managers, privacy, renumbering
from qualify.services.people import directory as directory_service
from qualify.services.people import roles as roles_service
from qualify.services.reviews import answering
from qualify.services.standards import drafts
from qualify.standard import shipped
from qualify.storage.assessments import EVERYTHING
from qualify.storage.tables import Audit
from qualify.workflow import AssessmentState as State
from tests.company import ACCOUNTS, OPERATOR, POINTS, SCALE, Company
from tests.lives import Life, bring_to

pytest_plugins = ["tests.company_fixtures"]
ABOUT_ONESELF = {Permission.SELF_ASSESS, Permission.SEE_RESULT, Permission.ACKNOWLEDGE, Permission.APPEAL}
ABOUT_OTHERS = {
    Permission.SEE_UNPUBLISHED,
    Permission.SIGN_OFF,
    Permission.RETURN,
    Permission.PUBLISH,
    Permission.ANSWER_APPEAL,
    Permission.WAIVE_SIGN_OFF,
    Permission.IMPORT_SCORES,
    Permission.CHANGE,
    Permission.EXPORT_PERSON,
    Permission.ERASE_PERSON,
}
BY_ASSESSORS = {Permission.RATE, Permission.SEE_RESULT}
OF_MANAGERS = {Permission.SEE_RESULT, Permission.SEE_TEAM}
OF_THE_OFFICE = set(Permission) - ABOUT_ONESELF - ABOUT_OTHERS - BY_ASSESSORS


def expected(action: Permission, role: Role, relation: Relation) -> bool:
    """What the design says, in other words than the table."""
    if action in ABOUT_ONESELF and relation is Relation.SUBJECT:
        return True
    if action in OF_MANAGERS and relation is Relation.MANAGER:
        return True
    if action in BY_ASSESSORS and (role, relation) == (Role.ASSESSOR, Relation.ASSESSOR):
        return True
    if role is not Role.ADMIN:
        return False
    return action in OF_THE_OFFICE | {Permission.SEE_RESULT} or (
        action in ABOUT_OTHERS and relation is not Relation.SUBJECT
    )


@pytest.mark.parametrize("action", Permission)
def test_every_cell_of_the_table_says_what_the_design_says(action: Permission) -> None:
    cells = list(product(Role, Relation))
    assert [may(action, [role], relation) for role, relation in cells] == [expected(action, *cell) for cell in cells]
    assert set(TABLE[action].split()) <= {"x", "."}


def test_an_administrator_who_is_the_manager_may_do_what_any_other_may() -> None:
    for action in Permission:
        assert may(action, [Role.ADMIN], Relation.MANAGER) == may(action, [Role.ADMIN], Relation.OTHER)


@pytest.mark.parametrize("action", Permission)
def test_several_roles_allow_what_any_of_them_allows_and_none_allows_nothing(action: Permission) -> None:
    for roles in chain.from_iterable(combinations(Role, count) for count in range(len(Role) + 1)):
        for relation in Relation:
            assert may(action, roles, relation) == any(may(action, [role], relation) for role in roles)


# Services. Each deed is tried by everybody: by E1, the subject, R1, who rates, A1, who leads E1, and R2, in each
# role alone.


class Deed(NamedTuple):
    """Something that needs a permission, to an assessment in this state; refused with this sentence, or an
    administrator who does it about themselves with a sentence of its own. Some is only done by a person of the company,
    never on the command line."""

    action: Permission
    state: State
    do: Callable[[Life, Actor], object]
    refusal: str = "error-forbidden"
    personal: bool = False
    about_oneself: str = ""


THIRD = shipped(STANDARDS).get(SCALE, 2).model_copy(update={"version": 3})
TRIED = {"E1": Relation.SUBJECT, "R1": Relation.ASSESSOR, "A1": Relation.MANAGER, "R2": Relation.OTHER}


def account(life: Life, actor: Actor) -> int:
    """The Telegram account of somebody."""
    return next(ACCOUNTS[staff_no] for staff_no in TRIED if life.company.id(staff_no) == actor.person_id)


def opening(life: Life) -> Opening:
    return Opening(SCALE, "4", "E2", (("R9", Decimal(1)),), life.context.today())


def waived(life: Life) -> Opening:
    return replace(opening(life), standard=POINTS, subject="E1", sign_off=False)


def rank(life: Life, actor: Actor) -> object:
    return ranking.ranking(life.context, actor, POINTS, "3", life.context.today(), life.context.today())


def set_nothing(life: Life, actor: Actor) -> object:
    return standard_settings.keep(life.context, actor, SCALE, f"from: {life.context.today()}", "own.yaml")


SCORES = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,84,2026-10-01\n".encode()
NEWCOMERS = "工号,姓名\nN1,马超\n".encode()
DEEDS = [
    Deed(
        Permission.RATE,
        State.OPEN,
        lambda life, actor: answering.open_review(life.context, account(life, actor), life.lead),
        "error-review-unknown",
        personal=True,
    ),
    Deed(
        Permission.SELF_ASSESS,
        State.OPEN,
        lambda life, actor: answering.open_review(life.context, account(life, actor), life.own),
        "error-review-unknown",
        personal=True,
    ),
    Deed(
        Permission.SEE_RESULT,
        State.PUBLISHED,
        lambda life, actor: results.seen_by(life.context, actor.person_id or 0, life.result_id),
        "error-result-unknown",
        personal=True,
    ),
    Deed(
        Permission.SEE_RESULT,
        State.PUBLISHED,
        lambda life, actor: results.of_assessment(life.context, actor, life.assessment_id),
        "error-assessment-without-result",
    ),
    Deed(
        Permission.SEE_UNPUBLISHED,
        State.REVIEWED,
        lambda life, actor: results.seen_by(life.context, actor.person_id or 0, life.result_id),
        "error-result-unknown",
        personal=True,
    ),
    Deed(
        Permission.SEE_UNPUBLISHED,
        State.SIGNED_OFF,
        lambda life, actor: results.of_assessment(life.context, actor, life.assessment_id),
        "error-assessment-without-result",
    ),
    Deed(
        Permission.ACKNOWLEDGE,
        State.PUBLISHED,
        lambda life, actor: acknowledge(life.context, actor, life.result_id),
        personal=True,
    ),
    Deed(
        Permission.APPEAL,
        State.PUBLISHED,
        lambda life, actor: check_appeal(life.context, actor, life.result_id),
        personal=True,
    ),
    Deed(
        Permission.APPEAL,
        State.PUBLISHED,
        lambda life, actor: appeal(life.context, actor, life.result_id, "漏看了"),
        personal=True,
    ),
    Deed(Permission.SIGN_OFF, State.REVIEWED, lambda life, actor: sign_off(life.context, actor, life.assessment_id)),
    Deed(
        Permission.RETURN,
        State.REVIEWED,
        lambda life, actor: return_to(life.context, actor, life.assessment_id, "再看"),
    ),
    Deed(Permission.PUBLISH, State.SIGNED_OFF, lambda life, actor: publish(life.context, actor, life.assessment_id)),
    Deed(
        Permission.ANSWER_APPEAL,
        State.APPEALED,
        lambda life, actor: answer(life.context, actor, life.assessment_id, "维持原结果"),
    ),
    Deed(
        Permission.ANSWER_APPEAL,
        State.APPEALED,
        lambda life, actor: reopen(life.context, actor, life.assessment_id, "请补看材料"),
    ),
    Deed(Permission.OPEN, State.OPEN, lambda life, actor: open_assessment(life.context, actor, opening(life))),
    Deed(Permission.OPEN, State.OPEN, lambda life, actor: open_batch(life.context, actor, opening(life), "人力资源部")),
    Deed(
        Permission.WAIVE_SIGN_OFF,
        State.OPEN,
        lambda life, actor: open_assessment(life.context, actor, waived(life)),
        about_oneself="error-own-waived",
    ),
    Deed(
        Permission.CHANGE,
        State.OPEN,
        lambda life, actor: amendments.extend(life.context, actor, life.assessment_id, life.context.today()),
    ),
    Deed(
        Permission.CHANGE,
        State.OPEN,
        lambda life, actor: amendments.reassign(life.context, actor, life.assessment_id, "R1", "R9"),
    ),
    Deed(
        Permission.CHANGE, State.OPEN, lambda life, actor: amendments.withdraw(life.context, actor, life.assessment_id)
    ),
    Deed(Permission.SEE_PROGRESS, State.OPEN, lambda life, actor: progress.owed(life.context, actor)),
    Deed(Permission.SEE_PROGRESS, State.OPEN, lambda life, actor: progress.waiting(life.context, actor)),
    Deed(
        Permission.SEE_PROGRESS, State.OPEN, lambda life, actor: overview.view(life.context, actor, life.assessment_id)
    ),
    Deed(Permission.SEE_PROGRESS, State.OPEN, lambda life, actor: listing.listed(life.context, actor)),
    Deed(
        Permission.SEE_TEAM,
        State.OPEN,
        lambda life, actor: team.member(life.context, actor, life.company.id("E1")),
        "error-team-unknown",
    ),
    Deed(Permission.REMIND, State.OPEN, lambda life, actor: progress.remind(life.context, actor, [1])),
    Deed(Permission.SEE_PROGRESS, State.OPEN, lambda life, actor: queue.listed(life.context, actor)),
    Deed(Permission.SEE_PEOPLE, State.OPEN, lambda life, actor: directory_service.listed(life.context, actor)),
    Deed(Permission.SEE_PEOPLE, State.OPEN, lambda life, actor: directory.page(life.context, actor, most=1)),
    Deed(
        Permission.SEE_PEOPLE,
        State.OPEN,
        lambda life, actor: directory.card(life.context, actor, life.company.id("E2")),
    ),
    Deed(Permission.SEE_PEOPLE, State.OPEN, lambda life, actor: directory.count_not_joined(life.context, actor)),
    Deed(
        Permission.CHANGE, State.OPEN, lambda life, actor: amendments.keep_on(life.context, actor, life.assessment_id)
    ),
    Deed(Permission.CHANGE_PEOPLE, State.OPEN, lambda life, actor: joining.invite(life.context, actor, "R9")),
    Deed(
        Permission.CHANGE_PEOPLE, State.OPEN, lambda life, actor: joining.invite(life.context, actor, "E2", moves=True)
    ),
    Deed(Permission.CHANGE_PEOPLE, State.OPEN, lambda life, actor: joining.invite_everybody(life.context, actor)),
    Deed(
        Permission.CHANGE_PEOPLE,
        State.OPEN,
        lambda life, actor: roles_service.set_active(life.context, actor, "E2", active=True),
    ),
    Deed(
        Permission.CHANGE_PEOPLE,
        State.OPEN,
        lambda life, actor: roles_service.set_roles(life.context, actor, "E2", [Role.ADMIN]),
    ),
    Deed(
        Permission.CHANGE_PEOPLE,
        State.OPEN,
        lambda life, actor: keeping.add(life.context, actor, "X1", {"name": "新人"}),
    ),
    Deed(
        Permission.CHANGE_PEOPLE,
        State.OPEN,
        lambda life, actor: keeping.change(life.context, actor, "E2", {"position": "经理"}),
    ),
    Deed(
        Permission.CHANGE_PEOPLE,
        State.OPEN,
        lambda life, actor: renumbering.renumber(life.context, actor, "E2", "E22"),
    ),
    Deed(
        Permission.CHANGE_PEOPLE,
        State.OPEN,
        lambda life, actor: people_list.import_people(life.context, actor, Sent("people.csv", NEWCOMERS)),
    ),
    Deed(
        Permission.IMPORT_SCORES,
        State.OPEN,
        lambda life, actor: score_list.import_scores(life.context, actor, Sent("scores.csv", SCORES)),
        about_oneself="error-table",
    ),
    Deed(Permission.SEE_RANKING, State.OPEN, rank),
    Deed(
        Permission.SEE_STATISTICS,
        State.OPEN,
        lambda life, actor: item_statistics.find(life.context, actor, EVERYTHING),
    ),
    Deed(Permission.EXPORT, State.OPEN, lambda life, actor: company_export.export(life.context, actor, "zh-CN")),
    Deed(Permission.SEE_AUDIT, State.OPEN, lambda life, actor: audit_log.page(life.context, actor, most=1)),
    Deed(Permission.KEEP_STANDARDS, State.OPEN, lambda life, actor: drafts.listing(life.context, actor)),
    Deed(Permission.KEEP_STANDARDS, State.OPEN, lambda life, actor: drafts.take_in(life.context, actor, THIRD)),
    Deed(Permission.KEEP_STANDARDS, State.OPEN, set_nothing),
    Deed(Permission.KEEP_STANDARDS, State.OPEN, lambda life, actor: standard_settings.overview(life.context, actor)),
    Deed(
        Permission.KEEP_STANDARDS, State.OPEN, lambda life, actor: standard_settings.listed(life.context, actor, SCALE)
    ),
    Deed(Permission.EXPORT_PERSON, State.OPEN, lambda life, actor: privacy.export_person(life.context, actor, "E1")),
    Deed(Permission.ERASE_PERSON, State.OPEN, lambda life, actor: privacy.erase_person(life.context, actor, "E1")),
]


def outcome(deed: Deed, life: Life, actor: Actor) -> str:
    """The sentence that refuses it, or nothing."""
    try:
        deed.do(life, actor)
    except QualifyError as refusal:
        return refusal.key
    return ""


def prepared(company: Company, deed: Deed) -> Life:
    """An assessment for the deed, and an assessor who has to do with nothing."""
    people_list.import_people(
        company.context, OPERATOR, company.file("more.csv", "工号,姓名,角色\nR9,许诺,评审员 管理员\n")
    )
    line_managers.set_manager(company.context, OPERATOR, "E1", "A1")
    return bring_to(company, deed.state)


def test_every_action_has_a_service_that_asks_for_it() -> None:
    assert {deed.action for deed in DEEDS} == set(Permission)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.action.value)
def test_a_service_refuses_whom_the_table_refuses_and_changes_nothing_then(small_company: Company, deed: Deed) -> None:
    life, done = prepared(small_company, deed), []
    tried = {staff_no: small_company.actor(staff_no) for staff_no in TRIED}
    for (staff_no, relation), role in product(TRIED.items(), Role):
        if small_company.cells(Audit).count(("person", staff_no)) == 0:
            continue  # erased by the one before
        roles_service.set_roles(small_company.context, OPERATOR, staff_no, [role])
        before = small_company.cells()
        said = outcome(deed, life, tried[staff_no])
        refused = said in {deed.refusal, deed.about_oneself} - {""}
        assert refused == (not may(deed.action, [role], relation)), (staff_no, role)
        assert not refused or small_company.cells() == before
        done += [] if refused else [said]
    assert done[0] == ""


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.action.value)
def test_who_was_deactivated_may_do_nothing_whatever_their_roles(small_company: Company, deed: Deed) -> None:
    life = prepared(small_company, deed)
    for staff_no in TRIED:
        roles_service.set_roles(small_company.context, OPERATOR, staff_no, Role)
        actor = small_company.actor(staff_no)
        roles_service.set_active(small_company.context, OPERATOR, staff_no, active=False)
        before = small_company.cells()
        assert outcome(deed, life, actor) == deed.refusal
        assert small_company.cells() == before


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if not deed.personal], ids=lambda deed: deed.action.value)
def test_the_command_line_may_do_what_an_administrator_may(small_company: Company, deed: Deed) -> None:
    assert outcome(deed, prepared(small_company, deed), OPERATOR) == ""
