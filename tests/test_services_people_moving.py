"""Another account for somebody who has joined: everything moves, the old one is a stranger's at once."""

import pytest

from qualify.services import audit_log
from qualify.services.imports import people_list
from qualify.services.notices import queue
from qualify.services.people import joining, preferences, privacy, roles
from qualify.services.reviews import answering
from tests.company import ACCOUNTS, OPERATOR, SCALE, Company, refused

pytest_plugins = ["tests.company_fixtures"]
OLD, NEW = ACCOUNTS["R1"], 91


@pytest.fixture
def link(company: Company) -> str:
    """A link for Zhou Ming, and his new phone."""
    joining.meet(company.context, NEW, "en")
    return joining.invite(company.context, OPERATOR, "R1", moves=True)


def test_everything_moves_and_the_old_account_is_a_strangers(company: Company, link: str) -> None:
    (review,) = company.opens(SCALE, "4")
    answering.open_review(company.context, OLD, review)
    answering.shown_in(company.context, review, 77)
    preferences.set_theme(company.context, OLD, "dark")
    person = company.id("R1")
    joined = joining.accept(company.context, NEW, link)
    assert joined.left is not None
    assert (joined.left.telegram_id, joined.who.person_id) == (OLD, person)
    assert (joined.who.theme, joined.who.language, joined.who.review_id) == ("dark", "zh-CN", review)
    assert joining.find(company.context, OLD) is None
    with refused("error-review-unknown"):
        answering.open_review(company.context, OLD, review)
    assert answering.open_review(company.context, NEW, review).row.message_id is None, "it is drawn anew"
    assert [who.telegram_id for _, who in queue.take_due(company.context)] == [NEW], "what is owed goes there"


def test_a_lost_phone_that_blocked_the_bot_is_left_as_well(company: Company, link: str) -> None:
    joining.set_blocked(company.context, OLD, blocked=True)
    assert not joining.accept(company.context, NEW, link).who.blocked


def test_the_audit_log_says_who_made_the_link_and_that_it_was_used(company: Company, link: str) -> None:
    joining.accept(company.context, NEW, link)
    lines = audit_log.page(company.context, OPERATOR, most=2).lines
    assert [(line.audit.action, line.about, line.who) for line in lines] == [
        ("move", "周明", "周明"),
        ("invite-move", "周明", ""),
    ]


def test_a_link_works_once_and_only_for_a_free_account_of_somebody_active(company: Company, link: str) -> None:
    with refused("error-already-joined"):
        joining.accept(company.context, ACCOUNTS["R2"], link)
    roles.set_active(company.context, OPERATOR, "R1", active=False)
    with refused("error-invite-unusable"):
        joining.accept(company.context, NEW, link)
    roles.set_active(company.context, OPERATOR, "R1", active=True)
    joining.accept(company.context, NEW, link)
    joining.meet(company.context, OLD, "zh")
    with refused("error-invite-unusable"):
        joining.accept(company.context, OLD, link)


def test_an_ordinary_invitation_made_before_somebody_joined_moves_nobody(company: Company) -> None:
    with refused("error-person-joined"):
        joining.invite(company.context, OPERATOR, "R1")
    company.hires("R3", "许诺", "评审员")
    with refused("error-person-joined"):
        joining.invite(company.context, OPERATOR, "R3")


def test_who_has_not_joined_needs_an_ordinary_one(company: Company) -> None:
    privacy.erase_person(company.context, OPERATOR, "E2")
    with refused("error-person-unknown"):
        joining.invite(company.context, OPERATOR, "E2", moves=True)
    people_list.import_people(company.context, OPERATOR, company.file("one.csv", "工号,姓名\nN1,马超\n"))
    with refused("error-person-not-joined"):
        joining.invite(company.context, OPERATOR, "N1", moves=True)


def test_somebody_who_moved_can_be_erased(company: Company) -> None:
    joining.meet(company.context, NEW, "en")
    joining.accept(company.context, NEW, joining.invite(company.context, OPERATOR, "E1", moves=True))
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert joining.find(company.context, NEW) is None
