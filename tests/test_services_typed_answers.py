"""The question that a typed text answers: settled with what the answer does, in one transaction, or not at all."""

import pytest

from qualify.services.assessments import amendments, sign_off
from qualify.services.authorization import Actor, Question
from qualify.services.people import joining
from qualify.services.typed_answers import ask, take_back
from qualify.workflow import AssessmentState as State
from tests.company import ACCOUNTS, Company, refused
from tests.lives import bring_to

pytest_plugins = ["tests.company_fixtures"]
A1 = ACCOUNTS["A1"]
WORDS = "case-return 1"


def asked(company: Company) -> str:
    who = joining.find(company.context, A1)
    assert who is not None
    return who.asked


@pytest.fixture
def answering(company: Company) -> Actor:
    """The administrator, who was asked why reviews are returned and answers."""
    ask(company.context, A1, WORDS)
    return Actor(company.id("A1"), answering=Question(A1, WORDS))


def test_what_the_answer_does_settles_the_question(company: Company, answering: Actor) -> None:
    life = bring_to(company, State.REVIEWED)
    sign_off.return_to(company.context, answering, life.assessment_id, "请再看一遍")
    assert (life.state, asked(company)) == (State.RETURNED, "")


def test_an_answer_that_is_refused_leaves_the_question_as_it_was(company: Company, answering: Actor) -> None:
    life = bring_to(company, State.OPEN)
    with refused("error-life"):
        sign_off.return_to(company.context, answering, life.assessment_id, "请再看一遍")
    assert (life.state, asked(company)) == (State.OPEN, WORDS)


def test_a_question_is_answered_once_however_often_the_answer_comes(company: Company, answering: Actor) -> None:
    life = bring_to(company, State.OPEN)
    day = company.context.today()
    amendments.extend(company.context, answering, life.assessment_id, day)
    before = company.cells()
    with refused("error-stale"):
        amendments.extend(company.context, answering, life.assessment_id, day)
    assert company.cells() == before


def test_who_was_asked_something_else_since_answers_nothing(company: Company, answering: Actor) -> None:
    life = bring_to(company, State.OPEN)
    for since in ("case-due 1", ""):
        take_back(company.context, A1)
        if since:
            ask(company.context, A1, since)
        with refused("error-stale"):
            amendments.withdraw(company.context, answering, life.assessment_id)
        assert (life.state, asked(company)) == (State.OPEN, since)
