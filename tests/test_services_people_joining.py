"""Joining by invitation, settings, deactivation."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlmodel import col

from qualify.access import Role
from qualify.errors import InvalidInput, NotFound, QualifyError
from qualify.services.imports import people_list
from qualify.services.people import directory, joining, preferences
from qualify.services.people import roles as roles_service
from qualify.storage.people import Who
from qualify.storage.tables import Account, Invite
from tests.company import ACCOUNTS, ON_SQLITE, OPERATOR, Company, meeting_before, refused, together

pytest_plugins = ["tests.company_fixtures"]
NEWCOMER, ANOTHER = 91, 92


@pytest.fixture
def newcomer(company: Company) -> str:
    """A person without an account; two unknown accounts have pressed start."""
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", "staff_no,name\nN1,马超\nN2,许诺\n"))
    joining.meet(company.context, NEWCOMER, "en-GB")
    joining.meet(company.context, ANOTHER, "fr")
    return "N1"


@ON_SQLITE
def test_an_account_that_writes_for_the_first_time_belongs_to_nobody_and_gets_its_own_language(
    company: Company, newcomer: str
) -> None:
    met = [joining.find(company.context, account) for account in (NEWCOMER, ANOTHER)]
    assert [(who.language, who.person_id, who.is_known) for who in met if who] == [
        ("en", None, False),
        ("zh-CN", None, False),
    ]
    assert joining.find(company.context, 93) is None


def test_two_first_messages_at_once_make_one_account(company: Company) -> None:
    with meeting_before(company.context, "INSERT INTO account"):
        met = together(*[lambda: joining.meet(company.context, NEWCOMER, "en")] * 2)
    assert [who.telegram_id for who in met] == [NEWCOMER, NEWCOMER]


@ON_SQLITE
def test_an_invitation_ties_the_account_to_the_person_and_is_used_up(company: Company, newcomer: str) -> None:
    token = joining.invite(company.context, OPERATOR, newcomer)
    joined = joining.accept(company.context, NEWCOMER, token).who
    assert (joined.name, joined.roles, joined.is_known) == ("马超", {Role.EMPLOYEE}, True)
    with refused("error-invite-unusable"):
        joining.accept(company.context, ANOTHER, token)


def test_an_invitation_ends_after_fourteen_days(company: Company, newcomer: str) -> None:
    token = joining.invite(company.context, OPERATOR, newcomer)
    company.clock.time += joining.INVITE_VALID
    with refused("error-invite-unusable"):
        joining.accept(company.context, NEWCOMER, token)
    company.clock.time -= timedelta(seconds=1)
    assert joining.accept(company.context, NEWCOMER, token).who.is_known


@ON_SQLITE
def test_a_new_invitation_ends_the_earlier_ones_of_the_same_person_only(company: Company, newcomer: str) -> None:
    earlier = [joining.invite(company.context, OPERATOR, staff_no) for staff_no in (newcomer, "N2", newcomer)]
    newest = joining.invite(company.context, OPERATOR, newcomer)
    for token in (earlier[0], earlier[2]):
        with refused("error-invite-unusable"):
            joining.accept(company.context, NEWCOMER, token)
    assert joining.accept(company.context, ANOTHER, earlier[1]).who.name == "许诺"
    assert joining.accept(company.context, NEWCOMER, newest).who.name == "马超"


def test_inviting_everybody_ends_the_links_that_were_made_before(company: Company, newcomer: str) -> None:
    earlier = joining.invite(company.context, OPERATOR, newcomer)
    trail = [{person.staff_no: token for person, token in joining.invite_everybody(company.context, OPERATOR)}]
    trail += [{person.staff_no: token for person, token in joining.invite_everybody(company.context, OPERATOR)}]
    for token in (earlier, trail[0][newcomer]):
        with refused("error-invite-unusable"):
            joining.accept(company.context, NEWCOMER, token)
    assert joining.accept(company.context, NEWCOMER, trail[1][newcomer]).who.is_known


def test_two_who_invite_the_same_person_at_once_leave_one_valid_invitation(company: Company, newcomer: str) -> None:
    both = threading.Barrier(2)

    def meet(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.startswith("INSERT INTO invite"):
            with suppress(threading.BrokenBarrierError):  # one waits for the other, as they should
                both.wait(0.3)

    event.listen(company.context.database.engine, "before_cursor_execute", meet)
    together(*[lambda: joining.invite(company.context, OPERATOR, newcomer)] * 2)
    with company.context.database.reading() as connection:
        unused = select(func.count()).select_from(Invite).where(col(Invite.used_at).is_(None))
        assert connection.execute(unused.where(col(Invite.expires_at) > company.clock.time)).scalar_one() == 1


@ON_SQLITE
def test_an_account_that_belongs_to_somebody_uses_no_invitation_up(company: Company, newcomer: str) -> None:
    token = joining.invite(company.context, OPERATOR, newcomer)
    with refused("error-already-joined"):
        joining.accept(company.context, ACCOUNTS["E1"], token)
    assert joining.accept(company.context, NEWCOMER, token).who.name == "马超"


@ON_SQLITE
def test_nobody_is_invited_who_has_joined_left_or_never_was(company: Company, newcomer: str) -> None:
    with refused("error-person-joined"):
        joining.invite(company.context, OPERATOR, "E1")
    with refused("error-person-unknown"):
        joining.invite(company.context, OPERATOR, "E9")
    roles_service.set_active(company.context, OPERATOR, newcomer, active=False)
    with refused("error-person-unknown"):
        joining.invite(company.context, OPERATOR, newcomer)


@ON_SQLITE
def test_an_invitation_of_somebody_who_left_meanwhile_opens_nothing(company: Company, newcomer: str) -> None:
    token = joining.invite(company.context, OPERATOR, newcomer)
    roles_service.set_active(company.context, OPERATOR, newcomer, active=False)
    with refused("error-invite-unusable"):
        joining.accept(company.context, NEWCOMER, token)
    roles_service.set_active(company.context, OPERATOR, newcomer, active=True)
    assert joining.accept(company.context, NEWCOMER, token).who.is_known


@ON_SQLITE
def test_who_never_pressed_start_and_who_made_a_token_up_are_refused(company: Company, newcomer: str) -> None:
    with pytest.raises(NotFound, match="error-account-unknown"):
        joining.accept(company.context, 93, joining.invite(company.context, OPERATOR, newcomer))
    with refused("error-invite-unusable"):
        joining.accept(company.context, NEWCOMER, "made-up")


def accepted(company: Company, account: int, token: str) -> Who | None:
    try:
        return joining.accept(company.context, account, token).who
    except InvalidInput:
        return None


def test_of_two_accounts_that_accept_one_invitation_at_once_one_joins(company: Company, newcomer: str) -> None:
    token = joining.invite(company.context, OPERATOR, newcomer)
    with meeting_before(company.context, "UPDATE invite"):
        joined = together(
            *[lambda account=account: accepted(company, account, token) for account in (NEWCOMER, ANOTHER)]
        )
    assert sorted(who is None for who in joined) == [False, True]


def test_of_two_invitations_of_one_person_accepted_at_once_one_counts(company: Company, newcomer: str) -> None:
    tokens = [joining.invite(company.context, OPERATOR, newcomer) for _ in range(2)]
    with company.context.database.transaction() as connection:  # both live, as an earlier release left them
        connection.execute(update(Invite).values(expires_at=company.clock.time + joining.INVITE_VALID))
    with meeting_before(company.context, "UPDATE account"):
        joined = together(lambda: accepted(company, NEWCOMER, tokens[0]), lambda: accepted(company, ANOTHER, tokens[1]))
    assert sorted(who is None for who in joined) == [False, True]


def test_one_account_that_accepts_two_peoples_invitations_at_once_becomes_one_of_them(
    company: Company, newcomer: str
) -> None:
    tokens = [joining.invite(company.context, OPERATOR, staff_no) for staff_no in (newcomer, "N2")]
    with meeting_before(company.context, "UPDATE account"):
        joined = together(*[lambda token=token: accepted(company, NEWCOMER, token) for token in tokens])
    names = [who.name for who in joined if who is not None]
    now = joining.find(company.context, NEWCOMER)
    assert now is not None
    assert names == [now.name]


def test_settings_are_remembered_and_unknown_ones_refused(company: Company) -> None:
    account = ACCOUNTS["E1"]
    preferences.set_language(company.context, account, "en")
    preferences.set_theme(company.context, account, "dark")
    for set_wrongly in (preferences.set_language, preferences.set_theme):
        with refused("error-choice"):
            set_wrongly(company.context, account, "purple")
    who = joining.find(company.restarted(), account)
    assert who is not None
    assert (who.language, who.theme) == ("en", "dark")


def test_who_writes_has_unblocked_the_bot(company: Company) -> None:
    joining.set_blocked(company.context, ACCOUNTS["E1"], blocked=True)
    before = joining.find(company.context, ACCOUNTS["E1"])
    assert before is not None
    assert before.blocked
    assert not joining.meet(company.context, ACCOUNTS["E1"], "zh").blocked
    after = joining.find(company.context, ACCOUNTS["E1"])
    assert after is not None
    assert not after.blocked


@ON_SQLITE
def test_who_was_deactivated_is_known_no_more_and_stays_on_the_list(company: Company) -> None:
    roles_service.set_active(company.context, OPERATOR, "E1", active=False)
    who = joining.meet(company.context, ACCOUNTS["E1"], "zh")
    assert not who.is_known
    assert [
        person.active for person, _, _ in directory.listed(company.context, OPERATOR) if person.staff_no == "E1"
    ] == [False]
    with refused("error-staff-no-unknown"):
        roles_service.set_active(company.context, OPERATOR, "E9", active=False)


def test_the_list_says_roles_and_who_has_joined(company: Company, newcomer: str) -> None:
    rows = {person.staff_no: (roles, joined) for person, roles, joined in directory.listed(company.context, OPERATOR)}
    assert list(rows) == ["A1", "E1", "E2", "N1", "N2", "R1", "R2"]
    assert rows["A1"] == ({Role.ADMIN}, True)
    assert rows["N1"] == ({Role.EMPLOYEE}, False)
    assert company.count(Account) == 5 + 2  # who joined, and who only wrote


def test_two_administrators_who_deactivate_each_other_at_the_same_moment_leave_one(company: Company) -> None:
    company.hires("A2", "孙悦", "管理员")

    def deactivates(actor: str, other: str) -> str:
        try:
            roles_service.set_active(company.context, company.actor(actor), other, active=False)
        except QualifyError as refusal:
            return refusal.key
        return ""

    with meeting_before(company.context, "SELECT person_role.role"):
        said = together(lambda: deactivates("A1", "A2"), lambda: deactivates("A2", "A1"))
    assert "" in said
    assert said != ["", ""]
    left = [person.staff_no for person, roles, _ in directory.listed(company.context, OPERATOR) if person.active]
    assert len({"A1", "A2"} & set(left)) == 1
