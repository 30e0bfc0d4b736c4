"""News as things stand when it is told: what has been replaced meanwhile is none any more."""

from qualify.services.assessments import appeals
from qualify.services.notices import content
from qualify.storage.tables import Notice, NoticeKind
from qualify.workflow import AssessmentState as State
from qualify.workflow import Event
from tests.company import OPERATOR, Company
from tests.lives import EVENTS, bring_to

pytest_plugins = ["tests.company_fixtures"]


def test_a_published_result_is_news_until_a_newer_one_is_published_as_well(company: Company) -> None:
    life = bring_to(company, State.APPEALED)
    now, subject = company.context.now(), company.id("E1")
    told = Notice(person_id=subject, kind=NoticeKind.RESULT, reference=life.result_id, due_at=now)
    appeals.reopen(company.context, OPERATOR, life.assessment_id, "请补看材料")
    first = life.result_id
    for event in (Event.COMPLETE, Event.SIGN_OFF):
        EVENTS[event](life)
        assert life.result_id != first
        shown = content.published(company.context, told)
        assert shown is not None, "the newer one isn't published: the first is what there is to see"
        assert shown.id == first
    EVENTS[Event.PUBLISH](life)
    assert content.published(company.context, told) is None
