"""An assessment brought to any state of its life, and every event as the service that makes it happen."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from qualify.dialogue import Act, Action
from qualify.services import Context
from qualify.services.assessments import amendments, appeals, lifecycle, settling, sign_off
from qualify.services.imports import score_list
from qualify.services.reviews import answering
from qualify.storage import results
from qualify.workflow import AssessmentState as State
from qualify.workflow import Event
from tests.company import ACCOUNTS, OPERATOR, SCALE, Company


class Life(NamedTuple):
    """An assessment of E1 with the reviews of R1, who leads, and of E1 themselves."""

    company: Company
    assessment_id: int
    lead: int
    own: int

    @property
    def context(self) -> Context:
        """What services need."""
        return self.company.context

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.company.state(self.assessment_id))

    @property
    def result_id(self) -> int:
        """The newest result; 0 when there is none."""
        with self.company.context.database.reading() as connection:
            newest = results.newest_of(connection, self.assessment_id)
        return 0 if newest is None else newest.id


def _begin(life: Life) -> None:
    turn = answering.open_review(life.context, ACCOUNTS["R1"], life.lead)
    life.company.press("R1", turn, Action(Act.ALL_MET))


def _expire(life: Life) -> None:
    life.company.clock.time += timedelta(days=3650)
    lifecycle.expire(life.context)


def _listed(life: Life, score: int) -> None:
    """A list of scores that comes late: the first examination of the level, taken before the application."""
    standard = life.context.standards.get(SCALE)
    subject = next(each for each in standard.elements_at("4") if each.kind == "exam").subjects[0].id
    table = f"工号,标准,科目,成绩,考试日期\nE1,{SCALE},{subject},{score},2026-11-01\n"
    score_list.import_scores(life.context, OPERATOR, life.company.file("late.csv", table))


def _settle(life: Life) -> None:
    """What a list says otherwise is settled for the list."""
    if life.state is State.REVIEWED:
        _listed(life, 10)
    settling.settle(life.context, OPERATOR, life.assessment_id, 0, 0, seen=life.result_id)


def _correct(life: Life) -> None:
    """A list has the scores that no assessor gave."""
    with life.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE entry SET value = '' WHERE given = 'score'")
    _listed(life, 10)


EVENTS: Mapping[Event, Callable[[Life], object]] = {
    Event.BEGIN: _begin,
    Event.COMPLETE: lambda life: life.company.finishes("R1", life.lead),
    Event.RETURN: lambda life: sign_off.return_to(life.context, OPERATOR, life.assessment_id, "请再看一遍"),
    Event.SIGN_OFF: lambda life: sign_off.sign_off(life.context, OPERATOR, life.assessment_id),
    Event.PUBLISH: lambda life: sign_off.publish(life.context, OPERATOR, life.assessment_id),
    Event.ACKNOWLEDGE: lambda life: appeals.acknowledge(life.context, life.company.actor("E1"), life.result_id),
    Event.APPEAL: lambda life: appeals.appeal(life.context, life.company.actor("E1"), life.result_id, "漏看了一项"),
    Event.ANSWER: lambda life: appeals.answer(life.context, OPERATOR, life.assessment_id, "维持原结果"),
    Event.REOPEN: lambda life: appeals.reopen(life.context, OPERATOR, life.assessment_id, "请补看材料"),
    Event.EXPIRE: _expire,
    Event.SETTLE: _settle,
    Event.RESCORE: lambda life: _listed(life, 10),
    Event.CORRECT: _correct,
    Event.WITHDRAW: lambda life: amendments.withdraw(life.context, OPERATOR, life.assessment_id),
}
_WAYS: Mapping[State, tuple[Event, ...]] = {
    State.OPEN: (),
    State.IN_PROGRESS: (Event.BEGIN,),
    State.REVIEWED: (Event.COMPLETE,),
    State.RETURNED: (Event.COMPLETE, Event.RETURN),
    State.SIGNED_OFF: (Event.COMPLETE, Event.SIGN_OFF),
    State.PUBLISHED: (Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH),
    State.ACKNOWLEDGED: (Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH, Event.ACKNOWLEDGE),
    State.APPEALED: (Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH, Event.APPEAL),
    State.ANSWERED: (Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH, Event.APPEAL, Event.ANSWER),
    State.EXPIRED: (Event.COMPLETE, Event.SIGN_OFF, Event.PUBLISH, Event.EXPIRE),
    State.WITHDRAWN: (Event.WITHDRAW,),
}


def bring_to(company: Company, state: State) -> Life:
    """A new assessment that stands in this state."""
    lead, own = company.opens(SCALE, "4", sign_off=True, self_assessment=True)
    row = answering.open_review(company.context, ACCOUNTS["R1"], lead).row
    life = Life(company, row.assessment_id, lead, own)
    for event in _WAYS[state]:
        EVENTS[event](life)
    assert life.state == state
    return life
