"""What waits for a signature, and what is signed and waits to be published."""

from bot.render.admin.assessments import Standards, case_buttons, level_words, list_turns
from bot.render.admin.menu import admin, back, brief, narrow
from bot.render.message import Message, Rows, bold, esc, in_rows
from qualify.services.assessments.listing import AssessmentPage
from qualify.storage.assessments import ListedAssessment
from qualify.texts import say
from qualify.workflow import AssessmentState

HEADINGS = {
    AssessmentState.REVIEWED: "admin-sign-to-sign",
    AssessmentState.SIGNED_OFF: "admin-sign-signed",
}

MOST_NAMED = 5
"""How many people are named who can't be told of their results."""


def queue_message(page: AssessmentPage, standards: Standards, language: str) -> Message:
    """The list of assessments that wait for a signature, then of those that are signed and not published yet."""
    if not page.lines:
        return Message(esc(say(language, "admin-sign-none")), [[back(language)]])
    numbered = list(enumerate(page.lines, start=1))
    lines: list[str] = []
    for state, key in HEADINGS.items():
        here = [_line(number, each, standards, language) for number, each in numbered if each.state == state]
        if here:
            lines += [bold(say(language, key, count=str(page.counts[state]))), *here, ""]
    rows = [*in_rows(case_buttons(page.lines), 2), *list_turns("sign", page, language)]
    signed = page.counts[AssessmentState.SIGNED_OFF]
    last = [narrow(language, AssessmentState(page.lines[0].state)), back(language)]
    return Message("\n".join(lines).rstrip(), [*rows, *_publish(signed, language), last])


def _line(number: int, each: ListedAssessment, standards: Standards, language: str) -> str:
    standard = standards.get((each.standard, each.version))
    named = standard.name.in_language(language) if standard else each.standard
    level = level_words(each, standards, language)
    return esc(f"{number}. {say(language, 'admin-sign-row', name=brief(each.subject), standard=named, level=level)}")


def _publish(signed: int, language: str) -> Rows:
    text = say(language, "admin-sign-publish", count=str(signed))
    return [[admin(text, "sign-publish", style="success")]] if signed else []


def publish_message(signed: int, unheard: list[str], language: str) -> Message:
    """Asks whether all `signed` results are published, since telling many people can't be undone; names those who can't
    be told."""
    count = str(signed)
    yes = admin(say(language, "admin-sign-publish-yes", count=count), "sign-publish", 1, style="success")
    asked = say(language, "admin-sign-ask-publish", count=count)
    if unheard:
        names = say(language, "explain-separator").join(brief(name) for name in unheard[:MOST_NAMED])
        more = "yes" if len(unheard) > MOST_NAMED else "no"
        asked += "\n\n" + say(language, "admin-sign-publish-unheard", names=names, more=more)
    return Message(esc(asked), [[yes], [back(language, "sign")]])
