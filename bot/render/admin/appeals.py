"""Appeals: those that wait for an answer first, then the answered ones."""

from zoneinfo import ZoneInfo

from bot.render.admin.menu import admin, back, brief, narrow, turns
from bot.render.message import Message, bold, esc, in_rows, short
from qualify.services.assessments.appeals import Appealed, AppealPage
from qualify.texts import say
from qualify.workflow import AssessmentState

MAX_QUOTE = 60
"""How many characters of an appeal the list shows; its case shows all."""


def appeals_message(page: AppealPage, timezone: ZoneInfo, language: str) -> Message:
    """The list of appeals, one line each, with a button to the assessment of each."""
    if not page.lines:
        return Message(esc(say(language, "admin-appeals-none")), [[back(language)]])
    numbered = list(enumerate(page.lines, start=1))
    lines = [bold(say(language, "admin-appeals", count=str(page.waiting))), ""]
    lines += [esc(f"{number}. {_line(each, timezone, language)}") for number, each in numbered]
    buttons = [admin(f"{number} {brief(each.subject)}", "case", each.appeal.assessment_id) for number, each in numbered]
    last = [narrow(language, AssessmentState.APPEALED), back(language)]
    before, after = (
        None if start is None else (int(start.is_waiting), start.appeal_id) for start in (page.before, page.after)
    )
    return Message("\n".join(lines), [*in_rows(buttons, 2), *turns(language, "appeals", before, after), last])


def _line(each: Appealed, timezone: ZoneInfo, language: str) -> str:
    made = each.appeal
    on = f"{made.at.astimezone(timezone):%m-%d}"
    if made.answered_at is None:
        text = short(made.text, MAX_QUOTE)
        return say(language, "admin-appeals-open", date=on, name=brief(each.subject), text=text)
    outcome = "reopened" if made.reopened else "answered"
    return say(language, "admin-appeals-answered", date=on, name=brief(each.subject), outcome=outcome)
